"""Independent pieces of work side by side, each in a process of its own, of which none is left when something ends
early."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Work = TypeVar("Work")
PATIENCE = 0.1  # seconds between two looks at what is still running


def run_in_processes(
    work: Callable[[Work, int], None], items: Sequence[Work], count: int, name: Callable[[Work], str] = str
) -> None:
    """Call `work`, a function of a module, with each item and the place where it runs, 0 … count − 1, `count` at a
    time.

    A process that ends before its work is done stops all others. Raises ChildProcessError, which names its item.
    """
    places: SimpleQueue[int] = SimpleQueue()
    for place in range(count):
        places.put(place)

    def run(item: Work) -> None:
        place = places.get()
        try:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin) as executor:
                executor.submit(work, item, place).result()
        finally:
            places.put(place)

    threads = ThreadPoolExecutor(count)
    futures = {threads.submit(run, item): item for item in items}
    try:
        for future in as_completed(futures):
            _check(future, name(futures[future]))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        while running := [future for future in futures if not future.done()]:
            for process in active_children():
                process.terminate()
            wait(running, timeout=PATIENCE)
        threads.shutdown()


def _check(future: Future[None], name: str) -> None:
    error = future.exception()
    if error is None:
        return
    reason = "its process was killed" if isinstance(error, BrokenProcessPool) else f"{type(error).__name__}: {error}"
    raise ChildProcessError(f"{name} was stopped ({reason}). The same command goes on where it was") from error


def _begin() -> None:
    """What a process does first: Ctrl-C ends it without a word, and it ends with the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # two that work on the same would only be in each other's way
