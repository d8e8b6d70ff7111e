"""The contract of every network: vectors of words in, log-odds of "positive" after each step out.

Every network reads x, the word vectors of a batch of texts, (B, T, E), and gives `steps(x)`, (B, T): the log-odds of
the words up to and including each timestep. `activations(x)` gives everything that it computed for one text, (T, E),
by name. Shapes: B texts, T timesteps, E numbers a word vector, H units, N words of the concatenation.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

GRID = 2.0**-24  # sums of multiples of this below 2^29 are exact in float64: their order cannot matter


def tanh(x: Tensor) -> Tensor:
    """tanh(x) = 2σ(2x) − 1. On a processor torch.tanh takes five times as long; the two differ by less than 1e-6."""
    return torch.sigmoid(2 * x) * 2 - 1


def probability(logit: Tensor) -> Tensor:
    """P = σ(logit), 0…1, in float64; the same logit gives the same bits wherever it stands among others.

    torch.sigmoid would not: the end of an array, too short for a processor's vectors, is rounded another way.
    """
    return torch.from_numpy(np.exp(-np.logaddexp(0.0, -logit.double().numpy())))


class Network(nn.Module):
    """One model. Subclasses give `label`, `steps` and `activations`."""

    label: str
    recurrent = False

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__()
        self.inputs, self.units = inputs, units
        self.dropout = nn.Dropout(dropout)
        self.readout = nn.Linear(units, 1)

    @property
    def config(self) -> dict[str, int]:
        """The numbers that the constructor needs to build this lane again."""
        return {"inputs": self.inputs, "units": self.units}

    def read(self, features: Tensor) -> Tensor:
        """Log-odds from the last layer: (..., H) to (...)."""
        return self.readout(self.dropout(features)).squeeze(-1)

    def steps(self, x: Tensor) -> Tensor:
        """Log-odds of "positive" after each step: (B, T, E) to (B, T)."""
        raise NotImplementedError

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        """Log-odds of each whole text, of which `lengths` words count: (B, T, E), (B,) to (B,)."""
        return self.steps(x).gather(1, (lengths - 1).unsqueeze(1)).squeeze(1)

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor) -> Tensor:
        """P(positive) of each whole text, shorter texts first: table (V, E), rows (B, T), (B,) to (B,), float64, 0…1."""
        return probability(self(vectors[rows], lengths))

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """Everything computed for one text, by name: (T, E) to tensors whose first axis is time."""
        raise NotImplementedError
