"""Times side by side: what is compared is run in turn, so that a slow minute of the machine slows both."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    run()
    return perf_counter() - start


def compare(ours: Callable[[], object], other: Callable[[], object], repetitions: int, warm: int = 2) -> float:
    """Time of `ours` over that of `other`: the median ratio of neighbours, run in turn."""
    for _ in range(warm):
        ours(), other()
    pairs = [(seconds(ours), seconds(other)) for _ in range(repetitions)]
    return median_ratio(*zip(*pairs, strict=True))


def median_ratio(ours: Sequence[float], other: Sequence[float]) -> float:
    """The median of the ratios of neighbours: a machine that slows down half-way does not tilt it."""
    return median(a / b for a, b in zip(ours, other, strict=True))


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0…1) of them do not exceed (nearest rank).

    >>> quantile([4, 1, 3, 2], 0.5)
    2
    """
    if not values:
        raise ValueError("no values, so no quantile")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
