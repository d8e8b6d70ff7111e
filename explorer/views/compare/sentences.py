"""Sentences of Compare, made from its numbers: the lesson, how beliefs went, where runs part. Never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypedDict

from explorer.analysis.measures import PARTED, Parting, verdict
from explorer.core.tracing import Trace
from explorer.views.shared.wording import counted, percent, quoted


class MeasuredKind(TypedDict):
    """How often a model was right on sentences of a kind: `accuracy`, 0…1, of `count` texts."""

    accuracy: float
    count: int


def lesson(recurrent: tuple[Trace, Trace], average: tuple[Trace, Trace], label: str) -> str:
    """The one sentence to see: what the average makes of both orders, and what the recurrent model does."""
    a, b = recurrent
    gap = a.probability - b.probability
    same_words = sorted(average[0].read) == sorted(average[1].read)
    if same_words and average[0].read == average[1].read:
        return (
            "As they were read, both phrases are the same, so each model gives both the same number; "
            f"the {label} says {verdict(a.probability)}."
        )
    words = {True: "tells them apart", False: "hardly tells them apart"}[abs(gap) >= PARTED]
    joint = "but" if same_words and abs(gap) >= PARTED else "and"
    return (
        f"{_averages(*average, same_words)}; {joint} the {label} {words}: "
        f"{a.probability:.3f} for A and {b.probability:.3f} for B, "
        f"a difference {f'of {abs(gap):.3f}' if abs(gap) >= 0.001 else 'under 0.001'}."
    )


def _averages(a: Trace, b: Trace, same_words: bool) -> str:
    """What the average makes of both phrases."""
    if a.probability == b.probability:
        both = "orders" if same_words else "phrases"
        rest = "" if same_words else ", though their words are not the same"
        return f"The per-word average gives both {both} exactly the same number, {a.probability:.6f}{rest}"
    digits = 3 if abs(a.probability - b.probability) >= 0.001 else 6
    numbers = f"{a.probability:.{digits}f} and {b.probability:.{digits}f}"
    return f"These phrases do not have the same words, so even the average differs ({numbers})"


def courses(a: Trace, b: Trace, label: str) -> str:
    """How the beliefs went: where each ended, and at which word each moved most."""
    return f"{_course(a, 'A', label)} {_course(b, 'B', label)}"


def _course(trace: Trace, phrase: str, label: str) -> str:
    ends = f"the {label} ends at {percent(trace.probability)} positive ({verdict(trace.probability)})"
    if len(trace) == 1:
        return f"{phrase}: {ends}."
    moves = [later - earlier for earlier, later in zip(trace.belief[:-1], trace.belief[1:], strict=True)]
    step = max(range(len(moves)), key=lambda i: abs(moves[i])) + 1
    if abs(moves[step - 1]) < 0.005:
        return f"{phrase}: {ends} and hardly moves on the way."
    way = "up" if moves[step - 1] > 0 else "down"
    return (
        f"{phrase}: {ends}; after its first word, its largest move is {way} at {quoted(trace.tokens[step])} "
        f"(step {step + 1}), from {percent(trace.belief[step - 1])} to {percent(trace.belief[step])}."
    )


def partings(gap: Parting, a: Trace, b: Trace) -> str:
    """Where the two runs part, in words, over the steps that both have; and how the longer phrase goes on."""
    return f"{_parted(gap, a, b)}{_rest(a, b)}"


def _parted(gap: Parting, a: Trace, b: Trace) -> str:
    if gap.first_word is None:
        return "Over the steps that both phrases have, their words are the same, and so are both runs."

    def read(step: int) -> str:
        return f"step {step + 1} ({quoted(a.tokens[step])} and {quoted(b.tokens[step])})"

    start = f"The first different words are read at {read(gap.first_word)}"
    if gap.beliefs_part is None:
        return f"{start}; over the steps that both phrases have, the beliefs never come {PARTED} apart."
    return (
        f"{start}; the beliefs are first {PARTED} or more apart at step {gap.beliefs_part + 1}, and furthest apart, "
        f"by {gap.belief[gap.widest]:.2f}, at {read(gap.widest)}."
    )


def _rest(a: Trace, b: Trace) -> str:
    if len(a) == len(b):
        return ""
    (short, end), (long, rest) = sorted([("A", a), ("B", b)], key=lambda named: len(named[1]))
    return f" {short} ends there at {end.probability:.2f}; {long} reads on and ends at {rest.probability:.2f}."


def wrong(probability: float, expected: str | None) -> str:
    """What a model says of a phrase: its verdict, and "wrong" where the answer is known and is another."""
    answer = verdict(probability)
    if expected is None or answer == expected:
        return answer
    return f"{answer}, wrong" if answer != "unsure" else "unsure"


def disagreement(ends: Iterable[float], phrase: str) -> str | None:
    """How the seeds of one model differ about a phrase, from P(positive) by each; None where they agree."""
    verdicts = Counter(verdict(end) for end in ends)
    if len(verdicts) == 1:
        return None
    (most, many), *rest = verdicts.most_common()
    others = " and ".join(f"{counted(count)} {'say' if count > 1 else 'says'} {answer}" for answer, count in rest)
    share = f"{counted(many)} of {counted(verdicts.total())} seeds"
    return f"{phrase}: {share} {'say' if many > 1 else 'says'} {most}, {others}."


def reliability(phrase: str, kind: str, measured: MeasuredKind, label: str) -> str:
    """How often a model was right on sentences of the kind that was typed."""
    name = f"a sentence {kind}" if kind.startswith("with") else f"a {kind}"
    start = f"{phrase} {'are each' if ' ' in phrase else 'is'} {name}"
    tried = f"on {measured['count']:,} such texts of the dev data"
    return f"{start}: {tried}, the {label} was right in {100 * measured['accuracy']:.0f} %."
