"""From page to page in a real browser: what a visit keeps, what Back undoes, the bar that stays, titles and focus."""

import re

import pytest
from browsing import IN_BROWSER, settled
from playwright.sync_api import Browser, Locator, Page, Route, expect

from explorer.views.shared.pages import PAGES

pytestmark = IN_BROWSER
LONG = "this film is not bad at all and i would watch it again " * 130  # over 6,000 characters
FOLLOW = "name => document.querySelector(`.bar-pages a[href*='${name}']`).click()"  # without waiting for the pointer
READING = {name: page for name, page in PAGES.items() if page.phrase == "phrase"}


def field(page: Page) -> Locator:
    """The phrase in the bar."""
    return page.get_by_role("textbox", name="Phrase", exact=True)


def sentence(page: Page, letter: str) -> Locator:
    """A sentence of the duel."""
    return page.get_by_role("textbox", name=f"Sentence {letter}")


def opened(page: Page, address: str, path: str) -> Page:
    page.goto(f"{address}/{path}")
    return settled(page)


def go(page: Page, name: str, wait: bool = True) -> None:
    """Choose a page in the navigation, and wait until it is there, with its boards unless told otherwise."""
    page.get_by_role("navigation", name="Pages").get_by_role("button", name=PAGES[name].group).click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=PAGES[name].title).click()
    expect(page.locator("html")).to_have_attribute("data-page", name)
    if wait:
        settled(page)


@pytest.mark.parametrize(
    ("start", "to", "phrase", "model"),
    [
        ("approaches", "memory", "good, not bad", "gru"),
        ("memory?phrase=dull&model=lstm", "space", "dull", "lstm"),
        ("?a=dull&model=lstm", "memory", "dull", "lstm"),
        ("cards?model=concat", "order", "good, not bad", "gru"),
        ("by-hand", "tasks", "good, not bad", "gru"),
    ],
)
def test_the_first_click_keeps_phrase_and_model(
    page: Page, address: str, start: str, to: str, phrase: str, model: str
) -> None:
    opened(page, address, start)
    go(page, to)
    expect(field(page)).to_have_value(phrase)
    expect(page.get_by_role("combobox", name="Model", exact=True)).to_have_value(model)
    expect(page).to_have_title(f"{PAGES[to].title} · Recurrent network explorer")


def test_an_old_link_with_another_name_for_the_model_comes_to_the_duel(page: Page, address: str) -> None:
    opened(page, address, "tasks?phrase=dull&lane=rnn")
    go(page, "compare")
    expect(sentence(page, "A")).to_have_value("dull")
    expect(page.get_by_role("radio", name="RNN")).to_be_checked()


def test_what_is_typed_goes_along_and_comes_back(page: Page, address: str) -> None:
    opened(page, address, "")
    sentence(page, "A").fill("a fine film")
    expect(page).to_have_url(re.compile(r"\?a=a\+fine\+film"))
    go(page, "memory")
    expect(field(page)).to_have_value("a fine film")
    expect(page).to_have_url(re.compile(r"/memory\?phrase=a\+fine\+film"))
    field(page).fill("a dull film")
    expect(page).to_have_url(re.compile(r"/memory\?phrase=a\+dull\+film"))
    go(page, "compare")
    expect(sentence(page, "A")).to_have_value("a dull film")
    expect(sentence(page, "B")).to_have_value("bad, not good")


@pytest.mark.parametrize("review", ["a review & <b>more</b>, pasted", LONG], ids=["short", "long"])
def test_back_brings_back_what_an_action_overwrote(page: Page, address: str, review: str) -> None:
    opened(page, address, "")
    sentence(page, "B").fill(review)
    page.get_by_role("button", name="Shuffle B").click()
    expect(sentence(page, "B")).not_to_have_value(review)
    shuffled = sentence(page, "B").input_value()
    page.get_by_role("button", name="Another pair").click()
    expect(sentence(page, "B")).not_to_have_value(shuffled)
    page.go_back()
    expect(sentence(page, "B")).to_have_value(shuffled)
    page.go_back()
    expect(sentence(page, "B")).to_have_value(review)
    expect(sentence(page, "A")).to_have_value("good, not bad")
    page.go_forward()
    expect(sentence(page, "B")).to_have_value(shuffled)


