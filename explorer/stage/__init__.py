"""The stage: the part of a page that lives in the browser. Figures, words and verdicts under one time cursor; reports.

A page builds a dictionary (see `views/compare.py`) and mounts it here. Everything that moves with the cursor happens in
the browser; the server is asked only for new text. The JavaScript is in the files beside this one and comes, with
Plotly, from the routes of `assets`, so that an answer carries data alone.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.stage import assets

# The module waits for the real one. Its address has a checksum of all files in it: versions are never mixed.
_LOADER = f"""
const stage = import(new URL("{assets.PREFIX}/{assets.version()}/MODULE.js", document.baseURI).href)
export default function (component) {{
  stage.then(module => module.show(component)).catch(() => {{
    component.parentElement.querySelector(".stage").textContent = "The charts could not be loaded. Reload the page."
  }})
  return () => stage.then(module => module.leave(component))
}}
"""


def mount(data: dict[str, Any], key: str, module: str = "stage") -> Any:
    """Draw `data` on the stage named `key`; a stage that is there already keeps its nodes, its zoom and its cursor.

    `module` is what draws it: "stage" two phrases under a time cursor, "inside", "lab" and "tasks" boards of panels of several
    kinds, "twin" the network by hand, "report" sections of sentences, tables and charts.
    Gives what a link on it asked for in this run, None in any other run; it comes from a browser, so it can be anything.
    """
    # Registered at each call, since the registry belongs to the runtime that is serving, which in tests changes.
    stage = st.components.v2.component(
        f"explorer_{module}",
        html=f'<div class="stage" data-testid="{module}" data-drawn="0"></div>',
        css=assets.css(),
        js=_LOADER.replace("MODULE", module),
        isolate_styles=False,
    )
    return stage(data=data, key=key, on_asked_change=lambda: None).asked
