"""Score: tables in, tables with one more column out; never half a table."""

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_models import small

from explorer import predict
from explorer.evaluation import table_scores as scoring
from explorer.evaluation.table_scores import FileError, score

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


def test_cells_that_are_not_text(tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": [1, 2, 3]}), tmp_path / "in.parquet")
    assert score(MODEL, tmp_path / "in.parquet", "n", tmp_path / "out.csv") == (3, 3)
    assert read_csv(tmp_path / "out.csv") == [["n", "probability"], ["1", ""], ["2", ""], ["3", ""]]


@pytest.mark.parametrize("limit", ["ROWS", "CHARACTERS"])
def test_chunks_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    rows = [["text"], *([" ".join(["good", "bad", "film"][i % 3 :])] for i in range(100))]
    table = write_csv(tmp_path / "in.csv", rows)
    score(MODEL, table, "text", tmp_path / "whole.csv")
    sizes = []
    probabilities = scoring.probabilities
    monkeypatch.setattr(scoring, limit, 30)
    monkeypatch.setattr(
        scoring, "probabilities", lambda model, cells: sizes.append(len(cells)) or probabilities(model, cells)
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
        ("in.csv", b"text,b\n1,2\n1,2,3\n", "line 3: 3 cells where the first line has 2"),
        ("in.csv", b"text\ngood\n" + b"x\n" * 9000 + b"caf\xe9\n", "not UTF-8"),
        ("in.csv", b'text\n"never closed\n', "not CSV that can be read, near line 3"),
        ("in.csv.gz", b"text\ngood\n", "not CSV that can be read"),
        ("in.csv.gz", gzip.compress(b"text\n" + bytes(range(65, 90)) * 999)[:-12], "not CSV that can be read"),
        ("in.parquet", b"text\ngood\n", "not Parquet that can be read"),
        ("in.parquet", b"", "not Parquet that can be read"),
        ("in.xlsx", b"", "ending"),
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
    table = write_csv(tmp_path / "in.csv", [["text"], *[["good"]] * 12_000])
    with table.open("ab") as file:
        file.write(b"\xff")
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
