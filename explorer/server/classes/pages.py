"""The pages of a class, without Streamlit: the teacher's, and the one that a joining phone loads."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from explorer.board import assets
from explorer.messages import _
from explorer.server.start import start

PAGES = {"class": ("classroom/teacher.js", _("Your class")), "join": ("classroom/phone.js", _("Join a class"))}


async def page(request: Request) -> Response:
    """GET class, join and join/CODE."""
    name = request.url.path.strip("/").split("/")[0]
    return HTMLResponse(
        html(name, "../" if "code" in request.path_params else "./"), headers={"Cache-Control": "no-cache"}
    )


@lru_cache(maxsize=8)
def html(name: str, up: str) -> str:
    """A page without Streamlit. `up`: the way to the folder of all pages."""
    module, title = PAGES[name]
    folder = f"{up}{assets.PREFIX}/{assets.version()}"
    data = json.dumps(start() | {"first": {}, "pages": []}, ensure_ascii=False).replace("<", "\\u003c")
    modules = "".join(f'<link rel="modulepreload" href="{folder}/{needed}">' for needed in assets.imports(module))
    return (
        '<!doctype html><html lang="en" data-page="class"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {escape(_('Recurrent network explorer'))}</title>"
        f'<link rel="icon" href="{folder}/{assets.ICON}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{folder}/{assets.STYLES}">{modules}'
        f'<script type="application/json" id="explorer-start">{data}</script>'
        f'<script type="module" src="{folder}/{module}"></script></head>'
        f'<body class="room"><main id="room"></main><noscript>{escape(_("Allow JavaScript for this page."))}</noscript>'
        "</body></html>"
    )
