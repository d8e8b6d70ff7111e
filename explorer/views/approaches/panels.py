"""What the board of Average or concatenate shows of the open card: picture, explanation, measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np

from explorer.analysis import approaches
from explorer.analysis.approaches import AMONG
from explorer.board.payloads import (
    ChartPanel,
    LayersDrawing,
    LayersPanel,
    OrderRow,
    OrdersDrawing,
    OrdersPanel,
    Panel,
    PanelContent,
    PlotPanel,
    SlidersPanel,
    SlotsPanel,
    TablePanel,
)
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.networks.registry import AVERAGE, CONCATENATION, network
from explorer.reading.reading import Reading
from explorer.views.approaches import figures, sentences
from explorer.views.approaches.measurements import accuracies, findings, over_phrases
from explorer.views.shared import phrase
from explorer.views.shared.explained import text as explained
from explorer.views.shared.kept import trace
from explorer.views.shared.settings import MOST_WORDS, SIZES
from explorer.views.shared.wording import shortened

Configs: TypeAlias = Mapping[str, Mapping[str, int]]  # of the networks by name
Orders: TypeAlias = tuple[Trace, Trace | None]  # as typed, and shuffled if there is another order

MOVED = 40  # words of a phrase that are put elsewhere
LETTERS = 60  # of a text in the table of both orders; all of it is in the picture
STEP_WORDS = 5  # words between two points of the curves of parameters


@dataclass(frozen=True)
class Choice:
    """What the visitor chose: words and numbers a word of the what-if, the phrase's place, which shuffled order."""

    words: int
    size: int
    place: int
    order: int


@dataclass(frozen=True)
class Question:
    """A phrase that has words, the recurrent model beside the other two, `name`, and what was chosen."""

    models: Mapping[str, Model]
    name: str
    reading: Reading
    choice: Choice

    @property
    def label(self) -> str:
        """The recurrent model's."""
        return network(self.name).label

    @cached_property
    def shipped(self) -> Configs:
        """The configurations of all models as they are."""
        return {name: model.network.config for name, model in self.models.items()}

    @cached_property
    def supposed(self) -> Configs:
        """The configurations of all models in the what-if."""
        words, size = self.choice.words, self.choice.size
        return {name: approaches.supposed(name, config, words, size) for name, config in self.shipped.items()}

    @cached_property
    def parameters(self) -> dict[str, int]:
        """The parameters of all models in the what-if."""
        return {name: approaches.parameters(name, config) for name, config in self.supposed.items()}

    @cached_property
    def shuffled(self) -> Reading | None:
        """The words in another order, if there is one."""
        other = approaches.shuffled(self.reading, self.choice.order)
        return None if other.tokens == self.reading.tokens else other

    def orders(self, name: str) -> Orders:
        """A model on the text, and on its words in another order if there is one."""
        model, other = self.models[name], self.shuffled
        return trace(model, self.reading), None if other is None else trace(model, other)


def content(question: Question, opened: str) -> PanelContent:
    """Everything that the board draws of the open card; nothing is computed for the others."""
    summary, panels = CONTENTS[opened](question)
    notes = phrase.notes(question.reading)
    shown = phrase.base(trace(question.models[AVERAGE], question.reading))
    read = explained("read", _("How to read it"), sentences.READ[opened]())
    return {**shown, "summary": summary, "notes": notes, "bare": True, "panels": [*panels[:1], read, *panels[1:]]}


# ----------------------------------------------------------------------------------------------------- the average


def order_card(question: Question) -> tuple[str, list[Panel]]:
    """The same words in two orders: the picture, the average as it grows, all digits."""
    average, recurrent = question.orders(AVERAGE), question.orders(question.name)
    panels: list[Panel] = [two_orders(question), averaged(*average), digits(average, recurrent, question.label)]
    return same_number(question), panels


def same_number(question: Question) -> str:
    """What the average and the recurrent model say of both orders."""
    return sentences.same_number(question.orders(AVERAGE), question.orders(question.name), question.label)


def both_orders(question: Question) -> OrdersDrawing:
    """Both orders as they are drawn."""
    both = zip(question.orders(AVERAGE), question.orders(question.name), strict=True)
    traces = [(mean, state) for mean, state in both if mean is not None and state is not None]
    return {
        "alt": _("Bars of each word's own P(positive), the same in both orders. {sentence}").format(
            sentence=same_number(question)
        ),
        "rows": [order_row(i, mean, state, len(traces)) for i, (mean, state) in enumerate(traces)],
        "label": question.label,
    }


