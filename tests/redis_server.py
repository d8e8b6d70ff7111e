"""Debian's Redis, for classes that several servers share."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """The address of a Redis that listens at a socket in this folder and keeps nothing; skips where there is none."""
    command = shutil.which("redis-server")
    if command is None:
        pytest.skip("there is no redis-server on this machine")
    place = folder / "socket"
    arguments = ["--port", "0", "--unixsocket", str(place), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([command, *arguments], stdout=subprocess.DEVNULL)
    while not place.exists():
        assert server.poll() is None
        time.sleep(0.01)
    try:
        yield f"unix://{place}"
    finally:
        server.terminate()
        server.wait(20)
