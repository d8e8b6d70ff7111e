"""Course: the training of a task's network, batch by batch, the best of its checks on dev sentences kept."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from explorer.training.descent import Selected
from explorer.training.steps import EPOCH, START, STEP, chance

WARM_UP, CLIP = 200, 1.0  # steps; the largest norm of a gradient


def by_length(lengths: Sequence[int], size: int, draw: np.random.Generator) -> list[np.ndarray]:
    """Places of examples in batches of `size` of like length, in random order; every example once."""
    order = draw.permutation(len(lengths))
    order = order[np.argsort(np.asarray(lengths)[order], kind="stable")]
    cut = np.array_split(order, max(1, len(order) // size))
    return [cut[k] for k in draw.permutation(len(cut))]


class Course(Selected):
    """A network being trained. Subclasses give `epoch`, `cost` and `score`."""

    def __init__(self, network: nn.Module, seed: int, rate: float, epochs: int, looks: int = 2):
        """`network` gets its first weights anew from the seed; `looks` times an epoch the dev sentences are looked at."""
        torch.manual_seed(chance(seed, START))
        self.network, self.seed = type(network)(**network.config, dropout=network.dropout.p), seed
        self.number, self.batches = 0, self.epoch(np.random.default_rng(chance(seed, EPOCH, 0)))
        total, between = len(self.batches) * epochs, len(self.batches) / looks
        checks = {round(between * k) for k in range(1, epochs * looks)} | {total}
        groups = [{"params": list(self.network.parameters()), "rate": rate}]
        super().__init__(groups, total, checks, WARM_UP, CLIP, betas=(0.9, 0.99))

    def epoch(self, draw: np.random.Generator) -> list[Any]:
        """The batches of an epoch; the same number in each."""
        raise NotImplementedError

    def cost(self, batch: Any) -> Tensor:
        """The mean loss of a batch."""
        raise NotImplementedError

    def score(self, network: nn.Module) -> float:
        """How good a network is on the dev sentences; more is better."""
        raise NotImplementedError

    def backward(self) -> None:
        number, place = divmod(self.step, len(self.batches))
        if number != self.number:
            self.number, self.batches = number, self.epoch(np.random.default_rng(chance(self.seed, EPOCH, number)))
        torch.default_generator.manual_seed(chance(self.seed, STEP, self.step))
        self.network.train()
        cost = self.cost(self.batches[place])
        cost.backward()
        self.loss = cost.item()

    def kept(self, weights: list[Tensor]) -> nn.Module:
        """A network that has `weights` as they are shipped, in half precision, and is ready to use."""
        made = copy.deepcopy(self.network).eval().requires_grad_(False)
        for parameter, value in zip(made.parameters(), weights):
            parameter.copy_(value.half())
        return made

    def worth(self, weights: list[Tensor]) -> float:
        return self.score(self.kept(weights))

    def result(self) -> tuple[nn.Module, dict]:
        """The best network, and what its card says of the training."""
        note = {"steps": self.total, "kept_at_step": self.best["step"], "seed": self.seed}
        note |= {"selection": self.best["score"], "minutes": round(self.seconds / 60, 1)}
        return self.kept(self.best["weights"]), note
