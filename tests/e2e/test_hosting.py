"""The app as it is hosted: under its Content-Security-Policy, in a stranger's frame, behind Debian's nginx."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from browsing import IN_BROWSER, OPENED, running, served, settled
from playwright.sync_api import Browser, Page, expect
from proxy import NEEDS_NGINX, nginx

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
    """All that is folded opened, a picture saved in both kinds of file, pictures in a frame of another website.

    Every test in a browser fails on what the policy refuses; EXPLORER_ALL_FRAMES=1 takes every page and picture here.
    """
    page.add_init_script(WATCH)
    frames = []
    for path in (
        [*(entry.path for entry in PAGES.values()), "tasks?card=labels"] if ALL else ["", "approaches", "order"]
    ):
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
    assert frames
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


BASE = "/class/explorer"


@NEEDS_NGINX
def test_behind_nginx_that_passes_the_path_on(page: Page, tmp_path: Path) -> None:
    """All pages; then the same app behind one that cuts the path off although the app was told of it."""
    with served(partial(app, "--base-path", BASE)) as one:
        with nginx(tmp_path, one, one, BASE) as site:
            for entry in PAGES.values() if ALL else [PAGES["cards"]]:
                page.goto(f"{site}{BASE}/{entry.path}")
                settled(page)
            if ALL:
                works_below(page, site + BASE)
            page.goto("about:blank")
        if not ALL:
            return
        with nginx(tmp_path, one, one, BASE, stripping=True) as site:
            works_below(page, site + BASE)
            page.goto("about:blank")


@NEEDS_NGINX
def test_behind_nginx_that_cuts_the_path_off(page: Page, address: str, tmp_path: Path) -> None:
    with nginx(tmp_path, address, address, BASE, stripping=True) as site:
        works_below(page, site + BASE)
        page.goto("about:blank")


@NEEDS_NGINX
def test_a_visitor_goes_on_when_a_replica_is_killed(browser: Browser, tmp_path: Path) -> None:
    """It dies within milliseconds of the last key; the other one takes over, without a reload."""
    page = browser.new_page()  # that requests fail is no error of its own here
    with running(partial(app)) as first, running(partial(app)) as second:
        replicas = dict([first, second])
        with nginx(tmp_path, *replicas) as site:
            page.goto(f"{site}/memory?phrase=a+dull+film")
            settled(page)
            field = page.get_by_role("textbox", name="Phrase", exact=True)
            field.fill("typed as it died")
            replicas[replica_of(tmp_path / "access.log", "/memory")].kill()
            board = page.get_by_test_id("inside").last
            expect(board).to_have_attribute("data-text", "typed as it died", timeout=90_000)
            expect(field).to_have_value("typed as it died")
            field.fill("typed after it")
            expect(board).to_have_attribute("data-text", "typed after it")
            page.goto(f"{site}/?a=fine+film&b=dull+film")
            with page.expect_response(f"{site}/answers") as answer:
                page.get_by_role("textbox", name="Sentence A").fill("a finer film")
            assert answer.value.status == 200
            page.close()


def replica_of(log: Path, path: str) -> str:
    """The address of the replica that answered for a path."""
    line = next(line for line in log.read_text().splitlines() if f'"{path}"' in line)
    return f"http://localhost:{line.rpartition(':')[2]}"


def test_streamlits_own_option_moves_the_app(page: Page) -> None:
    arguments = ["-m", "streamlit", "run", "explorer/app.py", "--server.headless=true", f"--server.baseUrlPath={BASE}/"]
    with served(lambda port: [*arguments, f"--server.port={port}"]) as address:
        if ALL:
            works_below(page, address + BASE)
        page.goto(f"{address}{BASE}/cards")
        settled(page)
        page.goto("about:blank")


def works_below(page: Page, here: str) -> None:
    """A deep link, reload, typing, the way to another page, a code, an old link and one that leads nowhere."""
    page.goto(f"{here}/memory?phrase=a+dull+film")
    phrase = page.get_by_role("textbox", name="Phrase", exact=True)
    expect(phrase).to_have_value("a dull film")
    settled(page)
    page.reload()
    settled(page)
    expect(phrase).to_have_value("a dull film")
    phrase.fill("a fine film")
    expect(page).to_have_url(re.compile(re.escape(f"{here}/memory?phrase=a+fine+film")))
    page.get_by_role("button", name="QR", exact=True).click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_response(f"{here}/answers") as answer:
        page.goto(f"{here}/?a=fine+film&b=dull+film&zoom=memory")
        page.get_by_role("textbox", name="Sentence A").fill("a finer film")
    assert answer.value.status == 200
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("button", name="Explore", exact=True).click()
    pages.get_by_role("link", name="Memory", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(f"{here}/memory?")))
    page.goto(f"{here}/inside?phrase=dull&unit=3")
    expect(page).to_have_url(re.compile(re.escape(f"{here}/?") + ".*zoom=unit"))
    page.goto(f"{here}/nowhere/at/all")
    expect(page).to_have_url(re.compile(re.escape(f"{here}/") + r"(\?|$)"))
    page.goto(here)
    expect(page).to_have_url(re.compile(re.escape(f"{here}/")))


def app(*options: str | int) -> list[str]:
    """The app on the port that is the last of the options."""
    return ["-m", "explorer", "--no-browser", *options[:-1], "--port", str(options[-1])]
