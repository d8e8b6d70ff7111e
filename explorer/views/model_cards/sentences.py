"""Sentences of the model cards, made from what the cards hold. Plain text, never markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from explorer.evaluation.order_pairs import FIRST, FRESH, constructions, opposites
from explorer.messages import _
from explorer.views.model_cards import names
from explorer.views.shared.wording import quoted

TRIED = 4  # from so many texts on, a kind counts


def trust(card: Mapping[str, Any], label: str) -> str:
    """How far a model can be trusted, from its card: on sentences, and on word order."""
    scores = card.get("scores", {})
    if "sst2" not in scores:
        return _("How far the {model} can be trusted is not measured yet.").format(model=label)
    parts = [
        _("The {model} is right on {share} of the sentences from real reviews.").format(
            model=label, share=f"{100 * scores['sst2']:.0f}%"
        )
    ]
    if (pairs := scores.get("pairs_held_out")) is not None:
        message = (
            _("It never tells apart two orders of the same words.")
            if pairs == 0
            else _("Given the same words in two orders, it gets both right {share} of the time.")
        )
        parts.append(message.format(share=f"{100 * pairs:.0f}%"))
    if (typed := scores.get("typed")) is not None:
        parts.append(_("Of texts as people type them, it gets {share} right.").format(share=f"{100 * typed:.0f}%"))
    return " ".join(parts)


def weak_spot(card: Mapping[str, Any], label: str) -> str:
    """On which kind of phrases a model is right least often; empty if none was measured, or it always is right."""
    worst = worst_of([row for row in card.get("behaviour", []) if row["set"] == "phrases"], 1)
    if not worst:
        return ""
    return _("The {model} is weakest on {kind}: it gets {right} of {count} such phrases right.").format(
        model=label, kind=quoted(names.kind(worst[0]["kind"]), 60), right=worst[0]["right"], count=worst[0]["count"]
    )


def calibration(bins: Sequence[Mapping[str, float]], label: str, texts: str) -> str:
    """How far a model's probabilities can be taken at their word on one set of texts."""
    filled = [interval for interval in bins if interval["count"]]
    total = sum(interval["count"] for interval in filled)
    error = sum(interval["count"] * abs(interval["mean"] - interval["share"]) for interval in filled) / total
    start = _("On {texts} ({total:,} texts) the {model}'s probabilities are {error:.1f} points off on average.").format(
        texts=texts, total=total, model=label, error=100 * error
    )
    solid = [interval for interval in filled if interval["count"] >= 10]
    if not solid:
        return start
    widest = max(solid, key=lambda interval: abs(interval["mean"] - interval["share"]))
    message = (
        _("Of ten texts or more, the worst bin is too low: it says {said}, {share} of {count:,} are positive.")
        if widest["share"] > widest["mean"]
        else _("Of ten texts or more, the worst bin is too high: it says {said}, {share} of {count:,} are positive.")
    )
    said, share = f"{100 * widest['mean']:.0f}%", f"{100 * widest['share']:.0f}%"
    return f"{start} {message.format(said=said, share=share, count=widest['count'])}"


def order_pairs(behaviour: Sequence[Mapping[str, Any]]) -> str:
    """How a model does on order pairs of patterns that training taught, and of others; empty if not measured."""
    messages = {
        True: _("Of {count:,} order pairs in patterns that training taught, it has {share} right."),
        False: _("Of {count:,} order pairs in patterns that training did not teach, it has {share} right."),
    }
    parts = []
    for taught, message in messages.items():
        rows = [
            row
            for row in behaviour
            if row["set"] == "order pairs" and bool(row.get("taught")) == taught and row["count"]
        ]
        if rows:
            right, count = sum(row["right"] for row in rows), sum(row["count"] for row in rows)
            parts.append(message.format(count=count, share=f"{100 * right / count:.0f}%"))
    return " ".join(parts)


def weakest(behaviour: Sequence[Mapping[str, Any]], most: int = 3) -> str:
    """The kinds on which a model is right least often, of those tried four times or more; empty where it always is."""
    worst = [
        _("{kind} ({set}), {right:,} of {count:,} right").format(
            kind=quoted(example(names.kind(row["kind"])), 90),
            set=names.named(names.SETS, row["set"]),
            right=row["right"],
            count=row["count"],
        )
        for row in worst_of(behaviour, most)
    ]
    return _("Worst of all that was tried: {kinds}.").format(kinds="; ".join(worst)) if worst else ""


def example(kind: str) -> str:
    """A kind of texts as people write it, a pattern with words of the right part of speech in its places.

    >>> example("{x} or {y} ? the former ."), example("negation very far")
    ('good or bad? the former.', 'negation very far')
    >>> example("twenty years on , {s} is no longer the {y} that it was but a {x} .")
    'twenty years on, the film is no longer the mess that it was but a marvel.'
    """
    x, y = _words().get(kind, ("good", "bad"))
    text = kind.replace("{x}", x).replace("{y}", y).replace("{s}", "the film")
    return re.sub(r" (?=[.,!?;:])", "", text)


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    """What stands in the places of patterns in which adjectives cannot."""
    return {
        each.template: opposites(name)[each.words][0]
        for name in (FIRST, FRESH)
        for each in constructions(name)
        if each.words != "adjective"
    }


def worst_of(behaviour: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """The kinds that are right least often, of those tried often enough."""
    tried = [row for row in behaviour if row["count"] >= TRIED and row["right"] < row["count"]]
    return sorted(tried, key=lambda row: row["right"] / row["count"])[:most]
