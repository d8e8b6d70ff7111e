"""Score: P(positive) for every row of a table, CSV or Parquet, of any size: a few thousand rows are in memory at
once."""

from __future__ import annotations

import csv
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from explorer.core.checkpoints import Model
from explorer.core.tracing import predict

ADDED = "probability"
ROWS, CHARACTERS = 5_000, 2**24  # a chunk of a table ends with whichever comes first
CELL = 2**24  # characters; a longer cell is a quotation mark that was never closed
ENDINGS = (".csv", ".csv.gz", ".parquet")

if TYPE_CHECKING:
    from _csv import Reader as Lines  # the type of csv.reader has no public name

Part = tuple[pa.RecordBatch, int]  # rows, and how much of the file has been read with them


class FileError(ValueError):
    """A table that cannot be read or written as asked; the message says why and what to do."""


def score(model: Model, file: Path, column: str, output: Path | None = None) -> tuple[int, int]:
    """Write the table in `file` with one more column, P(positive) of the text in `column`, to `output`.

    The formats go by the endings: .csv, .csv.gz (both UTF-8 with a line of names) and .parquet; without `output`, CSV
    to the standard output. All other columns stay as they are. Where a cell is empty, or no text, or has nothing to
    read in it, the probability is left empty. `output` appears only when it is complete.
    Gives the numbers of rows and of those without a probability. Raises FileError; OSError for files out of reach.
    """
    reader, writer = FORMATS[ending(file)][0], FORMATS[ending(output) if output else ".csv"][1]
    rows = blank = 0
    with reader(file) as (schema, parts, total), tqdm(total=total, unit_scale=True, disable=None) as bar:
        position = place_of(column, schema, file)
        wider = schema.append(pa.field(ADDED, pa.float64()))
        with sink(output) as stream, writer(stream, wider) as write:
            for part, done in parts:
                probability, empty = probabilities(model, part.column(position).to_pylist())
                write(pa.record_batch([*part.columns, probability], schema=wider))
                rows, blank = rows + part.num_rows, blank + empty
                bar.update(done - bar.n)
    return rows, blank


def ending(file: Path) -> str:
    """Which of ENDINGS a file's name has. Raises FileError if none."""
    for known in ENDINGS:
        if file.name.lower().endswith(known):
            return known
    raise FileError(f"{file}: the ending says the format, and it must be one of {', '.join(ENDINGS)}.")


def place_of(column: str, schema: pa.Schema, file: Path) -> int:
    """The position of the column to read. Raises FileError if it is missing or ambiguous, or a score is there
    already."""
    if schema.names.count(column) != 1:
        number = "no" if column not in schema.names else "more than one"
        raise FileError(f"{file} has {number} column {column!r}. Its columns: {', '.join(schema.names)}.")
    if ADDED in schema.names:
        raise FileError(f"{file} has a column {ADDED!r} already; rename or remove it first.")
    names: list[str] = schema.names
    return names.index(column)


def probabilities(model: Model, cells: list[object]) -> tuple[pa.Array, int]:
    """P(positive) of each cell, null where there is no text to read, and how many are null."""
    # (rows,), NaN for nothing to read
    p = predict(model, [cell if isinstance(cell, str) else "" for cell in cells])
    missing = np.isnan(p)
    return pa.array(p, mask=missing), int(missing.sum())


# Readers give the columns, the parts one by one, and the size of the whole in the unit in which parts count.


@contextmanager
def read_csv(file: Path) -> Iterator[tuple[pa.Schema, Iterator[Part], int]]:
    """A CSV file, every cell as the text that it is. Size in bytes, as they are on disk."""
    csv.field_size_limit(CELL)
    with file.open("rb") as raw, gzip.open(raw) if file.name.lower().endswith(".gz") else nullcontext(raw) as plain:
        lines = csv.reader(io.TextIOWrapper(plain, encoding="utf-8-sig", newline=""), strict=True)
        rows = checked(lines, file)
        names = next(rows, None)
        if names is None:
            raise FileError(f"{file} is empty: the first line should name the columns.")
        schema = pa.schema([(name, pa.string()) for name in names])
        yield schema, chunks(rows, schema, raw.tell), file.stat().st_size


def checked(lines: Lines, file: Path) -> Iterator[list[str]]:
    """Rows of a CSV file, blank lines left out, all as wide as the first. Raises FileError."""
    width = None
    try:
        for row in lines:
            width = width or len(row)
            if row and len(row) != width:
                raise FileError(f"{file}, line {lines.line_num}: {len(row)} cells where the first line has {width}.")
            if row:
                yield row
    except UnicodeDecodeError as error:
        raise FileError(f"{file} is not UTF-8 ({error.reason}). Convert it first, for example with iconv.") from error
    except (csv.Error, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FileError(f"{file} is not CSV that can be read, near line {lines.line_num + 1}: {error}.") from error


def chunks(rows: Iterator[list[str]], schema: pa.Schema, place: Callable[[], int]) -> Iterator[Part]:
    """Rows gathered into parts of at most about ROWS rows and CHARACTERS characters."""
    held: list[list[str]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(map(len, row))
        if len(held) == ROWS or size >= CHARACTERS:
            yield columns(held, schema), place()
            held, size = [], 0
    if held:
        yield columns(held, schema), place()


def columns(rows: list[list[str]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of text as a batch of columns."""
    return pa.record_batch([pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)], schema=schema)


@contextmanager
def read_parquet(file: Path) -> Iterator[tuple[pa.Schema, Iterator[Part], int]]:
    """A Parquet file with its own types. Size in rows."""
    with file.open("rb"):  # a file out of reach is the system's error to name, all others are the format's
        pass
    with arrow_errors(file), pq.ParquetFile(file, pre_buffer=False) as table:
        yield table.schema_arrow, _parts(table, file), table.metadata.num_rows


def _parts(table: pq.ParquetFile, file: Path) -> Iterator[Part]:
    done = 0
    with arrow_errors(file):
        for part in table.iter_batches(ROWS):
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


# Writers give a function that takes the rows to write.


@contextmanager
def write_csv(stream: IO[bytes], schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """CSV in UTF-8; nulls are empty cells, probabilities have six decimals."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(schema.names)

    def write(part: pa.RecordBatch) -> None:
        *kept, probability = (column.to_pylist() for column in part.columns)
        shown = ["" if p is None else f"{p:.6f}" for p in probability]
        lines.writerows(zip(*kept, shown, strict=True))  # csv writes None as an empty cell

    try:
        yield write
        text.flush()
    finally:
        text.detach()


@contextmanager
def write_gzip(stream: IO[bytes], schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """CSV, compressed."""
    with gzip.open(stream, "wb", compresslevel=6) as packed, write_csv(cast(IO[bytes], packed), schema) as write:
        yield write


@contextmanager
def write_parquet(stream: IO[bytes], schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """Parquet with the types of the schema."""
    with pq.ParquetWriter(stream, schema) as writer:
        yield writer.write_batch


@contextmanager
def sink(output: Path | None) -> Iterator[IO[bytes]]:
    """Where to write: the standard output, or a file beside `output` that takes its place when all went well."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


FORMATS = {
    ".csv": (read_csv, write_csv),
    ".csv.gz": (read_csv, write_gzip),
    ".parquet": (read_parquet, write_parquet),
}
