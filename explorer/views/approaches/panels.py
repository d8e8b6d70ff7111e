"""What the board of Average or concatenate shows of a phrase: the average, the parameters, places, lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from explorer.analysis import approaches
from explorer.analysis.approaches import AMONG
from explorer.board.payloads import (
    ChartPanel,
    LayersPanel,
    Panel,
    PanelContent,
    PlotPanel,
    SlidersPanel,
    SlotsPanel,
    TablePanel,
)
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace, trace
from explorer.networks.registry import AVERAGE, CONCATENATION, network
from explorer.reading.reading import Reading
from explorer.views.approaches import figures, sentences
from explorer.views.approaches.measurements import accuracies, findings, over_phrases
from explorer.views.shared import phrase
from explorer.views.shared.settings import MOST_WORDS, SIZES
from explorer.views.shared.wording import shortened

Configs: TypeAlias = Mapping[str, Mapping[str, int]]  # of the networks by name
Orders: TypeAlias = tuple[Trace, Trace | None]  # as typed, and shuffled if there is another order

MOVED = 40  # words of a phrase that are put elsewhere
LETTERS = 60  # of a text in the table of both orders; all of it is in the strip of words
STEP_WORDS = 5  # words between two points of the curves of parameters


@dataclass(frozen=True)
class Choice:
    """What the visitor chose: words and numbers a word of the what-if, the phrase's place, which shuffled order."""

    words: int
    size: int
    place: int
    order: int


def content(models: Mapping[str, Model], name: str, reading: Reading, choice: Choice) -> PanelContent:
    """Everything that the board draws for a phrase that has words; `name`: of the recurrent model."""
    tokens, label = reading.tokens, network(name).label
    shuffled = approaches.shuffled(reading, choice.order)
    readings = reading, None if shuffled.tokens == tokens else shuffled
    average, recurrent = both(models[AVERAGE], *readings), both(models[name], *readings)
    measurements = findings(list(models.values()))
    shown = phrase.base(average[0])
    if average[1] is not None:
        shown["phrases"] = [phrase.row(average[0], "A"), phrase.row(average[1], "B")]
    shown["summary"] = sentences.story(average, recurrent, label)
    shown["panels"] = [
        averaged(*average),
        orders(average, recurrent, label),
        *what_if(models, name, choice),
        slots(models[CONCATENATION], tokens, label),
        elsewhere(models, tokens, choice.place),
        *over_phrases(measurements),
        lengths(models[CONCATENATION], len(tokens)),
        *accuracies(measurements),
    ]
    return shown


def both(model: Model, typed: Reading, shuffled: Reading | None) -> Orders:
    """A model on the text, and on its words in another order if there is one."""
    return trace(model, typed), None if shuffled is None else trace(model, shuffled)


# ----------------------------------------------------------------------------------------------------- the average


def averaged(typed: Trace, shuffled: Trace | None) -> ChartPanel:
    """Each word's own probability and the average as it grows, of both orders."""
    sentence = sentences.average(typed, shuffled, len(typed) < figures.CROWDED)
    twice = ", for the text and for its words shuffled" if shuffled else ""
    return {
        "kind": "chart",
        "id": "average",
        "title": "Per-word average: each word alone, and the average as it grows",
        "alt": f"Bars of each word's own P(positive) and a line of their average so far{twice}. {sentence}",
        "sentence": sentence,
        "figure": figures.averages(typed, shuffled),
    }


def orders(average: Orders, recurrent: Orders, label: str) -> TablePanel:
    """Both orders with all digits of what the average and the recurrent model say."""
    names = ("A, as typed", "B, shuffled")
    pairs = [
        (name, mean, state)
        for name, mean, state in zip(names, average, recurrent, strict=True)
        if mean is not None and state is not None
    ]
    sums = [approaches.in_units(mean.activations["probability"]) for _, mean, _ in pairs]
    beliefs = pairs[0][1].probability, pairs[-1][1].probability
    columns = ["Order", "Per-word average, all digits", "Its sum in units of 2⁻²⁴", f"{label}, all digits", "Words"]
    return {
        "kind": "table",
        "id": "orders",
        "title": "The same number, to the last digit",
        "sentence": sentences.same((sums[0], sums[-1]), len(average[0]), beliefs),
        "table": {
            "columns": columns,
            "rows": [
                [
                    name,
                    repr(mean.probability),
                    f"{total:,} / {len(mean):,}",
                    repr(state.probability),
                    shortened(mean.reading.joined, LETTERS),
                ]
                for (name, mean, state), total in zip(pairs, sums, strict=True)
            ],
        },
    }


# -------------------------------------------------------------------------------------------------- the parameters


def what_if(models: Mapping[str, Model], name: str, choice: Choice) -> list[Panel]:
    """The parameters at other numbers of words and numbers a word, and the matrices of the first layers to scale."""
    shipped = {each: model.network.config for each, model in models.items()}
    configs = {each: approaches.supposed(each, config, choice.words, choice.size) for each, config in shipped.items()}
    return [counts(shipped, configs, name, choice), layers(configs, name)]


