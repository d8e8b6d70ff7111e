"""Compare and the cards in a real browser: typing, time cursor, links, keyboard, phone, dark, axe, no other host."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlparse

import pytest
from browsing import EVERYWHERE, IN_BROWSER, ROOT, passes, served_from
from playwright.sync_api import Page, expect

from explorer.views.shared.examples import REVIEW_A, REVIEW_B

pytestmark = IN_BROWSER


def stage(page: Page):
    return page.get_by_test_id("stage")


def box_of(page: Page, phrase: str):
    return page.get_by_role("textbox", name=f"Phrase {phrase}")


def opened(page: Page, address: str, query: str = "") -> Page:
    page.goto(address + query)
    expect(stage(page)).not_to_have_attribute("data-drawn", "0", timeout=60_000)
    return page


def reads(page: Page, phrase: str, text: str) -> None:
    """Wait until the stage shows this text."""
    expect(stage(page)).to_have_attribute(f"data-text-{phrase}", text, timeout=30_000)


@EVERYWHERE
def test_page_fits_axe_finds_nothing_and_the_theme_is_the_systems(
    page: Page, address: str, request: pytest.FixtureRequest
) -> None:
    opened(page, address)
    assert stage(page).get_attribute("data-theme") == request.node.callspec.params["page"][1]
    passes(page)


def test_charts_follow_as_one_types(page: Page, address: str) -> None:
    opened(page, address)
    box = box_of(page, "A")
    box.fill("")
    box.press_sequentially("a moving film", delay=15)  # no Enter, no blur
    reads(page, "a", "a moving film")
    expect(page.locator(".stage-reading").first).to_contain_text("a moving film")
    expect(page.get_by_test_id("chart-belief").locator(".xtick text").first).to_contain_text("a")
    assert box.input_value() == "a moving film"


def test_no_two_buttons_share_a_name(page: Page, address: str) -> None:
    opened(page, address)
    names = page.locator(".stage button").evaluate_all("nodes => nodes.map(node => node.ariaLabel ?? node.textContent)")
    assert len(names) >= 8
    assert len(set(names)) == len(names)
    assert "Zoom: The belief, word by word" in names


def test_charts_keep_their_nodes_and_their_zoom(page: Page, address: str) -> None:
    opened(page, address)
    chart = page.get_by_test_id("chart-belief")
    plot = chart.locator(".js-plotly-plot")
    plot.evaluate("node => { node.dataset.mark = 'kept' }")
    chart.get_by_role("button", name="Zoom").click()
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
    chart.get_by_role("button", name="Whole").click()
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


def test_cursor_moves_by_keyboard_without_asking_the_server(page: Page, address: str) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    opened(page, address)
    slider = page.get_by_role("slider", name="Timestep")
    slider.focus()
    before, asked = len(sent), []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("blob:") else None)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".stage-now-read")).to_have_text(re.compile(r"Step 2 of 4: A “,” \d\.\d\d; B “,” \d\.\d\d"))
    assert slider.get_attribute("aria-valuetext").startswith("Step 2 of 4")
    expect(page.locator(".stage-now")).to_have_text([",", ","])
    page.keyboard.press("Home")
    expect(page.locator(".stage-now")).to_have_text(["good", "bad"])
    places = {cursor.bounding_box()["x"] for cursor in page.locator(".stage-cursor").all()}
    assert len(places) >= 1
    assert max(places) - min(places) < 60
    assert len(sent) == before
    assert asked == []


def test_play_runs_to_the_end_and_can_be_paused(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".stage-now-read")).to_contain_text("Step 1 of 4")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".stage-now-read")).to_contain_text("Step 3 of 4")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".stage-now-read")).to_contain_text("Step 4 of 4", timeout=10_000)
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_cursor_can_be_dragged_and_set_by_a_word(page: Page, address: str) -> None:
    opened(page, address)
    page.locator(".stage-token", has_text="not").first.click()
    expect(page.locator(".stage-now-read")).to_contain_text("Step 3 of 4")
    cursor = page.get_by_test_id("chart-belief").locator(".stage-cursor")
    cursor.scroll_into_view_if_needed()
    box = cursor.bounding_box()
    page.mouse.move(box["x"] + 7, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] - 600, box["y"] + 50, steps=5)
    page.mouse.up()
    expect(page.locator(".stage-now-read")).to_contain_text("Step 1 of 4")


def test_a_click_on_a_heatmap_sets_the_cursor(page: Page, address: str) -> None:
    opened(page, address)
    area = page.get_by_test_id("chart-activations").locator(".nsewdrag").first
    area.scroll_into_view_if_needed()
    size = area.bounding_box()
    page.mouse.click(size["x"] + size["width"] * 0.4, size["y"] + size["height"] / 2)
    expect(page.locator(".stage-now-read")).to_contain_text("Step 2 of 4")


def test_link_brings_this_comparison_back(page: Page, address: str) -> None:
    opened(page, address)
    box_of(page, "A").fill("süß & <i>fein</i> #1 +")
    reads(page, "a", "süß & <i>fein</i> #1 +")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".stage-share")).to_contain_text("Copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(link)
    reads(page, "a", "süß & <i>fein</i> #1 +")
    expect(box_of(page, "A")).to_have_value("süß & <i>fein</i> #1 +")


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
    assert page.locator("img[src=x], .stage b, .stage i, .stage a:not(.stage-link), .stage strong").count() == 0
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
    chart.get_by_text("The numbers as a table").click()
    expect(chart.locator("tbody tr")).to_have_count(4)
    with page.expect_download() as download:
        chart.get_by_role("button", name="Download as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("step,word of A,word of B,")
    assert lines[1].startswith("1,good,bad,")


def test_empty_and_back_again(page: Page, address: str) -> None:
    opened(page, address)
    box_of(page, "A").fill("")
    expect(page.locator(".stage-summary")).to_contain_text("Phrase A is empty")
    expect(page.locator(".stage-chart")).to_have_count(0)
    box_of(page, "A").fill("fine")
    expect(page.locator(".stage-chart")).to_have_count(3)
    reads(page, "a", "fine")


def test_settings_of_the_stage_reach_it(page: Page, address: str) -> None:
    opened(page, address, "?model=rnn&sort=likeness&show=preactivation")
    expect(page.get_by_test_id("chart-activations").locator("h2")).to_have_text(
        re.compile("sum before tanh of the RNN")
    )
    expect(page.locator(".stage-chosen")).to_have_text(re.compile("."))


def test_static_files_come_compressed_and_once(page: Page, address: str) -> None:
    kinds: dict[str, str | None] = {}
    page.on("response", lambda answer: kinds.update({answer.url: answer.headers.get("content-encoding")}))
    opened(page, address)
    scripts = {url: kind for url, kind in kinds.items() if url.split("?")[0].endswith(".js")}
    assert scripts
    assert set(scripts.values()) == {"gzip"}
    assert sum("plotly" in url.lower() for url in scripts) == 1


def report(page: Page, lane: str):
    """The card of a lane, once it is drawn."""
    expect(page.get_by_test_id(f"section-{lane}-facts")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("report")).not_to_have_attribute("data-drawn", "0", timeout=60_000)
    return page.get_by_test_id("report")


@EVERYWHERE
def test_card_fits_and_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/cards?model=gru")
    expect(report(page, "gru")).to_be_visible()
    passes(page)


def test_card_is_reached_by_keyboard_and_back_keeps_the_phrases(page: Page, address: str) -> None:
    long = "a film that never ends " * 300  # too long for a link
    opened(page, address)
    box_of(page, "A").fill(long)
    box_of(page, "B").fill("a long way home")
    reads(page, "a", long)
    reads(page, "b", "a long way home")
    page.get_by_role("link", name="model card: LSTM").press("Enter")
    report(page, "lstm")
    expect(page).to_have_url(re.compile(r"/cards\?model=lstm$"))
    page.go_back()
    reads(page, "b", "a long way home")
    expect(box_of(page, "A")).to_have_value(long)


def test_back_from_a_reloaded_card_brings_the_link_of_the_comparison(page: Page, address: str) -> None:
    opened(page, address, "?a=a+long+way+home&sort=number")
    page.get_by_role("link", name="model card: GRU").click()
    report(page, "gru")
    expect(page).to_have_url(re.compile(r"/cards$"))
    page.reload()
    report(page, "gru")
    page.go_back()
    reads(page, "a", "a long way home")
    expect(page).to_have_url(re.compile(r"/\?a=a\+long\+way\+home&sort=number$"))


def test_card_asks_no_other_host_and_its_tables_can_be_downloaded(page: Page, address: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlparse(request.url).netloc))
    page.goto(f"{address}/cards?model=concat")
    card = report(page, "concat")
    with page.expect_download() as download:
        card.get_by_role("button", name="Download as CSV: Scores").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"Measure,Shipped,")
    assert b"\nSST-2 sentences right," in content
    assert asked - {""} == {urlparse(address).netloc}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on weights with two more seeds and a card that has an example, as training writes them."""
    folder = tmp_path_factory.mktemp("pretrained")
    for path in (ROOT / "pretrained").iterdir():
        (folder / path.name).symlink_to(path)
    card = json.loads((folder / "gru.json").read_text(encoding="utf-8"))
    card["seeds"] = [{"seed": seed, "scores": card["scores"]} for seed in (0, 901, 902)]
    card["wrong"] = [
        {"set": "order pairs", "kind": "k", "text": "<b>far</b> from dull", "label": "positive", "probability": 0.2,
         "other": "far from bright", "other_probability": 0.3},
    ]  # fmt: skip
    (folder / "gru.json").unlink()
    (folder / "gru.json").write_text(json.dumps(card), encoding="utf-8")
    if (folder / "seeds").is_symlink():
        (folder / "seeds").unlink()
    (folder / "seeds").mkdir()
    for seed in (901, 902):
        (folder / "seeds" / f"gru-{seed}.safetensors").symlink_to(ROOT / "pretrained" / "gru.safetensors")
    with served_from("explorer.core.checkpoints", folder) as found:
        yield found


