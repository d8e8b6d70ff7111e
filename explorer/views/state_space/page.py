"""State space: the plane in which a lane's states lie, the way of a phrase through it, and what a modifier does to the state."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis.state_atlas import COMMAND, Atlas, load_atlas
from explorer.analysis.state_space import WordEffect, line, readout, word_effects
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.core.tracing import Trace, trace
from explorer.reading.tokenizer import tokenize
from explorer.views.shared import phrase, visit
from explorer.views.shared.settings import ANOTHER, MODIFIER, MODIFIERS, OTHER, SLOW_INPUT, SLOW_INPUTS, TRIED, TRIED_ON
from explorer.views.state_space import figures, sentences

PAGE = "space"
THEN = ("good", "bad", "great", "boring")
PATH, RESTING = TRIED_ON
FEWEST = 5  # slow points from which their shape is spoken of: three are nearly always near a line


class Choice(NamedTuple):
    """What the visitor chose: the second phrase, the slow points' input, the modifier, and the states it is tried on."""

    other: str
    given: str
    word: str
    start: str


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
    text, lane = phrase.controls(PAGE)
    model = phrase.usable(lambda: load(lane))
    if model is None:
        return
    atlas = atlas_of(model)
    choice = controls(atlas is not None)
    reading = phrase.read(text, model.vocabulary)
    data = phrase.blank(text) if reading is None else show(model, atlas, trace(model, reading), choice)
    stage.mount(data | visit.address(PAGE), key="space", module="inside")


def atlas_of(model: Model) -> Atlas | None:
    """The lane's states on real reviews; None where they were not computed for these weights."""
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


# ------------------------------------------------------------------------------------------- what the board is to show


def show(model: Model, atlas: Atlas | None, one: Trace, choice: Choice) -> dict:
    """Everything that the board draws for a phrase that has words."""
    data = phrase.base(one)
    second = phrase.read(choice.other, model.vocabulary)
    two = trace(model, second) if second else None
    if two is not None:
        data["phrases"] = [phrase.row(one, "A"), phrase.row(two, "B")]
        data["steps"] = max(len(one), len(two))
        data["notes"] += [f"Second phrase. {note}" for note in phrase.notes(two.reading)]
    elif choice.other.strip():
        data["notes"].append("There are no words in the second phrase, so it is not drawn.")
    named = {"the phrase": one} if two is None else {"phrase A": one, "phrase B": two}
    states = tried(model, atlas, one, choice)
    found = effect(model, choice.word, states)
    drawn = (
        missing(model) if atlas is None else plane(model, atlas, named, choice.given, push(model, atlas, states, found))
    )
    return data | {
        "summary": sentences.story(model.label, named),
        "panels": [drawn, *resting(model, atlas, choice.given), modifier(model, atlas, choice, len(states), found)],
    }


def missing(model: Model) -> dict:
    """What stands in the place of the plane where there is no atlas of these weights."""
    said = (
        f"The states of the {model.label} on real reviews were not computed for these weights yet. The command: "
        f"{COMMAND}"
    )
    return {"kind": "text", "id": "plane", "title": "The plane of the states", "sentence": said}


def plane(
    model: Model, atlas: Atlas, named: dict[str, Trace], given: str, pushed: tuple[str, np.ndarray] | None = None
) -> dict:
    """The plane with the path of each phrase; `pushed` as `push` gives it."""
    slow, seen = atlas.slow[given], readout(model, atlas.plane)
    points = {name: atlas.plane.project(one.activations["hidden"]) for name, one in named.items()}
    paths = {look: (name, one, points[name]) for look, (name, one) in zip("ab", named.items())}
    along = line(model, slow.hidden(model.network.units)) if len(slow.speed) >= FEWEST else None
    said = [
        sentences.honest(model.label, atlas, seen),
        sentences.resting(slow, along, given, atlas.card["reading_speed"]),
    ]
    return {
        "kind": "plane",
        "id": "plane",
        "title": f"The path through the states of the {model.label}",
        "alt": sentences.alt(model.label, atlas, slow, {name: (one, points[name]) for name, one in named.items()}),
        "sentence": " ".join(said),
        "figure": figures.plane(atlas, slow, seen, paths, model.network.units, pushed),
        "table": {
            "columns": ["phrase", "step", "word", "PC1", "PC2", "belief"],
            "rows": [row for name, one in named.items() for row in rows(name, one, points[name])],
        },
    }


