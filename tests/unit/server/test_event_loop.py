"""Which event loop serves the app: asyncio's own leaves Nagle's algorithm on, and every answer takes 44 ms."""

import socket
import subprocess
import sys

import pytest

SERVED = """
import asyncio, contextlib
from explorer.server import application

@contextlib.asynccontextmanager
async def lifespan(app):
    print("loop", type(asyncio.get_running_loop()).__module__, flush=True)
    yield

application.PARTS["lifespan"] = lifespan
application.run({port}, browser=False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop does not run there")
def test_the_app_is_served_by_uvloop_which_answers_at_once():
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVED.replace("{port}", str(port))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        printed = []
        for line in server.stdout:
            printed.append(line.strip())
            if line.startswith("loop"):
                break
        server.terminate()
    assert printed[-1] == "loop uvloop", printed
