"""The first page as it is served, duel and zoom and Streamlit's part: by keys all the way down, and texts that stay."""

import re
from urllib.parse import urlparse

from browsing import EVERYWHERE, IN_BROWSER, accessible
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = IN_BROWSER
# Whether the server has heard of all that was typed, and its part of the page has been drawn since; what was told.
HEARD = """async () => {
  const shell = document.querySelector('script[src$="shell/shell.js"]').src
  const { bridge } = await import(new URL("bridge.js", shell))
  const heard = bridge.component !== null && bridge.sent === bridge.number && bridge.newer(bridge.component.data)
  return heard ? Object.keys(bridge.texts) : null
}"""
STILL = "() => document.getAnimations().every(each => each.playState !== 'running')"
MOST_TABS = 80


def field(page: Page, letter: str) -> Locator:
    return page.get_by_role("textbox", name=f"Sentence {letter}")


def duel(page: Page) -> Locator:
    return page.get_by_test_id("duel")


def clean(page: Page) -> None:
    """axe finds nothing, once all stands still."""
    page.wait_for_function(STILL)
    accessible(page)


def tab_to(page: Page, goal: Locator) -> None:
    """Goes on by the Tab key until the focus is there."""
    expect(goal).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if goal.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not lead to {goal}")


@EVERYWHERE
def test_by_keys_from_the_duel_to_one_multiplication_and_back(page: Page, address: str) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    page.goto(address)
    expect(duel(page)).to_have_attribute("data-drawn", re.compile(r"\d+"))
    clean(page)
    field(page, "A").focus()
    door = page.get_by_role("button", name="Look inside the GRU")
    tab_to(page, door)
    page.keyboard.press("Enter")
    memory, gates, unit = (page.get_by_test_id(f"zoom-{name}") for name in ("memory", "gates", "unit"))
    expect(memory.locator("h2")).to_be_focused()
    expect(page.locator(".zoom-body")).to_have_attribute("aria-busy", "false")
    clean(page)
    tab_to(page, page.get_by_role("button", name=re.compile("What did the gates do")))
    page.keyboard.press("Enter")
    expect(gates.locator("h2")).to_be_focused()
    clean(page)
    tab_to(page, gates.get_by_role("gridcell").first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(unit.locator("h2")).to_be_focused()
    tab_to(page, unit.locator(".zoom-sum").first)
    page.keyboard.press("Enter")
    expect(unit.locator(".zoom-products tbody td").first).to_contain_text("×")
    clean(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    page.wait_for_function("() => document.documentElement.scrollWidth <= 320")
    page.set_viewport_size(size)
    for left in (gates, memory, door):
        page.keyboard.press("Escape")
        expect(left).to_be_visible()
    expect(memory).to_be_hidden()
    expect(door).to_be_focused()
    expect(page).to_have_url(re.compile(r"^[^?]*(\?(?!.*zoom=).*)?$"))
    assert hosts - {None} == {"localhost"}  # data: and blob: have no host


def test_a_text_stays_the_visitors(page: Page, address: str) -> None:
    """Typed before anything answers, by an input method, pasted, and undone after the server has drawn its part."""
    held: list[Route] = []
    page.route("**/answers", lambda route: held.append(route))  # Playwright wants a function
    page.goto(address, wait_until="domcontentloaded")
    typed = "typed before the models are there"
    field(page, "A").fill(typed)
    expect(page.locator(".duel-sentence")).to_have_text("Waiting for the explorer… Your text is kept.")
    held[-1].continue_()  # those before it were given up
    page.unroute("**/answers")
    expect(duel(page)).to_have_attribute("data-text-a", typed)
    page.wait_for_function(HEARD)
    expect(field(page, "A")).to_have_value(typed)

    field(page, "A").focus()
    page.keyboard.press("End")
    keyboard = page.context.new_cdp_session(page)
    for composed in ("に", "にほん"):
        keyboard.send("Input.imeSetComposition", {"text": composed, "selectionStart": 3, "selectionEnd": 3})
        expect(duel(page)).to_have_attribute("data-text-a", f"{typed}{composed}")
        page.wait_for_function(HEARD)
    keyboard.send("Input.insertText", {"text": "日本"})  # what the input method made of it
    expect(field(page, "A")).to_have_value(f"{typed}日本")
    page.keyboard.type(" film")
    expect(duel(page)).to_have_attribute("data-text-a", f"{typed}日本 film")
    page.wait_for_function(HEARD)
    page.keyboard.press("Control+z")
    expect(field(page, "A")).not_to_have_value(f"{typed}日本 film")
    assert field(page, "A").input_value().startswith(typed)  # one step back, of which the browser knows the length

    pasted = "one line\nanother\n\nand <b>a last</b> one"
    page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
    field(page, "B").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    expect(duel(page)).to_have_attribute("data-text-b", pasted)
    page.wait_for_function(HEARD)
    expect(field(page, "B")).to_have_value(pasted)
    page.keyboard.press("Control+z")
    expect(field(page, "B")).to_have_value("bad, not good")


def test_units_stay_sorted_by_difference_while_one_is_on_another_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(HEARD)
    page.get_by_text("The numbers behind it").first.click()
    order = page.get_by_role("combobox", name="Units sorted by")
    order.click()
    page.get_by_role("option", name="difference of A and B").click()
    heatmap = page.get_by_test_id("chart-activations")
    expect(heatmap).to_contain_text("Units that differ most between A and B are on top.")
    pages = page.get_by_role("navigation", name="Pages")
    for title in ("Memory", "Does word order matter?"):
        pages.get_by_role("button", name="Explore").click()
        pages.get_by_role("link", name=title).click()
        expect(page.locator("html")).to_have_attribute("data-page", "memory" if title == "Memory" else "compare")
    fold = page.get_by_text("The numbers behind it").first
    fold.click()
    expect(order).to_have_value("difference of A and B")
    expect(heatmap).to_contain_text("Units that differ most between A and B are on top.")


def test_a_unit_that_is_chosen_below_stays_when_the_zoom_was_closed(page: Page, address: str) -> None:
    page.goto(f"{address}/?zoom=unit&step=3&unit=7")
    expect(page.get_by_test_id("zoom-unit")).to_be_visible()
    page.wait_for_function(HEARD)
    page.get_by_role("button", name="Words", exact=True).click()
    expect(page.get_by_test_id("zoom-memory")).to_be_hidden()
    page.wait_for_function(f"async () => !(await ({HEARD})() ?? ['unit']).includes('unit')")
    page.get_by_text("The numbers behind it").first.click()
    chart = page.get_by_test_id("chart-unit")
    expect(chart).to_contain_text(re.compile(r"Unit \d+ through the phrase"))  # one sees the run's end, then types
    unit = page.get_by_role("spinbutton", name="Unit")
    unit.fill("42")
    unit.press("Enter")
    expect(chart).to_contain_text("Unit 42 through the phrase")
    field(page, "A").press_sequentially(" at all")
    page.wait_for_function("() => document.querySelector('#duel').dataset.textA.endsWith('at all')")
    page.wait_for_function(HEARD)
    expect(chart).to_contain_text("Unit 42 through the phrase")
    expect(unit).to_have_value("42")
