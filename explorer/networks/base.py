"""The contract of every network: vectors of words in, log-odds of "positive" after each step out.

Every network reads x, the word vectors of a batch of texts, (B, T, E), and gives `steps(x)`, (B, T): the log-odds of
the words up to and including each timestep. `activations(x)` gives everything that it computed for one text, (T, E),
by name. Shapes: B texts, T timesteps, E numbers a word vector, H units, N words of the concatenation.

A network of one's own is a class in a file: the facts that `Network` lists, `steps` and `activations` (of a recurrent
one its equations alone, see `recurrent`), then `registry.register`. Every page finds it by the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import ClassVar, NamedTuple

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


Told = Callable[[float], None]  # called with the share that is done, 0…1


def untold(share: float) -> None:
    """Nobody asks how far it is."""


class Style(NamedTuple):
    """How a network's lines are drawn: told apart without colour too."""

    colour: str  # a name of the palette
    dash: str
    marker: str
    width: int = 2


@dataclass(frozen=True)
class Quantity:
    """Something that a network computes for a text.

    `shape`: as in "(T, H)", and what its axes are where they are not steps and units. `symbol`: as the equations write
    it.
    `range`: the least and the largest value that it can have. `title`: as visitors read it; empty where no heatmap of
    units shows it.
    """

    name: str
    shape: str
    symbol: str = ""
    range: tuple[float, float] = (-inf, inf)
    title: str = ""


INPUTS = Quantity("inputs", "(T, E)", "x")
LOGIT = Quantity("logit", "(T,)")


class Network(nn.Module):
    """One model. Subclasses give the facts below, `steps` and `activations`.

    `name`: in code, files and links. `label`: as people call it. `description`: what it is, in a sentence or two of
    plain English; `weakness`: what it is bad at by design. Both may name numbers of the config in braces: "{length}".
    `quantities`: all that `activations` gives, in the order in which it is computed. `recurrent`: whether it carries a
    state from step to step.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    description: ClassVar[str]
    weakness: ClassVar[str] = ""
    style: ClassVar[Style]
    quantities: ClassVar[tuple[Quantity, ...]] = (INPUTS, LOGIT)
    recurrent: ClassVar[bool] = False

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__()
        self.inputs, self.units = inputs, units
        self.dropout = nn.Dropout(dropout)
        self.readout = nn.Linear(units, 1)

    @property
    def config(self) -> dict[str, int]:
        """The numbers that the constructor needs to build this network again."""
        return {"inputs": self.inputs, "units": self.units}

    @classmethod
    def titles(cls) -> dict[str, str]:
        """What a heatmap of units can show, by name, with its title: what is computed last comes first."""
        return {quantity.name: quantity.title for quantity in reversed(cls.quantities) if quantity.title}

    # ---------------------------------------------------------------------- parameters, from the numbers of a config

    @classmethod
    def first_layer(cls, config: Mapping[str, int]) -> int:
        """How many weights multiply the words' vectors."""
        return config["inputs"] * config["units"]

    @classmethod
    def feedback(cls, config: Mapping[str, int]) -> int:
        """How many weights multiply the last activation: none but in a recurrent network."""
        return 0

    @classmethod
    def parameter_count(cls, config: Mapping[str, int]) -> int:
        """All parameters: weights, biases, readout. Here of one hidden layer: first layer + 2H + 1."""
        return cls.first_layer(config) + 2 * config["units"] + 1

    @classmethod
    def parameter_sum(cls, config: Mapping[str, int]) -> tuple[str, str]:
        """How `parameter_count` comes about: the sum as one writes it, and what its terms are."""
        e, h = config["inputs"], config["units"]
        return f"{e}·{h} + {h} + {h} + 1", "the hidden layer with its biases, then the readout"

    # ----------------------------------------------------------------------------------------------------- reading

    def read(self, features: Tensor) -> Tensor:
        """Log-odds from the last layer: (..., H) to (...)."""
        logit: Tensor = self.readout(self.dropout(features))
        return logit.squeeze(-1)

    def steps(self, x: Tensor) -> Tensor:
        """Log-odds of "positive" after each step: (B, T, E) to (B, T)."""
        raise NotImplementedError

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        """Log-odds of each whole text, of which `lengths` words count: (B, T, E), (B,) to (B,)."""
        return self.steps(x).gather(1, (lengths - 1).unsqueeze(1)).squeeze(1)

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor, progress: Told = untold) -> Tensor:
        """P(positive) of each whole text, shorter ones first: table (V, E), rows (B, T), (B,) to (B,), float64, 0…1.

        `progress` is called now and then, with the share that is done, where this takes long for long texts.
        """
        return probability(self(vectors[rows], lengths))

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """Everything computed for one text, by the names of `quantities`: (T, E) to tensors, time first."""
        raise NotImplementedError
