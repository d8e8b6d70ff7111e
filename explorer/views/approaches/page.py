"""Average or concatenate: why neither will do, and what a recurrent network does instead."""

from __future__ import annotations

import streamlit as st

from explorer.board import events, mount
from explorer.core.checkpoints import load
from explorer.networks.registry import names
from explorer.views.approaches.panels import Choice, content
from explorer.views.shared import phrase, visit
from explorer.views.shared.settings import ORDER, PLACE, SIZE, WORDS

PAGE = BOARD = "approaches"


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("Why not average, why not concatenate?")
    st.markdown(
        "Two answers come before a recurrent network. **Averaging** judges each word alone and loses the order. "
        "**Concatenating** feeds all words at once: the order is there, but the first layer is huge, the length is "
        "fixed, and what is learnt of a word in one place is not known in another. Try both on your phrase. The time "
        "cursor tells the average so far."
    )
    body()


@st.fragment
def body() -> None:
    """All that changes as one types."""
    text, model = phrase.controls(PAGE)
    take(st.session_state.get(BOARD, {}).get("asked"))  # known before the board is drawn, so one run asks and answers
    if st.button("Shuffle again", help="Put the words of the phrase in another order"):
        with visit.undoable(PAGE):
            visit.put(PAGE, ORDER, (visit.value(PAGE, ORDER) + 1) % 1_000_000)
    choice = Choice(*(visit.value(PAGE, setting) for setting in (WORDS, SIZE, PLACE, ORDER)))
    models = phrase.usable(lambda: {name: load(name) for name in names()})
    if models is None:
        return
    reading = phrase.read(text, models[model].vocabulary)
    shown = phrase.blank(text) if reading is None else content(models, model, reading, choice)
    mount(phrase.board(PAGE, shown), key=BOARD, module="inside")


def take(asked: object) -> None:
    """Take over what sliders on the board were moved to; it comes from a browser, so it can be anything."""
    moved = events.sliders(asked)
    for setting in (WORDS, SIZE, PLACE):
        value = setting.parse(str(moved.get(setting.name, "")))
        if value is not None:
            visit.put(PAGE, setting, value)
