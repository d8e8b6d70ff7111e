"""The page Look inside in a real browser."""

import re

from browsing import EVERYWHERE, IN_BROWSER, board, passes
from playwright.sync_api import Page, expect

from explorer import load, trace
from explorer.views.shared.examples import REVIEW_A

pytestmark = IN_BROWSER


@EVERYWHERE
def test_axe_finds_nothing(page: Page, address: str) -> None:
    board(page, address, "inside")
    passes(page)


def test_the_cell_follows_the_time_cursor(page: Page, address: str) -> None:
    board(page, address, "inside?phrase=good,+not+bad")
    cell = page.get_by_test_id("panel-cell")
    expect(cell.locator("caption")).to_contain_text("at step 4, “bad”")
    page.get_by_role("slider", name="Timestep").press("Home")
    expect(cell.locator("caption")).to_contain_text("at step 1, “good”")
    expect(page.get_by_test_id("panel-parts").locator("caption")).to_contain_text("After step 1, “good”")
    one = trace(load("gru"), "good, not bad")
    expect(cell.locator("tbody tr").last).to_contain_text(f"= {one.belief[0]:.3f}")


def test_a_click_in_the_heatmap_picks_the_unit(page: Page, address: str) -> None:
    board(page, address, "inside")
    chart = page.get_by_test_id("chart-units")
    chart.scroll_into_view_if_needed()
    box = chart.locator(".nsewdrag").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.1, box["y"] + 2)
    top = int(load("gru").network.readout.weight[0].argmax())
    expect(page.get_by_test_id("chart-unit").locator("h2")).to_have_text(f"Unit {top} through the phrase")
    expect(page.get_by_test_id("panel-cell").locator("caption")).to_contain_text("at step 1,")


def test_a_unit_is_picked_by_keyboard(page: Page, address: str) -> None:
    board(page, address, "inside")
    button = page.get_by_test_id("panel-parts").locator("button[data-unit]").nth(1)
    unit = button.get_attribute("data-unit")
    button.press("Enter")
    expect(page.get_by_test_id("chart-unit").locator("h2")).to_have_text(f"Unit {unit} through the phrase")
    expect(page.get_by_role("spinbutton", name="Unit")).to_have_value(unit)


def test_long_work_can_be_cancelled(page: Page, address: str) -> None:
    board(page, address, "inside?model=lstm")
    page.get_by_role("textbox", name="Phrase or review").fill(" ".join([REVIEW_A] * 5))
    ask = page.get_by_role("button", name="Compute which words did it")
    ask.click()
    page.get_by_role("button", name="Cancel").click()
    expect(ask).to_be_visible()
    expect(page.get_by_test_id("panel-words")).to_contain_text("computed when you ask")


def test_compare_leads_to_it_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?a=a+fine+film&model=gru")
    page.get_by_role("link", name="look inside the LSTM while it reads A").click(timeout=60_000)
    expect(page.get_by_test_id("inside")).to_have_attribute("data-text", "a fine film", timeout=60_000)
    expect(page.get_by_test_id("panel-cell").locator("caption")).to_contain_text("of the LSTM")
    expect(page).to_have_url(re.compile(r"/inside\?phrase=a\+fine\+film&model=lstm&unit=\d+$"))
    page.go_back()
    expect(page.get_by_test_id("stage")).to_have_attribute("data-text-a", "a fine film", timeout=60_000)
