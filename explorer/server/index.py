"""The page that the browser loads first: Streamlit's own, with our shell in it, which draws before Streamlit runs."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.board import assets
from explorer.messages import _
from explorer.server.compression import STATIC
from explorer.server.start import start
from explorer.views.shared.pages import PAGES, Page

# pages of before that the first page has taken in
FORMER = ("inside", "compare")
RENAMED = {"phrase": "a", "lane": "model"}
# what else is served: our files, and Streamlit's own
OTHERS = {
    assets.PREFIX,
    "class",
    "join",
    "_stcore",
    "static",
    "media",
    "component",
    "app",
    "index.html",
    "favicon.png",
    "manifest.json",
}
# Streamlit's long integers try WebAssembly, which the Content-Security-Policy forbids, and then do without.
NO_WASM = "delete window.WebAssembly"
NO_SCRIPT = _("The pictures are drawn by JavaScript. Allow it for this page.")
UNKNOWN = "missing"  # the parameter that tells the first page which page there is none of


def serve(request: Request) -> Response:
    """The page at a path of `PAGES`."""
    path = request.url.path.rpartition("/")[2]
    page = next(page for page in PAGES.values() if page.path == path)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(html(page.name), headers=headers)
    return HTMLResponse(compressed_html(page.name), headers={**headers, "Content-Encoding": "gzip"})


def former(request: Request) -> Response:
    """Where a page of before is now, with all that its link asks for."""
    name = request.url.path.rpartition("/")[2]
    asked = {RENAMED.get(key, key): value for key, value in request.query_params.multi_items()}
    if name == "inside":
        asked.setdefault("zoom", "unit" if "unit" in asked else "memory")
    query = urlencode(asked)
    return RedirectResponse(f"./?{query}" if query else "./", status_code=307)


ROUTES = [Route(f"/{page.path}", serve) for page in PAGES.values() if page.path not in FORMER]
ROUTES += [Route(f"/{name}", former) for name in FORMER]


@lru_cache(maxsize=32)
def html(name: str) -> str:
    """Streamlit's page with the shell in its head, before Streamlit's own script."""
    page = PAGES[name]
    source = (STATIC / "index.html").read_text(encoding="utf-8")
    source = re.sub(r"<title>.*?</title>", f"<title>{escape(page.window_title)}</title>", source, count=1)
    source = re.sub(r"<link\s+rel=\"preload\"[^>]*?as=\"font\"[^>]*>", "", source, count=1)
    source = re.sub(r'<link rel="service-desc"[^>]*>', "", source, count=1)  # closed.py: there is no such interface
    source = re.sub(r"<noscript>.*?</noscript>", f"<noscript>{escape(NO_SCRIPT)}</noscript>", source, flags=re.DOTALL)
    folder = f"./{assets.PREFIX}/{assets.version()}"
    source = re.sub(r'href="\./favicon\.png"', f'href="{folder}/{assets.ICON}" type="image/svg+xml"', source, count=1)
    return source.replace("<script", head(folder, page) + "<script", 1)


@lru_cache(maxsize=32)
def compressed_html(name: str) -> bytes:
    """The same page as gzip: little more than a third of its size."""
    return gzip.compress(html(name).encode(), 6, mtime=0)


def head(folder: str, page: Page) -> str:
    """What is put into the head: styles, data, and the shell's modules, of which the browser hears all at once."""
    data = json.dumps(start(), ensure_ascii=False).replace("<", "\\u003c")
    modules = "".join(f'<link rel="modulepreload" href="{folder}/{name}">' for name in assets.imports(assets.SHELL))
    return (
        f'<link rel="stylesheet" href="{folder}/{assets.STYLES}">{modules}'
        f'<script type="application/json" id="explorer-start">{data}</script>'
        f'<script>document.documentElement.dataset.page = "{page.name}"; {NO_WASM}</script>'
        f'<script type="module" src="{folder}/{assets.SHELL}"></script>'
    )


class Unknown:
    """ASGI middleware: a path that is no page leads to the first page, which says so.

    Streamlit would answer any path with its page.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if path := unknown(scope):
            target = f"{'../' * path.count('/')}./?{UNKNOWN}={quote(path[:100])}"
            await RedirectResponse(target, status_code=307)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def unknown(scope: Scope) -> str | None:
    """The path of a request for a page that there is not; None for any other request."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    path: str = scope["path"].strip("/")
    known = {page.path for page in PAGES.values()} | set(FORMER)
    if path in known or path.split("/")[0] in OTHERS or "text/html" not in Headers(scope=scope).get("accept", ""):
        return None
    return path
