"""Sentences of the model cards, made from what the cards hold. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from explorer.views.shared.wording import quoted


def calibration(bins: Sequence[Mapping[str, float]], label: str, texts: str) -> str:
    """How far a model's probabilities can be taken at their word on one set of texts."""
    filled = [interval for interval in bins if interval["count"]]
    total = sum(interval["count"] for interval in filled)
    error = sum(interval["count"] * abs(interval["mean"] - interval["share"]) for interval in filled) / total
    start = f"On {texts} ({total:,} texts) the {label}'s probabilities are {100 * error:.1f} points off on average"
    solid = [interval for interval in filled if interval["count"] >= 10]
    if not solid:
        return f"{start}."
    widest = max(solid, key=lambda interval: abs(interval["mean"] - interval["share"]))
    side = "too low" if widest["share"] > widest["mean"] else "too high"
    return (
        f"{start}; of the bins with ten texts or more the worst is {side}: where it says {100 * widest['mean']:.0f} %, "
        f"{100 * widest['share']:.0f} % of {widest['count']:,} texts are positive."
    )


def order_pairs(behaviour: Sequence[Mapping[str, Any]]) -> str:
    """How a model does on order pairs of constructions that training taught, and of others; empty if not measured."""
    sums = []
    for taught, name in ((True, "that training taught"), (False, "that it did not")):
        rows = [
            row
            for row in behaviour
            if row["set"] == "order pairs" and bool(row.get("taught")) == taught and row["count"]
        ]
        if rows:
            right, count = sum(row["right"] for row in rows), sum(row["count"] for row in rows)
            sums.append(f"{100 * right / count:.0f} % of {count:,} order pairs in constructions {name}")
    return f"Right on {' and on '.join(sums)}." if sums else ""


def weakest(behaviour: Sequence[Mapping[str, Any]], most: int = 3) -> str:
    """The kinds on which a model is right least often, of those tried four times or more; empty where it always is."""
    tried = [row for row in behaviour if row["count"] >= 4 and row["right"] < row["count"]]
    worst = sorted(tried, key=lambda row: row["right"] / row["count"])[:most]
    names = [f"{quoted(row['kind'], 90)} ({row['set']}), {row['right']:,} of {row['count']:,} right" for row in worst]
    return f"Worst of what was tried: {'; '.join(names)}." if names else ""
