"""From the start of a process to what a first visitor sees."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.bench.browser import DUEL, FIELD, LIMIT, PLOTTED, chromium, visit
from explorer.bench.servers import BARE_START, OURS, Server
from explorer.bench.timing import median_ratio, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROUNDS = 5
TEXT = "The actors are fine and I nearly fell asleep"  # none of the example pairs, whose answers are stored


def start_vs_bare() -> float:
    """From the start of the process to the first picture of the duel, over the first chart of a page that imports
    torch and draws one.

    The browser runs already and opens the page as soon as the port answers; its cache is empty.
    """
    return _ratio(None)


def answer_vs_bare() -> float:
    """From the start of the process to the answer to a phrase that is typed as soon as the field is there, over the
    first chart of a page that imports torch and draws one.

    The browser runs already and opens the page as soon as the port answers; its cache is empty.
    """
    return _ratio(TEXT)


def _ratio(text: str | None) -> float:
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    with chromium() as browser:
        for number in range(ROUNDS + 1):  # the first of each reads the files from the disk and does not count
            for name, passed in (
                ("ours", picture(browser, OURS, DUEL) if text is None else answer(browser, text)),
                ("bare", picture(browser, BARE_START, PLOTTED)),
            ):
                say(f"  {name} {passed:.2f} s" + (" (warm-up)" if number == 0 else ""))
                if number:
                    times[name].append(passed)
    return median_ratio(times["ours"], times["bare"])


def picture(browser: Browser, page: str | Path, sign: str) -> float:
    """Seconds from the start of a server until `sign` is on its page in the browser."""
    server = Server(page)
    try:
        server.wait()
        with visit(browser, server.address, sign):
            return time.perf_counter() - server.started
    finally:
        server.stop()


def answer(browser: Browser, text: str) -> float:
    """Seconds from the start of the app until the duel shows the answer to `text`, typed as soon as that can be."""
    server = Server(OURS)
    try:
        server.wait()
        with visit(browser, server.address, FIELD) as page:
            page.locator(FIELD).fill(text)
            shown = f"#duel[data-text-a={json.dumps(text)}]"
            page.wait_for_selector(shown, state="attached", timeout=LIMIT)
            return time.perf_counter() - server.started
    finally:
        server.stop()
