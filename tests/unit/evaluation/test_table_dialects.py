"""Tables as Excel, Windows and exports write them: read, with what was guessed told, and damaged rows named."""

import csv
import gzip
import io
import itertools
import json
import random
import struct
import tracemalloc
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_models import small

from explorer import predict
from explorer.evaluation import json_tables, text_tables
from explorer.evaluation.table_scores import Dialect, score
from explorer.evaluation.tables import NAMED, Damage, FileError
from explorer.evaluation.text_dialects import SAMPLE, Format, detect_encoding, detect_format

MODEL = small("gru")
GOOD, BAD = "good, not bad", "bad, not good"
FRENCH = "It’s a naïve film – £5 “well spent”, très bien"  # in Windows-1252, not in Latin-1


def scored(path: Path, dialect: Dialect | None = None, column: str | None = None) -> tuple[list[list[str]], list[str]]:
    """The rows of the scored table, the names first, and what was told. Probabilities are checked and left out."""
    lines: list[str] = []
    output = path.with_name("scored.csv")
    score(MODEL, path, column, output, dialect, lines.append)
    with output.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    names, *cells = rows
    assert names[-1] == "probability"
    told = lines[0].rpartition("texts in column ")[2]
    place = [repr(name) for name in names].index(told)
    texts = ["" if row[place] in ("NaN", "nan", "null", "N/A") else row[place] for row in cells]
    expected = ["" if p != p else f"{p:.6f}" for p in predict(MODEL, texts)]
    assert [row[-1] for row in cells] == expected
    return [row[:-1] for row in rows], [line.removeprefix(f"{path}: ") for line in lines]


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def delimited(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=end).writerows(rows)
    return file.getvalue()


