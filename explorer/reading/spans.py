"""Spans: where in a typed text each of its tokens stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.reading.characters import Span, origins
from explorer.reading.tokenizer import token_spans, tokenize

_PIECE = re.compile(r"<br\s*/?>|(?:(?!<br\s*/?>)\S)+", re.IGNORECASE)  # nothing is read across a space or a break


def spans(text: str) -> list[Span]:
    """The span of each token of `tokenize(text)`, in order; none reaches into the one before it.

    Normalising can change how many characters there are ("½" is read as three): a token then spans all that it came
    from. Where a text cannot be followed piece by piece, its tokens are looked for one after the other.
    """
    tokens = tokenize(text)
    pieces = [placed for match in _PIECE.finditer(text) for placed in _of_piece(match.group(), match.start())]
    if [token for token, _ in pieces] != tokens:
        return list(_looked_for(text, tokens))
    places = []
    behind = 0
    for _, (start, end) in pieces:
        places.append((max(start, behind), max(end, behind)))
        behind = places[-1][1]
    return places


def _of_piece(piece: str, offset: int) -> Iterator[tuple[str, Span]]:
    """The tokens of a piece of text without a space, with their spans in the whole text."""
    plain, places = origins(piece)
    for token, start, end in token_spans(plain):
        yield token, (offset + places[start][0], offset + places[end - 1][1])


def _looked_for(text: str, tokens: list[str]) -> Iterator[Span]:
    """Each token's next place in the text; of one that is not there, the empty span behind the last."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    behind = 0
    for token in tokens:
        start = lower.find(token, behind)
        if start < 0:
            yield behind, behind
        else:
            behind = start + len(token)
            yield start, behind
