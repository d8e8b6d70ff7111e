"""What visitors leave behind is collected while the server goes on."""

import asyncio
import gc
import weakref
from threading import Event, current_thread

import pytest

from explorer.server import memory


class Cycle:
    """Something that holds itself, as the session of a visitor does."""

    def __init__(self) -> None:
        self.own = self


def test_what_holds_itself_is_given_back() -> None:
    gc.disable()
    try:
        left = weakref.ref(Cycle())
        assert left() is not None
        memory.give_back()
        assert left() is None
    finally:
        gc.enable()


def test_it_goes_on_beside_the_event_loop_until_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    threads, often = [], Event()

    def give_back() -> None:
        threads.append(current_thread())
        if len(threads) == 3:
            often.set()

    monkeypatch.setattr(memory, "EVERY", 0.001)
    monkeypatch.setattr(memory, "give_back", give_back)

    async def serve() -> bool:
        task = asyncio.create_task(memory.keep_giving_back())
        came = await asyncio.to_thread(often.wait, 30)
        task.cancel()
        await asyncio.wait({task})
        return came and task.cancelled()

    assert asyncio.run(serve())
    assert current_thread() not in threads