def order_row(i: int, mean: Trace, state: Trace, count: int) -> OrderRow:
    """The words in one order."""
    return {
        "letter": ("A" if i == 0 else "B") if count > 1 else "",
        "tokens": list(mean.tokens),
        "unknown": list(mean.reading.unknown),
        "alone": rounded(mean.activations["probability"]),
        "average": rounded(mean.belief),
        "recurrent": rounded(state.belief),
    }


def rounded(values: Iterable[float]) -> list[float]:
    """Numbers as they are drawn."""
    return [round(float(value), 4) for value in values]


def two_orders(question: Question) -> OrdersPanel:
    """Both orders with the numbers of each word behind them."""
    drawing = both_orders(question)
    columns = [_("Order"), _("Word"), _("This word alone"), _("Average so far"), question.label]
    return {
        "alt": drawing["alt"],
        "rows": drawing["rows"],
        "label": drawing["label"],
        "kind": "orders",
        "id": "two-orders",
        "title": _("Your words in two orders") if len(drawing["rows"]) > 1 else _("Your words"),
        "table": {
            "columns": columns,
            "rows": [
                [row["letter"] or "–", token, *(f"{number:.4f}" for number in numbers)]
                for row in drawing["rows"]
                for token, *numbers in zip(row["tokens"], row["alone"], row["average"], row["recurrent"], strict=True)
            ],
        },
    }


def averaged(typed: Trace, shuffled: Trace | None) -> ChartPanel:
    """Each word's own probability and the average as it grows, of both orders."""
    sentence = sentences.average(typed, shuffled, len(typed) < figures.CROWDED)
    return {
        "kind": "chart",
        "id": "average",
        "depth": "explain",
        "title": _("Each word alone, and the average as it grows"),
        "alt": _("Bars of each word's own P(positive) and a line of their average so far. {sentence}").format(
            sentence=sentence
        ),
        "sentence": sentence,
        "figure": figures.averages(typed, shuffled),
    }


