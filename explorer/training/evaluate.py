"""Evaluate: what the shipped models get right, measured on data that they did not train on."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from explorer.trace import predict
from explorer.training import pairs, sources
from explorer.weights import Model

HELD_OUT_EVERY = 10  # every tenth review of the training half of IMDB is never trained on
BINS = 15


def held_out(reviews: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The reviews that serve measurement: every tenth, by name, so half positive and half negative."""
    return reviews[::HELD_OUT_EVERY]


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    """Share of texts on whose right side of one half the probability lies; exactly one half is wrong."""
    return float(np.mean(np.where(label == 1, probability > 0.5, probability < 0.5)))


def calibration_error(probability: np.ndarray, label: np.ndarray, bins: int = BINS) -> float:
    """Expected calibration error of P(positive), 0…1 (Naeini et al. 2015; equal bins of the probability).

    The mean over texts of the gap between mean probability and share of positive texts in the text's bin.
    """
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    count = np.bincount(bin_of, minlength=bins)
    gap = np.bincount(bin_of, weights=probability - label, minlength=bins)
    return float(np.abs(gap).sum() / count.sum())


def order(model: Model, constructions: tuple[str, ...]) -> float:
    """Share of order pairs of which both members are on the right side of one half."""
    made = pairs.pairs(constructions)
    first = predict(model, [pair.positive for pair in made])
    second = predict(model, [pair.negative for pair in made])
    return float(np.mean((first > 0.5) & (second < 0.5)))


def evaluate(model: Model, data: Path | None, split: str = "dev") -> dict[str, float]:
    """All scores of a model by name, each 0…1.

    `split` "dev" reads the Treebank's dev split and the held-out tenth of IMDB's training half, "test" the test splits.
    """
    graded = sources.binary(sources.sentences(split, data))
    if split == "dev":
        long = held_out(sources.reviews(data))
    else:
        long = sources.reviews(data, "test")
    return scores(model, graded, [(text, label) for _, text, label in long])


def scores(model: Model, short: list[tuple[str, int]], long: list[tuple[str, int]]) -> dict[str, float]:
    """The scores on sentences with labels, on reviews with labels, and on the order pairs."""
    probability, label = predict(model, [text for text, _ in short]), np.array([label for _, label in short])
    seed = predict(model, ["good, not bad", "bad, not good"])
    return {
        "sst2": accuracy(probability, label),
        "sst2_ece": calibration_error(probability, label),
        "imdb": accuracy(predict(model, [text for text, _ in long]), np.array([label for _, label in long])),
        "pairs_taught": order(model, pairs.TAUGHT),
        "pairs_held_out": order(model, pairs.HELD_OUT),
        "good_not_bad": float(seed[0]),
        "bad_not_good": float(seed[1]),
    }
