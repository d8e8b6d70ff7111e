"""The two folded depths of a page, for what Streamlit draws; the board folds its own panels in the same way."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from explorer.messages import _


def explain() -> DeltaGenerator:
    """A fold for how to read the picture."""
    return st.expander(_("How to read this"))


def measure() -> DeltaGenerator:
    """A fold for tables, standard errors and seeds."""
    return st.expander(_("The numbers behind it"))


def measured(page: str) -> ExpanderContainer:
    """The same fold, whose `open` says whether there is anything to compute; opening it runs the fragment again."""
    return st.expander(_("The numbers behind it"), key=f"{page}.measure", on_change="rerun")
