"""A class of visitors at once, each over a websocket of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from explorer.analysis.permutations import MOST
from explorer.bench import protocol
from explorer.bench.registry import CouldNotRun
from explorer.bench.servers import BARE_CHART, OURS, serve
from explorer.bench.texts import PHRASES
from explorer.bench.timing import quantile, say

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

VISITORS = 20
ROUNDS = 2  # on each page in turn, after one that does not count
LIMIT = 60.0  # seconds for one answer
LONG = " ".join(["the film is not good and not bad , it is long ."] * 12)  # a review whose orders take a while to read
WORK = f"Read {MOST:,} orders"  # the button that begins it


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


def visitor_beside_orders() -> float:
    """An answer of Compare while another visitor has 5,040 orders of a long review read, over one while nobody does.

    The medians of both, phrases in turn. The work must still be going on after the last answer, or this could not run.
    """
    with serve(OURS) as app:
        alone, beside = asyncio.run(beside_orders(app.port))
    say(f"  alone {1000 * median(alone):.0f} ms, beside the work {1000 * median(beside):.0f} ms")
    return median(beside) / median(alone)


async def beside_orders(port: int) -> tuple[list[float], list[float]]:
    """Seconds of every answer alone, and while the other visitor's orders are read."""
    async with AsyncExitStack() as stack:
        typist = await stack.enter_async_context(visitor(port))
        other = await stack.enter_async_context(visitor(port, f"order?{urlencode({'phrase': LONG})}"))
        await typist.arrive()
        await other.arrive()
        await typist.send_all(PHRASES)  # these do not count
        alone = await typist.send_all(PHRASES)
        await other.press(WORK)
        beside = await typist.send_all(PHRASES)
        if not protocol.shows(await other.ask(LONG), "Computing"):
            raise CouldNotRun("the orders were read before the last answer")
    return alone, beside


@asynccontextmanager
async def visitor(port: int, path: str = "") -> AsyncIterator[Visitor]:
    """A visitor of the app, who has not asked for anything yet."""
    try:
        from websockets import Origin, Subprotocol
        from websockets.asyncio.client import connect
    except ImportError as error:
        raise CouldNotRun("websockets is not installed (pip install -r requirements.txt)") from error
    address, origin = f"ws://localhost:{port}{protocol.STREAM}", Origin(f"http://localhost:{port}")
    subprotocol = Subprotocol(protocol.SUBPROTOCOL)
    async with connect(address, subprotocols=[subprotocol], origin=origin, max_size=None) as socket:
        yield Visitor(socket, path)


async def a_class(port: int, phrases: tuple[str, ...]) -> list[float]:
    """Seconds of every answer to VISITORS visitors, who all have the page before them when the first begins."""
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visitor(port)) for _ in range(VISITORS)]
        await asyncio.gather(*(each.arrive() for each in visitors))
        turned = (phrases[i % len(phrases) :] + phrases[: i % len(phrases)] for i in range(VISITORS))
        answers = await asyncio.gather(*(each.send_all(own) for each, own in zip(visitors, turned, strict=True)))
    return [passed for times in answers for passed in times]


class Visitor:
    """One visitor with the page open."""

    def __init__(self, socket: ClientConnection, path: str = ""):
        self.socket, self.visit = socket, protocol.Visit(path)

    async def arrive(self) -> None:
        """Open the page and find its text box."""
        await self.ask()
        if self.visit.box is None:
            raise CouldNotRun("the page has no text box")

    async def send_all(self, phrases: tuple[str, ...]) -> list[float]:
        """One phrase after another; seconds of each answer."""
        times = []
        for phrase in phrases:
            start = perf_counter()
            frames = await self.ask(phrase)
            times.append(perf_counter() - start)
            if not protocol.shows(frames, phrase):
                raise CouldNotRun(f"an answer does not show its phrase, {phrase!r}")
        return times

    async def press(self, button: str) -> None:
        """Press a button and wait for the answer."""
        if button not in self.visit.buttons:
            raise CouldNotRun(f"the page has no button {button!r}")
        await self.ask(press=button)

    async def ask(self, text: str | None = None, press: str | None = None) -> list[bytes]:
        """Run the page, as `protocol.Visit.ask` says; all messages up to the end of the run."""
        await self.socket.send(self.visit.ask(text, press))
        frames: list[bytes] = []
        async with asyncio.timeout(LIMIT):
            while True:
                frames.append(await self.socket.recv(decode=False))
                message = protocol.parse(frames[-1])
                self.visit.hear(message)
                if protocol.finished(message):
                    return frames
