"""Rows of a report: what was tried of one kind, how much of it came out right, and what did not.

A predictor is any callable from texts to P(positive), (N,), 0…1, so that a model, a word list and a toy are asked
alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.analysis.measures import UNSURE
from explorer.core.checkpoints import Model
from explorer.core.tracing import predict
from explorer.reading.tokenizer import tokenize

Predictor = Callable[[Sequence[str]], np.ndarray]
Row = dict[str, Any]
BAND = "{:.1f} to {:.1f}".format(*UNSURE)


def predictor(model: Model | Predictor) -> Predictor:
    """What to call with texts; a callable is its own predictor."""
    return model if callable(model) else lambda texts: predict(model, texts)


def prefixes(text: str) -> list[str]:
    """The text's first word, its first two, … all T: what was read after each step."""
    tokens = tokenize(text)
    return [" ".join(tokens[:end]) for end in range(1, len(tokens) + 1)]


@dataclass(frozen=True)
class Report:
    """`scores` by name, 0…1. `rows`: one a construction, kind or edit, JSON as it is:

    {"kind", "set" (one of `report.SETS`), "right", "count", "measure" (what counts as right), "wrong": failing
    examples}, with "taught" for order pairs and, where texts are marked, "seen": of how many training knew the form.
    An example: {"text", "label", "probability"}, of a pair also "other", "other_probability".
    """

    scores: dict[str, float]
    rows: list[Row]


def row_of(kind: str, family: str, right: np.ndarray, measure: str, examples: Sequence[Row], **more: object) -> Row:
    """A row; `right`, (N,), says which of the N examples were."""
    wrong = [example for example, good in zip(examples, right, strict=True) if not good]
    return {"kind": kind, "set": family} | more | {
        "right": int(np.sum(right)), "count": len(right), "measure": measure, "wrong": wrong,
    }  # fmt: skip


def share_right(rows: Iterable[Row]) -> float:
    """Share right of all that the rows count; not a number where they count nothing."""
    rows = list(rows)
    count = sum(row["count"] for row in rows)
    return sum(row["right"] for row in rows) / count if count else float("nan")


def places_by(keys: Iterable[str]) -> dict[str, list[int]]:
    """Where each key stands, in the order of first appearance."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        places[key].append(i)
    return dict(places)
