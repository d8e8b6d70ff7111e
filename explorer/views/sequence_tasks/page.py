"""Sequence tasks: the four kinds by the lengths of input and output, each drawn from its run and used on what one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

import streamlit as st

from explorer import board as stage
from explorer.board import events
from explorer.core.checkpoints import Model, load
from explorer.core.tracing import trace
from explorer.networks.per_word import PerWord
from explorer.reading.reading import Reading
from explorer.reading.tokenizer import is_word, tokenize
from explorer.tasks import saved, translator, writer
from explorer.tasks.saved import Trained
from explorer.tasks.translator import CaptionError, Translation
from explorer.tasks.writer import StartError, Step
from explorer.views.sequence_tasks import figures, sentences, task_cards
from explorer.views.sequence_tasks.sentences import TRANSLATORS
from explorer.views.shared import charts, phrase, visit
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

DRAWN = 40  # steps of each part of a network that a diagram draws
GLANCE = 0.1  # attention from which on a line is drawn
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


def mount(data: dict, key: str, shared: bool = False) -> object:
    """A board of this page; one of them shows the button for the link."""
    whole = {"palette": charts.PALETTE, "notes": [], "phrases": [], "steps": 0, "panels": []} | data
    return stage.mount(whole | visit.address(PAGE) | {"shared": shared}, key=f"tasks {key}", module="tasks")


# ------------------------------------------------------------------------------------------------- one word, one answer


@st.fragment
def one_to_one() -> None:
    """One word to its sentiment, by the network of the per-word average."""
    st.header("One to one", divider="gray")
    word = visit.control(PAGE, SINGLE, st.text_input, "A word", live="100ms", placeholder="one word")
    data = phrase.usable(lambda: single(load("per-word"), word))
    if data:
        mount(data, "one", shared=True)


def single(model: Model, text: str) -> dict:
    """The board of one word: the first that was typed."""
    found = [token for token in tokenize(text) if is_word(token)]
    if not found:
        return {"summary": "There is no word yet. Type one.", "typed": text}
    one = trace(model, Reading.of_tokens(found[:1], model.vocabulary))
    assert isinstance(model.network, PerWord)
    steps = [cell(found[0], f"{one.probability:.2f}", "feedforward")]
    said = sentences.alone(found[0], one.probability, len(found) - 1)
    return {
        "summary": said,
        "typed": text,
        "notes": phrase.notes(one.reading),
        "panels": [unrolled("one", "One word, one answer", said, steps)],
    }


def cell(
    input: str | None,
    output: str | None,
    part: str,
    memory: bool = False,
    fed: bool = False,
    looks: Sequence[tuple[int, float]] = (),
) -> dict:
    """One step of a diagram; see board/js/panels/unrolled.js. `looks`: at which cells of the row before, from 0, and how much, 0…1."""
    return {"input": input, "output": output, "part": part, "memory": memory, "fed": fed, "looks": looks}


def unrolled(name: str, title: str, said: str, steps: list[dict]) -> dict:
    """A diagram of the first DRAWN steps of each part, with all of them as the table behind it."""
    rows = [[str(t), step["part"], step["input"] or "–", step["output"] or "–"] for t, step in enumerate(steps, 1)]
    parts = Counter(step["part"] for step in steps)
    drawn = [step for part in parts for step in islice((one for one in steps if one["part"] == part), DRAWN)]
    more = sentences.drawn(DRAWN, parts)
    lines = sentences.LINES if any(step["looks"] for step in drawn) else ""
    return {
        "kind": "unrolled",
        "id": name,
        "title": title,
        "alt": f"Unrolled diagram: {len(steps)} cells from left to right, inputs below, outputs above. {said}{more}",
        "sentence": f"{lines}{more}".strip(),
        "steps": drawn,
        "table": {"columns": ["Step", "Cell", "Input", "Output"], "rows": rows},
    }


# ------------------------------------------------------------------------------------------- a text, one answer or many


@st.fragment
def many_to_one() -> None:
    """A review to its sentiment, and a label after each word: the recurrent lanes."""
    st.header("Many to one, and many to many of one length", divider="gray")
    text, lane = phrase.controls(PAGE)
    data = phrase.usable(lambda: review(load(lane), text))
    if data:
        mount(data, "many")


def review(model: Model, text: str) -> dict:
    """The board of a review: one verdict at its end, and one after each of its words."""
    reading = phrase.read(text, model.vocabulary)
    if reading is None:
        return phrase.blank(text)
    one, part = trace(model, reading), model.label
    last = len(one) - 1
    whole = [
        cell(token, f"{p:.2f}" if t == last else None, part, memory=t > 0)
        for t, (token, p) in enumerate(zip(one.tokens, one.belief))
    ]
    each = [cell(token, f"{p:.2f}", part, memory=t > 0) for t, (token, p) in enumerate(zip(one.tokens, one.belief))]
    first, second = sentences.many(one, part), sentences.each(one, part)
    return phrase.base(one) | {
        "summary": f"{first} {second}",
        "panels": [
            unrolled("whole", f"Many to one: a review to its sentiment, by the {part}", first, whole),
            unrolled("each", f"Many to many, T_x = T_y: a label after each word, by the {part}", second, each),
        ],
    }


# ---------------------------------------------------------------------------------------------- a word, a whole sentence


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
    lane = visit.value(PAGE, MODEL)
    data = phrase.usable(lambda: sentence(saved.load("writer"), load(lane), begin, heat, seed, took))
    if data:
        mount(data, "writer")


def next_seed() -> None:
    """Another seed, so another sentence."""
    seed = SEED.parse(visit.value(PAGE, SEED))
    with visit.undoable(PAGE):
        visit.put(PAGE, SEED, "1" if seed is None else str((int(seed) + 1) % MOST_SEEDS))


def take_word(asked: object) -> str | None:
    """Begin with what stands before the chosen place and the chosen word; what comes from a browser can be anything.

    Gives what the visitor is to be told of it.
    """
    kept = st.session_state.get("written", [])
    chosen = events.word(asked, len(kept))
    if chosen is None:
        return None
    place, word = chosen["place"], chosen["word"]
    if word not in dict(kept[place - 1].candidates) or word == writer.MARK:
        return None
    before = [step.token for step in kept[: place - 1]]
    with visit.undoable(PAGE):
        visit.put(PAGE, BEGIN, writer.spell([*before, word]))
    return f"Goes on from {quoted(word)} at place {place}."


def sentence(model: Trained, lane: Model, start: str, heat: str, seed: str, took: str | None) -> dict:
    """The board of a sentence: what was written, what could have come at each step, what a lane believes of it."""
    if SEED.parse(seed) is None:
        return {"summary": f"The seed is a whole number from 0 to 99999, not {quoted(seed)}.", "typed": start}
    try:
        steps = list(writer.write(model, start, int(seed), float(heat)))
    except StartError as error:
        return {"summary": str(error), "typed": start}
    st.session_state["written"] = steps
    said = [step for step in steps if not step.is_end]
    one = trace(lane, Reading.of_tokens((step.token for step in said), lane.vocabulary))
    given = sum(step.given for step in steps)
    told = sentences.written(f"“{writer.sentence(steps)}”", given, len(said), steps[-1].is_end, float(heat), int(seed))
    mood = sentences.mood(one, lane.label)
    return phrase.base(one) | {
        "typed": start,
        "summary": told,
        "notes": [took] if took else [],
        "phrases": [phrase.row(one) | {"label": "The sentence as written"}],
        "steps": len(said),
        "panels": [
            unrolled("writer", "One to many: a first word to a sentence", told, chain(steps)),
            choices(steps),
            {
                "kind": "chart",
                "id": "mood",
                "title": f"What the {lane.label} believes of it so far",
                "alt": f"Line chart of P(positive) after each word that was written. {mood}",
                "sentence": mood,
                "figure": figures.beliefs(lane.label, one.belief, one.tokens),
            },
        ],
    }


def chain(steps: list[Step]) -> list[dict]:
    """The cells of a sentence: each word is the next input; the first reads the edge of the sentence."""
    inputs = ["(start)", *(step.token for step in steps)]
    shown = ["(end)" if step.is_end else step.token for step in steps]
    return [
        cell(before, None if step.given else now, "writer", memory=t > 0, fed=t > 0 and not steps[t - 1].given)
        for t, (before, now, step) in enumerate(zip(inputs, shown, steps))
    ]


def choices(steps: list[Step]) -> dict:
    """What could have come at each step."""
    shown = [
        {
            "token": step.token,
            "given": step.given,
            "candidates": [[word, round(p, 5)] for word, p in step.candidates if word != writer.MARK],
            "rest": round(max(0.0, 1 - sum(p for word, p in step.candidates if word != writer.MARK)), 5),
        }
        for step in steps
        if not step.is_end
    ]
    return {
        "kind": "choices",
        "id": "choices",
        "title": "What could come next",
        "sentence": "Move the time cursor to a place. A word's button puts it there and lets the writer go on from "
        "it. The end of the sentence and words beyond the likeliest ten are among all others.",
        "steps": shown,
    }


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
    data = phrase.usable(lambda: caption({name: saved.load(name) for name in TRANSLATORS}, text, int(beam)))
    if data:
        mount(data, "caption")


def caption(models: Mapping[str, Trained], text: str, width: int) -> dict:
    """The board of a caption: both translations, each unrolled, and where the one with attention looked."""
    try:
        found = {name: translator.translate(model, text, width) for name, model in models.items()}
    except CaptionError as error:
        return {"summary": str(error), "typed": text}
    said = {name: told(one) for name, one in found.items()}
    summary = " ".join(f"{TRANSLATORS[name].capitalize()}: {sentence}" for name, sentence in said.items())
    panels = [
        unrolled(f"unrolled-{name}", f"Many to many, T_x ≠ T_y: {TRANSLATORS[name]}", said[name], encoded(one))
        for name, one in found.items()
    ]
    panels += [looking(one) for one in found.values() if one.attention is not None and len(one.output)]
    panels.append(words_said(found))
    return {"summary": summary, "typed": text, "panels": panels}


def told(one: Translation) -> str:
    """A translation in a sentence."""
    unknown = [token for token, known in zip(one.tokens, one.known) if not known]
    return sentences.translated(
        one.translation, len(one.tokens), len(one.output), unknown, one.cut, one.attention is not None, one.finished
    )


def encoded(one: Translation) -> list[dict]:
    """The cells of a translation: the encoder reads, its last state is handed over, the decoder says."""
    read = [
        cell(token + ("" if known else " ?"), None, "encoder", memory=t > 0)
        for t, (token, known) in enumerate(zip(one.tokens, one.known))
    ]
    inputs = ["(start)", *one.output[: -1 if not one.finished else None]]
    outputs = [*one.output, "(end)"] if one.finished else list(one.output)
    return read + [
        cell(before, now, "decoder", memory=True, fed=t > 0, looks=looks(one, t))
        for t, (before, now) in enumerate(zip(inputs, outputs))
    ]


def looks(one: Translation, step: int) -> list[tuple[int, float]]:
    """At which words a translator with attention looked at a step, from 0, and how much; less than GLANCE is left out."""
    if one.attention is None or step >= len(one.attention):
        return []
    return [(u, round(float(weight), 3)) for u, weight in enumerate(one.attention[step]) if weight >= GLANCE]


def looking(one: Translation) -> dict:
    """The attention matrix."""
    said = sentences.looked(one.attention, one.tokens, one.output)
    return {
        "kind": "plot",
        "id": "attention",
        "title": "Where the decoder looked",
        "alt": f"Heatmap of attention, a row for each French word, a column for each English one. {said}",
        "sentence": said,
        "figure": figures.attention(one.attention, one.tokens, one.output),
        "table": {
            "columns": ["said", *(f"{t} {token}" for t, token in enumerate(one.tokens, 1))],
            "rows": [[word, *(f"{weight:.3f}" for weight in row)] for word, row in zip(one.output, one.attention)],
        },
    }


def words_said(found: Mapping[str, Translation]) -> dict:
    """Each French word with how sure the decoder was, and what else it might have said."""
    rows = [
        [
            TRANSLATORS[name],
            str(t),
            word,
            f"{p:.3f}",
            ", ".join(f"{'(end)' if other == writer.MARK else other} {q:.2f}" for other, q in likely[:4]),
        ]
        for name, one in found.items()
        for t, (word, p, likely) in enumerate(zip(one.output, one.probability, one.candidates), 1)
    ]
    return {
        "kind": "table",
        "id": "said",
        "title": "Word by word",
        "table": {"columns": ["Model", "Step", "Word said", "Its probability", "Likeliest words"], "rows": rows},
    }


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
    tune = [cell(before, now, "RNN", memory=t > 0, fed=t > 0) for t, (before, now) in enumerate(zip(notes, notes[1:]))]
    panels = [
        unrolled("speech", "Speech to text", sentences.SPEECH, [*frames, *heard]) | {"sentence": sentences.SPEECH},
        unrolled("music", "A note to a piece of music", sentences.MUSIC, tune) | {"sentence": sentences.MUSIC},
    ]
    mount(
        {
            "summary": "Two more that the story names, drawn in the same way; these diagrams are examples, not runs.",
            "typed": "",
            "panels": panels,
        },
        "elsewhere",
    )
