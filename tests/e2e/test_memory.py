"""The page Memory in a real browser."""

import re

import numpy as np
import pytest
from browsing import EVERYWHERE, IN_BROWSER, board, everywhere, passes
from playwright.sync_api import Page, expect

from explorer import load
from explorer.analysis import memory

pytestmark = IN_BROWSER


@EVERYWHERE
def test_axe_finds_nothing(page: Page, address: str) -> None:
    board(page, address, "memory")
    passes(page)


def test_the_row_follows_the_time_cursor(page: Page, address: str) -> None:
    board(page, address, "memory?phrase=good,+not+bad")
    shown = page.get_by_test_id("panel-gradients")
    expect(shown.locator("h3").last).to_have_text("What the belief after step 4 “bad” hangs on")
    shown.locator("summary").click()
    page.get_by_role("slider", name="Timestep").press("Home")
    expect(shown.locator("h3").last).to_have_text("What the belief after step 1 “good” hangs on")
    wanted = memory.gradients(load("rnn"), "good, not bad").norm[0, 0]
    cell = shown.locator("tbody td").first
    assert float(cell.inner_text()) == pytest.approx(float(wanted), rel=1e-3)


def test_the_frame_in_the_matrices_follows_the_time_cursor(page: Page, address: str) -> None:
    board(page, address, "memory?phrase=good,+not+bad")
    markers = page.locator(".matrix-marker")
    expect(markers).to_have_count(3)
    slider = page.get_by_role("slider", name="Timestep")
    tops = []
    for key in ("Home", "ArrowRight", "End"):
        slider.press(key)
        tops.append([marker.bounding_box()["y"] for marker in markers.all()])
        height = markers.first.bounding_box()["height"]
    steps = np.diff(np.array(tops), axis=0)
    assert steps == pytest.approx(np.array([[height] * 3, [2 * height] * 3]), abs=1)


def test_a_click_in_a_matrix_moves_the_time_cursor(page: Page, address: str) -> None:
    board(page, address, "memory?phrase=good,+not+bad")
    area = page.get_by_test_id("panel-gradients").locator(".nsewdrag").nth(1)
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 8, box["y"] + box["height"] * 5 / 8)
    expect(page.get_by_test_id("panel-gradients").locator("h3").last).to_have_text(
        "What the belief after step 3 “not” hangs on"
    )
    expect(page.get_by_role("slider", name="Timestep")).to_have_value("3")


@everywhere([("desktop", "light"), ("phone", "light")])
def test_matrices_stand_side_by_side_where_there_is_room(
    page: Page, address: str, request: pytest.FixtureRequest
) -> None:
    board(page, address, "memory")
    boxes = [one.bounding_box() for one in page.locator(".matrix-frames > div").all()]
    rows = {round(box["y"]) for box in boxes}
    assert len(rows) == (1 if request.node.callspec.params["page"][0] == "desktop" else 3)


def test_a_word_that_looks_like_markup_stays_a_word(page: Page, address: str) -> None:
    board(page, address, "memory?phrase=%3Cb%3Ebold%3C/b%3E+film")
    assert page.locator(".stage b, .stage-plot b").count() == 0
    shown = page.get_by_test_id("panel-gradients")
    shown.locator("summary").click()
    expect(shown.locator("tbody th").first).to_have_text("1 <")


def test_a_link_brings_the_transplant_back(page: Page, address: str) -> None:
    board(page, address, "memory?phrase=the+film+is+not+good&way=2&step=3&units=5,9&at=-55")
    expect(page.get_by_role("spinbutton", name="Before step")).to_have_value("3")
    expect(page.get_by_role("slider", name="At the activation")).to_have_value("-0.55")
    for unit in ("5", "9"):
        expect(
            page.locator("[data-baseweb=tag], [data-testid=stMultiSelect]").filter(has_text=unit).first
        ).to_be_visible()
    expect(page).to_have_url(re.compile(r"way=held&step=3&units=5%2C9&at=-55"))
