"""Links, codes, files, presenter view, frames and worksheets, in a browser, on a page with pictures of three kinds."""

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
import uvicorn
from browsing import IN_BROWSER, ROOT, accessible, settled
from playwright.sync_api import Page, Route, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.routing import Route as Path_
from starlette.staticfiles import StaticFiles

from explorer.board import assets
from explorer.server import qr, share

pytestmark = IN_BROWSER
FOLDER = ROOT / "explorer" / "board" / "js"
SHEETS = ["tokens.css", "board.css", *(f"shell/{path.name}" for path in sorted((FOLDER / "shell").glob("*.css")))]
SVG = "{http://www.w3.org/2000/svg}"
SHARED = "http://192.168.1.7:8501"
PHRASE = "good & <b>not</b> bad"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<link rel="icon" href="data:,"><title>Order</title>LINKS
<style>body { margin: 0; background: var(--paper); color: var(--ink); font-family: var(--font) }
.curve { fill: none; stroke: var(--accent); stroke-width: 4 } .words { fill: var(--ink); font-size: 1rem }</style>
<script type="application/json" id="explorer-start">START</script></head><body>
<header id="bar" class="bar"><button id="present">Present</button><button id="link">Link</button>
<button id="qr">QR</button>
<button id="picture">Picture</button><label>Phrase <input id="phrase" value="good"></label></header>
<div id="root"><main><h1>Does order matter?</h1>
<section class="stage-chart" id="first"><h2>First</h2><div data-picture="main"><svg width="100%" height="12rem"
 viewBox="0 0 800 200" role="img" aria-label="A curve">
<path class="curve" d="M10 150 C 200 20 400 190 790 30"/><text class="words" x="20" y="40">Belief</text></svg></div>
</section>
<p>Words between the pictures.</p>
<section class="stage-chart" id="second"><h2>Second</h2><div><canvas width="300" height="60"></canvas>
<label>A <input type="text" value="typed words"></label></div>
<details><summary>Numbers</summary>Many.</details></section>
<section class="stage-chart" id="third"><h2>Third</h2><div id="plot" style="height: 300px"></div></section>
</main></div>
<script src="plotly.min.js"></script><script type="module">
import { speak } from "./js/messages.js"
import { player } from "./js/player.js"
import * as registry from "./js/shell/pictures.js"
import { openPictures } from "./js/shell/picture_files.js"
import { present, setReveal } from "./js/shell/presenter.js"
import { openQr } from "./js/shell/qr.js"
import { openShare } from "./js/shell/share.js"
import { startTakeAway } from "./js/shell/take_away.js"
const get = id => document.getElementById(id)
Object.assign(window, { player, registry, setReveal, speak })
get("present").onclick = () => present()
get("link").onclick = event => openShare(event.currentTarget)
get("qr").onclick = () => openQr()
get("picture").onclick = event => openPictures(event.currentTarget)
document.querySelector("canvas").getContext("2d").fillRect(20, 10, 200, 30)
startTakeAway()
const trace = { x: [1, 2, 3], y: [0.2, 0.8, 0.5], type: "scatter" }
await Plotly.newPlot("plot", [trace], { paper_bgcolor: "rgba(0,0,0,0)", title: { text: "a &lt;b&gt;" } })
for (const [id, title] of [["third", "Plot of beliefs"], ["first", "Belief: “good”/<i>bad</i>"], ["second", "Boxes"]]) {
  registry.offerPicture({ id, title, node: get(id) })
}
document.body.dataset.ready = "1"
</script></body></html>"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The page by its address; `/shared` is as served with `--share`, `/frame` another page with `src` in a frame."""

    def page(request: Request) -> HTMLResponse:
        start = {"share": SHARED} if request.url.path == "/shared" else {}
        links = "".join(f'<link rel="stylesheet" href="js/{name}">' for name in SHEETS)
        return HTMLResponse(PAGE.replace("LINKS", links).replace("START", json.dumps(start)))

    def frame(request: Request) -> HTMLResponse:
        return HTMLResponse(
            f'<!doctype html><link rel="icon" href="data:,"><title>Another page</title>{request.query_params["html"]}'
        )

    plotly = StaticFiles(directory=assets.FILES[assets.PLOTLY].parent)
    routes = [Path_("/", page), Path_("/shared", page), Path_("/frame", frame), qr.ROUTE]
    app = Starlette(routes=[*routes, Mount("/js", StaticFiles(directory=FOLDER)), Mount("/", plotly)])
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://localhost:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def opened(page: Page, site: str, path: str = "/") -> Page:
    page.goto(site + path)
    expect(page.locator("body")).to_have_attribute("data-ready", "1")
    return page


