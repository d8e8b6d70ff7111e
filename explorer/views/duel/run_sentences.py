"""Sentences on the runs over two phrases, made from their numbers: how beliefs went, where runs part. Never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypedDict

from explorer.analysis.measures import PARTED, Parting, verdict
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.views.shared.wording import percent, quoted


class MeasuredKind(TypedDict):
    """How often a model was right on sentences of a kind: `accuracy`, 0…1, of `count` texts."""

    accuracy: float
    count: int


def course(trace: Trace, letter: str, model: str) -> str:
    """How a belief went: where it ended, and at which word it moved most."""
    values = {"letter": letter, "model": model, "end": percent(trace.probability)}
    if len(trace) == 1:
        return _("{letter}: the {model} ends at {end}.").format(**values)
    moves = [later - earlier for earlier, later in zip(trace.belief[:-1], trace.belief[1:], strict=True)]
    step = max(range(len(moves)), key=lambda i: abs(moves[i])) + 1
    if abs(moves[step - 1]) < 0.005:
        return _("{letter}: the {model} ends at {end} and hardly moves on the way.").format(**values)
    values |= {
        "word": quoted(trace.tokens[step]),
        "step": f"{step + 1:,}",
        "before": percent(trace.belief[step - 1]),
        "after": percent(trace.belief[step]),
    }
    if moves[step - 1] > 0:
        told = _(
            "{letter}: the {model} ends at {end}. After the first word, its largest move is up at {word} "
            "(step {step}), from {before} to {after}."
        )
    else:
        told = _(
            "{letter}: the {model} ends at {end}. After the first word, its largest move is down at {word} "
            "(step {step}), from {before} to {after}."
        )
    return told.format(**values)


def partings(gap: Parting, a: Trace, b: Trace) -> str:
    """Where the two runs part, in words, over the steps that both have; and how the longer phrase goes on."""
    return " ".join(filter(None, (_parted(gap, a, b), _rest(a, b))))


def _parted(gap: Parting, a: Trace, b: Trace) -> str:
    if gap.first_word is None:
        return _("Over the steps that both phrases have, their words are the same, and so are both runs.")
    first = {
        "step": f"{gap.first_word + 1:,}",
        "a": quoted(a.tokens[gap.first_word]),
        "b": quoted(b.tokens[gap.first_word]),
    }
    if gap.beliefs_part is None:
        told = _(
            "The first different words are read at step {step} ({a} and {b}). The beliefs never come {parted} apart."
        )
        return told.format(**first, parted=f"{PARTED:.0%}")
    told = _(
        "The first different words are read at step {step} ({a} and {b}). The beliefs are first {parted} or more apart "
        "at step {part}. They are furthest apart, by {gap}, at step {widest} ({c} and {d})."
    )
    return told.format(
        **first,
        parted=f"{PARTED:.0%}",
        part=f"{gap.beliefs_part + 1:,}",
        gap=f"{gap.belief[gap.widest]:.0%}",
        widest=f"{gap.widest + 1:,}",
        c=quoted(a.tokens[gap.widest]),
        d=quoted(b.tokens[gap.widest]),
    )


def _rest(a: Trace, b: Trace) -> str | None:
    if len(a) == len(b):
        return None
    (short, end), (long, rest) = sorted([("A", a), ("B", b)], key=lambda named: len(named[1]))
    told = _("{short} ends there at {end}. {long} reads on and ends at {rest}.")
    return told.format(short=short, end=percent(end.probability), long=long, rest=percent(rest.probability))


def answer(probability: float, expected: str | None) -> str:
    """What a model says of a phrase: its verdict, and "wrong" where the answer is known and is another."""
    found = verdict(probability)
    told = {"positive": _("positive"), "negative": _("negative"), "unsure": _("unsure")}
    if expected is None or found in (expected, "unsure"):
        return told[found]
    return {"positive": _("positive, wrong"), "negative": _("negative, wrong")}[found]


def disagreement(ends: Iterable[float], letter: str) -> str | None:
    """How the seeds of one model differ about a phrase, from P(positive) by each; None where they agree."""
    verdicts = Counter(verdict(end) for end in ends)
    if len(verdicts) == 1:
        return None
    told = _("{letter}: the seeds differ. {positive} say positive, {unsure} unsure, {negative} negative.")
    counts = {name: verdicts[name] for name in ("positive", "unsure", "negative")}
    return told.format(letter=letter, **counts)


def reliability(letters: str, kind: str, measured: MeasuredKind, model: str) -> str:
    """How often a model was right on sentences of the kind that was typed; `letters`: "A", "B" or "A and B"."""
    told = {
        (False, False): _(
            "{letters} is a {kind}. On {count} such sentences of real reviews, the {model} was right {share} of the "
            "time."
        ),
        (False, True): _(
            "{letters} is a sentence {kind}. On {count} such sentences of real reviews, the {model} was right {share} "
            "of the time."
        ),
        (True, False): _(
            "{letters} are each a {kind}. On {count} such sentences of real reviews, the {model} was right {share} of "
            "the time."
        ),
        (True, True): _(
            "{letters} are each a sentence {kind}. On {count} such sentences of real reviews, the {model} was right "
            "{share} of the time."
        ),
    }[" " in letters, kind.startswith("with")]
    share = f"{100 * measured['accuracy']:.0f}%"
    return told.format(letters=letters, kind=kind, count=f"{measured['count']:,}", model=model, share=share)
