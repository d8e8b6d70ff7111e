"""Sentences of State space, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.analysis.state_atlas import Atlas
from explorer.analysis.state_space import Line, Readout, SlowPoints
from explorer.core.tracing import Trace
from explorer.messages import _, ngettext
from explorer.views.shared.wording import listed, percent, quoted

STRAIGHT = 0.8  # share of the slow points' variance along one direction from which they are called a line
BAND = 0.5  # and from which a band; also the cosine from which it lies along the readout
LONG = 10_000  # steps; a longer time constant is not given exactly
SIDEWAYS = 2.0  # times its move to a side, from which a word's move is called sideways
SAYS = 0.1  # log-odds: a word that moves them by less says nothing by itself


# ------------------------------------------------------------------------------------------------------------ the plane


def story(label: str, paths: Mapping[str, Trace]) -> str:
    """Where the model's state ended on each phrase; `paths` by look."""
    ends = [percent(trace.probability) for trace in paths.values()]
    if len(ends) == 1:
        return _("After each word the {model}'s memory is one point. At the end it is at {percent} positive.").format(
            model=label, percent=ends[0]
        )
    return _("After each word the {model}'s memory is one point. At the end A is at {a} positive, B at {b}.").format(
        model=label, a=ends[0], b=ends[1]
    )


def alt(label: str, atlas: Atlas, slow: SlowPoints | None, paths: Mapping[str, tuple[Trace, np.ndarray]]) -> str:
    """What the plane shows, in words; of each path where it begins and ends."""
    shown = _(
        "Scatter plot of {count} states of the {model} on real reviews, coloured by P(positive), negative on one side "
        "and positive on the other, with the line where the belief is one half."
    ).format(count=f"{len(atlas.cloud):,}", model=label)
    rest = [] if slow is None else [_("{count} points of rest are marked.").format(count=len(slow.speed))]
    ways = [
        _("{name} goes from {start} after {first} to {end} after {last}, P(positive) {percent}.").format(
            name=name, start=_place(points[0]), first=quoted(trace.tokens[0]), end=_place(points[-1]),
            last=quoted(trace.tokens[-1]), percent=percent(trace.probability),
        )
        for name, (trace, points) in paths.items()
    ]  # fmt: skip
    return " ".join([shown, *rest, *ways])


def _place(point: np.ndarray) -> str:
    return f"({point[0]:.2f}, {point[1]:.2f})"


def sideways(pushes: Mapping[str, np.ndarray]) -> str:
    """The name of the second axis: where “not” moves the state, if it moves it mostly along this axis."""
    push = pushes.get("not")
    if push is None or abs(push[1]) < SIDEWAYS * abs(push[0]):
        return _("another difference")
    return _("“not” moves it up ▶") if push[1] > 0 else _("◀ “not” moves it down")


def honest(label: str, atlas: Atlas, seen: Readout) -> str:
    """How much of the states and of the readout the plane shows."""
    return _(
        "Each dot is the {model}'s state after a word of a real review that it was not trained on. The plane is the "
        "one in which these states differ most: {first} of their variance lies from left to right, {second} from "
        "bottom to top. Left to right is also what the output layer reads: {readout} of the length of its weights "
        "lies in this plane, {along} of that along the first axis. The rest is not seen here. So the colour, which is "
        "the true belief, need not change exactly at the dotted line."
    ).format(
        model=label,
        first=f"{100 * float(atlas.plane.explained[0]):.0f}%",
        second=f"{100 * float(atlas.plane.explained[1]):.0f}%",
        readout=f"{100 * seen.share:.0f}%",
        along=f"{100 * abs(float(seen.direction[0])) / (float(np.linalg.norm(seen.direction)) or 1.0):.0f}%",
    )


# ------------------------------------------------------------------------------------------------------ points of rest


def resting(slow: SlowPoints, along: Line | None, given: str, pace: float) -> str:
    """The slow points: how many, how slow beside the speed of reading, their time constants, their shape."""
    count = len(slow.speed)
    inputs = {"zero": _("a zero vector, as if no word came"), "mean": _("the mean vector of all words of the reviews")}
    if not count:
        return _(
            "No point of rest was found for {input}: from none of the states tried does the search come to rest."
        ).format(input=inputs[given])
    found = ngettext(
        "The search found {count} point of rest for {input}: there the state moves least. Its speed q is {speed}; "
        "while reading it is {pace} on average.",
        "The search found {count} points of rest for {input}: there the state moves least. Their largest speed q is "
        "{speed}; while reading it is {pace} on average.",
        count,
    ).format(count=count, input=inputs[given], speed=f"{slow.speed.max():.2g}", pace=f"{pace:.2g}")
    return " ".join([found, *_constants(slow), _shape(along, count)])


