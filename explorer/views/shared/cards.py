"""A map of four pictures of which one opens to full width: which one is open, and what the board is sent of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.board import events
from explorer.board.payloads import Card, CardAxes, CardPicture, CardsPanel, PanelContent
from explorer.views.shared import charts, visit
from explorer.views.shared.settings import CARDS, OPENED


def opened(page: str, board: str) -> str:
    """The card of a page that is open, "" for none; what the map on the board named `board` asks for now counts."""
    setting = OPENED[page]
    asked = events.opened_card(st.session_state.get(board, {}).get("asked"), CARDS[page])
    if asked is not None and asked != visit.value(page, setting):
        with visit.undoable(page):
            visit.put(page, setting, asked)
    return visit.value(page, setting)


def card(name: str, title: str, sentence: str, picture: CardPicture) -> Card:
    """A card of a map."""
    return {"name": name, "title": title, "sentence": sentence, "picture": picture}


def names(titles: Sequence[tuple[str, str]]) -> list[list[Card]]:
    """Cards of which only the names are seen, since one of them is open: nothing is computed for them."""
    return [[{"name": name, "title": title, "sentence": "", "picture": None} for name, title in titles]]


def panel(title: str, cells: list[list[Card]], opened: str = "", axes: CardAxes | None = None) -> CardsPanel:
    """The map, or, where a card is `opened`, the strip of all names."""
    shown: CardsPanel = {"kind": "cards", "id": "cards", "title": title, "cells": cells, "opened": opened}
    return shown if axes is None else {**shown, "axes": axes}


def content(shown: CardsPanel, typed: str) -> PanelContent:
    """A board of no phrase with such a panel alone."""
    return {
        "palette": charts.PALETTE,
        "summary": "",
        "notes": [],
        "phrases": [],
        "steps": 0,
        "typed": typed,
        "bare": True,
        "panels": [shown],
    }
