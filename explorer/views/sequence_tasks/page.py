"""Sequence tasks: the four kinds by the lengths of input and output, each drawn from its run on what one types."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from explorer import board
from explorer.board import events
from explorer.board.payloads import PanelContent
from explorer.core.checkpoints import load
from explorer.tasks import saved, writer
from explorer.tasks.words import MARK
from explorer.views.sequence_tasks import diagram, sentences, task_cards, translation, verdicts, writing
from explorer.views.sequence_tasks.diagram import cell, unrolled
from explorer.views.sequence_tasks.sentences import TRANSLATORS
from explorer.views.shared import phrase, visit
from explorer.views.shared.settings import (
    BEAM,
    BEAMS,
    BEGIN,
    CAPTION,
    HEAT,
    MODEL,
    MOST_SEEDS,
    SEED,
    SINGLE,
    TEMPERATURES,
)
from explorer.views.shared.wording import quoted

PAGE = "tasks"


def page() -> None:
    """The page: the four kinds one after the other, each with its controls and its board."""
    visit.arrive(PAGE)
    st.title("What else can be a sequence?")
    st.markdown(
        "So far a review went in and one verdict came out. By the lengths of input and output, `T_x` and `T_y`, "
        "there are four kinds of sequence task, and the same recurrent cell serves them all. Each is alive here: "
        "type into it. A diagram has as many cells as the run had steps; inputs stand below, outputs above."
    )
    for section in (one_to_one, many_to_one, one_to_many, many_to_many, elsewhere):
        section()
    task_cards.mount()


def mount(content: PanelContent | None, key: str, shared: bool = False) -> None:
    """A board of this page, if there is something to show; one of them shows the button for the link."""
    if content is not None:
        board.mount({**content, **visit.address(PAGE), "shared": shared}, key=f"tasks {key}", module="tasks")


# ------------------------------------------------------------------------------------------------- one word, one answer


@st.fragment
def one_to_one() -> None:
    """One word to its sentiment, by the network of the per-word average."""
    st.header("One to one", divider="gray")
    word = visit.control(PAGE, SINGLE, st.text_input, "A word", live="100ms", placeholder="one word")
    mount(phrase.usable(lambda: verdicts.single(load("per-word"), word)), "one", shared=True)


# ------------------------------------------------------------------------------------------- a text, one answer or many


@st.fragment
def many_to_one() -> None:
    """A review to its sentiment, and a label after each word: the recurrent models."""
    st.header("Many to one, and many to many of one length", divider="gray")
    text, name = phrase.controls(PAGE)
    mount(phrase.usable(lambda: verdicts.review(load(name), text)), "many")


# --------------------------------------------------------------------------------------------- a word, a whole sentence


@st.fragment
def one_to_many() -> None:
    """A first word to a whole sentence: the writer."""
    st.header("One to many", divider="gray")
    took = take_word(st.session_state.get("tasks writer", {}).get("asked"))
    left, middle, right = st.columns([3, 1, 1], vertical_alignment="bottom")
    begin = visit.control(
        PAGE, BEGIN, left.text_input, "The sentence begins with", live="100ms", placeholder="a first word, or several"
    )
    heat = visit.control(
        PAGE, HEAT, middle.selectbox, "Temperature",
        options=TEMPERATURES, help="0: always the likeliest word. 2: nearly anything.",
    )  # fmt: skip
    seed = visit.control(
        PAGE, SEED, right.text_input, "Seed", help="The same seed, start and temperature give the same sentence."
    )
    st.button("Another sentence", on_click=next_seed, help="The next seed.")
    mount(phrase.usable(lambda: written(begin, heat, seed, took)), "writer")


def written(begin: str, heat: str, seed: str, took: str | None) -> PanelContent:
    """The board of a sentence; its steps are kept for when one of their words is chosen."""
    model = load(visit.value(PAGE, MODEL))
    steps = writing.written(saved.load("writer"), begin, heat, seed)
    if isinstance(steps, str):
        return diagram.content(begin, steps)
    st.session_state["written"] = steps
    return writing.content(model, begin, steps, heat, seed, took)


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
    return f"Goes on from {quoted(word)} at place {place}."


# -------------------------------------------------------------------------------------------------- another language


@st.fragment
def many_to_many() -> None:
    """An English caption to French: two translators."""
    st.header("Many to many of two lengths", divider="gray")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    text = visit.control(
        PAGE, CAPTION, left.text_input, "An English sentence, as under a picture",
        live="100ms", placeholder="A dog runs.",
    )  # fmt: skip
    beam = visit.control(PAGE, BEAM, right.selectbox, "Search", options=list(BEAMS), format_func=BEAMS.get)
    models = phrase.usable(lambda: {name: saved.load(name) for name in TRANSLATORS})
    mount(translation.content(models, text, int(beam)) if models else None, "caption")


# ------------------------------------------------------------------------------------------------- speech and music


def elsewhere() -> None:
    """Speech and music: a diagram and a sentence each, no model."""
    st.header("Speech and music", divider="gray")
    frames = [cell(f"frame {t + 1}", None, "encoder", memory=t > 0) for t in range(6)]
    heard = [
        cell(before, now, "decoder", memory=True, fed=t > 0)
        for t, (before, now) in enumerate([("(start)", "the"), ("the", "film"), ("film", "(end)")])
    ]
    notes = ["(start)", "C", "E", "G", "(end)"]
    tune = [cell(before, now, "RNN", memory=t > 0, fed=t > 0) for t, (before, now) in enumerate(pairwise(notes))]
    panels = [
        unrolled("speech", "Speech to text", sentences.SPEECH, [*frames, *heard], sentences.SPEECH),
        unrolled("music", "A note to a piece of music", sentences.MUSIC, tune, sentences.MUSIC),
    ]
    summary = "Two more that the story names, drawn in the same way; these diagrams are examples, not runs."
    mount(diagram.content("", summary, panels), "elsewhere")
