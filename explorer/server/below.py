"""Below a path: the app answers at `/base/memory` as at `/memory`, whether a proxy in front cuts `/base` off or not.

What is ours is served at the root; what is Streamlit's lies where its option `server.baseUrlPath` puts it.
"""

from __future__ import annotations

import streamlit as st
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


def configured() -> str:
    """Streamlit's option as a prefix: empty, or `/class/explorer`."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def moved(scope: Scope, path: str) -> Scope:
    """The same request for another path."""
    return {**scope, "path": path, "raw_path": path.encode("utf-8", "surrogateescape")}


class Base:
    """ASGI middleware before all others: cuts the base path off."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.base = configured()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and self.base:
            path: str = scope["path"]
            if path == self.base and scope["type"] == "http":
                query = scope["query_string"].decode("latin-1")
                target = f"./{self.base.rpartition('/')[2]}/" + (f"?{query}" if query else "")
                await RedirectResponse(target, status_code=307)(scope, receive, send)
                return
            if path.startswith(f"{self.base}/"):
                scope = moved(scope, path[len(self.base) :])
        await self.app(scope, receive, send)


class Streamlits:
    """ASGI middleware after all others of ours: puts the base path back for what Streamlit serves."""

    def __init__(self, app: ASGIApp, ours: frozenset[str]):
        self.app = app
        self.ours = ours  # first parts of the paths of our own routes
        self.base = configured()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.base and scope["type"] in ("http", "websocket"):
            path: str = scope["path"]
            if path.strip("/").split("/")[0] not in self.ours:
                scope = moved(scope, self.base + path)
        await self.app(scope, receive, send)