TABLE = [["id", "text"], ["1", GOOD], ["2", f'{FRENCH}\nand "more"; a\ttab | bar'], ["3", BAD]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_what_was_written_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    path = write(tmp_path / "in.csv", delimited(TABLE, separator).encode(encoding))
    rows, lines = scored(path)
    assert rows == TABLE
    told = encoding.removesuffix("-sig")
    assert lines[0].startswith(f"encoding {told}, separator ")
    assert repr(separator) in lines[0]
    assert len(lines) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("packed", [False, True])
def test_line_ends_and_gzip(tmp_path: Path, end: str, packed: bool) -> None:
    content = delimited([["text", "n"], [GOOD, "1"], [BAD, "0"]], end=end).encode()
    path = write(tmp_path / ("in.csv.gz" if packed else "in.csv"), gzip.compress(content) if packed else content)
    assert scored(path)[0] == [["text", "n"], [GOOD, "1"], [BAD, "0"]]


@pytest.mark.parametrize(
    ("name", "content", "rows", "told"),
    [
        (
            "tabs.tsv",
            f"text\tn\n{GOOD}\t1\n{BAD}\t0\n",
            [["text", "n"], [GOOD, "1"], [BAD, "0"]],
            r"separator tab '\t'",
        ),
        ("hint.csv", f"sep=;\r\ntext;n\r\n{GOOD};1\r\n", [["text", "n"], [GOOD, "1"]], "separator semicolon ';'"),
        ("hint.txt", f"sep=~\ntext~n\n{GOOD}~1\n", [["text", "n"], [GOOD, "1"]], "separator '~'"),
        ("alone.csv", f"text\n{GOOD}\n{BAD}\n", [["text"], [GOOD], [BAD]], "no separator, one column"),
        ("alone.csv", f'text\n"{GOOD}"\n{BAD}; yes\n', [["text"], [GOOD], [f"{BAD}; yes"]], "no separator"),
        ("comma in a name.csv", f'"n, all";Text\n1;{GOOD}\n', [["n, all", "Text"], ["1", GOOD]], "column 'Text'"),
        (
            "escapes.csv",
            f'id,text\n1,"he said \\"{GOOD}\\" and \\\\ left"\n2,"{BAD}"\n',
            [["id", "text"], ["1", rf'he said "{GOOD}" and \ left'], ["2", BAD]],
            r"quotation marks escaped as \"",
        ),
        (
            "backslashes.csv",
            'path,text\n"C:\\new\\","good ""film"" \\o/"\n',
            [["path", "text"], ["C:\\new\\", 'good "film" \\o/']],
            "separator comma ',', texts",
        ),
        (
            "stray quotes.tsv",
            'text\tn\n"Good" it is\t1\n"never closed\t2\nfine\t3\n',
            [["text", "n"], ['"Good" it is', "1"], ['"never closed', "2"], ["fine", "3"]],
            "quotation marks as they stand",
        ),
        ("ends in separators.csv", "text;n;;\nfine;1;;\nbad;2\n", None, "separator semicolon"),
        ("index.csv", f",text\n0,{GOOD.partition(',')[0]}\n", [["", "text"], ["0", "good"]], "column 'text'"),
    ],
)
def test_dialects(tmp_path: Path, name: str, content: str, rows: list[list[str]] | None, told: str) -> None:
    found, lines = scored(write(tmp_path / name, content))
    assert rows is None or found == rows
    assert told in lines[0]


@pytest.mark.parametrize("column", [None, "text"])
def test_a_cell_says_that_there_is_no_text(tmp_path: Path, column: str | None) -> None:
    """Not so "None" and "NA", which people write; all cells stay as they are."""
    cells = ["good film", "", "NaN", "null", "N/A", "nan", "None", "NA", "none"]
    rows, _ = scored(write(tmp_path / "in.csv", delimited([["text", "n"], *([c, "1"] for c in cells)])), None, column)
    assert [row[0] for row in rows[1:]] == cells
    with (tmp_path / "scored.csv").open(newline="") as file:
        assert [row[2] == "" for row in csv.reader(file)][1:] == [False, *[True] * 5, *[False] * 3]


def test_ragged_rows_are_kept_and_named(tmp_path: Path) -> None:
    content = f'text,label\n"{GOOD}",1\n"{BAD}",0,extra\nfine\n\n"two\nlines",1,2,3\n'
    rows, lines = scored(write(tmp_path / "in.csv", content))
    assert rows == [["text", "label"], [GOOD, "1"], [BAD, "0"], ["fine", ""], ["two\nlines", "1"]]
    assert lines[1:] == [
        "more cells than names, those beyond left out: row 2 (line 3), row 4 (line 6).",
        "fewer cells than names, the last ones empty: row 3 (line 4).",
    ]


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    content = (
        f'n,text\n1,"{GOOD}"\n2,"never closed\n3,"{BAD}"\n4,"said "so" here"\n5,"fine"\n6,"open to the end\n7,fine\n'
    )
    rows, lines = scored(write(tmp_path / "in.csv", content))
    assert [row[0] for row in rows] == ["n", "1", "3", "5", "7"]
    line = lines[1]
    assert line.startswith("left out, since they cannot be read: row 2 (line 3: ")
    assert "row 4 (line 5: " in line
    assert "row 6 (line 7: unexpected end of data)." in line


def test_many_damaged_rows_are_counted(tmp_path: Path) -> None:
    good = [["text", "n"], *[["fine", "1"]] * 50]
    _, lines = scored(write(tmp_path / "in.csv", delimited(good) + "fine\n" * (NAMED + 7)))
    assert lines[1].endswith(f"row {50 + NAMED} (line {51 + NAMED}) and 7 more.")


def test_a_quotation_mark_that_is_never_closed_ends_at_the_limit_of_a_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_tables, "CELL", 1_000)
    content = 'text,n\nfine,1\n"never closed,2\n' + "fine,3\n" * 500
    rows, lines = scored(write(tmp_path / "in.csv", content))
    assert len(rows) == 1 + 1 + 500
    assert "row 2 (line 3: field larger than field limit (1000))" in lines[1]


