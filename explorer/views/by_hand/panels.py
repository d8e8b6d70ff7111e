"""What the board of By hand starts from: the phrases, the trained weights, the texts to be right about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from explorer.analysis.two_units import PAIRS, WORDS, TwoUnits, columns
from explorer.board.payloads import PhraseStrip, TwoUnitsContent, Weights
from explorer.messages import _
from explorer.reading.tokenizer import tokenize
from explorer.views.shared import charts
from explorer.views.shared.settings import WEIGHTS
from explorer.views.shared.wording import counted, quoted

LONGEST = 50  # words of a phrase that the page writes out


def content(network: TwoUnits, text: str, readable: str, moved: Sequence[tuple[int, int]] = ()) -> TwoUnitsContent:
    """Everything that the board starts from: the phrases as tokens, the trained weights, the texts to be right about.

    `readable` is drawn in the place of a text that this network cannot read, so that the network and its weights stay;
    `moved`: weights that a link moved, by their number among all.
    """
    tokens = tokenize(text)
    read = tokens[:LONGEST]
    reason = trouble(read)
    if reason:
        reason = _("{reason} What you see below is {text}.").format(reason=reason, text=quoted(readable))
    phrases = beside(tokenize(readable)[:LONGEST] if reason else read)
    long = _("The text has {count:,} tokens; the page reads the first {most}. Your text is kept as it is.").format(
        count=len(tokens), most=LONGEST
    )
    return {
        "palette": charts.PALETTE,
        "trouble": reason,
        "notes": [long] if len(tokens) > LONGEST and not reason else [],
        "phrases": rows(phrases),
        "steps": max(map(len, phrases), default=0),
        "columns": columns(network),
        "words": list(WORDS),
        "pairs": list(PAIRS),
        "lesson": PAIRS[4],  # good , not bad and bad , not good
        "weights": weights(network),
        "moved": list(moved),
        "parameter": WEIGHTS.parameter("by-hand"),
        "typed": text,
    }


def trouble(tokens: list[str]) -> str | None:
    """Why these tokens cannot be read, and what can; None if they can."""
    known = ", ".join(map(quoted, WORDS))
    if not tokens:
        return _(
            "There is no text yet. Type some of the {count} words and signs that this network knows: {words}."
        ).format(count=counted(len(WORDS)), words=known)
    strange = list(dict.fromkeys(token for token in tokens if token not in WORDS))
    if not strange:
        return None
    message = _("This network does not know {names}. It knows {count} words and signs: {words}.")
    if len(strange) > 5:
        message = _("This network does not know {names} and more. It knows {count} words and signs: {words}.")
    return message.format(names=", ".join(map(quoted, strange[:5])), count=counted(len(WORDS)), words=known)


def beside(tokens: list[str]) -> list[list[str]]:
    """The phrase, and behind it the other one if it is of a pair."""
    pairs = [[text.split() for text in pair] for pair in PAIRS]
    return next(([tokens, pair[1 - pair.index(tokens)]] for pair in pairs if tokens in pair), [tokens])


def rows(phrases: list[list[str]]) -> list[PhraseStrip]:
    """One or two phrases as the strips of words take them; their beliefs are computed in the browser."""
    letters: tuple[Literal["A", "B", ""], ...] = ("A", "B") if len(phrases) > 1 else ("",)
    return [
        {"phrase": letter, "tokens": tokens, "unknown": [], "read": {}, "clipped": None}
        for letter, tokens in zip(letters, phrases, strict=True)
    ]


def weights(network: TwoUnits) -> Weights:
    """The trained weights as the browser takes them."""
    return {
        "embedding": network.embedding.tolist(),
        "W": network.W.tolist(),
        "U": network.U.tolist(),
        "b": network.b.tolist(),
        "w": network.w.tolist(),
        "c": float(network.c),
    }
