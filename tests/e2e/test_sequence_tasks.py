"""The page Sequence tasks in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import IN_BROWSER, board, everywhere, in_turns, passes, presented, served_from, settled
from fabricated import fabricated
from playwright.sync_api import Page, expect

from explorer.tasks import writer
from explorer.views.shared.settings import CARDS

pytestmark = [*IN_BROWSER, pytest.mark.xdist_group("sequence tasks in a browser")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fabricated(tmp_path_factory.mktemp("tasks") / "pretrained")


@pytest.fixture(scope="module")
def served_with(folder: Path) -> Iterator[str]:
    """The app with the models of chance weights."""
    with served_from("explorer.tasks.saved", folder) as found:
        yield found


@in_turns(CARDS["tasks"])
def test_axe_finds_nothing(page: Page, served_with: str, card: str) -> None:
    board(page, served_with, f"tasks?caption=a+dog&begin=the+film+is&card={card}", "tasks")
    settled(page)
    passes(page)


def test_the_map_opens_into_a_kind_and_a_strip_switches(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks", "tasks")
    cards = page.locator(".cards-card")
    expect(cards).to_have_count(5)
    expect(page.locator(".cards-picture svg.unrolled")).to_have_count(5)
    assert len(presented(page)) == 5
    page.get_by_test_id("card-review").get_by_role("button").press("Enter")
    expect(page.get_by_test_id("panel-whole")).to_be_visible()
    strip = page.get_by_role("navigation", name="Kinds of sequence task")
    strip.get_by_role("button", name="a label per word").click()
    expect(page.get_by_test_id("panel-each")).to_be_visible()
    expect(page.get_by_test_id("panel-whole")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(cards.first).to_be_visible()


def test_another_word_goes_on_from_there(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?begin=the+film+is&card=writer", "tasks")
    shown = page.get_by_test_id("panel-choices")
    shown.get_by_role("list", name="The sentence as written").get_by_role("button").nth(1).click()
    expect(shown).to_contain_text("Place 2: you gave “film”")
    button = shown.get_by_role("list", name="What could come next").get_by_role("button").first
    word = button.get_attribute("data-word")
    button.click()
    box = page.get_by_role("textbox", name="The sentence begins with")
    expect(box).to_have_value(writer.spell(["the", word]))
    expect(page.get_by_test_id("panel-writer").locator("svg")).to_contain_text(word)


def test_the_cells_follow_the_time_cursor(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?phrase=good,+not+bad&card=labels", "tasks")
    now = page.get_by_test_id("panel-each").locator(".unrolled-now")
    expect(now).to_have_attribute("data-step", "4")
    page.get_by_role("button", name="One step back").click()
    expect(now).to_have_attribute("data-step", "3")
    expect(page.get_by_test_id("panel-each").locator(".unrolled-later")).to_have_count(1)
    page.locator("[data-step='1']").click()
    expect(now).to_have_attribute("data-step", "1")


@everywhere([("desktop", "light"), ("phone", "dark")])
def test_no_diagram_is_cut_off(page: Page, served_with: str) -> None:
    caption = "a+dog+is+in+the+" * 5
    board(page, served_with, f"tasks?caption={caption}&card=translator", "tasks")
    drawing = page.get_by_test_id("panel-unrolled-translator-attention").locator("svg.unrolled")
    expect(drawing.locator("[data-step]").nth(25)).to_be_visible()
    edges = drawing.locator(".unrolled-box").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert min(left for left, _ in edges) >= 0
    assert max(right for _, right in edges) <= page.viewport_size["width"]
    sizes = drawing.locator("text").evaluate_all("nodes => nodes.map(n => parseFloat(getComputedStyle(n).fontSize))")
    assert min(sizes) >= 16


def test_the_link_brings_all_of_it_back(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?phrase=dull&card=translator", "tasks")
    page.get_by_role("textbox", name="An English sentence").fill("a dog")
    expect(page.get_by_test_id("panel-unrolled-translator-attention").locator("svg")).to_contain_text("dog")
    strip = page.get_by_role("navigation", name="Kinds of sequence task")
    strip.get_by_role("button", name="One to one").click()
    page.get_by_role("textbox", name="A word").fill("bad")
    expect(page.get_by_test_id("panel-one").locator("svg")).to_contain_text("bad")
    expect(page).to_have_url(re.compile("single=bad"))
    address = page.url
    for part in ("phrase=dull", "caption=a+dog", "single=bad", "card=one"):
        assert part in address
    page.goto(address)
    expect(page.get_by_role("textbox", name="A word")).to_have_value("bad")
    strip.get_by_role("button", name="a translator").click()
    expect(page.get_by_role("textbox", name="An English sentence")).to_have_value("a dog")
