"""The board's files and Plotly, served compressed from this machine."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from explorer.board import assets
from explorer.server.compression import reply, reply_bytes


def serve(request: Request) -> Response:
    """One file by its name below `assets.PREFIX/version`."""
    name = request.path_params["name"]
    if request.path_params["version"] != assets.version():
        return PlainTextResponse("not found", status_code=404)
    if name == assets.STYLES:
        return reply_bytes(assets.css().encode(), ".css", request.headers)
    path = assets.FILES.get(name)
    return reply(path, request.headers) if path else PlainTextResponse("not found", status_code=404)


ROUTE = Route(f"/{assets.PREFIX}/{{version}}/{{name:path}}", serve)
