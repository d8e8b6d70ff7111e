"""State space: the plane in which a model's states lie, a phrase's path through it, what a word does to the state."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.analysis.state_atlas import Atlas, load_atlas
from explorer.board import mount
from explorer.board.payloads import PanelContent
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, load
from explorer.messages import _
from explorer.views.shared import phrase, runs, visit
from explorer.views.shared.kept import trace
from explorer.views.shared.settings import ANOTHER, MODIFIER, MODIFIERS, OTHER, SLOW_INPUT, SLOW_INPUTS, TRIED, TRIED_ON
from explorer.views.state_space.panels import PATH, Choice, path_board, word_board

PAGE = "space"


def page() -> None:
    """The page: a question, the plane that answers it, and below it what single words do; each beside its controls."""
    visit.arrive(PAGE)
    st.title(_("Where does its memory lie?"))
    boards()


@runs.fragment
def boards() -> None:
    """All that changes as one types."""
    text, name = phrase.controls(PAGE)
    model = phrase.usable(lambda: load(name))
    if model is None:
        return
    atlas = atlas_of(model)
    plane, beside = columns()
    with beside:
        other, given = plane_controls(atlas is not None)
    reading = phrase.read(text, model.vocabulary)
    if reading is None:
        show(phrase.blank(text), "space", plane)
        return
    path = trace(model, reading)
    arrows, beside = columns()
    with beside:
        word, start = word_controls(atlas is not None)
    choice = Choice(other, given, word, start)
    show(path_board(model, atlas, path, choice), "space", plane)
    show(word_board(model, atlas, path, choice), "space words", arrows)


def columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Room for a picture, and beside it for its controls; on a phone they are below it."""
    picture, controls = st.columns([3, 1], gap="medium")
    return picture, controls


def show(content: PanelContent, key: str, place: DeltaGenerator) -> None:
    """A board of this page."""
    with place:
        mount({**content, **visit.address(PAGE)}, key=key, module="inside")


def atlas_of(model: Model) -> Atlas | None:
    """The model's states on real reviews; None where they were not computed for these weights, or are damaged."""
    return phrase.optional(lambda: load_atlas(model, checkpoints.FOLDER))


def plane_controls(charted: bool) -> tuple[str, str]:
    """A second phrase, and the input of the resting points; `charted`: whether there are any to choose from."""
    other = visit.control(
        PAGE, OTHER, st.text_input, _("Another phrase, B"), live="100ms", placeholder=_("compare with …")
    )
    names = {"none": _("not shown"), "zero": _("if no word comes"), "mean": _("if the average word comes")}
    given = visit.control(
        PAGE, SLOW_INPUT, st.selectbox, _("Points of rest"), options=SLOW_INPUTS, format_func=names.get,
        disabled=not charted,
    )  # fmt: skip
    return other, given


def word_controls(charted: bool) -> tuple[str, str]:
    """The word that is tried, and on which states; `charted`: whether there are others than those of the phrase."""
    word = visit.control(
        PAGE, MODIFIER, st.pills, _("What does this word do?"), options=MODIFIERS, required=True, wrap=True
    )
    another = visit.control(
        PAGE, ANOTHER, st.text_input, _("Or another word"), live="100ms", placeholder=_("in its place")
    )
    names = dict(zip(TRIED_ON, (_("the memories of your phrase"), _("memories at rest")), strict=True))
    start = visit.control(
        PAGE, TRIED, st.selectbox, _("Tried on"), options=TRIED_ON, format_func=names.get, disabled=not charted
    )
    return another.strip() or word, start if charted else PATH
