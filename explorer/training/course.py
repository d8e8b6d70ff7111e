"""Course: the training of a task's network, batch by batch, the best of its checks on dev sentences kept."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from explorer.training.fit import Average
from explorer.training.steps import EPOCH, START, STEP, Steps, chance

WARM_UP, CLIP = 200, 1.0  # steps; the largest norm of a gradient
SLOWEST = 0.02  # share of the rate at the end


def by_length(lengths: Sequence[int], size: int, draw: np.random.Generator) -> list[np.ndarray]:
    """Places of examples in batches of `size` of like length, in random order; every example once."""
    order = draw.permutation(len(lengths))
    order = order[np.argsort(np.asarray(lengths)[order], kind="stable")]
    cut = np.array_split(order, max(1, len(order) // size))
    return [cut[k] for k in draw.permutation(len(cut))]


class Course(Steps):
    """A network being trained. Subclasses give `epoch`, `cost` and `score`."""

    def __init__(self, network: nn.Module, seed: int, rate: float, epochs: int, looks: int = 2):
        """`network` gets its first weights anew from the seed; `looks` times an epoch the dev sentences are looked at."""
        torch.manual_seed(chance(seed, START))
        self.network, self.seed, self.rate = type(network)(**network.config, dropout=network.dropout.p), seed, rate
        self.tensors = list(self.network.parameters())
        self.optimizer = torch.optim.AdamW(self.tensors, lr=rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
        self.average = Average(self.tensors)
        self.number, self.batches = 0, self.epoch(np.random.default_rng(chance(seed, EPOCH, 0)))
        total, between = len(self.batches) * epochs, len(self.batches) / looks
        super().__init__(total, {round(between * k) for k in range(1, epochs * looks)} | {total})
        self.best: dict = {"score": -np.inf, "step": 0, "weights": None}

    def epoch(self, draw: np.random.Generator) -> list[Any]:
        """The batches of an epoch; the same number in each."""
        raise NotImplementedError

    def cost(self, batch: Any) -> Tensor:
        """The mean loss of a batch."""
        raise NotImplementedError

    def score(self, network: nn.Module) -> float:
        """How good a network is on the dev sentences; more is better."""
        raise NotImplementedError

    def advance(self) -> None:
        """Take one step."""
        number, place = divmod(self.step, len(self.batches))
        if number != self.number:
            self.number, self.batches = number, self.epoch(np.random.default_rng(chance(self.seed, EPOCH, number)))
        torch.default_generator.manual_seed(chance(self.seed, STEP, self.step))
        pace = min(1.0, (self.step + 1) / WARM_UP) * max(SLOWEST, 1 - self.step / self.total)
        self.optimizer.param_groups[0]["lr"] = self.rate * pace
        self.network.train()
        self.optimizer.zero_grad(set_to_none=True)
        cost = self.cost(self.batches[place])
        cost.backward()
        self.loss = cost.item()
        nn.utils.clip_grad_norm_(self.tensors, CLIP)
        self.optimizer.step()
        self.average.follow()
        self.step += 1

    def kept(self, weights: list[Tensor]) -> nn.Module:
        """A network that has `weights` as they are shipped, in half precision, and is ready to use."""
        made = copy.deepcopy(self.network).eval().requires_grad_(False)
        for parameter, value in zip(made.parameters(), weights):
            parameter.copy_(value.half())
        return made

    def check(self) -> None:
        """Score the average of the weights and keep it if nothing was better."""
        score = self.score(self.kept(self.average.weights))
        if score >= self.best["score"]:
            weights = [weight.clone() for weight in self.average.weights]
            self.best = {"score": score, "step": self.step, "weights": weights}

    def standing(self) -> str:
        return f"loss {self.loss:.3f}, best dev {self.best['score']:.3f}"

    def state_dict(self) -> dict:
        """Everything that changes, by name; the tensors are those in use, to be written at once or copied."""
        return {
            "step": self.step,
            "seconds": self.seconds,
            "tensors": [tensor.detach() for tensor in self.tensors],
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.weights,
            "best": self.best,
        }

    def load_state_dict(self, state: dict) -> None:
        """Go on from a state that `state_dict` gave in a course of the same network, data and seed."""
        state = copy.deepcopy(state)
        self.step, self.seconds, self.best = state["step"], state["seconds"], state["best"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.weights, self.average.steps = state["average"], state["step"]
        with torch.no_grad():
            for tensor, value in zip(self.tensors, state["tensors"]):
                tensor.copy_(value)

    def result(self) -> tuple[nn.Module, dict]:
        """The best network, and what its card says of the training."""
        note = {"steps": self.total, "kept_at_step": self.best["step"], "seed": self.seed}
        note |= {"selection": self.best["score"], "minutes": round(self.seconds / 60, 1)}
        return self.kept(self.best["weights"]), note
