"""Servers to measure: the app itself and the bare pages, each in a process of its own on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from explorer.bench.registry import CouldNotRun

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
START_LIMIT = 60.0  # seconds
FLAGS = ("--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none")
OURS = "ours"
BARE_CHART = HERE / "bare_chart.py"
BARE_START = HERE / "bare_start.py"


def command(page: str | Path, port: int, width: int | None = None) -> list[str]:
    """The command line that serves the app (OURS), with `width` runs of pages at a time, or a bare page."""
    if page == OURS and width is not None:
        narrow = f"from explorer.views.shared import admission as a; a.TURNS.most = {width}"
        serving = f"from explorer.server.application import run; run({port}, browser=False)"
        return [sys.executable, "-c", f"{narrow}; {serving}"]
    if page == OURS:
        return [sys.executable, "-m", "explorer", "--no-browser", "--port", str(port)]
    return [sys.executable, "-m", "streamlit", "run", str(page), f"--server.port={port}", *FLAGS]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A process that serves a page on this machine."""

    def __init__(self, page: str | Path, width: int | None = None):
        self.page, self.port = page, free_port()
        self.log = tempfile.TemporaryFile()  # noqa: SIM115, closed in `stop`
        self.started = time.perf_counter()
        folder = ROOT if page == OURS else HERE  # where its .streamlit is, if it has one
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        environment = os.environ | {"PYTHONPATH": path}
        self.process = subprocess.Popen(
            command(page, self.port, width), cwd=folder, env=environment, stdout=self.log, stderr=subprocess.STDOUT
        )

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def wait(self, path: str = "/_stcore/health") -> None:
        """Until it answers. Raises CouldNotRun with the last lines of its output if it ends or takes too long."""
        while time.perf_counter() - self.started < START_LIMIT:
            if self.process.poll() is not None:
                raise CouldNotRun(f"{self.name} ended at its start: {self.output()}")
            try:
                with urlopen(self.address + path, timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.02)
        raise CouldNotRun(f"{self.name} did not answer within {START_LIMIT:.0f} s: {self.output()}")

    @property
    def name(self) -> str:
        return "the app" if self.page == OURS else Path(self.page).name

    def output(self) -> str:
        """The last line that it printed."""
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it printed nothing"

    def seconds(self) -> float:
        """The processor time that it has taken so far. Raises CouldNotRun where there is no /proc."""
        fields = self._proc("stat").rpartition(")")[2].split()  # after the name, which may hold anything
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime, stime: see proc(5)

    def memory(self) -> int:
        """The bytes of memory that it holds. Raises CouldNotRun where there is no /proc."""
        return int(self._proc("statm").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _proc(self, name: str) -> str:
        try:
            return Path(f"/proc/{self.process.pid}/{name}").read_text(encoding="utf-8")
        except OSError as error:
            raise CouldNotRun(f"this system does not tell what a process takes: {error}") from error

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@contextmanager
def serve(page: str | Path, width: int | None = None) -> Iterator[Server]:
    """A server that answers, until the block ends; `width` as of `command`."""
    server = Server(page, width)
    try:
        server.wait()
        yield server
    finally:
        server.stop()
