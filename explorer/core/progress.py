"""Progress: how long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]  # called with the share that is done, 0…1; what it raises stops the work


def silent(share: float) -> None:
    """The progress that nobody looks at."""


def portion(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a part of the work, from the share `start` of the whole to `end`."""
    return lambda share: progress(start + (end - start) * share)
