"""Softmax: the loss of a network that chooses among thousands of words, with the sum over some of them only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from explorer.reading.vocabulary import PADDING
from explorer.tasks.words import EDGE

OFTEN, DRAWN = 400, 600  # words that count in the loss at each step: so many always, so many of the others drawn


def frequencies(sentences: Sequence[Sequence[int]], count: int) -> Tensor:
    """How often each of `count` rows is said in sentences of rows, each of which ends with the edge: (V,)."""
    found = np.bincount(np.concatenate([np.asarray(one) for one in sentences]), minlength=count)
    found[EDGE] += len(sentences)
    return torch.from_numpy(found)


class Softmax:
    """The loss over some of the words: those that are frequent, the right one, and others drawn with the weights that put
    the sum over all words right on average (Bengio & Senécal 2003, "Quick training of probabilistic neural nets").

    A tenth of the products of the sum over all words. That is for training alone: whatever is measured counts all words.
    """

    def __init__(self, counts: Tensor, often: int = OFTEN, drawn: int = DRAWN):
        """`counts` (V,): how often each row is said, padding never; rows by falling frequency, more or less."""
        self.often, self.drawn = min(often, len(counts)), drawn
        likely = counts[self.often :].double().clamp(min=1) ** 0.75
        self.likely = likely / likely.sum()

    def loss(self, features: Tensor, right: Tensor, table: Tensor, bias: Tensor) -> Tensor:
        """Mean −ln P(right) of N words: features (N, E), right (N,), all words' weights (V, E) and (V,)."""
        own = (features * F.embedding(right, table)).sum(1) + bias[right]  # (N,)
        scores = F.linear(features, table[: self.often], bias[: self.often])
        scores[:, PADDING] = -torch.inf
        parts = [scores]
        if len(self.likely):
            which = torch.multinomial(self.likely, self.drawn, replacement=True)
            weight = (self.drawn * self.likely[which]).log().float()
            which = which + self.often
            others = F.linear(features, F.embedding(which, table), bias[which] - weight)  # (N, drawn)
            parts.append(others.masked_fill(right[:, None] == which, -torch.inf))
            parts.append(own.masked_fill(right < self.often, -torch.inf)[:, None])
        return (torch.cat(parts, 1).logsumexp(1) - own).mean()
