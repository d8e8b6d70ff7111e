"""What is taken from IMDB's training half: the reviews trained on, those held out, and sentences of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from explorer.evaluation import datasets
from explorer.evaluation.scores import held_out
from explorer.reading.tokenizer import tokenize
from explorer.training.targets import Tokens

SENTENCE = (5, 32)  # tokens of a sentence that is taken
ENDS = frozenset(".!?")

Review = tuple[str, str, int]  # name, text, label


def split_reviews(data: Path | None) -> tuple[list[Review], list[Review]]:
    """The reviews trained on, and those that serve measurement. Raises DataError."""
    reviews = datasets.reviews(data)
    aside = held_out(reviews)
    return sorted(set(reviews) - set(aside)), aside


def review_sentences(reviews: Iterable[Review], count: int, seed: int) -> list[Tokens]:
    """`count` different sentences of reviews, as tokens."""
    low, high = SENTENCE
    sentences: set[Tokens] = set()
    for _, text, _ in reviews:
        sentence: list[str] = []
        for token in tokenize(text):
            sentence.append(token)
            if token in ENDS:
                if low <= len(sentence) <= high:
                    sentences.add(tuple(sentence))
                sentence = []
    ordered = sorted(sentences)
    return [ordered[i] for i in np.random.default_rng(seed).permutation(len(ordered))[:count]]
