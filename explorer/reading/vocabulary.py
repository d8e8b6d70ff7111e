"""The vocabulary: tokens to rows of the table of vectors; what was read, in which word's place, and what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from explorer.reading.spelling import read_as

PADDING, UNKNOWN = 0, 1  # ids that are not words
SPECIAL = ("<pad>", "<unk>")


class Vocabulary:
    """The words that have a vector, each with its row in the table of vectors.

    Rows 0 and 1 belong to padding and to all words that are unknown. A word without a vector is read as one that has
    one, where `spelling` finds it: without its ending, or with a slip undone.
    """

    def __init__(self, words: Sequence[str]):
        """`words` are the rows from 2 on, likelier ones first. Raises ValueError if a word occurs twice."""
        self.words = (*SPECIAL, *words)
        self.index = {word: row for row, word in enumerate(words, len(SPECIAL))}
        if len(self.index) != len(words):
            raise ValueError("a word occurs twice in the vocabulary")
        self._elsewhere = lru_cache(maxsize=2**14)(self._look_elsewhere)

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, tokens: Iterable[str]) -> list[int]:
        """The row of the word that each token is read as; UNKNOWN where there is none."""
        get, elsewhere = self.index.get, self._elsewhere
        return [get(token) or elsewhere(token)[0] for token in tokens]

    def reading(self, token: str) -> tuple[str, str]:
        """The word that a token is read as, and how: "known", as its "part", by "spelling", or "unknown".

        A known word is read as itself; a token that is read as no word, as "<unk>".
        """
        if token in self.index:
            return token, "known"
        row, how = self._elsewhere(token)
        return self.words[row], how

    def _look_elsewhere(self, token: str) -> tuple[int, str]:
        found = read_as(token, self.index)
        return (self.index[found[0]], found[1]) if found else (UNKNOWN, "unknown")
