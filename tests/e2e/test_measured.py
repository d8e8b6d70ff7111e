"""What is folded below the duel, in a real browser: charts that follow what one types, units, tables, long work."""

import re
from pathlib import Path
from urllib.parse import quote, urlparse

import pytest
from browsing import EVERYWHERE, IN_BROWSER, passes, unfold
from playwright.sync_api import Locator, Page, expect

from explorer import load
from explorer.views.shared.examples import REVIEW_A, REVIEW_B

pytestmark = IN_BROWSER


def board(page: Page) -> Locator:
    return page.get_by_test_id("pair")


def box_of(page: Page, letter: str) -> Locator:
    return page.get_by_role("textbox", name=f"Sentence {letter}")


def opened(page: Page, address: str, query: str = "") -> Page:
    """The first page with its numbers opened."""
    page.goto(f"{address}/{query}")
    page.get_by_text("The numbers behind it").click(timeout=60_000)
    expect(board(page)).not_to_have_attribute("data-drawn", "0", timeout=60_000)
    return page


def reads(page: Page, letter: str, text: str) -> None:
    """Wait until the board shows this text."""
    expect(board(page)).to_have_attribute("data-text" if letter == "a" else "data-text-b", text, timeout=30_000)


@EVERYWHERE
def test_the_numbers_fit_and_axe_finds_nothing(page: Page, address: str, request: pytest.FixtureRequest) -> None:
    opened(page, address)
    page.get_by_test_id("stExpander").filter(has_text="How to read this").first.locator("summary").first.click()
    expect(page.get_by_text("One number in the network's memory.")).to_be_visible()
    expect(board(page)).to_have_attribute("data-theme", request.node.callspec.params["page"][1])
    passes(page)


def test_charts_follow_as_one_types(page: Page, address: str) -> None:
    opened(page, address)
    box = box_of(page, "A")
    box.fill("")
    box.press_sequentially("a moving film", delay=15)  # no Enter, no blur
    reads(page, "a", "a moving film")
    expect(page.get_by_test_id("chart-belief").locator(".xtick text").first).to_contain_text("a")
    assert box.input_value() == "a moving film"


def test_no_two_buttons_share_a_name(page: Page, address: str) -> None:
    opened(page, address)
    expect(page.get_by_test_id("chart-unit").get_by_role("button", name="Zoom in")).to_be_visible()
    names = page.locator(".stage button").evaluate_all(
        "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.ariaLabel ?? node.textContent)"
    )
    assert len(names) >= 8
    assert len(set(names)) == len(names)
    assert "Zoom in: The belief, word by word" in names


def test_charts_keep_their_nodes_and_their_zoom(page: Page, address: str) -> None:
    opened(page, address)
    chart = page.get_by_test_id("chart-belief")
    plot = chart.locator(".js-plotly-plot")
    plot.evaluate("node => { node.dataset.mark = 'kept' }")
    chart.get_by_role("button", name="Zoom in").click()
    area = chart.locator(".nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 100, steps=5)
    page.mouse.up()
    expect(chart.locator(".xtick text")).to_have_count(2)
    zoomed = plot.evaluate("node => node._fullLayout.xaxis.range")
    box_of(page, "B").fill("bad, not fine")
    reads(page, "b", "bad, not fine")
    assert plot.get_attribute("data-mark") == "kept"
    assert plot.evaluate("node => node._fullLayout.xaxis.range") == pytest.approx(zoomed)
    chart.get_by_role("button", name="Show all").click()
    expect(chart.locator(".xtick text")).to_have_count(4)


def test_nothing_but_this_host_is_asked(page: Page, address: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlparse(request.url).netloc))
    page.on("websocket", lambda socket: asked.add(urlparse(socket.url).netloc))
    opened(page, address)
    box_of(page, "A").fill("a film")
    reads(page, "a", "a film")
    page.wait_for_load_state("networkidle")
    assert asked - {""} == {urlparse(address).netloc}


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=document.title='hacked'>",
        "**bold** [a](http://b.c) $x^2$ :red[x]",
        "<b>x</b> &amp; \u202eevil",
    ],
)
def test_text_is_never_markup(page: Page, address: str, text: str) -> None:
    opened(page, address, f"?a={quote(text)}&b={quote(text)}")
    reads(page, "a", text)
    marked = "img[src=x], .stage b, .stage i, .stage a:not(.stage-link), .stage strong, #duel b, #duel i"
    assert page.locator(marked).count() == 0
    assert page.title() != "hacked"
    labels = page.locator("[data-testid=chart-belief] .xtick text").all_text_contents()
    assert labels
    assert not any("&lt;" in label or "&amp;" in label for label in labels)


def test_a_long_review_keeps_its_axis_readable(page: Page, address: str) -> None:
    opened(page, address, f"?a={quote(REVIEW_A)}&b={quote(REVIEW_B)}")
    for chart in ("belief", "activations"):
        boxes = [
            tick.bounding_box()
            for tick in page.locator(f"[data-testid=chart-{chart}] .xaxislayer-above .xtick text").all()
        ]
        boxes = [box for box in boxes if box]
        assert 5 <= len(boxes) <= 80
    assert page.locator(".stage-token").count() > 300


