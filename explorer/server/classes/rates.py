"""Rates: how often something may be done, so that codes cannot be guessed in bulk and nobody floods a class."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

MINUTE = 60.0  # seconds


class Rate:
    """How often something was done of late by one who is named; the names are forgotten after a minute."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic):
        self.most, self.clock = most, clock
        self._since, self._counts = clock(), dict[str, int]()

    def spent(self, name: str) -> bool:
        """Whether it was done as often as may be."""
        now = self.clock()
        if now - self._since >= MINUTE:
            self._since, self._counts = now, {}
        return self._counts.get(name, 0) >= self.most

    def count(self, name: str) -> None:
        """It was done once more."""
        self.spent(name)
        self._counts[name] = self._counts.get(name, 0) + 1
