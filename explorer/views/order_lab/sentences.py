"""Sentences of the order lab, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.counterfactuals import Counterfactuals, Edit
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import Permutations
from explorer.evaluation.order_pairs import Construction
from explorer.evaluation.scorecard import Row
from explorer.messages import _, ngettext
from explorer.networks.registry import AVERAGE
from explorer.views.shared.wording import capital, listed, percent, quoted

COUNTED = 100  # orders up to which they are counted; from there on a share says more


def story(
    orders: Permutations,
    beliefs: Mapping[str, np.ndarray],
    typed: Mapping[str, float],
    name: str,
    labels: Mapping[str, str],
) -> str:
    """What all orders say: the average one number, the chosen model a range; `name`: of that one."""
    own, p, model = beliefs[name], typed[name], labels[name]
    if orders.count == 1:
        message = {
            "positive": _("The {model} says {percent}: positive."),
            "negative": _("The {model} says {percent}: negative."),
            "unsure": _("The {model} says {percent}: it is undecided."),
        }[verdict(p)]
        return f"{read(orders)} {message.format(model=model, percent=percent(p))}"
    middle = _(
        "The average of words gives them all {average}, exactly the same. The {model}'s answers run from {low} to "
        "{high}."
    ).format(average=percent(typed[AVERAGE]), model=model, low=percent(own.min()), high=percent(own.max()))
    return f"{read(orders)} {middle} {opposite(own, p)}"


def read(orders: Permutations) -> str:
    """Which orders were read: all, or how many of how many."""
    if orders.count == 1:
        if len(orders.reading.words) > 1:
            return _("All these words are the same, so there is only one order. Type another one.")
        return _("One word has only one order. Type at least two.")
    if orders.complete:
        return _("These words have {count:,} orders.").format(count=orders.count)
    return _("These words have {many} orders; {count:,} of them were read, drawn at random from a fixed seed.").format(
        many=many(orders.count), count=len(orders)
    )


def many(count: int) -> str:
    """A number of orders; a huge one by its power of ten.

    >>> many(5040), many(2 * 10**12)
    ('5,040', 'more than 10¹²')
    """
    if count < 10**9:
        return f"{count:,}"
    power = str(len(str(count)) - 1).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return _("more than {power}").format(power=f"10{power}")


def opposite(beliefs: np.ndarray, typed: float) -> str:
    """Of how many orders the verdict is the opposite of the typed one's."""
    answers = [verdict(p) for p in beliefs]
    answer = verdict(typed)
    if answer == "unsure":
        number = sum(each != "unsure" for each in answers)
        message = (
            _("It is undecided about this order; {number} of the {count} orders get a verdict.")
            if len(answers) <= COUNTED
            else _("It is undecided about this order; {share} of the orders get a verdict.")
        )
        return message.format(number=number, count=len(answers), share=portion(number / len(answers)))
    reverse = {"positive": "negative", "negative": "positive"}[answer]
    number = sum(each == reverse for each in answers)
    if not number:
        return {
            "negative": _("It calls none of the orders negative."),
            "positive": _("It calls none of the orders positive."),
        }[reverse]
    if len(answers) <= COUNTED:
        message = {
            "negative": _("It calls {number} of the {count} orders negative."),
            "positive": _("It calls {number} of the {count} orders positive."),
        }[reverse]
    else:
        message = {
            "negative": _("It calls {share} of the orders negative."),
            "positive": _("It calls {share} of the orders positive."),
        }[reverse]
    return message.format(number=number, count=len(answers), share=portion(number / len(answers)))


def portion(share: float) -> str:
    """A share, 0…1, in percent; one decimal below ten.

    >>> portion(0.25), portion(0.021)
    ('25%', '2.1%')
    """
    return f"{100 * share:.{1 if share < 0.1 else 0}f}%"


def short(probability: float) -> str:
    """A probability beside its mark, never rounded to certainty.

    >>> short(0.971), short(0.999), short(0.001)
    ('97%', '>99%', '<1%')
    """
    if probability > 0.99:
        return ">99%"
    return "<1%" if probability < 0.01 else f"{100 * probability:.0f}%"


def reach(beliefs: np.ndarray) -> str:
    """The lowest and the highest belief of all orders."""
    return _("{low} to {high}").format(low=short(float(beliefs.min())), high=short(float(beliefs.max())))


def honest(dots: int, orders: Permutations) -> list[str]:
    """What the picture of the spread shows, and what the orders are; a sentence or two each."""
    drawn = (
        _("The cloud above each line counts all orders by their P(positive). Each stroke below it is one of them.")
        if len(orders) <= dots
        else _(
            "The cloud above each line counts all orders by their P(positive). The strokes below it are {count} of "
            "them, evenly spaced from the lowest to the highest."
        ).format(count=dots)
    )
    return [
        _("A marks the order that you see. Between 40% and 60%, in the grey band, a model is undecided."),
        drawn,
        _("Click a stroke to see that order beside yours."),
        *([] if len(orders.reading.words) == len(orders.reading) else [_("Punctuation stays where it is.")]),
        _("Most orders are not English, and no model was trained on such text."),
        _("So this shows that a model notices the order, not that it understands every order."),
    ]


