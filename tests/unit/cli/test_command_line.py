"""The command line: what it prints, and one clear line for everything that goes wrong."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import explorer
from explorer import load, trace
from explorer.__main__ import main
from explorer.cli import COMMANDS
from explorer.core.checkpoints import FOLDER
from explorer.evaluation import scores as evaluation
from explorer.server.hosting import Hosting
from explorer.training import tasks, train
from explorer.training.run import Run

COMMAND = [sys.executable, "-m", "explorer"]
ROOT = Path(__file__).resolve().parents[3]


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **functions) -> None:
    """A module in the place of another."""
    module = ModuleType(name)
    vars(module).update(functions)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.parametrize("command", ["", *(command.__name__.split(".")[-1] for command in COMMANDS)])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0
    assert f"python -m explorer {command} ".strip() in text
    assert not command or "examples:" in text


def test_help_names_the_installed_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/explorer"])
    with pytest.raises(SystemExit):
        main(["trace", "--help"])
    assert capsys.readouterr().out.startswith("usage: explorer trace ")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        (["--help"], 0),
        *(([command.__name__.split(".")[-1], "--help"], 0) for command in COMMANDS),
        ([], None),
        (["sing"], 2),
        (["trace", "x", "--model", "foo"], 2),
        (["train", "--task", "sing"], 2),
        (["bench", "sing"], 2),
    ],
)
def test_help_and_wrong_arguments_load_nothing_heavy(typed: list[str], status: int | None) -> None:
    """Without arguments: the import of the package alone."""
    call = f"print(explorer.__main__.main({typed}))" if typed else ""
    program = f"""
import sys
import explorer.__main__
try:
    {call or "pass"}
except SystemExit as end:
    print(end.code)
