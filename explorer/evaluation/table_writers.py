"""Writers of tables: each gives a function that takes the rows to write; and where they write to."""

from __future__ import annotations

import csv
import gzip
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.core import signals
from explorer.evaluation.tables import FileError

Write = Callable[[pa.RecordBatch], None]
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # what a terminal would act on


def shown(cell: object) -> object:
    """A cell as a terminal may show it."""
    return OBEYED.sub(lambda sign: ascii(sign.group())[1:-1], cell) if isinstance(cell, str) else cell


class _Encoded:
    """A stream that takes text. io.TextIOWrapper would close the standard output when it goes."""

    def __init__(self, stream: IO[bytes]):
        self.stream = stream

    def write(self, text: str) -> int:
        """Write it in UTF-8."""
        return self.stream.write(text.encode())


@contextmanager
def write_csv(stream: IO[bytes], schema: pa.Schema, separator: str = ",") -> Iterator[Write]:
    """CSV in UTF-8; nulls are empty cells, probabilities have six decimals. A terminal gets no control characters."""
    lines = csv.writer(_Encoded(stream), delimiter=separator, lineterminator="\n")
    guard = shown if stream.isatty() else None
    lines.writerow(map(guard, schema.names) if guard else schema.names)

    def write(part: pa.RecordBatch) -> None:
        *kept, probability = (column.to_pylist() for column in part.columns)
        numbers = ["" if p is None else f"{p:.6f}" for p in probability]
        rows = zip(*kept, numbers, strict=True)  # csv writes None as an empty cell
        lines.writerows((map(guard, row) for row in rows) if guard else rows)

    yield write


@contextmanager
def write_gzip(stream: IO[bytes], schema: pa.Schema, separator: str = ",") -> Iterator[Write]:
    """CSV, compressed."""
    with (
        gzip.open(stream, "wb", compresslevel=6) as packed,
        write_csv(cast(IO[bytes], packed), schema, separator) as write,
    ):
        yield write


@contextmanager
def write_parquet(stream: IO[bytes], schema: pa.Schema) -> Iterator[Write]:
    """Parquet with the types of the schema."""
    with pq.ParquetWriter(stream, schema) as writer:
        yield writer.write_batch


@contextmanager
def sink(output: Path | None) -> Iterator[IO[bytes]]:
    """Where to write: the standard output, or a file beside `output` that takes its place when all went well.

    Of a link it is the file that it points to which is written. What is no file, such as a pipe, is written directly.
    """
    if output is None:
        if sys.stdout is None:
            raise FileError("the standard output is closed; name a file with --output.")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(output))
    if target.exists() and not target.is_file() and not target.is_dir():
        with target.open("wb") as stream:
            yield stream
        return
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    signals.parts.add(str(partial))
    try:
        with partial.open("wb") as stream:
            yield stream
        if target.exists():
            shutil.copymode(target, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
        signals.parts.discard(str(partial))