def counts(shipped: Configs, configs: Configs, name: str, choice: Choice) -> SlidersPanel:
    """Parameters of all models by number of words, and sliders to move both numbers."""
    lengths = [1, *range(STEP_WORDS, MOST_WORDS + 1, STEP_WORDS)]
    curves = {
        each: (
            network(each).label,
            [approaches.parameters(each, approaches.supposed(each, config, n, choice.size)) for n in lengths],
        )
        for each, config in shipped.items()
    }
    now = {each: approaches.parameters(each, config) for each, config in configs.items()}
    overtaken = approaches.overtaken(shipped, name, choice.size)
    sentence = sentences.counts(configs, now, name, network(name).label, overtaken, shipped)
    return {
        "kind": "sliders",
        "id": "counts",
        "title": "Concatenation: how many parameters",
        "sentence": sentence,
        "alt": "A line a model: parameters by number of words, on a logarithmic scale; only the concatenation's rises. "
        f"{sentence}",
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


def layers(configs: Configs, name: str) -> LayersPanel:
    """The first layer of the concatenation beside W and U of the recurrent model, to scale."""
    config, cell, label = configs[CONCATENATION], configs[name], network(name).label
    tall = network(name).first_layer(cell) // cell["inputs"]
    sentence = sentences.layers(configs, name, label)
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
        "sentence": sentence,
        "alt": f"Rectangles to scale. {sentence}",
        "blocks": config["length"],
        "size": config["inputs"],
        "units": config["units"],
        "recurrent": {"label": label, "tall": tall, "units": cell["units"]},
        "table": {
            "columns": ["Matrix", "Wide", "High", "Weights"],
            "rows": [[matrix, f"{wide:,}", f"{high:,}", f"{wide * high:,}"] for matrix, (wide, high) in sizes.items()],
        },
    }


def slots(model: Model, tokens: tuple[str, ...], label: str) -> SlotsPanel:
    """The text in the slots of the shipped concatenation: filled, padded, clipped."""
    length = model.network.config["length"]
    text = approaches.slots(tokens, length)
    filled = [(f"slot {i}", token) for i, token in enumerate(text.filled, 1)]
    padding = [(f"slot {i}", "(padding)") for i in range(len(text.filled) + 1, length + 1)]
    lost = [("lost", token) for token in text.lost]
    return {
        "kind": "slots",
        "id": "slots",
        "title": f"Your text in the {length} slots of the concatenation",
        "sentence": sentences.filled(text, label),
        "slots": length,
        "tokens": list(tokens),
        "table": {"columns": ["Place", "Word"], "rows": [[*row] for row in (*filled, *padding, *lost)]},
    }


# ------------------------------------------------------------------------------------------ the same phrase elsewhere


def elsewhere(models: Mapping[str, Model], tokens: tuple[str, ...], place: int) -> SlidersPanel:
    """The phrase at every place among neutral words, read by all models."""
    moved = tokens[:MOVED]
    beliefs = {name: (network(name).label, everywhere(model, moved)) for name, model in models.items()}
    length = models[CONCATENATION].network.config["length"]
    cut = len(tokens) if len(tokens) > MOVED else None
    sentence = sentences.elsewhere(beliefs, cut, length, len(moved))
    places = range(len(AMONG) + 1)
    return {
        "kind": "sliders",
        "id": "elsewhere",
        "title": "The same phrase elsewhere",
        "sentence": f"{sentence} The {len(AMONG)} neutral words are always the same, “{' '.join(AMONG)}”: those that "
        "are not before the phrase are behind it.",
        "alt": f"A line a model: P(positive) by the number of neutral words before the phrase. {sentence}",
        "figure": figures.elsewhere(beliefs),
        "sliders": [{"name": "place", "label": "Neutral words before it", "min": 0, "max": len(AMONG), "value": place}],
        "readings": [sentences.place(moved, AMONG, k, beliefs) for k in places],
        "table": {
            "columns": ["Words before", *(label for label, _ in beliefs.values())],
            "rows": [[str(k), *(f"{belief[k]:.4f}" for _, belief in beliefs.values())] for k in places],
        },
    }


@lru_cache(maxsize=64)
def everywhere(model: Model, tokens: tuple[str, ...]) -> np.ndarray:
    """A model's belief of a phrase at each place, (K+1,); kept, since sliders and shuffles do not change it."""
    belief: np.ndarray = approaches.elsewhere(model, [tokens])[0]
    return belief


# ------------------------------------------------------------------------------------------------------- any length


def lengths(model: Model, own: int) -> PlotPanel:
    """What each approach does with reviews of 1 to 1,000 words."""
    length = model.network.config["length"]
    sentence = sentences.lengths(length, own)
    counts = sorted({1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1_000, own})
    return {
        "kind": "plot",
        "id": "lengths",
        "title": "Reviews of 1 to 1,000 words: what each approach does",
        "sentence": sentence,
        "alt": "Lines by length of a review: the share of its words that is read, and of the slots that stay padding. "
        f"{sentence}",
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
                for n in counts
            ],
        },
    }
