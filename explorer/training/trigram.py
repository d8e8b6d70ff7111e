"""Trigram: a language model that knows only the last two words; what the writer is measured against.

Interpolated Kneser-Ney smoothing (Kneser & Ney 1995; Chen & Goodman 1999, "An empirical study of smoothing techniques",
section 3). Sentences are lists of rows; each begins behind two edges and ends with one.
"""

from __future__ import annotations

import numpy as np

from explorer.reading.vocabulary import PADDING
from explorer.tasks.words import EDGE


class Counts:
    """How often each word follows each context, and the discount d = n1 / (n1 + 2 n2) (Ney et al. 1994, eq. 15).

    A context is a whole number; `words` is how many rows there are. Of what it is asked, it sees whole arrays at a
    time.
    """

    def __init__(self, context: np.ndarray, word: np.ndarray, words: int):
        """`context` and `word`, (N,) each: one entry an occurrence."""
        self.words = words
        self.keys, self.counts = np.unique(context * words + word, return_counts=True)
        first = self.keys // words  # the context of each different pair
        self.contexts, start = np.unique(first, return_index=True)
        self.totals = np.add.reduceat(self.counts, start)  # occurrences of each context
        self.kinds = np.diff([*start, len(first)])  # different words behind each context
        ones, twos = (int((self.counts == n).sum()) for n in (1, 2))
        self.discount = ones / (ones + 2 * twos) if ones else 0.5

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Contexts and words, each different pair once."""
        return self.keys // self.words, self.keys % self.words

    def smoothed(self, context: np.ndarray, word: np.ndarray, lower: np.ndarray) -> np.ndarray:
        """P(word | context) = (max(count − d, 0) + d · kinds · lower) / total; `lower` where the context is unknown."""
        count = look_up(self.keys, self.counts, context * self.words + word)
        total, kinds = (look_up(self.contexts, values, context) for values in (self.totals, self.kinds))
        share: np.ndarray = (np.maximum(count - self.discount, 0) + self.discount * kinds * lower) / np.maximum(
            total, 1
        )
        return np.where(total > 0, share, lower)


def look_up(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The value of each wanted key, 0 where it is not among the sorted `keys`."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0)


def trigrams(sentences: list[list[int]]) -> np.ndarray:
    """(N, 3): each word and each end of a sentence behind the two words before it."""
    rows = []
    for sentence in sentences:
        line = np.array([EDGE, EDGE, *sentence, EDGE])
        rows.append(np.stack([line[:-2], line[1:-1], line[2:]], 1))
    return np.concatenate(rows)


class Trigram:
    """P(w | u, v) from counts of trigrams, below it P(w | v) and P(w) from how many different contexts a word has."""

    def __init__(self, sentences: list[list[int]], words: int):
        """Count `sentences` of rows below `words`."""
        self.words = words
        u, v, w = trigrams(sentences).T
        self.triples = Counts(u * words + v, w, words)
        context, w = self.triples.pairs()
        self.pairs = Counts(context % words, w, words)  # counts in how many different contexts v w was seen
        _, w = self.pairs.pairs()
        self.single = Counts(np.zeros_like(w), w, words)

    def probability(self, u: np.ndarray, v: np.ndarray, w: np.ndarray) -> np.ndarray:
        """P(w | u, v) of each of N trigrams of rows, 0…1; all rows but padding are words, also the unknown and the
        edge."""
        p = np.full(len(w), 1 / (self.words - 1))
        p = self.single.smoothed(np.zeros_like(w), w, p)
        p = self.pairs.smoothed(v, w, p)
        return np.where(w == PADDING, 0.0, self.triples.smoothed(u * self.words + v, w, p))

    def log_probability(self, sentences: list[list[int]]) -> tuple[float, int]:
        """Σ ln P over all words and ends of sentences, and how many they are."""
        p = self.probability(*trigrams(sentences).T)
        return float(np.log(p).sum()), len(p)


def perplexity(total: float, count: int) -> float:
    """e to the mean −ln P a word, from Σ ln P and how many words: 1 … ∞; V if each of V words is as likely."""
    return float(np.exp(-total / count))
