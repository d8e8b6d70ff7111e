"""What the board of By hand starts from: the phrases, the trained weights, the texts to be right about."""

from __future__ import annotations

from typing import Literal

from explorer.analysis.two_units import PAIRS, WORDS, TwoUnits, columns, run
from explorer.board.payloads import Figure, PhraseStrip, TwoUnitsContent, Weights
from explorer.reading.tokenizer import tokenize
from explorer.views.shared import charts
from explorer.views.shared.wording import counted, quoted

LONGEST = 50  # words of a phrase that the page writes out


def content(network: TwoUnits, text: str, readable: str) -> TwoUnitsContent:
    """Everything that the board starts from: the phrases as tokens, the trained weights, the texts to be right about.

    `readable` is drawn in the place of a text that this network cannot read, so that the network and its weights stay.
    """
    tokens = tokenize(text)
    read = tokens[:LONGEST]
    reason = trouble(read)
    if reason:
        reason = f"{reason} Shown below: {quoted(readable)}."
    phrases = beside(tokenize(readable)[:LONGEST] if reason else read)
    long = f"The text has {len(tokens):,} tokens; the page reads the first {LONGEST}. Your text is kept as it is."
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
        "figure": figure(network, phrases) if phrases else None,
        "typed": text,
    }


def trouble(tokens: list[str]) -> str | None:
    """Why these tokens cannot be read, and what can; None if they can."""
    known = " ".join("“,”" if word == "," else word for word in WORDS)
    if not tokens:
        return f"There is no text yet. Type some of the {counted(len(WORDS))} words that this network knows: {known}"
    strange = list(dict.fromkeys(token for token in tokens if token not in WORDS))
    if not strange:
        return None
    names = ", ".join(map(quoted, strange[:5])) + (" and more" if len(strange) > 5 else "")
    return f"This network does not know {names}. It knows {counted(len(WORDS))} words: {known}"


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


def figure(network: TwoUnits, phrases: list[list[str]]) -> Figure:
    """The belief after each step of each phrase, with the trained weights; the browser puts in what moved ones give."""
    names = ["A", "B"] if len(phrases) > 1 else ["P(positive)"]
    lines = [
        charts.course(look, name, run(network, tokens).belief, tokens)
        for look, name, tokens in zip("ab"[: len(names)], names, phrases, strict=True)
    ]
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5, "layer": "below"}
    belief = {"range": [-0.03, 1.03], "tickvals": [0, 0.25, 0.5, 0.75, 1], "title": {"text": "P(positive)"}}
    return {
        "data": lines,
        "layout": {
            "height": 300,
            "xaxis": charts.time_axis(phrases),
            "yaxis": belief | {"zeroline": False, "fixedrange": True},
            "shapes": [half | {"line": {"color": "@line", "width": 1, "dash": "dash"}}],
            "legend": charts.LEGEND,
        },
    }
