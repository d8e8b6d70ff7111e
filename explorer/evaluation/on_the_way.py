"""The belief on the way: how often it is right, and how sure it claims to be, when part of a text has been read."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np

from explorer.evaluation.metrics import accuracy, calibration_error, verdict_error
from explorer.evaluation.rows import Predictor
from explorer.reading.tokenizer import tokenize

PERCENT = (5, 25, 50, 75, 100)  # of a text's tokens that have been read


def begun(text: str, percent: int) -> str:
    """The first tokens of a text, so many percent of them, at least one.

    >>> begun("It was n't bad", 50)
    'it was'
    """
    tokens = tokenize(text)
    return " ".join(tokens[: max(1, ceil(percent * len(tokens) / 100))])


def on_the_way(ask: Predictor, labelled: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """For each of PERCENT: "percent", "right" (share on the right side of one half), "claimed" (mean probability of the
    side taken), "ece" and "verdict_ece" (calibration errors of `metrics`), "count"; shares 0…1.

    `labelled`: texts, each with 1 for positive or 0 for negative. The belief at a step is what the predictor says of
    the words so far, as it is in every model's trace.
    """
    label = np.array([label for _, label in labelled])
    rows = []
    for percent in PERCENT if labelled else ():
        p = ask([begun(text, percent) for text, _ in labelled])
        rows.append(
            {
                "percent": percent,
                "right": accuracy(p, label),
                "claimed": float(np.mean(np.maximum(p, 1 - p))),
                "ece": calibration_error(p, label),
                "verdict_ece": verdict_error(p, label),
                "count": len(label),
            }
        )
    return rows
