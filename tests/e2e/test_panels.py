"""Every kind of panel and every board, drawn from hand-written payloads in a real browser, without a server."""

import json
from functools import partial
from typing import Any

import pytest
from browsing import IN_BROWSER, everywhere, passes
from panel_payloads import BOARDS, PANELS
from playwright.sync_api import Locator, Page, Route, expect

from explorer.board import BOARDS as SOURCES
from explorer.board import assets, events

pytestmark = IN_BROWSER
SITE = "http://board.test/"
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board</title><link rel="icon" href="data:,">
<style>:root {{ --st-text-color: #31333f; --st-background-color: #fff; --st-heading-color: #31333f;
--st-font: sans-serif; --st-primary-color: #0b62b8 }}
@media (prefers-color-scheme: dark) {{ :root {{ --st-text-color: #fafafa; --st-background-color: #0e1117;
--st-heading-color: #fafafa; --st-primary-color: #6cb4ff }} }}
body {{ background: var(--st-background-color); color: var(--st-text-color) }} {css}</style></head>
<body><main id="place"><h1>A board</h1><div class="stage" data-testid="{name}" data-drawn="0"></div></main>
<script type="module">
import {{ show, leave }} from "./assets/{source}"
import {{ player }} from "./assets/player.js"
const place = document.getElementById("place")
const component = {{ parentElement: place, setTriggerValue: (_, event) => asked.push(event) }}
window.asked = []
window.player = player
window.draw = data => show({{ ...component, data }})
window.leave = () => leave(component)
</script></body></html>"""


def answered(route: Route, name: str) -> None:
    """What a server would answer."""
    path = route.request.url.removeprefix(SITE).split("?")[0]
    if path == "":
        page = HTML.format(css=assets.css(), name=name, source=SOURCES[name])
        route.fulfill(body=page, content_type="text/html")
    else:
        route.fulfill(path=assets.FILES[path.removeprefix("assets/")], content_type="text/javascript")


def drawn(page: Page, name: str, data: dict[str, Any]) -> Locator:
    """A board once it is drawn; nothing plays by itself."""
    page.emulate_media(reduced_motion="reduce")
    page.route(f"{SITE}**", partial(answered, name=name))
    page.goto(SITE)
    page.wait_for_function("() => typeof draw === 'function'")
    page.evaluate("data => draw(data)", json.loads(json.dumps(data)))
    board = page.get_by_test_id(name)
    expect(board).to_have_attribute("data-drawn", "1")
    expect(board).not_to_contain_text("could not be drawn")
    return board


PARTS = {  # what must be there once a panel of a kind is drawn
    "cards": ".cards-map .cards-card >> nth=4",
    "chart": ".js-plotly-plot .main-svg",
    "choices": "button[aria-pressed=true]",
    "cloud": ".chips-chip >> nth=2",
    "layers": ".layers-svg .layers-recurrent",
    "matrix": ".matrix-marker",
    "orders": ".orders .orders-bar",
    "parts": ".parts-bar",
    "plane": ".plane-above .main-svg",
    "plot": ".js-plotly-plot .point",
    "sliders": ".sliders-line",
    "slots": ".slots-slot",
    "table": "tbody tr",
    "text": ".stage-sentence",
    "transplant": ".js-plotly-plot .main-svg",
    "unrolled": ".unrolled .unrolled-cell",
}


def test_a_panel_of_each_kind_is_drawn(page: Page) -> None:
    board = drawn(page, "inside", BOARDS["inside"])
    for panel in PANELS:
        section = board.locator("section", has=page.get_by_role("heading", name=panel["title"], exact=True))
        expect(section.locator(PARTS[panel["kind"]]).first).to_be_visible()
    for step in (1, 2, 3):
        page.evaluate("step => player.set(step)", step)
    expect(page.locator(".stage-now-read")).to_contain_text("Step 3 of 3")
    assert board.locator("b, strong").count() == 0  # words of visitors are never markup


@everywhere([("desktop", "light"), ("phone", "dark")])
def test_all_panels_fit_and_axe_finds_nothing(page: Page) -> None:
    drawn(page, "inside", BOARDS["inside"])
    passes(page)


@pytest.mark.parametrize(
    ("name", "picture"),
    [("pair", ".js-plotly-plot .main-svg"), ("two_units", "[data-picture=main] svg"), ("report", ".dots-picture svg")],
)
def test_each_board_is_drawn(page: Page, name: str, picture: str) -> None:
    board = drawn(page, name, BOARDS[name])
    expect(board.locator(picture).first).to_be_visible()
    passes(page)
    assert page.evaluate("leave()") is None


def test_another_answer_keeps_nodes_and_open_tables_and_is_read_out_at_rest(page: Page) -> None:
    board = drawn(page, "inside", BOARDS["inside"])
    status = board.locator(".stage-unseen[role=status]").first
    expect(status).to_have_text("Three words.")
    for summary in board.locator("summary").all():
        if summary.is_visible():  # a fold without panels is not
            summary.click()
    nodes = page.evaluate_handle("[...document.querySelectorAll('.stage section')]")
    open_tables = board.locator("details[open]").count()
    page.evaluate("data => draw(data)", json.loads(json.dumps(BOARDS["inside"] | {"summary": "Again."})))
    expect(board).to_have_attribute("data-drawn", "2")
    assert page.evaluate(
        "nodes => nodes.every((node, i) => node === document.querySelectorAll('.stage section')[i])", nodes
    )
    assert board.locator("details[open]").count() == open_tables > 0
    expect(board.locator(".stage-summary")).to_have_text("Again.")
    expect(status).to_have_text("Again.")


def test_what_comes_back_is_an_event(page: Page) -> None:
    board = drawn(page, "inside", BOARDS["inside"])
    page.get_by_test_id("panel-parts").get_by_role("button", name="unit 0").click()
    page.get_by_test_id("panel-choices").get_by_role("button", name="film").click()
    page.get_by_test_id("panel-table").get_by_role("link").click()
    page.get_by_test_id("panel-sliders").get_by_role("slider").press("ArrowRight")
    page.get_by_test_id("panel-cloud").get_by_role("button", name="good").press("End")
    page.wait_for_function("() => window.asked.length === 5")
    unit, word, texts, moved, order = page.evaluate("window.asked")
    assert events.unit(unit, 2) == 0
    assert events.word(word, 3) == {"place": 3, "word": "film"}
    assert events.opened(texts) == {"a": "good <b> bad", "b": "bad <b> good"}
    assert events.sliders(moved) == {"place": 2}
    assert events.order(order) == ["<b>", "bad", "good"]
    expect(board.locator(".sliders-reading")).to_have_text("two")


def test_what_comes_back_from_the_other_boards_is_an_event(page: Page) -> None:
    drawn(page, "two_units", BOARDS["two_units"])
    page.get_by_role("button", name="Spreadsheet: download with working formulas").click()
    (request,) = page.evaluate("window.asked")
    assert events.spreadsheet(request) == request
    assert request["weights"] == BOARDS["two_units"]["weights"] | {"W": [[1.5, 2], [0, -1]]}  # one is moved
    assert request["phrases"] == [["good", "bad"]]


def test_labels_of_a_short_text_beside_a_long_one_do_not_overprint(page: Page) -> None:
    long = {"range": [0.5, 200.5], "tickvals": list(range(1, 201)), "ticktext": ["longer"] * 200}
    short = {"range": [0.5, 200.5], "tickvals": [1, 2, 3, 4], "ticktext": ["good", ",", "not", "bad"]}
    line = BOARDS["pair"]["panels"][0]["figure"]["data"][0]
    figure = {
        "data": [line, line | {"xaxis": "x2", "yaxis": "y2"}],
        "layout": {"height": 500, "xaxis": long, "yaxis": {"domain": [0.6, 1]},
                   "xaxis2": short | {"anchor": "y2", "matches": "x"}, "yaxis2": {"domain": [0, 0.4]}},
    }  # fmt: skip
    chart = BOARDS["pair"]["panels"][0] | {"figure": figure}
    drawn(page, "pair", BOARDS["pair"] | {"panels": [chart]})
    labels = page.locator(".xaxislayer-above .x2tick text")
    assert labels.count() == 1
