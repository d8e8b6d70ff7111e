"""Sentences of State space, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.analysis.measures import verdict
from explorer.analysis.state_atlas import Atlas
from explorer.analysis.state_space import Line, Readout, SlowPoints
from explorer.core.tracing import Trace
from explorer.views.shared.wording import percent, quoted

STRAIGHT = 0.8  # share of the slow points' variance along one direction from which they are called a line
BAND = 0.5  # and from which a band; also the cosine from which it lies along the readout
LONG = 10_000  # steps; a longer time constant is not given exactly
INPUTS = {"zero": "a zero vector, as if no word came", "mean": "the mean vector of all words of the reviews"}


def story(label: str, paths: Mapping[str, Trace]) -> str:
    """Where the model ended on each phrase; `paths` by the phrase's name."""
    ends = [
        f"{name} ends at {percent(trace.probability)} positive: {verdict(trace.probability)}"
        for name, trace in paths.items()
    ]
    ends[0] = ends[0][0].upper() + ends[0][1:]
    return f"{'; '.join(ends)}. Read by the {label}, one point of its state space a word."


def alt(label: str, atlas: Atlas, slow: SlowPoints, paths: Mapping[str, tuple[Trace, np.ndarray]]) -> str:
    """What the plane shows, in words; of each path where it begins and ends."""
    ways = [
        f"{name} goes from {_place(points[0])} after {quoted(trace.tokens[0])} to {_place(points[-1])} after "
        f"{quoted(trace.tokens[-1])}, P(positive) {trace.probability:.2f}."
        for name, (trace, points) in paths.items()
    ]
    shown = (
        f"Scatter plot of {len(atlas.cloud):,} states of the {label} on real reviews, coloured by P(positive), with "
        f"{len(slow.speed)} slow points, the readout direction as an arrow, and the line where the belief is one half."
    )
    return " ".join([shown, *ways])


def _place(point: np.ndarray) -> str:
    return f"({point[0]:.2f}, {point[1]:.2f})"


def honest(label: str, atlas: Atlas, seen: Readout) -> str:
    """How much of the states and of the readout the plane shows."""
    shares = atlas.plane.explained
    return (
        f"Each dot is the {label}'s state after a word of a real review that it was not trained on. The plane holds "
        f"{100 * float(shares.sum()):.0f} % of the variance of these states and {100 * seen.share:.0f} % of the "
        "length of the readout weights; what lies outside it is not seen here, so the colour, which is the true "
        "belief, need not change exactly at the dotted line. The arrow points to where the log-odds rise."
    )


def resting(slow: SlowPoints, along: Line | None, given: str, pace: float) -> str:
    """The slow points: how many, how slow beside the speed of reading, their time constants, their shape."""
    count = len(slow.speed)
    if not count:
        return (
            f"No slow point was found for {INPUTS[given]}: from none of the states tried does the search come to rest."
        )
    return (
        f"The search found {count} slow point{'s' if count > 1 else ''} for {INPUTS[given]}: there the state moves "
        f"least. {'Their largest' if count > 1 else 'Its'} speed q is {slow.speed.max():.2g}; while reading it is "
        f"{pace:.2g} on average. {_constants(slow)} {_shape(along, count)}"
    )


def _constants(slow: SlowPoints) -> str:
    longest, drifting = slow.memory.max(1), int((~slow.stable).sum())
    low, high = (_steps(steps) for steps in (longest.min(), longest.max()))
    constants = (
        f"The longest time constant is {low}"
        if low == high
        else f"Their longest time constants lie between {low} and {high}"
    )
    if drifting:
        return (
            f"{constants}; {drifting if drifting > 1 else 'one'} of them {'have' if drifting > 1 else 'has'} an "
            "eigenvalue of size 1 or more, from which the state drifts off."
        )
    return f"{constants}; all eigenvalues are smaller than 1 in size, so a push dies away."


def _steps(steps: float) -> str:
    return f"{longest(steps)} steps" if np.isfinite(steps) else longest(steps)


def longest(steps: float) -> str:
    """A time constant as a number of steps."""
    if not np.isfinite(steps):
        return "no end"
    return f"{steps:.1f}" if steps < LONG else f"over {LONG:,}"


def _shape(along: Line | None, count: int) -> str:
    if along is None:
        return "So few points have no shape." if count > 1 else "One point has no shape."
    share = f"{100 * along.share:.0f} % of the variance of the slow points lies along one direction"
    seen = f"{share}, whose cosine with the readout is {along.alignment:.2f}"
    if along.share < BAND:
        return f"Only {seen}: a cloud rather than a line."
    if along.alignment < BAND:
        return f"{seen}: a band, but hardly along the readout."
    if along.share < STRAIGHT:
        return f"Only {seen}: a line-like band along the readout, not a line."
    return f"{seen}: nearly a line, in the literature a line attractor."


SAYS = 0.1  # log-odds: a word that moves them by less says nothing by itself


def modified(label: str, word: str, alone: float, then: Mapping[str, tuple[float, float]], where: str) -> str:
    """What a word does by itself, and to the next word; `alone`: mean change of log-odds, `where`: the states tried."""
    turned = [quoted(name) for name, (first, after) in then.items() if first * after < 0 and abs(first) >= SAYS]
    flips = (
        f"After {quoted(word)}, {_listed(turned)} the other way."
        if turned
        else f"After {quoted(word)}, none that says something by itself changes its sign."
    )
    first, (by_itself, after) = next(iter(then.items()))
    return (
        f"Mean over {where}: {quoted(word)} by itself moves the {label}'s log-odds by {alone:+.2f}. {quoted(first)} "
        f"brings {by_itself:+.2f} by itself and {after:+.2f} after {quoted(word)}. {flips}"
    )


def _listed(names: list[str]) -> str:
    start = ", ".join(names[:-1])
    return f"{start} and {names[-1]} push" if start else f"{names[0]} pushes"


def arrow(share: float) -> str:
    """What is seen of a word's mean move in the plane; `share` of its length, 0…1."""
    return (
        " Its arrow in the plane above starts at the mean of these states and shows "
        f"{100 * share:.0f} % of the length of the mean move."
    )
