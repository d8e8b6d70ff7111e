"""From page to page in a real browser: what a visit keeps, what Back undoes, titles and focus of the navigation."""

import re

import pytest
from browsing import IN_BROWSER, board
from playwright.sync_api import Locator, Page, expect

from explorer.views.shared.pages import PAGES

pytestmark = IN_BROWSER
PHRASE = "Phrase or review"
LONG = "this film is not bad at all and i would watch it again " * 130  # over 6,000 characters


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name)


def go(page: Page, title: str) -> None:
    """Click a page in the navigation."""
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{title}$")).click()


@pytest.mark.parametrize(
    ("start", "title", "named", "phrase", "model"),
    [
        ("approaches", "Memory", PHRASE, "good, not bad", "GRU"),
        ("inside?phrase=dull&model=lstm", "Memory", PHRASE, "dull", "LSTM"),
        ("tasks?phrase=dull&lane=rnn", "Compare", "Phrase A", "dull", "RNN"),
        ("?a=dull&model=lstm", "Look inside", PHRASE, "dull", "LSTM"),
        ("cards?model=concat", "Order lab", PHRASE, "good, not bad", "GRU"),
    ],
)
def test_the_first_click_keeps_phrase_and_model(
    page: Page, address: str, start: str, title: str, named: str, phrase: str, model: str
) -> None:
    page.goto(f"{address}/{start}")
    expect(page.get_by_test_id("stMain").locator("[data-drawn]").last).not_to_have_attribute("data-drawn", "0")
    go(page, title)
    expect(box(page, named).first).to_have_value(phrase)
    expect(page.get_by_role("combobox", name="Recurrent model")).to_have_value(model)
    expect(page).to_have_title(f"{title} · Recurrent network explorer")


def test_what_is_typed_in_a_goes_along_and_comes_back(page: Page, address: str) -> None:
    board(page, address, "", "stage")
    box(page, "Phrase A").fill("a fine film")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-text-a", "a fine film")
    go(page, "Look inside")
    expect(box(page, PHRASE)).to_have_value("a fine film")
    expect(page).to_have_url(re.compile(r"/inside\?phrase=a\+fine\+film"))
    box(page, PHRASE).fill("a dull film")
    expect(page.get_by_test_id("inside")).to_have_attribute("data-text", "a dull film")
    go(page, "Compare")
    expect(box(page, "Phrase A")).to_have_value("a dull film")


@pytest.mark.parametrize("review", ["a review & <b>more</b>, pasted", LONG], ids=["short", "long"])
def test_back_brings_back_what_an_action_overwrote(page: Page, address: str, review: str) -> None:
    board(page, address, "", "stage")
    stage = page.get_by_test_id("stage")
    box(page, "Phrase B").fill(review)
    expect(stage).to_have_attribute("data-text-b", review)
    page.get_by_role("button", name="Shuffle B").click()
    expect(stage).not_to_have_attribute("data-text-b", review)
    shuffled = box(page, "Phrase B").input_value()
    page.get_by_role("button", name="Swap A and B").click()
    expect(stage).to_have_attribute("data-text-a", shuffled)
    page.go_back()
    expect(stage).to_have_attribute("data-text-b", shuffled)
    page.go_back()
    expect(box(page, "Phrase B")).to_have_value(review)
    expect(stage).to_have_attribute("data-text-b", review)
    expect(box(page, "Phrase A")).to_have_value("good, not bad")
    page.go_forward()
    expect(box(page, "Phrase B")).to_have_value(shuffled)


def test_back_from_a_link_to_another_page(page: Page, address: str) -> None:
    board(page, address, "order?phrase=not+good", "lab")
    page.get_by_test_id("panel-extremes").get_by_role("link").first.click()
    expect(page.get_by_test_id("stage")).to_have_attribute("data-text-a", "not good")
    page.go_back()
    expect(page).to_have_url(f"{address}/order?phrase=not+good")
    expect(box(page, PHRASE)).to_have_value("not good")


def test_the_chosen_example_is_named_until_the_texts_are_edited(page: Page, address: str) -> None:
    board(page, address, "", "stage")
    example = page.get_by_role("combobox", name="Example")
    example.click()
    page.get_by_role("option", name="But", exact=True).click()
    expect(page.get_by_test_id("stage")).to_have_attribute(
        "data-text-a", "the acting is weak but the story is wonderful"
    )
    expect(example).to_have_value("But")
    box(page, "Phrase A").fill("edited")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-text-a", "edited")
    expect(example).to_have_value("")
    page.go_back()
    expect(box(page, "Phrase A")).to_have_value("good, not bad")
    expect(example).to_have_value("good, not bad")


def test_every_page_has_a_title_of_its_own(page: Page, address: str) -> None:
    for one in PAGES.values():
        page.goto(f"{address}/{one.path}")
        expect(page).to_have_title(f"{one.title} · Recurrent network explorer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_in_the_navigation_can_be_seen(page: Page, address: str, scheme: str, forced: str) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    page.goto(f"{address}/cards")
    links = page.get_by_test_id("stTopNavLink")
    current, other = links.and_(page.locator("[aria-current=page]")), links.filter(has_text="Memory")
    expect(current).to_have_text("Model cards")
    expect(current.locator("span").last).to_have_css("text-decoration-line", "underline")
    expect(other.locator("span").last).to_have_css("text-decoration-line", "none")
    expect(other).to_have_css("outline-style", "none")
    other.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")  # focus by keys is the one that is to be seen
    expect(other).to_be_focused()
    expect(other).to_have_css("outline-style", "solid")
    expect(other).to_have_css("outline-width", "3px")
    if forced == "none":
        assert contrast(other) >= 3


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