def alt(
    orders: Permutations, beliefs: Mapping[str, np.ndarray], typed: Mapping[str, float], labels: Mapping[str, str]
) -> str:
    """The picture of the spread in words."""
    rows = [
        _("{model}: {low:.3f} to {high:.3f}, mean {mean:.3f}, this order {typed:.3f}.").format(
            model=capital(label), low=beliefs[name].min(), high=beliefs[name].max(), mean=beliefs[name].mean(),
            typed=typed[name],
        )
        for name, label in labels.items()
    ]  # fmt: skip
    start = _("P(positive) of {count:,} orders of the words, a row a model, on one scale from 0 to 1.")
    return " ".join([start.format(count=len(orders)), *rows])


# ------------------------------------------------------------------------------------------------------ minimal pairs


def edited(edit: Edit) -> str:
    """An edit in words."""
    if edit.kind == "replace":
        return _("{first} becomes {second}").format(first=quoted(edit.words[0]), second=quoted(edit.words[1]))
    if edit.kind == "swap":
        return _("{first} and {second} change places").format(first=quoted(edit.words[0]), second=quoted(edit.words[1]))
    return _("{word} moves from place {start} to place {end}").format(
        word=quoted(edit.words[0]), start=edit.places[0] + 1, end=edit.places[1] + 1
    )


def flipped(edits: Counterfactuals, smallest: Mapping[str, int | None], labels: Mapping[str, str]) -> str:
    """Which models an edit turns, and what the smallest one is. `smallest`: by model the first edit that turns it."""
    turned = {name: first for name, first in smallest.items() if first is not None}
    unsure = [labels[name] for name in smallest if verdict(edits.typed[name]) == "unsure"]
    steady = [labels[name] for name in smallest if name not in turned and labels[name] not in unsure]
    count = len(edits.edits)
    parts = [_("There is nothing to edit in so short a text.")]
    if count:
        parts = [ngettext("{count:,} edit was tried.", "{count:,} edits were tried.", count).format(count=count)]
    parts += [
        _("{model}: {edit}, and {before} turns to {after}.").format(
            model=capital(labels[name]), edit=edited(edits.edits[first]), before=percent(edits.typed[name]),
            after=percent(edits.beliefs[name][first]),
        )
        for name, first in turned.items()
    ]  # fmt: skip
    if steady and count:
        parts.append(_("None of them turns {models}.").format(models=listed(steady, _("or"))))
    if unsure:
        parts.append(_("Undecided about the text as typed, so there is no verdict to turn: {models}.").format(
            models=listed(unsure)
        ))  # fmt: skip
    return " ".join(parts)


def parted(count: int) -> str:
    """What the table of edits shows on which the recurrent models part."""
    if not count:
        return _("On none of the edits does one recurrent model say positive and another negative.")
    return _(
        "After these edits one recurrent model says positive and another negative, the widest gap first. "
        "One of them is wrong, or the text means nothing: read it before you believe either."
    )


# ---------------------------------------------------------------------------------------------------------- scorecard


def expectation(construction: Construction | None, rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    """What to expect of the construction that was typed."""
    row = next((row for row in rows if row.construction == construction), None)
    if row is None:
        return _("The text fits none of the measured patterns, so the scorecard says nothing about it.")
    scores = [
        _("{model} {right} of {count}").format(model=label, right=row.right[name], count=row.count)
        for name, label in labels.items()
    ]
    message = (
        _("The text fits the pattern “{pattern}”, which was taught in training. Pairs right: {scores}.")
        if row.taught
        else _("The text fits the pattern “{pattern}”, which was not taught in training. Pairs right: {scores}.")
    )
    expected = message.format(pattern=row.construction.template, scores=", ".join(scores))
    return f"{expected} {_('Every model fails on most of them.')}" if row.failed else expected


def scores(rows: Sequence[Row], labels: Mapping[str, str]) -> list[str]:
    """What the scorecard says as a whole."""
    new = [row for row in rows if not row.taught]
    total = sum(row.count for row in new)
    shares = {name: 100 * sum(row.right[name] for row in new) / max(1, total) for name in labels}
    failing = [f"“{row.construction.template}”" for row in rows if row.failed]
    return [
        _(
            "A pair is two texts of the same words in two orders, with opposite sentiment. A pair counts as right if "
            "both texts do."
        ),
        _("Right on {total:,} pairs in {count} patterns that training did not teach: {scores}.").format(
            total=total,
            count=len(new),
            scores=", ".join(f"{labels[name]} {share:.0f}%" for name, share in shares.items()),
        ),
        _("The average of words gives both texts of a pair the same number, so it cannot be right on any."),
        _("All models fail on most pairs of {patterns}.").format(patterns=listed(failing))
        if failing
        else _("There is no pattern on which all models fail."),
    ]
