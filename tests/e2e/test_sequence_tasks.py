"""The page Sequence tasks in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import EVERYWHERE, IN_BROWSER, board, passes, served_from
from fabricated import fabricated
from playwright.sync_api import Page, expect

from explorer.tasks import writer

pytestmark = [*IN_BROWSER, pytest.mark.xdist_group("sequence tasks in a browser")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fabricated(tmp_path_factory.mktemp("tasks") / "pretrained")


@pytest.fixture(scope="module")
def served_with(folder: Path) -> Iterator[str]:
    """The app with the models of chance weights."""
    with served_from("explorer.tasks.saved", folder) as found:
        yield found


@EVERYWHERE
def test_axe_finds_nothing(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?caption=a+dog&begin=the+film+is", "tasks")
    expect(page.get_by_test_id("panel-attention").locator(".main-svg").first).to_be_visible()
    expect(page.get_by_test_id("section-bleu").locator(".main-svg").first).to_be_visible()
    passes(page)


def test_another_word_goes_on_from_there(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?begin=the+film+is", "tasks")
    shown = page.get_by_test_id("panel-choices")
    expect(shown).to_be_visible()
    slider = page.get_by_role("slider", name="Timestep").nth(1)
    slider.press("Home")
    slider.press("ArrowRight")
    expect(shown).to_contain_text("What could stand at place 2")
    button = shown.get_by_role("button").first
    word = button.text_content()
    button.click()
    box = page.get_by_role("textbox", name="The sentence begins with")
    expect(box).to_have_value(writer.spell(["the", word]))
    expect(page.get_by_test_id("panel-writer").locator("svg")).to_contain_text(word)


def test_the_cells_follow_the_time_cursor(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?phrase=good,+not+bad", "tasks")
    slider = page.get_by_role("slider", name="Timestep").first
    slider.press("Home")
    expect(page.get_by_test_id("panel-each").locator(".unrolled-now")).to_have_attribute("data-step", "1")
    slider.press("ArrowRight")
    expect(page.get_by_test_id("panel-each").locator(".unrolled-now")).to_have_attribute("data-step", "2")


def test_the_link_brings_all_of_it_back(page: Page, served_with: str) -> None:
    board(page, served_with, "tasks?phrase=dull", "tasks")
    page.get_by_role("textbox", name="An English sentence").fill("a dog")
    expect(page.get_by_test_id("panel-unrolled-translator").locator("svg")).to_contain_text("dog")
    page.get_by_role("textbox", name="A word").fill("bad")
    expect(page.get_by_test_id("panel-one").locator("svg")).to_contain_text("bad")
    expect(page).to_have_url(re.compile("single=bad"))
    page.get_by_role("button", name="Copy link to this page").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "phrase=dull" in copied
    assert "caption=a+dog" in copied
    assert "single=bad" in copied
    page.goto(copied)
    expect(page.get_by_role("textbox", name="An English sentence")).to_have_value("a dog")
