"""Work side by side in processes: all of it is done, what fails is named, and no process outlives the run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from explorer.training.processes import run_in_processes

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0  # seconds within which something must have happened


def note(item: str, place: int, folder: Path) -> None:
    """Leave a file that says which process did the item, and where."""
    (folder / item).write_text(f"{os.getpid()} {place}")


def fall(item: str, place: int, folder: Path) -> None:
    """Do what the item says: fail, be killed, or work for ever."""
    note(item, place, folder)
    if item == "fail":
        until(lambda: (folder / "stay").exists())
        raise RuntimeError("no such corpus")
    if item == "die":
        until(lambda: (folder / "stay").exists())
        os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def until(happens: Callable[[], bool]) -> None:
    """Wait until something is the case, and fail if it takes too long."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def is_running(process: int) -> bool:
    """Whether there is a process of that number which is not merely waiting to be collected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def processes(folder: Path) -> list[int]:
    """The numbers of the processes that left a file."""
    texts = [path.read_text() for path in folder.iterdir() if path.suffix != ".py"]
    return [int(text.split()[0]) for text in texts if text]


def test_each_item_is_done_once_in_a_process_of_its_own(tmp_path: Path) -> None:
    run_in_processes(partial(note, folder=tmp_path), ["a", "b"], 2)
    lines = {path.name: path.read_text().split() for path in tmp_path.iterdir()}
    assert set(lines) == {"a", "b"}
    assert {place for _, place in lines.values()} <= {"0", "1"}
    assert len({process for process, _ in lines.values()} - {str(os.getpid())}) == 2
    assert not active_children()


@pytest.mark.parametrize(
    ("item", "reason"), [("fail", "RuntimeError: no such corpus"), ("die", "its process was killed")]
)
def test_what_fails_is_named_and_ends_the_others(item: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError, match=rf"{item} was stopped \({reason}\). The same command goes on"):
        run_in_processes(partial(fall, folder=tmp_path), [item, "stay", "never"], 2)
    assert not active_children()
    assert not any(map(is_running, processes(tmp_path)))
    assert not (tmp_path / "never").exists()


SCRIPT = """
import sys
from functools import partial
from pathlib import Path
from explorer.training.processes import run_in_processes
from tests.unit.training.test_processes import fall

if __name__ == "__main__":
    run_in_processes(partial(fall, folder=Path(sys.argv[1])), ["one", "two"], 2)
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_nobody_is_left_when_the_run_itself_is_ended(sign: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path)]
    # a session of its own, so that Ctrl-C reaches the whole group as it does from a terminal
    run = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: len(processes(tmp_path)) == 2)
        (os.killpg if sign is signal.SIGINT else os.kill)(run.pid, sign)
        until(lambda: not any(map(is_running, [run.pid, *processes(tmp_path)])))
        errors = run.communicate()[1]
    finally:
        for process in filter(is_running, [run.pid, *processes(tmp_path)]):
            os.kill(process, signal.SIGKILL)
    assert ("KeyboardInterrupt" in errors) == (sign is signal.SIGINT)
