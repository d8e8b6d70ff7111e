"""What a page and the bar above it tell each other. The bar is drawn by the browser and outlives every page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.board import events, mount
from explorer.board.payloads import BarBoard
from explorer.views.shared import navigation, settings, visit
from explorer.views.shared.pages import PAGES
from explorer.views.shared.settings import OTHER_PHRASE, Choice, Setting

KEY = "bar"


def bar(page: str) -> None:
    """Take over what was typed and chosen in the bar; call it where a page's fragment begins.

    Leads to another page if that was chosen in the navigation.
    """
    said = st.session_state.get(KEY) or {}
    typed, asked = events.typed(said.get("typed")), said.get("asked")
    for texts in (typed, events.typed(asked)):
        if texts is not None:
            visit.take_typed(page, texts["number"], texts["texts"])
    mount(payload(page), key=KEY, module="bar")
    to = events.gone(asked, PAGES)
    if to is not None and to != page:
        navigation.go(page, to)


def payload(page: str) -> BarBoard:
    """What the bar is told by a page."""
    state, entry = visit.current(), PAGES[page]
    phrase, model = (_called(page, name) for name in (entry.phrase, entry.model))
    return {
        "page": page,
        "phrase": visit.value(page, phrase) if phrase else None,
        "other": visit.value(page, OTHER_PHRASE) if page in OTHER_PHRASE.pages else None,
        "model": visit.value(page, model) if model else None,
        "names": list(model.kind.choices()) if model and isinstance(model.kind, Choice) else [],
        "put": state.put,
        "typed": state.typed,
    }


def _called(page: str, parameter: str | None) -> Setting[Any] | None:
    """The setting of a page that its links call so."""
    return next((each for each in settings.of_page(page) if each.parameter(page) == parameter), None)
