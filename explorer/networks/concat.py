"""The concatenation: all words side by side into one network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.messages import _
from explorer.networks.base import INPUTS, LOGIT, Network, Quantity, Style, Told, untold


class Concat(Network):
    """The vectors of the first N words side by side into one feedforward network: order kept, length fixed.

    Shorter input is padded with zero vectors, longer input clipped. The belief after t words is the network's answer
    to the first t words padded to N: each word adds its own block of the first layer, so one running sum gives all.
    """

    name = "concat"
    label = _("concatenation")
    description = _(
        "The concatenation feeds the vectors of the first {length} words, side by side, to a feedforward network. It "
        "knows the order, but what it learns of a word at one place it does not know of the same word at another."
    )
    weakness = _(
        "It reads no more than the first {length} words, and a phrase that moves by one word is another phrase to it."
    )
    style = Style("c", "solid", "triangle-up", width=3)
    quantities = (
        replace(INPUTS, shape="(N, E), the slots"),
        Quantity("features", "(T, H)", range=(0.0, inf)),
        LOGIT,
        Quantity("padded", "(N,), slots that no word fills", range=(0, 1)),
        Quantity("clipped", "(T,), words that no slot takes", range=(0, 1)),
    )

    def __init__(self, inputs: int, units: int, dropout: float = 0.0, length: int = 50):
        super().__init__(inputs, units, dropout)
        self.length = length
        self.first = nn.Linear(length * inputs, units)

    @property
    def config(self) -> dict[str, int]:
        return super().config | {"length": self.length}

    @classmethod
    def first_layer(cls, config: Mapping[str, int]) -> int:
        return config["length"] * config["inputs"] * config["units"]

    @classmethod
    def parameter_sum(cls, config: Mapping[str, int]) -> tuple[str, str]:
        total, terms = super().parameter_sum(config)
        return f"{config['length']}·{total}", terms

    def features(self, x: Tensor) -> Tensor:
        """The one hidden layer after each step: (B, T, E) to (B, T, H), relu, 0…∞; clipped words change nothing."""
        read = x[:, : self.length]
        blocks = self.first.weight.view(self.units, self.length, self.inputs)[:, : read.shape[1]]
        parts = torch.einsum("bte,hte->bth", read, blocks)
        features = F.relu(parts.cumsum(1) + self.first.bias)
        clipped = x.shape[1] - read.shape[1]
        return torch.cat([features, features[:, -1:].expand(-1, clipped, -1)], 1) if clipped else features

    def steps(self, x: Tensor) -> Tensor:
        return self.read(self.features(x))

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor, progress: Told = untold) -> Tensor:
        return super().probability(vectors, rows[:, : self.length], lengths, progress)

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        """One pass over whole texts; words behind a text's own length must be padding, whose vector is zero."""
        read = x[:, : self.length].flatten(1)  # (B, ≤N·E)
        return self.read(F.relu(F.linear(read, self.first.weight[:, : read.shape[1]], self.first.bias)))

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        features = self.features(x[None])[0]  # (T, H)
        slots = F.pad(x[: self.length], (0, 0, 0, max(0, self.length - len(x))))  # (N, E)
        return {
            "inputs": slots,
            "features": features,
            "logit": self.read(features),
            "padded": torch.arange(self.length) >= len(x),  # (N,), slots that no word fills
            "clipped": torch.arange(len(x)) >= self.length,  # (T,), words that no slot takes
        }
