"""The stage's files and Plotly, served compressed from this machine."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import plotly
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.server.compression import reply

PREFIX = "assets"
HERE = Path(__file__).resolve().parent
FILES = {path.name: path for path in sorted(HERE.glob("*.js"))} | {
    "plotly.min.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
}


def css() -> str:
    """The stage's style sheet."""
    return (HERE / "stage.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def version() -> str:
    """A checksum of all files: a folder of their address, so that a browser may keep them and never mixes two versions."""
    digest = hashlib.sha256(plotly.__version__.encode())
    for path in sorted(HERE.glob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def serve(request: Request) -> Response:
    """One file by its name."""
    path = FILES.get(request.path_params["name"]) if request.path_params["version"] == version() else None
    return reply(path, request.headers) if path else PlainTextResponse("not found", status_code=404)


ROUTE = Route(f"/{PREFIX}/{{version}}/{{name}}", serve)


class Preload:
    """ASGI middleware: tells the browser with the page itself to fetch the stage's files, which it will need last."""

    def __init__(self, app: ASGIApp):
        self.app = app
        scripts = dict.fromkeys(("stage.js", "board.js", "chart.js"), "modulepreload")
        wanted = scripts | {"plotly.min.js": "preload; as=script"}
        self.links = ", ".join(f"<{PREFIX}/{version()}/{name}>; rel={kind}" for name, kind in wanted.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Link"] = self.links
            await send(message)

        await self.app(scope, receive, with_links if scope["type"] == "http" else send)