def _constants(slow: SlowPoints) -> list[str]:
    steps, drifting = slow.memory.max(1), int((~slow.stable).sum())
    low, high = longest(steps.min()), longest(steps.max())
    lasting = (
        _("The longest time constant is {steps} steps.").format(steps=low)
        if low == high
        else _("Their longest time constants lie between {low} and {high} steps.").format(low=low, high=high)
    )
    if drifting:
        drift = ngettext(
            "{count} of them has an eigenvalue of size 1 or more, from which the state drifts off.",
            "{count} of them have an eigenvalue of size 1 or more, from which the state drifts off.",
            drifting,
        ).format(count=drifting)
        return [lasting, drift]
    return [lasting, _("All eigenvalues are smaller than 1 in size, so a push dies away.")]


def longest(steps: float) -> str:
    """A time constant as a number of steps."""
    if not np.isfinite(steps):
        return _("endless")
    return f"{steps:.1f}" if steps < LONG else _("over {steps}").format(steps=f"{LONG:,}")


def _shape(along: Line | None, count: int) -> str:
    if along is None:
        return ngettext("One point has no shape.", "So few points have no shape.", count)
    if along.share < BAND:
        shape = _("Only {share} of their variance lies along one direction: a cloud rather than a line.")
    elif along.alignment < BAND:
        shape = _(
            "{share} of their variance lies along one direction: a band, but hardly along the readout ({cosine})."
        )
    elif along.share < STRAIGHT:
        shape = _(
            "{share} of their variance lies along one direction: a line-like band along the readout (cosine {cosine}), "
            "not a line."
        )
    else:
        shape = _(
            "{share} of their variance lies along one direction, whose cosine with the readout is {cosine}: nearly a "
            "line, in the literature a line attractor."
        )
    return shape.format(share=f"{100 * along.share:.0f}%", cosine=f"{along.alignment:.2f}")


# ----------------------------------------------------------------------------------------------------- what a word does


def moved(label: str, word: str, push: np.ndarray) -> str:
    """Where a word moves the state in the plane, (2,), in a sentence."""
    across, up = float(push[0]), float(push[1])
    if abs(up) >= SIDEWAYS * abs(across):
        if up > 0:
            sentence = _("{word} alone moves the {model}'s memory up, hardly towards positive or negative.")
        else:
            sentence = _("{word} alone moves the {model}'s memory down, hardly towards positive or negative.")
        return sentence.format(word=quoted(word), model=label)
    if across > 0:
        return _("{word} moves the {model}'s memory towards positive.").format(word=quoted(word), model=label)
    return _("{word} moves the {model}'s memory towards negative.").format(word=quoted(word), model=label)


def turned(word: str, then: Mapping[str, tuple[float, float]]) -> str:
    """Which next words push the other way after a word."""
    flips = [quoted(name) for name, (first, after) in then.items() if first * after < 0 and abs(first) >= SAYS]
    if not flips:
        return _("After {word}, no next word that says something by itself changes its side.").format(word=quoted(word))
    return _("{word} reverses the push of {words}.").format(word=quoted(word), words=listed(flips))


def modified(label: str, word: str, alone: float, then: Mapping[str, tuple[float, float]], where: str) -> str:
    """What a word does by itself, and to the next word; `alone`: mean change of log-odds, `where`: the states tried."""
    first, (by_itself, after) = next(iter(then.items()))
    return _(
        "Mean over {where}: {word} by itself moves the {model}'s log-odds by {alone}. {next} brings {before} by itself "
        "and {after} after {word}."
    ).format(
        where=where, word=quoted(word), model=label, alone=f"{alone:+.2f}", next=quoted(first),
        before=f"{by_itself:+.2f}", after=f"{after:+.2f}",
    )  # fmt: skip


def arrow(word: str, share: float) -> str:
    """What is seen of a word's mean move in the plane; `share` of its length, 0…1."""
    return _(
        "The arrow of {word} shows {percent} of the length of its mean move; the rest is outside the plane."
    ).format(word=quoted(word), percent=f"{100 * share:.0f}%")
