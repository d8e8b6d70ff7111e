"""What the board of the order lab shows of a phrase: its orders, the smallest edits, what to expect."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeAlias

import numpy as np
import streamlit as st

from explorer.analysis.counterfactuals import KINDS, Counterfactuals, counterfactuals
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import MOST, Permutations, beliefs, permutations
from explorer.board.payloads import Cell, ChipsPanel, CloudPanel, PanelContent, Table, TablePanel, TextPanel
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, portion
from explorer.core.tracing import predict
from explorer.evaluation.scorecard import recognised
from explorer.networks.registry import labels, network, recurrent_names
from explorer.reading.reading import Reading
from explorer.views.order_lab import figures, sentences
from explorer.views.order_lab.report import measured, scored
from explorer.views.shared import charts, phrase
from explorer.views.shared.comparison import beside

PAGE = "order"
STEPS, FEWEST, SAMPLE = 20_000, 100, 1_000  # words of a sample that a model reads at once; orders of a sample
EXTREMES, PARTED = 5, 6  # rows of the tables
Beliefs: TypeAlias = dict[str, np.ndarray]  # P(positive) of each order, (N,), by model


def content(models: Mapping[str, Model], name: str, reading: Reading) -> PanelContent:
    """Everything that the board draws for a phrase that has words; `name`: of the recurrent model."""
    typed = {each: float(predict(model, [reading])[0]) for each, model in models.items()}
    orders, distributions = read_orders(models, reading)
    edits = counterfactuals(models, reading)
    return {
        "palette": charts.PALETTE,
        "summary": sentences.story(orders, distributions, typed, name, labels()),
        "notes": notes(reading),
        "phrases": [],
        "steps": 0,
        "typed": reading.text,
        "panels": [
            chips(reading, typed),
            spread(orders, distributions, typed, reading.joined),
            extremes(orders, distributions[name], name, reading.joined),
            smallest(edits, reading.joined),
            parting(edits, reading.joined),
            expected(reading.text),
        ],
    }


def notes(reading: Reading) -> list[str]:
    """What a reader must know of the text as it was read."""
    return [note.replace("the page reads", "the lab reads") for note in phrase.notes(reading)]


def read_orders(models: Mapping[str, Model], reading: Reading) -> tuple[Permutations, Beliefs]:
    """Orders of these words and what each model believes of them; kept while only the order of the words changes.

    Up to ALL words they are all orders; of more a sample, and a larger one once the visitor has asked for it.
    """
    alphabetic = in_alphabetic_order(reading)
    key = (alphabetic.tokens, *models.values())
    kept = st.session_state.get("orders")
    if kept is None or kept[0] != key:
        orders = permutations(alphabetic, most=min(SAMPLE, max(FEWEST, STEPS // len(reading))))
        kept = key, (orders, {name: beliefs(model, orders) for name, model in models.items()})
        st.session_state["orders"] = kept
    orders, distributions = kept[1]
    if orders.complete:
        return orders, distributions
    more = phrase.on_demand(PAGE, "orders", f"Read {MOST:,} orders", partial(many, models, alphabetic))
    return more or (orders, distributions)


def in_alphabetic_order(reading: Reading) -> Reading:
    """The same for all orders of the words, so that what was found out of one order holds for the next."""
    tokens = list(reading.tokens)
    for place, word in zip(reading.words, sorted(tokens[place] for place in reading.words), strict=True):
        tokens[place] = word
    return Reading.of_tokens(tokens, reading.vocabulary)


def many(models: Mapping[str, Model], reading: Reading, progress: Progress) -> tuple[Permutations, Beliefs]:
    """A large sample of orders through all models."""
    orders, distributions, count = permutations(reading, most=MOST), {}, len(models)
    for place, (name, model) in enumerate(models.items()):
        distributions[name] = beliefs(model, orders, portion(progress, place / count, (place + 1) / count))
    return orders, distributions


def chips(reading: Reading, typed: Mapping[str, float]) -> ChipsPanel:
    """The words as chips that can be moved, with what each model says of the order in which they stand."""
    return {
        "kind": "chips",
        "id": "chips",
        "title": "The words, in an order of your own",
        "sentence": "Drag a word, or go to it with the Tab key and move it with the arrow keys. "
        "The box above and everything below follow.",
        "tokens": list(reading.tokens),
        "beliefs": [[network(name).label, f"{p:.3f}", verdict(p)] for name, p in typed.items()],
    }


def spread(orders: Permutations, distributions: Beliefs, typed: Mapping[str, float], text: str) -> CloudPanel:
    """How the beliefs are spread over the orders."""
    columns = ["Model", "As typed", "Lowest", "Highest", "Mean", "Standard deviation", "Orders with a higher belief"]
    rows: list[list[Cell]] = [
        [network(name).label, f"{typed[name]:.4f}", f"{p.min():.4f}", f"{p.max():.4f}", f"{p.mean():.4f}", deviation(p),
         f"{int((p > typed[name] + 1e-7).sum()):,} of {len(p):,}"]
        for name, p in distributions.items()
    ]  # fmt: skip
    return {
        "kind": "cloud",
        "id": "spread",
        "title": "What each model makes of the orders",
        "alt": sentences.alt(orders, distributions, typed, labels()),
        "sentence": f"{sentences.read(orders)}. {sentences.honest(figures.DOTS, orders)}",
        "figure": figures.spread(labels(), orders, distributions, typed, text),
        "typed": text,
        "table": {"columns": columns, "rows": rows},
    }


def deviation(beliefs: np.ndarray) -> str:
    """The spread of the beliefs as a cell: exactly 0 where they are all the same number."""
    return "0 exactly" if np.ptp(beliefs) == 0 else f"{beliefs.std():.4f}"


def extremes(orders: Permutations, p: np.ndarray, name: str, text: str) -> TablePanel:
    """The most positive and the most negative orders of the chosen model."""
    order = np.argsort(-p, kind="stable").tolist()
    picked = order if len(order) <= 2 * EXTREMES else [*order[:EXTREMES], *order[-EXTREMES:]]
    return {
        "kind": "table",
        "id": "extremes",
        "title": f"The most positive and the most negative orders, as the {network(name).label} reads them",
        "table": {
            "columns": ["Place", "Order (opens in Compare)", "P(positive)"],
            "rows": [[f"{order.index(i) + 1:,}", beside(text, orders.text(i)), f"{p[i]:.4f}"] for i in picked],
        },
    }


def smallest(edits: Counterfactuals, text: str) -> TextPanel | TablePanel:
    """The smallest edit of each kind that turns each model's verdict."""
    first = {name: [edits.smallest(name, kind) for kind in KINDS] for name in labels()}
    turning = {name: sorted(i for i in numbers if i is not None) for name, numbers in first.items()}
    least = {name: min(numbers, default=None) for name, numbers in turning.items()}
    title = "The smallest edits that turn a verdict"
    sentence = (
        "Tried: two words change places, a negation moves, a word gives way to one with a near vector; "
        f"the smallest edit of each kind is shown. {sentences.flipped(edits, least, labels())}"
    )
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
        return {"kind": "text", "id": "flips", "title": title, "sentence": sentence}
    columns = ["Model", "P(positive) as typed", "Edit", "Text after it (opens in Compare)", "P(positive) after it"]
    table: Table = {"columns": columns, "rows": rows}
    return {"kind": "table", "id": "flips", "title": title, "sentences": [sentence], "table": table}


def parting(edits: Counterfactuals, text: str) -> TextPanel | TablePanel:
    """The edits on which the recurrent models part."""
    recurrent = recurrent_names()
    split = edits.widest(recurrent, PARTED)
    title, sentence = "Where the recurrent models disagree", sentences.parted(len(split))
    if not split:
        return {"kind": "text", "id": "parting", "title": title, "sentence": sentence}
    rows: list[list[Cell]] = [
        [
            sentences.edited(edits.edits[i]),
            beside(text, edits.edits[i].text),
            *(f"{edits.beliefs[name][i]:.3f}" for name in recurrent),
        ]
        for i in split
    ]
    columns = ["Edit", "Text after it (opens in Compare)", *(network(name).label for name in recurrent)]
    table: Table = {"columns": columns, "rows": rows}
    return {"kind": "table", "id": "parting", "title": title, "sentences": [sentence], "table": table}


def expected(text: str) -> TextPanel:
    """What to expect of the construction that was typed."""
    rows = scored()
    return {
        "kind": "text",
        "id": "expected",
        "title": "What to expect of this construction",
        "sentence": sentences.expectation(recognised(text), rows, measured(rows)),
    }
