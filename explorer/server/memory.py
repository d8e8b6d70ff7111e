"""The memory of the server: given back while visitors come and go, not only when it has grown."""

from __future__ import annotations

import asyncio
import gc

from explorer.core import allocation

EVERY = 10.0  # seconds between two times of giving memory back
ARENAS = 2  # heaps that threads share; glibc's own, eight for each processor, keep what each once held
M_ARENA_MAX = -8  # see mallopt(3)


def share_heaps() -> None:
    """Let threads share a few heaps, where the system can do that: each run of a page may be in another thread.

    Large arrays lie apart from them.
    """
    library = allocation.library()
    if library is not None:
        library.mallopt(M_ARENA_MAX, ARENAS)
    allocation.apart()


def give_back() -> None:
    """Collect what those have left who are gone, and give free memory back to the system, where it takes it."""
    gc.collect()
    library = allocation.library()
    if library is not None:
        library.malloc_trim(0)


async def keep_giving_back() -> None:
    """Again and again, until cancelled; in another thread, since the event loop answers meanwhile."""
    while True:
        await asyncio.sleep(EVERY)
        await asyncio.to_thread(give_back)
