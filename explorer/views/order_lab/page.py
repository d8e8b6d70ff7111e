"""The order lab: all orders of the words, the smallest edits that turn a verdict, and a scorecard of order."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from explorer.board import events, mount
from explorer.core.checkpoints import WeightsError, load
from explorer.messages import _
from explorer.networks.registry import names
from explorer.reading.reading import readable
from explorer.reading.vocabulary import Vocabulary
from explorer.views.order_lab.panels import PAGE, content
from explorer.views.order_lab.report import report, scored
from explorer.views.shared import navigation, phrase, runs, visit
from explorer.views.shared.settings import PHRASE

BOARD = "order lab"
LONGEST = 200  # tokens that the lab reads


def page() -> None:
    """The page: a question, the phrase, the board that answers, and the scorecard."""
    visit.arrive(PAGE)
    st.title(_("How much is in the order?"))
    st.markdown(_("Drag the words into another order, and see which models notice."))
    body()
    try:
        card = report(scored())
    except WeightsError:
        return  # the board says so
    with st.expander(_("Which patterns do the models get right in both orders?")):
        asked = mount(card, key="scorecard", module="report")
    follow(asked)


@runs.fragment
def body() -> None:
    """All that changes as one types or moves a word."""
    # known before the board is drawn: one run asks and answers
    models = phrase.usable(lambda: {name: load(name) for name in names()})
    if models is not None:
        take_order(st.session_state.get(BOARD, {}).get("asked"), next(iter(models.values())).vocabulary)
    text, model = phrase.controls(PAGE)
    if models is None:
        return
    reading = readable(text, models[model].vocabulary, LONGEST)
    shown = phrase.blank(text) if reading is None or not reading.words else content(models, model, reading)
    follow(mount(phrase.board(PAGE, shown), key=BOARD, module="lab"))


def take_order(asked: object, vocabulary: Vocabulary) -> None:
    """Put the words in the order to which they were moved; what comes from a browser can be anything."""
    order = events.order(asked)
    reading = readable(visit.value(PAGE, PHRASE), vocabulary) if order is not None else None
    if order is not None and reading is not None and Counter(order) == Counter(reading.tokens):
        with visit.undoable(PAGE):
            visit.put(PAGE, PHRASE, " ".join(order))


def follow(asked: object) -> None:
    """Go where a link or a point asks to: two texts in Compare."""
    texts = events.opened(asked)
    if texts is not None and "b" in texts:
        navigation.go(PAGE, "compare", a=texts["a"], b=texts["b"])