def resting(model: Model, atlas: Atlas | None, given: str) -> list[dict]:
    """The slow points as a table, if there are any."""
    slow = atlas.slow[given] if atlas is not None else None
    if slow is None or not len(slow.speed):
        return []
    places = atlas.plane.project(slow.hidden(model.network.units))
    lines = zip(slow.speed, places, slow.belief, slow.memory.max(1), slow.stable)
    return [{
        "kind": "table",
        "id": "slow",
        "title": f"The slow points, input: {SLOW_INPUTS[given]}",
        "table": {
            "columns": ["Slow point", "Speed q", "PC1", "PC2", "P(positive)", "Longest time constant, steps", "A push dies away"],
            "rows": [
                [str(number), f"{speed:.2g}", f"{x:.4f}", f"{y:.4f}", f"{p:.4f}", sentences.longest(steps), "yes" if stable else "no"]
                for number, (speed, (x, y), p, steps, stable) in enumerate(lines, 1)
            ],
        },
    }]  # fmt: skip


def rows(name: str, one: Trace, points: np.ndarray) -> list[list[str]]:
    """A path, (T, 2), as rows of a table."""
    steps = enumerate(zip(one.tokens, points, one.belief), 1)
    return [[name, str(t), token, f"{x:.4f}", f"{y:.4f}", f"{belief:.4f}"] for t, (token, (x, y), belief) in steps]


# ----------------------------------------------------------------------------------------------------- what a word does


def tried(model: Model, atlas: Atlas | None, one: Trace, choice: Choice) -> np.ndarray:
    """The full states on which the word is tried, (N, S); there may be none."""
    return atlas.slow[choice.given].states if choice.start == RESTING and atlas is not None else full_path(model, one)


def effect(model: Model, word: str, states: np.ndarray) -> WordEffect | str:
    """What a word does to full states and to the next words, or a sentence that says why it cannot be tried."""
    if not len(states):
        return "There are no slow points to try it on. Choose the states of the phrase."
    tokens = tokenize(word)
    if len(tokens) != 1:
        return f"{len(tokens)} tokens were typed as another word. Type one word."
    try:
        return word_effects(model, tokens[0], states, [one for one in THEN if one in model.vocabulary.index])
    except ValueError:
        named = sentences.quoted(tokens[0])
        return f"{named} has no vector, so no model can read it as a word of its own. Try another word."


def push(model: Model, atlas: Atlas, states: np.ndarray, found: WordEffect | str) -> tuple[str, np.ndarray] | None:
    """The word and its mean displacement in the plane, from the mean of the states on, (2, 2)."""
    if isinstance(found, str):
        return None
    start, moved = states.mean(0)[: model.network.units], found.mean[: model.network.units]
    return found.word, atlas.plane.project(np.stack([start, start + moved]))


def modifier(model: Model, atlas: Atlas | None, choice: Choice, count: int, found: WordEffect | str) -> dict:
    """What a word does to the next ones on `count` states, as bars; a sentence where it cannot be tried."""
    panel = {"id": "modifier", "title": f"What {sentences.quoted(choice.word)} does to the next word"}
    if isinstance(found, str):
        return panel | {"kind": "text", "sentence": found}
    said = sentences.modified(
        model.label, found.word, float(found.logit.mean()), found.then, f"{count:,} {choice.start}"
    )
    if atlas is not None:
        moved = found.mean[: model.network.units]
        share = float(np.linalg.norm(atlas.plane.direction(moved)) / max(np.linalg.norm(moved), 1e-12))
        said += (
            " Its arrow in the plane above starts at the mean of these states and shows "
            f"{100 * share:.0f} % of the length of the mean move."
        )
    return panel | {
        "kind": "plot",
        "alt": f"Two bars for each of {len(found.then)} next words, in log-odds, up for positive and down for "
        f"negative. {said}",
        "sentence": said,
        "figure": figures.modifier(found.word, found.then),
        "table": {
            "columns": ["Next word", "By itself", f"After {sentences.quoted(found.word)}", "Difference"],
            "rows": [[word, f"{a:+.4f}", f"{b:+.4f}", f"{b - a:+.4f}"] for word, (a, b) in found.then.items()],
        },
    }


def full_path(model: Model, one: Trace) -> np.ndarray:
    """The full states of a phrase, after each of its words, (T, S)."""
    return np.concatenate([one.activations[part] for part in model.network.start(model.vectors[0])], 1)
