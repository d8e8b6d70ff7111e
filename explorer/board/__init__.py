"""The board: the part of a page that lives in the browser. Figures, words and verdicts under one time cursor; reports.

A page builds a dictionary (its types are in `payloads.py`) and mounts it here. Everything that moves with the cursor
happens in the browser; the server is asked only for new text, and what it is asked is checked in `events.py`. The
JavaScript is in `js/` and comes, with Plotly, from the route of `explorer/server/assets.py`, so that an answer carries
data alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

BOARDS = {  # what draws a board: its JavaScript below js/
    "pair": "boards/panels.js",
    "inside": "boards/panels.js",
    "lab": "boards/panels.js",
    "tasks": "boards/panels.js",
    "two_units": "boards/two_units.js",
    "report": "boards/report.js",
    "bar": "boards/bar.js",
}
LOADER = Path(__file__).resolve().parent / "loader"  # all that Streamlit itself serves of the board
PACKAGE = "explorer"
_registering = Lock()


def mount(data: Mapping[str, Any], key: str, module: str) -> Any:
    """Draw `data` on the board named `key`; a board that is there already keeps its nodes, its zoom and its cursor.

    `module` is what draws it, a name of BOARDS: "pair", "inside", "lab" and "tasks" panels of several
    kinds, "two_units" the network by hand, "report" sections of a report. Gives what a
    link on it asked for in this run, None in any other run; it comes from a browser, so it can be anything.
    """
    board = component(module)
    return board(data=dict(data), key=key, on_asked_change=nothing, on_typed_change=nothing).asked


def component(module: str) -> Any:
    """The component that draws a module's board: registered at each call, since the registry belongs to the runtime
    that is serving, which in tests changes.

    A script in the registration itself would run from a `blob:`, which the Content-Security-Policy does not allow, so
    Streamlit is told the folder of a file. Until it has the file as well the component draws nothing: no other visitor
    may find it so.
    """
    name = f"{PACKAGE}.{module}"
    with _registering:
        registry = get_bidi_component_manager()
        if registry.get_component_asset_root(name) is None:
            manifest = ComponentManifest(PACKAGE, "1", [ComponentConfig(module, LOADER.name)])
            registry.register_from_manifest(manifest, LOADER.parent)
        return st.components.v2.component(
            name,
            html=f'<div class="stage" data-testid="{module}" data-source="{BOARDS[module]}" data-drawn="0"></div>',
            js="loader.js",
            isolate_styles=False,
        )


def nothing() -> None:
    """What Streamlit calls when a board asks for something: the page itself looks at it."""
