"""Lazy Adam for the rows of a table: a step costs as much as the rows that its batch reads, not as much as the
table."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from explorer.training.optimizer_loop import BETAS, average_decay

EPSILON = 1e-8  # ε of Adam
BETA_1, BETA_2 = BETAS
DRIFT = BETA_1 / BETA_2**0.5  # a row that is not read moves by this share of the step before
STATE = ("weights", "average", "first", "second", "last", "step")


class LazyAdam:
    """The first rows of a table, moved by Adam (Kingma & Ba 2015, algorithm 1), and the moving average of them.

    Adam moves a row that no batch reads as well: by its momentum, each time by DRIFT of the time before. Here it is
    made up for when the row is read again, as the sum of a geometric series, and so is its average. Both come out as if
    all rows had been moved at each step, but for the rate, which is taken to have been the present one, and for the
    first hundreds of steps, in which Adam's corrections for its start change from step to step. (torch's SparseAdam
    leaves the momentum out: a rare word would move a tenth as far.)
    """

    def __init__(self, start: Tensor, total: int, rate: float = 0.0):
        """`start`: (V, E), the rows to train; `total`: steps there will be; `rate` may be changed from step to step."""
        self.rate = rate
        self.weights, self.average = start.clone(), start.clone()
        self.first, self.second = torch.zeros_like(start), torch.zeros_like(start)
        self.last = torch.zeros(len(start), dtype=torch.long)  # the step after which a row is as it stands here
        fading = np.cumsum([0.0, *(np.log(average_decay(step)) for step in range(1, total + 1))])
        self.fading = torch.from_numpy(fading)  # (total + 1,), log of the weight that the start has in the average
        self.step, self.rows = 0, torch.zeros(0, dtype=torch.long)
        self.leaf = start[:0]

    def look_up(self, rows: Tensor, others: Tensor) -> Tensor:
        """Vectors of rows, (B, T) to (B, T, E); those that are not trained here from `others`, (≥ V, E).

        `leaf` then holds the trained ones among them, once each, and gets their gradients.
        """
        unique, place = rows.unique(return_inverse=True)
        self.rows = unique[unique < len(self.weights)]
        self.catch_up(self.rows)
        self.leaf = self.weights[self.rows].requires_grad_()
        return F.embedding(place, torch.cat([self.leaf, others[unique[len(self.rows) :]]]))

    @torch.no_grad()
    def catch_up(self, rows: Tensor) -> None:
        """Move rows as their momentum moved them since they were read last."""
        idle = (self.step - self.last[rows])[:, None]
        first, second = self.first[rows], self.second[rows]
        series = DRIFT * (1 - DRIFT**idle) / (1 - DRIFT)
        after = self.weights[rows] - series * self._step(first, second, self.last[rows][:, None].clamp(min=1))
        self._keep(rows, after, first * BETA_1**idle, second * BETA_2**idle)

    @torch.no_grad()
    def advance(self) -> None:
        """Take a step by the gradients of `leaf`."""
        rows, gradient, before = self.rows, self.leaf.grad, self.leaf.detach()
        assert gradient is not None, "a step comes after its gradients"
        first = self.first[rows].lerp(gradient, 1 - BETA_1)
        second = self.second[rows].lerp(gradient.square(), 1 - BETA_2)
        self.step += 1
        after = before - self._step(first, second, torch.tensor(self.step))
        self._keep(rows, after, first, second)

    def averaged(self) -> Tensor:
        """The moving average of all rows, (V, E), not to be changed."""
        self.catch_up(torch.arange(len(self.weights)))
        return self.average

    def state_dict(self) -> dict[str, Any]:
        """All that the steps to come depend on."""
        return {name: getattr(self, name) for name in STATE}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state that `state_dict` gave; it stays its owner's."""
        for name, value in state.items():
            setattr(self, name, value.clone() if isinstance(value, Tensor) else value)

    def _step(self, first: Tensor, second: Tensor, number: Tensor) -> Tensor:
        """Adam's step of that number from the running means of the gradient and of its square."""
        spread = (second / (1 - BETA_2**number)).sqrt() + EPSILON
        return self.rate * first / (1 - BETA_1**number) / spread

    def _keep(self, rows: Tensor, after: Tensor, first: Tensor, second: Tensor) -> None:
        """Keep what rows are after the present step; their average follows them from where it was."""
        weight = (self.fading[self.step] - self.fading[self.last[rows]]).exp().to(after.dtype)[:, None]
        self.weights[rows], self.first[rows], self.second[rows] = after, first, second
        self.average[rows] = after.lerp(self.average[rows], weight)
        self.last[rows] = self.step
