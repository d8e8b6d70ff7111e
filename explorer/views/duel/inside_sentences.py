"""Sentences on one phrase in one model, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.attribution import Disagreement
from explorer.analysis.integrated_gradients import IntegratedGradients
from explorer.analysis.state_atlas import Context
from explorer.core.tracing import Trace
from explorer.messages import _
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
    opening = _("Before the first word the {model} says {start}.").format(model=label, start=percent(float(start)))
    if not sentences:
        sentences = [_("No word moves its belief by as much as 2%.")]
    ending = _("At the end it says {end}.").format(end=percent(trace.probability))
    return " ".join([opening, *sentences, ending])


def _move(trace: Trace, t: int, beliefs: np.ndarray, parts: np.ndarray) -> str:
    up = beliefs[t + 1] > beliefs[t]
    change = parts[t] - (parts[t - 1] if t else 0)
    unit = int(change.argmax() if up else change.argmin())  # of those that went the same way
    told = (
        _(
            "At {word} (step {step}) the belief rises from {before} to {after}. Unit {unit} pushes hardest "
            "({change} log-odds)."
        )
        if up
        else _(
            "At {word} (step {step}) the belief falls from {before} to {after}. Unit {unit} pushes hardest "
            "({change} log-odds)."
        )
    )
    return told.format(
        word=quoted(trace.tokens[t]),
        step=f"{t + 1:,}",
        before=percent(float(beliefs[t])),
        after=percent(float(beliefs[t + 1])),
        unit=unit,
        change=f"{change[unit]:+.2f}",
    )


def unit(trace: Trace, number: int, part: np.ndarray, weight: float) -> str:
    """One unit through the phrase and what it says for the verdict; `part`: (T,), its part of the log-odds."""
    values = trace.activations["hidden"][:, number]
    high, low = int(values.argmax()), int(values.argmin())
    side = (
        _("Unit {unit} counts with the weight {weight}, so a high activation speaks for positive.")
        if weight > 0
        else _("Unit {unit} counts with the weight {weight}, so a high activation speaks for negative.")
    )
    course = _(
        "Here it is highest, {high}, after {first} (step {high_step}) and lowest, {low}, after {last} (step "
        "{low_step}). At the end it gives {end} of the log-odds."
    )
    return " ".join(
        (
            side.format(unit=number, weight=f"{weight:+.3f}"),
            course.format(
                high=_signed(values[high]),
                first=quoted(trace.tokens[high]),
                high_step=f"{high + 1:,}",
                low=_signed(values[low]),
                last=quoted(trace.tokens[low]),
                low_step=f"{low + 1:,}",
                end=f"{part[-1]:+z.3f}",
            ),
        )
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
        _("By {method} the strongest word is {word} (step {step}, {value}).").format(
            method=name, word=quoted(tokens[t]), step=f"{t + 1:,}", value=f"{values[t]:+.2f}"
        )
        for name, values in methods.items()
        for t in [int(np.argmax(np.abs(values)))]
    ]
    return " ".join([*first, completeness(whole), differing(tokens, pairs)])


def completeness(whole: IntegratedGradients) -> str:
    """How much of the log-odds integrated gradients account for, and why their bars are left out if that is little."""
    if not whole.trusted:
        return _(
            "Integrated gradients are left out: on the way from no words to this text the log-odds jump too sharply. "
            "After {points} points the bars could still be off by {missed} log-odds in all, and the whole text is "
            "worth {rise}."
        ).format(points=f"{whole.points:,}", missed=f"{whole.missed:.2f}", rise=f"{whole.rise:+.2f}")
    values = {
        "total": f"{float(whole.words.sum()):+.3f}",
        "rise": f"{whole.rise:+.3f}",
        "share": f"{100 * whole.gap:.2g}%",
        "missed": f"{whole.missed:.2f}",
    }
    complete = (
        _("Integrated gradients sum to {total}; the log-odds less those of the baseline are {rise}, a gap of {share}.")
        if whole.gap < WIDE
        else _(
            "Integrated gradients sum to {total}; the log-odds less those of the baseline are {rise}, a gap of "
            "{missed} log-odds."
        )
    ).format(**values)
    return complete if whole.complete else f"{complete} {_('The path has sharp jumps: take small bars with care.')}"


def differing(tokens: Sequence[str], pairs: Sequence[Disagreement]) -> str:
    """Where two methods give a word opposite signs; the pair that agrees least comes first."""
    opposed = [(pair, t) for pair in pairs for t in pair.opposed[:1]]
    if not opposed:
        return _("No two methods give a word clearly opposite signs.")
    words = [
        _("{first} and {second} give {word} (step {step}) opposite signs.").format(
            first=pair.methods[0].capitalize(), second=pair.methods[1], word=quoted(tokens[t]), step=f"{t + 1:,}"
        )
        for pair, t in opposed
    ]
    return " ".join([*words, _("They answer different questions, so neither is simply right.")])


def contexts(label: str, number: int, sides: Mapping[str, Sequence[Context]]) -> str:
    """What drives a unit high and low in real reviews, from the first of its contexts."""
    high, low = sides["high"][0], sides["low"][0]
    told = _(
        "In real reviews that no model was trained on, unit {unit} of the {model} was highest, {high}, at {first} and "
        "lowest, {low}, at {last}. Each row is from another review."
    )
    return told.format(
        unit=number,
        model=label,
        high=f"{high.value:+.2f}",
        first=quoted(high.token),
        low=f"{low.value:+.2f}",
        last=quoted(low.token),
    )
