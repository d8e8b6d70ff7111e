"""Score: tables in, tables with one more column out; never half a table."""

import csv
import gzip
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_models import small

from explorer import predict
from explorer.evaluation import table_scores as scoring
from explorer.evaluation import tables
from explorer.evaluation.table_scores import FileError, score
from explorer.evaluation.table_writers import write_csv as write_csv_to

MODEL = small("gru")
TABLE = [
    ["id", "text", "note"],
    ["007", "good, not bad", "NA"],
    ["2", "", 'a "b"'],
    ["3", "bad\nfilm", "1.0"],
    ["4", "  ", ""],
]
TEXTS = [row[1] for row in TABLE[1:]]


def write_csv(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def read_csv(path: Path) -> list[list[str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "in.csv", TABLE)


def shown(probability: float) -> str:
    return "" if np.isnan(probability) else f"{probability:.6f}"


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz"])
def test_csv_to_csv(table: Path, tmp_path: Path, name: str) -> None:
    assert score(MODEL, table, "text", tmp_path / name) == (4, 2)
    header, *rows = read_csv(tmp_path / name)
    assert header == [*TABLE[0], "probability"]
    assert [row[:3] for row in rows] == TABLE[1:]
    assert [row[3] for row in rows] == [shown(p) for p in predict(MODEL, TEXTS)]


def test_there_and_back_through_gzip(table: Path, tmp_path: Path) -> None:
    packed = tmp_path / "in.csv.gz"
    packed.write_bytes(gzip.compress(table.read_bytes()))
    score(MODEL, packed, "text", tmp_path / "a.csv")
    score(MODEL, table, "text", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_csv_to_parquet(table: Path, tmp_path: Path) -> None:
    score(MODEL, table, "text", tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet")
    np.testing.assert_array_equal(found["probability"].to_numpy(), predict(MODEL, TEXTS))
    assert found["probability"].null_count == 2
    assert found["id"].to_pylist() == ["007", "2", "3", "4"]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    columns = {"text": ["good", None, "bad film"], "stars": [5, 1, None], "tags": [["a"], [], None]}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    assert score(MODEL, tmp_path / "in.parquet", "text", tmp_path / "out.parquet") == (3, 1)
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.drop_columns("probability").to_pydict() == columns
    good, bad = predict(MODEL, ["good", "bad film"])
    assert found["probability"].to_pylist() == [good, None, bad]


def test_what_pandas_wrote_pandas_reads(tmp_path: Path) -> None:
    pd.DataFrame({"text": ["good", "bad"]}, index=["x", "y"]).to_parquet(tmp_path / "in.parquet")
    score(MODEL, tmp_path / "in.parquet", "text", tmp_path / "out.parquet")
    found = pd.read_parquet(tmp_path / "out.parquet")
    assert found["probability"].tolist() == predict(MODEL, ["good", "bad"]).tolist()
    assert list(found.index) == ["x", "y"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([1, 2, 3], "int64"),
        ([0.5, None], "double"),
        ([b"good", b"bad"], "binary"),
        ([True], "bool"),
        ([["a"]], "list"),
    ],
)
def test_columns_that_hold_no_text(tmp_path: Path, cells: list[object], kind: str) -> None:
    pq.write_table(pa.table({"n": cells}), tmp_path / "in.parquet")
    with pytest.raises(FileError, match=f"column 'n' holds {kind}.*, not text"):
        score(MODEL, tmp_path / "in.parquet", "n", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])
def test_every_kind_of_text_in_parquet(tmp_path: Path, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"text": pa.array(["good", None, "good"]).cast(kind)}), tmp_path / "in.parquet")
    assert score(MODEL, tmp_path / "in.parquet", None, tmp_path / "out.parquet") == (3, 1)
    assert pq.read_table(tmp_path / "out.parquet")["probability"].to_pylist()[0] == predict(MODEL, ["good"])[0]


def test_a_column_of_nulls_has_no_text(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [None, None]}), tmp_path / "in.parquet")
    assert score(MODEL, tmp_path / "in.parquet", "text", tmp_path / "out.parquet") == (2, 2)


@pytest.mark.parametrize("limit", ["ROWS", "CHARACTERS"])
def test_chunks_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    rows = [["text"], *([" ".join(["good", "bad", "film"][i % 3 :])] for i in range(100))]
    table = write_csv(tmp_path / "in.csv", rows)
    score(MODEL, table, "text", tmp_path / "whole.csv")
    sizes = []
    probabilities = scoring.probabilities
    monkeypatch.setattr(tables, limit, 30)
    monkeypatch.setattr(
        scoring, "probabilities", lambda model, cells, _: sizes.append(len(cells)) or probabilities(model, cells)
    )
    score(MODEL, table, "text", tmp_path / "parts.csv")
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "parts.csv").read_bytes()
    assert max(sizes) <= 30
    assert sum(sizes) == 100


def test_only_names(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "in.csv", [["text"]])
    assert score(MODEL, table, "text", tmp_path / "out.csv") == (0, 0)
    assert (tmp_path / "out.csv").read_text() == "text,probability\n"


