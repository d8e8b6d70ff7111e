"""The duel in a real browser: typing, ribbons, lines, guesses, the address, what is read out."""

import re
from collections.abc import Iterator

import pytest
from browsing import IN_BROWSER, accessible, served
from playwright.sync_api import Page, expect

from explorer.views.shared.examples import REVIEW_A, REVIEW_B

pytestmark = IN_BROWSER
PROGRAM = "import duel_page, uvicorn; uvicorn.run(duel_page.app, port={}, log_level='error')"


@pytest.fixture(scope="module")
def duel() -> Iterator[str]:
    """The duel on a page of its own."""
    program = f"import sys; sys.path.insert(0, 'tests'); {PROGRAM}"
    with served(lambda port: ["-c", program.format(port)]) as found:
        yield found


@pytest.fixture
def drawn(page: Page, duel: str) -> Page:
    """A fresh visitor's duel, with the server's answers to the first pair."""
    return opened(page, duel)


def opened(page: Page, duel: str, query: str = "") -> Page:
    page.goto(f"{duel}/{query}")
    expect(page.locator("#duel")).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return page


def field(page: Page, letter: str = "A"):
    return page.get_by_label(f"Sentence {letter}")


def line(page: Page, name: str):
    return page.get_by_role("radio", name=name)


def sentence(page: Page):
    return page.locator(".duel-sentence")


def ribbon(page: Page, letter: str = "A"):
    return page.locator(f'[data-ribbon="{letter}"]')


def query(page: Page) -> dict[str, str]:
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def test_the_first_pair_makes_the_point(drawn: Page) -> None:
    expect(line(drawn, "Average of words")).to_contain_text("40%, the same")
    expect(line(drawn, "Average of words").locator(".duel-point")).to_have_text("AB")
    expect(line(drawn, "GRU")).to_contain_text("97% and 1%")
    expect(line(drawn, "GRU")).to_have_attribute("aria-checked", "true")
    expect(sentence(drawn)).to_have_text(
        "The average gives both orders the same number, to the last digit. The GRU reads in order and says 97% and 1%."
    )


def test_steps_stand_below_their_words(drawn: Page) -> None:
    """Each word's middle lies within its own step."""
    inside = drawn.evaluate(
        """() => duel.fields.map((field, k) => {
            const { spans } = duel.answers.read(k)
            const places = field.places(spans)
            return duel.ribbons[k].steps.every(({ left, right }, i) => {
                const middle = (places[i].left + places[i].right) / 2
                return left <= middle && middle <= right
            })
        })"""
    )
    assert inside == [True, True]
    edges = drawn.evaluate(
        "() => [duel.fields[0].box, duel.ribbons[0].svg].map(node => node.getBoundingClientRect().left)"
    )
    assert abs(edges[0] - edges[1]) < 1


def test_every_key_is_answered_and_the_text_stays_the_visitors(drawn: Page) -> None:
    field(drawn).fill("")
    typed = "a wonderful, wonderful film!"
    field(drawn).press_sequentially(typed, delay=5)
    expect(line(drawn, "GRU")).to_contain_text(re.compile(r">99%|9\d%"))
    expect(field(drawn)).to_have_value(typed)
    expect(sentence(drawn)).to_contain_text("These two use different words, so this does not test word order.")
    drawn.wait_for_function("text => new URLSearchParams(location.search).get('a') === text", arg=typed)
    field(drawn).press("Control+z")
    expect(field(drawn)).not_to_have_value(typed)


def test_typing_replaces_the_entry_and_buttons_add_one(drawn: Page) -> None:
    before = drawn.evaluate("history.length")
    field(drawn).press_sequentially(" at all")
    drawn.wait_for_function("() => new URLSearchParams(location.search).has('a')")
    assert drawn.evaluate("history.length") == before
    drawn.get_by_role("button", name="Another pair").click()
    expect(field(drawn)).to_have_value("good, not bad")  # the typed pair is none of the list
    drawn.get_by_role("button", name="Another pair").click()
    expect(field(drawn)).to_have_value("i expected rubbish and got a masterpiece")
    line(drawn, "LSTM").click()
    assert query(drawn)["model"] == "lstm"
    drawn.go_back()
    expect(line(drawn, "GRU")).to_have_attribute("aria-checked", "true")
    drawn.go_back()
    drawn.go_back()
    expect(field(drawn)).to_have_value("good, not bad at all")
    expect(sentence(drawn)).not_to_have_text("")


