"""A class on all pages at once: how long its answers take, what it leaves running, and how the memory grows."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from statistics import median
from time import perf_counter

from explorer.bench import protocol
from explorer.bench.registry import CouldNotRun
from explorer.bench.servers import BARE_CHART, OURS, Server, serve
from explorer.bench.texts import FEELING, FREQUENT
from explorer.bench.timing import quantile, say
from explorer.bench.typists import LIMIT, OTHER, Visitor, connected, loaded

VISITORS = 30
ROUNDS = 2  # on each side in turn
CHANGES = 8  # of a visitor in a round
EVERY = 2.0  # seconds between two changes of a visitor
PAGES = ("", "approaches", "by-hand", "tasks", "order", "memory", "space", "cards")  # paths; a visitor stays on one
MODELS = ("rnn", "gru", "lstm")
KNOWN = ("good", "bad", "not", "very", ",")  # what the network of two units knows
WORDS = (3, 8)  # of a phrase, at least and at most


class Pupil:
    """One visitor of a class, with a page of ours or the bare page open, who changes something now and then."""

    def __init__(self, visitor: Visitor, path: str | None, rng: Random):
        """`path` is that of the page; None for the bare one."""
        self.visitor, self.path, self.rng = visitor, path, rng

    def change(self) -> tuple[bytes, str]:
        """The next message, and a text that its answer must hold."""
        count = self.rng.randint(*WORDS)
        text = " ".join(self.rng.choices(KNOWN if self.path == "by-hand" else FREQUENT + FEELING, k=count))
        model = self.rng.choice(MODELS)
        if self.path is None:
            return self.visitor.visit.ask(text), text
        told = {
            "": {"a": text, "b": OTHER, "model": model},
            "by-hand": {"text": text},
            "cards": {"model": model},
        }.get(self.path, {"phrase": text, "model": model})
        return self.visitor.visit.ask(told=told), model if self.path == "cards" else text

    async def attend(self, changes: int) -> list[float]:
        """Make so many changes; the seconds of each from the moment at which it was due to its answer.

        The next is due two seconds after the one before, or with its answer if that takes longer.
        """
        times = []
        due = perf_counter() + self.rng.uniform(0, EVERY)  # a class does not begin at one moment
        for _ in range(changes):
            await asyncio.sleep(due - perf_counter())
            message, text = self.change()
            try:
                if not protocol.shows(await self.visitor.ask(message), text):
                    raise CouldNotRun(f"an answer of the page {self.path!r} is not one to {text!r}")
            except TimeoutError:
                times += [LIMIT]  # counts as that much, and the pupil gives up
                break
            times.append(perf_counter() - due)
            due = max(due + EVERY, perf_counter())
        return times


async def pupils(stack: AsyncExitStack, port: int, count: int, bare: bool, seed: int) -> list[Pupil]:
    """So many, each with a page open, the pages in turn."""
    paths = [None if bare else PAGES[number % len(PAGES)] for number in range(count)]
    return [
        Pupil(await stack.enter_async_context(connected(port, path or "")), path, Random(f"{seed} {number}"))
        for number, path in enumerate(paths)
    ]


async def lesson(server: Server, bare: bool, seed: int, count: int = VISITORS) -> list[float]:
    """Seconds of all answers to a class."""
    async with AsyncExitStack() as stack:
        there = await pupils(stack, server.port, count, bare, seed)
        start, used, taken = perf_counter(), time.process_time(), server.seconds()
        answers = await asyncio.gather(*(pupil.attend(CHANGES) for pupil in there))
        passed = perf_counter() - start
    own, theirs = (time.process_time() - used) / passed, (server.seconds() - taken) / passed
    times = [seconds for own in answers for seconds in own]
    told = f"median {1000 * median(times):.0f} ms, 95% within {1000 * quantile(times, 0.95):.0f} ms"
    say(f"  {server.name}: {told}; the server took {theirs:.0%} of a core, the class itself {own:.0%}")
    if not bare and os.environ.get("EXPLORER_BENCH_PAGES"):
        for place, path in enumerate(PAGES):
            each = [seconds for own in answers[place :: len(PAGES)] for seconds in own]
            say(f"    /{path}: median {1000 * median(each):.0f} ms, most {1000 * max(each):.0f} ms")
    return times


def class_vs_bare() -> float:
    """30 visitors on mixed pages, each with a change every two seconds: the 95th percentile of the answers over that
    of 30 visitors with the same changes on a bare page with a text box and one chart.

    Both are measured in turn. A visitor waits for an answer before the next change.
    """
    times: dict[bool, list[float]] = {False: [], True: []}
    with serve(OURS) as app, serve(BARE_CHART) as plain:
        asyncio.run(loaded(app.port))
        for number in range(ROUNDS):
            for bare, server in ((False, app), (True, plain)):
                times[bare] += asyncio.run(lesson(server, bare, number))
    late: Sequence[float] = [quantile(times[bare], 0.95) for bare in (False, True)]
    return late[0] / late[1]
