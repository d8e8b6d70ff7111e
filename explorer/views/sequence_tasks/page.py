"""Sequence tasks: a map of the four kinds by the lengths of input and output, each drawn from its run; one opens."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer import board
from explorer.board import events
from explorer.board.payloads import PanelContent
from explorer.core.checkpoints import load
from explorer.messages import _
from explorer.tasks import saved, writer
from explorer.tasks.words import MARK
from explorer.views.sequence_tasks import diagram, maps, sentences, translation, verdicts, writing
from explorer.views.shared import cards, phrase, runs, visit
from explorer.views.shared.settings import (
    BEAM,
    BEAMS,
    BEGIN,
    CAPTION,
    HEAT,
    MODEL,
    MOST_SEEDS,
    PHRASE,
    SEED,
    SINGLE,
    TEMPERATURES,
)

PAGE = "tasks"
MAP = "tasks map"


def page() -> None:
    """The page: a question, and the map that answers, or the kind of task that is open."""
    visit.arrive(PAGE)
    st.title(_("What else can be a sequence?"))
    body()


@runs.fragment
def body() -> None:
    """All that changes as one types."""
    phrase.controls(PAGE)
    opened = cards.opened(PAGE, MAP)
    mount(maps.strip(opened) if opened else overview(), MAP)
    if opened:
        OPEN[opened]()


def mount(content: PanelContent | None, key: str) -> None:
    """A board of this page, if there is something to show."""
    if content is not None:
        board.mount({**content, **visit.address(PAGE)}, key=key, module="tasks")


def overview() -> PanelContent | None:
    """The map, each card from what its model says now; None where the models cannot be used."""
    text, name = visit.value(PAGE, PHRASE), visit.value(PAGE, MODEL)
    verdict = phrase.usable(
        lambda: [maps.one(load("per-word"), visit.value(PAGE, SINGLE)), *maps.reviews(load(name), text)]
    )
    written = maps.writer(
        phrase.usable(lambda: saved.load("writer")),
        *(visit.value(PAGE, setting) for setting in (BEGIN, HEAT, SEED)),
    )
    said = maps.translator(
        phrase.usable(lambda: saved.load(translation.LOOKING)),
        visit.value(PAGE, CAPTION),
        int(visit.value(PAGE, BEAM)),
    )
    return None if verdict is None else maps.content([*verdict, written, said], text)


# --------------------------------------------------------------------------------------------------- words to verdicts


def one_to_one() -> None:
    """One word to its sentiment, by the network of the per-word average."""
    word = visit.control(PAGE, SINGLE, st.text_input, _("A word"), live="100ms", placeholder=_("one word"))
    mount(phrase.usable(lambda: verdicts.single(load("per-word"), word)), "tasks one")


def many_to_one() -> None:
    """A review to its sentiment by the recurrent model."""
    text, name = visit.value(PAGE, PHRASE), visit.value(PAGE, MODEL)
    mount(phrase.usable(lambda: verdicts.review(load(name), text)), "tasks review")


def label_each() -> None:
    """A label after each word, by the recurrent model."""
    text, name = visit.value(PAGE, PHRASE), visit.value(PAGE, MODEL)
    mount(phrase.usable(lambda: verdicts.labels(load(name), text)), "tasks labels")


# --------------------------------------------------------------------------------------------- a word, a whole sentence


def one_to_many() -> None:
    """A first word to a whole sentence: the writer."""
    took = take_word(st.session_state.get("tasks writer", {}).get("asked"))
    left, middle, right, last = st.columns([5, 2, 2, 3], vertical_alignment="bottom")
    begin = visit.control(
        PAGE, BEGIN, left.text_input, _("The sentence begins with"),
        live="100ms", placeholder=_("a first word, or several"),
    )  # fmt: skip
    heat = visit.control(
        PAGE, HEAT, middle.selectbox, _("Temperature"),
        options=TEMPERATURES, help=_("0: always the likeliest word. 2: nearly anything."),
    )  # fmt: skip
    seed = visit.control(
        PAGE, SEED, right.text_input, _("Seed"),
        help=_("The same seed, start and temperature give the same sentence."),
    )  # fmt: skip
    last.button(_("Another sentence"), on_click=next_seed, help=_("The next seed."), width="stretch")
    mount(phrase.usable(lambda: written(begin, heat, seed, took)), "tasks writer")


def written(begin: str, heat: str, seed: str, took: str | None) -> PanelContent:
    """The board of a sentence; its steps are kept for when one of their words is chosen."""
    model, writing_model = load(visit.value(PAGE, MODEL)), saved.load("writer")
    steps = writing.written(writing_model, begin, heat, seed)
    if isinstance(steps, str):
        return diagram.content(begin, steps)
    st.session_state["written"] = list(steps)
    return writing.content(model, writing_model, begin, steps, heat, took)


def next_seed() -> None:
    """Another seed, so another sentence."""
    seed = SEED.parse(visit.value(PAGE, SEED))
    with visit.undoable(PAGE):
        visit.put(PAGE, SEED, "1" if seed is None else str((int(seed) + 1) % MOST_SEEDS))


def take_word(asked: object) -> str | None:
    """Begin with what stands before the chosen place and the chosen word; what comes from a browser can be anything.

    Gives a note on it for the visitor.
    """
    kept = st.session_state.get("written", [])
    chosen = events.word(asked, len(kept))
    if chosen is None:
        return None
    place, word = chosen["place"], chosen["word"]
    if word not in dict(kept[place - 1].candidates) or word == MARK:
        return None
    before = [step.token for step in kept[: place - 1]]
    with visit.undoable(PAGE):
        visit.put(PAGE, BEGIN, writer.spell([*before, word]))
    return sentences.took(word, place)


# -------------------------------------------------------------------------------------------------- another language


def many_to_many() -> None:
    """An English caption to French: two translators."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    text = visit.control(
        PAGE, CAPTION, left.text_input, _("An English sentence that describes a photo"),
        live="100ms", placeholder=_("A dog runs."),
    )  # fmt: skip
    beam = visit.control(PAGE, BEAM, right.selectbox, _("Search"), options=list(BEAMS), format_func=BEAMS.get)
    models = phrase.usable(lambda: {name: saved.load(name) for name in sentences.translators()})
    mount(translation.content(models, text, int(beam)) if models else None, "tasks caption")


OPEN: dict[str, Callable[[], None]] = {
    "one": one_to_one,
    "review": many_to_one,
    "writer": one_to_many,
    "translator": many_to_many,
    "labels": label_each,
}
