"""Average or concatenate: why neither will do, in four cards, and what a recurrent network does instead."""

from __future__ import annotations

import streamlit as st

from explorer.board import events, mount
from explorer.core.checkpoints import load
from explorer.messages import _
from explorer.networks.registry import names
from explorer.views.approaches import maps, panels
from explorer.views.approaches.panels import Choice, Question
from explorer.views.shared import cards, phrase, runs, visit
from explorer.views.shared.settings import ORDER, PLACE, SIZE, WORDS

PAGE = BOARD = "approaches"
MAP = "approaches map"


def page() -> None:
    """The page: a question, and the map of cards that answers, or the one that is open."""
    visit.arrive(PAGE)
    st.title(_("Why not average, why not concatenate?"))
    body()


@runs.fragment
def body() -> None:
    """All that changes as one types."""
    text, model = phrase.controls(PAGE)
    take(st.session_state.get(BOARD, {}).get("asked"))  # known before the board is drawn, so one run asks and answers
    opened = cards.opened(PAGE, MAP)
    models = phrase.usable(lambda: {name: load(name) for name in names()})
    if models is None:
        return
    reading = phrase.read(text, models[model].vocabulary)
    if reading is None:
        mount(phrase.board(PAGE, phrase.blank(text)), key=MAP, module="inside")
        return
    question = Question(models, model, reading, choice())
    if not opened:
        mount(phrase.board(PAGE, maps.content(question)), key=MAP, module="inside")
        return
    mount(phrase.board(PAGE, maps.strip(question, opened)), key=MAP, module="inside")
    if opened == "order" and st.button(_("Shuffle again"), help=_("Put the words of the phrase in another order")):
        with visit.undoable(PAGE):
            visit.put(PAGE, ORDER, (visit.value(PAGE, ORDER) + 1) % 1_000_000)
        question = Question(models, model, reading, choice())
    mount(phrase.board(PAGE, panels.content(question, opened)), key=BOARD, module="inside")


def choice() -> Choice:
    """What the visitor chose."""
    return Choice(*(visit.value(PAGE, setting) for setting in (WORDS, SIZE, PLACE, ORDER)))


def take(asked: object) -> None:
    """Take over what sliders on the board were moved to; it comes from a browser, so it can be anything."""
    moved = events.sliders(asked)
    for setting in (WORDS, SIZE, PLACE):
        value = setting.parse(str(moved.get(setting.name, "")))
        if value is not None:
            visit.put(PAGE, setting, value)
