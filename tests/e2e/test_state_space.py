"""The page State space in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import EVERYWHERE, IN_BROWSER, passes, presented, served_from, settled
from playwright.sync_api import Page, expect
from small_atlas import write_small_atlas

from explorer import load, trace

pytestmark = [*IN_BROWSER, pytest.mark.xdist_group("state space in a browser")]


LENGTHS = "node => node.data.filter(one => one.meta === 'path').map(one => one.x.length)"
GROWS = """() => {
  window.seen = []
  const look = () => {
    const node = document.querySelector(".plane-above")
    const path = node?.data?.find(one => one.meta === "path")
    if (path && path.x.length !== window.seen.at(-1)) window.seen.push(path.x.length)
    requestAnimationFrame(look)
  }
  look()
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_atlas(tmp_path_factory.mktemp("pretrained"))


@pytest.fixture(scope="module")
def charted(folder: Path) -> Iterator[str]:
    """The app on the folder that has an atlas."""
    with served_from("explorer.core.checkpoints", folder) as found:
        yield found


def space(page: Page, address: str, query: str = "", still: bool = True) -> Page:
    """The page once it is drawn; `still`: nothing moves by itself."""
    page.emulate_media(reduced_motion="reduce" if still else "no-preference")
    page.goto(f"{address}/space{query}")
    settled(page)
    expect(page.get_by_test_id("panel-plane").locator(".plane-above .main-svg").first).to_be_visible()
    return page


@EVERYWHERE
def test_axe_finds_nothing(page: Page, charted: str) -> None:
    space(page, charted)
    passes(page)


def test_the_path_is_played_once_when_the_page_opens(page: Page, charted: str) -> None:
    page.add_init_script(f"addEventListener('DOMContentLoaded', {GROWS})")
    space(page, charted, "?phrase=good,+not+bad&other=", still=False)
    page.wait_for_function("() => seen.length > 3 && seen.at(-1) === 4")
    assert page.evaluate("seen.slice(-4)") == [1, 2, 3, 4]
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()  # it has stopped


def test_nothing_moves_by_itself_for_whom_it_must_not(page: Page, charted: str) -> None:
    page.add_init_script(f"addEventListener('DOMContentLoaded', {GROWS})")
    space(page, charted, "?phrase=good,+not+bad&other=")
    expect(page.locator(".bar-step")).to_have_text("4/4")
    assert page.evaluate("seen") == [4]


def test_the_path_follows_the_player(page: Page, charted: str) -> None:
    space(page, charted, "?phrase=good,+not+bad&other=bad+film")
    plot = page.get_by_test_id("panel-plane").locator(".plane-above")
    back, on = (page.get_by_role("button", name=name, exact=True) for name in ("One step back", "One step on"))
    assert plot.evaluate(LENGTHS) == [4, 2]
    for button, lengths in ((back, [3, 2]), (back, [2, 2]), (back, [1, 1]), (on, [2, 2])):
        button.click()
        assert plot.evaluate(LENGTHS) == lengths
    middle = "({ _fullLayout: { xaxis, yaxis } }) => [xaxis, yaxis].map(axis => axis._offset + axis.l2p(1))"
    below = page.get_by_test_id("panel-plane").locator(".js-plotly-plot").first
    assert plot.evaluate(middle) == pytest.approx(below.evaluate(middle), abs=0.5)  # both plots have the same axes
    page.get_by_role("textbox", name="Another phrase, B").fill("a bad film")
    expect(page.get_by_role("region", name="Phrase B as read")).to_contain_text("a bad film")
    assert plot.evaluate(LENGTHS) == [2, 2]  # the player stays where it was


def test_a_path_ends_with_its_letter_its_word_and_its_belief(page: Page, charted: str) -> None:
    space(page, charted, "?phrase=good,+not+bad&other=bad+film")
    words = page.get_by_test_id("panel-plane").locator(".plane-above .textpoint")
    percent = f"{100 * trace(load('gru'), 'good, not bad').probability:.0f}%"
    expect(words.filter(has_text=re.compile("^A: "))).to_have_text(f"A: bad {percent}")
    page.get_by_role("button", name="One step back", exact=True).click()
    expect(words.filter(has_text=re.compile("^A: "))).to_have_text(re.compile(r"^A: not \d+%$"))
    boxes = [one.bounding_box() for one in words.all() if one.text_content().strip()]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            beside = a["x"] + a["width"] <= b["x"] + 4 or b["x"] + b["width"] <= a["x"] + 4
            assert beside or a["y"] + a["height"] <= b["y"] + 6 or b["y"] + b["height"] <= a["y"] + 6


def test_a_word_is_tried_by_its_chip(page: Page, charted: str) -> None:
    space(page, charted)
    arrows = page.get_by_test_id("panel-modifier")
    expect(arrows.get_by_role("heading")).to_have_text("What “not” does to the next word")
    page.get_by_role("radio", name="never").or_(page.get_by_role("button", name="never", exact=True)).click()
    expect(arrows.get_by_role("heading")).to_have_text("What “never” does to the next word")
    expect(page).to_have_url(re.compile("word=never"))


def test_the_table_behind_the_plane(page: Page, charted: str) -> None:
    space(page, charted, "?phrase=good+film&other=")
    page.get_by_test_id("depth-measure").locator("summary:visible").first.click()
    shown = page.get_by_test_id("panel-plane-numbers")
    expect(shown.locator("tbody tr")).to_have_count(2)
    with page.expect_download() as download:
        shown.get_by_role("button", name="Download as CSV").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0] == "phrase,step,word,PC1,PC2,P(positive)"
    assert len(lines) == 3


def test_no_word_is_cut_off_in_presenter_view(page: Page, charted: str) -> None:
    space(page, charted)
    assert len(presented(page)) == 3
