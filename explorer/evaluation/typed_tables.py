"""Tables in files that know their columns' types: Parquet, and workbooks of Excel."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.evaluation import tables
from explorer.evaluation.tables import Damage, Dialect, FileError, Part, Table, text_schema, without_surrogates
from explorer.evaluation.text_tables import LONG, chunks

if TYPE_CHECKING:
    import xlrd

LOOK = 1_000  # rows by which a column of a sheet is taken to hold text or something else
Cells = tuple[object, ...]
Sheet = tuple[Iterator[Cells], int, tuple[str, ...]]  # its rows, about how many there are, what is to be told


def plain_format(file: Path, dialect: Dialect) -> None:
    """Raises FileError for options that such a file leaves no room for."""
    if dialect.encoding or dialect.separator:
        raise FileError(f"{file}: only text files have an encoding and a separator to be told.")


@contextmanager
def read_parquet(file: Path, dialect: Dialect) -> Iterator[Table]:
    """A Parquet file with its own types. Size in rows."""
    plain_format(file, dialect)
    with file.open("rb"):  # a file out of reach is the system's error to name, all others are the format's
        pass
    with arrow_errors(file), pq.ParquetFile(file, pre_buffer=False) as table:
        yield Table(table.schema_arrow, _parts(table, file), table.metadata.num_rows, ("Parquet",))


def _parts(table: pq.ParquetFile, file: Path) -> Iterator[Part]:
    done = 0
    with arrow_errors(file):
        for part in table.iter_batches(tables.ROWS):
            done += part.num_rows
            yield part, done


@contextmanager
def arrow_errors(file: Path) -> Iterator[None]:
    """What pyarrow says of a damaged file, as a FileError."""
    try:
        yield
    except FileError:
        raise
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise FileError(f"{file} is not Parquet that can be read: {str(error).splitlines()[0]}") from error


@contextmanager
def read_workbook(file: Path, dialect: Dialect) -> Iterator[Table]:
    """The first sheet of a workbook, every cell as text; formulas as their last results. Size in rows, about."""
    plain_format(file, dialect)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and other things that no text depends on
        with (old_sheet if file.name.lower().endswith(".xls") else sheet)(file) as (rows, total, facts):
            numbered = ((number, row) for number, row in enumerate(rows, 1) if any(cell is not None for cell in row))
            _, header = next(numbered, (0, ()))
            names = [as_text(cell) for cell in header]
            while names and not names[-1]:
                names.pop()
            if not names:
                raise FileError(f"{file}: its first sheet is empty; the first row should name the columns.")
            first = list(islice(numbered, LOOK))
            damage, schema = Damage(), text_schema(names)
            fitted = (_fitted(number, row, len(names), damage) for number, row in chain(first, numbered))
            place = _Counter(fitted)
            other = frozenset(name for i, name in enumerate(names) if _holds_no_text([row for _, row in first], i))
            yield Table(schema, chunks(iter(place), schema, place.tell), total, facts, damage, other)


class _Counter:
    """Rows, and how many of them were given."""

    def __init__(self, rows: Iterator[list[str]]):
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self.rows:
            self.count += 1
            yield row

    def tell(self) -> int:
        """How many."""
        return self.count


def _fitted(number: int, row: Cells, width: int, damage: Damage) -> list[str]:
    """A row as text, as wide as the names. Excel's rows are as long as what was ever typed into them."""
    if any(cell is not None for cell in row[width:]):
        damage.add(LONG, f"row {number}")
    return [*map(as_text, row[:width]), *[""] * (width - len(row))]


def _holds_no_text(rows: list[Cells], place: int) -> bool:
    cells = [row[place] for row in rows if len(row) > place and row[place] is not None]
    return bool(cells) and not any(isinstance(cell, str) for cell in cells)


def as_text(cell: object) -> str:
    """A cell as Excel would show it in English, without its format; dates as ISO 8601 writes them."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return without_surrogates(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)


@contextmanager
def sheet(file: Path) -> Iterator[Sheet]:
    """The first sheet of .xlsx or .xlsm, by openpyxl, row by row."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    with file.open("rb") as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            page = book.worksheets[0]
            total = page.max_row or 0
            page.reset_dimensions()  # some programs write wrong ones
            yield page.iter_rows(values_only=True), total, _sheet_facts(page.title, len(book.worksheets))
        except FileError:
            raise
        except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError, EOFError) as error:
            raise FileError(f"{file} is not a workbook of Excel that can be read: {error}.") from error


@contextmanager
def old_sheet(file: Path) -> Iterator[Sheet]:
    """The first sheet of .xls, by xlrd, which has it in memory as a whole: it has 65,536 rows at most."""
    import xlrd
    from xlrd.compdoc import CompDocError

    content = file.read_bytes()
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
        page = book.sheet_by_index(0)
    except (xlrd.XLRDError, CompDocError, AssertionError, IndexError, KeyError, ValueError, struct.error) as error:
        raise FileError(f"{file} is not a workbook of Excel that can be read: {error}.") from error
    rows = (tuple(_old_cell(cell, book.datemode) for cell in page.row(number)) for number in range(page.nrows))
    yield rows, page.nrows, _sheet_facts(page.name, book.nsheets)


def _old_cell(cell: xlrd.sheet.Cell, datemode: int) -> object:
    """A cell as openpyxl would give it."""
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except xlrd.xldate.XLDateError:
            return cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value)
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value


def _sheet_facts(name: str, count: int) -> tuple[str, ...]:
    return (f"sheet {name!r}" if count == 1 else f"sheet {name!r}, the first of {count}",)
