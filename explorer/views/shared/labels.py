"""Labels at the ends of lines and arrows: where they stand, so that none lies over another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(places: Sequence[float], least: float) -> list[float]:
    """Places on an axis moved apart as little as need be, so that each is `least` from the next, in the same order.

    >>> spread([0.5, 0.1, 0.5], 0.2)
    [0.4, 0.1, 0.6]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    groups: list[list[float]] = []  # neighbours that touch: the sum of their places less their offsets, and how many
    for i in order:
        groups.append([places[i], 1])
        while len(groups) > 1 and _start(groups[-1]) < _start(groups[-2]) + least * groups[-2][1]:
            total, count = groups.pop()
            groups[-1][0] += total - count * least * groups[-1][1]
            groups[-1][1] += count
    moved = [_start(group) + least * k for group in groups for k in range(int(group[1]))]
    found = dict(zip(order, moved, strict=True))
    return [round(found[i], 6) for i in range(len(places))]


def _start(group: list[float]) -> float:
    return group[0] / group[1]
