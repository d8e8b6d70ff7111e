"""Words: the vocabulary of a task, with one more sign for where a sentence begins and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from explorer.reading.vocabulary import SPECIAL, UNKNOWN, Vocabulary

EDGE = len(SPECIAL)  # its row: the first input of a network that speaks, and what it says when it is done
MARK = "<s>"  # how that sign is written; no tokenizer gives it


def vocabulary(counts: Counter[str], most: int | None = None, least: int = 1) -> Vocabulary:
    """The words that occur `least` times or more, at most `most` of them, by falling frequency, behind the edge."""
    often = sorted((word for word, count in counts.items() if count >= least), key=lambda word: (-counts[word], word))
    return Vocabulary((MARK, *often[:most]))


def rows(words: Vocabulary, tokens: Iterable[str]) -> list[int]:
    """The row of each token as it stands, UNKNOWN where it has none: nothing is read as something else."""
    return [words.index.get(token, UNKNOWN) for token in tokens]
