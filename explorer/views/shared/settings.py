"""The settings of the pages: what a visit keeps and a link brings back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MOST_STEPS = 1_000  # words of a phrase that the page reads
LINK_LIMIT = 6_000  # characters; browsers and servers take little more in an address
KEPT = {"persist_state": "session"}  # for who comes back from a card


@dataclass(frozen=True)
class Setting:
    """One thing that a link brings back: its first value, and which values it may take."""

    first: str
    allowed: Callable[[str], bool] = lambda value: True