def digits(average: Orders, recurrent: Orders, label: str) -> TablePanel:
    """Both orders with all digits of what the average and the recurrent model say."""
    names = (_("A, as typed"), _("B, shuffled"))
    pairs = [
        (name, mean, state)
        for name, mean, state in zip(names, average, recurrent, strict=True)
        if mean is not None and state is not None
    ]
    sums = [approaches.in_units(mean.activations["probability"]) for _name, mean, _state in pairs]
    beliefs = pairs[0][1].probability, pairs[-1][1].probability
    columns = [
        _("Order"), _("Average of words, all digits"), _("Its sum in units of 2⁻²⁴"),
        _("{model}, all digits").format(model=label), _("Words"),
    ]  # fmt: skip
    return {
        "kind": "table",
        "id": "orders",
        "depth": "measure",
        "title": _("The same number, to the last digit"),
        "sentences": [sentences.same((sums[0], sums[-1]), len(average[0]), beliefs)],
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


def weights_card(question: Question) -> tuple[str, list[Panel]]:
    """The first layers to scale under their sliders, and the parameters by number of words."""
    return needed(question), [layers(question), counts(question)]


def needed(question: Question) -> str:
    """How many parameters the what-if needs."""
    count, choice, own = question.parameters, question.choice, question.shipped[CONCATENATION]
    told = sentences.weights(choice.words, choice.size, count[CONCATENATION], count[question.name], question.label)
    if (choice.words, choice.size) == (own["length"], own["inputs"]):
        return told
    many, few = (question.models[name].weights for name in (CONCATENATION, question.name))
    return f"{told} {sentences.own(own['length'], own['inputs'], many, few)}"


def to_scale(question: Question) -> LayersDrawing:
    """The matrices of the first layers as they are drawn."""
    config, cell = question.supposed[CONCATENATION], question.supposed[question.name]
    tall = network(question.name).first_layer(cell) // cell["inputs"]
    return {
        "alt": _("Rectangles to scale. {sentence}").format(
            sentence=sentences.layers(question.supposed, question.name, question.label)
        ),
        "blocks": config["length"],
        "size": config["inputs"],
        "units": config["units"],
        "recurrent": {"label": question.label, "tall": tall, "units": cell["units"]},
        "captions": sentences.captions(question.supposed, question.name, question.label),
    }


def layers(question: Question) -> LayersPanel:
    """The first layer of the concatenation beside W and U of the recurrent model, to scale, with sliders."""
    drawing, choice, label = to_scale(question), question.choice, question.label
    blocks, size, units, tall = (
        drawing["blocks"], drawing["size"], drawing["units"], drawing["recurrent"]["tall"],
    )  # fmt: skip
    own = drawing["recurrent"]["units"]
    sizes = {
        _("concatenation, first layer"): (blocks * size, units),
        _("concatenation, one block of it"): (size, units),
        _("{model}, W").format(model=label): (size, tall),
        _("{model}, U").format(model=label): (own, tall),
    }
    return {
        "alt": drawing["alt"],
        "blocks": blocks,
        "size": size,
        "units": units,
        "recurrent": drawing["recurrent"],
        "captions": drawing["captions"],
        "kind": "layers",
        "id": "layers",
        "title": _("The first layers, drawn to scale"),
        "sliders": [
            {"name": "words", "label": _("Words at once"), "min": 1, "max": MOST_WORDS, "value": choice.words},
            {"name": "size", "label": _("Numbers a word"), "min": SIZES[0], "max": SIZES[1], "value": choice.size},
        ],
        "table": {
            "columns": [_("Matrix"), _("Wide"), _("High"), _("Weights")],
            "rows": [[matrix, f"{wide:,}", f"{high:,}", f"{wide * high:,}"] for matrix, (wide, high) in sizes.items()],
        },
    }


def counts(question: Question) -> PlotPanel:
    """Parameters of all models by number of words, with a mark at the chosen number."""
    lengths = [1, *range(STEP_WORDS, MOST_WORDS + 1, STEP_WORDS)]
    size, shipped, name = question.choice.size, question.shipped, question.name
    curves = {
        each: (
            network(each).label,
            [approaches.parameters(each, approaches.supposed(each, config, n, size)) for n in lengths],
        )
        for each, config in shipped.items()
    }
    overtaken = approaches.overtaken(shipped, name, size)
    sentence = sentences.counts(question.supposed, question.parameters, name, question.label, overtaken, shipped)
    return {
        "kind": "plot",
        "id": "counts",
        "depth": "measure",
        "title": _("Parameters by number of words"),
        "sentence": sentence,
        "alt": _(
            "A line a model: parameters by number of words, on a logarithmic scale; only the concatenation's rises. "
            "{sentence}"
        ).format(sentence=sentence),
        "figure": figures.counts(curves, lengths, question.choice.words),
        "table": {
            "columns": [_("Words"), *(label for label, _counts in curves.values())],
            "rows": [
                [str(n), *(f"{values[i]:,}" for _label, values in curves.values())] for i, n in enumerate(lengths)
            ],
        },
    }


# --------------------------------------------------------------------------------------------------------- the slots


def slots_card(question: Question) -> tuple[str, list[Panel]]:
    """The text in its slots, reviews of any length, and how often the models are right on them."""
    model, tokens = question.models[CONCATENATION], question.reading.tokens
    length = model.network.config["length"]
    return sentences.fill(approaches.slots(tokens, length)), [
        slots(model, tokens, question.label),
        lengths(model, len(tokens)),
        *accuracies(findings(list(question.models.values()))),
    ]


def slots(model: Model, tokens: tuple[str, ...], label: str) -> SlotsPanel:
    """The text in the slots of the shipped concatenation: filled, padded, clipped."""
    length = model.network.config["length"]
    parts = approaches.slots(tokens, length)
    filled = [(_("slot {number}").format(number=i), token) for i, token in enumerate(parts.filled, 1)]
    padding = [(_("slot {number}").format(number=i), _("(padding)")) for i in range(len(parts.filled) + 1, length + 1)]
    lost = [(_("lost"), token) for token in parts.lost]
    return {
        "kind": "slots",
        "id": "slots",
        "title": _("Your text in the {count} slots of the concatenation").format(count=length),
        "sentence": sentences.filled(parts, label),
        "slots": length,
        "tokens": list(tokens),
        "table": {"columns": [_("Place"), _("Word")], "rows": [[*row] for row in (*filled, *padding, *lost)]},
    }


def lengths(model: Model, own: int) -> PlotPanel:
    """What each approach does with reviews of 1 to 1,000 words."""
    length = model.network.config["length"]
    sentence = sentences.lengths(length)
    numbers = sorted({1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1_000, own})
    return {
        "kind": "plot",
        "id": "lengths",
        "depth": "explain",
        "title": _("Reviews of 1 to 1,000 words: what each approach reads"),
        "sentence": f"{sentence} {sentences.own_length(length, own)}",
        "alt": _(
            "Lines by length of a review: the share of its words that is read, and of the slots that stay padding. "
            "{sentence}"
        ).format(sentence=sentence),
        "figure": figures.lengths(length, own),
        "table": {
            "columns": [
                _("Words"), _("Average: weight of a word"), _("Concatenation: read"), _("padding"), _("lost"),
                _("Recurrent models: steps"),
            ],
            "rows": [
                [f"{n:,}", f"1/{n:,}", str(min(n, length)), str(max(0, length - n)), str(max(0, n - length)), f"{n:,}"]
                for n in numbers
            ],
        },
    }  # fmt: skip


# ------------------------------------------------------------------------------------------ the same phrase elsewhere


def places_card(question: Question) -> tuple[str, list[Panel]]:
    """The phrase at every place, and the same for many phrases."""
    beliefs = everywhere(question, question.models)
    return sentences.other_place(beliefs, question.name), [
        elsewhere(question, beliefs),
        explained("far", _("How far each model moves"), how_far(question, beliefs)),
        *over_phrases(findings(list(question.models.values()))),
    ]


def elsewhere(question: Question, beliefs: Mapping[str, tuple[str, np.ndarray]]) -> SlidersPanel:
    """The phrase at every place among neutral words, read by all models."""
    moved = question.reading.tokens[:MOVED]
    sentence = sentences.elsewhere(beliefs)
    places = range(len(AMONG) + 1)
    slider = _("Neutral words before it")
    return {
        "kind": "sliders",
        "id": "elsewhere",
        "title": _("The same phrase elsewhere"),
        "alt": _("A line a model: P(positive) by the number of neutral words before the phrase. {sentence}").format(
            sentence=sentence
        ),
        "figure": figures.elsewhere(beliefs),
        "sliders": [{"name": "place", "label": slider, "min": 0, "max": len(AMONG), "value": question.choice.place}],
        "readings": [sentences.place(moved, AMONG, k, beliefs) for k in places],
        "table": {
            "columns": [_("Words before"), *(label for label, _belief in beliefs.values())],
            "rows": [[str(k), *(f"{belief[k]:.4f}" for _label, belief in beliefs.values())] for k in places],
        },
    }


def how_far(question: Question, beliefs: Mapping[str, tuple[str, np.ndarray]]) -> str:
    """How far each model moves, and what of a long text is moved and read."""
    count = len(question.reading.tokens)
    moved = min(count, MOVED)
    length, total = question.shipped[CONCATENATION]["length"], len(AMONG) + moved
    parts = [
        sentences.elsewhere(beliefs),
        *([sentences.too_long(total, length)] if total > length else []),
        *([sentences.moved_in_part(count, moved)] if count > moved else []),
        sentences.neutral(AMONG),
    ]
    return " ".join(parts)


def everywhere(question: Question, names: Iterable[str]) -> dict[str, tuple[str, np.ndarray]]:
    """The labels of some models and their beliefs of the phrase at each place, (K+1,)."""
    tokens = question.reading.tokens[:MOVED]
    return {name: (network(name).label, at_places(question.models[name], tokens)) for name in names}


@lru_cache(maxsize=64)
def at_places(model: Model, tokens: tuple[str, ...]) -> np.ndarray:
    """A model's belief of a phrase at each place, (K+1,); kept, since sliders and shuffles do not change it."""
    belief: np.ndarray = approaches.elsewhere(model, [tokens])[0]
    return belief


CONTENTS: dict[str, Callable[[Question], tuple[str, list[Panel]]]] = {
    "order": order_card,
    "weights": weights_card,
    "slots": slots_card,
    "places": places_card,
}