def sheet(page: Page, button: str) -> Page:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


# -- links


def test_on_this_machine_the_link_says_that_others_need_share(page: Page, site: str) -> None:
    sheet(opened(page, site, "/?a=x%26"), "Link")
    expect(page.get_by_label("Link", exact=True)).to_have_value(f"{site}/?a=x%26")
    expect(page.get_by_role("dialog")).to_contain_text("this computer only")
    expect(page.get_by_role("dialog").get_by_text("python -m explorer --share")).to_be_visible()
    accessible(page)


def test_with_share_the_link_has_the_address_for_others(page: Page, site: str) -> None:
    sheet(opened(page, site, "/shared?a=x"), "Link")
    expect(page.get_by_label("Link", exact=True)).to_have_value(f"{SHARED}/shared?a=x")
    expect(page.get_by_role("dialog")).not_to_contain_text("--share")


def test_copying_over_https_or_localhost(page: Page, site: str) -> None:
    sheet(opened(page, site, "/?a=x"), "Link")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/?a=x"


def test_copying_over_plain_http_where_browsers_withhold_the_clipboard(page: Page, site: str) -> None:
    """The page by a name of the network, whose origin the browser does not trust."""
    host = "http://lecture.example"

    def forwarded(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(host, site)))

    page.route(f"{host}/**", forwarded)
    sheet(opened(page, host, "/?a=x"), "Link")
    assert page.evaluate("navigator.clipboard === undefined")
    expect(page.get_by_label("Link", exact=True)).to_have_value(f"{host}/?a=x")
    expect(page.get_by_role("dialog")).to_contain_text("lecture.example")
    page.get_by_role("button", name="Copy HTML").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#phrase").fill("")
    page.keyboard.press("Control+V")
    expect(page.locator("#phrase")).to_have_value(
        snippet("Belief: “good”/<i>bad</i>", f"{host}/?a=x&only=first&controls=none")
    )


def snippet(title: str, link: str) -> str:
    source, name = link.replace("&", "&amp;"), title.replace("<", "&lt;")
    return f'<iframe src="{source}" title="{name}" width="100%" height="600" style="border:0"></iframe>'


def test_where_no_copying_works_the_link_is_selected(page: Page, site: str) -> None:
    page.add_init_script("""Object.defineProperty(navigator, "clipboard", { value: undefined })
      document.execCommand = () => false""")
    sheet(opened(page, site, "/?a=x"), "Link")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Press Ctrl+C")).to_be_visible()
    assert page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart)") == f"{site}/?a=x"


def test_texts_that_are_too_long_have_no_link(page: Page, site: str) -> None:
    sheet(opened(page, site, "/?kept=a"), "Link")
    expect(page.get_by_role("dialog")).to_contain_text("too long for a link")
    expect(page.get_by_label("Link", exact=True)).to_have_count(0)


def test_a_sheet_gives_the_focus_back(page: Page, site: str) -> None:
    opened(page, site)
    for name in ("Link", "Picture", "QR"):
        opener = page.get_by_role("button", name=name, exact=True)
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(opener).to_be_focused()


def test_a_press_beside_a_sheet_closes_it(page: Page, site: str) -> None:
    sheet(opened(page, site), "Link")
    page.mouse.click(5, 890)
    expect(page.get_by_role("dialog")).to_have_count(0)


# -- codes


def test_a_code_fills_half_the_screen(page: Page, site: str) -> None:
    opened(page, site, "/shared?a=x")
    with page.expect_request("**/qr") as asked:
        sheet(page, "QR")
    assert asked.value.post_data_json == {"text": f"{SHARED}/shared?a=x"}
    code = page.get_by_role("img", name="QR code of the address below")
    expect(code).to_be_visible()
    assert code.bounding_box()["height"] >= page.viewport_size["height"] / 2
    expect(page.get_by_role("dialog").get_by_text(f"{SHARED}/shared?a=x")).to_be_visible()
    accessible(page)


