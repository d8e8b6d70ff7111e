"""The stream of a class: server-sent events (HTML Living Standard, 9.2), each of them its whole state.

So a phone that comes back, after the server died or the Wi-Fi was away, knows all that it needs from the next event on.
"""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import Any

from explorer.classroom.model import Phase, Refused, State
from explorer.classroom.places import faults
from explorer.server.classes import place

LOOK = 0.25  # seconds between two looks at whether another server has changed a class
ALIVE = 15  # seconds after which a stream without news says that it is alive


class Watch:
    """Those who look at one class: its newest event, made once for all of them."""

    def __init__(self) -> None:
        self.news = asyncio.Event()  # of the next change: each has its own, so that all hear of it at once
        self.version: int | None = -1
        self.event = b""
        self.watchers = 0
        self.looking: asyncio.Task[None] | None = None

    def tell(self, version: int | None, event: bytes) -> None:
        """All who look hear of this."""
        self.version, self.event = version, event
        news, self.news = self.news, asyncio.Event()
        news.set()


WATCHES: dict[str, Watch] = {}  # by code, of classes at which somebody looks


async def look(code: str) -> None:
    """Tell those who look at a class what it is now, if it has changed."""
    watch = WATCHES.get(code)
    version = await asyncio.to_thread(place.store().version, code)
    if watch is None or version == watch.version:
        return
    try:
        event = await asyncio.to_thread(event_of, code)
    except Refused:
        version, event = None, _event({"phase": "ended"})
    watch.tell(version, event)


async def _keep_looking(code: str) -> None:
    while not ENDING.is_set():
        with suppress(*faults()):  # it may be back at the next look
            await look(code)
        await asyncio.sleep(LOOK)
    WATCHES[code].tell(None, b"")  # a browser that hears no end comes again by itself


ENDING = Event()  # the server is about to end


def end_with_the_server() -> None:
    """Streams end as soon as the process is told to: the server waits for all answers that are on their way."""

    def end(number: int, frame: FrameType | None, before: Callable[[int, FrameType | None], object]) -> None:
        ENDING.set()
        before(number, frame)

    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)
        if callable(before) and current_thread() is main_thread():
            signal.signal(number, partial(end, before=before))


def event_of(code: str) -> bytes:
    """The state of a class as an event. Raises Refused where there is none."""
    state = place.store().state(code)
    question = state.question
    revealed = question is not None and question.phase is Phase.REVEALED
    answers = place.store().answers(code, question.number) if question is not None and revealed else []
    return _event(told(state, answers))


def told(state: State, answers: list[list[float]]) -> dict[str, Any]:
    """What all may see of a class: answers and verdicts only once they are revealed."""
    question = state.question
    shown: dict[str, Any] = {"version": state.version, "questions": state.questions, "reviews": state.reviews}
    if question is None:
        return shown | {"phase": "waiting"}
    shown |= {"phase": question.phase, "number": question.number, "texts": question.texts, "answered": state.answered}
    return shown | {"answers": answers, "verdicts": question.verdicts} if question.phase is Phase.REVEALED else shown


def _event(content: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


async def events(code: str) -> AsyncIterator[bytes]:
    """The events of a class, the first at once; the last one says that it has ended."""
    watch = WATCHES.setdefault(code, Watch())
    watch.watchers += 1
    if watch.looking is None:
        watch.looking = asyncio.create_task(_keep_looking(code))
    try:
        await look(code)
        yield b"retry: 1000\n\n"
        version: int | None = -2
        while version is not None:
            if watch.version == version:
                try:
                    async with asyncio.timeout(ALIVE):
                        await watch.news.wait()
                except TimeoutError:
                    yield b": alive\n\n"
                continue
            version = watch.version
            yield watch.event
    finally:
        watch.watchers -= 1
        if watch.watchers == 0 and watch.looking is not None:
            watch.looking.cancel()
            del WATCHES[code]
