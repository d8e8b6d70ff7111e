"""The page Average or concatenate in a real browser."""

import re
from collections.abc import Iterator

import pytest
from browsing import IN_BROWSER, board, everywhere, in_turns, passes, presented, served, settled, unfold
from playwright.sync_api import Page, expect

from explorer.reading.tokenizer import tokenize
from explorer.views.shared.settings import CARDS

pytestmark = IN_BROWSER

SLOW = 30_000  # milliseconds that an answer of the server may take on a busy machine


REVIEW = " ".join(["the film is not good , but the actors are"] * 11)  # 110 tokens


@pytest.fixture(scope="module")
def shown() -> Iterator[str]:
    """The app in a process of its own."""
    with served(lambda port: ["-m", "explorer", "--no-browser", "--port", str(port)]) as found:
        yield found


def at_step(page: Page, step: int) -> None:
    """Move the time cursor as the bar does."""
    page.evaluate(
        "async step => { const [script] = performance.getEntriesByType('resource')"
        ".filter(({ name }) => name.endsWith('/player.js')); (await import(script.name)).player.set(step) }", step,
    )  # fmt: skip


def slide(page: Page, name: str, value: int) -> None:
    """Move a slider to a value as a hand does, and let it go."""
    page.get_by_role("slider", name=name).evaluate(
        "(node, value) => { node.value = value; node.dispatchEvent(new Event('input', { bubbles: true }));"
        " node.dispatchEvent(new Event('change', { bubbles: true })) }", value,
    )  # fmt: skip


@in_turns(CARDS["approaches"])
def test_axe_finds_nothing(page: Page, shown: str, card: str) -> None:
    board(page, shown, f"approaches?phrase={REVIEW.replace(' ', '+')}&place=12&card={card}")
    settled(page)
    passes(page)


def test_a_card_opens_in_place_and_escape_and_back_close_it(page: Page, shown: str) -> None:
    board(page, shown, "approaches")
    slots = page.get_by_test_id("card-slots")
    slots.click(position={"x": 150, "y": 150})  # anywhere on it
    expect(page.get_by_test_id("panel-slots")).to_be_visible(timeout=SLOW)
    strip = page.get_by_role("navigation", name="Four cards")
    expect(strip.get_by_role("button", name="Always 50 slots")).to_be_focused()
    expect(slots).to_be_hidden()
    expect(page).to_have_url(re.compile("card=slots"))
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("panel-slots")).to_have_count(0, timeout=SLOW)
    expect(slots.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("panel-slots")).to_be_visible(timeout=SLOW)
    strip.get_by_role("button", name="Same number").click()
    expect(page.get_by_test_id("panel-two-orders")).to_be_visible(timeout=SLOW)
    expect(page.get_by_test_id("panel-slots")).to_have_count(0)
    expect(page).to_have_url(re.compile("card=order"))
    page.go_back()
    expect(page.get_by_test_id("panel-slots")).to_be_visible(timeout=SLOW)
    strip.get_by_role("button", name="Back to all").click()
    expect(page.get_by_test_id("card-order")).to_be_visible(timeout=SLOW)


def test_cards_are_presented_one_by_one(page: Page, shown: str) -> None:
    settled(board(page, shown, "approaches"))
    titles = ["Same number", "35 times the weights", "Always 50 slots", "Different place, different answer"]
    assert presented(page) == titles
    expect(page.get_by_test_id("card-places")).to_be_visible()


def test_escape_in_a_text_field_closes_nothing(page: Page, shown: str) -> None:
    board(page, shown, "approaches?card=slots")
    page.get_by_role("textbox").first.press("Escape")
    expect(page.get_by_test_id("panel-slots")).to_be_visible()


