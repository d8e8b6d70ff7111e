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
from urllib.parse import urlencode

from explorer.analysis.permutations import MOST
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


# ------------------------------------------------------------------------------------------------------ after the class

JOBS = 10  # visitors who begin long work, half of them on each page
LEAVING = 5.0  # seconds after everyone has left
ORDERS = " ".join(
    ["the film is not good and not bad , it is long ."] * 12
)  # a review whose orders take a while to read
LONG_WORK = {"order": f"Read {MOST:,} orders", "memory": "Compute the gradients"}  # buttons, by the paths of pages
LONG_TEXT = {"order": ORDERS, "memory": ORDERS * 8}


async def begin(stack: AsyncExitStack, port: int, number: int) -> Visitor:
    """A visitor who has begun long work, on a text of their own. Raises CouldNotRun if it is done at once."""
    path = list(LONG_WORK)[number % len(LONG_WORK)]
    text = f"visitor {number} writes : {LONG_TEXT[path]}"
    visitor = await stack.enter_async_context(connected(port, f"{path}?{urlencode({'phrase': 'good, not bad'})}"))
    await visitor.ask(visitor.visit.ask(told={"phrase": text}))
    frames = await visitor.press(LONG_WORK[path])
    if not any(protocol.shows(frames, told) for told in ("Computing", "Waiting for other work")):
        raise CouldNotRun("the long work was done before its visitor left")
    return visitor


async def abandon(server: Server) -> None:
    """A class asks for something on all pages, others for long work; all leave without waiting for it."""
    async with AsyncExitStack() as stack:
        there = await pupils(stack, server.port, VISITORS, False, 0)
        for number in range(JOBS):
            await begin(stack, server.port, number)
        for pupil in there:
            await pupil.visitor.socket.send(pupil.change()[0])


def abandoned_work() -> float:
    """Processor time in the five seconds after everyone has left, as a share of one core: 30 visitors with a question
    each and ten with long work, none of whom waits for the answer (not a ratio).
    """
    with serve(OURS) as app:
        asyncio.run(loaded(app.port))
        asyncio.run(abandon(app))
        used = app.seconds()
        time.sleep(LEAVING)
        return (app.seconds() - used) / LEAVING


# ----------------------------------------------------------------------------------------------------------- the memory

CLASSES = (1, 10, 30, 100)  # visitors
MINUTE = float(os.environ.get("EXPLORER_BENCH_MINUTE", "6"))  # seconds; the real ones take 40 minutes
MINUTES = 10
STAY = 5  # changes that a visitor makes before another comes in their place
SESSIONS, TOGETHER = 128, 8  # of those who have left, which Streamlit keeps for two minutes; so many come at a time
WINDOW = max(MINUTE, 15.0)  # seconds in which the memory is looked at; the server gives it back every ten
LOOK = 0.2  # seconds between two looks
SETTLING = max(MINUTE, 30.0)  # seconds of a class until its heaps are as large as so many runs at a time make them


async def come_and_go(port: int, number: int, until: float) -> None:
    """One visitor after another at one place in the class, up to a moment of the clock."""
    rng = Random(number)
    while perf_counter() < until:
        async with AsyncExitStack() as stack:
            path = rng.choice(PAGES)
            pupil = Pupil(await stack.enter_async_context(connected(port, path)), path, rng)
            for _ in range(STAY):
                if perf_counter() < until:
                    await pupil.attend(1)


async def filled(port: int, number: int) -> None:
    """One visitor after another, each with one change: all pages are opened, and what the server keeps fills up."""
    rng = Random(f"before {number}")
    for visit in range(number, SESSIONS, TOGETHER):
        async with AsyncExitStack() as stack:
            path = PAGES[visit // TOGETHER % len(PAGES)]
            pupil = Pupil(await stack.enter_async_context(connected(port, path)), path, rng)
            await pupil.visitor.ask(pupil.change()[0])


async def held(server: Server) -> int:
    """The bytes that the server holds when it has just given memory back: the fewest for a while."""
    end, least = perf_counter() + WINDOW, server.memory()
    while perf_counter() < end:
        await asyncio.sleep(LOOK)
        least = min(least, server.memory())
    return least


async def growth(server: Server, count: int) -> float:
    """The memory of the server after ten minutes of so many visitors over that after one."""
    fresh = server.memory()
    await asyncio.gather(*(filled(server.port, number) for number in range(TOGETHER)))
    end = perf_counter() + SETTLING + MINUTES * MINUTE + WINDOW
    visitors = [asyncio.create_task(come_and_go(server.port, n, end)) for n in range(count)]
    await asyncio.sleep(SETTLING)
    first = await held(server)
    await asyncio.sleep(end - WINDOW - perf_counter())
    last = await held(server)
    await asyncio.gather(*visitors)
    say(
        f"  {count} visitors: {fresh / 1e6:.0f} MB at the start, {first / 1e6:.0f} MB, then {last / 1e6:.0f} MB, "
        f"{last / first:.3f} times as much"
    )
    return last / first


def memory_growth() -> float:
    """The memory of the server after ten minutes over that after one, while visitors on all pages come, make changes
    and go: the largest of 1, 10, 30 and 100 at a time.

    As many as Streamlit keeps sessions of have been there before, and the class itself for half a minute, so that all
    pages are loaded, all that is kept is there, and the heaps are as large as so many runs at a time make them: what
    grows then would go on growing. A minute is six seconds unless EXPLORER_BENCH_MINUTE says otherwise.
    """
    ratios = []
    for count in CLASSES:
        with serve(OURS) as app:
            asyncio.run(loaded(app.port))
            ratios.append(asyncio.run(growth(app, count)))
    return max(ratios)
