"""The per-word average: each word alone, the probabilities averaged."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.messages import _
from explorer.networks.base import GRID, INPUTS, LOGIT, Network, Quantity, Style, Told, untold


class PerWord(Network):
    """Each word alone through the same feedforward network, the probabilities averaged.

    p_k = σ(w·relu(W x_k + b) + c); belief after t words = (p_1 + … + p_t) / t. The order of the words is lost, to the
    last bit: outside training each p_k is rounded to a multiple of 2^-24, so that the sum is exact in any order.
    """

    name = "per-word"
    label = _("average of words")
    description = _(
        "The average of words feeds one word at a time to a small feedforward network and averages the probabilities. "
        "It is the baseline that cannot know the order of the words."
    )
    weakness = _(
        "By design it is blind to the order of words: an order pair gets the same number twice, to the last bit. "
        "Averaged probabilities stay near one half, so the share that is right says more than the probability."
    )
    style = Style("d", "longdash", "x")
    quantities = (
        INPUTS,
        Quantity("features", "(T, H)", range=(0.0, inf)),
        replace(LOGIT, shape="(T,), each word alone"),
        Quantity("probability", "(T,), each word alone", range=(0.0, 1.0)),
        Quantity("average", "(T,), the running average", range=(0.0, 1.0)),
    )

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__(inputs, units, dropout)
        self.first = nn.Linear(inputs, units)

    def features(self, x: Tensor) -> Tensor:
        """The one hidden layer: (..., E) to (..., H), relu, 0…∞."""
        return F.relu(self.first(x))

    def steps(self, x: Tensor) -> Tensor:
        """Log-odds of the running average, differentiable (probabilities kept 1e-6 from 0 and 1)."""
        total = torch.sigmoid(self.read(self.features(x))).cumsum(1)
        return torch.logit(total / torch.arange(1, x.shape[1] + 1, device=x.device), eps=1e-6)

    def words(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Features, log-odds and probability of each word alone: (..., E) to float64 (..., H), (...), (...)."""
        features = F.relu(F.linear(x.double(), self.first.weight.double(), self.first.bias.double()))
        logit = F.linear(features, self.readout.weight.double(), self.readout.bias.double()).squeeze(-1)
        return features, logit, (torch.sigmoid(logit) / GRID).round() * GRID

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor, progress: Told = untold) -> Tensor:
        words, position = torch.unique(rows, return_inverse=True)
        each = self.words(vectors[words])[2][position]  # (B, T)
        return (each * (torch.arange(rows.shape[1]) < lengths[:, None])).sum(1) / lengths

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        features, logit, probability = self.words(x)
        average = probability.cumsum(0) / torch.arange(1, len(x) + 1)
        return {"inputs": x, "features": features, "logit": logit, "probability": probability, "average": average}