@pytest.mark.parametrize("name", ["in.csv", "in.jsonl"])
def test_bytes_of_another_encoding_in_a_few_rows(tmp_path: Path, name: str) -> None:
    texts = [FRENCH.encode(), FRENCH.encode(), b"caf\xe9 \xff", b"fine"]
    rows = [b'{"text": "%s"}' % text if name.endswith("jsonl") else b'"%s"' % text for text in texts]
    head = [] if name.endswith("jsonl") else [b"text"]
    found, lines = scored(write(tmp_path / name, b"\n".join([*head, *rows])))
    assert [row[0] for row in found[1:]] == [FRENCH, FRENCH, "caf� �", "fine"]
    where = "line 3" if name.endswith("jsonl") else "row 3 (line 4)"
    assert lines[1] == f"bytes that are not utf-8, shown as �: {where}."


def test_what_the_user_says_goes_before_what_is_detected(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "text,more;n\né;1\n".encode("latin-1"))
    rows, lines = scored(path, Dialect("cp437", ";"), "text,more")
    assert rows == [["text,more", "n"], ["Θ", "1"]]  # E9 in the code page of DOS
    assert lines[0].startswith("encoding cp437, separator semicolon ';'")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_byte_order_mark_before_what_the_user_says(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "in.csv", f'\ufeff"text";n\n{GOOD};1\n'.encode(encoding))
    assert scored(path, Dialect(encoding))[0] == [["text", "n"], [GOOD, "1"]]


def test_a_file_with_a_zero_byte_is_not_utf_16(tmp_path: Path) -> None:
    assert detect_encoding(io.BytesIO(b"text,n\ngood\0film,1\n")) == "utf-8"


def test_an_encoding_that_the_first_rows_do_not_show() -> None:
    """Far behind what is looked at for the separator."""
    for end, encoding in itertools.product(("\n", "\r"), ("cp1252", "utf-8")):
        content = f"a good film,1{end}" * 40_000 + f"It’s fine – really,2{end}"
        assert len(content) > 2 * SAMPLE
        assert detect_encoding(io.BytesIO(content.encode(encoding))) == encoding


def test_signs_on_the_edge_of_what_is_read_at_once() -> None:
    for shift in range(4):
        content = b"x" * (SAMPLE - shift) + "…".encode() + b"x" * 10
        assert detect_encoding(io.BytesIO(content)) == "utf-8"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It’s good – £5 well spent", "cp1252"),
        ("a naïve film", "cp1252"),
        ("café très bien", "cp1252"),
        ("“Brilliant” – she’s at the café. It’s a film that I’d see twice…\n" * 20, "cp1252"),
        ("Dobrý film, příliš žluťoučký kůň úpěl ďábelské ódy.\n" * 5, "cp1250"),
        ("这部电影非常好。我很喜欢。\n" * 5, "gb18030"),
        ("plain", "utf-8"),
        ("naïve “good” 这部", "utf-8"),
    ],
)
def test_encodings_are_detected(text: str, encoding: str) -> None:
    assert detect_encoding(io.BytesIO(text.encode(encoding))) == encoding


def test_no_text_is_no_dialect() -> None:
    """Whatever the first line holds, something is chosen, and it reads the sample."""
    for pieces in itertools.product(['"', "a", ",", ";", "\t", "\n", '\\"'], repeat=4):
        sample = "".join(pieces)
        assert isinstance(detect_format(sample, True, None), Format)


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["id", "Review Text", "n"], "Review Text"),
        (["review", "TEXT"], "TEXT"),
        (["review-body", "n"], "review-body"),
        (["whatever"], "whatever"),
    ],
)
def test_the_column_is_told_by_its_name(tmp_path: Path, names: list[str], chosen: str) -> None:
    _, lines = scored(write(tmp_path / "in.csv", delimited([names, ["fine"] * len(names)])))
    assert lines[0].endswith(f"texts in column {chosen!r}")


