"""What the board of the order lab shows of a phrase: its orders, the smallest edits, what to expect."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeAlias

import numpy as np

from explorer.analysis.counterfactuals import KINDS, Counterfactuals, counterfactuals
from explorer.analysis.permutations import MOST, Permutations, beliefs, permutations
from explorer.board.payloads import Cell, CloudPanel, PanelContent, Table, TablePanel, TextPanel
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import predict
from explorer.evaluation.scorecard import recognised
from explorer.messages import _
from explorer.networks.registry import labels, network, recurrent_names
from explorer.reading.reading import Reading
from explorer.views.order_lab import figures, sentences
from explorer.views.order_lab.report import measured, scored
from explorer.views.shared import charts, jobs, kept, phrase
from explorer.views.shared.comparison import beside

PAGE = "order"
TAKES = 350_000_000  # bytes of 5,040 orders of 1,000 words, about
DRAWING = 0.02  # the share of the time that it takes to draw a sample of orders
STEPS, FEWEST, SAMPLE = 20_000, 100, 1_000  # words of a sample that a model reads at once; orders of a sample
EXTREMES, PARTED = 5, 6  # rows of the tables
Beliefs: TypeAlias = dict[str, np.ndarray]  # P(positive) of each order, (N,), by model


def content(models: Mapping[str, Model], name: str, reading: Reading) -> PanelContent:
    """Everything that the board draws for a phrase that has words; `name`: of the recurrent model."""
    typed = {each: float(predict(model, [reading])[0]) for each, model in models.items()}
    orders, distributions = read_orders(models, reading)
    edits = kept.result(("edits", *models.values(), reading), lambda: counterfactuals(models, reading))
    return {
        "palette": charts.PALETTE,
        "summary": "",
        "notes": notes(reading),
        "phrases": [],
        "steps": 0,
        "typed": reading.text,
        "panels": [
            spread(orders, distributions, typed, name, reading),
            reading_it(orders),
            extremes(orders, distributions[name], name, reading.joined),
            smallest(edits, reading.joined),
            parting(edits, reading.joined),
            expected(reading),
        ],
    }


def notes(reading: Reading) -> list[str]:
    """What a reader must know of the text as it was read."""
    return phrase.notes(reading)


def read_orders(models: Mapping[str, Model], reading: Reading) -> tuple[Permutations, Beliefs]:
    """Orders of these words and what each model believes of them; kept, also while only the order of the words changes.

    Up to ALL words they are all orders; of more a sample, and a larger one once the visitor has asked for it.
    """
    alphabetic = in_alphabetic_order(reading)
    few = min(SAMPLE, max(FEWEST, STEPS // len(reading)))
    key = ("orders", *models.values(), alphabetic.tokens)
    orders, distributions = kept.result(key, lambda: many(models, alphabetic, silent, few))
    if orders.complete:
        return orders, distributions
    label = _("Read {most:,} orders").format(most=MOST)
    more = jobs.on_demand("orders", alphabetic.tokens, label, partial(many, models, alphabetic), TAKES)
    return more or (orders, distributions)


def in_alphabetic_order(reading: Reading) -> Reading:
    """The same for all orders of the words, so that what was found out of one order holds for the next."""
    tokens = list(reading.tokens)
    for place, word in zip(reading.words, sorted(tokens[place] for place in reading.words), strict=True):
        tokens[place] = word
    return Reading.of_tokens(tokens, reading.vocabulary)


def many(
    models: Mapping[str, Model], reading: Reading, progress: Progress, most: int = MOST
) -> tuple[Permutations, Beliefs]:
    """A sample of at most so many orders through all models."""
    orders = permutations(reading, most=most, progress=portion(progress, 0.0, DRAWING))
    distributions, share = {}, (1 - DRAWING) / len(models)
    for place, (name, model) in enumerate(models.items()):
        start = DRAWING + place * share
        distributions[name] = beliefs(model, orders, portion(progress, start, start + share))
    return orders, distributions


def spread(
    orders: Permutations, distributions: Beliefs, typed: Mapping[str, float], chosen: str, reading: Reading
) -> CloudPanel:
    """The words, what each model says of this order, and how its beliefs are spread over all orders."""
    columns = [
        _("Model"), _("As typed"), _("Lowest"), _("Highest"), _("Mean"), _("Standard deviation"),
        _("Orders with a higher belief"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [network(name).label, f"{typed[name]:.4f}", f"{p.min():.4f}", f"{p.max():.4f}", f"{p.mean():.4f}", deviation(p),
         _("{higher:,} of {count:,}").format(higher=int((p > typed[name] + 1e-7).sum()), count=len(p))]
        for name, p in distributions.items()
    ]  # fmt: skip
    return {
        "kind": "cloud",
        "id": "spread",
        "title": _("What each model makes of the orders"),
        "alt": sentences.alt(orders, distributions, typed, labels()),
        "story": sentences.story(orders, distributions, typed, chosen, labels()),
        "tokens": list(reading.tokens),
        "rows": figures.rows(labels(), orders, distributions, typed, chosen),
        "typed": reading.joined,
        "table": {"columns": columns, "rows": rows},
    }


def reading_it(orders: Permutations) -> TextPanel:
    """How to read the picture."""
    return {
        "kind": "text",
        "id": "reading",
        "depth": "explain",
        "title": _("Clouds and strokes"),
        "sentence": " ".join(sentences.honest(figures.DOTS, orders)),
    }


def deviation(beliefs: np.ndarray) -> str:
    """The spread of the beliefs as a cell: exactly 0 where they are all the same number."""
    return _("0 exactly") if np.ptp(beliefs) == 0 else f"{beliefs.std():.4f}"


def extremes(orders: Permutations, p: np.ndarray, name: str, text: str) -> TablePanel:
    """The most positive and the most negative orders of the chosen model."""
    order = np.argsort(-p, kind="stable").tolist()
    picked = order if len(order) <= 2 * EXTREMES else [*order[:EXTREMES], *order[-EXTREMES:]]
    return {
        "kind": "table",
        "id": "extremes",
        "depth": "measure",
        "title": _("The most positive and the most negative orders for the {model}").format(model=network(name).label),
        "table": {
            "columns": [_("Place"), _("Order (opens beside yours)"), _("P(positive)")],
            "rows": [[f"{order.index(i) + 1:,}", beside(text, orders.text(i)), f"{p[i]:.4f}"] for i in picked],
        },
    }


def smallest(edits: Counterfactuals, text: str) -> TextPanel | TablePanel:
    """The smallest edit of each kind that turns each model's verdict."""
    first = {name: [edits.smallest(name, kind) for kind in KINDS] for name in labels()}
    turning = {name: sorted(i for i in numbers if i is not None) for name, numbers in first.items()}
    least = {name: min(numbers, default=None) for name, numbers in turning.items()}
    title = _("The smallest edits that turn a verdict")
    tried = _(
        "Tried: two words change places, a negation moves, a word is replaced by a similar one. "
        "The smallest edit of each kind is shown."
    )
    sentence = f"{tried} {sentences.flipped(edits, least, labels())}"
    rows: list[list[Cell]] = [
        [
            network(name).label,
            f"{edits.typed[name]:.3f}",
            sentences.edited(edits.edits[i]),
            beside(text, edits.edits[i].text),
            f"{edits.beliefs[name][i]:.3f}",
        ]
        for name, numbers in turning.items()
        for i in numbers
    ]
    if not rows:
        return {"kind": "text", "id": "flips", "depth": "measure", "title": title, "sentence": sentence}
    columns = [
        _("Model"), _("P(positive) as typed"), _("Edit"), _("Text after it (opens beside yours)"),
        _("P(positive) after it"),
    ]  # fmt: skip
    table: Table = {"columns": columns, "rows": rows}
    return {
        "kind": "table", "id": "flips", "depth": "measure", "title": title, "sentences": [sentence], "table": table,
    }  # fmt: skip


