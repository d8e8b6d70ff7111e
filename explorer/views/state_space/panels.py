"""The panels of State space: the plane with the paths of phrases, the slow points, what a word does to the state."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from explorer.analysis.backpropagation import recurrent
from explorer.analysis.state_atlas import COMMAND, Atlas
from explorer.analysis.state_space import Readout, WordEffect, line, readout, word_effects
from explorer.board.payloads import Cell, Panel, PanelContent, PlanePanel, PlotPanel, TablePanel, TextPanel
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.reading.tokenizer import is_word, tokenize
from explorer.views.shared import phrase
from explorer.views.shared.kept import trace
from explorer.views.shared.settings import MODIFIERS, TRIED_ON
from explorer.views.shared.wording import percent, quoted, shortened
from explorer.views.state_space import figures, sentences

THEN = ("good", "bad", "great", "boring")
PATH, RESTING = TRIED_ON
FEWEST = 5  # slow points from which their shape is spoken of: three are nearly always near a line
HIDDEN, FIRST = "none", "mean"  # the slow points are not drawn; the input whose points are then in the table
LONGEST = 14  # letters of a word beside a path


class Choice(NamedTuple):
    """What the visitor chose.

    `other`: the second phrase; `given`: the slow points' input, HIDDEN for none; `word`: the modifier; `start`: on what
    it is tried.
    """

    other: str
    given: str
    word: str
    start: str

    @property
    def known(self) -> str:
        """The input whose slow points are spoken of, drawn or not."""
        return FIRST if self.given == HIDDEN else self.given


# ------------------------------------------------------------------------------------------------------------ the plane


def path_board(model: Model, atlas: Atlas | None, path: Trace, choice: Choice) -> PanelContent:
    """The plane with the path of the phrase, and of the second one; how to read it; the numbers behind it."""
    shown = phrase.base(path)
    shown["reading"] = "below"
    second = phrase.read(choice.other, model.vocabulary)
    paths = {"a": path}
    if second is not None:
        other = trace(model, second)
        paths = {"a": path, "b": other}
        shown["phrases"] = [phrase.row(path, "A"), phrase.row(other, "B")]
        shown["steps"] = max(len(path), len(other))
        shown["notes"] += [_("Second phrase. {note}").format(note=note) for note in phrase.notes(other.reading)]
    elif choice.other.strip():
        shown["notes"].append(_("There are no words in the second phrase, so it is not drawn."))
    shown["summary"] = sentences.story(model.label, paths)
    shown["panels"] = [missing(model)] if atlas is None else plane_panels(model, atlas, paths, choice)
    return shown


def missing(model: Model) -> TextPanel:
    """What stands in the place of the plane where there is no atlas of these weights."""
    reason = _(
        "The states of the {model} on real reviews were not computed for these weights yet. The command: {command}"
    ).format(model=model.label, command=COMMAND)
    return {"kind": "text", "id": "plane", "title": _("The plane of the states"), "sentence": reason}


def plane_panels(model: Model, atlas: Atlas, paths: dict[str, Trace], choice: Choice) -> list[Panel]:
    """The plane and what is folded below it."""
    seen = readout(model, atlas.plane)
    points = {look: atlas.plane.project(path.activations["hidden"]) for look, path in paths.items()}
    return [
        plane(model, atlas, paths, points, choice.given),
        *plane_guides(model, atlas, seen),
        path_table(paths, points),
        *resting(model, atlas, choice.known),
    ]


def named(paths: dict[str, Trace]) -> dict[str, str]:
    """What each phrase is called, by look."""
    return {"a": _("phrase A"), "b": _("phrase B")} if len(paths) > 1 else {"a": _("the phrase")}


def plane(model: Model, atlas: Atlas, paths: dict[str, Trace], points: dict[str, np.ndarray], given: str) -> PlanePanel:
    """The plane with the path of each phrase, (T, 2) by look."""
    names, seen = named(paths), readout(model, atlas.plane)
    slow = None if given == HIDDEN else atlas.slow[given]
    drawn = {look: (names[look], path, points[look]) for look, path in paths.items()}
    sideways = sentences.sideways(pushes(model, atlas, quiet(model, atlas, paths["a"]), ("not",)))
    return {
        "kind": "plane",
        "id": "plane",
        "title": _("The path of your phrase"),
        "alt": sentences.alt(
            model.label, atlas, slow, {names[look]: (path, points[look]) for look, path in paths.items()}
        ),
        "figure": figures.plane(atlas, slow, seen, drawn, model.network.units, sideways),
        "labels": [[beside(token) for token in path.tokens] for path in paths.values()],
        "ends": [ends(path, look.upper() if len(paths) > 1 else "") for look, path in paths.items()],
    }  # fmt: skip


def quiet(model: Model, atlas: Atlas, path: Trace) -> np.ndarray:
    """States of a reader who has nothing to say yet, (N, S): the slow points; where there are none, the phrase's."""
    states = atlas.slow[FIRST].states
    return states if len(states) else full_path(model, path)


