"""How many runs of pages should go on at a time: `python -m explorer.bench.widths` has a class try several numbers.

No ratio to anything plain, so it is none of the benches; `views/shared/admission.py` has the number that was chosen.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack
from statistics import median

from explorer.bench.classroom import lesson
from explorer.bench.servers import OURS, Server, serve
from explorer.bench.timing import quantile, say
from explorer.bench.typists import loaded

WIDTHS = (1, 2, 4, 8, 1_000)  # the last: no limit
ROUNDS = 3  # of each in turn, so that what else the machine does hits all alike


def main(widths: tuple[int, ...] = WIDTHS, rounds: int = ROUNDS) -> None:
    """Print the answers' times of all rounds for each width, all servers up at the same time."""
    times: dict[int, list[float]] = {width: [] for width in widths}
    with ExitStack() as stack:
        servers: dict[int, Server] = {width: stack.enter_context(serve(OURS, width)) for width in widths}
        for server in servers.values():
            asyncio.run(loaded(server.port))
        for number in range(rounds):
            for width, server in servers.items():
                times[width] += asyncio.run(lesson(server, False, number))
    for width, passed in times.items():
        late = (f"{100 * share:.0f}% within {1000 * quantile(passed, share):.0f} ms" for share in (0.95, 0.99))
        say(f"{width} at a time: median {1000 * median(passed):.0f} ms, {', '.join(late)}")


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