def test_a_column_may_be_asked_for_in_another_case(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", delimited([["My Text", "n"], ["fine", "1"]]))
    assert scored(path, None, "my text")[1][0].endswith("column 'My Text'")


# ------------------------------------------------------------------------------------------------------------- JSON

OBJECTS = [{"text": GOOD, "n": 1}, {"text": None, "n": 0.5}, {"n": [1], "text": BAD, "more": {"a": True}}]
AS_TEXT = [["text", "n", "more"], [GOOD, "1", ""], ["", "0.5", ""], [BAD, "[1]", '{"a": true}']]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("in.jsonl", lambda rows: "\n".join(map(json.dumps, rows)).encode()),
        ("in.json", lambda rows: "\n\n".join(map(json.dumps, rows)).encode()),
        ("in.json", lambda rows: json.dumps(rows, indent=1).encode("utf-8-sig")),
        ("in.ndjson", lambda rows: "\r\n".join(map(json.dumps, rows)).encode("utf-16")),
        ("in.jsonl.gz", lambda rows: gzip.compress("\n".join(map(json.dumps, rows)).encode())),
    ],
)
def test_json(tmp_path: Path, name: str, form: Callable[[list[dict]], bytes]) -> None:
    rows, lines = scored(write(tmp_path / name, form(OBJECTS)))
    assert rows == AS_TEXT
    assert "JSON" in lines[0]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("piece", [1, 7, 2**16])
def test_a_list_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int, indent: int) -> None:
    monkeypatch.setattr(json_tables, "PIECE", piece)
    content = json.dumps([*OBJECTS, 12, {"text": float("nan")}], indent=indent)
    rows, lines = scored(write(tmp_path / "in.json", content))
    assert rows == [*AS_TEXT, ["NaN", "", ""]]
    assert lines[1] == "left out, since they cannot be read: row 4 (no object)."
    for damaged in (content[:-1], content[:-3], content.replace("12", "1 2 x")):
        with pytest.raises(FileError, match=r"in.json: the list of objects cannot be read from row \d on"):
            scored(write(tmp_path / "in.json", damaged))


@pytest.mark.parametrize(
    ("between", "damaged", "problem"),
    [(",", False, None), ("\n", False, None), (",", True, "from row 2 on"), ("", False, "line 1 is longer")],
    ids=["list", "lines", "damaged list", "one line"],
)
def test_many_objects_are_never_in_memory_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, between: str, damaged: bool, problem: str | None
) -> None:
    monkeypatch.setattr(json_tables, "CELL", 20_000)
    rows = [json.dumps({"text": GOOD, "n": number}) for number in range(20_000)]
    rows[1] = rows[1][: -1 if damaged else None]
    content = between.join(rows)
    file = write(tmp_path / "in.json", f"[{content}]" if between == "," else content)
    found = len(rows)
    tracemalloc.start()
    try:
        with file.open("rb") as stream, pytest.raises(FileError, match=problem) if problem else nullcontext():
            found = sum(1 for _ in json_tables.objects(stream, "utf-8", Damage(), file))
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < len(content) / 3
    assert found == len(rows)


