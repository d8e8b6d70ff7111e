"""Skeletons of constructions: the words and signs that make one, by which it is known in any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from explorer.evaluation.order_pairs import Construction

STRETCH = 6  # tokens that one place of a skeleton takes at most
PLACE = "*"  # stands for 1 … STRETCH tokens
# What a text is about does not make a construction: these words belong to the places.
ABOUT = frozenset([
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "i", "he", "she", "they", "we", "you", "my",
    "his", "her", "their", "our", "film", "films", "movie", "movies", "story", "scene", "scenes", "picture", "acting",
    "cast", "plot", "script", "trailer", "title", "novel",
])  # fmt: skip
SAME = {"n't": "not", "'s": "is", "was": "is", "are": "is", "were": "is", "am": "is", ";": ",", "--": ",", ":": ","}


def plain(tokens: Iterable[str]) -> list[str]:
    """Tokens with forms of "be", of "not" and of the comma made one, so that tense hides nothing."""
    return [SAME.get(token, token) for token in tokens]


def skeleton(construction: Construction) -> list[str]:
    """A construction's words and signs in order, with a PLACE for each run of slots and words of ABOUT.

    >>> skeleton(Construction("contrast", "adjective", "for all its {y} moments , {s} is {x} ."))
    ['for', 'all', '*', 'moments', ',', '*', 'is', '*']
    """
    tokens: list[str] = []
    for token in plain(PLACE if piece[0] == "{" else piece for piece in construction.template.split()):
        token = PLACE if token in ABOUT else token
        if not (token == PLACE and tokens[-1:] == [PLACE]):
            tokens.append(token)
    return tokens[:-1] if tokens[-1] == "." else tokens


@cache
def pattern(construction: Construction) -> re.Pattern[str]:
    """What finds the construction's skeleton in plain tokens with spaces between."""
    place = rf"\S+(?: \S+){{0,{STRETCH - 1}}}?"
    pieces = (place if token == PLACE else re.escape(token) for token in skeleton(construction))
    return re.compile(r"(?:^| )" + " ".join(pieces) + r"(?: |$)")


def contains(construction: Construction, tokens: Sequence[str]) -> bool:
    """Whether the construction's skeleton is in these tokens."""
    return pattern(construction).search(" ".join(plain(tokens))) is not None
