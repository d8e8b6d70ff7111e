"""Measures of predictions against labels: accuracy, and how far P(positive) is what it says."""

from __future__ import annotations

from typing import Any

import numpy as np

BINS = 15


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    """Share of texts on whose right side of one half the probability lies; exactly one half is wrong."""
    return float(np.mean(np.where(label == 1, probability > 0.5, probability < 0.5)))


def calibration_error(probability: np.ndarray, label: np.ndarray, bins: int = BINS) -> float:
    """Expected calibration error of P(positive), 0…1 (Naeini et al. 2015; equal bins of the probability).

    The mean over texts of the gap between mean probability and share of positive texts in the text's bin.
    """
    filled = [row for row in reliability(probability, label, bins) if row["count"]]
    return float(sum(row["count"] * abs(row["mean"] - row["share"]) for row in filled) / len(probability))


def verdict_error(probability: np.ndarray, label: np.ndarray) -> float:
    """Expected calibration error of the verdict, 0…1 (Guo et al. 2017, eq. 3): bins of the probability of the side
    taken."""
    side = probability > 0.5
    return calibration_error(np.where(side, probability, 1 - probability), (side == label).astype(int))


def chance_error(probability: np.ndarray, draws: int = 200, seed: int = 0) -> float:
    """The calibration error, 0…1, that texts as many as these have on average if every probability is exactly true.

    The mean of it over `draws` of labels from the probabilities: what an error is to be compared with.
    """
    drawn = np.random.default_rng(seed).random((draws, len(probability))) < probability
    return float(np.mean([calibration_error(probability, label.astype(int)) for label in drawn]))


def reliability(probability: np.ndarray, label: np.ndarray, bins: int = BINS) -> list[dict[str, Any]]:
    """The calibration curve: for each of equal bins of P(positive) "from", "to", "mean", "share", "count".

    "mean" is the mean probability and "share" the share of positive texts among the bin's "count"; None in an empty
    bin.
    """
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    count = np.bincount(bin_of, minlength=bins)
    mean, share = (
        np.bincount(bin_of, weights=values, minlength=bins) / np.maximum(count, 1) for values in (probability, label)
    )
    return [
        {
            "from": i / bins, "to": (i + 1) / bins, "mean": float(mean[i]) if n else None,
            "share": float(share[i]) if n else None, "count": n,
        }
        for i, n in enumerate(count.tolist())
    ]  # fmt: skip
