"""A class of visitors at once, who type as people do; and one visitor beside another's long work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from explorer.analysis.permutations import MOST
from explorer.bench import protocol
from explorer.bench.questions import Questioner
from explorer.bench.registry import CouldNotRun
from explorer.bench.servers import BARE_CHART, OURS, serve
from explorer.bench.texts import PHRASES
from explorer.bench.timing import quantile, say
from explorer.bench.typists import OTHER, BareTypist, DuelTypist, Typist, connected, loaded

VISITORS = 30
ROUNDS = 1  # on each page in turn; on the bare one most answers take as long as a typist waits
LONG = " ".join(["the film is not good and not bad , it is long ."] * 12)  # a review whose orders take a while to read
WORK = f"Read {MOST:,} orders"  # the button that begins it
REPEATED = 10  # how often each phrase is asked about, each time in another sentence


def visitors_vs_bare() -> float:
    """30 visitors at once who type a key about every 200 ms: the 95th percentile from the last key of a phrase to its
    answer, over that of a bare page with a text box and one chart.

    Ours is asked at every key, a question gives way to the next, and at rest the page is run as well; the bare page is
    run at every key. Both get the same phrases at the same speed, in turn.
    """
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    kinds: dict[str, type[Typist]] = {"ours": DuelTypist, "bare": BareTypist}
    with serve(OURS) as app, serve(BARE_CHART) as bare:
        ports = {"ours": app.port, "bare": bare.port}
        asyncio.run(loaded(app.port))
        for number in range(ROUNDS):
            for name, kind in kinds.items():
                passed, load = asyncio.run(a_class(kind, ports[name], number))
                say(f"  {name}: {told(passed)}; the class itself took {load:.0%} of a core")
                times[name] += passed
    late = {name: quantile(passed, 0.95) for name, passed in times.items()}
    return late["ours"] / late["bare"]


def told(passed: Sequence[float]) -> str:
    """The median and the 95th percentile of seconds, in words."""
    return f"median {1000 * median(passed):.0f} ms, 95% within {1000 * quantile(passed, 0.95):.0f} ms"


async def a_class(kind: type[Typist], port: int, seed: int) -> tuple[list[float], float]:
    """Seconds from the last key to the answer, of every phrase; and which share of a core it takes to be the class.

    All have the page before them when the first begins.
    """
    async with AsyncExitStack() as stack:
        typists = [kind(await stack.enter_async_context(connected(port)), port) for _ in range(VISITORS)]
        start, used = perf_counter(), time.process_time()
        answers = await asyncio.gather(*(each.type_all(Random(f"{seed} {i}")) for i, each in enumerate(typists)))
        load = (time.process_time() - used) / (perf_counter() - start)
    return [passed for times in answers for passed in times], load


def visitor_beside_orders() -> float:
    """An answer of the duel while another visitor has 5,040 orders of a long review read, over one while nobody does.

    The medians of both, other phrases each time. The work must still be going on after the last answer, or this could
    not run.
    """
    with serve(OURS) as app:
        alone, beside = asyncio.run(beside_orders(app.port))
    say(f"  alone {1000 * median(alone):.1f} ms, beside the work {1000 * median(beside):.1f} ms")
    return median(beside) / median(alone)


async def beside_orders(port: int) -> tuple[list[float], list[float]]:
    """Seconds of every answer alone, and while the other visitor's orders are read."""
    questioner = Questioner(port)
    async with connected(port, f"order?{urlencode({'phrase': LONG})}") as other:
        await ask_all(questioner, "At first")  # these do not count
        alone = await ask_all(questioner, "Alone")
        await other.press(WORK)
        beside = await ask_all(questioner, "Beside it")
        if not protocol.shows(await other.ask(other.visit.ask(told={"phrase": LONG})), "Computing"):
            raise CouldNotRun("the orders were read before the last answer")
    questioner.close()
    return alone, beside


async def ask_all(questioner: Questioner, beginning: str) -> list[float]:
    """Seconds of every answer to all phrases, one after the other, several times; none is asked about twice."""
    times = []
    for number in range(REPEATED):
        for phrase in PHRASES:
            start = perf_counter()
            await questioner.ask([f"{beginning} {number}: {phrase}", OTHER])
            times.append(perf_counter() - start)
    return times
