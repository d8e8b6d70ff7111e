"""A page with the zoom alone, for the tests in a browser: `python tests/zoom_site.py PORT`.

It has a route, a player and models as the app's own page has them, and nothing of Streamlit. Texts and model come from
its address: `?a=…&b=…&model=…`.
"""

import json
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from explorer.board import assets as files
from explorer.networks.registry import networks
from explorer.server import assets, levels

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The zoom</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{folder}/styles.css">
<style>body {{ margin: 0; background: var(--paper) }} main {{ padding: 1rem 2rem }}
@media (max-width: 40rem) {{ main {{ padding: 1rem }} }}</style></head>
<body><main><h1>Does word order matter?</h1><button id="word">after “not”</button><div id="zoom"></div></main>
<script type="module">
import {{ Zoom }} from "./{folder}/zoom/zoom.js"
import {{ player }} from "./{folder}/player.js"
import {{ route }} from "./{folder}/shell/route.js"
const asked = route.read()
const offered = new Map()
const zoom = new Zoom(document.getElementById("zoom"), {{
  route, player, start: {{ models: {models} }},
  pictures: {{ offer: picture => offered.set(picture.id, picture), withdraw: id => offered.delete(id) }},
}})
const show = (a, b, model) => {{
  zoom.show({{ texts: [a, b], model }})
  player.reach(Math.max(...[a, b].map(text => (text.match(/[\\w']+|[^\\s\\w]/g) ?? []).length)))
}}
show(asked.get("a") ?? "good, not bad", asked.get("b") ?? "bad, not good", asked.get("model") ?? "gru")
word.onclick = () => zoom.open({{ level: "memory", of: "a", step: 3 }})
Object.assign(window, {{ zoom, player, offered, show, ready: true }})
</script></body></html>"""


def page(_request: Request) -> HTMLResponse:
    models = [{"name": name, "label": each.label, "recurrent": each.recurrent} for name, each in networks().items()]
    return HTMLResponse(PAGE.format(folder=f"{files.PREFIX}/{files.version()}", models=json.dumps(models)))


app = Starlette(
    routes=[
        levels.ROUTE,
        assets.ROUTE,
        Route("/", page),
        Route("/_stcore/health", lambda _request: PlainTextResponse("ok")),
    ]
)

if __name__ == "__main__":
    levels.answer(levels.Asked("good", "gru"))  # the first answer loads torch
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
