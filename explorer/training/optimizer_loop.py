"""The optimizer loop: AdamW with a rate that rises and falls; an average of the weights, of which the best is kept."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from explorer.training.training_loop import TrainingLoop

DECAY = 0.998  # of the moving average of the weights
BETAS = (0.9, 0.99)  # β₁ and β₂ of AdamW
SLOWEST = 0.02  # share of the rate at the end


class OptimizerLoop(TrainingLoop):
    """Steps of AdamW (Loshchilov & Hutter 2019) whose rates rise and then fall linearly. Subclasses give `backward`."""

    def __init__(
        self, groups: list[dict[str, Any]], total: int, validate_at: set[int], warm_up: int, clip: float, **options: Any
    ):
        """`groups` of tensors as AdamW takes them, each with its largest "rate"; `clip`: the largest norm of a
        gradient."""
        super().__init__(total, validate_at)
        self.tensors: list[Tensor] = [tensor for group in groups for tensor in group["params"]]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True, **options)
        self.warm_up, self.clip = warm_up, clip

    def backward(self) -> None:
        """Give the tensors the gradients of this step, and tell its loss."""
        raise NotImplementedError

    def gradient_tensors(self) -> list[Tensor]:
        """The tensors that have gradients in this step."""
        return self.tensors

    def rate_factor(self) -> float:
        """The share of the rates that this step takes, 0…1."""
        return min(1.0, (self.step + 1) / self.warm_up) * max(SLOWEST, 1 - self.step / self.total)

    def advance(self) -> None:
        """Take one step."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * self.rate_factor()
        self.optimizer.zero_grad(set_to_none=True)
        self.backward()
        nn.utils.clip_grad_norm_(self.gradient_tensors(), self.clip)
        self.optimizer.step()
        self.step += 1

    def state_dict(self) -> dict[str, Any]:
        """Everything that changes, by name; the tensors are those in use, to be written at once or copied."""
        return {
            "step": self.step,
            "seconds": self.seconds,
            "tensors": [tensor.detach() for tensor in self.tensors],
            "optimizer": self.optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state that `state_dict` gave with the same tensors, data and seed."""
        self.step, self.seconds = state["step"], state["seconds"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.copy_weights(state["tensors"])

    @torch.no_grad()
    def copy_weights(self, tensors: list[Tensor]) -> None:
        """Make the trained tensors equal to these."""
        for tensor, value in zip(self.tensors, tensors, strict=True):
            tensor.copy_(value)


def average_decay(steps: int) -> float:
    """What of the moving average stays at a step: at first less, so that the start is soon forgotten."""
    return min(DECAY, (1 + steps) / (10 + steps))


class WeightAverage:
    """Exponential moving average of the weights; `weights` is the one to keep."""

    def __init__(self, tensors: list[Tensor]):
        self.tensors = tensors
        self.weights = [tensor.detach().clone() for tensor in tensors]
        self.steps = 0

    @torch.no_grad()
    def update(self) -> None:
        """Take in the present weights."""
        self.steps += 1
        torch._foreach_lerp_(self.weights, [tensor.detach() for tensor in self.tensors], 1 - average_decay(self.steps))


class ValidatedLoop(OptimizerLoop):
    """An optimizer loop of which the average with the best validation score is kept. Subclasses give that score."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.average = WeightAverage(self.tensors)
        self.best: dict[str, Any] = {"score": -np.inf, "step": 0, "weights": None}

    def validation_score(self, weights: list[Tensor]) -> float:
        """How good these weights are on the dev texts; more is better."""
        raise NotImplementedError

    def averaged_weights(self) -> list[Tensor]:
        """The moving average of all that is trained."""
        return self.average.weights

    def advance(self) -> None:
        super().advance()
        self.average.update()

    def validate(self) -> None:
        """Score the average and keep the best; of two as good the later one."""
        averaged = self.averaged_weights()
        score = self.validation_score(averaged)
        if score >= self.best["score"]:
            weights = [weight.clone() for weight in averaged]
            self.best = {"score": score, "step": self.step, "weights": weights}

    def status(self) -> str:
        return f"{super().status()}, best dev {self.best['score']:.3f}"

    def state_dict(self) -> dict[str, Any]:
        return super().state_dict() | {"average": self.average.weights, "best": self.best}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """As above; the state stays its owner's."""
        state = copy.deepcopy(state)
        super().load_state_dict(state)
        self.best, self.average.weights, self.average.steps = state["best"], state["average"], state["step"]
