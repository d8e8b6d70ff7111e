"""The training loop: steps that can be taken up again, checkpoints, and the seeds of what is drawn at each step.

All that is drawn is a function of the seed, the epoch and the step, so what goes on from a checkpoint ends as what was
never interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from explorer.training import distributed

REPORT_EVERY = 25  # steps
START, EPOCH, STEP = range(3)  # what a seed is for

Progress = Callable[[int, int, str], None]  # done, in all, and a word on how it stands


def seed_for(seed: int, *what: int) -> int:
    """A seed for one draw: of what (START, EPOCH or STEP) and of which, 0…2^64 − 1."""
    return int(np.random.SeedSequence([seed, *what]).generate_state(1, np.uint64)[0])


class TrainingLoop:
    """Something that is done step by step and can be taken up again. Subclasses give `advance` and `state_dict`."""

    checkpoint_seconds = 30.0  # from checkpoint to checkpoint

    def __init__(self, total: int, validate_at: set[int]):
        """`total` steps in all; after those in `validate_at` comes a validation."""
        self.step, self.total, self.validate_at = 0, total, validate_at
        self.seconds, self.loss = 0.0, float("nan")

    def advance(self) -> None:
        """Take one step."""
        raise NotImplementedError

    def validate(self) -> None:
        """Measure what was learnt so far on the dev texts."""

    def status(self) -> str:
        """A word on how it stands."""
        return f"loss {self.loss:.3f}"

    def state_dict(self) -> dict[str, Any]:
        """All that the steps to come depend on."""
        raise NotImplementedError

    def run(self, progress: Progress, save: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Take all steps that are left. On rank 0 `save` gets the state every now and then and after each
        validation."""
        began = saved = time.monotonic()
        earlier = self.seconds
        while self.step < self.total:
            self.advance()
            self.seconds = earlier + time.monotonic() - began
            if distributed.rank():
                continue  # the others only help
            validated = self.step in self.validate_at
            if validated:
                self.validate()
            if save and (validated or time.monotonic() - saved > self.checkpoint_seconds):
                save(self.state_dict())
                saved = time.monotonic()
            if self.step % REPORT_EVERY == 0 or self.step == self.total:
                progress(self.step, self.total, self.status())
