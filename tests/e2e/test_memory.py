"""The page Memory in a real browser."""

import re

import pytest
from browsing import EVERYWHERE, IN_BROWSER, everywhere, passes, presented, settled
from playwright.sync_api import Page, expect

from explorer import load
from explorer.analysis import interventions, memory

pytestmark = IN_BROWSER


def step(page: Page, name: str) -> None:
    """A press on one of the bar's buttons of steps."""
    page.get_by_role("button", name=name, exact=True).click()


def memory_page(page: Page, address: str, query: str = "") -> Page:
    page.goto(f"{address}/memory{query}")
    settled(page)
    expect(page.get_by_test_id("panel-gradients").locator(".matrix-marker")).to_have_count(3)
    return page


@EVERYWHERE
def test_axe_finds_nothing(page: Page, address: str) -> None:
    memory_page(page, address)
    passes(page)


def test_the_transplant_answers_at_the_next_key(page: Page, address: str) -> None:
    memory_page(page, address)
    shown = page.locator(".stage-summary").first
    expect(shown).to_contain_text("Give the GRU the memory of “bad, not good” after step 1, and it ends at")
    wanted = interventions.transplant(load("gru"), "good, not bad", 1, "a dull film", 3).belief[-1]
    page.get_by_role("textbox", name="Memory of").fill("a dull film")
    expect(shown).to_contain_text(f"it ends at {100 * wanted:.0f}% instead of 97%.")
    picture = page.get_by_test_id("chart-transplant")
    expect(picture.locator(".annotation-text").filter(has_text=re.compile("^swapped"))).to_contain_text(
        f"{100 * wanted:.0f}%"
    )
    expect(picture.locator(".textpoint")).to_have_text(["a", "dull", "film"])


def test_the_words_of_the_donor_never_lie_over_each_other(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    memory_page(page, address, "?donor=wonderfully+photographed+extraordinary+masterpiece")
    boxes = [one.bounding_box() for one in page.get_by_test_id("chart-transplant").locator(".textpoint").all()]
    boxes = [box for box in boxes if box and box["width"] > 1]
    assert boxes
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a["x"] + a["width"] <= b["x"] + 1 or b["x"] + b["width"] <= a["x"] + 1
            assert apart or abs(a["y"] - b["y"]) >= min(a["height"], b["height"]) * 0.7


def test_words_of_the_donor_that_have_no_room_leave_the_last_one(page: Page, address: str) -> None:
    page.goto(f"{address}/memory?phrase=" + "+".join(["a+film+that+goes+on"] * 40))
    settled(page)  # of so long a text gradients are computed once they are asked for
    picture = page.get_by_test_id("chart-transplant")
    words = picture.locator(".textpoint").filter(has_text=re.compile(r"\w"))
    expect(words).to_have_text(["good"])
    ends = picture.locator(".annotation-text").filter(has_text="%")
    upper, lower = sorted((one.bounding_box() for one in ends.all()), key=lambda box: box["y"])
    assert upper["y"] + upper["height"] <= lower["y"] + 1


def test_a_phrase_of_few_words_is_presented_whole_and_has_no_buttons_to_zoom(page: Page, address: str) -> None:
    memory_page(page, address)
    zoom = page.get_by_role("button", name="Zoom in")
    expect(zoom).to_have_count(0)
    assert len(presented(page)) == 4
    page.get_by_role("textbox", name="Phrase").fill("a film that " * 9)
    expect(zoom).to_be_visible()


def test_the_row_follows_the_player(page: Page, address: str) -> None:
    memory_page(page, address, "?phrase=good,+not+bad")
    shown = page.get_by_test_id("panel-gradients")
    expect(shown.locator("h3").last).to_have_text("What the belief after step 4 “bad” hangs on")
    shown.locator("summary").click()
    for _ in range(3):
        step(page, "One step back")
    expect(shown.locator("h3").last).to_have_text("What the belief after step 1 “good” hangs on")
    wanted = memory.gradients(load("rnn"), "good, not bad").norm[0, 0]
    cell = shown.locator("tbody td").first
    assert float(cell.inner_text()) == pytest.approx(float(wanted), rel=1e-3)


def test_the_frame_in_the_matrices_follows_the_player(page: Page, address: str) -> None:
    memory_page(page, address, "?phrase=good,+not+bad")
    shown = page.get_by_test_id("panel-gradients").locator("h3").last
    markers = page.locator(".matrix-marker")
    tops = []
    for word, presses in (("bad", 0), ("good", 3)):
        for _ in range(presses):
            step(page, "One step back")
        expect(shown).to_contain_text(f"“{word}”")
        tops.append([marker.bounding_box()["y"] for marker in markers.all()])
        height = markers.first.bounding_box()["height"]
    assert tops[0] == pytest.approx([top + 3 * height for top in tops[1]], abs=1)


def test_a_click_in_a_matrix_moves_the_player(page: Page, address: str) -> None:
    memory_page(page, address, "?phrase=good,+not+bad")
    area = page.get_by_test_id("panel-gradients").locator(".nsewdrag").nth(1)
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 8, box["y"] + box["height"] * 5 / 8)
    expect(page.get_by_test_id("panel-gradients").locator("h3").last).to_have_text(
        "What the belief after step 3 “not” hangs on"
    )
    expect(page.locator(".bar-step")).to_have_text("3/4")


@everywhere([("desktop", "light"), ("phone", "light")])
def test_matrices_stand_side_by_side_where_there_is_room(
    page: Page, address: str, request: pytest.FixtureRequest
) -> None:
    memory_page(page, address)
    boxes = [one.bounding_box() for one in page.locator(".matrix-frames > div").all()]
    rows = {round(box["y"]) for box in boxes}
    assert len(rows) == (1 if request.node.callspec.params["page"][0] == "desktop" else 3)


def test_a_word_that_looks_like_markup_stays_a_word(page: Page, address: str) -> None:
    memory_page(page, address, "?phrase=%3Cb%3Ebold%3C/b%3E+film")
    assert page.locator(".stage b, .stage-plot b").count() == 0
    shown = page.get_by_test_id("panel-gradients")
    shown.locator("summary").click()
    expect(shown.locator("tbody th").first).to_have_text("1 <")


def test_a_link_brings_the_transplant_back(page: Page, address: str) -> None:
    memory_page(page, address, "?phrase=the+film+is+not+good&way=2&step=3&units=5,9&at=-55")
    expect(page.get_by_role("spinbutton", name="Swap before step")).to_have_value("3")
    expect(page.get_by_role("slider", name="At the activation")).to_have_value("-0.55")
    for unit in ("5", "9"):
        expect(
            page.locator("[data-baseweb=tag], [data-testid=stMultiSelect]").filter(has_text=unit).first
        ).to_be_visible()
    expect(page).to_have_url(re.compile(r"way=held&step=3&units=5%2C9&at=-55"))
