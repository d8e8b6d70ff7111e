"""Sentences of Look inside, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.attribution import Disagreement
from explorer.analysis.integrated_gradients import IntegratedGradients
from explorer.analysis.measures import verdict
from explorer.analysis.state_atlas import Context
from explorer.core.tracing import Trace
from explorer.views.shared.wording import percent, quoted

WIDE = 0.1  # a gap from which on a share of log-odds near 0 would say little
MOVES = 3  # of the belief that the story tells


def story(trace: Trace, label: str, parts: np.ndarray, bias: float) -> str:
    """The phrase as the model read it, in words: where the belief moved, by which words and units, and how it ended.

    `parts`: (T, H), what each unit says of the log-odds after each step; `bias`: what the readout says of a zero state.
    """
    start = 1 / (1 + np.exp(-bias))
    beliefs = np.concatenate([[start], trace.belief])
    moves = np.diff(beliefs)
    largest = sorted(np.argsort(-np.abs(moves), kind="stable")[:MOVES])
    sentences = [_move(trace, t, beliefs, parts) for t in largest if abs(moves[t]) >= 0.02]
    opening = f"Before the first word the {label} says {start:.2f}."
    if not sentences:
        sentences = ["No word moves its belief by as much as 0.02."]
    ending = (
        f"After {f'the last of {len(trace):,} steps' if len(trace) > 1 else 'its only step'} it is "
        f"{percent(trace.probability)} positive: {verdict(trace.probability)}."
    )
    return " ".join([opening, *sentences, ending])


def _move(trace: Trace, t: int, beliefs: np.ndarray, parts: np.ndarray) -> str:
    up = beliefs[t + 1] > beliefs[t]
    way = "rose" if up else "fell"
    change = parts[t] - (parts[t - 1] if t else 0)
    unit = int(change.argmax() if up else change.argmin())  # of those that went the same way
    return (
        f"At {quoted(trace.tokens[t])} (step {t + 1}) the belief {way} from {beliefs[t]:.2f} to {beliefs[t + 1]:.2f}; "
        f"unit {unit} moved most for it, by {change[unit]:+.2f} of log-odds."
    )


def unit(trace: Trace, number: int, part: np.ndarray, weight: float) -> str:
    """One unit through the phrase and what it says for the verdict; `part`: (T,), its part of the log-odds."""
    values = trace.activations["hidden"][:, number]
    high, low = int(values.argmax()), int(values.argmin())
    leaning = "positive" if weight > 0 else "negative"
    return (
        f"The readout gives unit {number} the weight {weight:+.3f}, so a high activation speaks for {leaning}. Here "
        f"it is highest, {_signed(values[high])}, after {quoted(trace.tokens[high])} (step {high + 1}) and lowest, "
        f"{_signed(values[low])}, after {quoted(trace.tokens[low])} (step {low + 1}). At the end it gives "
        f"{part[-1]:+z.3f} of the log-odds."
    )


def _signed(value: float) -> str:
    """An activation with its sign; a small one with as many digits as it takes to see it."""
    return f"{value:+z.2f}" if abs(value) >= 0.005 or value == 0 else f"{value:+.1g}"


def attributed(
    tokens: Sequence[str],
    methods: Mapping[str, np.ndarray],
    whole: IntegratedGradients,
    pairs: Sequence[Disagreement],
) -> str:
    """Which word each method names first, whether integrated gradients are complete, and where the methods differ."""
    first = [
        f"{name} names {quoted(tokens[t])} (step {t + 1}, {values[t]:+.2f})"
        for name, values in methods.items()
        for t in [int(np.argmax(np.abs(values)))]
    ]
    return f"Strongest by each method: {'; '.join(first)}. {completeness(whole)} {differing(tokens, pairs)}"


def completeness(whole: IntegratedGradients) -> str:
    """How much of the log-odds integrated gradients account for, and why their bars are left out if that is little."""
    if not whole.trusted:
        return (
            "Integrated gradients are left out: on the way from no words to this text the log-odds jump too sharply. "
            f"After {whole.points:,} points the bars could still be off by {whole.missed:.2f} log-odds in all, and the "
            f"whole text is worth {whole.rise:+.2f}."
        )
    total = float(whole.words.sum())
    gap = f"{100 * whole.gap:.2g} %" if whole.gap < WIDE else f"{whole.missed:.2f} log-odds"
    complete = (
        f"Integrated gradients sum to {total:+.3f}; the log-odds less those of the baseline are {whole.rise:+.3f}, a "
        f"gap of {gap}."
    )
    return complete if whole.complete else f"{complete} The path has sharp jumps: take small bars with care."


def differing(tokens: Sequence[str], pairs: Sequence[Disagreement]) -> str:
    """Where two methods give a word opposite signs; the pair that agrees least is named."""
    opposed = [(pair, t) for pair in pairs for t in pair.opposed[:1]]
    if not opposed:
        return "No two methods give a word clearly opposite signs."
    words = [
        f"{pair.methods[0]} and {pair.methods[1]} give {quoted(tokens[t])} (step {t + 1}) opposite signs"
        for pair, t in opposed
    ]
    return f"The methods disagree: {'; '.join(words)}. They answer different questions, so neither is simply right."


def contexts(label: str, number: int, sides: Mapping[str, Sequence[Context]]) -> str:
    """What drives a unit high and low in real reviews, from the first of its contexts."""
    high, low = sides["high"][0], sides["low"][0]
    return (
        f"In real reviews that no model was trained on, unit {number} of the {label} was highest, {high.value:+.2f}, "
        f"at {quoted(high.token)} and lowest, {low.value:+.2f}, at {quoted(low.token)}. Each row is from another "
        "review."
    )
