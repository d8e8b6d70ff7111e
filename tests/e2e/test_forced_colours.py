"""Pictures under forced colours: words, lines and what marks the step that is seen stand out from the background."""

from collections.abc import Iterator

import pytest
from browsing import IN_BROWSER, settled, watched
from playwright.sync_api import Browser, Page, expect

pytestmark = IN_BROWSER
LEAST = {"words": 4.5, "lines": 3, "marks": 3}  # contrast, 1…21 (WCAG 2.2)
# The least contrast to the background that the colours force, by sort, with what has it.
MEASURE = """() => {
  const probe = document.createElement("div")
  probe.style.cssText = "forced-color-adjust: none; color: Canvas"
  document.body.append(probe)
  const numbers = text => (text.match(/[\\d.]+/g) ?? []).map(Number)
  const light = text => numbers(text).slice(0, 3)
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = light(getComputedStyle(probe).color)
  probe.remove()
  const contrast = text => {
    const [low, high] = [light(text), ground].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const seen = node => node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 0
  const least = (selector, colour) => [...document.querySelectorAll(selector)].filter(seen)
    .map(node => [contrast(colour(getComputedStyle(node))), node.textContent || node.getAttribute("class")])
    .sort((a, b) => a[0] - b[0])[0] ?? [21, ""]
  return {
    words: least("#root svg text", style => style.fill),
    lines: least("#root .js-line, #root .dots-error, #root .dots-mark, #root .unrolled-box", style => style.stroke),
    marks: [
      least("#root .stage-now", style => style.backgroundColor),
      least("#root .stage-cursor:not([hidden])", style => style.backgroundImage),
    ].sort((a, b) => a[0] - b[0])[0],
  }
}"""


@pytest.fixture(params=["light", "dark"])
def forced(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param, forced_colors="active")
    with watched(context) as page:
        yield page
    context.close()


def test_nothing_vanishes_in_memory_tasks_and_cards(forced: Page, address: str) -> None:
    for path, picture in (
        ("memory", "#root .js-line"),
        ("tasks", "#root .unrolled-box"),
        ("cards", "#root .dots-mark"),
    ):
        forced.goto(f"{address}/{path}")
        settled(forced)
        expect(forced.locator(picture).first).to_be_visible()
        measured = forced.evaluate(MEASURE)
        for sort, (contrast, words) in measured.items():
            assert contrast >= LEAST[sort], f"{path}: {sort}, {words}"
