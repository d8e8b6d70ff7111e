"""Who gets in, below which path, and what is closed: our middleware around an app that answers everything."""

import asyncio
import logging
from contextlib import suppress

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from explorer.server import below, closed, headers, visitors
from explorer.server.hosting import Hosting, base_path

HERE = "http://localhost:8501"


async def everything(scope, receive, send) -> None:
    """Answers with the path and the origin that are left of a request."""
    request = Request(scope)
    await PlainTextResponse(f"{scope['path']} {request.headers.get('origin')}")(scope, receive, send)


async def echo(websocket: WebSocket) -> None:
    """As Streamlit's: takes bytes alone, and raises for text."""
    await websocket.accept()
    await websocket.send_text(websocket.headers.get("origin", ""))
    with suppress(WebSocketDisconnect):
        while True:
            await websocket.send_bytes(await websocket.receive_bytes())


def client(*middleware: Middleware, address: str = HERE) -> TestClient:
    app = Starlette(routes=[WebSocketRoute("/stream", echo), Mount("/", everything)], middleware=list(middleware))
    return TestClient(app, base_url=address, follow_redirects=False)


def guarded(*hosts: str, address: str = HERE) -> TestClient:
    return client(Middleware(visitors.Visitors, hosts=hosts), address=address)


# -- names


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:9", "127.9.9.9", "[::1]:8501", "localhost."])
def test_this_computer_is_served(host: str) -> None:
    assert guarded().get("/x", headers={"host": host}).text == "/x None"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "10.9.9.9", "", "a b", "localhost:x", "u@localhost", "[::2]", "<b>"]
)
def test_another_name_is_refused(host: str) -> None:
    answer = guarded().get("/x", headers={"host": host})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")


def test_the_refusal_says_what_to_do() -> None:
    text = guarded().get("/", headers={"host": "evil.example:80"}).text
    assert "python -m explorer --allowed-host evil.example\n" in text
    assert "EXPLORER_ALLOWED_HOSTS=evil.example" in text


def test_the_address_at_which_a_request_arrives_is_served() -> None:
    """Starlette's client gives the host of its base address as the server's own."""
    assert guarded(address="http://10.1.2.3:8501").get("/x").status_code == 200
    assert guarded(address="http://10.1.2.3:8501").get("/x", headers={"host": "10.1.2.4"}).status_code == 400


@pytest.mark.parametrize(
    ("hosts", "host", "served"),
    [
        (("School.example",), "school.example:80", True),
        (("school.example",), "www.school.example", False),
        (("*.school.example",), "www.school.example", True),
        (("*.school.example",), "school.example", False),
        (("*.school.example",), "evilschool.example", False),
        (("*",), "anything.example", True),
        (("*",), "any thing", False),
    ],
)
def test_a_host_names_what_else_is_served(hosts: tuple[str, ...], host: str, served: bool) -> None:
    assert guarded(*hosts).get("/", headers={"host": host}).is_success is served


# -- origins


@pytest.mark.parametrize(
    ("origin", "host", "served"),
    [
        (HERE, "localhost:8501", True),
        ("https://localhost:8501", "localhost:8501", True),  # a proxy in front may speak https
        ("http://localhost:8080", "localhost", True),  # one may drop the port
        ("http://localhost:3000", "localhost:8501", False),  # something else on this computer
        ("http://127.0.0.1:8501", "localhost:8501", False),
        ("http://evil.example", "localhost:8501", False),
        ("http://localhost:8501.evil.example", "localhost:8501", False),
        ("null", "localhost:8501", False),
        ("file://", "localhost:8501", False),
        ("", "localhost:8501", False),
        ("http://[", "localhost:8501", False),
        ("https://school.example", "localhost:8501", True),  # a proxy in front may ask under its own name for us
    ],
)
def test_an_origin_must_be_ours(origin: str, host: str, served: bool) -> None:
    asked = guarded("school.example")
    answer = asked.post("/x", headers={"host": host, "origin": origin})
    assert answer.status_code == (200 if served else 403)
    if served:
        assert answer.text == "/x None"  # Streamlit does not look the origin up on the internet
        with asked.websocket_connect("/stream", headers={"host": host, "origin": origin}) as stream:
            assert stream.receive_text() == f"http://{host}"
    else:
        stream = asked.websocket_connect("/stream", headers={"host": host, "origin": origin})
        with pytest.raises(WebSocketDisconnect) as refusal, stream:
            pass
        assert refusal.value.code == 1008


def test_any_name_is_no_invitation_to_strangers_pages() -> None:
    answer = guarded("*").post("/", headers={"host": "a.example", "origin": "http://evil.example"})
    assert answer.status_code == 403


# -- what is closed


