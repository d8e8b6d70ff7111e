"""Sentences of the order lab, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.counterfactuals import Counterfactuals, Edit
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import Permutations
from explorer.evaluation.order_pairs import Construction
from explorer.evaluation.scorecard import Row
from explorer.networks.registry import AVERAGE
from explorer.views.shared.wording import listed, percent, quoted


def story(
    orders: Permutations,
    beliefs: Mapping[str, np.ndarray],
    typed: Mapping[str, float],
    name: str,
    labels: Mapping[str, str],
) -> str:
    """What all orders say: the average one number, the chosen model a range; `name`: of that one."""
    own, p = beliefs[name], typed[name]
    lowest, highest = float(own.min()), float(own.max())
    average = f"the per-word average gives all of them {typed[AVERAGE]:.3f}, exactly the same number"
    if orders.count == 1:
        return f"These words have one order only. The {labels[name]} says {percent(p)} positive: {verdict(p)}."
    return (
        f"{read(orders)}: {average}; the {labels[name]} anything from {lowest:.2f} to {highest:.2f}. As typed it says "
        f"{p:.2f} ({verdict(p)}). {opposite(own, p)}"
    )


def read(orders: Permutations) -> str:
    """Which orders were read: all, or how many of how many."""
    if orders.count == 1:
        return "The one order of these words was read"
    if orders.complete:
        return f"All {orders.count:,} orders of these words were read"
    return f"Of {many(orders.count)} orders of these words {len(orders):,} were read, drawn by chance from a fixed seed"


def many(count: int) -> str:
    """A number of orders; a huge one by its power of ten."""
    return f"the {count:,}" if count < 10**9 else f"the more than 10^{len(str(count)) - 1}"


def opposite(beliefs: np.ndarray, typed: float) -> str:
    """Of how many orders the verdict is the opposite of the typed one's."""
    answer = verdict(typed)
    if answer == "unsure":
        sure = float(np.mean([verdict(p) != "unsure" for p in beliefs]))
        return f"That is no verdict; {100 * sure:.0f} % of the orders get one."
    reverse = {"positive": "negative", "negative": "positive"}[answer]
    share = float(np.mean([verdict(p) == reverse for p in beliefs]))
    if not share:
        return f"Of none of these orders does it say {reverse}."
    return f"Of {100 * share:.{1 if share < 0.1 else 0}f} % of these orders it says {reverse}."


def honest(dots: int, orders: Permutations) -> str:
    """What the picture of the spread shows, and what the orders are."""
    drawn = (
        "all of them" if len(orders) <= dots else f"{dots} of them, even by rank, the lowest and the highest among them"
    )
    signs = "" if len(orders.reading.words) == len(orders.reading) else "Punctuation stays where it is. "
    return (
        f"{signs}Each outline counts the orders by P(positive); the strokes under it are {drawn}. "
        "Click a stroke, or a link in the tables, to open that order beside the typed one in Compare. "
        "Most orders are not English, and no model was trained on such text. "
        "So this shows that a model reads the order, not that it reads every order rightly."
    )


def alt(
    orders: Permutations, beliefs: Mapping[str, np.ndarray], typed: Mapping[str, float], labels: Mapping[str, str]
) -> str:
    """The picture of the spread in words."""
    rows = [
        f"{label}: {beliefs[name].min():.3f} to {beliefs[name].max():.3f}, mean {beliefs[name].mean():.3f}, "
        f"as typed {typed[name]:.3f}"
        for name, label in labels.items()
    ]
    return f"Distribution of P(positive) over {len(orders):,} orders of the words, a row a model. {'; '.join(rows)}."


# ------------------------------------------------------------------------------------------------------ minimal pairs


def edited(edit: Edit) -> str:
    """An edit in words."""
    if edit.kind == "replace":
        return f"{quoted(edit.words[0])} becomes {quoted(edit.words[1])}"
    if edit.kind == "swap":
        return f"{quoted(edit.words[0])} and {quoted(edit.words[1])} change places"
    return f"{quoted(edit.words[0])} moves from place {edit.places[0] + 1} to place {edit.places[1] + 1}"


def flipped(edits: Counterfactuals, smallest: Mapping[str, int | None], labels: Mapping[str, str]) -> str:
    """Which models an edit turns, and what the smallest one is. `smallest`: by model the first edit that turns it."""
    turned = {name: first for name, first in smallest.items() if first is not None}
    unsure = [labels[name] for name in smallest if verdict(edits.typed[name]) == "unsure"]
    steady = [labels[name] for name in smallest if name not in turned and labels[name] not in unsure]
    count = len(edits.edits)
    tried = f"{count:,} {'edit was' if count == 1 else 'edits were'} tried."
    parts = [tried if count else "There is nothing to edit in so short a text."]
    parts += [
        f"{labels[name][0].upper()}{labels[name][1:]}: {edited(edits.edits[first])}, "
        f"and {edits.typed[name]:.2f} turns to {edits.beliefs[name][first]:.2f}."
        for name, first in turned.items()
    ]
    if steady and count:
        parts.append(f"None of them turns {listed(steady, 'or')}.")
    if unsure:
        parts.append(f"Unsure of the text as typed, so that there is no verdict to turn: {listed(unsure)}.")
    return " ".join(parts)


def parted(count: int) -> str:
    """What the table of edits shows on which the recurrent models part."""
    if not count:
        return "On none of the edits does one recurrent model say positive and another negative."
    return (
        "After these edits one recurrent model says positive and another negative, the widest gap first. "
        "One of them is wrong, or the text means nothing: read it before you believe either."
    )


# ---------------------------------------------------------------------------------------------------------- scorecard


def expectation(construction: Construction | None, rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    """What to expect of the construction that was typed."""
    row = next((row for row in rows if row.construction == construction), None)
    if row is None:
        return "The text is of none of the measured constructions, so the scorecard below says nothing of it."
    right = ", ".join(f"{label} {row.right[name]} of {row.count}" for name, label in labels.items())
    known = "was taught in training" if row.taught else "is not in the training grammar"
    failing = " Every model fails on most of them." if row.failed else ""
    return (
        f"The text is of the construction “{row.construction.template}”, which {known}. Pairs right: {right}.{failing}"
    )


def scores(rows: Sequence[Row], labels: Mapping[str, str]) -> list[str]:
    """What the scorecard says as a whole."""
    new = [row for row in rows if not row.taught]
    total = sum(row.count for row in new)
    shares = {name: 100 * sum(row.right[name] for row in new) / max(1, total) for name in labels}
    right = ", ".join(f"{labels[name]} {share:.0f} %" for name, share in shares.items())
    first = (
        "A pair is two texts of the same words in two orders, of opposite sentiment; "
        "it counts as right if both members are. "
        f"On the {total:,} pairs of {len(new)} constructions that are not in the training grammar: {right}. "
        "The per-word average gives both members the same number and cannot be right on any."
    )
    failing = [f"“{row.construction.template}”" for row in rows if row.failed]
    second = (
        f"All models fail on most pairs of {listed(failing)}."
        if failing
        else "There is no construction on which all models fail."
    )
    return [first, second]
