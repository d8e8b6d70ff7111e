"""A small class on all pages of a real server: everyone is answered, and who leaves leaves no work behind.

With EXPLORER_LONG_LOAD set the benches of the load are held to their goals, which takes some minutes.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from explorer.bench import BENCHES, classroom
from explorer.bench.servers import OURS, Server, serve
from explorer.bench.typists import LIMIT, loaded
from explorer.server import memory

pytestmark = pytest.mark.xdist_group("load")
LEAVING = 3.0  # seconds
MOST = 0.75  # seconds of processor time while everybody leaves: work that nobody waits for would take all three


@pytest.fixture(scope="module")
def app() -> Iterator[Server]:
    with serve(OURS) as server:
        asyncio.run(loaded(server.port))
        yield server


def test_everyone_is_answered(app: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "EVERY", 0.2)
    monkeypatch.setattr(classroom, "CHANGES", 3)
    visitors = 2 * len(classroom.PAGES)
    times = asyncio.run(classroom.lesson(app, bare=False, seed=0, count=visitors))
    assert len(times) == 3 * visitors
    assert max(times) < LIMIT


def test_work_ends_when_its_visitors_leave(app: Server) -> None:
    async def begin_and_leave() -> None:
        async with AsyncExitStack() as stack:
            for number in (1, 3):  # both on Memory
                await classroom.begin(stack, app.port, number)

    asyncio.run(begin_and_leave())
    used = app.seconds()
    time.sleep(LEAVING)
    assert app.seconds() - used < MOST


@pytest.mark.skipif("EXPLORER_LONG_LOAD" not in os.environ, reason="takes minutes")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", ["class_vs_bare", "abandoned_work", "memory_growth"])
def test_the_goals_of_the_load(name: str) -> None:
    assert BENCHES[name].measure() <= BENCHES[name].goal


def test_memory_is_looked_at_until_the_server_has_given_it_back():
    assert classroom.WINDOW > memory.EVERY
