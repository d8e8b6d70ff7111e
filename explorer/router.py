"""The router: page settings and navigation. Each page is a file in `views/`."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from explorer.views import compare  # noqa: E402

st.set_page_config("Recurrent network explorer", layout="wide", initial_sidebar_state="collapsed")
page = st.navigation([st.Page(compare.page, title="Compare", default=True)], position="hidden")
page.run()
