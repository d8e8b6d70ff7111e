"""Spelling: the known word that is read in the place of a word without a vector.

Nothing is learnt and no index is built: the ways in which a word may have been meant are made from the word and looked
up in the vocabulary (Norvig 2007, "How to write a spelling corrector"). A word that the vocabulary has is not touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import log
from string import ascii_lowercase

SHORTEST, LONGEST = 4, 24  # letters; a shorter word has too many neighbours, a longer one is none
TWICE = 8  # letters, from which on two small slips are thought of
TRUSTED = 1_000  # rows of the vocabulary, the most frequent words, that are equally likely to be meant
COMMON = 40_000  # rows that are likely enough to be meant

# What a slip costs, about −log P(slip | word): a letter left out is one of few slips, a wrong letter one of many.
LEFT_OUT, SWAPPED, DOUBLED, TOO_MANY, MISTAKEN, TWO = 0.0, 1.0, 1.1, 3.0, 2.0, 4.0
FIRST = 2.0  # more, if it makes another first letter, and nobody thinks of it in words shorter than TWICE

# How many of the first rows may have been meant, by the slip and the letters of what was typed, COMMON if not listed:
# short words have many neighbours, and slang and names ("lmao", "yeet", "smol") are no slips. Measured on 131 slips and
# 185 such words of our own: 125 slips are undone, and of the
# others 14 are read as another word, most of them as one of the same meaning ("cringey" as "cringe").
OFTEN: dict[float, dict[int, int]] = {
    LEFT_OUT: {4: 1_200, 5: 1_100, 6: 15_000},
    SWAPPED: {4: 500, 5: 6_000, 6: 20_000},
    DOUBLED: {4: 0, 5: 2_000, 6: 15_000},
    TOO_MANY: {4: 0, 5: 0, 6: 4_000, 7: 10_000},
    MISTAKEN: {4: 0, 5: 0, 6: 1_500, 7: 1_500},
}
STEMS = 12_000  # rows of what is left of a word without its ending

Way = tuple[float, list[str]]  # a cost, and words that may have been meant

_LINES = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (column, row) for row, line in enumerate(_LINES) for column, key in enumerate(line)}
NEIGHBOURS = {
    key: {other for other, (c, r) in _PLACES.items() if abs(c - column) <= 1 and abs(r - row) <= 1} - {key}
    for key, (column, row) in _PLACES.items()
}  # keys that touch on an English keyboard
_ALIKE = ("aeiouy", "cksq", "sz", "fv", "gj", "bp", "dt", "mn")  # letters that sound alike
MEANT = {
    key: "".join(sorted((near | {other for group in _ALIKE if key in group for other in group}) - {key}))
    for key, near in NEIGHBOURS.items()
}  # what may stand where a letter stands

# Endings that leave a word's feeling as it is, and what the rest ends in. Measured: words of the training texts, read
# so, come nearer to what the models say of the words themselves than the one unknown word does. Not so un-, non-, dis-,
# mis-, re-, -less, -er, -ism, or one part of a compound: their feeling is often another, so they stay unknown.
ENDINGS = {
    "s": ("",), "es": ("", "e"), "ies": ("y",), "ied": ("y",), "ed": ("", "e"), "ing": ("", "e"), "ier": ("y",),
    "iest": ("y",), "est": ("", "e"), "ly": ("", "le", "l"), "ily": ("y",), "ically": ("ic", "ical"), "ness": ("",),
    "iness": ("y",), "ful": ("",), "ish": ("", "e"), "like": ("",), "-like": ("",), "ity": ("", "e"), "our": ("or",),
    "ours": ("ors",), "ise": ("ize",), "ised": ("ized",), "ising": ("izing",), "isation": ("ization",),
    "ization": ("ize",),
}  # fmt: skip
_DOUBLING = {"ed", "ing", "est", "ish"}  # endings that may double a letter: stop, stopped
_INSERTED = "-" + ascii_lowercase
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_RUN = re.compile(r"(.)\1{2,}")


def read_as(word: str, index: Mapping[str, int]) -> tuple[str, str] | None:
    """The word of the vocabulary that an unknown word is read as, and how: as its "part" or by "spelling"; or None.

    `index` gives the row of each known word; of two words equally near, the one further to the front was meant.
    """
    is_plain = _WORD.fullmatch(word) is not None
    if not is_plain and any(map(str.isalnum, word)):  # numbers, links, addresses
        return None
    known = [other for other in (*unstretched(word), *plain(word)) if other in index]
    if known:
        return min(known, key=lambda other: max(index[other], TRUSTED)), "spelling"
    if not is_plain or not SHORTEST <= len(word) <= LONGEST:
        return None
    offers = near(word, index, stems(word), "part") + near(word, index, slips(word), "spelling")
    offers = offers or near(word, index, small_slips(word), "spelling")
    if not offers:
        return None
    _, how, other = min(offers)
    return other, how


def near(word: str, index: Mapping[str, int], ways: Iterable[Way], how: str) -> list[tuple[float, str, str]]:
    """Of all that `ways` lead to, the words that are common enough, each with its cost and `how`."""
    short = len(word) < TWICE
    return [
        (cost + (0.0 if other[0] == word[0] else FIRST) + log(max(index[other], TRUSTED)), how, other)
        for cost, others in ways
        for most in [STEMS if how == "part" else OFTEN.get(cost, {}).get(len(word), COMMON)]
        for other in others
        if index.get(other, COMMON) < most and (other[0] == word[0] or not short)
    ]


def unstretched(word: str) -> Iterator[str]:
    """The word with what stands three times or more in a row written twice and once: "goood" gives good and god."""
    pieces = _RUN.split(word)
    runs = pieces[1::2]
    if 0 < len(runs) <= 4:
        for times in product((2, 1), repeat=len(runs)):
            pairs = zip(runs, times, pieces[2::2], strict=True)
            yield pieces[0] + "".join(letter * count + tail for letter, count, tail in pairs)


def plain(word: str) -> Iterator[str]:
    """The word without accents, and without hyphens too, where it has any."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    yield from (other for other in (bare, bare.replace("-", "")) if other != word)


