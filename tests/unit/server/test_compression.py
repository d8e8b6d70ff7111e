"""Compression and the stage's files: the same bytes, smaller; nothing outside their folders."""

import asyncio
import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from explorer.board import assets
from explorer.server.assets import ROUTE
from explorer.server.compression import STATIC, Compression, bundle

SCRIPT = next((STATIC / "static" / "js").glob("index.*.js"))


OTHER = Route("/static/{rest:path}", lambda _: HTMLResponse("passed on"))
APP = Starlette(routes=[ROUTE, OTHER], middleware=[Middleware(Compression)])


def get(path: str, accept: str = "gzip") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and unpacked body of an answer."""
    sent: list[dict] = []
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "root_path": ""}

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(APP(scope | {"headers": [(b"accept-encoding", accept.encode())]}, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], headers, gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body


def test_a_bundle_comes_compressed_and_whole() -> None:
    _, headers, body = get(f"/static/js/{SCRIPT.name}")
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert body == SCRIPT.read_bytes()
    assert int(headers["content-length"]) < SCRIPT.stat().st_size / 2


def test_a_browser_without_gzip_gets_the_file_as_it_is() -> None:
    _, headers, body = get(f"/assets/{assets.version()}/board.js", accept="identity")
    assert "content-encoding" not in headers
    assert body == assets.FILES["board.js"].read_bytes()


@pytest.mark.parametrize("name", assets.FILES)
def test_every_file_of_the_stage_is_served(name: str) -> None:
    status, headers, body = get(f"/assets/{assets.version()}/{name}")
    assert status == 200
    assert headers["content-type"].startswith(
        {".js": "text/javascript", ".svg": "image/svg+xml"}[name[name.rindex(".") :]]
    )
    assert body == assets.FILES[name].read_bytes()


@pytest.mark.parametrize("path", ["nothing.js", "../app.py", "assets.py", "/board.js"])
def test_nothing_else_is_served(path: str) -> None:
    assert get(f"/assets/{assets.version()}/{path}")[0] == 404
    assert get("/assets/another/board.js")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../index.html",
        "/static/js/../../../__init__.py",
        "/static/js/none.js",
        "/static/",
        "/static/\0.js",
        f"/static/{'a' * 400}.js",
    ],
)
def test_what_is_not_a_bundle_is_passed_on(path: str) -> None:
    assert bundle({"type": "http", "method": "GET", "path": path}) is None


def test_only_reading_is_answered() -> None:
    scope = {"type": "http", "method": "GET", "path": f"/static/js/{SCRIPT.name}"}
    assert bundle(scope) == SCRIPT
    assert bundle(scope | {"method": "POST"}) is None
    assert bundle({"type": "lifespan"}) is None


def test_all_styles_come_as_one_sheet() -> None:
    status, headers, body = get(f"/assets/{assets.version()}/{assets.STYLES}")
    assert status == 200
    assert headers["content-type"].startswith("text/css")
    assert body.decode() == assets.css()