def beside(token: str) -> str:
    """A word as it stands beside its point; a sign alone would look like one of the sentence.

    >>> beside("good"), beside(",")
    ('good', '“,”')
    """
    return shortened(token, LONGEST) if is_word(token) else quoted(token, LONGEST)


def ends(path: Trace, letter: str) -> list[str]:
    """What stands at the end of a path while it is there: the phrase's letter, the word, the belief."""
    lettered, alone = _("{letter}: {word} {percent}"), _("{word} {percent}")
    return [
        (lettered if letter else alone).format(letter=letter, word=beside(token), percent=percent(float(belief)))
        for token, belief in zip(path.tokens, path.belief, strict=True)
    ]


def plane_guides(model: Model, atlas: Atlas, seen: Readout) -> list[TextPanel]:
    """How to read the plane."""
    rest = _(
        "While the network reads the same input again and again, its state drifts until it comes to rest. Choose "
        "“Points of rest” to see where. A memory can lie along a whole line of such points: the network then keeps "
        "what it has until the next word that says something."
    )
    return [
        {"kind": "text", "id": "plane-guide", "depth": "explain", "title": _("What the plane is"),
         "sentence": sentences.honest(model.label, atlas, seen)},
        {"kind": "text", "id": "rest-guide", "depth": "explain", "title": _("What a point of rest is"),
         "sentence": rest},
    ]  # fmt: skip


def path_table(paths: dict[str, Trace], points: dict[str, np.ndarray]) -> TablePanel:
    """Where the paths go, in numbers."""
    names = named(paths)
    return {
        "kind": "table",
        "id": "plane-numbers",
        "depth": "measure",
        "title": _("The path in numbers"),
        "table": {
            "columns": [_("phrase"), _("step"), _("word"), _("PC1"), _("PC2"), _("P(positive)")],
            "rows": [row for look, path in paths.items() for row in rows(names[look], path, points[look])],
        },
    }


def rows(name: str, path: Trace, points: np.ndarray) -> list[list[Cell]]:
    """A path, (T, 2), as rows of a table."""
    steps = enumerate(zip(path.tokens, points, path.belief, strict=True), 1)
    return [[name, str(t), token, f"{x:.4f}", f"{y:.4f}", f"{belief:.4f}"] for t, (token, (x, y), belief) in steps]


def resting(model: Model, atlas: Atlas, given: str) -> list[TextPanel | TablePanel]:
    """The slow points in a sentence and, if there are any, as a table."""
    slow = atlas.slow[given]
    along = line(model, slow.hidden(model.network.units)) if len(slow.speed) >= FEWEST else None
    told: TextPanel = {
        "kind": "text",
        "id": "rest",
        "depth": "measure",
        "title": _("Points of rest"),
        "sentence": sentences.resting(slow, along, given, atlas.card["reading_speed"]),
    }
    if not len(slow.speed):
        return [told]
    places = atlas.plane.project(slow.hidden(model.network.units))
    points = zip(slow.speed, places, slow.belief, slow.memory.max(1), slow.stable, strict=True)
    columns = [
        _("Point of rest"), _("Speed q"), _("PC1"), _("PC2"), _("P(positive)"), _("Longest time constant, steps"),
        _("A push dies away"),
    ]  # fmt: skip
    slow_rows = [_slow_row(i, *point) for i, point in enumerate(points, 1)]
    inputs = {"zero": _("Points of rest if no word comes"), "mean": _("Points of rest if the average word comes")}
    return [
        told,
        {
            "kind": "table",
            "id": "slow",
            "depth": "measure",
            "title": inputs[given],
            "table": {"columns": columns, "rows": slow_rows},
        },
    ]


def _slow_row(number: int, speed: float, place: np.ndarray, p: float, steps: float, stable: bool) -> list[Cell]:
    x, y = place
    numbers = [f"{speed:.2g}", f"{x:.4f}", f"{y:.4f}", f"{p:.4f}", sentences.longest(steps)]
    return [str(number), *numbers, _("yes") if stable else _("no")]


# ----------------------------------------------------------------------------------------------------- what a word does


def word_board(model: Model, atlas: Atlas | None, path: Trace, choice: Choice) -> PanelContent:
    """What single words do: arrows in the plane, and what the next word then brings."""
    states = tried(model, atlas, path, choice)
    effect = word_effect(model, choice.word, states)
    shown = phrase.base(path)
    shown["reading"], shown["notes"] = "hidden", []
    if isinstance(effect, str):
        shown["panels"] = [{"kind": "text", "id": "modifier", "title": title(choice.word), "sentence": effect}]
        return shown
    drawn: list[Panel] = [] if atlas is None else [arrows(model, atlas, states, effect)]
    shown["panels"] = [*drawn, modifier(effect, choice.word), *word_numbers(model, atlas, choice, len(states), effect)]
    return shown


