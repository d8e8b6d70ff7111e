"""The duel on a page of its own, with a route and a bridge that a test can look at; without Streamlit."""

import json
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from explorer.server import answers
from explorer.server.start import start

JS = Path(__file__).resolve().parent.parent / "explorer" / "board" / "js"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Duel</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="js/tokens.css">
<link rel="stylesheet" href="js/duel/duel.css">
<style>body {{ margin: 0; background: var(--paper) }} #bar {{ height: 3.5rem; border-bottom: 1px solid var(--line) }}
@media (max-width: 44rem) {{ #bar {{ height: 48px }} }}</style></head>
<body><div id="bar"></div><main><section id="duel"></section></main>
<script type="application/json" id="explorer-start">{start}</script>
<script type="module">
import {{ Duel }} from "./js/duel/duel.js"
import {{ player }} from "./js/player.js"
const start = JSON.parse(document.getElementById("explorer-start").textContent)
const changed = (changes, method) => {{
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) value === null ? query.delete(name) : query.set(name, value)
  history[method](null, "", `?${{query}}`)
}}
const route = {{
  read: () => new URLSearchParams(location.search),
  replace: changes => changed(changes, "replaceState"),
  push: changes => changed(changes, "pushState"),
  onChange: run => addEventListener("popstate", run),
}}
window.told = []
const bridge = {{ tell: shown => window.told.push(shown) }}
window.player = player
window.duel = new Duel(document.getElementById("duel"), {{ start, route, bridge, player }})
</script></body></html>"""


def page(_request: Request) -> HTMLResponse:
    """The page."""
    return HTMLResponse(PAGE.format(start=json.dumps(start()).replace("<", "\\u003c")))


def health(_request: Request) -> PlainTextResponse:
    """Whether the server is up, asked as Streamlit's is."""
    return PlainTextResponse("ok")


app = Starlette(
    routes=[Route("/", page), Route("/_stcore/health", health), answers.ROUTE, Mount("/js", StaticFiles(directory=JS))]
)
