"""A class that answers together: how long a reveal takes to reach all phones, and how the memory grows."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from explorer.bench.browser import chromium
from explorer.bench.registry import CouldNotRun
from explorer.bench.servers import OURS, Server, serve
from explorer.bench.timing import quantile, say
from explorer.classroom.places import VARIABLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.sync_api import Page

PHONES = 200
SCREENS = 2  # real browsers
QUESTIONS = 5
LIMIT = 30.0  # seconds that anything may take
PAIR = ["good, not bad", "bad, not good"]
ALIKE = 30  # phones whose memory is looked at
MINUTE = float(os.environ.get("EXPLORER_BENCH_MINUTE", "6"))  # seconds
MINUTES = 10
DRAWN = """() => {
  window.drawn = {} // when the outcome of each question was first there at a frame
  const watch = () => {
    const number = document.querySelector(".room-outcome:has(.room-dot)")?.dataset.question
    if (number) window.drawn[number] ??= (performance.timeOrigin + performance.now()) / 1000
    requestAnimationFrame(watch)
  }
  watch()
}"""


@contextmanager
def class_server() -> Iterator[Server]:
    """The app with classes of its own."""
    before = os.environ.get(VARIABLE)
    with TemporaryDirectory() as folder:
        os.environ[VARIABLE] = str(Path(folder) / "classes.sqlite3")
        try:
            with serve(OURS) as server:
                yield server
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


class Lesson:
    """The teacher of a class."""

    def __init__(self, server: Server):
        self.server, self.questions = server, 0
        begun = json.loads(self.post("", {}))
        self.code, self.secret = begun["code"], begun["secret"]

    def post(self, path: str, body: dict[str, Any]) -> bytes:
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "secret"):
            headers["Authorization"] = f"Bearer {self.secret}"
        address = f"{self.server.address}/class{path}"
        with urlopen(Request(address, json.dumps(body).encode(), headers), timeout=LIMIT) as answer:
            content: bytes = answer.read()
            return content

    def does(self, what: str, **more: Any) -> None:
        self.post(f"/{self.code}", {"do": what, **more})

    def ask(self) -> None:
        self.questions += 1
        self.does("ask", number=self.questions, texts=PAIR)


@dataclass
class Phone:
    """One that listens: the newest state, and when it came."""

    name: str
    reader: asyncio.StreamReader
    state: dict[str, Any] = field(default_factory=dict)
    heard: float = 0.0  # seconds of the system's clock
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Take in all events, until the stream ends."""
        while line := await self.reader.readline():
            if line.startswith(b"data: "):
                self.state, self.heard = json.loads(line[6:]), time.time()
                self.news.set()

    async def until(self, phase: str, number: int) -> float:
        """The moment at which it heard that question `number` is in this phase. Raises CouldNotRun if it never does."""
        try:
            async with asyncio.timeout(LIMIT):
                while (self.state.get("phase"), self.state.get("number")) != (phase, number):
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            raise CouldNotRun(f"a phone has not heard that question {number} is {phase}") from None
        return self.heard


@asynccontextmanager
async def joined(lesson: Lesson, number: int) -> AsyncIterator[Phone]:
    """A phone that holds the stream of the class open."""
    reader, writer = await asyncio.open_connection("localhost", lesson.server.port)
    writer.write(f"GET /class/{lesson.code}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    phone = Phone(f"{number:032x}", reader)
    listening = asyncio.create_task(phone.listen())
    try:
        yield phone
    finally:
        listening.cancel()
        writer.close()


async def answer(lesson: Lesson, phone: Phone) -> None:
    """One answer to the question. Raises CouldNotRun if it is not taken."""
    place = int(phone.name, 16)
    values = [0.5 + place % 50 / 100, place % 50 / 100]
    body = json.dumps({"phone": phone.name, "number": lesson.questions, "answer": values}).encode()
    reader, writer = await asyncio.open_connection("localhost", lesson.server.port)
    head = f"POST /class/{lesson.code}/answers HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
    status = (await reader.readline()).split()[1:2]
    writer.close()
    if status != [b"204"]:
        raise CouldNotRun(f"an answer got the status {status}")


async def questions(lesson: Lesson, count: int) -> list[tuple[float, list[float]]]:
    """For each question, the moment of its reveal and the seconds after which each phone has heard of it, after all
    have answered at once."""
    told = []
    async with AsyncExitStack() as stack:
        phones = [await stack.enter_async_context(joined(lesson, number)) for number in range(count)]
        for _question in range(QUESTIONS):
            await asyncio.to_thread(lesson.ask)
            await asyncio.gather(*(phone.until("open", lesson.questions) for phone in phones))
            await asyncio.gather(*(answer(lesson, phone) for phone in phones))
            revealed = time.time()
            await asyncio.to_thread(lesson.does, "reveal")
            heard = await asyncio.gather(*(phone.until("revealed", lesson.questions) for phone in phones))
            told.append((revealed, [moment - revealed for moment in heard]))
            await asyncio.sleep(1)  # the screens are drawn
    return told


def reveals(screens: list[Page], server: Server, count: int) -> float:
    """Seconds until 95% of so many phones have heard of a reveal, and until it is drawn on the screens: the median of
    their sums over the questions."""
    lesson = Lesson(server)
    for screen in screens:
        screen.goto(f"{server.address}/join/{lesson.code}")
        screen.get_by_role("heading").first.wait_for()
        screen.evaluate(DRAWN)
    with ThreadPoolExecutor(1) as pool:  # Playwright has an event loop in this thread
        results = pool.submit(lambda: asyncio.run(questions(lesson, count))).result()
    drawn = [screen.evaluate("window.drawn") for screen in screens]
    if any(len(moments) != QUESTIONS for moments in drawn):
        raise CouldNotRun("a reveal was not drawn")
    sums: list[float] = [
        quantile(heard, 0.95) + mean(moments[str(number)] - revealed for moments in drawn)
        for number, (revealed, heard) in enumerate(results, 1)
    ]
    late = median(quantile(heard, 0.95) for _revealed, heard in results)
    say(f"  {count} phones: 95% have heard within {1000 * late:.0f} ms; with the drawing {1000 * median(sums):.0f} ms")
    return median(sums)


def class_reveal() -> float:
    """From a reveal to 95% of 200 phones and to the pictures on two screens, after all phones have answered at once,
    over the same with one phone."""
    with class_server() as server, chromium() as browser:
        screens = [browser.new_page() for _screen in range(SCREENS)]
        reveals(screens, server, 1)  # the models are loaded
        return reveals(screens, server, PHONES) / reveals(screens, server, 1)


def class_memory_growth() -> float:
    """The memory of the server after ten minutes of a class over that after one: 30 phones answer, hear, leave and come
    again. A minute is six seconds unless EXPLORER_BENCH_MINUTE says otherwise."""
    with class_server() as server:
        asyncio.run(questions(Lesson(server), ALIKE))
        start, first = time.time(), 0
        while time.time() - start < MINUTES * MINUTE:
            asyncio.run(questions(Lesson(server), ALIKE))
            if not first and time.time() - start >= MINUTE:
                first = server.memory()
        last = server.memory()
    say(f"  {first / 1e6:.0f} MB, then {last / 1e6:.0f} MB")
    return last / first
