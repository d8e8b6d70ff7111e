"""Approaches: what averaging, concatenating and recurring make of the same words in another order, place or number.

Parameters by formula, the words in a shuffled order, the slots of the concatenation, and one phrase at every place
among neutral words. T words of a text, E numbers a word vector, H units, N slots of the concatenation, K+1 places.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.analysis.memory import NEUTRAL
from explorer.core.checkpoints import Model
from explorer.core.tracing import predict_ids
from explorer.networks.base import GRID
from explorer.networks.registry import CONCATENATION, network
from explorer.reading.reading import Reading

# with 20 words of a phrase they just fill the 50 slots of the shipped concatenation
AMONG: tuple[str, ...] = NEUTRAL[:30]
_OTHER = (
    "we saw it on a tuesday in the town by the river with my uncle and his friend after work , then went home by bus "
    "at ten past nine"
)
# other neutral words, as many: what hangs on these very words?
CLAUSES = (
    NEUTRAL[-30:],
    AMONG[::-1],
    tuple(_OTHER.split()),
)
TRIES = 100  # at another order than the one given; of two different words every second try finds it


# ----------------------------------------------------------------------------------------------------------- parameters


def parameters(name: str, config: Mapping[str, int]) -> int:
    """All parameters by the network's formula: weights, biases, readout. `config`: as `registry.build` takes it."""
    return network(name).parameter_count(config)


def supposed(name: str, config: Mapping[str, int], words: int, size: int) -> dict[str, int]:
    """A model's config with vectors of `size` numbers and, for the concatenation, `words` slots; its units stay."""
    return {**config, "inputs": size} | ({"length": words} if "length" in config else {})


def overtaken(configs: Mapping[str, Mapping[str, int]], name: str, size: int) -> int:
    """The least number of words at which the concatenation has more parameters than another model.

    The vectors have `size` numbers.
    """
    fixed = parameters(name, supposed(name, configs[name], 1, size))
    config = configs[CONCATENATION]
    first, second = (parameters(CONCATENATION, supposed(CONCATENATION, config, words, size)) for words in (1, 2))
    return max(1, (fixed - first) // (second - first) + 2) if first <= fixed else 1


# ----------------------------------------------------------------------------------------------------- orders and slots


def shuffled(reading: Reading, number: int) -> Reading:
    """The tokens in another order; the same `number` gives the same. As they are if there is no other order."""
    draw, order = random.Random(number), list(reading.tokens)
    if len(set(order)) < 2:
        return reading
    for _ in range(TRIES):
        draw.shuffle(order)
        if tuple(order) != reading.tokens:
            return Reading.of_tokens(order, reading.vocabulary)
    return reading


def in_units(probability: np.ndarray) -> int:
    """The sum of the per-word probabilities, (T,), in units of 2^-24: a whole number, so no order can change it."""
    return sum(round(float(p) / GRID) for p in probability)


@dataclass(frozen=True)
class Slots:
    """A text in the slots of a concatenation: words that fill them, how many stay padding, words that are lost."""

    filled: tuple[str, ...]
    padding: int
    lost: tuple[str, ...]


def slots(tokens: Sequence[str], length: int) -> Slots:
    """The first `length` tokens, and what is left over on either side."""
    return Slots(tuple(tokens[:length]), max(0, length - len(tokens)), tuple(tokens[length:]))


# -------------------------------------------------------------------------------------------- the same phrase elsewhere


def elsewhere(model: Model, phrases: Sequence[Sequence[str]], among: Sequence[str] = AMONG) -> np.ndarray:
    """P(positive) of each phrase, given as tokens, at each place, (P, K+1) float64, 0…1.

    At place k of 0 … K that many neutral words stand before it and the others behind it: always the same words, as
    many.
    """
    around = model.vocabulary.encode(among)
    inside = [model.vocabulary.encode(tokens) for tokens in phrases]
    places = range(len(among) + 1)
    texts = [around[:place] + rows + around[place:] for rows in inside for place in places]
    return predict_ids(model, texts).reshape(len(phrases), len(places))


@dataclass(frozen=True, eq=False)
class Moves:
    """How the beliefs of P phrases, (P, K+1), hang on the place.

    `moved`, `error`: (K+1,), mean of |belief − belief at place 0| and its standard error. `spread`, `spread_sd`: the
    standard deviation over the places, its mean over the phrases and its own deviation. `between`: the standard
    deviation of the phrases' mean beliefs. `share`: of the variance of all beliefs, what lies within phrases, 0…1: what
    the place makes. `sides`: the share of phrases whose belief is on either side of one half, depending on the place.
    """

    moved: np.ndarray
    error: np.ndarray
    spread: float
    spread_sd: float
    between: float
    share: float
    sides: float


def moves(belief: np.ndarray) -> Moves:
    """`Moves` of beliefs, (P, K+1). Raises ValueError if there is no phrase."""
    if not len(belief):
        raise ValueError("There is no phrase whose belief could move.")
    away, over = np.abs(belief - belief[:, :1]), _deviation(belief, 1)
    within, between = float(np.square(over).mean()), float(_deviation(belief.mean(1), 0))
    total = within + between**2
    sides = (belief > 0.5).any(1) & (belief <= 0.5).any(1)
    return Moves(
        away.mean(0), away.std(0) / np.sqrt(len(belief)), float(over.mean()), float(over.std()), between,
        within / total if total else 0.0, float(sides.mean()),
    )  # fmt: skip


def _deviation(values: np.ndarray, axis: int) -> np.ndarray:
    """Standard deviation; exactly 0 where all values are the same, which np.std, by its rounded mean, can miss."""
    return np.where(np.ptp(values, axis=axis) == 0, 0.0, values.std(axis))


# ----------------------------------------------------------------------------------------------------------- any length


def by_length(right: np.ndarray, lengths: np.ndarray, starts: Sequence[int]) -> list[tuple[int, float, float]]:
    """Count, share right and its standard error of the texts in each bin of lengths; NaN in an empty bin.

    `right`, `lengths`: (P,), whether each text was right and its number of words. A bin reaches from its start to
    before the next one's, the last one to the end. The error is √(p (1 − p) / n), of a share p among n texts.
    """
    bins = []
    for low, high in zip(starts, [*starts[1:], np.inf], strict=True):
        inside = right[(lengths >= low) & (lengths < high)]
        share = float(inside.mean()) if len(inside) else float("nan")
        error = float(np.sqrt(share * (1 - share) / len(inside))) if len(inside) else float("nan")
        bins.append((len(inside), share, error))
    return bins
