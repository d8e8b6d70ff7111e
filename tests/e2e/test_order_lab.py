"""The page Order lab in a real browser."""

import re
from urllib.parse import urlparse

from browsing import EVERYWHERE, IN_BROWSER, board, passes, unfold
from playwright.sync_api import Browser, Page, Route, expect

from explorer import load, models, predict

pytestmark = IN_BROWSER

SCORECARD = "Which patterns do the models get right in both orders?"
# How far below the top of its section a node is: where the section is moves while it opens.
DEPTH = "node => node.getBoundingClientRect().top - node.closest('section').getBoundingClientRect().top"
LANES = {name: load(name) for name in models()}


@EVERYWHERE
def test_axe_finds_nothing(page: Page, address: str) -> None:
    board(page, address, "order?phrase=the+film+is+good+and+not+bad", "lab")
    expect(page.get_by_test_id("panel-spread").locator(".cloud-bar").first).to_be_visible()
    page.get_by_text(SCORECARD).click()
    expect(page.get_by_test_id("section-scorecard").locator(".main-svg").first).to_be_visible()
    passes(page)


def test_words_move_with_the_keyboard_and_the_belief_follows(page: Page, address: str) -> None:
    hosts = set()
    page.on(
        "request",
        lambda request: hosts.add(urlparse(request.url).hostname) if request.url.startswith("http") else None,
    )
    board(page, address, "order", "lab")
    chip = page.get_by_role("button", name="good, place 1 of 4")
    chip.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name="Phrase", exact=True)).to_have_value(", not bad good")
    expect(page.get_by_role("button", name="good, place 4 of 4")).to_be_focused()
    p = predict(LANES["gru"], [", not bad good"])[0]
    expect(page.get_by_test_id("panel-spread").locator(".cloud-chosen").last).to_have_text(f"{p:.0%}")
    page.keyboard.press("Home")
    expect(page.get_by_role("textbox", name="Phrase", exact=True)).to_have_value("good , not bad")
    assert hosts == {urlparse(address).hostname}


def test_words_can_be_dragged(page: Page, address: str) -> None:
    board(page, address, "order", "lab")
    box = page.get_by_role("button", name="bad, place 4 of 4").bounding_box()
    goal = page.get_by_role("button", name="good, place 1 of 4").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(goal["x"] + 5, goal["y"] + goal["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.get_by_role("textbox", name="Phrase", exact=True)).to_have_value("bad good , not")


def test_a_swipe_on_the_words_moves_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True)
    page = board(context.new_page(), address, f"order?phrase={'+'.join(['a', 'good', 'film'] * 20)}", "lab")
    more = page.get_by_role("button", name="Show all 60 words and signs")
    expect(more).to_be_visible()
    box = page.get_by_role("button", name="good, place 2 of 60").bounding_box()
    x, y = box["x"] + 9, box["y"] + 9
    touch = context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for way in range(10, 150, 10):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - way}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => scrollY > 50")
    more.tap()
    page.get_by_role("button", name="film, place 60 of 60").scroll_into_view_if_needed()
    assert page.locator(".chips-list").evaluate("node => node.scrollTop") == 0  # it was the page that moved
    context.close()


def test_a_stroke_opens_its_order_in_compare(page: Page, address: str) -> None:
    board(page, address, "order", "lab")
    strokes = page.get_by_test_id("panel-spread").locator(".cloud-order")
    stroke = strokes.nth(3 * 6 + 3)  # the GRU's, of six
    order = stroke.get_attribute("data-order")
    stroke.locator(".cloud-touch").dispatch_event("click", {"bubbles": True})
    expect(page.get_by_role("textbox", name="Sentence A")).to_have_value("good , not bad")
    expect(page.get_by_role("textbox", name="Sentence B")).to_have_value(order)


def test_a_chart_has_its_room_before_it_is_drawn(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/*plotly*", lambda route: held.append(route))
    board(page, address, "order", "lab")
    page.get_by_text(SCORECARD).click()
    section = page.get_by_test_id("section-scorecard")
    fold = section.get_by_text("The numbers as a table")
    expect(fold).to_be_visible()
    before = fold.evaluate(DEPTH)
    for route in held:
        route.continue_()
    expect(section.locator(".main-svg").first).to_be_visible()
    assert fold.evaluate(DEPTH) == before > 300
    assert held


def test_a_pair_of_the_scorecard_opens_in_compare(page: Page, address: str) -> None:
    board(page, address, "order", "lab")
    page.get_by_text(SCORECARD).click()
    section = page.get_by_test_id("section-scorecard")
    expect(section.locator(".main-svg").first).to_be_visible()
    unfold(section.get_by_text("The numbers as a table"))
    first = section.locator("tbody tr").first
    text = first.locator("a").text_content()
    first.locator("a").click()
    expect(page.get_by_role("textbox", name="Sentence B")).to_have_value(text)
    expect(page.get_by_role("textbox", name="Sentence A")).to_have_value(re.compile("rather than"))
