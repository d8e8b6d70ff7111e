"""Tables in JSON: an object a line, or one list of objects."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, TextIO

from explorer.evaluation.tables import GONE, Damage, Dialect, FileError, Table, opened, text_schema, without_surrogates
from explorer.evaluation.text_dialects import DAMAGED
from explorer.evaluation.text_tables import CELL, MARK, UNDECODED, UNREADABLE, chunks, text_encoding

Row = dict[str, object]
PIECE = 2**13  # characters of a list that are read at once; few, since each object leaves a copy of the rest
BETWEEN = " \t\r\n,"  # what stands between the objects of a list
LOOK = 1_000  # rows by which a column is taken to hold text or something else


@contextmanager
def read_json(file: Path, dialect: Dialect) -> Iterator[Table]:
    """JSON lines, or a list of objects. Columns in the order in which they first come; what is
    neither text nor null becomes text as JSON writes it. Size in bytes, as they are on disk."""
    if dialect.separator:
        raise FileError(f"{file}: JSON has no separator.")
    encoding = text_encoding(file, dialect)
    names, other = survey(file, encoding)
    if not names:
        raise FileError(f"{file} has no object that names the columns: it should have one a line, or a list of them.")
    with opened(file) as (plain, raw):
        damage = Damage()
        rows = ([as_text(row.get(name)) for name in names] for row in objects(plain, encoding, damage, file))
        schema = text_schema(map(without_surrogates, names))
        facts = (f"encoding {encoding.removesuffix('-sig').replace('_', '-')}", "JSON")
        yield Table(schema, chunks(rows, schema, raw.tell), file.stat().st_size, facts, damage, other)


def survey(file: Path, encoding: str) -> tuple[list[str], frozenset[str]]:
    """The names of all columns, and those that hold something else than text in the first rows."""
    names: dict[str, None] = {}
    text: set[str] = set()
    filled: set[str] = set()
    with opened(file) as (plain, _):
        for number, row in enumerate(objects(plain, encoding, Damage(), file)):
            names |= dict.fromkeys(row)
            if number < LOOK:
                text |= {name for name, cell in row.items() if isinstance(cell, str)}
                filled |= {name for name, cell in row.items() if cell is not None}
    return list(names), frozenset(filled - text)


def objects(stream: IO[bytes], encoding: str, damage: Damage, file: Path) -> Iterator[Row]:
    """The rows that can be read, one by one."""
    text = io.TextIOWrapper(stream, encoding, "damaged")
    try:
        first = text.read(PIECE).removeprefix(MARK)
        if first.lstrip().startswith("["):  # all of it may be in one line
            yield from elements(text, first.replace(DAMAGED, GONE), damage, file)
            return
        lines = iter(partial(text.readline, CELL), "")
        for number, line in enumerate(chain(io.StringIO(first + text.readline(CELL)), lines), 1):
            if len(line) >= CELL:
                raise FileError(f"{file}: line {number} is longer than {CELL:,} characters; it should hold one object.")
            if line.strip():
                yield from row_of(whole(line, f"line {number}", encoding, damage), f"line {number}", damage)
    finally:
        text.detach()


def whole(line: str, name: str, encoding: str, damage: Damage) -> str:
    """A line without marks of what could not be decoded."""
    if DAMAGED not in line:
        return line
    damage.add(UNDECODED.format(encoding), name)
    return line.replace(DAMAGED, GONE)


def elements(text: TextIO, first: str, damage: Damage, file: Path) -> Iterator[Row]:
    """The objects of a list, whose first piece is read already, one by one.

    Raises FileError where the list ends too early, and where an object is longer than CELL or no JSON.
    """
    decode = json.JSONDecoder().raw_decode
    held, number, more = first.lstrip()[1:], 0, True
    while True:
        held = held.lstrip(BETWEEN)
        if held.startswith("]"):
            return
        try:
            row, end = decode(held)
        except (ValueError, RecursionError) as error:
            row, end = error, len(held)
        if end == len(held):  # there is more of it, or what stands behind it has to be seen
            if not more or len(held) > CELL:
                problem = row if isinstance(row, Exception) else "it has no end"
                raise FileError(f"{file}: the list of objects cannot be read from row {number + 1} on: {problem}.")
            further = text.read(max(PIECE, len(held))).replace(DAMAGED, GONE)
            held, more = held + further, bool(further)
            continue
        held, number = held[end:], number + 1
        if isinstance(row, dict):
            yield row
        else:
            damage.add(UNREADABLE, f"row {number} (no object)")


def row_of(line: str, name: str, damage: Damage) -> Iterator[Row]:
    """The object of a line, if it is one."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        damage.add(UNREADABLE, f"{name} ({getattr(error, 'msg', 'too deep')})")
        return
    if isinstance(row, dict):
        yield row
    else:
        damage.add(UNREADABLE, f"{name} (no object)")


def as_text(cell: object) -> str:
    """A cell as text; empty for null."""
    if cell is None:
        return ""
    return without_surrogates(cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False))