def parting(edits: Counterfactuals, text: str) -> TextPanel | TablePanel:
    """The edits on which the recurrent models part."""
    recurrent = recurrent_names()
    split = edits.widest(recurrent, PARTED)
    title, sentence = _("Where the recurrent models disagree"), sentences.parted(len(split))
    if not split:
        return {"kind": "text", "id": "parting", "depth": "measure", "title": title, "sentence": sentence}
    rows: list[list[Cell]] = [
        [
            sentences.edited(edits.edits[i]),
            beside(text, edits.edits[i].text),
            *(f"{edits.beliefs[name][i]:.3f}" for name in recurrent),
        ]
        for i in split
    ]
    columns = [_("Edit"), _("Text after it (opens beside yours)"), *(network(name).label for name in recurrent)]
    table: Table = {"columns": columns, "rows": rows}
    return {
        "kind": "table", "id": "parting", "depth": "measure", "title": title, "sentences": [sentence], "table": table,
    }  # fmt: skip


def expected(reading: Reading) -> TextPanel:
    """What to expect of the construction that was typed."""
    rows = scored()
    return {
        "kind": "text",
        "id": "expected",
        "depth": "measure",
        "title": _("What to expect of this pattern"),
        "sentence": sentences.expectation(recognised(reading.tokens), rows, measured(rows)),
    }