def test_pasted_line_breaks_and_markup_stay_text(drawn: Page) -> None:
    hostile = '<img src=x onerror="alert(1)">\n<b>good</b> ${1} {model}'
    field(drawn).fill(hostile)
    expect(drawn.locator("#duel")).not_to_have_attribute("data-late", "")
    drawn.wait_for_function("text => duel.answers.texts[0] === text", arg=hostile)
    assert drawn.locator("#duel img, #duel b").count() == 0
    expect(field(drawn)).to_have_value(hostile)
    picture = drawn.evaluate("duel.picture()")
    assert "<b>" not in picture
    errors = "text => new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('parsererror').length"
    assert drawn.evaluate(errors, picture) == 0


def test_empty_boxes_have_no_verdict(drawn: Page) -> None:
    field(drawn, "B").fill("")
    expect(line(drawn, "GRU")).to_contain_text(re.compile(r"97%$"))
    expect(drawn.locator(".duel-point-b")).to_have_count(0)
    expect(ribbon(drawn, "B")).not_to_have_attribute("role", "slider")
    expect(sentence(drawn)).to_contain_text("The GRU thinks this is positive: 97%.")
    field(drawn).fill("")
    expect(drawn.locator(".duel-point")).to_have_count(0)
    expect(sentence(drawn)).to_have_text("Type a sentence in each box, or press Another pair.")
    expect(drawn.get_by_role("button", name="Play")).to_be_disabled()


def test_words_that_are_read_otherwise_are_marked(page: Page, duel: str) -> None:
    opened(page, duel, "?a=a goood zzyzx film&b=fine")
    marks = ribbon(page).locator(".duel-mark")
    expect(marks).to_have_count(2)
    expect(marks.nth(0)).to_contain_text("→")
    expect(marks.nth(1)).to_have_text("?")
    expect(page.locator(".duel-notes")).to_contain_text("“zzyzx”")
    expect(page.locator(".duel-notes")).to_contain_text("“goood” → “good”")


def test_play_fills_the_ribbons_in(drawn: Page) -> None:
    drawn.evaluate("player.set(1)")
    expect(ribbon(drawn).locator(".duel-bar")).to_have_count(1)
    expect(ribbon(drawn).locator(".duel-here")).to_have_count(1)
    expect(line(drawn, "GRU")).to_contain_text("91% and 6%")
    drawn.get_by_role("button", name="Play").click()
    expect(drawn.get_by_role("button", name="Pause")).to_be_visible()
    expect(ribbon(drawn).locator(".duel-bar")).to_have_count(4)
    expect(drawn.get_by_role("button", name="Play")).to_be_visible()
    expect(line(drawn, "GRU")).to_contain_text("97% and 1%")


def test_steps_by_mouse_and_by_key(drawn: Page) -> None:
    box = ribbon(drawn).bounding_box()
    ribbon(drawn).click(position={"x": 20, "y": box["height"] / 2})
    assert drawn.evaluate("player.step") == 1
    expect(sentence(drawn)).to_have_text("So far: A 91% after “good”, B 6% after “bad”.")
    ribbon(drawn).press("ArrowRight")
    expect(ribbon(drawn)).to_have_attribute("aria-valuetext", "Step 2 of 4, “,”: 93% positive")
    ribbon(drawn).press("End")
    assert drawn.evaluate("player.step") == 4
    expect(sentence(drawn)).to_contain_text("The average gives both orders the same number")


def test_a_model_is_chosen_by_key(drawn: Page) -> None:
    line(drawn, "GRU").focus()
    drawn.keyboard.press("ArrowUp")
    expect(line(drawn, "RNN")).to_have_attribute("aria-checked", "true")
    expect(line(drawn, "RNN")).to_be_focused()
    expect(ribbon(drawn)).to_have_attribute("aria-label", "Words of A as the RNN reads them")
    expect(sentence(drawn)).to_contain_text("The RNN reads in order")


