"""The page State space in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import EVERYWHERE, IN_BROWSER, board, passes, served_from
from playwright.sync_api import Page, expect
from small_atlas import write_small_atlas

pytestmark = [*IN_BROWSER, pytest.mark.xdist_group("state space in a browser")]


LENGTHS = "node => node.data.filter(one => one.meta === 'path').map(one => one.x.length)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_atlas(tmp_path_factory.mktemp("pretrained"))


@pytest.fixture(scope="module")
def charted(folder: Path) -> Iterator[str]:
    """The app on the folder that has an atlas."""
    with served_from("explorer.core.checkpoints", folder) as found:
        yield found


@EVERYWHERE
def test_axe_finds_nothing(page: Page, charted: str) -> None:
    board(page, charted, "space?other=bad,+not+good")
    expect(page.get_by_test_id("panel-plane").locator(".main-svg").first).to_be_visible()
    passes(page)


def test_the_path_follows_the_time_cursor(page: Page, charted: str) -> None:
    board(page, charted, "space?phrase=good,+not+bad&other=bad+film")
    plot = page.get_by_test_id("panel-plane").locator(".plane-above")
    slider = page.get_by_role("slider", name="Timestep")
    for key, lengths in {"End": [4, 2], "Home": [1, 1], "ArrowRight": [2, 2], "ArrowUp": [3, 2]}.items():
        slider.press(key)
        assert plot.evaluate(LENGTHS) == lengths
        expect(plot.locator(".textpoint")).to_have_count(sum(lengths))
    middle = "({ _fullLayout: { xaxis, yaxis } }) => [xaxis, yaxis].map(axis => axis._offset + axis.l2p(1))"
    below = page.get_by_test_id("panel-plane").locator(".js-plotly-plot").first
    assert plot.evaluate(middle) == pytest.approx(below.evaluate(middle), abs=0.5)  # both plots have the same axes
    page.get_by_role("textbox", name="Second phrase").fill("a bad film")
    expect(page.get_by_role("region", name="Phrase B as read")).to_contain_text("a bad film")
    assert plot.evaluate(LENGTHS) == [3, 3]  # the cursor stays where it was


def test_the_table_behind_the_plane(page: Page, charted: str) -> None:
    board(page, charted, "space?phrase=good+film")
    shown = page.get_by_test_id("panel-plane")
    shown.get_by_text("The numbers as a table").click()
    expect(shown.locator("tbody tr")).to_have_count(2)
    with page.expect_download() as download:
        shown.get_by_role("button", name="Download as CSV").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0] == "phrase,step,word,PC1,PC2,belief"
    assert len(lines) == 3
