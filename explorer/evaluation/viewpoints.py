"""Who speaks, and when: two opposite opinions in a sentence, of which the author's own of today is the verdict.

All combinations of order (the author's first or last) × connective × contrast (the author and others, now and before,
or both at once) × way of saying it × side.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from explorer.evaluation.data_files import read_set

ORDERS = ("author first", "author last")
# What makes two opinions differ: the clause of the author's own of today, and that of the other one.
CONTRASTS = {
    "I and others": ("mine", "others"),
    "now and before": ("now", "before"),
    "I now and others before": ("now", "others before"),
}


@dataclass(frozen=True)
class Viewpoint:
    """A text, its label (1 positive, 0 negative), and how it is made."""

    text: str
    label: int
    order: str
    connective: str
    contrast: str


def viewpoints() -> list[Viewpoint]:
    """Every combination once, words and people in turn, positive and negative alike."""
    content: dict[str, Any] = read_set("viewpoints")
    connectives = [(name, form) for name, forms in content["connectives"].items() for form in forms]
    made = []
    for turn, (order, (connective, form), contrast, way) in enumerate(
        product(ORDERS, connectives, CONTRASTS, content["ways"].values())
    ):
        words = way["words"][turn // len(content["ways"]) % len(way["words"])]
        people = content["people"][turn % len(content["people"])]
        own, other = (way[clause] for clause in CONTRASTS[contrast])
        for label in (1, 0):
            clauses = [own.format(w=words[1 - label], who=people), other.format(w=words[label], who=people)]
            a, b = clauses if order == ORDERS[0] else reversed(clauses)
            made.append(Viewpoint(form.format(a=a, b=b), label, order, connective, contrast))
    return made
