"""Visitors without a browser: what they send and hear, and how fast they type."""

from __future__ import annotations

import asyncio
import json
import struct
from asyncio import Task
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

from explorer.bench import protocol
from explorer.bench.questions import Questioner
from explorer.bench.registry import CouldNotRun
from explorer.bench.texts import FEELING, FREQUENT

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

WORDS = 8  # of a phrase
PHRASES = 2  # of a visitor
KEY = 0.2  # seconds between two keys, half more or less by chance
THOUGHT = 1.5  # seconds between an answer and the next phrase, half more or less by chance
REST = 0.42  # seconds after the last key until the duel has the rest of its page run
OTHER = "bad, not good"  # what stands in the duel's other field
LIMIT = 30.0  # seconds for one answer; a typist waits no longer for one, and counts that much


def phrases(rng: Random) -> list[str]:
    """Phrases of one visitor, which no other types."""
    return [" ".join(rng.choices(FREQUENT + FEELING, k=WORDS)) for _ in range(PHRASES)]


def around(seconds: float, rng: Random) -> float:
    """Half more or less by chance."""
    return seconds * rng.uniform(0.5, 1.5)


class Visitor:
    """One visitor with a page of Streamlit open."""

    def __init__(self, socket: ClientConnection, path: str = ""):
        self.socket, self.visit = socket, protocol.Visit(path)

    async def arrive(self) -> None:
        """Open the page."""
        await self.ask(self.visit.ask())

    async def press(self, button: str) -> list[bytes]:
        """Press a button; all that comes back up to the end of the run. Raises CouldNotRun if there is no such one."""
        if button not in self.visit.buttons:
            raise CouldNotRun(f"the page has no button {button!r}")
        return await self.ask(self.visit.ask(press=button))

    async def ask(self, message: bytes) -> list[bytes]:
        """Send a message; all that comes back up to the end of the run."""
        await self.socket.send(message)
        async with asyncio.timeout(LIMIT):
            return await self.hear()

    async def hear(self) -> list[bytes]:
        """All messages up to the end of a run."""
        frames: list[bytes] = []
        while True:
            frames.append(await self.socket.recv(decode=False))
            message = protocol.parse(frames[-1])
            self.visit.hear(message)
            if protocol.finished(message):
                return frames


@asynccontextmanager
async def connected(port: int, path: str = "") -> AsyncIterator[Visitor]:
    """A visitor of the app who has the page at `path` open. Raises CouldNotRun without the package websockets."""
    try:
        from websockets import Origin, Subprotocol
        from websockets.asyncio.client import connect
    except ImportError as error:
        raise CouldNotRun("websockets is not installed (pip install -r tests/requirements.txt)") from error
    address, origin = f"ws://localhost:{port}{protocol.STREAM}", Origin(f"http://localhost:{port}")
    subprotocol = Subprotocol(protocol.SUBPROTOCOL)
    # a server that has too much to do answers pings and goodbyes late, which must not end the bench or hold it up
    async with connect(
        address, subprotocols=[subprotocol], origin=origin, max_size=None, ping_interval=None, close_timeout=1
    ) as socket:
        visitor = Visitor(socket, path)
        await visitor.arrive()
        yield visitor


async def loaded(port: int) -> None:
    """Returns once the models are loaded."""
    questioner = Questioner(port)
    await questioner.ask([OTHER])
    questioner.close()


class Typist:
    """Who types phrases, key by key, into a page; made with a visitor who has it open."""

    def __init__(self, visitor: Visitor, port: int):
        self.visitor, self.port = visitor, port

    async def type_all(self, rng: Random) -> list[float]:
        """One phrase after another; seconds from each one's last key to its answer."""
        listening = asyncio.create_task(self.listen())
        times = []
        try:
            await asyncio.sleep(rng.uniform(0, 2 * THOUGHT))  # a class does not begin at one moment
            for phrase in phrases(rng):
                pauses = [around(KEY, rng) for _ in phrase[1:]]
                passed = LIMIT
                with suppress(TimeoutError):
                    async with asyncio.timeout(sum(pauses) + LIMIT):  # a server may also take no keys for a while
                        for length, pause in enumerate(pauses, 1):
                            await self.key(phrase[:length])
                            await asyncio.sleep(pause)
                        start = perf_counter()
                        await self.key(phrase)
                        await self.answered(phrase)
                        passed = min(perf_counter() - start, LIMIT)
                times.append(passed)
                await asyncio.sleep(around(THOUGHT, rng))
        finally:
            listening.cancel()
            await self.leave()
        return times

    async def listen(self) -> None:
        """Hear all that comes over the websocket."""
        while True:
            self.hear(await self.visitor.hear())

    def hear(self, frames: list[bytes]) -> None:
        """A run of the page has ended."""

    async def key(self, text: str) -> None:
        """A key, after which the field holds `text`."""
        raise NotImplementedError

    async def answered(self, text: str) -> None:
        """Returns once the answer to `text`, the last that was typed, is there."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Type no more."""


class BareTypist(Typist):
    """Has the bare page run at each key."""

    def __init__(self, visitor: Visitor, port: int):
        super().__init__(visitor, port)
        if visitor.visit.box is None:
            raise CouldNotRun("the bare page has no text box")
        self.awaited, self.there = "", asyncio.Event()

    async def key(self, text: str) -> None:
        self.awaited = text
        self.there.clear()
        await self.visitor.socket.send(self.visitor.visit.ask(text))

    def hear(self, frames: list[bytes]) -> None:
        if protocol.shows(frames, self.awaited):
            self.there.set()

    async def answered(self, text: str) -> None:
        await self.there.wait()


class DuelTypist(Typist):
    """Asks the duel's questions: each gives way to the next, and at rest the page is run as well."""

    def __init__(self, visitor: Visitor, port: int):
        super().__init__(visitor, port)
        if visitor.visit.bar is None:
            raise CouldNotRun("the page has no bar")
        self.questioner = Questioner(port)
        self.question: Task[bytes] | None = None
        self.resting: Task[None] | None = None

    async def key(self, text: str) -> None:
        await self.leave()
        self.question = asyncio.create_task(self.questioner.ask([text, OTHER]))
        self.resting = asyncio.create_task(self.rest(text))

    async def rest(self, text: str) -> None:
        """Tell the page, unless another key comes before."""
        await asyncio.sleep(REST)
        told = {"a": text, "b": OTHER, "model": "gru"}
        await self.visitor.socket.send(self.visitor.visit.ask(told=told))

    async def answered(self, text: str) -> None:
        assert self.question is not None
        read = header(await self.question)["texts"][0]["spans"]
        if read[-1] != len(text):
            raise CouldNotRun(f"an answer is not one to {text!r}")

    async def leave(self) -> None:
        if self.resting is not None:
            self.resting.cancel()
        if self.question is not None and not self.question.done():
            self.question.cancel()
            await asyncio.wait({self.question})


def header(packet: bytes) -> dict[str, Any]:
    """What a packet of the server tells before its arrays."""
    (length,) = struct.unpack_from("<I", packet)
    told: dict[str, Any] = json.loads(packet[4 : 4 + length])
    return told
