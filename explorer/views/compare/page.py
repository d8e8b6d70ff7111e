"""Compare: type two phrases, see why word order matters."""

from __future__ import annotations

import random

import streamlit as st

from explorer.board import events, mount
from explorer.board.payloads import CompareBoard
from explorer.core.checkpoints import WeightsError
from explorer.networks.registry import names, network, recurrent_names
from explorer.views.compare.panels import content
from explorer.views.shared import navigation, phrase, settings, visit
from explorer.views.shared.examples import EXAMPLES
from explorer.views.shared.settings import OTHER_PHRASE, PHRASE
from explorer.views.shared.units import FIRST

PAGE = "compare"
SHOW, SORT = settings.SHOW[PAGE], settings.SORT[PAGE]


def warm() -> None:
    """Load every model and read a phrase with it."""
    try:
        for model in recurrent_names():
            content(EXAMPLES[0].a, EXAMPLES[0].b, model, FIRST, "weight")
    except WeightsError:
        pass  # the page says so, to whoever opens it


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("Does word order matter?")
    st.markdown(
        "Type two phrases. A **recurrent network** reads them word by word and remembers; the **per-word average** "
        "looks at each word alone and cannot know the order. Watch what each believes, P(positive), after every word."
    )
    body()


@st.fragment
def body() -> None:
    """All that changes as one types; a fragment, so that the rest of the page is not run again."""
    a, b, model, show, sort = controls()
    try:
        shown = content(a, b, model, show, sort)
    except WeightsError as error:
        st.error("The trained models cannot be used. Your phrases are kept; reload the page once this is mended.")
        st.text(str(error))
        return
    board: CompareBoard = {**shown, "typed": [a, b], **visit.address(PAGE)}
    asked = mount(board, key="stage")
    if (card := events.card(asked, names())) is not None:
        navigation.go(PAGE, "cards", model=card)
    if (inner := events.look_inside(asked, recurrent_names())) is not None:
        navigation.go(PAGE, "inside", phrase=a, model=inner)


def controls() -> tuple[str, str, str, str, str]:
    """The controls above the board; gives the phrases, the model, what the heatmaps show and how units are sorted."""
    a, b, model = phrase.pair(PAGE)
    typed = [a, b]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        named = next((example.name for example in EXAMPLES if [example.a, example.b] == typed), None)
        examples = [example.name for example in EXAMPLES]
        visit.examples(PAGE, st.selectbox, "Example", examples, named, take_example, "Choose a pair")
        titles = network(model).titles()
        show = visit.control(
            PAGE, SHOW, st.selectbox, "Heatmaps show", options=list(titles), format_func=titles.__getitem__
        )
        orders = settings.sorts(PAGE)
        sort = visit.control(PAGE, SORT, st.selectbox, "Units sorted by", options=list(orders), format_func=orders.get)
        st.button("Swap A and B", on_click=swap)
        st.button("Shuffle B", on_click=shuffle, help="The words of B in another order: the average stays the same.")
    return a, b, model, show, sort


def take_example(name: str) -> None:
    """Put an example into both boxes."""
    example = next(example for example in EXAMPLES if example.name == name)
    visit.put(PAGE, PHRASE, example.a)
    visit.put(PAGE, OTHER_PHRASE, example.b)


def swap() -> None:
    """Exchange the phrases."""
    a, b = visit.value(PAGE, PHRASE), visit.value(PAGE, OTHER_PHRASE)
    with visit.undoable(PAGE):
        visit.put(PAGE, PHRASE, b)
        visit.put(PAGE, OTHER_PHRASE, a)


def shuffle() -> None:
    """Another order of B's words, if there is one."""
    words = visit.value(PAGE, OTHER_PHRASE).split()
    for _ in range(20):
        order = random.sample(words, len(words))
        if order != words:
            with visit.undoable(PAGE):
                visit.put(PAGE, OTHER_PHRASE, " ".join(order))
            return