@everywhere([("desktop", "light"), ("phone", "dark")])
def test_type_in_the_pictures_is_no_smaller_than_16_px(page: Page, shown: str) -> None:
    board(page, shown, "approaches?phrase=a+rather+longwindedly+told+story+that+does+not+end")
    sizes = page.locator(".cards-picture svg text, .cards-picture .slots-word").evaluate_all(
        "nodes => nodes.map(node => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 16


def test_the_pictures_follow_the_time_cursor(page: Page, shown: str) -> None:
    board(page, shown, "approaches")
    expect(page.get_by_test_id("card-slots").locator(".slots-empty")).to_have_count(46)
    page.get_by_role("button", name="One step back").click()
    expect(page.get_by_test_id("card-slots").locator(".slots-empty")).to_have_count(47)
    expect(page.get_by_test_id("card-order").locator(".orders-later")).to_have_count(2)


def test_no_other_host_is_asked(page: Page, shown: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    board(page, shown, "approaches")
    assert asked
    assert all(re.match(r"(https?|wss?)://localhost:|data:|blob:", url) for url in asked)


def test_the_time_cursor_fills_the_slots(page: Page, shown: str) -> None:
    board(page, shown, f"approaches?phrase={REVIEW.replace(' ', '+')}&card=slots")
    slots = page.get_by_test_id("panel-slots")
    empty = slots.locator(".slots-empty")
    expect(empty).to_have_count(0)
    expect(slots.get_by_text("Lost by step 110: 60")).to_be_visible()
    at_step(page, 1)
    expect(empty).to_have_count(49)
    expect(slots.locator(".slots-slot").first).to_contain_text("the")
    expect(slots.get_by_text("Nothing is lost so far")).to_be_visible()
    at_step(page, 51)
    expect(empty).to_have_count(0)
    expect(slots.get_by_role("region", name="Words that are lost")).to_have_text(tokenize(REVIEW)[50])


def test_sliders_of_the_what_if_keep_their_nodes(page: Page, shown: str) -> None:
    board(page, shown, "approaches?card=weights")
    layers, said = page.get_by_test_id("panel-layers"), page.locator(".stage-summary").last
    expect(layers.locator("rect")).to_have_count(150 + 2)
    slider = page.get_by_role("slider", name="Words at once")
    slider.focus()
    slider.press("ArrowRight")
    expect(said).to_contain_text("At 151 words of 300 numbers the concatenation needs 5,798,657 weights", timeout=SLOW)
    expect(slider).to_be_focused()
    slide(page, "Numbers a word", 50)
    slide(page, "Words at once", 2)
    expect(said).to_contain_text("At 2 words of 50 numbers", timeout=SLOW)
    expect(layers.locator("rect")).to_have_count(2 + 2)
    concat, recurrent = (layers.locator(f".layers-{kind}").first for kind in ("concat", "recurrent"))
    ratio = "node => node.getAttribute('height') / node.getAttribute('width')"
    assert concat.evaluate(ratio) == pytest.approx(128 / 50)
    assert recurrent.evaluate(ratio) == pytest.approx(384 / 50)
    width = "node => Number(node.getAttribute('width'))"
    assert recurrent.evaluate(width) == pytest.approx(concat.evaluate(width))
    expect(page).to_have_url(re.compile(r"approaches\?card=weights&words=2&size=50"), timeout=SLOW)


def test_the_slider_of_the_place(page: Page, shown: str) -> None:
    board(page, shown, "approaches?card=places")
    moved = page.get_by_test_id("panel-elsewhere")
    expect(moved.locator(".sliders-reading")).to_contain_text("0 neutral words before, 30 behind")
    slide(page, "Neutral words before it", 30)
    said = moved.locator(".sliders-reading")
    expect(said).to_contain_text("30 neutral words before, 0 behind: “… at the end of [good , not bad]”")
    at = moved.locator(".sliders-line").evaluate("node => node.offsetLeft")
    place = "node => node._fullLayout.xaxis._offset + node._fullLayout.xaxis.l2p(30)"
    assert at == pytest.approx(moved.locator(".js-plotly-plot").evaluate(place), abs=2)
    expect(page).to_have_url(re.compile("place=30"), timeout=SLOW)
    board(page, shown, page.url.removeprefix(f"{shown}/"))
    expect(moved.locator(".sliders-reading")).to_contain_text("30 neutral words before")


def test_two_sliders_at_once(page: Page, shown: str) -> None:
    board(page, shown, "approaches?card=weights")
    page.evaluate(
        "const moves = [['Words at once', 7], ['Numbers a word', 60]];"
        "for (const [label, value] of moves) {"
        " const all = [...document.querySelectorAll('.sliders-control')];"
        " const node = all.find(one => one.textContent.includes(label)).querySelector('input');"
        " node.value = value; node.dispatchEvent(new Event('change')) }"
    )
    expect(page).to_have_url(re.compile(r"words=7&size=60"), timeout=SLOW)


def test_shuffle_again(page: Page, shown: str) -> None:
    board(page, shown, "approaches?phrase=it+is+a+good+film+and+not+a+bad+one&card=order")
    words = page.get_by_test_id("panel-two-orders").locator(".orders-word")
    before = words.all_text_contents()
    page.get_by_role("button", name="Shuffle again").click()
    expect(words).not_to_have_text(before, timeout=SLOW)
    now = words.all_text_contents()
    assert sorted(now[: len(now) // 2]) == sorted(now[len(now) // 2 :])
    page.get_by_test_id("depth-measure").locator("summary:visible").first.click()
    cells = page.get_by_test_id("panel-orders").locator("tbody tr td:nth-child(2)")
    expect(cells).to_have_count(2)
    cells = cells.all_inner_texts()
    assert len(cells) == 2
    assert cells[0] == cells[1]
    assert len(cells[0]) > 12


def test_tables_can_be_downloaded(page: Page, shown: str) -> None:
    first = {
        "places": ("elsewhere", "Words before,average of words"),
        "slots": ("slots", "Place,Word"),
        "weights": ("layers", "Matrix,Wide"),
        "order": ("two-orders", "Order,Word"),
    }
    for card, (name, columns) in first.items():
        board(page, shown, f"approaches?card={card}")
        part = page.get_by_test_id(f"panel-{name}")
        unfold(part.get_by_text("The numbers as a table"))
        with page.expect_download() as download:
            part.get_by_role("button", name="Download as CSV").click()
        assert download.value.path().read_text(encoding="utf-8").startswith(columns)


@everywhere([("phone", "light")])
def test_letters_of_a_drawing_have_room_on_a_phone(page: Page, shown: str) -> None:
    board(page, shown, "approaches?words=500&card=weights")
    right = "node => node.getBoundingClientRect().right <= window.innerWidth"
    for text in page.get_by_test_id("panel-layers").locator("svg text").all():
        assert text.evaluate(right)