def test_a_guess_hides_every_answer_until_it_is_revealed(drawn: Page) -> None:
    drawn.get_by_role("button", name="Guess first").click()
    handle = drawn.get_by_role("slider", name="Your guess: where the GRU ends for A")
    expect(handle).to_be_focused()
    assert query(drawn)["guess"] == "1"
    stage = drawn.locator("#duel").aria_snapshot()
    assert not re.search(r"97%|\b91\b|40%|remembers", stage)
    assert drawn.locator(".duel-bar, .duel-point:not(.duel-handle)").count() == 0
    assert "97%" not in drawn.evaluate("duel.picture()")
    for _ in range(15):
        handle.press("ArrowLeft")
    expect(handle).to_have_attribute("aria-valuenow", "20")
    track = drawn.locator(".duel-handles").bounding_box()
    other = drawn.get_by_role("slider", name="Your guess: where the GRU ends for B").bounding_box()
    drawn.mouse.move(other["x"] + other["width"] / 2, other["y"] + other["height"] / 2)
    drawn.mouse.down()
    drawn.mouse.move(track["x"] + 0.9 * track["width"], other["y"], steps=4)
    drawn.mouse.up()
    drawn.get_by_role("button", name="Reveal").click()
    expect(sentence(drawn)).to_have_text("A: you said 20%, the GRU says 97%. B: you said 90%, the GRU says 1%.")
    expect(line(drawn, "GRU").locator(".duel-ghost")).to_have_count(2)
    expect(ribbon(drawn).locator(".duel-bar")).to_have_count(4)
    drawn.go_back()
    expect(drawn.get_by_role("button", name="Reveal")).to_be_visible()


def test_shuffle_keeps_the_average(drawn: Page) -> None:
    drawn.get_by_role("button", name="Shuffle B").click()
    expect(field(drawn, "B")).not_to_have_value("bad, not good")
    expect(field(drawn, "B")).to_have_value(re.compile(r"^\w+, \w+ \w+$"))
    expect(line(drawn, "Average of words")).to_contain_text("40%, the same")


def test_the_menu_has_all_pairs(drawn: Page) -> None:
    more = drawn.get_by_role("button", name="More", exact=True)
    more.click()
    expect(drawn.get_by_role("button", name="Swap A and B")).to_be_focused()
    drawn.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(drawn.get_by_role("button", name="Swap A and B")).to_be_hidden()
    more.click()
    drawn.get_by_role("button", name="Two long reviews").click()
    expect(field(drawn)).to_have_value(REVIEW_A)
    expect(field(drawn, "B")).to_have_value(REVIEW_B)
    expect(ribbon(drawn).locator(".duel-area")).to_have_count(2)


def test_a_long_text_survives_reload_and_back(drawn: Page) -> None:
    text = "It was good. " * 700
    field(drawn).fill(text)
    drawn.wait_for_function("() => new URLSearchParams(location.search).has('kept')")
    drawn.reload()
    expect(field(drawn)).to_have_value(text)
    drawn.get_by_role("button", name="Another pair").click()
    expect(field(drawn)).not_to_have_value(text)
    drawn.go_back()
    expect(field(drawn)).to_have_value(text)
    size = field(drawn).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size == 16
    assert field(drawn).evaluate("node => node.scrollHeight > node.clientHeight")


def test_an_explorer_that_does_not_answer_loses_nothing(drawn: Page) -> None:
    drawn.evaluate("() => { window.fetchReal = fetch; window.fetch = () => Promise.reject(new TypeError('down')) }")
    field(drawn).fill("good, not bad, wonderful")
    expect(sentence(drawn)).to_have_text("Waiting for the explorer… Your text is kept.")
    expect(field(drawn)).to_have_value("good, not bad, wonderful")
    assert ribbon(drawn).locator(".duel-bar").count() == 4  # what was not changed stays
    drawn.evaluate("() => { window.fetch = window.fetchReal }")
    expect(ribbon(drawn).locator(".duel-bar")).to_have_count(6)
    expect(drawn.locator("#duel")).not_to_have_attribute("data-late", "")


def test_the_first_picture_needs_no_answer(page: Page, duel: str) -> None:
    page.route("**/answers", lambda route: None)  # never answered
    page.goto(duel)
    expect(line(page, "GRU")).to_contain_text("97% and 1%")
    expect(ribbon(page).locator(".duel-bar")).to_have_count(4)
    page.unroute("**/answers")


def test_what_is_shown_is_told_to_the_rest_of_the_page_at_rest(drawn: Page) -> None:
    drawn.evaluate("told.length = 0")
    field(drawn).press_sequentially("!!", delay=20)
    drawn.wait_for_function("() => told.at(-1)?.a === 'good, not bad!!'")
    assert drawn.evaluate("told.at(-1)") == {"a": "good, not bad!!", "b": "bad, not good", "model": "gru"}


