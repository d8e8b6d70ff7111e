"""Memory: how far back each recurrent model remembers, and the proof that the state is the memory."""

from __future__ import annotations

import streamlit as st

from explorer.board import mount
from explorer.core.checkpoints import Model, load
from explorer.core.tracing import trace
from explorer.networks.registry import recurrent_names
from explorer.views.memory import sentences
from explorer.views.memory.panels import CLAMP, WHOLE, Transplant, content
from explorer.views.shared import phrase, visit
from explorer.views.shared.settings import AFTER, AT, DONOR, ENDING, FRAME, STEP, UNITS, WAY, WAYS, Setting

PAGE = "memory"


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("What does it remember, and for how long?")
    st.markdown(
        "All that a **recurrent network** knows of the words so far is its **state**. See how much each belief still "
        "hangs on each earlier word, how many neutral words a negation survives, and what happens when one phrase "
        "gets the memory of another."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types."""
    text, name = phrase.controls(PAGE)
    models = phrase.usable(lambda: {each: load(each) for each in recurrent_names()})
    if models is None:
        return
    reading = phrase.read(text, models[name].vocabulary)
    left, right = st.columns(2)
    with left.container(border=True):
        asked = transplant_controls(len(reading) if reading else None, models[name])
    with right.container(border=True):
        frame = dial_controls()
    read = trace(models[name], reading) if reading is not None else None
    shown = content(models, name, read, frame, asked) if read is not None else phrase.blank(text)
    mount({**shown, **visit.address(PAGE)}, key="memory", module="inside")


def box(setting: Setting[str], label: str, placeholder: str) -> str:
    """A box for a text; what is typed goes to the page at once."""
    return visit.control(PAGE, setting, st.text_input, label, live="100ms", placeholder=placeholder)


def transplant_controls(count: int | None, model: Model) -> Transplant:
    """Whose memory is put in, where, and which units are held; `count`: steps of the phrase, None while there is none.

    Where the numbers that were typed are more than there are steps, a sentence says so; they stay as they were typed.
    """
    donor = phrase.read(box(DONOR, "Transplant: the donor, whose memory is taken", "another phrase"), model.vocabulary)
    length = len(donor) if donor else 0
    way = visit.control(PAGE, WAY, st.selectbox, "What is put in", options=list(WAYS), format_func=WAYS.get)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = visit.control(PAGE, STEP, st.number_input, "Before step", 1, 9_999, first=count or 1)
        taken = visit.control(
            PAGE, AFTER, st.number_input, "Donor's memory after step", 0, 9_999,
            first=max(0, min(length, (count or 1) - 1)), disabled=way != WHOLE,
        )  # fmt: skip
    impossible = sentences.impossible(first, count, taken if way == WHOLE else 0, length) if count else ""
    if impossible:
        st.warning(impossible)
    held, value = held_units(model.network.units) if way == CLAMP else ((), 0.0)
    return Transplant(donor, way, first - 1, taken, held, value, impossible)


def held_units(units: int) -> tuple[tuple[int, ...], float]:
    """Which of so many units are held, and at which activation, −1…1."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        visit.put(PAGE, UNITS, tuple(unit for unit in visit.value(PAGE, UNITS) if unit < units))
        held = visit.control(
            PAGE, UNITS, st.multiselect, "Units that are held", options=range(units), placeholder="Choose units"
        )
        value = visit.control(PAGE, AT, st.slider, "At the activation", -1.0, 1.0, step=0.05)
    return held, value


def dial_controls() -> tuple[str, str]:
    """The two halves of the phrase that neutral words are put between."""
    return (
        box(FRAME, "Forgetting dial: before the neutral words", "nothing before them"),
        box(ENDING, "and after them", "good"),
    )
