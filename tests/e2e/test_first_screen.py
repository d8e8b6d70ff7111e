"""The first screen of every page: the picture that answers is whole, little stands above it, its text can be read."""

from collections.abc import Iterator

import pytest
from browsing import IN_BROWSER, settled, watched
from playwright.sync_api import Browser, Page, expect

from explorer.views.shared.pages import PAGES

pytestmark = IN_BROWSER
SIZES = [(1280, 800), (1920, 1080), (375, 812), (375, 667)]
MOST_WORDS, MOST_CONTROLS, LEAST_TYPE = 60, 7, 16
# The main picture is there, and its board has drawn it.
DRAWN = """() => {
  const picture = document.querySelector('[data-picture="main"]')
  return picture !== null && picture.closest("[data-drawn]")?.dataset.drawn !== "0"
}"""
# The main picture's box, what stands above it apart from the bar, and the smallest text in it.
MEASURE = """() => {
  const picture = document.querySelector('[data-picture="main"]')
  const box = picture.getBoundingClientRect()
  const bar = document.querySelector(".bar").getBoundingClientRect()
  const tabs = document.querySelector(".bar-pages").getBoundingClientRect()
  const frame = node => node.closest(".bar, .bar-skip, .bar-notice, script, style, noscript")
  const seen = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !node.closest(".stage-unseen, .unseen")
  const above = node => {
    const { bottom, height, width } = node.getBoundingClientRect()
    return height > 1 && width > 1 && bottom <= box.top + 2
  }
  const leaves = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const found = []
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement
      if (walker.currentNode.textContent.trim() && !frame(node) && seen(node)) found.push(walker.currentNode)
    }
    return found
  }
  const words = leaves(document.body).filter(text => above(text.parentElement) && !picture.contains(text))
  const controls = [...document.querySelectorAll("button, input, select, textarea, a[href], summary, [role=slider]")]
  const scale = node => {
    if (!node.ownerSVGElement) return 1
    const { a, b } = node.getScreenCTM() // text can be turned
    return Math.hypot(a, b)
  }
  const size = node => parseFloat(getComputedStyle(node).fontSize) * scale(node)
  const sizes = leaves(picture).map(text => size(text.parentElement))
  return {
    top: box.top, bottom: box.bottom, left: box.left, right: box.right,
    first: bar.bottom,
    last: tabs.top > innerHeight / 2 ? tabs.top : innerHeight,
    words: words.flatMap(text => text.textContent.trim().split(/\\s+/)),
    controls: controls.filter(node => !frame(node) && seen(node) && above(node)).length,
    smallest: Math.min(...sizes),
    wide: document.documentElement.scrollWidth - innerWidth,
  }
}"""


@pytest.mark.parametrize("name", PAGES)
def test_the_first_screen_shows_the_answer(page: Page, address: str, name: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{address}/{PAGES[name].path}")
        settled(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(DRAWN)
            fits(page.evaluate(MEASURE), width, f"{name} at {width}×{height}, {scheme}")
        page.emulate_media(color_scheme="light")


def fits(measured: dict, width: int, place: str) -> None:
    """What was measured of a first screen is as it should be; `place` says where that was."""
    told = f"{place}: {measured}"
    assert measured["top"] >= measured["first"] - 1, told
    assert measured["bottom"] <= measured["last"] + 1, told
    assert measured["left"] >= 0, told
    assert measured["right"] <= width, told
    assert measured["wide"] <= 0, told
    assert len(measured["words"]) <= MOST_WORDS, told
    assert measured["controls"] <= MOST_CONTROLS, told
    if width >= 1280:
        assert measured["smallest"] >= LEAST_TYPE - 0.1, told  # a drawing is scaled to whole pixels


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone: fingers, no keyboard."""
    context = browser.new_context(viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True)
    with watched(context) as fresh:
        yield fresh
    context.close()


def test_a_phone_is_told_of_no_keys_and_no_button_hides_behind_the_navigation(phone: Page, address: str) -> None:
    phone.goto(f"{address}/?zoom=memory")
    expect(phone.get_by_role("button", name="One level back", exact=True)).to_be_visible()
    expect(phone.locator(".zoom-lead").first).to_contain_text("Tap one for its equation.")
    phone.goto(f"{address}/?present=1")
    away = phone.get_by_role("button", name="Leave the presenter view")
    expect(away).to_be_visible()
    expect(phone.locator(".podium-keys")).to_be_hidden()
    assert min(away.bounding_box()[side] for side in ("width", "height")) >= 44
    away.tap()
    expect(phone.get_by_role("button", name="Look inside the GRU")).to_be_visible()
    bottoms = phone.evaluate(
        "() => [...document.querySelectorAll('.duel-controls button')].map(one => one.getBoundingClientRect().bottom)"
    )
    assert max(bottoms) <= phone.locator(".bar-pages").bounding_box()["y"]
