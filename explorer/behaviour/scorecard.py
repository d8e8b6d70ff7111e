"""The scorecard of order: on how many order pairs of each construction each lane is right, and which one a text is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.behaviour.orders import CONSTRUCTIONS, Construction, Pair, pairs
from explorer.behaviour.taught import contains, skeleton
from explorer.reading.tokenizer import tokenize

SET = "order pairs"  # of the rows of a card


@dataclass(frozen=True)
class Row:
    """One construction: how many pairs of it there are, a pair to look at, and of how many each lane has both members right."""

    construction: Construction
    taught: bool
    count: int
    pair: Pair
    right: dict[str, int]

    @property
    def failed(self) -> bool:
        """Whether no lane is right on half of the pairs."""
        return all(2 * right < self.count for right in self.right.values())


def scorecard(cards: Mapping[str, Mapping]) -> list[Row]:
    """The constructions that all these cards, by lane, have figures of, in the order in which they are defined."""
    measured = {
        lane: {row["kind"]: row for row in card.get("behaviour", []) if row["set"] == SET}
        for lane, card in cards.items()
    }
    first = {pair.construction: pair for pair in reversed(pairs())}
    found = []
    for one in CONSTRUCTIONS:
        rows = {lane: kinds[one.template] for lane, kinds in measured.items() if one.template in kinds}
        if rows and len(rows) == len(cards):
            some = next(iter(rows.values()))
            right = {lane: row["right"] for lane, row in rows.items()}
            found.append(Row(one, bool(some["taught"]), some["count"], first[one.template], right))
    return found


def recognised(text: str) -> Construction | None:
    """The construction that a text is of, the one with the longest skeleton if it fits several; None for none of them."""
    tokens = tokenize(text)
    fitting = [one for one in CONSTRUCTIONS if contains(one, tokens)]
    return max(fitting, key=lambda one: len(skeleton(one)), default=None)