def test_byte_order_mark_and_blank_lines(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes("\ufefftext,n\r\n\r\ngood,1\r\n".encode())
    assert score(MODEL, tmp_path / "in.csv", "text", tmp_path / "out.csv") == (1, 0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.csv", b"", "is empty"),
        ("in.csv", b"a,b\n1,2\n", "no column 'text'. Its columns: a, b"),
        ("in.csv", b"text,text\n1,2\n", "more than one column"),
        ("in.csv", b"text,probability\n1,2\n", "already"),
        ("in.csv", b'text\n"never closed\n', "no row that can be read"),
        ("in.csv", b'text\n"a" b\n"a" b\n', "no row that can be read"),
        ("in.csv", b'"text\ngood\n', "the line of names cannot be read"),
        ("in.csv.gz", b"text\ngood\n", "not gzip that can be read"),
        ("in.csv.gz", gzip.compress(b"text\n" + bytes(range(65, 90)) * 999)[:-12], "not gzip that can be read"),
        ("in.jsonl", b"", "no object that names the columns"),
        ("in.jsonl", b"{\n", "no object that names the columns"),
        ("in.json", b"[1, 2", "list of objects cannot be read"),
        ("in.json", b"[" * 100_000, "list of objects cannot be read"),
        ("in.jsonl", b'{"text": 5}\n{"text": null}\n', "column 'text' holds no text"),
        ("in.xlsx", b"", "not a workbook"),
        ("in.xlsx", b"text\ngood\n", "not a workbook"),
        ("in.xls", b"text\ngood\n", "not a workbook"),
        ("in.parquet", b"text\ngood\n", "not Parquet that can be read"),
        ("in.parquet", b"", "not Parquet that can be read"),
        ("in.docx", b"", "ending"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError, match=said) as error:
        score(MODEL, tmp_path / name, "text", tmp_path / "out.csv")
    assert str(tmp_path / name) in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_damage_inside_a_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": [f"good film {i}" for i in range(20_000)]}), path, compression="gzip")
    content = bytearray(path.read_bytes())
    content[1000:9000] = b"\xff" * 8000
    path.write_bytes(content)
    with pytest.raises(FileError, match="not Parquet that can be read"):
        score(MODEL, path, "text", tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_an_output_is_whole_or_as_it_was(tmp_path: Path) -> None:
    table = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": ["good"] * 12_000}), table, row_group_size=6_000)
    content = bytearray(table.read_bytes())
    groups = pq.ParquetFile(table).metadata
    start = groups.row_group(1).column(0).data_page_offset
    content[start : start + 20] = b"\xff" * 20  # the second half
    table.write_bytes(content)
    output = tmp_path / "out.csv"
    output.write_text("old")
    with pytest.raises(FileError):
        score(MODEL, table, "text", output)
    assert output.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_table_can_replace_itself(table: Path) -> None:
    score(MODEL, table, "text", table)
    assert read_csv(table)[0] == [*TABLE[0], "probability"]


@pytest.mark.parametrize("ending", [".txt", ""])
def test_an_output_of_unknown_format(table: Path, tmp_path: Path, ending: str) -> None:
    with pytest.raises(FileError, match="ending"):
        score(MODEL, table, "text", tmp_path / f"out{ending}")


def test_a_link_as_output_is_kept_and_its_file_written(table: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "out.csv", tmp_path / "link.csv"
    link.symlink_to(Path("folder") / "out.csv")
    for _ in range(2):  # a file that is not there yet, and one that is
        score(MODEL, table, "text", link)
        assert link.is_symlink()
        assert read_csv(target)[0] == [*TABLE[0], "probability"]
        target.chmod(0o640)
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in target.parent.iterdir()] == ["out.csv"]


def test_a_pipe_as_output_is_written_to(table: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with ThreadPoolExecutor() as pool:
        content = pool.submit((tmp_path / "pipe.csv").read_text)
        score(MODEL, table, "text", tmp_path / "pipe.csv")
        assert content.result(10).startswith("id,text,note,probability\n")
    assert (tmp_path / "pipe.csv").is_fifo()


def test_a_terminal_gets_no_control_characters() -> None:
    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    hostile = "\x1b[31m\x9b2J\x07\u202egood\tfilm\nnaïve"
    schema = pa.schema([(hostile, pa.string()), ("probability", pa.float64())])
    for stream, cell in ((io.BytesIO(), hostile), (Terminal(), r"\x1b[31m\x9b2J\x07\u202egood" + "\tfilm\nnaïve")):
        with write_csv_to(stream, schema) as write:
            write(pa.record_batch([pa.array([hostile]), pa.array([0.5])], schema=schema))
        assert list(csv.reader(io.StringIO(stream.getvalue().decode(), newline=""))) == [
            [cell, "probability"],
            [cell, "0.500000"],
        ]


@pytest.mark.parametrize("kind", ["gru", "per-word", "concat"])
def test_progress_within_one_long_cell(kind: str) -> None:
    shares: list[float] = []
    model = small(kind)
    texts = ["good film " * 4_000, "bad"]
    np.testing.assert_array_equal(predict(model, texts, shares.append), predict(model, texts))
    assert shares == sorted(shares)
    assert shares[-1] == 1
    if model.network.recurrent:
        assert max(np.diff([0, *shares])) < 0.2