def stems(word: str) -> Iterator[Way]:
    """What is left of the word, three letters or more, without one of ENDINGS."""
    for ending, others in ENDINGS.items():
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3:
            single = [stem[:-1]] if ending in _DOUBLING and stem[-1] == stem[-2] else []
            yield (1.0 if len(stem) > 3 else 2.0), [*(stem + other for other in others), *single]


def slips(word: str) -> Iterator[Way]:
    """The word with one slip undone."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    full = [(head, tail[0], tail[1:]) for head, tail in cuts[:-1]]
    yield LEFT_OUT, [head + letter + tail for head, tail in cuts for letter in _INSERTED]
    yield SWAPPED, [head + rest[0] + own + rest[1:] for head, own, rest in full[:-1]]
    yield DOUBLED, [head + rest for head, own, rest in full if head[-1:] == own]
    yield TOO_MANY, [head + rest for head, own, rest in full if head[-1:] != own]
    yield MISTAKEN, [head + letter + rest for head, own, rest in full for letter in MEANT.get(own, "")]


def small_slips(word: str) -> Iterator[Way]:
    """A long word with two slips undone, each a double letter for a single one, or back, or a vowel for a vowel."""
    if len(word) >= TWICE:
        yield TWO, [twice for once, place in _small(word, 1) for twice, _ in _small(once, place)]


def _small(word: str, start: int) -> list[tuple[str, int]]:
    """The word with one such slip undone, at `start` or after it, and where."""
    full = [(word[:i], word[i], word[i + 1 :], i) for i in range(start, len(word))]
    return [
        *[(head + rest, i) for head, own, rest, i in full if head[-1] == own],
        *[(head + own + own + rest, i) for head, own, rest, i in full if own in "bcdefglmnoprstz"],
        *[(head + other + rest, i) for head, own, rest, i in full if own in "aeio" for other in "aeio" if other != own],
    ]
