"""Tables: what a reader of any format gives: columns, rows part by part, what was guessed and what is damaged."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

ROWS, CHARACTERS = 5_000, 2**24  # a part of a table ends with whichever comes first
NAMED = 10  # damaged rows that are named one by one; of more their number is told
GONE = "�"  # stands for what cannot be decoded

Part = tuple[pa.RecordBatch, int]  # rows, and how much of the file has been read with them


class FileError(ValueError):
    """A table that cannot be read or written as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Dialect:
    """How a text file was written, where the user says it: both None to be detected."""

    encoding: str | None = None
    separator: str | None = None


class Damage:
    """Rows that were not as they should be, by what is wrong with them."""

    def __init__(self) -> None:
        self.numbers: dict[str, list[str]] = {}
        self.counts: dict[str, int] = {}

    def add(self, kind: str, row: str) -> None:
        """One more row of a kind: what is wrong, as in "left out, since it cannot be read"."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= NAMED:
            self.numbers.setdefault(kind, []).append(row)

    def lines(self) -> Iterator[str]:
        """A line for each kind, with the rows."""
        for kind, rows in self.numbers.items():
            more = self.counts[kind] - len(rows)
            yield f"{kind}: {', '.join(rows)}{f' and {more:,} more' if more else ''}."


@dataclass
class Table:
    """A table that is being read.

    `total`: its size in the unit in which parts count. `facts`: what was detected, to be told. `damage` fills while
    the parts are read. `other`: columns of text whose first cells are all something else, such as numbers.
    """

    schema: pa.Schema
    parts: Iterator[Part]
    total: int
    facts: tuple[str, ...] = ()
    damage: Damage = field(default_factory=Damage)
    other: frozenset[str] = frozenset()


def text_schema(names: Iterable[str]) -> pa.Schema:
    """Columns that hold text."""
    return pa.schema([(name, pa.string()) for name in names])


def batch(rows: list[list[str]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of text as a batch of columns."""
    return pa.record_batch([pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)], schema=schema)


def without_surrogates(text: str) -> str:
    """Text that can be encoded: halves of characters, which JSON can spell, are replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


@contextmanager
def opened(file: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A file's bytes, decompressed, and as they are on disk. Raises FileError for what is damaged or no file."""
    with file.open("rb") as raw:
        if not file.is_file():
            raise FileError(f"{file} is not a file that can be read twice. Save it first.")
        try:
            with gzip.open(raw) if file.name.lower().endswith(".gz") else nullcontext(raw) as plain:
                yield cast(IO[bytes], plain), raw
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise FileError(f"{file} is not gzip that can be read: {error}.") from error
