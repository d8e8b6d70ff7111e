"""Sentences on what was measured of the approaches: many phrases moved, real texts by length. Plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.analysis.approach_findings import Bin
from explorer.analysis.approaches import Moves
from explorer.messages import _
from explorer.networks.registry import CONCATENATION, network
from explorer.views.approaches.sentences import STILL
from explorer.views.shared.wording import listed


def moved(moves: Mapping[str, tuple[str, Moves]], phrases: int) -> str:
    """The move with the place in the mean over many phrases."""
    means = {label: float(move.moved[1:].mean()) for label, move in moves.values() if move.moved.any()}
    distances = listed([f"{label} {mean:.3f}" for label, mean in means.items()])
    fixed = [label for label, move in moves.values() if not move.moved.any()]
    numbers = {"phrases": f"{phrases:,}", "distances": distances, "fixed": listed(fixed)}
    if not fixed:
        return _(
            "Over {phrases} short phrases, the mean distance of a belief from that at place 0: {distances}."
        ).format(**numbers)
    return _(
        "Over {phrases} short phrases, the mean distance of a belief from that at place 0: {distances}. Never moving, "
        "since it adds up the same words: {fixed}."
    ).format(**numbers)


def surprise(moves: Mapping[str, tuple[str, Moves]]) -> str:
    """Whether the recurrent models hold still beside the concatenation, in plain numbers."""
    concat = float(moves[CONCATENATION][1].moved[1:].mean())
    others = [float(move.moved[1:].mean()) for name, (_label, move) in moves.items() if network(name).recurrent]
    low, high = min(others), max(others)
    numbers = {"low": f"{low:.3f}", "high": f"{high:.3f}", "concatenation": f"{concat:.3f}"}
    if high < STILL:
        return _("The recurrent models hold nearly still, the concatenation moves by {concatenation}.").format(
            **numbers
        )
    if high < concat:
        return _(
            "The recurrent models move less than the concatenation, {low} to {high} beside {concatenation}, but they "
            "do "
            "not hold still: at another place the phrase meets another state, and other words follow it."
        ).format(**numbers)
    return _(
        "Shared weights alone do not make a recurrent model hold still: at another place the phrase meets another "
        "state, and other words follow it. In plain numbers the recurrent models move by {low} to {high}, the "
        "concatenation by {concatenation}. What the place is worth beside what the phrase says, the next chart tells."
    ).format(**numbers)


def shares(moves: Mapping[str, tuple[str, Moves]]) -> str:
    """How much of what a model says comes from the place and not the phrase."""
    return _(
        "Of the variance of all these beliefs the place makes: {split}; the phrase makes the rest. Phrases whose side "
        "of one half depends on the place: {sides}. A model that says nearly the same of all phrases is easily moved "
        "across one half; the standard deviation of the phrases' mean beliefs is {spread}."
    ).format(
        split=listed([f"{label} {100 * move.share:.0f}%" for label, move in moves.values()]),
        sides=listed([f"{label} {100 * move.sides:.0f}%" for label, move in moves.values()]),
        spread=listed([f"{label} {move.between:.3f}" for label, move in moves.values()]),
    )


def again(moves: Mapping[str, tuple[str, Moves]], measured: Mapping[str, Sequence[float]]) -> str:
    """Whether the same comes out among other neutral words; "" where no model moves.

    `measured`: the shares of the place among other words.
    """
    moving = {name: values for name, values in measured.items() if max(values, default=0) > 0}
    if not moving:
        return ""
    clauses = min(map(len, moving.values()))
    most = {max(moving, key=lambda name: moving[name][i]) for i in range(clauses)}
    numbers = {
        "count": clauses,
        "ranges": listed(
            [
                f"{moves[name][0]} {100 * min(values):.0f}% to {100 * max(values):.0f}%"
                for name, values in moving.items()
            ]
        ),
    }
    if len(most) == 1 and len(moving) > 1:
        return _(
            "Among {count} other clauses of neutral words the place makes {ranges} of the variance; each time most of "
            "it "
            "in this model: {model}."
        ).format(**numbers, model=moves[most.pop()][0])
    return _("Among {count} other clauses of neutral words the place makes {ranges} of the variance.").format(**numbers)


def accuracy(bins: Sequence[Bin], labels: Mapping[str, str], texts: str) -> str:
    """How often the models are right on short and on long texts."""
    first, last = bins[0], bins[-1]
    small = min(bins, key=lambda texts: texts.count)
    numbers = {
        "texts": texts,
        "first": first.name,
        "count": f"{first.count:,}",
        "right": _right(first, labels),
        "last": last.name,
        "last_count": f"{last.count:,}",
        "last_right": _right(last, labels),
        "few": f"{small.count:,}",
        "few_words": small.name,
        "error": f"{100 * max(small.error.values()):.0f}",
    }
    if len(bins) == 1:
        return _("All {count} {texts} have {first} words: {right}.").format(**numbers)
    return _(
        "Right on {texts} of {first} words ({count}): {right}. Of {last} words ({last_count}): {last_right}. Bars are "
        "one standard error; of {few} texts ({few_words} words) it is up to {error} points."
    ).format(**numbers)


def fall(bins: Sequence[Bin], labels: Mapping[str, str]) -> str:
    """Which model is right less often on long texts; "" where there are too few of them."""
    solid = [texts for texts in bins if texts.count >= 100]
    if len(solid) < 2:
        return ""
    falls = {label: solid[0].right[name] - solid[-1].right[name] for name, label in labels.items()}
    label, most = max(falls.items(), key=lambda item: item[1])
    numbers = {"first": solid[0].name, "last": solid[-1].name, "model": label, "points": f"{100 * most:.0f}"}
    if most <= 0:
        return _("From {first} to {last} words, bins of a hundred texts or more, no model is right less often.").format(
            **numbers
        )
    return _(
        "From {first} to {last} words, bins of a hundred texts or more, this model falls most, by {points} points: "
        "{model}."
    ).format(**numbers)


def _right(texts: Bin, labels: Mapping[str, str]) -> str:
    return listed([f"{label} {100 * texts.right[name]:.0f}%" for name, label in labels.items()])
