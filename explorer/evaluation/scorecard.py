"""The scorecard of order: on how many order pairs of each construction each model is right, and which one a text is
of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.evaluation.order_pairs import Construction, Pair, constructions, order_pairs
from explorer.evaluation.skeletons import contains, skeleton

SET = "order pairs"  # of the rows of a card


@dataclass(frozen=True)
class Row:
    """One construction: how many pairs of it there are, a pair to look at, and of how many each model has both
    right."""

    construction: Construction
    taught: bool
    count: int
    pair: Pair
    right: dict[str, int]

    @property
    def failed(self) -> bool:
        """Whether no model is right on half of the pairs."""
        return all(2 * right < self.count for right in self.right.values())


def scorecard(cards: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """The constructions that all these cards, by model, have figures of, in the order in which they are defined."""
    measured = {
        model: {row["kind"]: row for row in card.get("behaviour", []) if row["set"] == SET}
        for model, card in cards.items()
    }
    first = {pair.construction: pair for pair in reversed(order_pairs())}
    scored = []
    for construction in constructions():
        template = construction.template
        rows = {model: by_kind[template] for model, by_kind in measured.items() if template in by_kind}
        if rows and len(rows) == len(cards):
            any_row = next(iter(rows.values()))
            right = {model: row["right"] for model, row in rows.items()}
            scored.append(Row(construction, bool(any_row["taught"]), any_row["count"], first[template], right))
    return scored


def recognised(tokens: Sequence[str]) -> Construction | None:
    """The construction that a text of these tokens is of, the one with the longest skeleton if it fits several; None
    for none of them."""
    fitting = [construction for construction in constructions() if contains(construction, tokens)]
    return max(fitting, key=lambda construction: len(skeleton(construction)), default=None)
