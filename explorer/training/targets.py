"""Targets: the P(positive) that texts are to get, at their end and after each word, from annotators and the teacher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

GRADES = (0.05, 0.2, 0.5, 0.8, 0.95)  # targets of the Treebank's five grades
LABELS = (0.05, 0.95)  # targets of a review's label
LOW, HIGH = 0.4, 0.6  # targets between these say nothing
TEACHER_SHARE = 0.6  # of a target that annotators and teacher give together

Tokens = tuple[str, ...]
Targets = dict[Tokens, float]  # of a text as tokens: P(positive), or of the teacher log-odds


class Example(NamedTuple):
    """A text to learn from: rows of its T words, P(positive) at its end, and after each word, (T,), NaN where open."""

    rows: np.ndarray
    target: float
    steps: np.ndarray | None = None


def undecided(target: float) -> bool:
    """Whether a P(positive) says neither."""
    return LOW < target < HIGH


def probability(log_odds: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-log_odds)))


def mixed(target: float, log_odds: float | None) -> float:
    """A target of annotators, with the teacher's pseudo-label if it gave one."""
    if log_odds is None:
        return target
    return (1 - TEACHER_SHARE) * target + TEACHER_SHARE * probability(log_odds)


def silent_steps(count: int, length: int) -> np.ndarray | None:
    """Targets on the way, (length,): one half at the first `count` steps, open after; None if there are none."""
    return np.where(np.arange(length) < count, np.float32(0.5), np.float32("nan")) if count else None


def teacher_steps(beliefs: Sequence[float], tokens: Tokens, telling: set[str]) -> np.ndarray:
    """P(positive) to learn after each of T words, (T,), of the teacher's beliefs: one half where it is undecided and
    none of `telling` has been read."""
    steps = np.array(beliefs, np.float32)
    first = next((i for i, token in enumerate(tokens) if token in telling), len(tokens))
    for i in range(first):
        if undecided(steps[i]):
            steps[i] = 0.5
    return steps
