"""The app as it is hosted: under its Content-Security-Policy, in a stranger's frame, behind Debian's nginx."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browsing import IN_BROWSER, OPENED, settled
from playwright.sync_api import Page, expect

from explorer.views.shared.pages import PAGES

pytestmark = IN_BROWSER
ALL = bool(os.environ.get("EXPLORER_ALL_FRAMES"))
# What the browser refuses is told to the page: kept until the test asks for it.
WATCH = """window.refused = []
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  window.refused.push([effectiveDirective, blockedURI, sourceFile]))"""


@contextmanager
def website(folder: Path) -> Iterator[str]:
    """Another website, with the files of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def refused(page: Page) -> list[list[str]]:
    return [
        fault for frame in page.frames if frame.url.startswith("http") for fault in frame.evaluate("window.refused")
    ]


def test_no_page_and_no_picture_breaks_the_content_security_policy(page: Page, address: str, tmp_path: Path) -> None:
    """Every page with all that is folded opened, a picture of it saved in both kinds of file, and each in a frame of
    another website (EXPLORER_ALL_FRAMES: every picture, not just the first)."""
    page.add_init_script(WATCH)
    frames = []
    for path in [*(entry.path for entry in PAGES.values()), "tasks?card=labels"]:
        answer = page.goto(f"{address}/{path}")
        assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
        names = pictures(settled(page))
        frames += [
            f"{address}/{path}{'&' if '?' in path else '?'}only={name}" for name in (names if ALL else names[:1])
        ]
        unfold(page)
        page.get_by_role("button", name="Picture", exact=True).click()
        for kind in ("PNG", "SVG"):
            saving = page.get_by_role("dialog").get_by_role("button", name=kind).first
            if saving.is_visible():
                with page.expect_download():
                    saving.click()
        page.keyboard.press("Escape")
        assert refused(page) == [], path
    assert len(frames) >= len(PAGES)
    (tmp_path / "frame.html").write_text(
        '<!doctype html><link rel="icon" href="data:,"><iframe width="900" height="500">'
    )
    with website(tmp_path) as site:
        for source in frames:
            page.goto(f"{site}/frame.html")
            page.locator("iframe").evaluate("(node, source) => { node.src = source }", source)
            inside = page.frame_locator("iframe").locator("html[data-only]").locator("[data-drawn]").last
            expect(inside).not_to_have_attribute("data-drawn", "0")
            assert refused(page) == [], source


def pictures(page: Page) -> list[str]:
    """The names of what can be put into a frame."""
    shell = page.locator("script[src$='/shell/shell.js']").evaluate("node => node.src")
    listing = "async module => (await import(module)).pictures().map(({ id }) => id)"
    return page.evaluate(listing, shell.replace("shell.js", "pictures.js"))


def unfold(page: Page) -> None:
    """All that is folded, drawn."""
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()
    page.wait_for_function(OPENED)