def test_what_is_read_out_while_one_types_and_while_it_plays(timed_page: Page, duel: str) -> None:
    """By a clock of the test's own: what is typed once at rest, Play now and then, the step where it stops."""
    page = timed_page
    page.clock.install(time="2030-01-01T08:00:00")
    opened(page, duel)
    page.clock.pause_at("2030-01-01T09:00:00")
    page.evaluate(
        """() => {
            window.heard = []
            const told = ({ target }) => target.textContent && heard.push(target.textContent)
            const said = changes => changes.forEach(told)
            for (const node of document.querySelectorAll("[role=status], [aria-live]"))
                new MutationObserver(said).observe(node, { childList: true })
        }"""
    )
    field(page).fill("")
    text = "it is so so so so so so so good"
    for letter in text:
        field(page).press(letter if letter != " " else "Space")
        page.clock.run_for(40)
    expect(page.locator("#duel")).to_have_attribute("data-text-a", text)
    page.clock.run_for(3000)
    assert page.evaluate("heard") == [sentence(page).text_content()]
    page.evaluate("() => { heard.length = 0; player.play() }")
    for _ in range(25):
        page.clock.run_for(500)
    heard = page.evaluate("heard")
    steps = [told for told in heard if re.match(r"Step \d+ of 10: A “", told)]
    assert 3 <= len(steps) <= 5, heard
    assert steps[-1].startswith("Step 10 of 10: A “good”")
    assert [told for told in heard if told not in steps] == [sentence(page).text_content()]  # and then what to notice


def test_forced_colours_leave_everything_to_be_told_apart(drawn: Page) -> None:
    drawn.emulate_media(forced_colors="active", color_scheme="dark")
    fault = """() => {
      const style = (name, property) => getComputedStyle(document.querySelector(name))[property]
      const paper = style("body", "backgroundColor")
      return [
        [".duel-bar", "stroke"], [".duel-letter", "color"], [".duel-number", "fill"],
        [".duel-button", "borderTopColor"],
        [".duel-middle", "stroke"], [".duel-point", "borderTopColor"], [".duel-text", "color"],
      ].filter(([name, property]) => [paper, "none", "rgba(0, 0, 0, 0)"].includes(style(name, property)))
    }"""
    assert drawn.evaluate(fault) == []
    bars = (
        ribbon(drawn)
        .locator(".duel-bar")
        .evaluate_all("nodes => nodes.map(node => node.y.baseVal.value + node.height.baseVal.value)")
    )
    below = ribbon(drawn, "B").locator(".duel-bar").evaluate_all("nodes => nodes.map(node => node.y.baseVal.value)")
    assert max(bars) <= min(below) + 1  # what is positive stands above the line, what is negative below it
    expect(line(drawn, "GRU")).to_have_attribute("aria-checked", "true")


def test_every_number_is_in_a_table(drawn: Page) -> None:
    drawn.get_by_text("Every number in this picture").click()
    tables = drawn.locator(".duel-tables table")
    expect(tables).to_have_count(2)
    expect(tables.nth(0).locator("tr")).to_have_count(6)
    expect(tables.nth(1).locator("tr")).to_have_count(5)
    expect(tables.nth(1)).to_contain_text("0.9659")


@pytest.mark.parametrize(
    "query", ["", "?guess=1", "?a=&b=", "?a=a goood zzyzx film and no more of it than one can say"]
)
@pytest.mark.parametrize("page", [("desktop", "light"), ("phone", "dark")], indirect=True, ids="-".join)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, duel: str, query: str) -> None:
    opened(page, duel, query)
    accessible(page)
    for width in (320, 375, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth", timeout=5_000)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (375, 812), (375, 667)])
def test_the_picture_is_whole_on_the_first_screen(page: Page, duel: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for query in ("", "?a=i expected rubbish and got a masterpiece&b=i expected a masterpiece and got rubbish"):
        opened(page, duel, query)
        box = page.locator("[data-picture]").bounding_box()
        tabs = 56 if width < 700 else 0
        assert box["y"] + box["height"] <= height - tabs


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (1280, 720)])
def test_the_buttons_are_whole_on_the_first_screen(page: Page, duel: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, duel)
    box = page.locator(".duel-controls").bounding_box()
    assert box["y"] + box["height"] <= height


def test_the_answer_has_its_number_below_a_narrow_sign_too(drawn: Page) -> None:
    field(drawn).fill("it is so good, not bad at all!")
    expect(ribbon(drawn).locator(".duel-bar")).to_have_count(10)
    expect(ribbon(drawn).locator(".duel-number.duel-strong")).to_have_text(re.compile(r"^(>99|<1|\d+)$"))


def test_all_lines_of_a_text_are_seen(drawn: Page) -> None:
    field(drawn).fill("first line\nsecond line here\nthird\nfourth one")
    drawn.wait_for_function("() => duel.fields[0].box.clientHeight >= duel.fields[0].box.scrollHeight - 2")
    assert field(drawn).evaluate("node => node.scrollTop") == 0
