"""A comparison of two phrases, as a link to the page Compare tells of it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from explorer.analysis import measures
from explorer.networks.registry import recurrent_names
from explorer.views.shared.examples import EXAMPLES
from explorer.views.shared.settings import LINK_LIMIT, Setting
from explorer.views.shared.units import FIRST, shown

SETTINGS = {
    "a": Setting(EXAMPLES[0].a),
    "b": Setting(EXAMPLES[0].b),
    "lane": Setting("gru", lambda value: value in recurrent_names()),
    "show": Setting(FIRST, shown),
    "sort": Setting("weight", measures.ORDERS.__contains__),
}


def link(values: dict[str, str] | None = None) -> str | None:
    """The query that brings this comparison back, or one with these values; None if it would be too long for an address."""
    values = values or {name: st.session_state[name] for name in SETTINGS}
    changed = {name: value for name, value in values.items() if value != SETTINGS[name].first}
    query = urlencode(changed)
    return f"?{query}" if len(query) <= LINK_LIMIT else None


def wanted(asked: dict) -> dict[str, str]:
    """Of what a link on another page asks for, which comes from a browser, the settings that this page can take."""
    found = {name: asked.get(name) for name in SETTINGS}
    return {name: value for name, value in found.items() if isinstance(value, str) and SETTINGS[name].allowed(value)}
