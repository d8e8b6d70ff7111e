"""Tables in text files: rows with separators between the cells, in whatever encoding and dialect they come."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from explorer.evaluation import tables
from explorer.evaluation.tables import GONE, Damage, Dialect, FileError, Part, Table, batch, opened, text_schema
from explorer.evaluation.text_dialects import DAMAGED, SAMPLE, Format, detect_encoding, detect_format

CELL = 2**24  # characters; a longer cell is a quotation mark that was never closed
MARK = "\ufeff"  # the byte order mark, where the encoding that the user gives leaves it in
HINT = re.compile(r"sep=(.)\r?\n?")  # Excel's own first line, which says the separator

UNREADABLE = "left out, since they cannot be read"
LONG = "more cells than names, those beyond left out"
SHORT = "fewer cells than names, the last ones empty"
UNDECODED = f"bytes that are not {{}}, shown as {GONE}"


class Lines:
    """The lines of a file, those of the last record held: what follows a record's first line can be read again."""

    def __init__(self, lines: Iterator[str]):
        self.lines = lines
        self.ahead: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0  # of the line that was read last, from 1

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self.ahead.popleft() if self.ahead else next(self.lines)
        if not self.number:
            line = line.removeprefix(MARK)
        self.number += 1
        self.record.append(line)
        return line

    def again(self) -> None:
        """Go back to the record's second line."""
        self.ahead.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1


@contextmanager
def read_text(file: Path, dialect: Dialect) -> Iterator[Table]:
    """A file with separators, every cell as the text that it is. Size in bytes, as they are on disk."""
    csv.field_size_limit(CELL)
    encoding = text_encoding(file, dialect)
    hint, form = text_format(file, encoding, dialect.separator)
    with opened(file) as (plain, raw), io.TextIOWrapper(plain, encoding, "damaged", newline="") as text:
        lines = Lines(iter(text))
        if hint:
            next(lines)
        damage = Damage()
        rows = records(lines, form, encoding, damage, file)
        _, names = next(rows, ("", None))
        if names is None:
            raise FileError(f"{file} is empty: the first line should name the columns.")
        schema = text_schema(names)
        parts = chunks(fitted(rows, len(names), damage), schema, raw.tell)
        facts = (f"encoding {encoding.removesuffix('-sig').replace('_', '-')}", *form.facts)
        yield Table(schema, parts, file.stat().st_size, facts, damage)


def text_encoding(file: Path, dialect: Dialect) -> str:
    """What the user says, else what the file looks like."""
    if dialect.encoding is None:
        with opened(file) as (plain, _):
            return detect_encoding(plain)
    return dialect.encoding


def text_format(file: Path, encoding: str, separator: str | None) -> tuple[bool, Format]:
    """Whether the first line is Excel's hint, and how the rows are written."""
    with opened(file) as (plain, _), io.TextIOWrapper(plain, encoding, "damaged", newline="") as text:
        sample = text.read(SAMPLE).removeprefix(MARK)
        whole = not text.read(1)
    hint = HINT.match(sample)
    if hint and not separator:
        separator = hint.group(1)
    return bool(hint), detect_format(sample[hint.end() if hint else 0 :], whole, separator)


def records(lines: Lines, form: Format, encoding: str, damage: Damage, file: Path) -> Iterator[tuple[str, list[str]]]:
    """Rows that can be read, blank lines left out, each with the number by which it is told; the names come first."""
    reader = form.reader(lines)
    row = 0
    while True:
        lines.record.clear()
        start = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not row:
                raise FileError(f"{file}: the line of names cannot be read ({error}).") from error
            lines.again()  # a quotation mark that is never closed swallows rows that can be read
            damage.add(UNREADABLE, f"row {row} (line {start}: {error})")
            row += 1
            continue
        if not cells:
            continue
        name = f"row {row} (line {start})"
        if any(DAMAGED in line for line in lines.record):
            damage.add(UNDECODED.format(encoding), name)
            cells = [cell.replace(DAMAGED, GONE) for cell in cells]
        yield name, cells
        row += 1


def fitted(rows: Iterator[tuple[str, list[str]]], width: int, damage: Damage) -> Iterator[list[str]]:
    """Rows made as wide as the names. Separators at the end of a line, as Excel leaves them, are no damage."""
    for name, cells in rows:
        if len(cells) < width:
            damage.add(SHORT, name)
            cells += [""] * (width - len(cells))
        elif any(cells[width:]):
            damage.add(LONG, name)
        yield cells[:width]


def chunks(rows: Iterator[list[str]], schema: pa.Schema, place: Callable[[], int]) -> Iterator[Part]:
    """Rows gathered into parts of at most about ROWS rows and CHARACTERS characters."""
    held: list[list[str]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(map(len, row))
        if len(held) == tables.ROWS or size >= tables.CHARACTERS:
            yield batch(held, schema), place()
            held, size = [], 0
    if held:
        yield batch(held, schema), place()
