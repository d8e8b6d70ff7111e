"""Two opinions in a sentence, of which the author's own of today, of the thing itself, is the verdict.

Rules are put together of a connective and two clauses, in both orders, so that neither a word like "although" nor the
place in the sentence decides, but who speaks, when, and of what. With real clauses in their places they are sentences
of the Treebank, rewritten.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from explorer.evaluation.data_files import read_toml
from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import FOLDER
from explorer.training.augmentation.opinion_phrases import (
    ENDS,
    SURE,
    Filler,
    OpinionPhrase,
    Sides,
    silent_tokens,
)

# What makes two opinions differ: the clauses of the author's own of today, and those of the other one.
CONTRASTS = {
    "speaker": ("own", "others"),
    "time": ("now", "before"),
    "speaker and time": ("own", "others before"),
    "time and speaker": ("now", "others before"),
    "place": ("here", "elsewhere"),
}
REAL = "_says}"  # what the place of a clause ends on


@cache
def content() -> dict[str, Any]:
    """The connectives and clauses, read once."""
    return read_toml(FOLDER / "viewpoint_clauses.toml")


def rule(contrast: str, own_first: bool, connective: str, draw: random.Random, real: bool = False) -> str:
    """A rule of a contrast, one of CONTRASTS, its clauses drawn; with `real` both hold the place of a whole clause, as
    far as there are such."""
    pair = []
    for name in CONTRASTS[contrast]:
        clauses = content()["clauses"][name]
        whole = [clause for clause in clauses if REAL in clause] if real else []
        pair.append(draw.choice(whole or clauses))
    a, b = pair if own_first else reversed(pair)
    return connective.format(a=a, b=b)  # the places of the clauses stay


def viewpoint_phrases(
    count: int, seed: int, adjectives: Sides = ((), ()), clauses: Sides = ((), ()), real: bool = False
) -> Iterator[OpinionPhrase]:
    """`count` phrases, a positive and a negative one of each rule, contrasts, orders and connectives drawn alike.

    `real`: only of those clauses that hold a whole one, all of them taken from `clauses`, positive and negative.
    """
    draw = random.Random(seed)
    filler = Filler(draw, adjectives, clauses, **({"real_clause": 1.0} if real else {}))
    contrasts = ("speaker", "time") if real else tuple(CONTRASTS)
    for _ in range(count // 2):
        contrast, own_first = draw.choice(contrasts), draw.random() < 0.5
        made = rule(contrast, own_first, draw.choice(content()["connectives"]), draw, real)
        end = draw.choice(ENDS)
        for side, target in enumerate((SURE, 1 - SURE)):
            tokens = tokenize(filler.fill(made, side) + end)
            yield OpinionPhrase(tokens, target, silent_tokens(made, tokens))
