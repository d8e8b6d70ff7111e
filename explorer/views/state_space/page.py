"""State space: the plane in which a model's states lie, a phrase's path through it, what a word does to the state."""

from __future__ import annotations

import streamlit as st

from explorer.analysis.state_atlas import Atlas, load_atlas
from explorer.board import mount
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.core.tracing import trace
from explorer.views.shared import phrase, visit
from explorer.views.shared.settings import ANOTHER, MODIFIER, MODIFIERS, OTHER, SLOW_INPUT, SLOW_INPUTS, TRIED, TRIED_ON
from explorer.views.state_space.panels import PATH, Choice, content

PAGE = "space"


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("Where does its memory lie?")
    st.markdown(
        "A state is a point in a space of many dimensions, and a phrase is a path through it. This is the plane in "
        "which the states of real reviews spread most. Move the time cursor and see the path grow."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types."""
    text, name = phrase.controls(PAGE)
    model = phrase.usable(lambda: load(name))
    if model is None:
        return
    atlas = atlas_of(model)
    choice = controls(atlas is not None)
    reading = phrase.read(text, model.vocabulary)
    shown = phrase.blank(text) if reading is None else content(model, atlas, trace(model, reading), choice)
    mount({**shown, **visit.address(PAGE)}, key="space", module="inside")


def atlas_of(model: Model) -> Atlas | None:
    """The model's states on real reviews; None where they were not computed for these weights."""
    try:
        return load_atlas(model, checkpoints.FOLDER)
    except WeightsError:
        return None


def controls(charted: bool) -> Choice:
    """The page's own controls; `charted`: whether there are slow points to choose from."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    other = visit.control(PAGE, OTHER, left.text_input, "Second phrase", live="100ms", placeholder="compare with …")
    given = visit.control(
        PAGE, SLOW_INPUT, right.selectbox, "Slow points: input",
        options=list(SLOW_INPUTS), format_func=SLOW_INPUTS.get, disabled=not charted,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        word = visit.control(PAGE, MODIFIER, st.selectbox, "Modifier", options=MODIFIERS)
        another = visit.control(PAGE, ANOTHER, st.text_input, "Another word", live="100ms", placeholder="in its place")
        start = visit.control(PAGE, TRIED, st.selectbox, "Tried on", options=TRIED_ON, disabled=not charted)
    return Choice(other, given, another.strip() or word, start if charted else PATH)
