"""Benches in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from explorer.bench.registry import CouldNotRun
from explorer.bench.servers import BARE_CHART, BARE_START, OURS, Server, serve
from explorer.bench.texts import BEGINNING, TYPED
from explorer.bench.timing import median_ratio, say

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
SETTLED = "[data-testid=stage]:not([data-drawn='0'])"  # the stage with at least one answer drawn
PLOTTED = ".js-plotly-plot .main-svg"  # a first chart, on any page

# Resolves, in milliseconds, from the next key to the change of the page after which `shown` is there.
WATCH = """
([kind, text]) => {
  const shown = {
    stage: () => document.querySelector("[data-testid=stage]")?.dataset.textA === text,
    inside: () => document.querySelector("[data-testid=inside]")?.dataset.text === text,
    tasks: () => [...document.querySelectorAll("[data-testid=tasks]")].some(board => board.dataset.text === text),
    title: () => document.querySelector(".gtitle")?.textContent.replace(/\\s+/g, " ").trim() === text,
  }[kind]
  window.answer = new Promise(resolve => {
    let start = null
    document.addEventListener("keydown", () => (start = performance.now()), { capture: true, once: true })
    const observer = new MutationObserver(() => {
      if (start === null || !shown()) return
      observer.disconnect()
      resolve(performance.now() - start)
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    setTimeout(() => resolve(null), 20000)
  })
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Raises CouldNotRun where there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise CouldNotRun("playwright is not installed (pip install -r requirements.txt)") from error
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
    return (str(error).splitlines() or [type(error).__name__])[0]


@contextmanager
def visit(browser: Browser, address: str, sign: str) -> Iterator[Page]:
    """A page in a context of its own, with nothing cached, once `sign` is on it."""
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    try:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(sign, state="attached", timeout=LIMIT)
        yield page
    finally:
        context.close()


# ------------------------------------------------------------------------------------------------------------- typing


def enter_vs_bare() -> float:
    """From the last key to all charts drawn, over a bare page with a text box and one chart of the same size.

    Both pages are typed into in turn, one key more each time. The median of the ratios counts. Both boxes wait
    100 ms for a next key, as `live="100ms"` says, and that is counted on both sides.
    """
    with (
        serve(OURS) as app,
        serve(BARE_CHART) as bare,
        chromium() as browser,
        visit(browser, app.address, SETTLED) as ours,
        visit(browser, bare.address, PLOTTED) as other,
    ):
        begin(ours, "stage", "Phrase A")
        begin(other, "title", "Phrase A")
        times = type_in_turn({"ours": (ours, "stage"), "bare": (other, "title")})
    say("  " + ", ".join(f"{name} {median(passed):.0f} ms" for name, passed in times.items()))
    return median_ratio(times["ours"], times["bare"])


def page_vs_compare() -> float:
    """From the last key to all of the page Look inside drawn, over the same on the page Compare.

    Both are typed into in turn, one key more each time. The median of the ratios counts.
    """
    return _beside_compare("inside", "inside", "Phrase or review")


def tasks_vs_compare() -> float:
    """From the last key to both translations of the page Sequence tasks drawn, over all of the page Compare.

    Both are typed into in turn, one key more each time. The median of the ratios counts.
    """
    return _beside_compare("tasks", "tasks", "An English sentence, as under a picture")


def _beside_compare(path: str, kind: str, label: str) -> float:
    """Answers of the page at `path`, typed into its box of this label, over those of Compare."""
    with serve(OURS) as app, chromium() as browser:
        sign = SETTLED.replace("stage", kind)
        with visit(browser, f"{app.address}/{path}", sign) as page, visit(browser, app.address, SETTLED) as compare:
            begin(page, kind, label)
            begin(compare, "stage", "Phrase A")
            times = type_in_turn({path: (page, kind), "compare": (compare, "stage")})
    say("  " + ", ".join(f"{name} {median(passed):.0f} ms" for name, passed in times.items()))
    return median_ratio(times[path], times["compare"])


def begin(page: Page, kind: str, label: str) -> None:
    """Put the beginning of the phrase into the box of this label and wait until it is drawn."""
    page.bring_to_front()
    box = page.get_by_label(label).first
    box.fill(BEGINNING[:-1])
    box.press("End")
    press(page, kind, BEGINNING[-1], BEGINNING)


def press(page: Page, kind: str, key: str, text: str) -> float:
    """Press one key; milliseconds until the whole `text` is drawn."""
    page.evaluate(WATCH, [kind, text])
    page.keyboard.press(key)
    passed: float | None = page.evaluate("() => window.answer")
    if passed is None:
        raise CouldNotRun(f"the {kind} did not show {text!r} within 20 s")
    return passed


def type_in_turn(pages: dict[str, tuple[Page, str]], warm: int = 3) -> dict[str, list[float]]:
    """Milliseconds of every answer of pages, given with what they show by name; the first few are left out."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    text = BEGINNING + " "
    for page, _ in pages.values():
        page.keyboard.press("Space")
    for number, key in enumerate(TYPED):
        text += key
        for name, (page, kind) in pages.items():
            page.bring_to_front()
            passed = press(page, kind, key, text)
            if number >= warm:
                times[name].append(passed)
            page.wait_for_timeout(250)  # whatever Streamlit does after an answer is over
    return times


# ---------------------------------------------------------------------------------------------------------- the start


def start_vs_bare() -> float:
    """From the start of the process to the first chart drawn, over a page that imports torch and draws one chart.

    The browser runs already and opens the page as soon as the port answers; its cache is empty.
    """
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    with chromium() as browser:
        for number in range(6):  # the first of each reads the files from the disk and does not count
            for name, page in (("ours", OURS), ("bare", BARE_START)):
                passed = start(browser, page)
                say(f"  {name} {passed:.2f} s" + (" (warm-up)" if number == 0 else ""))
                if number:
                    times[name].append(passed)
    return median_ratio(times["ours"], times["bare"])


def start(browser: Browser, page: str | Path) -> float:
    """Seconds from the start of a server to its first chart in the browser."""
    server = Server(page)
    try:
        server.wait()
        with visit(browser, server.address, PLOTTED):
            return time.perf_counter() - server.started
    finally:
        server.stop()


# -------------------------------------------------------------------------------------------------------- the network


def first_load_mb() -> float:
    """Megabytes (10^6 bytes) on the wire of a first visit, until the stage is drawn and 2 s more. Not a ratio."""
    with serve(OURS) as app, chromium() as browser:
        sizes = first_load(browser, app.address, SETTLED)
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:12]
    say("\n".join(f"  {size / 1e6:6.3f} MB {name}" for name, size in largest))
    return sum(sizes.values()) / 1e6


def first_load(browser: Browser, address: str, sign: str) -> dict[str, int]:
    """Bytes received by address: of each file as it came over the wire, headers included, and of the websocket."""
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def count(name: str, size: float) -> None:
        sizes[name] = sizes.get(name, 0) + int(size)

    def frame(event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        count("websocket", len(payload) * 3 // 4 if event["response"]["opcode"] == 2 else len(payload))  # 2 is base64

    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
        wire.on("Network.loadingFinished", lambda e: count(names.get(e["requestId"], "?"), e["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", frame)
        wire.send("Network.enable")
        page.goto(address, wait_until="commit")
        page.wait_for_selector(sign, state="attached", timeout=LIMIT)
        page.wait_for_timeout(2000)
    finally:
        context.close()
    return {name.removeprefix(address): size for name, size in sizes.items()}