def test_json_lines_that_cannot_be_read(tmp_path: Path) -> None:
    content = '{"text": "fine"}\n{"text": "fi\n5\n{"text": "half \\ud83d"}\n' + "[" * 100_000 + "\n"
    rows, lines = scored(write(tmp_path / "in.jsonl", content))
    assert rows == [["text"], ["fine"], ["half �"]]
    assert [row.partition(" (")[0] for row in lines[1].split(": ", 1)[1].split("), ")] == ["line 2", "line 3", "line 5"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_parquet_whose_text_is_not_utf_8(tmp_path: Path, kind: pa.DataType) -> None:
    data = pa.array(
        [b"fine", b"caf\xe9", None],
        {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}.get(kind, pa.binary_view()),
    )
    pq.write_table(pa.table({"text": data.view(kind), "n": [1, 2, 3]}), tmp_path / "in.parquet")
    rows, lines = scored(tmp_path / "in.parquet")
    assert rows == [["text", "n"], ["fine", "1"], ["caf�", "2"], ["", "3"]]
    assert lines == ["Parquet, texts in column 'text'", "bytes that are not utf-8, shown as �: row 2."]


# ------------------------------------------------------------------------------------------------------------ Excel


@pytest.mark.parametrize("name", ["in.xlsx", "in.xls", "in.parquet", "in.csv", "in.csv.gz", "in.json", "in.tsv"])
def test_damaged_files_are_read_or_named(tmp_path: Path, name: str) -> None:
    """Cut, overwritten, with bytes left out: a table or one clear error, whatever the library behind it raises."""
    chance = random.Random(name)
    path, rows = tmp_path / name, [["text", "n"], *[[GOOD, "1"], [FRENCH, "2"], [BAD, "3"]] * 5]
    content = examples(rows)[name]
    outcomes = set()
    for _ in range(60):
        damaged = bytearray(content)
        start = chance.randrange(len(content))
        length = chance.choice([1, 5, 50, len(content)])
        damaged[start : start + length] = chance.choice([b"", chance.randbytes(3), b'"', b"\0", b"\xff\xfe"])
        try:
            score(MODEL, write(path, bytes(damaged)), None, tmp_path / "scored.csv")
        except FileError as error:
            outcomes |= {"named"} if name in str(error) else {"not named"}
        else:
            outcomes.add("read")
        assert {file.name for file in tmp_path.iterdir()} <= {name, "scored.csv"}
    assert "not named" not in outcomes
    assert ("read" if name in ("in.csv", "in.tsv") else "named") in outcomes


def examples(rows: list[list[str]]) -> dict[str, bytes]:
    """The same table in every format, by the name of its file."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sheet, parquet = io.BytesIO(), io.BytesIO()
    book.save(sheet)
    names, *cells = rows
    pq.write_table(pa.table([list(column) for column in zip(*cells, strict=True)], names=names), parquet)
    return {
        "in.xlsx": sheet.getvalue(),
        "in.xls": old_workbook(rows),
        "in.parquet": parquet.getvalue(),
        "in.csv": delimited(rows, ";").encode("cp1252"),
        "in.csv.gz": gzip.compress(delimited(rows).encode()),
        "in.json": json.dumps([dict(zip(names, row, strict=True)) for row in cells]).encode(),
        "in.tsv": delimited(rows, "\t").encode("utf-16"),
    }


def test_excel(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Reviews"
    book.create_sheet("Other")
    for row in [[], ["Review", "n", "when"], [GOOD, 1, datetime(2026, 11, 28)], [], [None, 2.5, True], [BAD], [5, 0]]:
        sheet.append(row)
    sheet["E6"] = "beyond"
    book.save(tmp_path / "in.xlsx")
    rows, lines = scored(tmp_path / "in.xlsx")
    assert rows == [
        ["Review", "n", "when"],
        [GOOD, "1", "2026-11-28T00:00:00"],
        ["", "2.5", "TRUE"],
        [BAD, "", ""],
        ["5", "0", ""],
    ]
    assert lines == [
        "sheet 'Reviews', the first of 2, texts in column 'Review'",
        "more cells than names, those beyond left out: row 6.",
    ]
    with pytest.raises(FileError, match="column 'n' holds no text"):
        scored(tmp_path / "in.xlsx", None, "n")


def test_an_empty_sheet(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "in.xlsx")
    with pytest.raises(FileError, match="first sheet is empty"):
        scored(tmp_path / "in.xlsx")


def old_workbook(rows: list[list[str | float]]) -> bytes:
    """A sheet of Excel 4, in the records that its later versions still have: kind, length, content."""
    records = [(0x0409, struct.pack("<3H", 0, 0x10, 0)), (0x0042, struct.pack("<H", 1252))]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<3H", row, column, 0)
            if isinstance(cell, str):
                records.append((0x0204, place + struct.pack("<H", len(cell)) + cell.encode("cp1252")))
            else:
                records.append((0x0203, place + struct.pack("<d", cell)))
    records.append((0x000A, b""))
    return b"".join(struct.pack("<2H", kind, len(content)) + content for kind, content in records)


def test_old_excel(tmp_path: Path) -> None:
    content = old_workbook([["text", "n"], [GOOD, 1.0], [FRENCH, 2.5], [BAD, 0.0]])
    rows, lines = scored(write(tmp_path / "in.xls", content))
    assert rows == [["text", "n"], [GOOD, "1"], [FRENCH, "2.5"], [BAD, "0"]]
    assert lines[0].startswith("sheet ")