def test_back_leads_from_page_to_page_and_the_bar_follows(page: Page, address: str) -> None:
    opened(page, address, "?a=a+fine+film")
    go(page, "memory")
    go(page, "space")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("data-page", "memory")
    expect(page.locator(".bar-pages [aria-current=page]")).to_have_text("Memory")
    settled(page)  # Streamlit may throw where a page is left while its parts still come
    page.go_back()
    expect(page.locator("html")).to_have_attribute("data-page", "compare")
    expect(sentence(page, "A")).to_have_value("a fine film")
    expect(page.locator("#duel")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.go_forward()
    expect(page.locator("#duel")).to_be_hidden()
    settled(page)
    expect(field(page)).to_have_value("a fine film")


def test_a_page_that_is_left_at_once_has_one_entry(browser: Browser, address: str) -> None:
    page = browser.new_page()  # what Streamlit throws where a page is left at once is in its console
    held: list[Route] = []
    page.route("**/boards/panels.js", lambda route: held.append(route))  # which writes the page's own address
    opened(page, address, "?a=a+fine+film")
    before = page.evaluate("history.length")
    for name in ("memory", "space"):
        go(page, name, wait=False)
    for route in held:
        route.continue_()
    settled(page)
    expect(page).to_have_url(re.compile(r"/space\?phrase=a\+fine\+film"))
    assert page.evaluate("history.length") == before + 2
    page.close()


@pytest.mark.parametrize("name", READING)
def test_no_letter_typed_in_the_bar_is_lost(page: Page, address: str, name: str) -> None:
    opened(page, address, PAGES[name].path)
    field(page).fill("")
    text = "one might say that it is not bad at all"
    field(page).press_sequentially(text)
    expect(page).to_have_url(re.compile(r"phrase=one\+might\+say\+that\+it\+is\+not\+bad\+at\+all"))
    expect(field(page)).to_have_value(text)


def test_a_click_right_after_the_last_key_takes_all_letters_along(page: Page, address: str) -> None:
    opened(page, address, "")
    sentence(page, "A").fill("")
    page.keyboard.type("a fine film")
    page.evaluate(FOLLOW, "/memory")
    expect(page.locator("html")).to_have_attribute("data-page", "memory")
    expect(page).to_have_url(re.compile(r"/memory\?phrase=a\+fine\+film$"))
    expect(field(page)).to_have_value("a fine film")


@pytest.mark.xfail(reason="on a busy machine Streamlit sometimes puts the old page's parts into the new one, and stops")
def test_what_is_typed_while_a_page_is_on_its_way_comes_along(browser: Browser, address: str) -> None:
    page = browser.new_page()  # what Streamlit throws then is in its console
    opened(page, address, "memory?phrase=a+fine+film")
    field(page).focus()
    page.keyboard.press("End")
    page.keyboard.type(" of old")
    page.evaluate(FOLLOW, "/space")
    page.keyboard.type(" days")
    expect(page.locator("html")).to_have_attribute("data-page", "space")
    expect(field(page)).to_have_value("a fine film of old days")
    expect(page).to_have_url(re.compile(r"/space\?phrase=a\+fine\+film\+of\+old\+days$"))
    page.close()


def test_the_bar_stays_in_sight(page: Page, address: str) -> None:
    opened(page, address, "cards")
    page.mouse.wheel(0, 3000)
    page.wait_for_function("() => scrollY > 500")
    assert page.locator(".bar").bounding_box()["y"] == 0


def test_every_page_has_a_title_of_its_own(page: Page, address: str) -> None:
    for one in PAGES.values():
        page.goto(f"{address}/{one.path}")
        expect(page).to_have_title(f"{one.title} · Recurrent network explorer")


def test_a_page_that_there_is_not_is_named(page: Page, address: str) -> None:
    page.goto(f"{address}/no/such-page")
    expect(page.locator(".bar-notice")).to_have_text("There is no page “no/such-page” here. This is the first page.")
    expect(page).to_have_url(f"{address}/")


@pytest.mark.parametrize("page", [("phone", "light")], ids="-".join, indirect=True)
def test_on_a_phone_the_groups_stand_at_the_bottom_with_labels(page: Page, address: str) -> None:
    opened(page, address, "memory")
    for name in ("Learn", "Explore", "Measure"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["y"] > page.viewport_size["height"] - 60
        assert box["height"] >= 40
    assert page.locator(".bar").bounding_box()["height"] <= 56
    go(page, "cards")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_in_the_bar_can_be_seen(page: Page, address: str, scheme: str, forced: str) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    page.goto(f"{address}/cards")
    group = page.get_by_role("button", name="Explore", exact=True)
    expect(group).to_have_css("outline-style", "none")
    group.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")  # focus by keys is the one that is to be seen
    expect(group).to_be_focused()
    expect(group).to_have_css("outline-style", "solid")
    expect(group).to_have_css("outline-width", "3px")
    if forced == "none":
        assert contrast(group) >= 3


def test_menus_work_by_keyboard(page: Page, address: str) -> None:
    opened(page, address, "cards")
    group = page.get_by_role("button", name="Explore", exact=True)
    group.focus()
    page.keyboard.press("Enter")
    expect(group).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Order lab")).to_be_focused()
    page.keyboard.press("Escape")
    expect(group).to_be_focused()
    expect(group).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-page", "compare")


def contrast(link: Locator) -> float:
    """The contrast of a link's outline with what lies behind it, 1…21 (WCAG 2.2)."""
    layers, outline = link.evaluate("""node => {
      const layers = []
      for (let at = node; at; at = at.parentElement) layers.push(getComputedStyle(at).backgroundColor)
      return [layers, getComputedStyle(node).outlineColor]
    }""")
    behind = [255.0] * 3
    for layer in reversed(layers):  # from the page up to the link
        *colour, opacity = [*map(float, re.findall(r"[\d.]+", layer)), 1.0][:4]
        behind = [opacity * part + (1 - opacity) * below for part, below in zip(colour, behind, strict=True)]

    def luminance(colour: list[float]) -> float:
        shares = [part / 255 for part in colour]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    drawn = [float(part) for part in re.findall(r"[\d.]+", outline)[:3]]
    bright, dark = sorted((luminance(behind), luminance(drawn)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
