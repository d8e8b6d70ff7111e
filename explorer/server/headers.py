"""Headers of every answer: where scripts, styles and data may come from, who may frame a page, what links tell."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.server import index
from explorer.server.visitors import PLAIN
from explorer.views.shared.pages import PAGES

INLINE = re.compile(r"<script(?![^>]*\s(?:src|type=\"application/json\"))[^>]*>(.*?)</script>", re.DOTALL)


class SecurityHeaders:
    """ASGI middleware: adds them. `ancestors`: who may frame a page; empty: everybody."""

    def __init__(self, app: ASGIApp, ancestors: tuple[str, ...] = ()):
        self.app = app
        self.ancestors = ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy(host if PLAIN.fullmatch(host) else "", self.ancestors)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"  # the phrase in an address is told to no other website
            await send(message)

        await self.app(scope, receive, with_headers)


@lru_cache(maxsize=64)
def policy(host: str, ancestors: tuple[str, ...]) -> str:
    """The Content-Security-Policy of a page at `host`, empty if that is no plain name.

    Streamlit and Plotly write styles into the page; pictures to take home are drawn from `blob:` and `data:`. Browsers
    before 2022 do not take `'self'` for a websocket, so the host is named.
    """
    sockets = f" ws://{host} wss://{host}" if host else ""
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *hashes()]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self'{sockets}",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    if ancestors:
        rules["frame-ancestors"] = " ".join(ancestors)
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


@lru_cache(maxsize=1)
def hashes() -> tuple[str, ...]:
    """The hashes of the scripts that stand in the pages themselves, of the pages as they are served."""
    return tuple(dict.fromkeys(digest(script) for name in PAGES for script in inline(index.html(name))))


def inline(html: str) -> Iterable[str]:
    """The scripts in a page that a browser runs.

    >>> list(inline('<script>a()</script><script src="b.js"></script><script type="application/json">{}</script>'))
    ['a()']
    """
    return INLINE.findall(html)


def digest(script: str) -> str:
    """A script as `script-src` names it.

    >>> digest("alert('Hello, world.');")
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    """
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
