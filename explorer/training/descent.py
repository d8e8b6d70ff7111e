"""Descent: steps of an optimizer that can be taken up again; with a moving average of the weights, the best of it kept."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from explorer.training.steps import Steps

DECAY = 0.998  # of the moving average of the weights
SLOWEST = 0.02  # share of the rate at the end


class Descent(Steps):
    """Steps of AdamW (Loshchilov & Hutter 2019) whose rates rise and then fall linearly. Subclasses give `backward`."""

    def __init__(self, groups: list[dict], total: int, checks: set[int], warm_up: int, clip: float, **options: Any):
        """`groups` of tensors as AdamW takes them, each with its largest "rate"; `clip`: the largest norm of a gradient."""
        super().__init__(total, checks)
        self.tensors: list[Tensor] = [tensor for group in groups for tensor in group["params"]]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True, **options)
        self.warm_up, self.clip = warm_up, clip

    def backward(self) -> None:
        """Give the tensors the gradients of this step, and tell its loss."""
        raise NotImplementedError

    def moved(self) -> list[Tensor]:
        """The tensors that have gradients in this step."""
        return self.tensors

    def pace(self) -> float:
        """The share of the rates that this step takes, 0…1."""
        return min(1.0, (self.step + 1) / self.warm_up) * max(SLOWEST, 1 - self.step / self.total)

    def advance(self) -> None:
        """Take one step."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * self.pace()
        self.optimizer.zero_grad(set_to_none=True)
        self.backward()
        nn.utils.clip_grad_norm_(self.moved(), self.clip)
        self.optimizer.step()
        self.step += 1

    def state_dict(self) -> dict:
        """Everything that changes, by name; the tensors are those in use, to be written at once or copied."""
        return {
            "step": self.step,
            "seconds": self.seconds,
            "tensors": [tensor.detach() for tensor in self.tensors],
            "optimizer": self.optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict) -> None:
        """Go on from a state that `state_dict` gave with the same tensors, data and seed."""
        self.step, self.seconds = state["step"], state["seconds"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.take(state["tensors"])

    @torch.no_grad()
    def take(self, tensors: list[Tensor]) -> None:
        """Make the trained tensors equal to these."""
        for tensor, value in zip(self.tensors, tensors):
            tensor.copy_(value)


def decay(steps: int) -> float:
    """What of the moving average stays at a step: at first less, so that the start is soon forgotten."""
    return min(DECAY, (1 + steps) / (10 + steps))


class Average:
    """Exponential moving average of the weights; `weights` is the one to keep."""

    def __init__(self, tensors: list[Tensor]):
        self.tensors = tensors
        self.weights = [tensor.detach().clone() for tensor in tensors]
        self.steps = 0

    @torch.no_grad()
    def follow(self) -> None:
        self.steps += 1
        torch._foreach_lerp_(self.weights, [tensor.detach() for tensor in self.tensors], 1 - decay(self.steps))


class Selected(Descent):
    """A descent of which the average that does best on the dev texts is kept. Subclasses give `worth` as well."""

    def __init__(self, *given: Any, **options: Any):
        super().__init__(*given, **options)
        self.average = Average(self.tensors)
        self.best: dict = {"score": -np.inf, "step": 0, "weights": None}

    def worth(self, weights: list[Tensor]) -> float:
        """How good these weights are on the dev texts; more is better."""
        raise NotImplementedError

    def averaged(self) -> list[Tensor]:
        """The moving average of all that is trained."""
        return self.average.weights

    def advance(self) -> None:
        super().advance()
        self.average.follow()

    def check(self) -> None:
        """Look at the average and keep the best; of two as good the later one."""
        averaged = self.averaged()
        score = self.worth(averaged)
        if score >= self.best["score"]:
            weights = [weight.clone() for weight in averaged]
            self.best = {"score": score, "step": self.step, "weights": weights}

    def standing(self) -> str:
        return f"{super().standing()}, best dev {self.best['score']:.3f}"

    def state_dict(self) -> dict:
        return super().state_dict() | {"average": self.average.weights, "best": self.best}

    def load_state_dict(self, state: dict) -> None:
        """As above; the state stays its owner's."""
        state = copy.deepcopy(state)
        super().load_state_dict(state)
        self.best, self.average.weights, self.average.steps = state["best"], state["average"], state["step"]