def test_table_behind_a_chart_and_its_download(page: Page, address: str) -> None:
    opened(page, address)
    chart = page.get_by_test_id("chart-belief")
    unfold(chart.get_by_text("The numbers as a table"))
    expect(chart.locator("tbody tr")).to_have_count(4)
    with page.expect_download() as download:
        chart.get_by_role("button", name="Download as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("step,word of A,word of B,")
    assert lines[1].startswith("1,good,bad,")


def test_the_boards_follow_the_player_without_asking_the_server(page: Page, address: str) -> None:
    opened(page, address)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("blob:") else None)
    page.get_by_role("slider", name=re.compile("Words of A")).focus()
    page.keyboard.press("Home")
    expect(board(page).locator(".stage-now")).to_have_text(["good", "bad"])
    expect(page.get_by_test_id("panel-parts").locator("caption")).to_contain_text("After step 1, “good”")
    assert asked == []


def test_the_cursor_can_be_dragged_and_set_by_a_word(page: Page, address: str) -> None:
    opened(page, address)
    board(page).locator(".stage-token", has_text="not").first.click()
    expect(board(page).locator(".stage-now")).to_have_text(["not", "not"])
    cursor = page.get_by_test_id("chart-belief").locator(".stage-cursor")
    cursor.scroll_into_view_if_needed()
    box = cursor.bounding_box()
    page.mouse.move(box["x"] + 7, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] - 600, box["y"] + 50, steps=5)
    page.mouse.up()
    expect(board(page).locator(".stage-now")).to_have_text(["good", "bad"])


def test_a_click_in_the_heatmap_picks_unit_and_step(page: Page, address: str) -> None:
    opened(page, address)
    area = page.get_by_test_id("chart-activations").locator(".nsewdrag").first
    area.scroll_into_view_if_needed()
    size = area.bounding_box()
    page.mouse.click(size["x"] + size["width"] * 0.4, size["y"] + size["height"] * 40.5 / 128)
    order = (-load("gru").network.readout.weight[0]).argsort(stable=True).tolist()  # a row is two pixels high
    picked = "|".join(str(unit) for unit in order[38:43])
    heading = page.get_by_test_id("chart-unit").locator("h2, h3").first
    expect(heading).to_have_text(re.compile(f"^Unit ({picked}) through the phrase"))
    expect(board(page).locator(".stage-now")).to_have_text([",", ","])


def test_a_unit_is_picked_by_keyboard(page: Page, address: str) -> None:
    opened(page, address)
    button = page.get_by_test_id("panel-parts").locator("button[data-unit]").nth(1)
    unit = button.get_attribute("data-unit")
    button.press("Enter")
    expect(page.get_by_test_id("chart-unit").locator("h2, h3").first).to_have_text(f"Unit {unit} through the phrase")
    expect(page.get_by_role("spinbutton", name="Unit")).to_have_value(unit)


def test_the_methods_are_computed_when_asked_and_long_work_can_be_cancelled(page: Page, address: str) -> None:
    opened(page, address, f"?model=lstm&a={quote(' '.join([REVIEW_A] * 5))}")
    expect(page.get_by_test_id("panel-words")).to_have_count(0)
    page.get_by_text("Which words did it? Three methods").click()
    ask = page.get_by_role("button", name="Compute which words did it")
    ask.click()
    page.get_by_role("button", name="Cancel").click()
    expect(ask).to_be_visible()
    expect(page.get_by_test_id("panel-words")).to_contain_text("computed when you ask")


def test_empty_and_back_again(page: Page, address: str) -> None:
    opened(page, address)
    for letter in "AB":
        box_of(page, letter).fill("")
    expect(board(page).locator(".stage-summary")).to_contain_text("There is no text yet")
    expect(board(page).locator(".stage-chart")).to_have_count(0)
    box_of(page, "A").fill("fine")
    reads(page, "a", "fine")
    expect(board(page).locator(".stage-chart").first).to_be_visible()


def test_settings_of_a_link_reach_the_board(page: Page, address: str) -> None:
    opened(page, address, "?model=rnn&sort=likeness&show=preactivation")
    expect(page.get_by_test_id("chart-activations").locator("h2, h3").first).to_have_text(
        re.compile("sum before tanh of the RNN")
    )


def test_words_read_as_others_are_marked(page: Page, address: str) -> None:
    opened(page, address, "?a=a+mvoie")
    reads(page, "a", "a mvoie")
    expect(board(page).locator(".stage-corrected")).to_have_text(re.compile(r"mvoie → \w+"))


def test_an_old_link_to_look_inside_opens_the_memory(page: Page, address: str) -> None:
    page.goto(f"{address}/inside?phrase=a+fine+film&lane=lstm")
    expect(page.get_by_test_id("zoom-memory").locator("h2")).to_have_text(
        "What does the LSTM remember after each word?", timeout=60_000
    )
    expect(box_of(page, "A")).to_have_value("a fine film")
