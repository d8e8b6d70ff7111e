"""What was read differently from how it was typed, in a real browser: below the words, beside them, and in the zoom."""

import re
from urllib.parse import quote

import pytest
from browsing import EVERYWHERE, IN_BROWSER, passes
from playwright.sync_api import Page, expect

from explorer import load
from explorer.reading.reading import read

pytestmark = IN_BROWSER
TYPED = "isnt a not-so-good flim 🎬, 2 out of 10 👎🏽"
READ = (
    "In A the models read “isnt” → “is n't”, “not-so-good” → “not so good”, “flim” → “film”, “2 out of 10” → “awful”, "
    "“👎🏽” → “bad”."
)
FOREIGN = "una película mala"


def opened(page: Page, address: str) -> None:
    page.goto(f"{address}/?a={quote(TYPED)}&b={quote(FOREIGN)}&model=lstm")
    expect(page.locator("#duel")).to_have_attribute("data-drawn", re.compile(r"\d+"), timeout=60_000)
    expect(page.locator(".duel-notes")).to_contain_text("In A the models read")


@EVERYWHERE
def test_what_is_read_differently_is_told_below_the_words(page: Page, address: str) -> None:
    opened(page, address)
    notes = page.locator(".duel-notes li")
    expect(notes.filter(has_text=READ)).to_have_count(1)
    expect(notes.filter(has_text="Not read in A, since it says nothing about a film: 🎬")).to_have_count(1)
    expect(notes.filter(has_text="B looks like Spanish.")).to_have_count(1)
    passes(page)


def test_every_timestep_stands_below_its_typed_piece(page: Page, address: str) -> None:
    """One step for an emoji with a skin tone and for "2 out of 10", three for "not-so-good", none for the camera."""
    opened(page, address)
    ribbons = page.locator("[data-ribbon]")
    steps = len(read(TYPED, load("lstm").vocabulary))
    assert steps == 10
    expect(ribbons.first).to_have_attribute("aria-valuemax", str(steps))
    expect(ribbons.first).to_have_attribute("aria-valuetext", re.compile("“👎→bad”"))
    expect(ribbons.nth(1)).to_have_attribute("aria-valuemax", "1")
    expect(ribbons.nth(1)).to_have_attribute("aria-valuetext", re.compile(r"5\d% positive"))


@pytest.mark.parametrize("path", ["order", "memory"])
def test_other_pages_tell_it_in_the_same_words(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}?phrase={quote(TYPED)}")
    said = READ.replace("In A the models", "The models")
    expect(page.get_by_text(said).first).to_be_visible(timeout=60_000)
