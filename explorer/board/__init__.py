"""The board: the part of a page that lives in the browser. Figures, words and verdicts under one time cursor; reports.

A page builds a dictionary (its types are in `payloads.py`) and mounts it here. Everything that moves with the cursor
happens in the browser; the server is asked only for new text, and what it is asked is checked in `events.py`. The
JavaScript is in `js/` and comes, with Plotly, from the route of `explorer/server/assets.py`, so that an answer carries
data alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.board import assets

BOARDS = {  # what draws a board: its JavaScript below js/
    "duel": "boards/panels.js",
    "inside": "boards/panels.js",
    "lab": "boards/panels.js",
    "tasks": "boards/panels.js",
    "two_units": "boards/two_units.js",
    "report": "boards/report.js",
    "bar": "boards/bar.js",
}
# The module waits for the real one. Its address has a checksum of all files in it: versions are never mixed.
_LOADER = f"""
const board = import(new URL("{assets.PREFIX}/{assets.version()}/SOURCE", document.baseURI).href)
export default function (component) {{
  board.then(module => module.show(component)).catch(() => {{
    component.parentElement.querySelector(".stage").textContent = "The charts could not be loaded. Reload the page."
  }})
  return () => board.then(module => module.leave(component))
}}
"""


def mount(data: Mapping[str, Any], key: str, module: str) -> Any:
    """Draw `data` on the board named `key`; a board that is there already keeps its nodes, its zoom and its cursor.

    `module` is what draws it, a name of BOARDS: "duel", "inside", "lab" and "tasks" panels of several
    kinds, "two_units" the network by hand, "report" sections of a report. Gives what a
    link on it asked for in this run, None in any other run; it comes from a browser, so it can be anything.
    """
    # Registered at each call, since the registry belongs to the runtime that is serving, which in tests changes.
    board = st.components.v2.component(
        f"explorer_{module}",
        html=f'<div class="stage" data-testid="{module}" data-drawn="0"></div>',
        js=_LOADER.replace("SOURCE", BOARDS[module]),
        isolate_styles=False,
    )
    return board(data=dict(data), key=key, on_asked_change=nothing, on_typed_change=nothing).asked


def nothing() -> None:
    """What Streamlit calls when a board asks for something: the page itself looks at it."""
