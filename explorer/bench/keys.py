"""From a key to its answer on the page."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from explorer.bench.browser import DUEL, FIELD, PLOTTED, chromium, visit
from explorer.bench.registry import CouldNotRun
from explorer.bench.servers import BARE_CHART, OURS, serve
from explorer.bench.texts import BEGINNING, TYPED, reviews
from explorer.bench.timing import median_ratio, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAUSE = 900  # milliseconds between keys: whatever follows an answer on either page is over
WARM = 3  # keys that do not count
SHORT, LONG = 30, 1000  # words

# Resolves, in milliseconds, from the next key to the change of the page after which `shown` is there.
WATCH = """
([kind, text]) => {
  const complete = () => [...document.querySelectorAll("#duel .duel-marks")].every(marks => marks.children.length)
    && document.querySelector("#duel [data-ribbon=A] svg").children.length > 0
  const shown = {
    duel: () => document.getElementById("duel")?.dataset.textA === text && complete(),
    bare: () => document.querySelector(".gtitle")?.textContent.replace(/\\s+/g, " ").trim() === text.trim(),
  }[kind]
  window.answer = new Promise(resolve => {
    let start = null
    document.addEventListener("keydown", () => (start = performance.now()), { capture: true, once: true })
    const observer = new MutationObserver(() => {
      if (start === null || !shown()) return
      observer.disconnect()
      const drawn = performance.now() - start
      requestAnimationFrame(() => setTimeout(() => resolve({ drawn, painted: performance.now() - start })))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    setTimeout(() => resolve(null), 20000)
  })
}
"""


@dataclass(frozen=True)
class Passed:
    """Milliseconds from a key until its answer is in the document, and until the frame that shows it is painted."""

    drawn: float
    painted: float


@dataclass
class Typist:
    """Who types into a page of this kind, "duel" or "bare"; `text` is what the box holds."""

    page: Page
    kind: str
    text: str = ""

    def begin(self, text: str) -> None:
        """Put a text into the box, its last letter by a key, and wait until it is drawn."""
        self.page.bring_to_front()
        box = self.page.locator(FIELD) if self.kind == "duel" else self.page.get_by_label("Phrase A").first
        box.fill(text[:-1])
        box.press("End")
        self.page.keyboard.press("Control+End")
        self.text = text[:-1]
        self.press(text[-1])

    def press(self, key: str) -> Passed:
        """Press one key and wait for its answer."""
        self.text += key
        self.page.bring_to_front()
        self.page.evaluate(WATCH, [self.kind, self.text])
        self.page.keyboard.press("Space" if key == " " else key)
        passed: dict[str, float] | None = self.page.evaluate("() => window.answer")
        if passed is None:
            raise CouldNotRun(f"the page ({self.kind}) did not show {self.text[-80:]!r} within 20 s")
        self.page.wait_for_timeout(PAUSE)
        return Passed(**passed)


def key_vs_bare() -> float:
    """From the last key in sentence A of the duel to its ribbon and all verdicts drawn, over a bare page with a text
    box and one chart.

    Both pages are typed into in turn, one key more each time. The median of the ratios counts. The bare page's box
    waits 100 ms for a next key, as `live="100ms"` says, and that is counted; ours asks at once.
    """
    with (
        serve(OURS) as app,
        serve(BARE_CHART) as bare,
        chromium() as browser,
        visit(browser, app.address, DUEL) as ours,
        visit(browser, bare.address, PLOTTED) as other,
    ):
        times = type_in_turn(
            {"ours": Typist(ours, "duel"), "bare": Typist(other, "bare")}, dict.fromkeys(("ours", "bare"), BEGINNING)
        )
    return median_ratio(*([passed.drawn for passed in times[name]] for name in ("ours", "bare")))


def long_vs_short() -> float:
    """From the last key in the duel to everything painted, a review of 1,000 words over one of 30.

    Both are typed into in turn, one key more each time. The median of the ratios counts.
    """
    from explorer.core.checkpoints import load

    supply = reviews(load("gru").vocabulary, 1, LONG - 3)[0].split(" ")  # the keys make three words more
    beginnings = {"long": " ".join(supply), "short": " ".join(supply[: SHORT - 3])}
    with (
        serve(OURS) as app,
        chromium() as browser,
        duel(browser, app.address) as long,
        duel(browser, app.address) as short,
    ):
        times = type_in_turn({"long": Typist(long, "duel"), "short": Typist(short, "duel")}, beginnings)
    return median_ratio(*([passed.painted for passed in times[name]] for name in ("long", "short")))


def duel(browser: Browser, address: str) -> AbstractContextManager[Page]:
    """The first page, once the duel is drawn."""
    return visit(browser, address, DUEL)


def type_in_turn(typists: dict[str, Typist], beginnings: dict[str, str]) -> dict[str, list[Passed]]:
    """What passed until every answer by name, the first few left out; each begins with the text of its name."""
    times: dict[str, list[Passed]] = {name: [] for name in typists}
    for name, typist in typists.items():
        typist.begin(beginnings[name] + " ")
    for number, key in enumerate(TYPED):
        for name, typist in typists.items():
            passed = typist.press(key)
            if number >= WARM:
                times[name].append(passed)
    for name, answers in times.items():
        drawn, painted = median(each.drawn for each in answers), median(each.painted for each in answers)
        say(f"  {name}: drawn after {drawn:.0f} ms, painted after {painted:.0f} ms")
    return times
