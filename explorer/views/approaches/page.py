"""Average or concatenate: why neither will do, and what a recurrent network does instead, on one phrase and on real texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis import approaches
from explorer.analysis.approach_findings import COMMAND, Findings, load_findings
from explorer.analysis.approaches import AMONG
from explorer.board import events
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.core.tracing import Trace, trace
from explorer.networks.registry import AVERAGE, CONCATENATION, labels, names, network
from explorer.reading.reading import Reading
from explorer.views.approaches import figures, sentences
from explorer.views.shared import phrase, visit
from explorer.views.shared.settings import MOST_WORDS, ORDER, PLACE, SIZE, SIZES, WORDS

PAGE = BOARD = "approaches"
MOVED = 40  # words of a phrase that are put elsewhere
TOLD = 60  # letters of a text in the table of both orders
STEP_WORDS = 5  # words between two points of the curves of parameters


@dataclass(frozen=True)
class Choice:
    """What the visitor chose: words and numbers a word of the what-if, the phrase's place, which shuffled order."""

    words: int
    size: int
    place: int
    order: int


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("Why not average, why not concatenate?")
    st.markdown(
        "Two answers come before a recurrent network. **Averaging** judges each word alone and loses the order. "
        "**Concatenating** feeds all words at once: the order is there, but the first layer is huge, the length is fixed, "
        "and what is learnt of a word in one place is not known in another. Try both on your phrase. The time cursor tells the "
        "average so far."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types."""
    text, lane = phrase.controls(PAGE)
    take(st.session_state.get(BOARD, {}).get("asked"))  # known before the board is drawn, so one run asks and answers
    if st.button("Shuffle again", help="Put the words of the phrase in another order"):
        with visit.undoable(PAGE):
            visit.put(PAGE, ORDER, (visit.value(PAGE, ORDER) + 1) % 1_000_000)
    choice = Choice(*(visit.value(PAGE, setting) for setting in (WORDS, SIZE, PLACE, ORDER)))
    models = phrase.usable(lambda: {name: load(name) for name in names()})
    if models is None:
        return
    reading = phrase.read(text, models[lane].vocabulary)
    data = phrase.blank(text) if reading is None else show(models, lane, reading, choice)
    stage.mount(data | visit.address(PAGE), key=BOARD, module="inside")


def take(asked: object) -> None:
    """Take over what sliders on the board were moved to; it comes from a browser, so it can be anything."""
    moved = events.sliders(asked)
    for setting in (WORDS, SIZE, PLACE):
        value = setting.parse(str(moved.get(setting.name, "")))
        if value is not None:
            visit.put(PAGE, setting, value)


# ------------------------------------------------------------------------------------------- what the board is to show


def show(models: dict[str, Model], lane: str, reading: Reading, choice: Choice) -> dict:
    """Everything that the board draws for a phrase that has words."""
    tokens = reading.tokens
    order = approaches.shuffled(reading, choice.order)
    other = None if order.tokens == tokens else order
    average, recurrent = (both(models[name], reading, other) for name in (AVERAGE, lane))
    data = phrase.base(average[0])
    if average[1] is not None:
        data["phrases"] = [phrase.row(average[0], "A"), phrase.row(average[1], "B")]
    label = network(lane).label
    found = findings(list(models.values()))
    return data | {
        "summary": sentences.story(average, recurrent, label),
        "panels": [
            averaged(*average),
            orders(average, recurrent, label),
            *what_if(models, lane, choice),
            slots(models[CONCATENATION], tokens, label),
            elsewhere(models, tokens, choice.place),
            *measured(found, len(AMONG)),
            lengths(models[CONCATENATION], len(tokens)),
            *accuracies(found),
        ],
    }


def both(model: Model, reading: Reading, other: Reading | None) -> tuple[Trace, Trace | None]:
    """A lane on the text, and on its words in another order if there is one."""
    return trace(model, reading), None if other is None else trace(model, other)


def findings(models: list[Model]) -> Findings | None:
    """What was measured on real texts; None where it was not measured for these weights."""
    try:
        return load_findings(models, checkpoints.FOLDER)
    except WeightsError:
        return None


def missing(name: str, title: str, what: str) -> dict:
    """What stands in the place of a chart of what was not measured for these weights."""
    said = f"{what} was not measured for these weights yet. The command: {COMMAND}"
    return {"kind": "text", "id": name, "title": title, "sentence": said}


# ----------------------------------------------------------------------------------------------------- the average


def averaged(typed: Trace, other: Trace | None) -> dict:
    """Each word's own probability and the average as it grows, of both orders."""
    said = sentences.average(typed, other, len(typed) < figures.CROWDED)
    twice = ", for the text and for its words shuffled" if other else ""
    return {
        "kind": "chart",
        "id": "average",
        "title": "Per-word average: each word alone, and the average as it grows",
        "alt": f"Bars of each word's own P(positive) and a line of their average so far{twice}. {said}",
        "sentence": said,
        "figure": figures.averages(typed, other),
    }


def orders(average: tuple[Trace, Trace | None], recurrent: tuple[Trace, Trace | None], label: str) -> dict:
    """Both orders with all digits of what the average and the recurrent lane say."""
    pairs = [
        (name, one, two) for name, one, two in zip(("A, as typed", "B, shuffled"), average, recurrent) if one and two
    ]
    sums = [approaches.in_units(one.activations["probability"]) for _, one, _ in pairs]
    (_, typed, _), (_, other, _) = pairs[0], pairs[-1]
    return {
        "kind": "table",
        "id": "orders",
        "title": "The same number, to the last digit",
        "sentence": sentences.same(sums[0], sums[-1], len(typed), typed.probability, other.probability),
        "table": {
            "columns": [
                "Order",
                "Per-word average, all digits",
                "Its sum in units of 2⁻²⁴",
                f"{label}, all digits",
                "Words",
            ],
            "rows": [
                [
                    name,
                    repr(one.probability),
                    f"{total:,} / {len(one):,}",
                    repr(two.probability),
                    shortened(one.reading.joined),
                ]
                for (name, one, two), total in zip(pairs, sums)
            ],
        },
    }


def shortened(text: str) -> str:
    """A text as a cell of a table takes it; all of it is in the strip of words."""
    return text if len(text) <= TOLD else text[: TOLD - 1] + "…"


# -------------------------------------------------------------------------------------------------- the parameters


def what_if(models: dict[str, Model], lane: str, choice: Choice) -> list[dict]:
    """The parameters at other numbers of words and numbers a word, and the matrices of the first layers to scale."""
    shipped = {name: model.network.config for name, model in models.items()}
    configs = {name: approaches.supposed(name, config, choice.words, choice.size) for name, config in shipped.items()}
    return [counts(shipped, configs, lane, choice), layers(configs, lane)]


def counts(shipped: dict[str, dict], configs: dict[str, dict], lane: str, choice: Choice) -> dict:
    """Parameters of all lanes by number of words, and sliders to move both numbers."""
    lengths = [1, *range(STEP_WORDS, MOST_WORDS + 1, STEP_WORDS)]
    curves = {
        name: (
            network(name).label,
            [approaches.parameters(name, approaches.supposed(name, config, n, choice.size)) for n in lengths],
        )
        for name, config in shipped.items()
    }
    now = {name: approaches.parameters(name, config) for name, config in configs.items()}
    overtaken = approaches.overtaken(shipped, lane, choice.size)
    said = sentences.counts(configs, now, lane, network(lane).label, overtaken, shipped)
    return {
        "kind": "sliders",
        "id": "counts",
        "title": "Concatenation: how many parameters",
        "sentence": said,
        "alt": f"A line a model: parameters by number of words, on a logarithmic scale; only the concatenation's rises. {said}",
        "figure": figures.counts(curves, lengths),
        "sliders": [
            {"name": "words", "label": "Words at once", "min": 1, "max": MOST_WORDS, "value": choice.words},
            {"name": "size", "label": "Numbers a word", "min": SIZES[0], "max": SIZES[1], "value": choice.size},
        ],
        "table": {
            "columns": ["Words", *(label for label, _ in curves.values())],
            "rows": [[str(n), *(f"{values[i]:,}" for _, values in curves.values())] for i, n in enumerate(lengths)],
        },
    }


def layers(configs: dict[str, dict], lane: str) -> dict:
    """The first layer of the concatenation beside W and U of the recurrent lane, to scale."""
    config, cell, label = configs[CONCATENATION], configs[lane], network(lane).label
    tall = network(lane).first_layer(cell) // cell["inputs"]
    said = sentences.layers(configs, lane, label)
    sizes = {
        "concatenation, first layer": (config["length"] * config["inputs"], config["units"]),
        "concatenation, one block of it": (config["inputs"], config["units"]),
        f"{label}, W": (cell["inputs"], tall),
        f"{label}, U": (cell["units"], tall),
    }
    return {
        "kind": "layers",
        "id": "layers",
        "title": "The first layers, drawn to scale",
        "sentence": said,
        "alt": f"Rectangles to scale. {said}",
        "blocks": config["length"],
        "size": config["inputs"],
        "units": config["units"],
        "recurrent": {"label": label, "tall": tall, "units": cell["units"]},
        "table": {
            "columns": ["Matrix", "Wide", "High", "Weights"],
            "rows": [[name, f"{wide:,}", f"{high:,}", f"{wide * high:,}"] for name, (wide, high) in sizes.items()],
        },
    }


def slots(model: Model, tokens: tuple[str, ...], label: str) -> dict:
    """The text in the slots of the shipped concatenation: filled, padded, clipped."""
    length = model.network.config["length"]
    found = approaches.slots(tokens, length)
    rows = [[f"slot {i}", token] for i, token in enumerate(found.filled, 1)]
    rows += [[f"slot {i}", "(padding)"] for i in range(len(found.filled) + 1, length + 1)]
    rows += [["lost", token] for token in found.lost]
    return {
        "kind": "slots",
        "id": "slots",
        "title": f"Your text in the {length} slots of the concatenation",
        "sentence": sentences.filled(found, label),
        "slots": length,
        "tokens": list(tokens),
        "table": {"columns": ["Place", "Word"], "rows": rows},
    }


# ---------------------------------------------------------------------------------------------- the same phrase elsewhere


def elsewhere(models: dict[str, Model], tokens: tuple[str, ...], place: int) -> dict:
    """The phrase at every place among neutral words, read by all lanes."""
    some = tokens[:MOVED]
    found = {name: (network(name).label, everywhere(model, some)) for name, model in models.items()}
    length = models[CONCATENATION].network.config["length"]
    cut = len(tokens) if len(tokens) > MOVED else None
    said = sentences.elsewhere(found, cut, length, len(some))
    places = range(len(AMONG) + 1)
    return {
        "kind": "sliders",
        "id": "elsewhere",
        "title": "The same phrase elsewhere",
        "sentence": f"{said} The {len(AMONG)} neutral words are always the same, “{' '.join(AMONG)}”: those that are not "
        "before the phrase are behind it.",
        "alt": f"A line a model: P(positive) by the number of neutral words before the phrase. {said}",
        "figure": figures.elsewhere(found),
        "sliders": [{"name": "place", "label": "Neutral words before it", "min": 0, "max": len(AMONG), "value": place}],
        "readings": [sentences.place(some, AMONG, k, found) for k in places],
        "table": {
            "columns": ["Words before", *(label for label, _ in found.values())],
            "rows": [[str(k), *(f"{belief[k]:.4f}" for _, belief in found.values())] for k in places],
        },
    }


@lru_cache(maxsize=64)
def everywhere(model: Model, tokens: tuple[str, ...]) -> np.ndarray:
    """A lane's belief of a phrase at each place, (K+1,); kept, since sliders and shuffles do not change it."""
    return approaches.elsewhere(model, [tokens])[0]


def measured(found: Findings | None, places: int) -> list[dict]:
    """The same over many phrases: how far beliefs move, and what that is beside what the phrases say."""
    titles = {"moved": "The same for many phrases: how far the belief moves", "shares": "The place against the phrase"}
    if found is None:
        return [missing("moved", titles["moved"], "How beliefs move with the place of a phrase")]
    moves = {lane: (network(lane).label, moves) for lane, moves in found.moves.items()}
    said = sentences.moved(moves, found.phrases)
    shared = sentences.shares(moves, found.shares)
    return [
        {
            "kind": "plot",
            "id": "moved",
            "title": titles["moved"],
            "sentence": f"{said} Bars are one standard error. The phrases have up to four words and come from the dev trees of "
            "the Stanford Sentiment Treebank.",
            "alt": f"A line a model: mean distance of the belief from that at place 0, by place. {said}",
            "figure": figures.moved(moves),
            "table": {
                "columns": ["Words before", *with_errors(label for label, _ in moves.values())],
                "rows": [
                    [str(k), *(f"{side[k]:.4f}" for _, one in moves.values() for side in (one.moved, one.error))]
                    for k in range(places + 1)
                ],
            },
        },
        {
            "kind": "plot",
            "id": "shares",
            "title": titles["shares"],
            "sentence": shared,
            "alt": f"Two bars for each of {len(moves)} models, in percent. {shared}",
            "figure": figures.shares(moves),
            "table": {
                "columns": ["Model", "Variance that the place makes", "Phrases on either side", "Deviation over places, mean",
                            "its deviation over phrases", "Deviation over phrases", "Variance, among other words"],
                "rows": [
                    [label, *(f"{value:.4f}" for value in (one.share, one.sides, one.spread, one.spread_sd, one.between))]
                    + [", ".join(f"{share:.4f}" for share in found.shares[lane])]
                    for lane, (label, one) in moves.items()
                ],
            },
        },
    ]  # fmt: skip


def with_errors(labels: Iterable[str]) -> list[str]:
    """Columns of a table: of each lane a value and its standard error."""
    return [f"{label}{side}" for label in labels for side in ("", ", standard error")]


# ------------------------------------------------------------------------------------------------------- any length


def lengths(model: Model, own: int) -> dict:
    """What each approach does with reviews of 1 to 1,000 words."""
    length = model.network.config["length"]
    said = sentences.lengths(length, own)
    asked = sorted({1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1_000, own})
    return {
        "kind": "plot",
        "id": "lengths",
        "title": "Reviews of 1 to 1,000 words: what each approach does",
        "sentence": said,
        "alt": f"Lines by length of a review: the share of its words that is read, and of the slots that stay padding. {said}",
        "figure": figures.lengths(length, own),
        "table": {
            "columns": [
                "Words",
                "Average: weight of a word",
                "Concatenation: read",
                "padding",
                "lost",
                "Recurrent models: steps",
            ],
            "rows": [
                [f"{n:,}", f"1/{n:,}", str(min(n, length)), str(max(0, length - n)), str(max(0, n - length)), f"{n:,}"]
                for n in asked
            ],
        },
    }


def accuracies(found: Findings | None) -> list[dict]:
    """How often each lane is right on real texts of each length."""
    if found is None:
        return [
            missing(
                "accuracy-0", "Right by length, on real texts", "How often each model is right on texts of each length"
            )
        ]
    panels = []
    for i, (name, bins) in enumerate(found.lengths.items()):
        measured = {lane: label for lane, label in labels().items() if lane in bins[0].right}
        said = sentences.accuracy(bins, measured, name)
        panels.append({
            "kind": "plot",
            "id": f"accuracy-{i}",
            "title": f"Right by length: {name}",
            "sentence": f"{said} In brackets below each length: how many texts. No model was trained on them. Lengths count "
            "words and signs.",
            "alt": f"A line a model with standard errors: percent right by length of the text. {said}",
            "figure": figures.accuracy(bins, measured),
            "table": {
                "columns": ["Words", "Texts", *with_errors(measured.values())],
                "rows": [
                    [one.name, f"{one.count:,}", *(f"{100 * of[lane]:.1f} %" for lane in measured for of in (one.right, one.error))]
                    for one in bins
                ],
            },
        })  # fmt: skip
    return panels
