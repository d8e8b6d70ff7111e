"""Which words did it: ways to share the verdict of a recurrent network out among the words that it read.

All in log-odds, so that they can be laid side by side: + speaks for a positive verdict, − for a negative one.
- `changes`: how far each word moved the belief when it was read. What a word does to later words goes to these.
- `integrated_gradients`, a file of its own: how far the verdict rests on each word's vector.
- `occlusion`: what the verdict loses with the word taken out, so that the others close up.
They answer different questions and need not agree; `disagreement` says where they do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import torch

from explorer.analysis.backpropagation import recurrent
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.core.tracing import Text, word_vectors
from explorer.networks.base import probability

WEAK = 0.05  # a word with less than this share of a method's strongest word has no sign worth comparing


@dataclass(frozen=True, eq=False)
class Changes:
    """What each word moved when it was read. `logit`: (T,) in log-odds; `belief`: (T,) of P(positive), −1…1.

    Both sum to what the whole text says less what the model says before the first word, σ(b).
    """

    logit: np.ndarray
    belief: np.ndarray


@torch.inference_mode()
def changes(model: Model, text: Text) -> Changes:
    """The step of the belief at each word. Raises TextError for no words, TypeError for a model without a state."""
    network, x = recurrent(model), word_vectors(model, text)
    logit = torch.cat([network.readout.bias, network.steps(x[None])[0]])  # (T+1,)
    return Changes(np.diff(logit.double().numpy()), np.diff(probability(logit).numpy()))


# ------------------------------------------------------------------------------------------------------------ occlusion


@dataclass(frozen=True, eq=False)
class Occlusion:
    """The text without each of its words. `logit` and `belief`: (T,), what the model says of the T−1 others.

    `words`: (T,), log-odds of the whole text less `logit`: what the verdict owes to the word. Of a text of one word
    nothing is left, and the model says of nothing what its bias says.
    """

    logit: np.ndarray
    belief: np.ndarray
    words: np.ndarray


@torch.inference_mode()
def occlusion(model: Model, text: Text, progress: Progress = silent) -> Occlusion:
    """Take out each word in turn (after Li et al. 2016, "Understanding neural networks through representation
    erasure", eq. 1, whose difference of log-likelihoods is here one of log-odds, not divided by the whole text's).

    All T shortened texts run in one batch. Up to the word that it lacks each is the whole text, so it joins the batch
    there, with a state that is known: half the work. Raises TextError for no words, TypeError for a model without a
    state.
    """
    network, x = recurrent(model), word_vectors(model, text)
    batch = network.rest(1)  # the last row is the whole text, each row before it lacks one word that has been read
    for t, projected in enumerate(network.project(x)):
        after = network.step(projected, batch)
        # a text without word t stands where the whole text stood before it
        batch = {name: torch.cat([after[name][:-1], batch[name][-1:], after[name][-1:]]) for name in batch}
        progress((t + 1) / len(x))
    logit = network.read(batch["hidden"])  # (T+1,)
    without = logit[:-1].double().numpy()
    return Occlusion(without, probability(logit[:-1]).numpy(), float(logit[-1]) - without)


# ---------------------------------------------------------------------------------------------------- where they differ


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Two methods on one text. `methods`: their names.

    `rank`: Spearman's correlation of the words' order, −1…1; None where one of the two has all words alike.
    `opposed`: the words that one method has for and the other against a positive verdict, both with at least WEAK of
    their strongest word; the clearest first, by the smaller of the two shares.
    """

    methods: tuple[str, str]
    rank: float | None
    opposed: tuple[int, ...]


def disagreement(methods: Mapping[str, np.ndarray]) -> tuple[Disagreement, ...]:
    """Each pair of methods, given (T,) by name; the pair that agrees least first. Raises ValueError for other shapes.

    Spearman (1904, "The proof and measurement of association between two things"), ties at their mean rank.
    """
    if len({np.shape(values) for values in methods.values()}) > 1 or any(np.ndim(v) != 1 for v in methods.values()):
        raise ValueError("the methods are not about the same words")
    pairs = [
        Disagreement((a, b), rank_correlation(methods[a], methods[b]), _opposed(methods[a], methods[b]))
        for a, b in combinations(methods, 2)
    ]
    return tuple(sorted(pairs, key=lambda pair: 2.0 if pair.rank is None else pair.rank))


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float | None:
    """Spearman's correlation, −1…1, of (T,) and (T,); None where it is not defined."""
    ranks_a, ranks_b = _ranks(a), _ranks(b)
    ranks_a, ranks_b = ranks_a - ranks_a.mean(), ranks_b - ranks_b.mean()
    size = np.sqrt((ranks_a @ ranks_a) * (ranks_b @ ranks_b))
    return float(ranks_a @ ranks_b / size) if size else None


def _ranks(values: np.ndarray) -> np.ndarray:
    """Rank of each value from 0 on, equal values at their mean rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count + 1) / 2)[place]


def _opposed(a: np.ndarray, b: np.ndarray) -> tuple[int, ...]:
    shares_a, shares_b = (values / max(np.abs(values).max(initial=0), 1e-12) for values in (a, b))
    clear = np.minimum(np.abs(shares_a), np.abs(shares_b))
    words = np.flatnonzero((shares_a * shares_b < 0) & (clear >= WEAK))
    return tuple(int(word) for word in words[np.argsort(-clear[words], kind="stable")])


# --------------------------------------------------------------------------------------------------- parts of the logit


@dataclass(frozen=True, eq=False)
class Parts:
    """What each unit says for the verdict. `units`: (..., H) float64, log-odds; with `bias` they sum to the logit."""

    units: np.ndarray
    bias: float


def parts(model: Model, hidden: np.ndarray) -> Parts:
    """Readout weight times activation, unit by unit: hidden states (..., H) to parts (..., H). logit = w·a + b."""
    readout = model.network.readout
    return Parts(hidden.astype(np.float64) * readout.weight[0].double().numpy(), float(readout.bias))