def title(word: str) -> str:
    return _("What {word} does to the next word").format(word=quoted(word))


def tried(model: Model, atlas: Atlas | None, path: Trace, choice: Choice) -> np.ndarray:
    """The full states on which the word is tried, (N, S); there may be none."""
    return atlas.slow[choice.known].states if choice.start == RESTING and atlas is not None else full_path(model, path)


def word_effect(model: Model, word: str, states: np.ndarray) -> WordEffect | str:
    """What a word does to full states and to the next words, or a sentence that says why it cannot be tried."""
    if not len(states):
        return _("There are no memories at rest to try it on. Choose the memories of your phrase.")
    tokens = tokenize(word)
    if len(tokens) != 1:
        return _("{count} tokens were typed as another word. Type one word.").format(count=len(tokens))
    try:
        return word_effects(model, tokens[0], states, [known for known in THEN if known in model.vocabulary.index])
    except ValueError:
        return _("{word} has no vector, so no model can read it as a word of its own. Try another word.").format(
            word=quoted(tokens[0])
        )


def pushes(model: Model, atlas: Atlas, states: np.ndarray, tokens: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The mean displacement of full states, (N, S), by each of some words, as it is seen in the plane, (2,)."""
    known = [token for token in tokens if token in model.vocabulary.index]
    return {
        token: atlas.plane.direction(word_effects(model, token, states).mean[: model.network.units]) for token in known
    }


def arrows(model: Model, atlas: Atlas, states: np.ndarray, effect: WordEffect) -> PlotPanel:
    """Where each modifier, and the word that is tried, moves the state in the plane."""
    found = pushes(model, atlas, states, tuple(dict.fromkeys([*MODIFIERS, effect.word])))
    sentence = sentences.moved(model.label, effect.word, found[effect.word])
    alt = _("Arrows from one place, one for each word: left or right is towards negative or positive.")
    return {
        "kind": "plot",
        "id": "arrows",
        "title": _("Where a word moves the memory"),
        "sentence": sentence,
        "alt": f"{alt} {sentence}",
        "figure": figures.arrows(found, effect.word, sentences.sideways(found), readout(model, atlas.plane)),
    }


def modifier(effect: WordEffect, typed: str) -> PlotPanel:
    """What a word does to the next ones; `typed`: the word as it was typed."""
    sentence = sentences.turned(effect.word, effect.then)
    alt = _("A line for each next word: the push that it brings by itself, and after {word}.").format(
        word=quoted(effect.word)
    )
    return {
        "kind": "plot",
        "id": "modifier",
        "title": title(typed),
        "alt": f"{alt} {sentence}",
        "sentence": sentence,
        "figure": figures.modifier(effect.word, effect.then),
    }


def word_numbers(
    model: Model, atlas: Atlas | None, choice: Choice, count: int, effect: WordEffect
) -> list[TextPanel | TablePanel]:
    """How to read what a word does, and the numbers behind it."""
    guide = _(
        "A word moves the memory to another point. The arrow is its mean move from the states that it is tried on. "
        "Then a next word is read, and its push is measured twice: from those states, and from where the word has "
        "moved them. A push is a change of the log-odds."
    )
    states = {PATH: _("{count} states of the phrase"), RESTING: _("{count} points of rest")}
    where = states[choice.start].format(count=f"{count:,}")
    told = [sentences.modified(model.label, effect.word, float(effect.logit.mean()), effect.then, where)]
    if atlas is not None:
        push = effect.mean[: model.network.units]
        length = max(float(np.linalg.norm(push)), 1e-12)
        told.append(sentences.arrow(effect.word, float(np.linalg.norm(atlas.plane.direction(push))) / length))
    columns = [_("Next word"), _("By itself"), _("After {word}").format(word=quoted(effect.word)), _("Difference")]
    table_rows: list[list[Cell]] = [
        [word, f"{a:+.4f}", f"{b:+.4f}", f"{b - a:+.4f}"] for word, (a, b) in effect.then.items()
    ]
    return [
        {"kind": "text", "id": "word-guide", "depth": "explain", "title": _("What is measured"), "sentence": guide},
        {"kind": "text", "id": "word-told", "depth": "measure", "title": _("In log-odds"),
         "sentence": " ".join(told)},
        {
            "kind": "table",
            "id": "modifier-numbers",
            "depth": "measure",
            "title": _("What {word} does, in numbers").format(word=quoted(choice.word)),
            "table": {"columns": columns, "rows": table_rows},
        },
    ]  # fmt: skip


def full_path(model: Model, path: Trace) -> np.ndarray:
    """The full states of a phrase, after each of its words, (T, S)."""
    return np.concatenate([path.activations[part] for part in recurrent(model).start(model.vectors[0])], 1)
