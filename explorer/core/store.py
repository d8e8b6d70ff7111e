"""Store: what was computed of late, for all who ask; the same question asked by many at once is computed once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from sys import getsizeof
from threading import Condition
from typing import Generic, TypeVar

import numpy as np

Value = TypeVar("Value")
OVERHEAD = 200  # bytes of an entry besides what is in it, about


def size(value: object) -> int:
    """The bytes of the arrays, texts and numbers in a value, about; not of what all share, such as a vocabulary.

    >>> size(np.zeros((10, 100))) - size(np.zeros(0))
    8000
    """
    if isinstance(value, np.ndarray):
        return OVERHEAD + value.nbytes
    if isinstance(value, str | bytes):
        return getsizeof(value)
    if isinstance(value, Mapping):
        return OVERHEAD + sum(size(key) + size(held) for key, held in value.items())
    if isinstance(value, tuple | list):
        return OVERHEAD + sum(size(held) for held in value)
    if is_dataclass(value) and not isinstance(value, type):
        return OVERHEAD + sum(size(getattr(value, field.name)) for field in fields(value))
    return 32


def _texts(key: object) -> int:
    """The bytes of the texts in a key; the rest of it is small, or shared."""
    if isinstance(key, tuple):
        return sum(_texts(part) for part in key)
    return getsizeof(key) if isinstance(key, str) else _texts(getattr(key, "text", ()))


class Store(Generic[Value]):
    """Values by their keys, at most so many bytes; what was not asked for longest goes first."""

    def __init__(self, most: int, measure: Callable[[Value], int] = size):
        """`most` bytes in all: of the values as `measure` takes them, and of the texts in keys."""
        self.most, self.measure, self.bytes = most, measure, 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._going_on: set[Hashable] = set()
        self._changed = Condition()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of this key, made if it is not there. Who asks while it is being made waits for it.

        What `make` raises goes to the one who makes it; one of those who wait then tries in turn.
        """
        with self._changed:
            while key not in self._kept and key in self._going_on:
                self._changed.wait()
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
            self._going_on.add(key)
        try:
            value = make()
            self.put(key, value)
        finally:
            with self._changed:
                self._going_on.discard(key)
                self._changed.notify_all()
        return value

    def find(self, key: Hashable) -> Value | None:
        """The value of this key, None if it is not there."""
        with self._changed:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, unless it alone is larger than all may be."""
        taken = OVERHEAD + self.measure(value) + _texts(key)
        with self._changed:
            self.bytes -= self._kept.pop(key, (None, 0))[1]
            if taken <= self.most:
                self._kept[key] = value, taken
                self.bytes += taken
            while self.bytes > self.most:
                self.bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Keep nothing."""
        with self._changed:
            self._kept.clear()
            self.bytes = 0
