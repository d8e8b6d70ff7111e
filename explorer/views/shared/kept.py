"""What was computed for a text of late, kept for all visitors: what a class asks at once is computed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from explorer.core import tracing
from explorer.core.checkpoints import Model
from explorer.core.store import Store
from explorer.core.tracing import Trace
from explorer.reading.reading import Reading

Value = TypeVar("Value")
MOST = 16_000_000  # bytes
STORE: Store[Any] = Store(MOST)


def trace(model: Model, reading: Reading) -> Trace:
    """As `explorer.core.tracing.trace`, which must not be changed either: its arrays are read-only."""
    return result(("trace", model, reading), lambda: tracing.trace(model, reading))


def result(key: tuple[Hashable, ...], compute: Callable[[], Value]) -> Value:
    """What `compute` finds, which nobody must change.

    `key`: what it is called and all that it depends on, the models themselves among it: other weights are another
    model.
    """
    value: Value = STORE.get(key, compute)
    return value
