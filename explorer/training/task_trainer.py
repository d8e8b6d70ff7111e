"""The trainer of a task's network: batch by batch, the best of its validations on dev sentences kept."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from explorer.training.optimizer_loop import BETAS, ValidatedLoop
from explorer.training.training_loop import EPOCH, START, STEP, seed_for

WARM_UP, CLIP = 200, 1.0  # steps; the largest norm of a gradient
Network = TypeVar("Network", bound=nn.Module)


def batches_by_length(lengths: Sequence[int], size: int, draw: np.random.Generator) -> list[np.ndarray]:
    """Places of examples in batches of `size` of like length, in random order; every example once."""
    order = draw.permutation(len(lengths))
    order = order[np.argsort(np.asarray(lengths)[order], kind="stable")]
    cut = np.array_split(order, max(1, len(order) // size))
    return [cut[k] for k in draw.permutation(len(cut))]


class TaskTrainer(ValidatedLoop, Generic[Network]):
    """A network being trained. Subclasses give `epoch`, `batch_loss` and `score`."""

    def __init__(self, network: Network, seed: int, rate: float, epochs: int, validations: int = 2):
        """`network` gets its first weights anew from the seed; `validations` in an epoch."""
        torch.manual_seed(seed_for(seed, START))
        task_network: Any = network  # all of them have a config and a dropout
        self.network, self.seed = type(network)(**task_network.config, dropout=task_network.dropout.p), seed
        self.number, self.batches = 0, self.epoch(np.random.default_rng(seed_for(seed, EPOCH, 0)))
        total, between = len(self.batches) * epochs, len(self.batches) / validations
        validate_at = {round(between * k) for k in range(1, epochs * validations)} | {total}
        groups = [{"params": list(self.network.parameters()), "rate": rate}]
        super().__init__(groups, total, validate_at, WARM_UP, CLIP, betas=BETAS)

    def epoch(self, draw: np.random.Generator) -> list[np.ndarray]:
        """The batches of an epoch, places of examples; the same number in each epoch."""
        raise NotImplementedError

    def batch_loss(self, batch: np.ndarray) -> Tensor:
        """The mean loss of a batch."""
        raise NotImplementedError

    def score(self, network: Network) -> float:
        """How good a network is on the dev sentences; more is better."""
        raise NotImplementedError

    def backward(self) -> None:
        number, place = divmod(self.step, len(self.batches))
        if number != self.number:
            self.number, self.batches = number, self.epoch(np.random.default_rng(seed_for(self.seed, EPOCH, number)))
        torch.default_generator.manual_seed(seed_for(self.seed, STEP, self.step))
        self.network.train()
        loss = self.batch_loss(self.batches[place])
        loss.backward()
        self.loss = loss.item()

    def network_with(self, weights: list[Tensor]) -> Network:
        """A network that has `weights` as they are shipped, in half precision, and is ready to use."""
        network = copy.deepcopy(self.network).eval().requires_grad_(False)
        for parameter, value in zip(network.parameters(), weights, strict=True):
            parameter.copy_(value.half())
        return network

    def validation_score(self, weights: list[Tensor]) -> float:
        return self.score(self.network_with(weights))

    def result(self) -> tuple[Network, dict[str, Any]]:
        """The best network, and what its card says of the training."""
        note = {"steps": self.total, "kept_at_step": self.best["step"], "seed": self.seed}
        note |= {"selection": self.best["score"], "minutes": round(self.seconds / 60, 1)}
        return self.network_with(self.best["weights"]), note
