"""The zoom in a real browser: levels, keyboard, history, motion, sums, long texts, pictures; alone on a page."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlparse

import numpy as np
import pytest
from browsing import EVERYWHERE, IN_BROWSER, ROOT, accessible, served
from playwright.sync_api import Browser, Locator, Page, expect

from explorer import load, trace
from explorer.views.shared.examples import REVIEW_A

pytestmark = [*IN_BROWSER, pytest.mark.xdist_group("zoom")]
FORTY = " ".join(["i expected rubbish and got a masterpiece ,"] * 5)
LEVELS = ("memory", "gates", "unit")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(lambda port: [str(ROOT / "tests" / "zoom_site.py"), str(port)]) as found:
        yield found


def opened(page: Page, site: str, query: str = "") -> Page:
    """The page with its levels drawn, as far as the address asks for them."""
    page.goto(f"{site}/{query}")
    page.wait_for_function("() => window.ready")
    if "zoom=" in query:
        expect(page.locator(".zoom-body")).to_have_attribute("aria-busy", "false", timeout=60_000)
    return page


def level(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"zoom-{name}")


def asked(page: Page) -> dict[str, str]:
    """What the address says of the zoom."""
    found = {name: value for name, (value,) in parse_qs(urlparse(page.url).query).items()}
    return {name: found[name] for name in ("zoom", "of", "step", "unit") if name in found}


def door(page: Page) -> Locator:
    return page.get_by_role("button", name="Look inside the GRU")


def shown(page: Page) -> list[str]:
    """The levels that are open."""
    return [name for name in LEVELS if level(page, name).is_visible()]


@EVERYWHERE
def test_axe_finds_nothing_at_any_level_and_all_fits(page: Page, site: str) -> None:
    for model in ("gru", "lstm", "rnn", "concat"):
        opened(page, site, f"?zoom=unit&step=3&unit=42&model={model}")
        for opener in page.locator(".zoom-sum, .zoom-memory summary, .zoom-gates summary").all():
            if model != "concat":
                opener.click()
        for width in (1280, 375, 640):
            page.set_viewport_size({"width": width, "height": 812})
            page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
        accessible(page)


def test_all_the_way_down_and_back_by_keyboard(page: Page, site: str) -> None:
    opened(page, site)
    door(page).focus()
    page.keyboard.press("Enter")
    expect(level(page, "memory").locator("h2")).to_be_focused()
    assert shown(page) == ["memory"]
    block = level(page, "memory").get_by_role("grid").nth(2)
    cell = block.get_by_role("gridcell")
    cell.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    unit = int(re.match(r"unit (\d+): [+−]?\d", block.get_by_role("gridcell").get_attribute("aria-label"))[1])
    expect(block.get_by_role("gridcell")).to_be_focused()
    page.keyboard.press("Enter")
    expect(level(page, "unit").locator("h2")).to_have_text(f"Unit {unit} at “not”")
    expect(level(page, "unit").locator("h2")).to_be_focused()
    assert asked(page) == {"zoom": "unit", "step": "3", "unit": str(unit)}
    page.keyboard.press("Escape")
    assert shown(page) == ["memory", "gates"]
    expect(block.get_by_role("gridcell")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert shown(page) == []
    expect(door(page)).to_be_focused()
    assert asked(page) == {}


def test_back_closes_what_was_opened_and_forward_opens_it(page: Page, site: str) -> None:
    opened(page, site)
    door(page).click()
    expect(level(page, "memory")).to_be_visible()
    page.get_by_role("button", name=re.compile("What did the gates do")).click()
    expect(level(page, "gates")).to_be_visible()
    page.go_back()
    expect(level(page, "gates")).to_be_hidden()
    assert shown(page) == ["memory"]
    page.go_back()
    expect(level(page, "memory")).to_be_hidden()
    page.go_forward()
    expect(level(page, "memory")).to_be_visible()


def test_a_link_opens_the_very_level_step_and_unit(page: Page, site: str) -> None:
    opened(page, site, "?zoom=unit&of=b&step=2&unit=7")
    assert shown(page) == list(LEVELS)
    expect(level(page, "unit").locator("h2")).to_have_text("Unit 7 at “,”")
    expect(page.locator(".zoom-letter[aria-pressed=true]")).to_contain_text("bad, not good")
    expect(page.locator(".zoom-now .zoom-word")).to_have_text(",")
    expect(page.locator(".zoom-here")).to_have_text("Unit 7")


def test_moving_replaces_the_address_and_adds_no_history(page: Page, site: str) -> None:
    opened(page, site, "?zoom=memory&step=2")
    before = page.evaluate("history.length")
    page.evaluate("player.set(3)")
    expect(page.locator(".zoom-now .zoom-word")).to_have_text("not")
    expect(page).to_have_url(re.compile("step=3"))
    assert page.evaluate("history.length") == before


def test_breadcrumb_closes_to_where_it_says(page: Page, site: str) -> None:
    opened(page, site, "?zoom=unit&step=3&unit=7")
    page.get_by_role("button", name="Memory", exact=True).click()
    assert shown(page) == ["memory"]
    page.get_by_role("button", name="Words").click()
    assert shown(page) == []


def test_the_percentages_are_the_beliefs(page: Page, site: str) -> None:
    opened(page, site, "?zoom=memory")
    belief = trace(load("gru"), "good, not bad").belief
    expect(page.locator(".zoom-belief")).to_have_text([f"{100 * p:.0f}%" for p in belief])


def test_the_squares_have_the_colours_of_their_pushes(page: Page, site: str) -> None:
    """Of the unit that pushes most either way after the last word: teal for positive, brown for negative."""
    opened(page, site, "?zoom=memory")
    model = load("gru")
    pushes = trace(model, "good, not bad").activations["hidden"][-1] * model.network.readout.weight[0].numpy()
    for unit, sign in ((int(pushes.argmax()), 1), (int(pushes.argmin()), -1)):
        red, green, blue, _ = page.evaluate(
            """unit => {
              const canvas = [...document.querySelectorAll(".zoom-memory canvas")].at(-1)
              const size = canvas.width / 8
              const at = [(unit % 8) * size + size * 0.15, Math.floor(unit / 8) * size + size * 0.15]
              return [...canvas.getContext("2d").getImageData(...at, 1, 1).data]
            }""",
            unit,
        )
        assert (green > red + 20) if sign > 0 else (red > blue + 20), (unit, red, green, blue)


def test_the_products_shown_sum_to_the_number_in_the_equation(page: Page, site: str) -> None:
    opened(page, site, "?zoom=unit&step=3&unit=42")
    numbers = page.locator(".zoom-sum")
    expect(numbers).to_have_count(6)
    for number in range(6):
        button = page.locator(f".zoom-sum[data-sum='{number}']")
        value = plain(button.text_content())
        button.click()
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "true")
        rows = page.locator(".zoom-products tbody tr")
        products = [plain(row.locator("td").nth(1).text_content()) for row in rows.all()]
        assert len(products) >= 5
        assert products[-1] == pytest.approx(value, abs=0.0011)
        assert sum(products[:-1]) == pytest.approx(value, abs=0.0006 * len(products))
        for row in rows.all()[:-3]:
            factor, weight = (plain(part) for part in row.locator("td").nth(0).text_content().split("×"))
            assert factor * weight == pytest.approx(plain(row.locator("td").nth(1).text_content()), abs=0.003)
        button.click()
        expect(rows).to_have_count(0)


def plain(text: str) -> float:
    """A number as the page writes it."""
    return float(re.search(r"[+−]?\d+\.\d+", text)[0].replace("−", "-"))


def test_one_unit_is_marked_in_all_blocks(page: Page, site: str) -> None:
    opened(page, site, "?zoom=gates&step=3")
    canvas = page.locator(".zoom-memory canvas").first
    box = canvas.bounding_box()
    square = {"x": box["width"] * 2.5 / 8, "y": box["height"] * 5.5 / 16}
    canvas.hover(position=square, force=True)
    expect(page.locator(".zoom-pointed")).to_have_count(9)
    labels = page.locator(".zoom [role=gridcell]").evaluate_all("cells => cells.map(cell => cell.ariaLabel)")
    assert {label.split(":")[0] for label in labels} == {"unit 42"}
    expect(page.locator(".zoom-readout")).to_contain_text("Unit 42 after “not”")
    canvas.click(position=square, force=True)
    expect(level(page, "unit").locator("h2")).to_have_text("Unit 42 at “good”")


def test_the_gates_convention_is_told_where_the_gate_is(page: Page, site: str) -> None:
    opened(page, site, "?zoom=gates&step=3")
    expect(level(page, "gates")).to_contain_text("z = 1 keeps the old memory")
    expect(level(page, "gates")).to_contain_text("Γᵤ = 1 − z")
    expect(level(page, "gates").locator(".zoom-lead")).to_have_text("After “not” the GRU is less sure: 93% → 88%.")
    expect(level(page, "gates").locator(".zoom-symbol")).to_have_text(["a⟨2⟩", "r⟨3⟩", "z⟨3⟩", "n⟨3⟩", "a⟨3⟩"])


def test_a_model_without_a_memory_says_so(page: Page, site: str) -> None:
    opened(page, site, "?zoom=memory&model=per-word")
    expect(page.locator(".zoom-trouble")).to_contain_text("has no memory")
    assert shown(page) == []


def test_another_model_and_other_words_are_shown_at_once(page: Page, site: str) -> None:
    opened(page, site, "?zoom=gates&step=2")
    page.evaluate("show('a <b>dull</b> film', '', 'lstm')")
    expect(level(page, "memory").locator("h2")).to_have_text("What does the LSTM remember after each word?")
    expect(level(page, "gates").locator(".zoom-symbol")).to_have_count(8)
    assert page.locator(".zoom b", has_text="dull").count() == 0
    page.evaluate("show('', '', 'lstm')")
    expect(page.locator(".zoom-trouble")).to_contain_text("nothing to read yet")


def test_a_long_review_is_gone_through_in_windows(page: Page, site: str) -> None:
    text = " ".join([REVIEW_A] * 5)
    opened(page, site, f"?zoom=memory&step=700&model=lstm&a={quote(text)}")
    expect(page.locator(".zoom-now .zoom-mark").nth(2)).to_have_text("x⟨700⟩")
    page.evaluate("player.set(2)")
    expect(page.locator(".zoom-now .zoom-mark").nth(2)).to_have_text("x⟨2⟩")
    page.get_by_role("button", name="One word on").click()
    expect(page.locator(".zoom-now .zoom-mark").nth(2)).to_have_text("x⟨3⟩")
    read = trace(load("lstm"), text)
    level(page, "memory").get_by_text("All numbers of the memory").click()
    row = level(page, "memory").locator("tbody tr").first.locator("td")
    expect(row.first).to_be_visible()
    values = [float(cell.replace("−", "-")) for cell in row.all_text_contents()]
    steps = page.locator(".zoom-memory thead th").all_text_contents()[1:]
    places = [int(step.split()[0]) - 1 for step in steps]
    weight = float(load("lstm").network.readout.weight[0, 0])
    assert values == pytest.approx(read.activations["hidden"][places, 0] * weight, abs=1e-4)


def test_colours_can_be_plain_activations(page: Page, site: str) -> None:
    opened(page, site, "?zoom=memory")
    page.get_by_role("button", name="Plain activation").click()
    block = level(page, "memory").get_by_role("grid").last
    label = block.get_by_role("gridcell").get_attribute("aria-label")
    unit, value = re.match(r"unit (\d+): (.+)", label).groups()
    found = trace(load("gru"), "good, not bad").activations["hidden"][-1, int(unit)]
    assert float(value.replace("−", "-")) == pytest.approx(found, abs=0.006)


def test_focus_goes_back_to_a_word_of_the_duel(page: Page, site: str) -> None:
    opened(page, site)
    page.get_by_role("button", name="after “not”").press("Enter")
    expect(page.locator(".zoom-now .zoom-word")).to_have_text("not")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="after “not”")).to_be_focused()


def test_a_level_is_offered_as_a_picture(page: Page, site: str) -> None:
    opened(page, site, f"?zoom=memory&a={quote('good <b>&amp; not bad')}")
    for name in LEVELS:
        page.evaluate(f"zoom.open({{ level: '{name}', step: 1, unit: 3 }})")
        expect(level(page, name)).to_be_visible()
        page.wait_for_function("() => offered.get('zoom')?.svg().includes('</text>')")
        svg = page.evaluate(
            """() => {
              const parsed = new DOMParser().parseFromString(offered.get("zoom").svg(), "image/svg+xml")
              const fault = parsed.querySelector("parsererror")?.textContent
              return { fault, squares: parsed.querySelectorAll("rect").length }
            }"""
        )
        assert svg["fault"] is None
        assert name == "unit" or svg["squares"] > 128
    page.evaluate("zoom.closeTo(null)")
    assert page.evaluate("offered.size") == 0


def test_a_server_that_fails_is_said(browser: Browser, site: str) -> None:
    page = opened(browser.new_page(), site)
    page.route("**/levels", lambda route: route.fulfill(status=500, body=""))
    door(page).click()
    expect(page.locator(".zoom-trouble")).to_contain_text("could not be loaded")
    page.close()


@pytest.mark.parametrize("reduced", ["reduce", "no-preference"])
def test_an_opened_level_comes_into_view(browser: Browser, site: str, reduced: str) -> None:
    context = browser.new_context(reduced_motion=reduced, viewport={"width": 1280, "height": 500})
    page = opened(context.new_page(), site, "?zoom=memory&step=3")
    expect(level(page, "memory").get_by_role("grid").first).to_be_visible()
    top = "name => document.querySelector(`.zoom-${name} h2`).getBoundingClientRect().top"
    page.locator(".zoom-open").first.click()
    page.wait_for_function(f"() => {{ const y = ({top})('gates'); return y > 50 && y < 160 }}")
    page.evaluate("scrollTo(0, 0)")
    level(page, "memory").get_by_role("grid").first.click(position={"x": 30, "y": 30})
    expect(level(page, "unit")).to_be_visible()
    page.wait_for_function(f"() => {{ const y = ({top})('unit'); return y > 50 && y < 500 }}")
    context.close()


@pytest.mark.parametrize("reduced", ["reduce", "no-preference"])
def test_levels_move_only_for_who_wants_it(browser: Browser, site: str, reduced: str) -> None:
    context = browser.new_context(reduced_motion=reduced, viewport={"width": 1280, "height": 800})
    page = opened(context.new_page(), site, "?zoom=memory&step=3")
    moving = page.evaluate(
        """() => {
          document.querySelector(".zoom-open").click()
          return document.querySelector(".zoom-gates").getAnimations().length
        }"""
    )
    assert (moving > 0) == (reduced == "no-preference")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_tell_positive_from_negative_by_shape(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page = opened(context.new_page(), site, "?zoom=memory")
    model = load("gru")
    pushes = trace(model, "good, not bad").activations["hidden"][-1] * model.network.readout.weight[0].numpy()
    centres = page.evaluate(
        """units => {
          const canvas = [...document.querySelectorAll(".zoom-memory canvas")].at(-1)
          const size = canvas.width / 8
          const alpha = unit => canvas.getContext("2d").getImageData(
            Math.floor((unit % 8 + 0.5) * size), Math.floor((Math.floor(unit / 8) + 0.5) * size), 1, 1).data[3]
          return units.map(alpha)
        }""",
        [int(pushes.argmax()), int(pushes.argmin())],
    )
    assert centres == [255, 0]  # full, hollow
    context.close()


def test_text_is_never_smaller_than_sixteen_pixels(page: Page, site: str) -> None:
    opened(page, site, "?zoom=unit&step=3&unit=42")
    page.locator(".zoom-sum").first.click()
    for width, least in ((1280, 16), (1920, 22)):
        page.set_viewport_size({"width": width, "height": 1080})
        sizes = page.evaluate(
            """() => [...document.querySelectorAll(".zoom *")].filter(node => node.checkVisibility()
              && [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()))
              .map(node => parseFloat(getComputedStyle(node).fontSize))"""
        )
        assert np.min(sizes) >= least


def test_forty_words_play_through(page: Page, site: str) -> None:
    opened(page, site, f"?zoom=gates&step=1&a={quote(FORTY)}")
    page.evaluate("player.play()")
    expect(page.locator(".zoom-now .zoom-mark").nth(2)).to_have_text("x⟨40⟩", timeout=30_000)
    expect(level(page, "gates").locator(".zoom-symbol").last).to_have_text("a⟨40⟩")