@pytest.mark.xdist_group("seeds in a browser")
def test_an_example_opens_in_compare(page: Page, measured: str) -> None:
    page.goto(f"{measured}/cards?model=gru")
    report(page, "gru").get_by_role("link", name="from dull").click()
    reads(page, "a", "<b>far</b> from dull")
    reads(page, "b", "far from bright")
    expect(box_of(page, "A")).to_have_value("<b>far</b> from dull")


@pytest.mark.xdist_group("seeds in a browser")
def test_seeds_are_in_the_legend_and_in_the_table(page: Page, measured: str) -> None:
    opened(page, measured)
    chart = page.get_by_test_id("chart-belief")
    expect(chart.locator(".legendtext", has_text="3 seeds")).to_have_text(["A, 3 seeds", "B, 3 seeds"])
    chart.get_by_text("The numbers as a table").click()
    expect(chart.locator("thead")).to_contain_text("A, 3 seeds: lowest")
    expect(chart.locator("thead")).to_contain_text("B, 3 seeds: highest")


def test_words_read_as_others_are_marked(page: Page, address: str) -> None:
    opened(page, address, "?a=a+mvoie")
    reads(page, "a", "a mvoie")
    expect(page.locator(".stage-corrected")).to_have_text(re.compile(r"mvoie → \w+"))
    expect(page.locator(".stage-now-read")).to_have_text(re.compile(r"A “mvoie” \(read as “\w+”\)|A has ended"))
