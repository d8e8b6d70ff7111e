"""The benches by name, each with the goal that it must not exceed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class CouldNotRun(RuntimeError):
    """A bench lacks something that it needs; the message says what."""


@dataclass(frozen=True)
class Bench:
    """One measurement: its name, the largest figure that is ok, and how to take it."""

    name: str
    goal: float
    measure: Callable[[], float]

    @property
    def compares(self) -> str:
        """What is compared, in a sentence."""
        return " ".join((self.measure.__doc__ or "").split("\n\n")[0].split())


BENCHES: dict[str, Bench] = {}


def bench(goal: float) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Enter a function into BENCHES under its own name."""

    def enter(measure: Callable[[], float]) -> Callable[[], float]:
        BENCHES[measure.__name__] = Bench(measure.__name__, goal, measure)
        return measure

    return enter