print(sorted({{"torch", "streamlit", "numpy", "pandas", "plotly"}} & set(sys.modules)))
"""
    end = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    *_, code, loaded = ["", *end.stdout.splitlines()]
    assert loaded == "[]"
    assert status is None or code == str(status)


def test_public_names_come_when_asked_for() -> None:
    assert set(explorer.__all__) <= set(dir(explorer))
    with pytest.raises(AttributeError, match="no attribute 'sing'"):
        explorer.sing  # noqa: B018


def test_trace_prints_the_trace(capsys: pytest.CaptureFixture) -> None:
    assert main(["trace", "naïve, not bad", "--model", "rnn"]) == 0
    assert json.loads(capsys.readouterr().out) == trace(load("rnn"), "naïve, not bad").as_json()


def test_trace_reads_the_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("très good\n".encode())))
    assert main(["trace", "-", "--brief"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["tokens"] == ["très", "good"]
    assert found["model"] == "gru"
    assert "activations" not in found


def test_score_to_the_standard_output(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("text,n\ngood,1\n,2\n")
    end = subprocess.run(
        [*COMMAND, "score", tmp_path / "in.csv", "--column", "text"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    p = trace(load("gru"), "good").probability
    assert end.stdout == f"text,n,probability\ngood,1,{p:.6f}\n,2,\n"
    assert end.stderr.splitlines() == [
        f"{tmp_path}/in.csv: encoding utf-8, separator comma ',', texts in column 'text'",
        "2 rows, 1 of them without text to read (their probability is empty)",
    ]


def test_score_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("text\ngood\n")
    assert main(["score", f"{tmp_path}/in.csv", "--column", "text", "--output", f"{tmp_path}/out.csv"]) == 0
    assert (tmp_path / "out.csv").read_text().startswith("text,probability\ngood,0.")


def test_evaluate_prints_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    scores = {
        "gru": {"sst2": 0.875, "sst2_ece": 0.03125},
        "rnn": {"sst2": 0.5, "sst2_ece": 0.25},
        "VADER": {"sst2": 0.25},
    }
    rows = [{"kind": "k", "set": "phrases", "right": 0, "count": 1, "measure": "m", "wrong": [{"text": "naïve"}]}]
    asked = []

    def examine(model: str, texts: str) -> evaluation.Examination:
        assert texts == "texts"
        return evaluation.Examination(scores[model], rows, {}, {"plain sentence": (0.5, 4)})

    stand_in(monkeypatch, "explorer.evaluation.baselines", BASELINES=["VADER"], load=str)
    monkeypatch.setattr("explorer.load", str, raising=False)
    monkeypatch.setattr("explorer.evaluation.baselines", sys.modules["explorer.evaluation.baselines"], raising=False)
    monkeypatch.setattr(evaluation, "texts", lambda *of: asked.append(of) or "texts")
    monkeypatch.setattr(evaluation, "examine", examine)
    files = {name: tmp_path / f"{name}.json" for name in ("json", "details")}
    arguments = ["evaluate", "gru", "rnn", "--data", "d", "--split", "test", "--baselines"]
    assert main([*arguments, *(word for name, file in files.items() for word in (f"--{name}", str(file)))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [" ".join(line.split()) for line in lines[:3]] == [
        "gru rnn VADER",
        "SST-2 sentences right 0.8750 0.5000 0.2500",
        "SST-2 calibration error (ECE) 0.0312 0.2500 –",
    ]
    assert "\n".join(lines[3:]) == evaluation.NOTE
    assert asked == [(Path("d"), "test")]
    found = {name: json.loads(file.read_text(encoding="utf-8")) for name, file in files.items()}
    assert found["json"] == scores
    assert found["details"]["gru"] == {
        "scores": scores["gru"],
        "behaviour": rows,
        "calibration": {},
        "kinds": {"plain sentence": {"accuracy": 0.5, "count": 4}},
        "on_the_way": [],
    }


@pytest.mark.parametrize(
    ("typed", "names"), [(["rnn", "gru", "rnn"], ["rnn", "gru"]), ([], 5), (["--all"], 5), (["--all", "gru"], 5)]
)
def test_train_passes_on_what_was_typed(
    typed: list[str], names: list[str] | int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(train, "train", asked.append)
    more = [
        "--data",
        "d",
        "--seed",
        "7",
        "--seeds",
        "2",
        "--output",
        "o",
        "--jobs",
        "1",
        "--work",
        "w",
        "--fresh",
        "--no-teacher",
    ]
    assert main(["train", *typed]) == main(["train", *typed, *more]) == 0
    plain, full = asked
    assert (len(full.names) if isinstance(names, int) else full.names) == names
    assert plain == Run(plain.names, None, FOLDER, (0, 1, 2), 2, None, False, True)
    assert full == Run(full.names, Path("d"), Path("o"), (7, 8), 1, Path("w"), True, False)


@pytest.mark.parametrize("name", ["writer", "translator", "translator-attention"])
def test_train_passes_on_a_task(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(tasks, "train_task", asked.append)
    more = ["--data", "d", "--seed", "7", "--output", "o", "--work", "w", "--fresh"]
    assert main(["train", "--task", name]) == main(["train", "--task", name, *more]) == 0
    assert asked == [tasks.TaskRun(name, None, FOLDER), tasks.TaskRun(name, Path("d"), Path("o"), 7, Path("w"), True)]
    assert tasks.TaskRun(name, None, FOLDER).command == f"python -m explorer train --task {name} --seed 0"


def test_training_that_was_stopped_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "train", stopped)
    monkeypatch.setattr(tasks, "train_task", stopped)
    for typed in (["train"], ["train", "--task", "writer"]):
        assert main(typed) == 130
        assert capsys.readouterr().err == "explorer: stopped. The same command goes on where it was.\n"


def test_bench_passes_on_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(
        monkeypatch,
        "explorer.bench",
        run=lambda chosen, file: 1 if (chosen, file) == (["trace_vs_nn"], Path("f")) else 0,
    )
    assert main(["bench", "trace_vs_nn", "--json", "f"]) == 1


def test_the_app_opens_without_a_subcommand(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    stand_in(monkeypatch, "explorer.server.application", run=lambda *arguments: asked.append(arguments))
    assert main([]) == main(["--port", "8600", "--address", "0.0.0.0", "--no-browser"]) == main(["--share"]) == 0
    hosted = ["--base-path", "/class/", "--allowed-host", "a.example", "--allowed-host", "*.b.example"]
    assert main([*hosted, "--frame-ancestors", "'self' https://a.example"]) == 0
    decided = Hosting(("a.example", "*.b.example"), ("'self'", "https://a.example"))
    assert asked == [
        (8501, "localhost", True, False, "", Hosting()),
        (8600, "0.0.0.0", False, False, "", Hosting()),
        (8501, "localhost", True, True, "", Hosting()),
        (8501, "localhost", True, False, "class", decided),
    ]


def test_what_is_wrong_with_hosting_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (["--base-path", "a b"], ["--allowed-host", "http://a"], ["--frame-ancestors", "a;b"]):
        assert main(typed) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["trace", "x", "--model", "foo"], "no model named 'foo', there are per-word, concat, rnn, gru, lstm"),
        (["evaluate", "foo"], "no model named 'foo'"),
        (["trace", " "], "nothing to read"),
        (["trace", "caf\udce9"], "not UTF-8"),
        (["trace"], "required: TEXT"),
        (["sing"], "invalid choice: 'sing'"),
        (["--port", "0"], "'0' is not a whole number from 1 to 65535"),
        (["score", "none.csv", "--column", "text"], "none.csv: No such file"),
        (["score", "none.parquet", "--column", "text"], "none.parquet: No such file"),
        (["score", "in.csv", "--column", "words"], "no column 'words'"),
        (["score", "in.csv", "--column", "text", "--output", "none/out.csv"], "No such file or directory"),
        (["score", "broken.csv"], "which column holds the texts? Say it with --column. Its columns: first, second"),
        (["score", "in.csv", "--encoding", "rot13"], "no encoding 'rot13'"),
        (["score", "in.csv", "--encoding", "x"], "no encoding 'x'"),
        (["score", "in.csv", "--separator", "::"], "'::' is not one sign"),
        (["score", "broken.parquet", "--separator", ";"], "only text files"),
        (["score", "escape\x1b[31m.csv"], r"escape\x1b[31m.csv: No such file"),
        (["score", "in.csv", "--column", "\x1b[2J"], r"no column '\x1b[2J'"),
        (["score", "broken.parquet", "--column", "text"], "broken.parquet is not Parquet"),
        (["evaluate", "gru", "--data", "none"], "no data folder none"),
        (["train", "--data", "none", "--work", "work", "--no-teacher"], "no data folder none"),
        (["train", "--work", "in.csv"], "in.csv: File exists"),
        (["train", "--task", "sing"], "invalid choice: 'sing'"),
        (["train", "--task", "writer", "--data", "none", "--work", "work"], "no data folder none"),
        (["train", "--seeds", "0"], "'0' is not a whole number from 1 to 100"),
        (["train", "--jobs", "many"], "'many' is not a whole number"),
        (["bench", "sing"], "no bench named sing"),
    ],
)
def test_errors_are_one_line(
    typed: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    contents = {
        "in.csv": b"text\ngood\n",
        "broken.csv": b"first,second\n",
        "broken.parquet": b"x",
    }
    for name, content in contents.items():
        Path(name).write_bytes(content)
    try:
        status = main(typed)
    except SystemExit as end:
        status = end.code
    line = capsys.readouterr().err
    assert status == 2
    assert line.startswith("explorer: ")
    assert line.count("\n") == 1
    assert said in line


def test_weights_that_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr("explorer.core.checkpoints.FOLDER", tmp_path)
    assert main(["trace", "good"]) == 1
    line = capsys.readouterr().err
    assert line.startswith("explorer: ")
    assert line.count("\n") == 1
    assert "vectors.safetensors is missing. Make it anew with `python -m explorer train --all" in line


def test_without_a_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """As `>&-` leaves it."""
    (tmp_path / "in.csv").write_text("text\ngood\n")
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["score", f"{tmp_path}/in.csv"]) == 2
    assert capsys.readouterr().err == "explorer: the standard output is closed; name a file with --output.\n"
    assert main(["score", f"{tmp_path}/in.csv", "--output", f"{tmp_path}/out.csv"]) == 0


def test_ctrl_c_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    def run(*_: object) -> None:
        raise KeyboardInterrupt  # what Python makes of the signal, unless it was started with the signal ignored

    stand_in(monkeypatch, "explorer.server.application", run=run)
    assert main([]) == 130
    assert capsys.readouterr().err == "explorer: stopped.\n"
