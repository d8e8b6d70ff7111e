"""Memory: the proof that the state is the memory, how long it lasts, and how far back each recurrent model looks."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.board import mount
from explorer.board.payloads import PanelContent
from explorer.core.checkpoints import Model, load
from explorer.messages import _
from explorer.networks.registry import recurrent_names
from explorer.views.memory import sentences
from explorer.views.memory.panels import (
    CLAMP,
    WHOLE,
    Transplant,
    dial_board,
    gradients_board,
    transplant_board,
)
from explorer.views.shared import phrase, runs, visit
from explorer.views.shared.kept import trace
from explorer.views.shared.settings import AFTER, AT, DONOR, ENDING, FRAME, STEP, UNITS, WAY, WAYS, Setting

PAGE = "memory"
SHORT = 12  # words of a phrase over which another memory lasts


def page() -> None:
    """The page: a question, and three pictures that answer it, each beside its controls."""
    visit.arrive(PAGE)
    st.title(_("What does it remember, and for how long?"))
    boards()


@runs.fragment
def boards() -> None:
    """All that changes as one types."""
    text, name = phrase.controls(PAGE)
    models = phrase.usable(lambda: {each: load(each) for each in recurrent_names()})
    if models is None:
        return
    reading = phrase.read(text, models[name].vocabulary)
    read = trace(models[name], reading) if reading is not None else None
    picture, controls = columns()
    with controls:
        asked = transplant_controls(len(reading) if reading else None, models[name])
    show(phrase.blank(text) if read is None else transplant_board(models[name], read, asked), "memory", picture)
    picture, controls = columns()
    with controls:
        frame = dial_controls()
    show(dial_board(models, frame, name), "memory dial", picture)
    if read is not None:
        show(gradients_board(models, read, name), "memory gradients")


def columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Room for a picture, and beside it for its controls; on a phone they are below it."""
    picture, controls = st.columns([3, 1], gap="medium")
    return picture, controls


def show(content: PanelContent, key: str, place: DeltaGenerator | None = None) -> None:
    """A board of this page."""
    with place or st.container():
        mount({**content, **visit.address(PAGE)}, key=key, module="inside")


def box(setting: Setting[str], label: str, placeholder: str) -> str:
    """A box for a text; what is typed goes to the page at once."""
    return visit.control(PAGE, setting, st.text_input, label, live="100ms", placeholder=placeholder)


def transplant_controls(count: int | None, model: Model) -> Transplant:
    """Whose memory is put in, where, and which units are held; `count`: steps of the phrase, None while there is none.

    Unless one says otherwise the whole donor is read first. Where the numbers that were typed are more than there
    are steps, a sentence says so; they stay as they were typed.
    """
    names = {"donor": _("another phrase's memory"), "rest": _("no memory at all"), "held": _("its own, units held")}
    way = visit.control(PAGE, WAY, st.selectbox, _("Put in"), options=WAYS, format_func=names.get)
    typed = box(DONOR, _("Memory of"), _("another phrase")) if way == WHOLE else visit.value(PAGE, DONOR)
    donor = phrase.read(typed, model.vocabulary)
    length = len(donor) if donor else 0
    first = visit.control(PAGE, STEP, st.number_input, _("Swap before step"), 1, 9_999, first=usual(count or 1))
    taken = length
    if way == WHOLE:
        taken = visit.control(PAGE, AFTER, st.number_input, _("Memory taken after step"), 0, 9_999, first=length)
    impossible = sentences.impossible(first, count, taken if way == WHOLE else 0, length) if count else ""
    if impossible:
        st.warning(impossible)
    held, value = held_units(model.network.units) if way == CLAMP else ((), 0.0)
    return Transplant(donor, way, first - 1, taken, held, value, impossible)


def usual(count: int) -> int:
    """The step, from 1, before which another memory is put in unless one says otherwise, of so many.

    Early, so that most of the phrase is read with it; near the end of a long phrase, which would overwrite it.

    >>> usual(1), usual(4), usual(12), usual(344)
    (1, 2, 2, 342)
    """
    return min(2, count) if count <= SHORT else count - 2


def held_units(units: int) -> tuple[tuple[int, ...], float]:
    """Which of so many units are held, and at which activation, −1…1."""
    visit.put(PAGE, UNITS, tuple(unit for unit in visit.value(PAGE, UNITS) if unit < units))
    held = visit.control(
        PAGE, UNITS, st.multiselect, _("Units that are held"), options=range(units), placeholder=_("Choose units")
    )
    value = visit.control(PAGE, AT, st.slider, _("At the activation"), -1.0, 1.0, step=0.05)
    return held, value


def dial_controls() -> tuple[str, str]:
    """The two halves of the phrase that neutral words are put between."""
    return (
        box(FRAME, _("Before the neutral words …"), _("nothing before them")),
        box(ENDING, _("… and after them"), "good"),
    )
