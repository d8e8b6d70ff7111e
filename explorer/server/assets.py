"""The board's files and Plotly, served compressed from this machine."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.board import assets
from explorer.server.compression import reply


def serve(request: Request) -> Response:
    """One file by its name below `assets.PREFIX/version`."""
    current = request.path_params["version"] == assets.version()
    path = assets.FILES.get(request.path_params["name"]) if current else None
    return reply(path, request.headers) if path else PlainTextResponse("not found", status_code=404)


ROUTE = Route(f"/{assets.PREFIX}/{{version}}/{{name:path}}", serve)


class Preload:
    """ASGI middleware: tells the browser with the page itself to fetch the board's files, which it will need last."""

    def __init__(self, app: ASGIApp):
        self.app = app
        folder = f"{assets.PREFIX}/{assets.version()}"
        modules = [f"<{folder}/{name}>; rel=modulepreload" for name in assets.FIRST]
        self.links = ", ".join([*modules, f"<{folder}/{assets.PLOTLY}>; rel=preload; as=script"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Link"] = self.links
            await send(message)

        await self.app(scope, receive, with_links if scope["type"] == "http" else send)
