"""Narration: sentences that say what a picture shows, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from explorer.analysis.measures import PARTED, Parting, verdict
from explorer.core.tracing import Trace
from explorer.reading.reading import Reading

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
    same_words = sorted(one.read) == sorted(other.read)
    if same_words and one.read == other.read:
        return f"As they were read, both phrases are the same, so each model gives both the same number; the {label} says {verdict(a.probability)}."
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


def unknown(reading: Reading, phrase: str) -> str | None:
    """A note if a phrase has words without a vector, None if it has none."""
    missing = [reading.tokens[place] for place in reading.unknown]
    if not missing:
        return None
    if len(missing) == len(reading):
        return f"{phrase}: no word of this is known to the models. All are read as one unknown word; the numbers say nothing about it."
    large = len(missing) >= UNKNOWN_SHARE * len(reading)
    many = " That is a large part of it: take the numbers with care." if large else ""
    names = ", ".join(f"“{token[:30]}”" for token in list(dict.fromkeys(missing))[:5])
    return f"{phrase}: {len(missing)} of {len(reading)} tokens have no vector and are read as one unknown word ({names}).{many}"


def wrong(probability: float, expected: str | None) -> str:
    """What a lane said of a phrase: its verdict, and "wrong" where the answer is known and is another."""
    said = verdict(probability)
    if expected is None or said == expected:
        return said
    return f"{said}, wrong" if said != "unsure" else "unsure"


# ------------------------------------------------------------------------------------------- how far a number holds

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(number: int) -> str:
    """A number as it is written in a sentence.

    >>> counted(3), counted(215)
    ('three', '215')
    """
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def disagreement(ends: Sequence[float], phrase: str) -> str | None:
    """How the seeds of one lane differ about a phrase, from P(positive) by each; None where they agree."""
    said = Counter(verdict(end) for end in ends)
    if len(said) == 1:
        return None
    (most, many), *rest = said.most_common()
    others = " and ".join(f"{counted(count)} {'say' if count > 1 else 'says'} {one}" for one, count in rest)
    return f"{phrase}: {counted(many)} of {counted(len(ends))} seeds {'say' if many > 1 else 'says'} {most}, {others}."


def reliability(phrase: str, kind: str, found: Mapping[str, float], label: str) -> str:
    """How often a lane was right on sentences of the kind that was typed; `found`: {"accuracy": 0…1, "count"}."""
    name = f"a sentence {kind}" if kind.startswith("with") else f"a {kind}"
    start = f"{phrase} {'are each' if ' ' in phrase else 'is'} {name}"
    tried = f"on {found['count']:,} such texts of the dev data"
    return f"{start}: {tried}, the {label} was right in {100 * found['accuracy']:.0f} %."


def corrected(reading: Reading, phrase: str) -> str | None:
    """A note if tokens were read as other words, None if none was."""
    changed = list(dict.fromkeys((reading.tokens[place], word) for place, word in reading.replaced.items()))
    if not changed:
        return None
    names = ", ".join(f"{quoted(token)} as {quoted(word)}" for token, word in changed[:5])
    more = " and more" if len(changed) > 5 else ""
    return f"{phrase}: not in the vocabulary, so read as the nearest known word: {names}{more}."


# ------------------------------------------------------------------------------------------------------- model cards


def calibration(bins: Sequence[Mapping[str, float]], label: str, texts: str) -> str:
    """How far a lane's probabilities can be taken at their word on one set of texts."""
    filled = [one for one in bins if one["count"]]
    total = sum(one["count"] for one in filled)
    error = sum(one["count"] * abs(one["mean"] - one["share"]) for one in filled) / total
    said = f"On {texts} ({total:,} texts) the {label}'s probabilities are {100 * error:.1f} points off on average"
    solid = [one for one in filled if one["count"] >= 10]
    if not solid:
        return f"{said}."
    widest = max(solid, key=lambda one: abs(one["mean"] - one["share"]))
    side = "too low" if widest["share"] > widest["mean"] else "too high"
    return (
        f"{said}; of the bins with ten texts or more the worst is {side}: where it says {100 * widest['mean']:.0f} %, "
        f"{100 * widest['share']:.0f} % of {widest['count']:,} texts are positive."
    )


def order_pairs(behaviour: Sequence[Mapping]) -> str:
    """How a lane does on order pairs of constructions that training taught, and of others; empty where not measured."""
    sums = []
    for taught, name in ((True, "that training taught"), (False, "that it did not")):
        rows = [
            one
            for one in behaviour
            if one["set"] == "order pairs" and bool(one.get("taught")) == taught and one["count"]
        ]
        if rows:
            right, count = sum(one["right"] for one in rows), sum(one["count"] for one in rows)
            sums.append(f"{100 * right / count:.0f} % of {count:,} order pairs in constructions {name}")
    return f"Right on {' and on '.join(sums)}." if sums else ""


def weakest(behaviour: Sequence[Mapping], most: int = 3) -> str:
    """The kinds on which a lane is right least often, of those tried at least four times; empty where it is always right."""
    tried = [one for one in behaviour if one["count"] >= 4 and one["right"] < one["count"]]
    worst = sorted(tried, key=lambda one: one["right"] / one["count"])[:most]
    names = [f"{quoted(one['kind'], 90)} ({one['set']}), {one['right']:,} of {one['count']:,} right" for one in worst]
    return f"Worst of what was tried: {'; '.join(names)}." if names else ""
