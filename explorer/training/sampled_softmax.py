"""Sampled softmax: the loss of a network that chooses among thousands of words, with the sum over some of them only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from explorer.reading.vocabulary import PADDING
from explorer.tasks.words import EDGE

FREQUENT, SAMPLED = 400, 600  # words that count in the loss at each step: so many always, so many of the others drawn


def frequencies(sentences: Sequence[Sequence[int]], count: int) -> Tensor:
    """How often each of `count` rows is said in sentences of rows, each of which ends with the edge: (V,)."""
    counts = np.bincount(np.concatenate([np.asarray(sentence) for sentence in sentences]), minlength=count)
    counts[EDGE] += len(sentences)
    return torch.from_numpy(counts)


class SampledSoftmax:
    """The loss over some of the words: those that are frequent, the right one, and others drawn with the weights that
    put the sum over all words right on average (Bengio & Senécal 2003, "Quick training of probabilistic neural nets").

    A tenth of the products of the sum over all words. That is for training alone: whatever is measured counts all
    words.
    """

    def __init__(self, counts: Tensor, frequent: int = FREQUENT, sampled: int = SAMPLED):
        """`counts` (V,): how often each row is said, padding never; rows by falling frequency, more or less."""
        self.frequent, self.sampled = min(frequent, len(counts)), sampled
        weights = counts[self.frequent :].double().clamp(min=1) ** 0.75
        self.chances = weights / weights.sum()

    def loss(self, features: Tensor, target: Tensor, table: Tensor, bias: Tensor) -> Tensor:
        """Mean −ln P(target) of N words: features (N, E), target (N,), all words' weights (V, E) and (V,)."""
        own = (features * F.embedding(target, table)).sum(1) + bias[target]  # (N,)
        scores = F.linear(features, table[: self.frequent], bias[: self.frequent])
        scores[:, PADDING] = -torch.inf
        parts = [scores]
        if len(self.chances):
            which = torch.multinomial(self.chances, self.sampled, replacement=True)
            weight = (self.sampled * self.chances[which]).log().float()
            which = which + self.frequent
            others = F.linear(features, F.embedding(which, table), bias[which] - weight)  # (N, sampled)
            parts.append(others.masked_fill(target[:, None] == which, -torch.inf))
            parts.append(own.masked_fill(target < self.frequent, -torch.inf)[:, None])
        return (torch.cat(parts, 1).logsumexp(1) - own).mean()
