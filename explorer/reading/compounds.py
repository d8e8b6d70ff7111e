"""Compounds: a hyphenated word that has no vector, as its parts: "not-so-good" as not, so, good."""

from __future__ import annotations

import re

from explorer.reading.spelling import plain
from explorer.reading.tokenizer import token_spans
from explorer.reading.vocabulary import Vocabulary

_COMPOUND = re.compile(r"[^\W_]+(?:['-][^\W_]+)+")
_TURNED = frozenset(["un", "in", "im", "dis", "mis"])  # beginnings that turn the rest around
_WITHOUT = frozenset(["free"])  # endings that do


def parts(token: str, vocabulary: Vocabulary) -> list[tuple[str, int, int]]:
    """The tokens that a hyphenated one is read as, each with the places of its first letter and behind its last.

    None at all if it has a vector, also without accents or hyphens ("non-stop", "nonstop"), if no part has one, or
    if its parts do not say what it says ("un-", "-free").
    """
    index = vocabulary.index
    if token in index or not _COMPOUND.fullmatch(token) or any(other in index for other in plain(token)):
        return []
    pieces = token.split("-")
    known = [piece for piece in pieces if piece in index and piece.isalpha() and len(piece) > 1]
    if not known or pieces[0] in _TURNED or pieces[-1] in _WITHOUT or len(pieces) < 2:
        return []
    found, behind = [], 0
    for piece in pieces:
        found += [(part, behind + start, behind + end) for part, start, end in token_spans(piece)]
        behind += len(piece) + 1
    return found
