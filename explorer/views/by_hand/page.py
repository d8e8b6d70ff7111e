"""By hand: a recurrent network with two units, every product and sum of it, and what follows when a weight is moved."""

from __future__ import annotations

from functools import partial

import streamlit as st

from explorer.analysis.two_units import PAIRS, load_two_units
from explorer.board import mount
from explorer.core import checkpoints
from explorer.core.checkpoints import WeightsError
from explorer.messages import _
from explorer.reading.tokenizer import tokenize
from explorer.views.by_hand.panels import LONGEST, content, trouble
from explorer.views.by_hand.spreadsheet import spreadsheet
from explorer.views.shared import bar, runs, visit
from explorer.views.shared.settings import READABLE, TEXT, WEIGHTS

TEXTS = tuple(text.replace(" ,", ",") for pair in PAIRS for text in pair)
PAGE, BOARD, FILE = "by-hand", "two_units board", "two_units file"
EXAMPLES = "by-hand-examples"  # where they stand; its style sheet puts them below the picture on a phone


def page() -> None:
    """The page: a question, and the board that answers it."""
    visit.arrive(PAGE)
    st.title(_("Can you compute a recurrent network by hand?"))
    st.markdown(_("Move w₂ to 0 and see what breaks."))
    board()


def text() -> str:
    """The phrase of this page, which has one of its own: the network knows few words. Call it in the fragment."""
    bar.bar(PAGE)
    shown = visit.value(PAGE, TEXT)
    named = shown if shown in TEXTS else None
    draw = partial(st.container(key=EXAMPLES).selectbox, label_visibility="collapsed", width=320)
    visit.examples(PAGE, draw, _("Phrases to try"), TEXTS, named, take_example, _("Phrases to try"))
    return shown


@runs.fragment
def board() -> None:
    """All that changes as one types. Weights are moved in the browser; only a spreadsheet is asked for here."""
    typed = text()
    try:
        network = load_two_units(checkpoints.FOLDER)
    except WeightsError as error:
        st.error(_("The weights cannot be used. Your phrase is kept; reload the page once this is mended."))
        st.text(str(error))
        return
    asked = st.session_state.get(BOARD, {}).get("asked")  # known before the board is drawn, so one run asks and answers
    if isinstance(asked, dict):
        st.session_state[FILE] = spreadsheet(network, asked)
    if not trouble(tokenize(typed)[:LONGEST]):
        visit.put(PAGE, READABLE, typed)
    moved = visit.value(PAGE, WEIGHTS)
    shown = content(network, typed, visit.value(PAGE, READABLE), moved)
    file = st.session_state.get(FILE)
    mount({**shown, "file": file, **visit.address(PAGE)}, key=BOARD, module="two_units")


def take_example(text: str) -> None:
    """Put a phrase to try into the box."""
    visit.put(PAGE, TEXT, text)
