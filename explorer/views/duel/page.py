"""Does word order matter? What is folded below the duel: how to read it, and the numbers behind it.

The duel itself, its question and its pictures are drawn by the browser (`board/js/duel`, `board/js/zoom`); the bar's
bridge tells this page which phrases, model, phrase and unit are shown. Nothing is computed before a fold is opened.
"""

from __future__ import annotations

import streamlit as st

from explorer.board import events, mount
from explorer.board.payloads import PairBoard
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.messages import _
from explorer.networks.registry import recurrent_names
from explorer.views.duel import glossary, inside
from explorer.views.duel.figures import Letter
from explorer.views.duel.panels import LETTERS, Shown, content
from explorer.views.shared import depths, navigation, phrase, runs, settings, visit
from explorer.views.shared.examples import EXAMPLES
from explorer.views.shared.settings import OF, UNIT

PAGE = "compare"
SHOW, SORT = settings.SHOW, settings.SORT


def warm() -> None:
    """Load every model and read a phrase with it."""
    try:
        for model in recurrent_names():
            content((EXAMPLES[0].a, EXAMPLES[0].b), Shown(model))
    except WeightsError:
        pass  # the page says so, to whoever opens it


def page() -> None:
    """The page: two folds below what the browser draws."""
    visit.arrive(PAGE)
    body()


@runs.fragment
def body() -> None:
    """All that changes as one types; a fragment, so that the rest of the page is not run again."""
    a, b, name = phrase.pair(PAGE)
    with depths.explain():
        st.html(glossary.html())
    fold = depths.measured(PAGE)
    if fold.open:
        with fold:
            measure((a, b), name)


def measure(texts: tuple[str, str], name: str) -> None:
    """The board of all that is measured, and its controls."""
    phrase.tell_memoryless(PAGE)
    model = phrase.usable(lambda: load(name))
    if model is None:
        return
    shown, attributed = controls(model, texts)
    found = phrase.usable(lambda: content(texts, shown))
    if found is None:
        return
    reading = phrase.read(texts[LETTERS.index(shown.of)], model.vocabulary)
    if attributed and reading is not None:
        found["panels"].append(inside.attributions(model, reading))
    board: PairBoard = {**phrase.board(PAGE, found), "typed_b": texts[1]}
    asked = mount(board, key="pair", module="pair")
    if st.button(_("Model card of the {model}").format(model=model.label)):
        navigation.go(PAGE, "cards", model=name)
    if (number := events.unit(asked, model.network.units)) is not None:
        visit.put(PAGE, UNIT, number)
        st.rerun(scope="fragment")


def controls(model: Model, texts: tuple[str, str]) -> tuple[Shown, bool]:
    """What is to be measured, and whether the words are to be attributed, which takes long."""
    units = model.network.units
    chosen = visit.chosen(PAGE, UNIT)
    if chosen is None or chosen >= units:
        visit.put(PAGE, UNIT, inside.loudest(model))
    titles, orders = model.network.titles(), settings.sorts(PAGE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = visit.control(
            PAGE, SHOW, st.selectbox, _("Heatmaps show"), options=list(titles), format_func=titles.__getitem__
        )
        sort = visit.control(
            PAGE, SORT, st.selectbox, _("Units sorted by"), options=list(orders), format_func=orders.get
        )
        of = visit.control(
            PAGE, OF, st.radio, _("Phrase"), options=list(LETTERS), format_func=str.upper, horizontal=True
        )
        unit = visit.control(
            PAGE, UNIT, st.number_input, _("Unit"), 0, units - 1, help=_("A click in the heatmap picks one too.")
        )
    attributed = st.toggle(_("Which words did it? Three methods, which take a moment"), key=f"{PAGE}.attributed")
    return Shown(model.name, show, sort, int(unit), letter(of, texts)), attributed


def letter(of: str, texts: tuple[str, str]) -> Letter:
    """The phrase that is looked into: the chosen one, the other one where that has no words."""
    chosen: Letter = "b" if of == "b" else "a"
    other: Letter = "a" if chosen == "b" else "b"
    return chosen if texts[LETTERS.index(chosen)].strip() else other
