"""The server is stopped and started again while a page is open."""

from urllib.parse import urlparse

from browsing import IN_BROWSER, served, settled
from playwright.sync_api import Browser, expect

pytestmark = IN_BROWSER


def app(port: int) -> list[str]:
    return ["-m", "explorer", "--no-browser", "--port", str(port)]


def test_the_page_waits_in_plain_words_and_comes_back_with_the_text(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})  # that requests fail is no error of its own here
    with served(app) as address:
        page.goto(f"{address}/memory")
        settled(page)
    field = page.get_by_role("textbox", name="Phrase", exact=True)
    waiting = page.get_by_text("Waiting for the explorer… Your text is kept.")
    expect(waiting).to_be_visible()
    assert "Streamlit" not in page.locator("body").inner_text()
    field.fill("a text typed meanwhile")
    with served(app, urlparse(address).port):
        expect(page).to_have_url(f"{address}/memory?phrase=a+text+typed+meanwhile", timeout=90_000)
        expect(waiting).to_be_hidden()
        expect(field).to_have_value("a text typed meanwhile")
        page.close()