def test_a_code_says_that_an_address_is_too_long(page: Page, site: str) -> None:
    sheet(opened(page, site, f"/?a={'x' * 2000}"), "QR")
    expect(page.get_by_role("dialog")).to_contain_text("too long for a code")
    expect(page.get_by_role("dialog")).to_contain_text("python -m explorer --share")


# -- presenter view


def in_view(page: Page) -> list[str]:
    """The titles of pictures and bars that can be seen."""
    return page.evaluate("""() => [...document.querySelectorAll("main h1, h2, #bar")]
      .filter(node => !node.closest("dialog") && node.checkVisibility({ visibilityProperty: true }))
      .map(node => node.id || node.textContent)""")


def test_one_picture_alone_with_large_type(page: Page, site: str) -> None:
    opened(page, site)
    page.locator("body").press("p")
    expect(page).to_have_url(f"{site}/?present=1")
    assert in_view(page) == ["First"]
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 30
    assert page.evaluate("document.documentElement.dataset.present") == "1"
    box = page.locator("#first").bounding_box()
    assert (box["x"], box["width"], box["height"] >= 899) == (0, 1280, True)
    page.keyboard.press("PageDown")
    assert in_view(page) == ["Second"]
    page.keyboard.press("ArrowLeft")  # without steps arrows turn as well
    page.keyboard.press("PageUp")
    assert in_view(page) == ["Third"]
    expect(page.get_by_role("status").filter(has_text="Picture 3 of 3: Plot of beliefs")).to_be_attached()
    accessible(page)
    page.keyboard.press("Escape")
    assert in_view(page) == ["bar", "Does order matter?", "First", "Second", "Third"]
    expect(page).to_have_url(f"{site}/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_the_link_of_a_presentation_presents_and_back_leaves(page: Page, site: str) -> None:
    opened(page, site, "/?present=1&a=x")
    assert in_view(page) == ["First"]
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{site}/?a=x")
    page.get_by_role("button", name="Present").click()
    expect(page).to_have_url(f"{site}/?a=x&present=1")
    page.go_back()
    expect(page.locator("#bar")).to_be_visible()
    page.go_forward()
    expect(page.locator("#bar")).to_be_hidden()


def test_arrows_move_the_player_where_there_are_steps(page: Page, site: str) -> None:
    opened(page, site, "/?present=1")
    page.evaluate("player.reach(4)")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("player.step") == 3
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("player.step") == 4
    assert in_view(page) == ["First"]


def test_letters_in_a_text_field_are_text(page: Page, site: str) -> None:
    opened(page, site)
    page.locator("#phrase").press_sequentially("p")
    expect(page.locator("#phrase")).to_have_value("pgood")
    page.locator("body").press("Control+b")
    expect(page.locator("#bar")).to_be_visible()
    page.evaluate("setReveal(() => (document.title = 'revealed'))")
    page.locator("h1").click()
    page.keyboard.press("p")
    page.keyboard.press("PageDown")
    field = page.locator("#second input")
    field.press_sequentially("bgqf")
    expect(field).to_have_value("bgqftyped words")
    expect(page).to_have_title("Order")
    expect(page.locator(".curtain")).to_be_hidden()


def test_keys_reveal_blank_and_tell(page: Page, site: str) -> None:
    opened(page, site, "/?present=1")
    expect(page.locator(".podium-keys")).not_to_contain_text("reveal")
    page.evaluate("setReveal(() => (document.title = 'revealed'))")
    expect(page.locator(".podium-keys")).to_contain_text("reveal")
    page.keyboard.press("g")
    expect(page).to_have_title("revealed")
    page.keyboard.press("b")
    expect(page.locator(".curtain")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".curtain")).to_be_hidden()
    expect(page.locator("#bar")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the presenter view")).to_contain_text("Full screen")
    page.keyboard.press("b")  # a sheet is open: not for the picture
    expect(page.locator(".curtain")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert page.get_by_role("img", name="QR code").bounding_box()["height"] >= 450
    page.keyboard.press("q")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")
    assert in_view(page) == ["First"]


def test_a_picture_that_is_made_anew_stays_alone(page: Page, site: str) -> None:
    opened(page, site, "/?present=1")
    page.evaluate("""() => {
      const fresh = document.getElementById("root").cloneNode(true)
      const marks = ["data-alone", "data-around-alone"]
      fresh.querySelectorAll("*").forEach(node => marks.map(name => node.removeAttribute(name)))
      fresh.removeAttribute("data-around-alone")
      document.getElementById("root").replaceWith(fresh)
      registry.offerPicture({ id: "first", title: "First", node: fresh.querySelector("#first") })
    }""")
    assert in_view(page) == ["First"]


def test_a_page_without_pictures_says_so(page: Page, site: str) -> None:
    opened(page, site, "/?present=1")
    page.evaluate("['first', 'second', 'third'].forEach(registry.withdrawPicture)")
    expect(page.get_by_text("There is no picture on this page yet.")).to_be_visible()
    assert in_view(page) == []


# -- frames


@pytest.mark.parametrize("only", ["first", "third"])
def test_a_frame_of_another_page_shows_one_picture(page: Page, site: str, only: str) -> None:
    foreign = site.replace("localhost", "127.0.0.1")  # another site to a browser
    link = f"{site}/?a=x&only={only}&controls=none"
    page.goto(f"{foreign}/frame?html=" + snippet("A", link).replace("&", "%26"))
    inside = page.frame_locator("iframe")
    expect(inside.locator("body")).to_have_attribute("data-ready", "1")
    expect(inside.locator(f"#{only}")).to_be_visible()
    expect(inside.locator("#bar")).to_be_hidden()
    expect(inside.locator("main h1")).to_be_hidden()
    expect(inside.get_by_text("Words between")).to_be_hidden()
    assert inside.locator(f"#{only}").bounding_box()["width"] >= 1200


def test_the_snippet_has_the_chosen_picture(page: Page, site: str) -> None:
    sheet(opened(page, site, "/?a=%22%3E"), "Link")
    page.get_by_label("Picture to embed").select_option("Plot of beliefs")
    code = page.get_by_label("HTML that shows").input_value()
    assert ElementTree.fromstring(code).get("src") == f"{site}/?a=%22%3E&only=third&controls=none"
    assert unescape(code).count('title="Plot of beliefs"') == 1


def test_a_picture_that_is_not_there(timed_page: Page, site: str) -> None:
    timed_page.clock.install()
    opened(timed_page, site, "/?only=%3Cb%3Enone")
    assert timed_page.locator("h1").evaluate("node => getComputedStyle(node).visibility") == "hidden"
    timed_page.clock.run_for(31_000)
    expect(timed_page.get_by_text("There is no picture named “<b>none” on this page.")).to_be_visible()


# -- files


def saved(page: Page, picture: str, format_: str, paper: str = "White paper") -> tuple[str, bytes]:
    """The name and content of a file of a picture."""
    sheet(page, "Picture")
    page.get_by_label("Picture", exact=True).select_option(picture)
    page.get_by_label(paper).check()
    with page.expect_download() as download:
        page.get_by_role("button", name=format_, exact=True).click()
    page.keyboard.press("Escape")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


TITLES = {"first": "Belief: “good”/<i>bad</i>", "second": "Boxes", "third": "Plot of beliefs"}
NAMES = {"first": "belief-good-i-bad-i", "second": "boxes", "third": "plot-of-beliefs"}


@pytest.mark.parametrize("picture", TITLES)
def test_a_picture_as_svg_with_its_title_and_address(page: Page, site: str, picture: str) -> None:
    name, content = saved(opened(page, site, "/?a=x%26"), TITLES[picture], "SVG")
    root = ElementTree.fromstring(content)
    assert name == f"{NAMES[picture]}.svg"
    words = [node.text for node in root.findall(f"{SVG}text")]
    assert words == [TITLES[picture], f"{site}/?a=x%26"]
    assert root.find(f"{SVG}rect").get("fill") == "#ffffff"
    text = content.decode()
    assert "http" not in text.replace("http://www.w3.org", "").replace(site, "")  # nothing from another host
    assert {"first": "Belief", "second": "typed words", "third": "a &lt;b&gt;"}[picture] in text
    assert ("Many." in text, "class=" in text and picture != "third") == (False, False)


PIXELS = """async bytes => {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext("2d")
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
  const rows = new Set()
  const corner = [...data.slice(0, 3)]
  for (let i = 0; i < data.length; i += 4) {
    const change = Math.abs(data[i] - corner[0]) + Math.abs(data[i + 1] - corner[1])
    if (change > 60) rows.add(Math.floor(i / 4 / bitmap.width))
  }
  return { width: bitmap.width, height: bitmap.height, corner, rows: [...rows] }
}"""


@pytest.mark.parametrize("picture", TITLES)
@pytest.mark.parametrize(("paper", "corner"), [("White paper", [255, 255, 255]), ("Dark paper", [18, 22, 29])])
def test_a_picture_as_png_at_twice_its_size(page: Page, site: str, picture: str, paper: str, corner: list[int]) -> None:
    opened(page, site, "/?a=x")
    _, svg = saved(page, TITLES[picture], "SVG", paper)
    _, content = saved(page, TITLES[picture], "PNG", paper)
    root = ElementTree.fromstring(svg)
    pixels = page.evaluate(PIXELS, list(content))
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert (pixels["width"], pixels["height"]) == (2 * int(root.get("width")), 2 * int(root.get("height")))
    assert pixels["corner"] == corner
    top, bottom = 2 * (24 + 28), pixels["height"] - 2 * (18 + 24)  # below the title, above the address
    assert any(row < top for row in pixels["rows"])
    assert any(top + 20 < row < bottom for row in pixels["rows"])
    assert any(row > bottom for row in pixels["rows"])


def test_a_picture_draws_itself_if_it_can(page: Page, site: str) -> None:
    opened(page, site)
    page.evaluate("""() => registry.offerPicture({ id: "own", title: "Own", node: document.getElementById("second"),
      svg: async () => '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 100"><circle r="9"/></svg>' })""")
    root = ElementTree.fromstring(saved(page, "Own", "SVG")[1])
    inner = root.find(f"{SVG}g/{SVG}svg")
    assert inner.get("viewBox") == "0 0 600 100"
    assert root.get("width") == "648"


def test_sheets_in_forced_colours_and_on_a_phone(page: Page, site: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.set_viewport_size({"width": 375, "height": 667})
    opened(page, site)
    for name in ("Link", "Picture", "QR"):
        sheet(page, name)
        box = page.get_by_role("dialog").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 667
        accessible(page)
        page.keyboard.press("Escape")


# -- paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_page_is_a_worksheet(page: Page, site: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    opened(page, site, "/?a=" + "good+%26+%3Cb%3Enot%3C/b%3E+bad" + "&b=dull")
    for hidden in (page.get_by_text("My guess:"), page.locator(".worksheet-bottom")):
        expect(hidden).to_be_hidden()
    assert sheets_of_paper(page) == 1
    page.emulate_media(media="print", color_scheme=scheme)
    expect(page.locator(".worksheet-phrase")).to_have_text([PHRASE, "dull"])
    expect(page.get_by_text("My guess:")).to_be_visible()
    expect(page.locator("#first svg")).to_be_visible()
    expect(page.locator(".worksheet-address")).to_contain_text(f"{site}/?a=good")
    expect(page.locator(".worksheet-bottom")).to_contain_text(page.evaluate("String(new Date().getFullYear())"))
    expect(page.locator("#bar")).to_be_hidden()
    expect(page.locator("#second details")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#first text").evaluate("node => getComputedStyle(node).fill") == "rgb(27, 36, 48)"
    order = page.locator(".worksheet-question, .worksheet-phrase, .worksheet-guess, #first svg, .worksheet-address")
    tops = order.evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    expect(page.get_by_text("Words between")).to_be_hidden()
    expect(page.locator("#third")).to_be_hidden()


def sheets_of_paper(page: Page) -> int:
    """How many sheets the page is printed on, as the browser prints it."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("width", [375, 1280, 1920])
def test_the_duel_on_paper_is_as_wide_as_the_paper(page: Page, address: str, width: int) -> None:
    """Printing lays the page out on the paper; nothing is drawn anew for it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/?a=good+film&b=dull")
    expect(page.locator(".duel-value").last).not_to_be_empty()
    assert sheets_of_paper(page) == 1
    page.emulate_media(media="print")
    expect(page.locator(".worksheet-phrase")).to_have_text(["good film", "dull"])
    expect(page.locator(".worksheet-question")).to_have_text("Does word order matter?")
    expect(page.locator(".duel-stage")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    box = page.locator(".duel-stage").bounding_box()
    before, zoom = page.evaluate(
        "['--print-width', '--print-zoom'].map(name => parseFloat(document.body.style.getPropertyValue(name)))"
    )
    assert before <= width
    assert box["width"] == pytest.approx(before * zoom, abs=2)
    assert box["width"] <= 1001


# -- the app itself


def fitted(page: Page) -> Page:
    """The presented picture, in the size of type that it has room for."""
    expect(page.locator("html")).to_have_attribute("data-fitted", "1")
    return page


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_the_duel_on_a_projector_is_whole_and_large(page: Page, address: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/?present=1")
    expect(page.locator(".duel-value").last).not_to_be_empty()
    fitted(page)
    expect(page.locator(".bar")).to_be_hidden()
    small = page.locator("[data-alone]").evaluate("""node => [...node.querySelectorAll("*")].filter(each =>
      [...each.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()) && each.checkVisibility()
      && !each.closest(".unseen, .stage-unseen, .duel-behind") && parseFloat(getComputedStyle(each).fontSize) < 30)
      .map(each => each.outerHTML)""")
    assert small == []
    sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert sizes == [width, height]
    lowest = page.locator(".duel-line").last.bounding_box()
    keys = page.locator(".podium-keys").bounding_box()
    assert lowest["y"] + lowest["height"] <= keys["y"]


def test_a_board_is_drawn_in_large_type_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/memory")
    settled(page)
    tick = page.locator(".js-plotly-plot .xtick text").first
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    assert tick.evaluate(size) == 16
    page.keyboard.press("p")
    expect(page.locator("[data-alone] .js-plotly-plot")).to_be_visible()
    fitted(page)
    page.wait_for_function(f"""() => ({size})(document.querySelector("[data-alone] .xtick text")) >= 30""")
    page.keyboard.press("Escape")
    page.wait_for_function(f"""() => ({size})(document.querySelector(".js-plotly-plot .xtick text")) === 16""")


@pytest.mark.parametrize(
    ("path", "only"), [("", "duel"), ("order", "spread"), ("by-hand", "hand"), ("cards", "models")]
)
def test_the_app_in_a_foreign_frame(page: Page, address: str, site: str, path: str, only: str) -> None:
    """No header forbids it, and the socket of the page opens there; cookies are those of another site."""
    link = f"{address}/{path}?only={only}&controls=none"
    page.goto(f"{site.replace('localhost', '127.0.0.1')}/frame?html={snippet('A', link).replace('&', '%26')}")
    inside = page.frame_locator("iframe")
    expect(inside.locator("html")).to_have_attribute("data-only", "shown", timeout=60_000)
    expect(inside.locator("[data-alone]")).to_be_visible()
    expect(inside.locator(".bar")).to_be_hidden()
    free = inside.locator("button:not([inert] *, .ribbon-word)")  # what is inert only shows; a word shows its step
    expect(free.filter(visible=True)).to_have_count(0)


def test_shared_the_app_answers_at_the_address_that_it_prints(page: Page) -> None:
    """Through Streamlit's own checks of origins and cookies as well: the page is drawn over its socket."""
    if share.address() is None:
        pytest.skip("this machine is on no network")
    with socket.socket() as free:
        free.bind(("", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "explorer", "--no-browser", "--share", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        found = f"http://{share.address()}:{port}"
        assert any(found in line for line in server.stdout)  # it comes once the port is bound
        page.goto(f"{found}/cards")
        settled(page)
        page.goto(f"http://localhost:{port}/cards")
        settled(page)
        page.get_by_role("button", name="Link", exact=True).click()
        expect(page.get_by_label("Link", exact=True)).to_have_value(re.compile(re.escape(f"{found}/cards")))
        page.goto("about:blank")  # before the server ends, which a page would note as an error
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


def test_the_duel_as_files(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    expect(page.locator(".duel-value").last).not_to_be_empty()
    sheet(page, "Picture")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("Does word order matter?") == 2  # its title, drawn and named once
    assert "LSTM" in text
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
