"""By hand: a recurrent network with two units, every product and sum of it, and what follows when a weight is moved."""

from __future__ import annotations

import streamlit as st

from explorer.analysis.two_units import PAIRS, WORDS, load_two_units
from explorer.board import mount
from explorer.core import checkpoints
from explorer.core.checkpoints import WeightsError
from explorer.reading.tokenizer import tokenize
from explorer.views.by_hand.panels import LONGEST, content, trouble
from explorer.views.by_hand.spreadsheet import spreadsheet
from explorer.views.shared import visit
from explorer.views.shared.settings import READABLE, TEXT

TEXTS = tuple(text.replace(" ,", ",") for pair in PAIRS for text in pair)
PAGE, BOARD, FILE = "by-hand", "two_units board", "two_units file"


def page() -> None:
    """The page: a question, the formulas, the controls, and the board that computes."""
    visit.arrive(PAGE)
    st.title("Can you compute a recurrent network by hand?")
    st.markdown(
        "This one has two units, and its words are vectors of two numbers. At each step it mixes the word `x^<t>` "
        "with what it remembers, `a^<t-1>`, at first zeros: `a^<t> = tanh(W x^<t> + U a^<t-1> + b)`. Its belief "
        "P(positive) is `ŷ^<t> = σ(w·a^<t> + c)`, where `σ(z) = 1 / (1 + e^(-z))`. Follow every number; move a "
        "weight and see what breaks."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types. Weights are moved in the browser; only a spreadsheet is asked for here."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    text = visit.control(PAGE, TEXT, left.text_input, "Phrase", live="100ms", placeholder=f"Words: {' '.join(WORDS)}")
    named = text if text in TEXTS else None
    visit.examples(PAGE, right.selectbox, "Phrases to try", TEXTS, named, take_example, "Choose one")
    try:
        network = load_two_units(checkpoints.FOLDER)
    except WeightsError as error:
        st.error("The weights cannot be used. Your phrase is kept; reload the page once this is mended.")
        st.text(str(error))
        return
    asked = st.session_state.get(BOARD, {}).get("asked")  # known before the board is drawn, so one run asks and answers
    if isinstance(asked, dict):
        st.session_state[FILE] = spreadsheet(network, asked)
    if not trouble(tokenize(text)[:LONGEST]):
        visit.put(PAGE, READABLE, text)
    shown = content(network, text, visit.value(PAGE, READABLE))
    file = st.session_state.get(FILE)
    mount({**shown, "file": file, **visit.address(PAGE)}, key=BOARD, module="two_units")


def take_example(text: str) -> None:
    """Put a phrase to try into the box."""
    visit.put(PAGE, TEXT, text)
