"""The router: page settings and navigation. Each page is a folder in `views/`; the browser draws the navigation."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from explorer.views.shared import navigation, runs  # noqa: E402
from explorer.views.shared.pages import PAGES  # noqa: E402

chosen = st.navigation([navigation.of_streamlit(page) for page in PAGES.values()], position="hidden")
page = next(page for page in PAGES.values() if page.path == chosen.url_path)
st.set_page_config(page.window_title, layout="wide", initial_sidebar_state="collapsed")
with runs.run(page.name):
    chosen.run()
