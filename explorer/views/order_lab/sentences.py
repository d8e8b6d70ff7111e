"""Sentences of the order lab, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.counterfactuals import Counterfactuals, Edit
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import Permutations
from explorer.evaluation.order_pairs import Construction
from explorer.evaluation.scorecard import Row
from explorer.views.shared.wording import percent, quoted


def story(
    orders: Permutations,
    beliefs: Mapping[str, np.ndarray],
    typed: Mapping[str, float],
    lane: str,
    labels: Mapping[str, str],
) -> str:
    """What all orders say: the average one number, the chosen lane a range."""
    own, p = beliefs[lane], typed[lane]
    lowest, highest = float(own.min()), float(own.max())
    average = f"the per-word average gives all of them {typed['per-word']:.3f}, exactly the same number"
    if orders.count == 1:
        return f"These words have one order only. The {labels[lane]} says {percent(p)} positive: {verdict(p)}."
    return (
        f"{read(orders)}: {average}; the {labels[lane]} anything from {lowest:.2f} to {highest:.2f}. As typed it says "
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
    said = verdict(typed)
    if said == "unsure":
        sure = float(np.mean([verdict(p) != "unsure" for p in beliefs]))
        return f"That is no verdict; {100 * sure:.0f} % of the orders get one."
    other = {"positive": "negative", "negative": "positive"}[said]
    share = float(np.mean([verdict(p) == other for p in beliefs]))
    if not share:
        return f"Of none of these orders does it say {other}."
    return (
        f"Of {100 * share:.1f} % of these orders it says {other}."
        if share < 0.1
        else f"Of {100 * share:.0f} % of these orders it says {other}."
    )


def honest(dots: int, orders: Permutations) -> str:
    """What the picture of the spread shows, and what the orders are."""
    drawn = (
        "all of them" if len(orders) <= dots else f"{dots} of them, even by rank, the lowest and the highest among them"
    )
    signs = (
        "" if len(orders.reading.words) == len(orders.reading) else "The signs between the words stay where they are. "
    )
    return (
        f"{signs}Each outline counts the orders by P(positive); the strokes under it are {drawn}. Click a stroke, or a link in the tables, "
        "to open that order beside the typed one in Compare. Most orders are no English, and no model was trained on such: this shows "
        "that a model reads the order, not that it reads every order rightly."
    )


def alt(
    orders: Permutations, beliefs: Mapping[str, np.ndarray], typed: Mapping[str, float], labels: Mapping[str, str]
) -> str:
    """The picture of the spread in words."""
    said = [
        f"{label}: {beliefs[name].min():.3f} to {beliefs[name].max():.3f}, mean {beliefs[name].mean():.3f}, as typed {typed[name]:.3f}"
        for name, label in labels.items()
    ]
    return f"Distribution of P(positive) over {len(orders):,} orders of the words, a row a model. {'; '.join(said)}."


# ------------------------------------------------------------------------------------------------------ minimal pairs


def edited(edit: Edit) -> str:
    """An edit in words."""
    if edit.kind == "replace":
        return f"{quoted(edit.words[0])} becomes {quoted(edit.words[1])}"
    if edit.kind == "swap":
        return f"{quoted(edit.words[0])} and {quoted(edit.words[1])} change places"
    return f"{quoted(edit.words[0])} moves from place {edit.places[0] + 1} to place {edit.places[1] + 1}"


def flipped(found: Counterfactuals, smallest: Mapping[str, int | None], labels: Mapping[str, str]) -> str:
    """Which lanes an edit turns, and what the smallest one is. `smallest`: by lane the first edit that turns it."""
    turned = [name for name, first in smallest.items() if first is not None]
    unsure = [labels[name] for name in smallest if verdict(found.typed[name]) == "unsure"]
    steady = [labels[name] for name in smallest if name not in turned and labels[name] not in unsure]
    said = (
        [f"{len(found.edits):,} {'edit was' if len(found.edits) == 1 else 'edits were'} tried."]
        if found.edits
        else ["There is nothing to edit in so short a text."]
    )
    said += [
        f"{labels[name][0].upper()}{labels[name][1:]}: {edited(found.edits[smallest[name]])}, and {found.typed[name]:.2f} turns to {found.beliefs[name][smallest[name]]:.2f}."
        for name in turned
    ]
    if steady and found.edits:
        said.append(f"None of them turns {listed(steady, 'or')}.")
    if unsure:
        said.append(f"Unsure of the text as typed, so that there is no verdict to turn: {listed(unsure)}.")
    return " ".join(said)


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def parted(count: int) -> str:
    """What the table of edits shows on which the recurrent lanes part."""
    if not count:
        return "On none of the edits does one recurrent model say positive and another negative."
    return (
        "After these edits one recurrent model says positive and another negative, the widest gap first. One of them is wrong, or the "
        "text means nothing: read it before you believe either."
    )


# ---------------------------------------------------------------------------------------------------------- scorecard


def expectation(one: Construction | None, rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    """What to expect of the construction that was typed."""
    row = next((row for row in rows if row.construction == one), None)
    if row is None:
        return "The text is of none of the measured constructions, so the scorecard below says nothing of it."
    said = ", ".join(f"{label} {row.right[name]} of {row.count}" for name, label in labels.items())
    known = "was taught in training" if row.taught else "is not in the training grammar"
    failing = " Every model fails on most of them." if row.failed else ""
    return (
        f"The text is of the construction “{row.construction.template}”, which {known}. Pairs right: {said}.{failing}"
    )


def scores(rows: Sequence[Row], labels: Mapping[str, str]) -> list[str]:
    """What the scorecard says as a whole."""
    new = [row for row in rows if not row.taught]
    total = sum(row.count for row in new)
    shares = {name: 100 * sum(row.right[name] for row in new) / max(1, total) for name in labels}
    said = ", ".join(f"{labels[name]} {share:.0f} %" for name, share in shares.items())
    first = (
        f"A pair is two texts of the same words in two orders, of opposite sentiment; it counts as right if both members are. "
        f"On the {total:,} pairs of {len(new)} constructions that are not in the training grammar: {said}. The per-word average gives "
        "both members the same number and cannot be right on any."
    )
    failing = [f"“{row.construction.template}”" for row in rows if row.failed]
    second = (
        f"All models fail on most pairs of {listed(failing)}."
        if failing
        else "There is no construction on which all models fail."
    )
    return [first, second]
