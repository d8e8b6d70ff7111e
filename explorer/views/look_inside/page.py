"""Look inside: one phrase in one model. The cell at each step, its units, and which words moved the belief."""

from __future__ import annotations

import streamlit as st

from explorer.board import events, mount
from explorer.core.checkpoints import Model, load
from explorer.core.tracing import trace
from explorer.views.look_inside.panels import PAGE, content
from explorer.views.shared import phrase, settings, visit
from explorer.views.shared.settings import UNIT

SHOW, SORT = settings.SHOW[PAGE], settings.SORT[PAGE]


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("What is it doing in there?")
    st.markdown(
        "Type a phrase. A **recurrent network** reads it word by word; its **state** is all that it remembers. Move "
        "the time cursor and see what goes into the cell, what comes out, and which words and units moved the belief."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types."""
    text, name = phrase.controls(PAGE)
    model = phrase.usable(lambda: load(name))
    if model is None:
        return
    show, sort, unit = controls(model)
    reading = phrase.read(text, model.vocabulary)
    shown = phrase.blank(text) if reading is None else content(model, trace(model, reading), show, sort, unit)
    asked = mount({**shown, **visit.address(PAGE)}, key="inside", module="inside")
    if (number := events.unit(asked, model.network.units)) is not None:
        visit.put(PAGE, UNIT, number)
        st.rerun(scope="fragment")


def controls(model: Model) -> tuple[str, str, int]:
    """What the heatmap shows, how its rows are sorted, and the unit that is looked at."""
    units, loudest = model.network.units, int(model.network.readout.weight[0].abs().argmax())
    titles = model.network.titles()
    orders = settings.sorts(PAGE)
    chosen = visit.chosen(PAGE, UNIT)
    if chosen is None or chosen >= units:
        visit.put(PAGE, UNIT, loudest)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = visit.control(
            PAGE, SHOW, st.selectbox, "Heatmap shows", options=list(titles), format_func=titles.__getitem__
        )
        sort = visit.control(PAGE, SORT, st.selectbox, "Units sorted by", options=list(orders), format_func=orders.get)
        unit = visit.control(
            PAGE, UNIT, st.number_input, "Unit", 0, units - 1, help="A click in the heatmap picks one too."
        )
    return show, sort, int(unit)
