"""The server as a process: whom it contacts, what it prints and when, what it answers to hostile requests."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

ROOT = Path(__file__).resolve().parents[3]
# Before anything else in the process: every connection and every name that is looked up is written down, and refused.
GUARD = """
import os, socket, sys
def watch(event, arguments):
    if event == "socket.connect" and arguments[0].family in (socket.AF_INET, socket.AF_INET6):
        address, datagram = arguments[1], arguments[0].type & socket.SOCK_DGRAM
    elif event == "socket.getaddrinfo":
        address, datagram = arguments[:2], False
    else:
        return
    if not datagram and str(address[0]) not in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "None"):
        os.write(2, f"CONTACT {address}\\n".encode())
        raise OSError("no network")
sys.addaudithook(watch)
"""


@contextmanager
def started(folder: Path, *command: str, environment: dict[str, str] | None = None) -> Iterator[tuple[int, list[str]]]:
    """The app by this command, on the port that is put in the place of PORT; its port and, at the end, what it said."""
    (folder / "sitecustomize.py").write_text(GUARD)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [sys.executable, *(part.replace("PORT", str(port)) for part in command)]
    paths = {"PYTHONPATH": str(folder), "http_proxy": "http://192.0.2.1:9", "https_proxy": "http://192.0.2.1:9"}
    server = subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, **paths, **(environment or {})},
    )  # fmt: skip
    lines: list[str] = []
    reader = Thread(target=lambda: lines.extend(iter(server.stdout.readline, "")), daemon=True)
    reader.start()
    try:
        while not any("Open http" in line for line in lines):
            assert server.poll() is None, lines
            reader.join(0.05)
        yield port, lines
    finally:
        server.terminate()
        server.wait(20)
        reader.join(20)
        server.stdout.close()


def ask(port: int, path: str, **options) -> int:
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", **options)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


MODULE = ("-m", "explorer", "--no-browser", "--port", "PORT")
RUN = ("-m", "streamlit", "run", "explorer/app.py", "--server.port=PORT")
STREAMLIT = (*RUN, "--server.headless=true")


@pytest.mark.parametrize(
    "command",
    [
        (*MODULE, "--address", "0.0.0.0", "--base-path", "/class"),
        (*STREAMLIT, "--server.address=0.0.0.0", "--logger.hideWelcomeMessage=false"),
    ],
    ids=["module", "streamlit"],
)
def test_nobody_is_contacted_and_one_line_says_who_can_reach_it(tmp_path: Path, command: tuple[str, ...]) -> None:
    with started(tmp_path, *command, environment={"EXPLORER_ALLOWED_HOSTS": "school.example"}) as (port, lines):
        assert ask(port, "/_stcore/health") == 200  # the port was bound when the line was printed
        for origin in ("http://school.example", "http://evil.example"):  # Streamlit would look up its own address
            headers = {"Host": "school.example", "Origin": origin}
            assert ask(port, "/_stcore/host-config", headers=headers) == (200 if "school" in origin else 403)
            asyncio.run(knock(port, headers))
    assert [line for line in lines if "CONTACT" in line] == []
    assert sum("Open http" in line for line in lines) == 1
    assert "Only this computer" not in "".join(lines)


@pytest.mark.skipif(sys.platform != "linux", reason="the browser is put in the place of xdg-open")
@pytest.mark.parametrize(
    "command",
    [("-m", "explorer", "--port", "PORT", "--address", "127.0.0.2"), (*RUN, "--server.address=127.0.0.2")],
    ids=["module", "streamlit"],
)
def test_the_browser_opens_where_it_listens(tmp_path: Path, command: tuple[str, ...]) -> None:
    browser, opened = tmp_path / "xdg-open", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part; mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "DISPLAY": ":0"}
    with started(tmp_path, *command, environment=environment) as (port, _):
        while not opened.exists():
            Event().wait(0.02)
    assert opened.read_text() == f"http://127.0.0.2:{port}\n"


def test_the_guard_sees_what_is_asked_of_the_internet(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    asking = "from streamlit.net_util import get_external_ip; get_external_ip()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", asking], env=environment, capture_output=True, text=True, check=False)
    assert "CONTACT" in done.stderr


async def knock(port: int, headers: dict[str, str]) -> None:
    """The websocket opens for our own page alone."""
    with socket.create_connection(("127.0.0.1", port)) as place:
        address = f"ws://{headers['Host']}/_stcore/stream"
        opening = connect(address, sock=place, origin=headers["Origin"], proxy=None)
        if "evil" in headers["Origin"]:
            with pytest.raises(InvalidStatus, match="403"):
                await opening
        else:
            await (await opening).close()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The app; by the end nothing in its log may look like an error."""
    with started(tmp_path_factory.mktemp("app"), *MODULE) as (found, lines):
        yield found
    assert [line for line in lines if "Traceback" in line or "Exception" in line or "CONTACT" in line] == []


def test_the_websocket_takes_no_text(port: int) -> None:
    async def send(data: str | bytes) -> int:
        async with connect(f"ws://127.0.0.1:{port}/_stcore/stream", proxy=None) as stream:
            await stream.send(data)
            try:
                while True:
                    await stream.recv()
            except ConnectionClosed as end:
                return end.rcvd.code

    assert asyncio.run(send("text")) == 1003
    assert asyncio.run(send(b"\xff no message")) == 1002


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TEXTS = some.lists(some.text(some.characters(), max_size=200), min_size=1, max_size=2)
FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(texts=TEXTS)
def test_every_text_has_an_answer(port: int, texts: list[str]) -> None:
    """Also half a character, control characters and nothing."""
    body = json.dumps({"texts": texts, "model": "gru"}).encode()
    assert ask(port, "/answers", data=body, method="POST") == 200


@FUZZ
@given(
    path=some.sampled_from(["/answers", "/levels", "/qr"]), body=JSON.map(json.dumps).map(str.encode) | some.binary()
)
def test_every_body_is_answered_or_refused(port: int, path: str, body: bytes) -> None:
    assert ask(port, path, data=body, method="POST") in (200, 204, 400, 413)


@FUZZ
@given(
    path=some.sampled_from(["", "memory", "order", "assets/", "_stcore/", "static/", "media/", "component/"]),
    more=some.text(some.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=60),
)
def test_every_address_is_answered_or_refused(port: int, path: str, more: str) -> None:
    assert ask(port, f"/{path}{more}", headers={"Accept": "text/html"}) < 500
