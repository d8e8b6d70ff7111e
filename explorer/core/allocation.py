"""Allocation: where arrays lie, with a C library (glibc) that can be told.

Left alone, it soon puts arrays of megabytes into the heaps, between small things that stay: a server of many visitors
then holds hundreds of megabytes of holes. Once `apart` was called, an array of more than LARGE bytes has pages of its
own, which go back to the system with it. New pages cost time, so long work that makes large arrays again and again is
done within `reused`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

LARGE, LARGEST = 2**18, 2**25  # bytes from which on an array lies apart, and the most that can be asked for
M_MMAP_THRESHOLD = -3  # see mallopt(3)

_lock = Lock()
_working = 0  # how many are within `reused`
_apart = False


@cache
def library() -> ctypes.CDLL | None:
    """The C library, if it is one that can be told how to keep memory."""
    try:
        found = ctypes.CDLL(None)
    except (OSError, TypeError):  # no such library on this system
        return None
    return found if hasattr(found, "mallopt") and hasattr(found, "malloc_trim") else None


def apart() -> None:
    """From here on large arrays have pages of their own."""
    global _apart
    with _lock:
        _apart = True
        _decide()


@contextmanager
def reused() -> Iterator[None]:
    """Within, arrays of any size lie in the heaps, so that the next takes the place of the last."""
    _count(+1)
    try:
        yield
    finally:
        _count(-1)


def _count(change: int) -> None:
    global _working
    with _lock:
        _working += change
        _decide()


def _decide() -> None:
    found = library()
    if found is not None and _apart:
        found.mallopt(M_MMAP_THRESHOLD, LARGEST if _working else LARGE)
