"""A class of visitors at once, each over a websocket of its own."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter

from explorer.bench import protocol
from explorer.bench.registry import CouldNotRun, bench
from explorer.bench.servers import BARE_CHART, OURS, serve
from explorer.bench.texts import PHRASES
from explorer.bench.timing import quantile, say

VISITORS = 20
ROUNDS = 2  # on each page in turn, after one that does not count
LIMIT = 60.0  # seconds for one answer


@bench(goal=2.0)
def visitors_vs_bare() -> float:
    """20 visitors at once, phrase after phrase: the 95th percentile of an answer over that of a bare page.

    A visitor sends the next phrase as soon as the answer to the last is complete. The bare page has a text box and one
    chart; both get the same phrases, in turn.
    """
    times: dict[str | Path, list[float]] = {OURS: [], BARE_CHART: []}
    with serve(OURS) as app, serve(BARE_CHART) as bare:
        for number in range(ROUNDS + 1):
            for server in (app, bare):
                passed = asyncio.run(a_class(server.port, PHRASES if number else PHRASES[:2]))
                if number:
                    times[server.page] += passed
    late = {page: quantile(passed, 0.95) for page, passed in times.items()}
    for page, passed in times.items():
        name = "ours" if page == OURS else "bare"
        say(f"  {name}: median {1000 * quantile(passed, 0.5):.0f} ms, 95 % within {1000 * late[page]:.0f} ms")
    return late[OURS] / late[BARE_CHART]


async def a_class(port: int, phrases: tuple[str, ...]) -> list[float]:
    """Seconds of every answer to VISITORS visitors, who all have the page before them when the first begins."""
    try:
        from websockets.asyncio.client import connect
    except ImportError as error:
        raise CouldNotRun("websockets is not installed (pip install -r requirements.txt)") from error
    address, origin = f"ws://localhost:{port}{protocol.STREAM}", f"http://localhost:{port}"
    async with AsyncExitStack() as stack:
        visitors = []
        for _ in range(VISITORS):
            socket = connect(address, subprotocols=[protocol.SUBPROTOCOL], origin=origin, max_size=None)
            visitors.append(Visitor(await stack.enter_async_context(socket)))
        await asyncio.gather(*(visitor.arrive() for visitor in visitors))
        turned = (phrases[i % len(phrases) :] + phrases[: i % len(phrases)] for i in range(VISITORS))
        answers = await asyncio.gather(*(one.send_all(its) for one, its in zip(visitors, turned)))
    return [passed for one in answers for passed in one]


class Visitor:
    """One visitor with the page open."""

    def __init__(self, socket):
        self.socket, self.visit = socket, protocol.Visit()

    async def arrive(self) -> None:
        """Open the page and find its text box."""
        await self.socket.send(self.visit.ask())
        await self.answer()
        if self.visit.box is None:
            raise CouldNotRun("the page has no text box")

    async def send_all(self, phrases: tuple[str, ...]) -> list[float]:
        """One phrase after another; seconds of each answer."""
        times = []
        for phrase in phrases:
            start = perf_counter()
            await self.socket.send(self.visit.ask(phrase))
            frames = await self.answer()
            times.append(perf_counter() - start)
            if not protocol.shows(frames, phrase):
                raise CouldNotRun(f"an answer does not show its phrase, {phrase!r}")
        return times

    async def answer(self) -> list[bytes]:
        """All messages up to the end of the run."""
        frames = []
        async with asyncio.timeout(LIMIT):
            while True:
                frames.append(await self.socket.recv())
                message = protocol.parse(frames[-1])
                self.visit.hear(message)
                if protocol.finished(message):
                    return frames
