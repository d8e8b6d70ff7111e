"""The server is stopped and started again while a page is open."""

import os
import re
import signal
from urllib.parse import urlparse

from browsing import IN_BROWSER, running, served, settled
from playwright.sync_api import Browser, Locator, Page, expect

from explorer.views.shared.pages import PAGES

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


def test_no_page_loses_what_was_typed_as_the_server_was_killed(browser: Browser) -> None:
    """The server hears none of the keys: it is stopped before the first. On pages with a phrase and in both fields of
    the duel; EXPLORER_ALL_FRAMES=1 takes all pages."""
    typed = "typed as it died"
    kept = {entry.path: entry.phrase for entry in PAGES.values() if entry.phrase and entry.path}
    kept = kept if os.environ.get("EXPLORER_ALL_FRAMES") else {path: kept[path] for path in ("by-hand",)}
    context = browser.new_context()
    with running(app) as (address, server):
        pages = {path: context.new_page() for path in ("", *kept)}
        for path, page in pages.items():
            page.goto(f"{address}/{path}")
            settled(page)
        server.send_signal(signal.SIGSTOP)
        for path, page in pages.items():
            page.bring_to_front()
            for field in fields(page, path):
                field.fill(typed)
        server.kill()
        server.wait(20)
    for path, page in pages.items():
        page.bring_to_front()
        expect(page.locator(".bar-waiting")).to_be_visible()
        for field in fields(page, path):
            expect(field).to_have_value(typed)
        assert "streamlit" not in page.locator("body").inner_text().lower()
    with running(app, urlparse(address).port):
        for path, page in pages.items():
            page.bring_to_front()
            waiting = page.get_by_text("Waiting for the explorer…").filter(visible=True)
            expect(waiting).to_have_count(0, timeout=90_000)
            for field in fields(page, path):
                expect(field).to_have_value(typed)
            expect(page).to_have_url(re.compile(f"[?&]{kept.get(path, 'b')}=typed\\+as\\+it\\+died"))
            page.close()
    context.close()


def fields(page: Page, path: str) -> list[Locator]:
    if path == "":
        return [page.get_by_role("textbox", name=f"Sentence {letter}") for letter in "AB"]
    return [page.get_by_role("textbox", name="Phrase", exact=True)]
