"""The vocabulary: tokens to rows of the table of vectors, of the words that they are read as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from explorer.reading import meanings
from explorer.reading.spelling import read_as

PADDING, UNKNOWN = 0, 1  # ids that are not words
SPECIAL = ("<pad>", "<unk>")


class Vocabulary:
    """The words that have a vector, each with its row in the table of vectors.

    Rows 0 and 1 belong to padding and to all words that are unknown. A word without a vector is read as one that has
    one, where `spelling` finds it: without its ending, or with a slip undone; an emoji, an emoticon or a rating as the
    word that `meanings` gives.
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
        return [get(token) or elsewhere(token) for token in tokens]

    def _look_elsewhere(self, token: str) -> int:
        meant = meanings.word(token)
        if meant is not None:
            return self.index.get(meant, UNKNOWN)
        word = read_as(token, self.index)
        return self.index[word[0]] if word else UNKNOWN
