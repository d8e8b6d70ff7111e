"""The panels of State space: the plane with the paths of phrases, the slow points, what a word does to the state."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from explorer.analysis.backpropagation import recurrent
from explorer.analysis.state_atlas import COMMAND, Atlas
from explorer.analysis.state_space import WordEffect, line, readout, word_effects
from explorer.board.payloads import Cell, Panel, PanelContent, PlanePanel, PlotPanel, TablePanel, TextPanel
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace, trace
from explorer.reading.tokenizer import tokenize
from explorer.views.shared import phrase
from explorer.views.shared.settings import SLOW_INPUTS, TRIED_ON
from explorer.views.shared.wording import quoted
from explorer.views.state_space import figures, sentences

THEN = ("good", "bad", "great", "boring")
PATH, RESTING = TRIED_ON
FEWEST = 5  # slow points from which their shape is spoken of: three are nearly always near a line
SLOW_COLUMNS = [
    "Slow point", "Speed q", "PC1", "PC2", "P(positive)", "Longest time constant, steps", "A push dies away",
]  # fmt: skip


class Choice(NamedTuple):
    """What the visitor chose.

    `other`: the second phrase; `given`: the slow points' input; `word`: the modifier; `start`: on what it is tried.
    """

    other: str
    given: str
    word: str
    start: str


def content(model: Model, atlas: Atlas | None, path: Trace, choice: Choice) -> PanelContent:
    """Everything that the board draws for a phrase that has words."""
    shown = phrase.base(path)
    second = phrase.read(choice.other, model.vocabulary)
    paths = {"the phrase": path}
    if second is not None:
        other = trace(model, second)
        paths = {"phrase A": path, "phrase B": other}
        shown["phrases"] = [phrase.row(path, "A"), phrase.row(other, "B")]
        shown["steps"] = max(len(path), len(other))
        shown["notes"] += [f"Second phrase. {note}" for note in phrase.notes(other.reading)]
    elif choice.other.strip():
        shown["notes"].append("There are no words in the second phrase, so it is not drawn.")
    shown["summary"] = sentences.story(model.label, paths)
    shown["panels"] = panels(model, atlas, paths, choice, tried(model, atlas, path, choice))
    return shown


def panels(
    model: Model, atlas: Atlas | None, paths: dict[str, Trace], choice: Choice, states: np.ndarray
) -> list[Panel]:
    """The plane, the slow points in numbers, and what the word does to `states`, (N, S)."""
    effect = word_effect(model, choice.word, states)
    below = modifier(model, atlas, choice, len(states), effect)
    if atlas is None:
        return [missing(model), below]
    pushed = push(model, atlas, states, effect)
    return [plane(model, atlas, paths, choice.given, pushed), *resting(model, atlas, choice.given), below]


def missing(model: Model) -> TextPanel:
    """What stands in the place of the plane where there is no atlas of these weights."""
    reason = (
        f"The states of the {model.label} on real reviews were not computed for these weights yet. The command: "
        f"{COMMAND}"
    )
    return {"kind": "text", "id": "plane", "title": "The plane of the states", "sentence": reason}


def plane(
    model: Model, atlas: Atlas, named: dict[str, Trace], given: str, pushed: tuple[str, np.ndarray] | None = None
) -> PlanePanel:
    """The plane with the path of each phrase; `pushed` as `push` gives it."""
    slow, seen = atlas.slow[given], readout(model, atlas.plane)
    points = {name: atlas.plane.project(path.activations["hidden"]) for name, path in named.items()}
    paths = {look: (name, named[name], points[name]) for look, name in zip("ab", named, strict=False)}  # one or two
    along = line(model, slow.hidden(model.network.units)) if len(slow.speed) >= FEWEST else None
    parts = [
        sentences.honest(model.label, atlas, seen),
        sentences.resting(slow, along, given, atlas.card["reading_speed"]),
    ]
    return {
        "kind": "plane",
        "id": "plane",
        "title": f"The path through the states of the {model.label}",
        "alt": sentences.alt(model.label, atlas, slow, {name: (path, points[name]) for name, path in named.items()}),
        "sentence": " ".join(parts),
        "figure": figures.plane(atlas, slow, seen, paths, model.network.units, pushed),
        "table": {
            "columns": ["phrase", "step", "word", "PC1", "PC2", "belief"],
            "rows": [row for name, path in named.items() for row in rows(name, path, points[name])],
        },
    }


def resting(model: Model, atlas: Atlas, given: str) -> list[TablePanel]:
    """The slow points as a table, if there are any."""
    slow = atlas.slow[given]
    if not len(slow.speed):
        return []
    places = atlas.plane.project(slow.hidden(model.network.units))
    points = zip(slow.speed, places, slow.belief, slow.memory.max(1), slow.stable, strict=True)
    return [
        {
            "kind": "table",
            "id": "slow",
            "title": f"The slow points, input: {SLOW_INPUTS[given]}",
            "table": {"columns": SLOW_COLUMNS, "rows": [_slow_row(i, *point) for i, point in enumerate(points, 1)]},
        }
    ]


def _slow_row(number: int, speed: float, place: np.ndarray, p: float, steps: float, stable: bool) -> list[Cell]:
    x, y = place
    numbers = [f"{speed:.2g}", f"{x:.4f}", f"{y:.4f}", f"{p:.4f}", sentences.longest(steps)]
    return [str(number), *numbers, "yes" if stable else "no"]


def rows(name: str, path: Trace, points: np.ndarray) -> list[list[Cell]]:
    """A path, (T, 2), as rows of a table."""
    steps = enumerate(zip(path.tokens, points, path.belief, strict=True), 1)
    return [[name, str(t), token, f"{x:.4f}", f"{y:.4f}", f"{belief:.4f}"] for t, (token, (x, y), belief) in steps]


# ----------------------------------------------------------------------------------------------------- what a word does


def tried(model: Model, atlas: Atlas | None, path: Trace, choice: Choice) -> np.ndarray:
    """The full states on which the word is tried, (N, S); there may be none."""
    return atlas.slow[choice.given].states if choice.start == RESTING and atlas is not None else full_path(model, path)


def word_effect(model: Model, word: str, states: np.ndarray) -> WordEffect | str:
    """What a word does to full states and to the next words, or a sentence that says why it cannot be tried."""
    if not len(states):
        return "There are no slow points to try it on. Choose the states of the phrase."
    tokens = tokenize(word)
    if len(tokens) != 1:
        return f"{len(tokens)} tokens were typed as another word. Type one word."
    try:
        return word_effects(model, tokens[0], states, [known for known in THEN if known in model.vocabulary.index])
    except ValueError:
        named = quoted(tokens[0])
        return f"{named} has no vector, so no model can read it as a word of its own. Try another word."


def push(model: Model, atlas: Atlas, states: np.ndarray, effect: WordEffect | str) -> tuple[str, np.ndarray] | None:
    """The word and its mean displacement in the plane, from the mean of the states on, (2, 2)."""
    if isinstance(effect, str):
        return None
    start, moved = states.mean(0)[: model.network.units], effect.mean[: model.network.units]
    return effect.word, atlas.plane.project(np.stack([start, start + moved]))


def modifier(
    model: Model, atlas: Atlas | None, choice: Choice, count: int, effect: WordEffect | str
) -> PlotPanel | TextPanel:
    """What a word does to the next ones on `count` states, as bars; a sentence where it cannot be tried."""
    title = f"What {quoted(choice.word)} does to the next word"
    if isinstance(effect, str):
        return {"kind": "text", "id": "modifier", "title": title, "sentence": effect}
    where = f"{count:,} {choice.start}"
    sentence = sentences.modified(model.label, effect.word, float(effect.logit.mean()), effect.then, where)
    if atlas is not None:
        moved = effect.mean[: model.network.units]
        length = max(float(np.linalg.norm(moved)), 1e-12)
        sentence += sentences.arrow(float(np.linalg.norm(atlas.plane.direction(moved))) / length)
    return {
        "kind": "plot",
        "id": "modifier",
        "title": title,
        "alt": f"Two bars for each of {len(effect.then)} next words, in log-odds, up for positive and down for "
        f"negative. {sentence}",
        "sentence": sentence,
        "figure": figures.modifier(effect.word, effect.then),
        "table": {
            "columns": ["Next word", "By itself", f"After {quoted(effect.word)}", "Difference"],
            "rows": [[word, f"{a:+.4f}", f"{b:+.4f}", f"{b - a:+.4f}"] for word, (a, b) in effect.then.items()],
        },
    }


def full_path(model: Model, path: Trace) -> np.ndarray:
    """The full states of a phrase, after each of its words, (T, S)."""
    return np.concatenate([path.activations[part] for part in recurrent(model).start(model.vectors[0])], 1)
