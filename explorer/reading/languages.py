"""Languages: whether a text is in another language than English, the only one that the models have read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
ENGLISH = frozenset(_LISTS["English"].split())  # words that say nothing alone: articles, pronouns, prepositions …
OTHERS = {name: frozenset(words.split()) for name, words in _LISTS["others"].items()}
_ANY = frozenset().union(*OTHERS.values()) - ENGLISH
_COGNATES = frozenset(["film", "films", "filme", "cinema", "super"])  # ordinary in English and in others
COMMON = 10_000  # rows of the vocabulary that are ordinary English words


def foreign(tokens: Sequence[str], index: Mapping[str, int]) -> str | None:
    """The other language that a text is in, by its small words; None if it is English, or cannot be told.

    It is another one if two different small words of that language stand in it and not half as many English ones; or
    if one does beside another word, no English one, and no word among the COMMON first rows of `index`.

    >>> foreign("una película mala".split(), {}), foreign("die hard with a vengeance".split(), {})
    ('Spanish', None)
    """
    words = set(tokens)
    if words.isdisjoint(_ANY):
        return None
    counts = {name: len(words & small - ENGLISH) for name, small in OTHERS.items()}
    name = max(counts, key=lambda name: counts[name])
    small, count = OTHERS[name], counts[name]
    english = len(words & ENGLISH - small)
    if count >= 2:
        return name if count > 2 * english else None
    if len(words) < 2:
        return None
    ordinary = (index.get(word, COMMON) < COMMON for word in words - small - _COGNATES if any(map(str.isalpha, word)))
    return None if english or any(ordinary) else name
