"""Kinds of sentence: which kind a text is of, and how often a model is right on texts of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from explorer.reading.tokenizer import is_word, tokenize

SHORT, LONG = 4, 60  # words; up to SHORT a text is a short phrase, over LONG a long review
NEGATION = frozenset([
    "not", "n't", "no", "never", "nothing", "nobody", "none", "neither", "nor", "without", "hardly", "cannot",
    "lacks", "lack",
])  # fmt: skip
CONTRAST = frozenset([
    "but", "although", "though", "yet", "however", "despite", "while", "whereas", "nevertheless", "nonetheless",
])  # fmt: skip
# In this order: a text is of the first kind that fits it.
KINDS: dict[str, Callable[[Sequence[str]], bool]] = {
    f"short phrase (up to {SHORT} words)": lambda tokens: sum(map(is_word, tokens)) <= SHORT,
    f"long review (over {LONG} words)": lambda tokens: sum(map(is_word, tokens)) > LONG,
    "with a question": lambda tokens: "?" in tokens,
    "with a contrast (but, although, …)": lambda tokens: not CONTRAST.isdisjoint(tokens),
    "with a negation": lambda tokens: not NEGATION.isdisjoint(tokens),
    "plain sentence": lambda tokens: True,
}


def kind(tokens: Sequence[str]) -> str:
    """The measured kind to which a text of these tokens belongs, one of KINDS."""
    return next(name for name, fits in KINDS.items() if fits(tokens))


def by_kind(
    predictor: Callable[[Sequence[str]], np.ndarray], labelled: Sequence[tuple[str, int]]
) -> dict[str, tuple[float, int]]:
    """For each kind that occurs: share of texts on the right side of one half, 0…1, and their number.

    `labelled`: texts, each with 1 for positive or 0 for negative. A probability of exactly one half is wrong.
    """
    probability = predictor([text for text, _ in labelled])
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for (text, label), p in zip(labelled, probability, strict=True):
        right[kind(tokenize(text))].append(bool(p > 0.5 if label else p < 0.5))
    return {name: (sum(right[name]) / len(right[name]), len(right[name])) for name in KINDS if name in right}
