"""The two folded depths of a page, for what Streamlit draws; the board folds its own panels in the same way."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.messages import _


def explain() -> DeltaGenerator:
    """A fold for how to read the picture."""
    return st.expander(_("How to read this"))


def measure() -> DeltaGenerator:
    """A fold for tables, standard errors and seeds."""
    return st.expander(_("The numbers behind it"))
