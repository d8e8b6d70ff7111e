"""The training corpus: vocabulary, first vectors, and every text with its target, ready for `fit`."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from explorer.text import SPECIAL, UNKNOWN, Vocabulary, tokenize
from explorer.training import pairs, sources
from explorer.training.evaluate import held_out

WORDS = 100_000  # words with a vector, those of the training texts first
REVIEWS = 8_000  # IMDB reviews trained on
RARE = 5  # a word that only reviews have must occur this often to get a vector of its own
TEMPLATES = 4_000
GRADES = (0.05, 0.2, 0.5, 0.8, 0.95)  # targets of the Treebank's five grades

Example = tuple[np.ndarray, float]  # rows of the words, P(positive) to learn


@dataclass(frozen=True)
class Corpus:
    """Everything that training reads. The first `tuned` rows of `vectors` are words of training texts."""

    vocabulary: Vocabulary
    vectors: np.ndarray  # (V, E)
    tuned: int
    phrases: list[Example]
    reviews: list[Example]
    dev: list[tuple[str, int]]
    held_out: list[tuple[str, int]]


def phrases(data: Path | None) -> list[tuple[tuple[str, ...], float]]:
    """Every labelled phrase of the training trees as tokens, duplicates merged, their grades averaged to a target."""
    grades: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for tree in sources.trees("train", data):
        for text, grade in sources.constituents(tree):
            grades[tuple(tokenize(text))].append(grade)
    return [(tokens, float(np.interp(np.mean(found), range(5), GRADES))) for tokens, found in grades.items() if tokens]


def vector_table(
    counts_short: Counter[str], counts_long: Counter[str], words: list[str], given: np.ndarray, seed: int
) -> tuple[Vocabulary, np.ndarray, int]:
    """Vocabulary, first vectors and how many rows belong to training words.

    Training words without a given vector start at the mean plus noise; all unknown words share the mean of rare ones.
    """
    row = {word: i for i, word in enumerate(words)}
    often = [word for word, count in counts_long.items() if word not in counts_short and count >= RARE]
    trained = sorted(counts_short) + sorted(often)
    seen = set(trained)
    rest = [word for word in words if word not in seen and tokenize(word) == [word]]
    vocabulary = Vocabulary((trained + rest)[:WORDS])
    table = np.zeros((len(vocabulary), given.shape[1]), dtype=np.float32)
    noise = np.random.default_rng(seed).normal(0, 0.1, (len(trained), given.shape[1]))
    mean = given[:WORDS].mean(0)
    for i, word in enumerate(vocabulary.words[len(SPECIAL) :]):
        table[i + len(SPECIAL)] = given[row[word]] if word in row else mean + noise[i]
    table[UNKNOWN] = given[WORDS:].mean(0)
    return vocabulary, table, len(trained) + len(SPECIAL)


def build(data: Path | None, seed: int) -> Corpus:
    """Read all data sets. Takes about a minute; raises DataError."""
    short = phrases(data)
    everything = sources.reviews(data)
    aside = held_out(everything)
    kept = sorted(set(everything) - set(aside))
    chosen = np.random.default_rng(seed).permutation(len(kept))[:REVIEWS]
    long = [(tokenize(kept[i][1]), float(kept[i][2])) for i in chosen]
    made = [(tokenize(text), target) for text, target in pairs.training_phrases(TEMPLATES, seed)]
    counts_short = Counter(token for tokens, _ in (*short, *made) for token in tokens)
    counts_long = Counter(token for tokens, _ in long for token in tokens)
    vocabulary, table, tuned = vector_table(counts_short, counts_long, *sources.vectors(data), seed)

    def encode(texts: list) -> list[Example]:
        return [(np.array(vocabulary.encode(tokens)), target) for tokens, target in texts]

    dev = sources.binary(sources.sentences("dev", data))
    return Corpus(
        vocabulary, table, tuned, encode([*short, *made]), encode(long), dev, [(text, label) for _, text, label in aside]
    )