@pytest.mark.parametrize(
    "path", ["/_stcore/upload_file/session/file", "/_stcore/metrics", "//_stcore//metrics/", "/_stcore/agent/mcp"]
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD"])
def test_what_no_page_needs_is_closed(path: str, method: str) -> None:
    assert client(Middleware(closed.Closed)).request(method, f"{HERE}{path}").status_code == 404


def test_the_rest_is_open() -> None:
    assert client(Middleware(closed.Closed)).get("/_stcore/health").text == "/_stcore/health None"


def test_text_on_the_websocket_closes_it_without_a_word_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with client(Middleware(closed.Frames)).websocket_connect("/stream") as stream:
        stream.receive_text()
        stream.send_bytes(b"bytes")
        assert stream.receive_bytes() == b"bytes"
        stream.send_text("text")
        with pytest.raises(WebSocketDisconnect) as end:
            stream.receive_bytes()
        assert end.value.code == 1003
    assert caplog.records == []


def test_streamlits_log_of_a_bad_message_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    client(Middleware(closed.Frames)).get("/")  # middleware is made with the first request
    logging.getLogger(closed.WEBSOCKET_LOG).warning("a bad message", exc_info=ValueError("why"))
    assert [(record.message, record.exc_info) for record in caplog.records] == [("a bad message", None)]


# -- below a path


@pytest.fixture
def placed():
    """The app below /class/explorer, where Streamlit's own option puts it."""
    before = st.get_option("server.baseUrlPath")
    st._config.set_option("server.baseUrlPath", "class/explorer/")
    middleware = [Middleware(below.Base), Middleware(below.Streamlits, ours=frozenset({"", "memory", "assets"}))]
    yield client(*middleware)
    st._config.set_option("server.baseUrlPath", before)


@pytest.mark.parametrize("prefix", ["/class/explorer", ""])  # as a proxy passes it on, and as one cuts it off
def test_ours_is_at_the_root_and_streamlits_below_the_path(placed: TestClient, prefix: str) -> None:
    assert placed.get(f"{prefix}/").text == "/ None"
    assert placed.get(f"{prefix}/memory").text == "/memory None"
    assert placed.get(f"{prefix}/assets/1/a%20b").text == "/assets/1/a b None"
    assert placed.get(f"{prefix}/_stcore/health").text == "/class/explorer/_stcore/health None"


def test_the_path_without_its_slash_leads_to_it(placed: TestClient) -> None:
    answer = placed.get("/class/explorer?a=x%26y")
    assert answer.status_code == 307
    assert answer.next_request.url.raw_path == b"/class/explorer/?a=x%26y"


def test_a_name_that_only_begins_alike_is_not_below(placed: TestClient) -> None:
    assert placed.get("/class/explorers").text == "/class/explorer/class/explorers None"


@pytest.mark.parametrize("text", ["a//b", "a?b", "..", "a/../b", "a b", "ä", "%2e", "<b>"])
def test_no_base_path_that_could_be_something_else(text: str) -> None:
    with pytest.raises(ValueError, match="is not a path"):
        base_path(text)


# -- headers


def test_every_answer_says_what_a_page_may_do() -> None:
    answer = client(Middleware(headers.SecurityHeaders, ancestors=("'self'", "https://school.example"))).get("/x")
    rules = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert rules["frame-ancestors"] == "'self' https://school.example"
    assert rules["connect-src"] == "'self' ws://localhost:8501 wss://localhost:8501"
    scripts = rules["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(source.startswith("'sha256-") for source in scripts[1:])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_framing_is_open_unless_the_host_restricts_it() -> None:
    answer = client(Middleware(headers.SecurityHeaders)).get("/")
    assert "frame-ancestors" not in answer.headers["content-security-policy"]


def test_a_host_cannot_write_into_the_policy() -> None:
    answer = client(Middleware(headers.SecurityHeaders)).get("/", headers={"host": "a; script-src *"})
    assert "script-src *" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("hosting", [{"hosts": ("http://a.example",)}, {"hosts": ("a:80",)}, {"ancestors": ("*;",)}])
def test_hosting_is_checked_at_the_start(hosting: dict) -> None:
    with pytest.raises(ValueError, match="is not"):
        Hosting(**hosting)


# -- hostile requests


CHARACTERS = some.characters(min_codepoint=32, max_codepoint=255)
NAMES = some.text(CHARACTERS, max_size=40) | some.text("abc.:[]0123456789@/", max_size=20)


@settings(max_examples=300)
@given(NAMES, NAMES)
def test_no_host_and_no_origin_is_an_error(host: str, origin: str) -> None:
    """Straight to the middleware: a client would refuse to send some of these."""
    raw = [(b"host", host.encode("latin-1")), (b"origin", origin.encode("latin-1"))]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": raw, "server": ("h", 1)}
    sent = []

    async def send(message) -> None:
        sent.append(message)

    guard = visitors.Visitors(everything)
    asyncio.run(headers.SecurityHeaders(guard)(scope, None, send))
    assert sent[0]["status"] == 400 or guard.served(host, scope)
    assert all(b"\n" not in value and b"\r" not in value for _, value in sent[0]["headers"])
