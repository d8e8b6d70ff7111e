"""Narration: sentences that say what a picture shows, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from explorer.measures import PARTED, Parting, verdict
from explorer.trace import Trace

UNKNOWN_SHARE = 0.3  # from this share of unknown words on, a note says that the numbers mean little


def percent(probability: float) -> str:
    """A probability as a reader takes it in; never rounded to certainty.

    >>> percent(0.876), percent(0.9999), percent(0.0001)
    ('88 %', 'over 99 %', 'under 1 %')
    """
    if probability > 0.99:
        return "over 99 %"
    if probability < 0.01:
        return "under 1 %"
    return f"{100 * probability:.0f} %"


def quoted(text: str, most: int = 24) -> str:
    """A word in quotation marks, shortened where it is very long."""
    text = " ".join(text.split())
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"


def lesson(recurrent: tuple[Trace, Trace], average: tuple[Trace, Trace], label: str) -> str:
    """The one sentence to see: what the average makes of both orders, and what the recurrent lane does."""
    a, b = recurrent
    gap = a.probability - b.probability
    one, other = average
    same_words = sorted(one.tokens) == sorted(other.tokens)
    if same_words and one.tokens == other.tokens:
        return f"As they were read, both phrases are the same, so each lane gives both the same number; the {label} says {verdict(a.probability)}."
    if one.probability == other.probability:
        start = f"The per-word average gives both {'orders' if same_words else 'phrases'} exactly the same number, {one.probability:.6f}"
        start += "" if same_words else ", though their words are not the same"
    else:
        digits = 3 if abs(one.probability - other.probability) >= 0.001 else 6
        numbers = f"{one.probability:.{digits}f} and {other.probability:.{digits}f}"
        start = f"These phrases do not have the same words, so even the average differs ({numbers})"
    words = {True: "tells them apart", False: "hardly tells them apart"}[abs(gap) >= PARTED]
    joint = "but" if same_words and abs(gap) >= PARTED else "and"
    return (
        f"{start}; {joint} the {label} {words}: {a.probability:.3f} for A and {b.probability:.3f} for B, "
        f"a difference {f'of {abs(gap):.3f}' if abs(gap) >= 0.001 else 'under 0.001'}."
    )


def courses(a: Trace, b: Trace, label: str) -> str:
    """How the beliefs went: where each ended, and at which word each moved most."""
    return f"{_course(a, 'A', label)} {_course(b, 'B', label)}"


def _course(trace: Trace, phrase: str, label: str) -> str:
    ends = f"the {label} ends at {percent(trace.probability)} positive ({verdict(trace.probability)})"
    if len(trace) == 1:
        return f"{phrase}: {ends}."
    moves = [later - earlier for earlier, later in zip(trace.belief[:-1], trace.belief[1:])]
    step = max(range(len(moves)), key=lambda i: abs(moves[i])) + 1
    if abs(moves[step - 1]) < 0.005:
        return f"{phrase}: {ends} and hardly moves on the way."
    way = "up" if moves[step - 1] > 0 else "down"
    return (
        f"{phrase}: {ends}; after its first word, its largest move is {way} at {quoted(trace.tokens[step])} (step {step + 1}), "
        f"from {percent(trace.belief[step - 1])} to {percent(trace.belief[step])}."
    )


def partings(gap: Parting, a: Trace, b: Trace) -> str:
    """Where the two runs part, in words, over the steps that both have; and how the longer phrase goes on."""
    return f"{_parted(gap, a, b)}{_rest(a, b)}"


def _parted(gap: Parting, a: Trace, b: Trace) -> str:
    if gap.first_word is None:
        return "Over the steps that both phrases have, their words are the same, and so are both runs."

    def read(step: int) -> str:
        return f"step {step + 1} ({quoted(a.tokens[step])} and {quoted(b.tokens[step])})"

    said = f"The first different words are read at {read(gap.first_word)}"
    if gap.beliefs_part is None:
        return f"{said}; over the steps that both phrases have, the beliefs never come {PARTED} apart."
    return (
        f"{said}; the beliefs are first {PARTED} or more apart at step {gap.beliefs_part + 1}, and furthest apart, "
        f"by {gap.belief[gap.widest]:.2f}, at {read(gap.widest)}."
    )


def _rest(a: Trace, b: Trace) -> str:
    if len(a) == len(b):
        return ""
    (short, end), (long, rest) = sorted([("A", a), ("B", b)], key=lambda one: len(one[1]))
    return f" {short} ends there at {end.probability:.2f}; {long} reads on and ends at {rest.probability:.2f}."


def unknown(trace: Trace, phrase: str) -> str | None:
    """A note if a phrase has words without a vector, None if it has none."""
    missing = [token for token, known in zip(trace.tokens, trace.known) if not known]
    if not missing:
        return None
    if len(missing) == len(trace):
        return f"{phrase}: no word of this is known to the models. All are read as one unknown word; the numbers say nothing about it."
    many = " That is a large part of it: take the numbers with care." if len(missing) >= UNKNOWN_SHARE * len(trace) else ""
    names = ", ".join(f"“{token[:30]}”" for token in list(dict.fromkeys(missing))[:5])
    return f"{phrase}: {len(missing)} of {len(trace)} tokens have no vector and are read as one unknown word ({names}).{many}"


def wrong(probability: float, expected: str | None) -> str:
    """What a lane said of a phrase: its verdict, and "wrong" where the answer is known and is another."""
    said = verdict(probability)
    if expected is None or said == expected:
        return said
    return f"{said}, wrong" if said != "unsure" else "unsure"
