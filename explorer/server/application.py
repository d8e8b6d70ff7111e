"""The app as a server: Streamlit with the board's files, compression and warm models around `router.py`."""

from __future__ import annotations

import asyncio
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.cli_util import open_browser

from explorer.server import answers, assets, classes, index, levels, memory, qr, share
from explorer.server.below import Base, Streamlits
from explorer.server.classes import events
from explorer.server.closed import Closed, Frames
from explorer.server.compression import Compression
from explorer.server.headers import SecurityHeaders
from explorer.server.hosting import Hosting, base_path
from explorer.server.visitors import Visitors

SWITCH = 0.0005  # seconds that a thread keeps the interpreter to itself while others wait; Python's own is 0.005
HERE = Path(__file__).resolve().parent
CONFIG = HERE.parent / ".streamlit" / "config.toml"


def warm() -> None:
    """Load all models and read a first phrase, so that the first visitor does not wait for it.

    What is loaded by then is frozen out of garbage collection: with torch loaded a full collection stops all visitors
    for about 150 ms. Streamlit's own after every run is off (`config.toml`): Python collects when enough has come
    together, which it reckons from the last collection, so there is one more after all is frozen; see also `memory.py`.
    """
    import gc

    import torch

    torch.set_num_threads(1)  # one thread a call serves a class better; threads started later take it over from here
    from explorer.views.duel import page as duel

    duel.warm()
    gc.collect()
    gc.freeze()
    gc.collect()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Say who can reach the app, whose port is bound by now; warm up beside the server's own start: the browser fetches
    its files meanwhile.

    A visitor's key takes turns with page runs and the warm-up several times before it is answered, so turns are short.
    """
    print(share.reach(*where()), flush=True)
    if not st.get_option("server.headless"):  # Streamlit itself opens no browser for an app of this kind
        Thread(target=open_browser, args=[share.address_of(*where())], name="browser", daemon=True).start()
    sys.setswitchinterval(SWITCH)
    events.end_with_the_server()
    memory.share_heaps()
    Thread(target=warm, name="warm-up", daemon=True).start()
    giving_back = asyncio.create_task(memory.keep_giving_back())
    yield
    giving_back.cancel()


ROUTES = [assets.ROUTE, answers.ROUTE, levels.ROUTE, qr.ROUTE, *classes.ROUTES, *index.ROUTES]
OURS = frozenset(route.path.split("/")[1] for route in ROUTES)


def middleware(hosting: Hosting) -> list[Middleware]:
    """What a request passes on its way in, the first first."""
    return [
        Middleware(SecurityHeaders, ancestors=hosting.ancestors),
        Middleware(Visitors, hosts=hosting.hosts),
        Middleware(Base),
        Middleware(Closed),
        Middleware(Frames),
        Middleware(index.Unknown),
        Middleware(Compression),
        Middleware(Streamlits, ours=OURS),
    ]


PARTS: dict[str, Any] = {  # what `st.App` is made of
    "script_path": HERE / "router.py",
    "lifespan": lifespan,
    "routes": ROUTES,
    "middleware": middleware(Hosting.of_environment()),
}


def where() -> tuple[str | None, int, str, str]:
    """What the app listens on: address, port, path, scheme."""
    base = str(st.get_option("server.baseUrlPath") or "")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return st.get_option("server.address"), int(st.get_option("server.port")), base.strip("/"), scheme


def options(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Streamlit's options by their dotted names, of a table as `config.toml` has it.

    >>> options({"server": {"port": 8501}, "theme": {"dark": {"textColor": "#fff"}}})
    {'server.port': 8501, 'theme.dark.textColor': '#fff'}
    """
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= options(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return flat


def listening(port: int, address: str, to_others: bool) -> dict[str, Any]:
    """Streamlit's options of where it listens; with `to_others`, on the local network.

    Streamlit looks for no other address than the one it is told, for which it would ask a host on the internet.
    """
    if to_others:
        share.open_to_network(port)
        address = share.EVERYWHERE
    return {"server.port": port, "server.address": address, "browser.serverAddress": share.opened_at(address)}


def run(
    port: int = 8501,
    address: str = "localhost",
    browser: bool = True,
    to_others: bool = False,
    base: str = "",
    hosting: Hosting | None = None,
) -> None:
    """Serve until stopped; with `browser`, open the page if there is a screen; `to_others`: on the local network.

    `base` is the path below which the app lies, `hosting` what the host decides beside the environment variables.
    `streamlit run` finds `.streamlit/config.toml` beside its script by itself; started in any other way, Streamlit
    looks only where the command lies, so the options are handed over.
    """
    config = options(tomllib.loads(CONFIG.read_text(encoding="utf-8")))
    config |= listening(port, address, to_others)
    if not browser:  # else Streamlit sees whether there is a screen
        config["server.headless"] = True
    if base := base_path(base):
        config["server.baseUrlPath"] = base
    decided = Hosting.of_environment().and_also(hosting or Hosting())
    app = st.App(**PARTS | {"middleware": middleware(decided)})
    app.run(config=config)
