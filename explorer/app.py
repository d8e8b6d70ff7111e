"""Where `streamlit run explorer/app.py` finds the app; `explorer/server/application.py` puts it together."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # `streamlit run` puts only this folder on the path
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from explorer.server.application import PARTS  # noqa: E402

app = st.App(**PARTS)  # `streamlit run` looks for this call in the text of the script, without importing it
