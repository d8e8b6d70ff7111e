"""Steps: work that is done step by step and can be taken up again, and the chance that goes with it.

All chance is a function of the seed, the epoch and the step, so what goes on from a checkpoint ends as what was never
interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch

from explorer.training import ranks

SAY_EVERY = 25  # steps
START, EPOCH, STEP = range(3)  # what chance is drawn for

Progress = Callable[[int, int, str], None]  # done, in all, and a word on how it stands


def chance(seed: int, *what: int) -> int:
    """A seed for one draw: of what (START, EPOCH or STEP) and of which, 0…2^64 − 1."""
    return int(np.random.SeedSequence([seed, *what]).generate_state(1, np.uint64)[0])


class Steps:
    """Something that is done step by step and can be taken up again. Subclasses give `advance` and `state_dict`."""

    keep_every = 30.0  # seconds from checkpoint to checkpoint

    def __init__(self, total: int, checks: set[int]):
        """`total` steps in all; after those in `checks` the dev texts are looked at."""
        self.step, self.total, self.checks = 0, total, checks
        self.seconds, self.loss = 0.0, torch.nan

    def advance(self) -> None:
        """Take one step."""
        raise NotImplementedError

    def check(self) -> None:
        """Look at the dev texts."""

    def standing(self) -> str:
        """A word on how it stands."""
        return f"loss {self.loss:.3f}"

    def state_dict(self) -> dict:
        """All that the steps to come depend on."""
        raise NotImplementedError

    def run(self, progress: Progress, keep: Callable[[dict], None] | None = None) -> None:
        """Take all steps that are left. On rank 0 `keep` gets the state every now and then and after each check."""
        began = kept = time.monotonic()
        earlier = self.seconds
        while self.step < self.total:
            self.advance()
            self.seconds = earlier + time.monotonic() - began
            if ranks.rank():
                continue  # the others only help
            checked = self.step in self.checks
            if checked:
                self.check()
            if keep and (checked or time.monotonic() - kept > self.keep_every):
                keep(self.state_dict())
                kept = time.monotonic()
            if self.step % SAY_EVERY == 0 or self.step == self.total:
                progress(self.step, self.total, self.standing())
