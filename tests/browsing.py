"""What the tests in a real browser share: the app in a process of its own, Chromium, a fresh visitor's page."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium")
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("EXPLORER_REQUIRE_BROWSER"),
        reason="there is no chromium on this machine",
    ),
]
# Chromium's own services are off: what is left on the wire is the page's.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"desktop": (1280, 900), "phone": (375, 740)}
FITS = """() => document.documentElement.scrollWidth <= window.innerWidth
  && [...document.querySelectorAll(".stage-chart, .stage-report")]
    .every(node => node.getBoundingClientRect().right <= window.innerWidth + 1)"""
# What was folded is drawn once it is opened.
OPENED = """() => [...document.querySelectorAll(".stage-chart > h2")]
  .every(heading => !heading.checkVisibility() || heading.textContent !== "")"""
LATER_ROWS = "tbody tr:nth-child(n + 9)"
# Words of the picture in presenter view that reach over the window's edge.
CUT_OFF = """() => [...document.querySelectorAll("[data-alone], [data-alone] *")].flatMap(node => {
  if (!node.checkVisibility({ visibilityProperty: true }) || node.closest(".stage-unseen, .unseen, title")) return []
  const range = document.createRange()
  return [...node.childNodes].filter(child => child.nodeType === 3 && child.textContent.trim()).filter(child => {
    range.selectNode(child)
    const { left, right, top, bottom } = range.getBoundingClientRect()
    return right - left > 2 && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
  }).map(child => child.textContent)
})"""
expect.set_options(timeout=30_000)  # two tests at a time on two cores: the page may be slow, which is no failure


@contextmanager
def served(arguments: Callable[[int], list[str]], port: int = 0) -> Iterator[str]:
    """The address of `running`."""
    with running(arguments, port) as (address, _):
        yield address


@contextmanager
def running(arguments: Callable[[int], list[str]], port: int = 0) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app in a process of its own, started with what `arguments` gives for a port; 0: one that is free."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("localhost", port))
        port = free.getsockname()[1]
    command = [sys.executable, *arguments(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(900):  # a busy machine is no failure
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=5).close()
            break
        except OSError:
            assert server.poll() is None, "the app ended at once"
            time.sleep(0.2)
    try:
        yield f"http://localhost:{port}", server
    finally:
        server.terminate()
        server.wait(20)


def served_from(module: str, folder: Path) -> AbstractContextManager[str]:
    """The app with another folder of weights: the FOLDER of that module."""
    imports = f"import {module} as weights, pathlib, explorer.server.application as application"
    lines = f"{imports}\nweights.FOLDER = pathlib.Path({str(folder)!r})\n"
    return served(lambda port: ["-c", f"{lines}application.run({port}, browser=False)"])


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app as the README starts it."""
    with served(lambda port: ["-m", "explorer", "--no-browser", "--port", str(port)]) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> dict[tuple[str, str], BrowserContext]:
    """The browser's profiles by size and scheme: what is fetched once stays in their caches for all tests."""
    made = {}
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            viewport = {"width": width, "height": height}
            context = browser.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            made[size, scheme] = context
    return made


@pytest.fixture(params=[("desktop", "light")], ids="-".join)
def page(request: pytest.FixtureRequest, contexts: dict[tuple[str, str], BrowserContext]) -> Iterator[Page]:
    """A fresh visitor's page, of whom the browser knows nothing; fails the test on any error of the page's own."""
    context = contexts[tuple(request.param)]
    context.clear_cookies()
    with watched(context) as fresh:
        yield fresh


@pytest.fixture
def timed_page(browser: Browser) -> Iterator[Page]:
    """A page whose clock a test may set: Playwright sets that of the whole profile, so it has one of its own."""
    context = browser.new_context(viewport=dict(zip(("width", "height"), SIZES["desktop"], strict=True)))
    with watched(context) as fresh:
        yield fresh
    context.close()


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """A new page; at its end there must have been no error of its own."""
    fresh = context.new_page()
    fresh.set_default_timeout(30_000)
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    fresh.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" and own(message) else None
    )
    yield fresh
    if fresh.url.startswith("http"):
        fresh.evaluate("localStorage.clear()")
    fresh.close()
    assert errors == []


def own(message) -> bool:
    """Not Streamlit's search for its server: opened at a page's own address it asks below it first and is refused."""
    return not re.search(r"//[^/]+/([\w-]+/)+_stcore/", message.location["url"])


def accessible(page: Page) -> None:
    """axe finds nothing. Of a long table it looks at the first rows, since the others are made alike."""
    faults = Axe().run(page, context={"exclude": [LATER_ROWS]}).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in faults] == []


def passes(page: Page) -> None:
    """axe finds nothing, with all tables opened, and nothing is wider than the screen, in either size of window; nor on
    one of 320 pixels, which 1280 are at 400%."""
    for summary in page.locator(".stage summary").all():
        if summary.is_visible():  # a fold without panels is not
            summary.click()
    page.wait_for_function(OPENED)
    loaded = page.viewport_size
    for width, height in sorted(SIZES.values(), key=lambda size: size[0] != loaded["width"]):  # first as it was loaded
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(FITS)  # what is too wide for ever fails after 30 seconds
        accessible(page)
    page.set_viewport_size({"width": 320, "height": 720})
    page.wait_for_function(FITS)


def presented(page: Page) -> list[str]:
    """The titles of all pictures of a page in presenter view; fails the test where words of one are not whole."""
    page.keyboard.press("p")
    titles: list[str] = []
    while (title := shown_alone(page)) not in titles:
        titles.append(title)
        assert page.evaluate(CUT_OFF) == [], title
        page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    return titles


def shown_alone(page: Page) -> str:
    """The title of the picture in presenter view, once its type has the size that fits."""
    page.wait_for_function("() => document.documentElement.dataset.fitted === '1'")
    return page.locator(".alone-title").text_content() or ""


def board(page: Page, address: str, path: str, module: str = "inside") -> Page:
    """A page of the app, once its board is drawn."""
    page.goto(f"{address}/{path}")
    expect(page.get_by_test_id(module).last).not_to_have_attribute("data-drawn", "0", timeout=60_000)
    return page


def settled(page: Page) -> Page:
    """A page once all its boards are drawn."""
    page.wait_for_function("""() => {
      const boards = [...document.querySelectorAll("[data-drawn]")]
      return boards.length > 0 && boards.every(board => board.dataset.drawn !== "0")
    }""")
    return page


def unfold(fold: Locator) -> None:
    """Open a fold by its summary, with a key: a click ends where the pointer is, though the page may have moved."""
    fold.press("Enter")
    expect(fold.locator("xpath=ancestor-or-self::details[1]")).to_have_attribute("open", "")


def everywhere(names: list[tuple[str, str]]):
    return pytest.mark.parametrize("page", names, indirect=True, ids="-".join)


def in_turns(cards: tuple[str, ...]):
    """The map in both windows, and its cards in turns in one of them: `passes` looks at each in the other size."""
    windows = [("desktop", "light"), ("phone", "dark")]
    cases = [(window, "") for window in windows] + [(windows[i % 2], card) for i, card in enumerate(cards)]
    names = ["-".join([*window, card or "map"]) for window, card in cases]
    return pytest.mark.parametrize(("page", "card"), cases, indirect=["page"], ids=names)


EVERYWHERE = everywhere([("desktop", "light"), ("phone", "dark")])  # `passes` looks at both in the other size as well
