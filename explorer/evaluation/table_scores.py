"""Score: P(positive) for every row of a table of any format and size: a few thousand rows are in memory at once."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
from tqdm import tqdm

from explorer.core import signals
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.core.tracing import predict
from explorer.evaluation.json_tables import read_json
from explorer.evaluation.table_writers import Write, sink, write_csv, write_gzip, write_parquet
from explorer.evaluation.tables import Dialect, FileError, Table
from explorer.evaluation.text_tables import UNREADABLE, read_text
from explorer.evaluation.typed_tables import read_parquet, read_workbook

ADDED = "probability"
COLUMNS = (  # names by which a column of texts is known, the surest first
    *("text", "texts", "review", "reviews", "review_text", "reviewtext", "review_body", "sentence", "phrase"),
    *("comment", "comments", "content", "body", "message", "tweet", "feedback"),
)
MISSING = {"NaN", "nan", "null", "NULL", "N/A", "n/a", "#N/A", "<NA>"}  # cells by which programs say that there is none

Reader = Callable[[Path, Dialect], AbstractContextManager[Table]]
Writer = Callable[[IO[bytes], pa.Schema], AbstractContextManager[Write]]
_TEXT = (".csv", ".tsv", ".txt")
_JSON = (".jsonl", ".ndjson", ".json")
READERS: dict[str, Reader] = {
    **{ending + packed: read_text for ending in _TEXT for packed in ("", ".gz")},
    **{ending + packed: read_json for ending in _JSON for packed in ("", ".gz")},
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), read_workbook),
    ".parquet": read_parquet,
}
WRITERS: dict[str, Writer] = {
    ".csv": write_csv,
    ".csv.gz": write_gzip,
    ".tsv": partial(write_csv, separator="\t"),
    ".tsv.gz": partial(write_gzip, separator="\t"),
    ".parquet": write_parquet,
}


def ignore(message: str) -> None:
    """Where messages go that nobody wants."""


def score(
    model: Model,
    file: Path,
    column: str | None = None,
    output: Path | None = None,
    dialect: Dialect | None = None,
    report: Callable[[str], None] = ignore,
) -> tuple[int, int]:
    """Write the table in `file` with one more column, P(positive) of the text in `column`, to `output`.

    The formats go by the endings, see READERS and WRITERS; without `output`, CSV to the standard output. How a text
    file is written is detected, where `dialect` does not say it, and so is the column; `report` gets what was detected
    and which rows are damaged, a line at a time. All other columns stay as they are. Where a cell is empty, or one of
    MISSING, or has nothing to read in it, the probability is left empty. `output` appears only when it is complete.

    Gives the numbers of rows and of those without a probability. Raises FileError; OSError for files out of reach.
    """
    dialect = checked(dialect or Dialect())
    reader, writer = READERS[ending(file, READERS)], WRITERS[ending(output, WRITERS) if output else ".csv"]
    rows = blank = 0
    with reader(file, dialect) as table:
        position = place_of(column, table, file)
        wider = table.schema.append(pa.field(ADDED, pa.float64()))
        with sink(output) as stream, writer(stream, wider) as write:
            report(f"{file}: {', '.join(table.facts)}, texts in column {table.schema.names[position]!r}")
            with Bar(table.total) as bar:
                for part, done in table.parts:
                    cells = part.column(position).to_pylist()
                    probability, empty = probabilities(model, cells, bar.up_to(done))
                    write(pa.record_batch([*part.columns, probability], schema=wider))
                    rows, blank = rows + part.num_rows, blank + empty
            if not rows and UNREADABLE in table.damage.counts:
                raise FileError(f"{file} has no row that can be read; {' '.join(table.damage.lines())}")
    for line in table.damage.lines():
        report(line)
    return rows, blank


def checked(dialect: Dialect) -> Dialect:
    """The dialect. Raises FileError for an encoding that there is not."""
    try:
        if dialect.encoding:
            "".encode(dialect.encoding)  # raises LookupError for codecs that are no encoding, too
            codecs.lookup(dialect.encoding)
    except LookupError as error:
        raise FileError(f"there is no encoding {dialect.encoding!r}; utf-8, cp1252 and utf-16 are some.") from error
    return dialect


def ending(file: Path, endings: Mapping[str, object]) -> str:
    """Which of `endings` a file's name has. Raises FileError if none."""
    for known in endings:
        if file.name.lower().endswith(known):
            return known
    raise FileError(f"{file}: the ending says the format, and it must be one of {', '.join(endings)}.")


def place_of(column: str | None, table: Table, file: Path) -> int:
    """The position of the column to read. Raises FileError if it is missing, ambiguous or holds no text, or if a score
    is there already."""
    names: list[str] = table.schema.names
    listed = ", ".join(names)
    if ADDED in names:
        raise FileError(f"{file} has a column {ADDED!r} already; rename or remove it first.")
    chosen = column_named(column, names) if column is not None else likely_column(names)
    if chosen is None:
        if column is not None:
            raise FileError(f"{file} has no column {column!r}. Its columns: {listed}.")
        raise FileError(f"{file}: which column holds the texts? Say it with --column. Its columns: {listed}.")
    if names.count(chosen) != 1:
        raise FileError(f"{file} has more than one column {chosen!r}. Its columns: {listed}.")
    position = names.index(chosen)
    kind = table.schema.field(position).type
    if not is_text(kind) or chosen in table.other:
        holds = "no text" if chosen in table.other else f"{kind}, not text"
        raise FileError(f"{file}: column {chosen!r} holds {holds}. Its columns: {listed}.")
    return position


def column_named(name: str, names: list[str]) -> str | None:
    """The column of that name; if there is none, the one whose name differs in case and spaces alone."""
    if name in names:
        return name
    alike = [other for other in names if plain(other) == plain(name)]
    return alike[0] if len(alike) == 1 else None


def likely_column(names: list[str]) -> str | None:
    """The column whose name says that it holds the texts, or the only one."""
    if len(names) == 1:
        return names[0]
    known = [known for known in COLUMNS if known in map(plain, names)]
    return next(name for name in names if plain(name) == known[0]) if known else None


def plain(name: str) -> str:
    """A column's name as it is compared."""
    return "_".join(name.casefold().replace("-", " ").split())


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type can hold texts; one of nulls alone has none, and that is no mistake."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(test(kind) for test in tests)


def probabilities(model: Model, cells: list[object], progress: Progress = silent) -> tuple[pa.Array, int]:
    """P(positive) of each cell, null where there is no text to read, and how many are null."""
    texts = [cell if isinstance(cell, str) and cell.strip() not in MISSING else "" for cell in cells]
    p = predict(model, texts, progress)  # (rows,), NaN for nothing to read
    missing = np.isnan(p)
    return pa.array(p, mask=missing), int(missing.sum())


class Bar:
    """A bar on the standard error, if that is a terminal, that goes on within a part."""

    def __init__(self, total: int):
        visible = sys.stderr is not None and sys.stderr.isatty()
        # that of a script or an editor has no size
        has_size = visible and os.get_terminal_size(signals.STDERR).columns > 0
        size = {} if has_size else {"ncols": 80, "nrows": 24}
        self.bar = tqdm(total=total, unit="", unit_scale=True, mininterval=0.2, disable=not visible, **size)

    def __enter__(self) -> Bar:
        if not self.bar.disable:
            signals.lines_open.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()
        signals.lines_open.discard(self)

    def up_to(self, done: int) -> Progress:
        """The progress of the part with which `done` of the file is read."""
        start = self.bar.n
        return lambda share: self.bar.update(start + (done - start) * share - self.bar.n) and None
