"""Tables in files that know their columns' types: Parquet, and workbooks of Excel."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.evaluation import tables
from explorer.evaluation.tables import Damage, Dialect, FileError, Part, Table, text_schema, without_surrogates
from explorer.evaluation.text_tables import LONG, UNDECODED, chunks

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
        damage = Damage()
        yield Table(table.schema_arrow, _parts(table, file, damage), table.metadata.num_rows, ("Parquet",), damage)


def _parts(table: pq.ParquetFile, file: Path, damage: Damage) -> Iterator[Part]:
    done = 0
    with arrow_errors(file):
        for part in table.iter_batches(tables.ROWS):
            sound = _is_sound(part)
            columns = part.columns if sound else [_decoded(column, done + 1, damage) for column in part.columns]
            whole = pa.record_batch(columns, schema=part.schema)
            whole.validate(full=not sound)
            done += part.num_rows
            yield whole, done


def _is_sound(part: pa.RecordBatch) -> bool:
    """Whether all text in it is UTF-8. Parquet says that it is, and not all that write it see to that."""
    try:
        part.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decoded(column: pa.Array, first: int, damage: Damage) -> pa.Array:
    """A column of text with what is not UTF-8 replaced; any other as it is. `first`: the number of its first row."""
    kinds = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    if column.type not in kinds:
        return column
    cells = column.view(kinds[column.type]).to_pylist()
    texts: list[str | None] = []
    for number, cell in enumerate(cells, first):
        text = None if cell is None else cell.decode("utf-8", "replace")
        texts.append(text)
        if text is not None and text.encode() != cell:
            damage.add(UNDECODED.format("utf-8"), f"row {number}")
    return pa.array(texts, column.type)


@contextmanager
def arrow_errors(file: Path) -> Iterator[None]:
    """What pyarrow says of a damaged file, as a FileError."""
    try:
        yield
    except FileError:
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
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
def workbook_errors(file: Path) -> Iterator[None]:
    """Whatever the libraries raise for a damaged workbook, as a FileError: they raise what their parts raise."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise FileError(f"{file} is not a workbook of Excel that can be read: {error}.") from error


@contextmanager
def sheet(file: Path) -> Iterator[Sheet]:
    """The first sheet of .xlsx or .xlsm, by openpyxl, row by row."""
    import openpyxl

    def rows() -> Iterator[Cells]:
        with workbook_errors(file):
            yield from page.iter_rows(values_only=True)

    with file.open("rb") as stream:
        with workbook_errors(file):
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            page = book.worksheets[0]
            total = page.max_row or 0
            page.reset_dimensions()  # some programs write wrong ones
        yield rows(), total, _sheet_facts(page.title, len(book.worksheets))


@contextmanager
def old_sheet(file: Path) -> Iterator[Sheet]:
    """The first sheet of .xls, by xlrd, which has it in memory as a whole: it has 65,536 rows at most."""
    import xlrd

    def rows() -> Iterator[Cells]:
        for number in range(page.nrows):
            with workbook_errors(file):
                cells = tuple(_old_cell(cell, book.datemode) for cell in page.row(number))
            yield cells

    content = file.read_bytes()
    with workbook_errors(file):
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
        page = book.sheet_by_index(0)
    yield rows(), page.nrows, _sheet_facts(page.name, book.nsheets)


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
