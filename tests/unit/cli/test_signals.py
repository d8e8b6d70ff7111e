"""A process that is told to stop: one line, 128 + the signal's number, and nothing half done left behind."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "explorer", "score"]
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120.0  # seconds within which something must have happened
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def until(happens: Callable[[], bool]) -> None:
    """Wait until something is the case, and fail if it takes too long."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def ready_for_signals() -> None:
    """As in a terminal: a background job would ignore Ctrl-C."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def scoring(*arguments: object, **options: object) -> Iterator[subprocess.Popen]:
    """The command as a process of its own."""
    command = [*COMMAND, *map(str, arguments)]
    options = {"stderr": subprocess.PIPE, "preexec_fn": ready_for_signals} | options
    with subprocess.Popen(command, cwd=ROOT, **options) as run:
        try:
            yield run
        finally:
            run.kill()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough rows for minutes."""
    path = tmp_path_factory.mktemp("tables") / "in.csv"
    path.write_text("text,n\n" + "good film not bad at all,1\n" * 1_000_000)
    return path


def last_words(number: signal.Signals) -> bytes:
    return b"explorer: stopped.\n" if number == signal.SIGINT else f"explorer: stopped by {number.name}.\n".encode()


def imports(run: subprocess.Popen, part: bytes) -> Callable[[], bool]:
    """Whether the process has a library loaded."""
    return lambda: part in Path(f"/proc/{run.pid}/maps").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_stopped_while_it_writes(number: signal.Signals, table: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old")
    with scoring(table, "--output", output) as run:
        until(lambda: any(path.name.endswith(".part") and path.stat().st_size for path in tmp_path.iterdir()))
        run.send_signal(number)
        detected, *last = run.communicate(timeout=PATIENCE)[1].splitlines(keepends=True)
    assert b"separator comma" in detected
    assert (run.returncode, last) == (128 + number, [last_words(number)])
    assert output.read_text() == "old"
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize(
    ("number", "library"),
    [(signal.SIGINT, b"_multiarray_umath"), (signal.SIGINT, b"libtorch"), (signal.SIGTERM, b"_multiarray_umath")],
)
def test_stopped_while_it_imports(number: signal.Signals, library: bytes, table: Path, tmp_path: Path) -> None:
    """In the first second: where an exception could be lost, or end as a traceback."""
    with scoring(table, "--output", tmp_path / "out.csv") as run:
        until(imports(run, library))
        run.send_signal(number)
        assert run.communicate(timeout=PATIENCE)[1] == last_words(number)
    assert run.returncode == 128 + number
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_is_ignored_stays_ignored(table: Path) -> None:
    """As nohup asks."""
    deaf = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)}
    with scoring(table, stdout=subprocess.PIPE, **deaf) as run:
        until(imports(run, b"_multiarray_umath"))
        run.send_signal(signal.SIGHUP)
        assert run.stdout.readline() == b"text,n,probability\n"


@pytest.mark.parametrize(
    ("shell", "status", "said"),
    [
        ("{} | head -1", 141, b""),
        ("{} > /dev/full", 2, b"explorer: [Errno 28] No space left on device.\n"),
    ],
)
def test_an_output_that_takes_no_more(shell: str, status: int, said: bytes, table: Path) -> None:
    line = shell.format(" ".join([*COMMAND, str(table)]))
    end = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=ROOT, capture_output=True, check=False)
    assert end.returncode == status
    assert b"".join(row for row in end.stderr.splitlines(keepends=True) if b"encoding utf-8" not in row) == said


def test_one_long_cell_shows_progress_and_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('text,n\n"' + "not a bad film at all, " * 100_000 + '",1\n')
    ours, theirs = pty.openpty()
    shown = bytearray()
    with scoring(tmp_path / "in.csv", "--output", tmp_path / "out.csv", stderr=theirs) as run:
        os.close(theirs)

        def shows(pattern: bytes) -> bool:
            if select.select([ours], [], [], 0)[0]:
                shown.extend(os.read(ours, 2**16))
            return re.search(pattern, shown) is not None

        until(lambda: shows(rb"\r +[1-9]%\|"))
        run.send_signal(signal.SIGINT)
        assert run.wait(PATIENCE) == 130
        until(lambda: shows(b"\r\nexplorer: stopped."))
    os.close(ours)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("word", ["a-" * 2_000_000, "a" + "\u0301\u0316" * 500_000], ids=["letters", "marks"])
def test_one_endless_word_can_be_stopped(word: str, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"text\n{word}\n")
    with scoring(tmp_path / "in.csv") as run:
        until(lambda: b"texts in column" in run.stderr.readline())  # it reads the word next
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=PATIENCE)[1] == last_words(signal.SIGINT)
    assert run.returncode == 128 + signal.SIGINT
