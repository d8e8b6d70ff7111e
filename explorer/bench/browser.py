"""A real browser to measure in: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from explorer.bench.registry import CouldNotRun

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIMIT = 60_000  # milliseconds for a page to appear
WIDTH, HEIGHT = 1280, 1400  # of its window
PLOTTED = ".js-plotly-plot .main-svg"  # a first chart, on a bare page
# the duel with both ribbons and a verdict of each model
DUEL = "#duel:has([data-ribbon=A] .duel-bar):has([data-ribbon=B] .duel-bar):not(:has(.duel-marks:empty))"
FIELD = "#duel-text-a"  # where sentence A is typed


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Raises CouldNotRun where there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise CouldNotRun("playwright is not installed (pip install -r tests/requirements.txt)") from error
    path = shutil.which("chromium")
    if path is None:
        raise CouldNotRun("there is no chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            raise CouldNotRun(f"chromium did not start: {first_line(error)}") from error
        try:
            yield browser
        except Error as error:
            raise CouldNotRun(f"the page did not do what was expected: {first_line(error)}") from error
        finally:
            browser.close()


def first_line(error: Exception) -> str:
    """What an error says first."""
    return (str(error).splitlines() or [type(error).__name__])[0]


@contextmanager
def visit(browser: Browser, address: str, sign: str) -> Iterator[Page]:
    """A page in a context of its own, with nothing cached, once `sign` is on it."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    try:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(sign, state="attached", timeout=LIMIT)
        yield page
    finally:
        context.close()
