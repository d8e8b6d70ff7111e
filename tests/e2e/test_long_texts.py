"""A review of 282 words: the last of them can be reached in each picture, on a small laptop and on a phone."""

import re

import pytest
from browsing import IN_BROWSER, settled
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = IN_BROWSER
ROUND = "the film begins slowly and nobody in it seems to know why they are there at all but then it finds its feet"
LAST, COUNT = "masterpiece", 282
WORDS = [*(ROUND.split() * 20)[: COUNT - 1], LAST]
TEXT = "+".join(WORDS)
LATEST = re.compile(f"^Step {COUNT} of {COUNT}: .*“{LAST}”")
BOUNDS = """node => {
  const { left, right } = node.getBoundingClientRect()
  return left >= -1 && right <= innerWidth + 1
}"""


@pytest.fixture(params=[(1366, 768), (375, 812)], ids=["laptop", "phone"])
def window(browser: Browser, request: pytest.FixtureRequest) -> Page:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def in_sight(node: Locator) -> None:
    """It can be scrolled to, and is not cut off at a side."""
    node.scroll_into_view_if_needed()
    expect(node).to_be_in_viewport()
    assert node.evaluate(BOUNDS)


def drawn(page: Page, address: str, path: str) -> Page:
    page.goto(f"{address}/{path}")
    return settled(page)


def test_the_last_word_is_reached_in_the_duel_and_in_each_level_of_the_zoom(window: Page, address: str) -> None:
    drawn(window, address, f"?a={TEXT}&b=dull&zoom=unit&unit=5")
    expect(window.locator(".zoom-body")).to_have_attribute("aria-busy", "false")
    memory, gates, unit = (window.get_by_test_id(f"zoom-{name}") for name in ("memory", "gates", "unit"))
    in_sight(memory.locator(".zoom-word", has_text=LAST))
    expect(memory.locator(".zoom-now .zoom-mark").last).to_have_text(f"x⟨{COUNT}⟩")
    in_sight(gates.get_by_role("heading", name=f"“{LAST}”"))
    in_sight(unit.get_by_role("heading", name=f"Unit 5 at “{LAST}”"))
    ribbon = window.locator(".duel-ribbon").first
    ribbon.scroll_into_view_if_needed()
    box = ribbon.bounding_box()
    ribbon.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(ribbon).not_to_have_attribute("aria-valuenow", str(COUNT))
    ribbon.press("End")
    expect(ribbon).to_have_attribute("aria-valuetext", re.compile(f"“{LAST}”"))
    expect(window.locator(".zoom-now .zoom-word")).to_have_text(LAST)
    text = window.get_by_role("textbox", name="Sentence A")
    text.focus()
    text.press("Control+End")
    assert text.evaluate("node => node.scrollTop + node.clientHeight >= node.scrollHeight - 2")


def test_the_last_word_is_reached_in_memory(window: Page, address: str) -> None:
    drawn(window, address, f"memory?phrase={TEXT}")
    expect(window.locator(".stage-now-read").first).to_have_text(LATEST)
    in_sight(window.locator(".stage-token.stage-now").first)
    picture = window.get_by_test_id("chart-transplant")
    in_sight(picture.locator(".xtick text").last)
    expect(picture.locator(".xtick text").last).to_have_text(LAST)


def test_the_last_word_is_reached_in_the_state_space_and_among_the_slots(window: Page, address: str) -> None:
    drawn(window, address, f"space?phrase={TEXT}&other=dull")
    expect(window.locator(".stage-now-read").first).to_have_text(LATEST)
    picture = window.locator('[data-picture="main"]')
    expect(picture).to_contain_text(f"A: {LAST} 86%")
    drawn(window, address, f"approaches?phrase={TEXT}&card=slots")
    in_sight(window.get_by_test_id("panel-slots").get_by_text(LAST).first)


@pytest.mark.parametrize("card", ["review", "labels"])
def test_the_last_word_is_reached_in_the_diagrams(window: Page, address: str, card: str) -> None:
    drawn(window, address, f"tasks?phrase={TEXT}&card={card}")
    last = window.locator(f'.unrolled-cell[data-step="{COUNT}"]')
    expect(last).to_have_class(re.compile("unrolled-now"))
    in_sight(last)
    expect(last).to_contain_text(LAST)
    expect(last).to_contain_text("86%")
    window.locator(".stage-token").nth(140).click()
    middle = window.locator('.unrolled-cell[data-step="141"]')
    expect(middle).to_have_class(re.compile("unrolled-now"))
    in_sight(middle)
    expect(middle).to_contain_text(WORDS[140])
