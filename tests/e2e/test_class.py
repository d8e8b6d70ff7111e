"""A class in real browsers: the teacher's page, phones that join, and what all see once it is revealed."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import IN_BROWSER, everywhere, passes, running
from playwright.sync_api import Browser, Locator, Page, expect
from proxy import NEEDS_NGINX, nginx
from redis_server import redis_server

pytestmark = IN_BROWSER
PAIR = ("good, not bad", "bad, not good")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 812}, has_touch=True)
    yield context.new_page()
    context.close()


def started(page: Page, address: str, query: str = "") -> str:
    """The code of a class that this browser has started."""
    page.goto(f"{address}/class{query}")
    page.get_by_role("button", name="Start a class").click()
    code = page.locator(".room-code")
    expect(code).to_have_text(re.compile("^[A-Z]{5}$"))
    return code.text_content()


def joined(phone: Page, address: str, code: str) -> None:
    phone.goto(f"{address}/join/{code}")
    expect(phone.get_by_role("heading", name="You are in")).to_be_visible()


def ask(page: Page, *texts: str) -> None:
    for name, text in zip(("Sentence A", "Sentence B, may stay empty"), texts, strict=False):
        page.get_by_label(name).fill(text)
    page.get_by_role("button", name="Ask the class").click()


def say(phone: Page, *values: int) -> None:
    """Answer with the keyboard: Home is 0%, a page up 10%."""
    expect(phone.get_by_role("slider")).to_have_count(len(values))
    for slider, value in zip(phone.get_by_role("slider").all(), values, strict=True):
        slider.press("Home")
        for _step in range(value // 10):
            slider.press("PageUp")
    expect(phone.get_by_text("Your answer is in")).to_be_visible()


def answers(page: Page) -> Locator:
    return page.locator(".room-count")


def test_a_class_guesses_and_sees_what_the_models_say(page: Page, phone: Page, address: str) -> None:
    code = started(page, address, "?a=good,+not+bad&b=bad,+not+good")
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    phone.goto(f"{address}/join")
    phone.get_by_label("The code on the projector").fill(code.lower())
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    page.get_by_role("button", name="Ask the class").click()
    expect(phone.locator(".room-text")).to_have_text([f"A{PAIR[0]}", f"B{PAIR[1]}"])
    say(phone, 90, 20)
    expect(answers(page)).to_have_text("Question 1 of 1. Answers: 1.")
    assert not phone.get_by_text("GRU").count()
    page.get_by_role("button", name="Reveal").click()
    for screen in (page, phone):
        line = screen.locator(".duel-line", has_text="GRU")
        expect(line).to_contain_text("97% and 1%")
        expect(screen.locator(".room-dot-a")).to_have_attribute("style", re.compile(r"left: 90\.0%"))
        expect(screen.locator(".room-dot-b")).to_have_attribute("style", re.compile(r"left: 20\.0%"))
        expect(screen.get_by_role("status").filter(has_text="Most of you and the GRU agree.")).to_be_visible()
    expect(phone.get_by_text("You said 90% for A and 20% for B.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Answers as CSV").click()
    assert download.value.path().read_text(encoding="utf-8").splitlines()[1].endswith(",1,0.9,0.2")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="End the class").click()
    expect(phone.get_by_role("heading", name="The class is over")).to_be_visible()
    expect(page.get_by_role("button", name="Start a class")).to_be_visible()


def test_both_find_their_way_back_after_a_reload(page: Page, phone: Page, address: str) -> None:
    code = started(page, address)
    joined(phone, address, code)
    ask(page, *PAIR)
    say(phone, 70, 30)
    for screen in (page, phone):
        screen.reload()
    expect(answers(page)).to_have_text("Question 1 of 1. Answers: 1.")  # the teacher steers again
    expect(phone.get_by_text("You say 70% positive.")).to_be_visible()
    say(phone, 20, 30)
    expect(answers(page)).to_have_text("Question 1 of 1. Answers: 1.")  # of one phone
    page.get_by_role("button", name="Lock").click()
    expect(phone.get_by_text("The teacher has closed the question.")).to_be_visible()
    expect(phone.get_by_role("slider").first).to_be_disabled()
    page.get_by_role("button", name="Clear answers").click()
    expect(answers(page)).to_have_text("Question 1 of 1. Answers: 0.")


def test_what_students_hand_in_stays_folded_until_the_teacher_takes_it(page: Page, phone: Page, address: str) -> None:
    code = started(page, address)
    joined(phone, address, code)
    review = '<img src=x onerror="document.title=1"> *not* bad'
    phone.get_by_text("Try a review of your own").click()
    phone.get_by_label("Hand in a review of your own").fill(review)
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_text("It waits for the teacher.")).to_be_visible()
    fold = page.get_by_text("Reviews handed in: 1")
    expect(fold).to_be_visible()
    expect(page.get_by_text("*not* bad")).to_be_hidden()
    fold.press("Enter")
    page.get_by_role("button", name="Take as A").click()
    page.get_by_role("button", name="Ask the class").click()
    expect(phone.locator(".room-text")).to_have_text([review])
    assert phone.locator("main img").count() == 0


def test_a_killed_server_loses_no_answer(phone: Page) -> None:
    page = phone.context.new_page()  # the other fixture's page fails for what a dead server leaves in its console

    def start(port: int) -> list[str]:
        return ["-m", "explorer", "--no-browser", "--port", str(port)]

    with running(start) as (address, server):
        code = started(page, address)
        joined(phone, address, code)
        ask(page, *PAIR)
        say(phone, 70, 30)
        server.send_signal(signal.SIGKILL)
        server.wait(20)
        for screen in (page, phone):
            expect(screen.get_by_text("Waiting for the explorer…")).to_be_visible()
    with running(start, int(address.rpartition(":")[2])) as (address, server):
        for screen in (page, phone):
            expect(screen.get_by_text("Waiting for the explorer…")).to_be_hidden()
        expect(answers(page)).to_have_text("Question 1 of 1. Answers: 1.")
        say(phone, 90, 30)
        page.get_by_role("button", name="Reveal").click()
        expect(phone.get_by_text("You said 90% for A and 30% for B.")).to_be_visible()
        expect(page.locator(".room-dot")).to_have_count(2)


@NEEDS_NGINX
def test_a_class_on_two_replicas_is_one_class_and_goes_on_when_one_is_killed(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(port: int) -> list[str]:
        return ["-m", "explorer", "--no-browser", "--port", str(port)]

    with redis_server(tmp_path) as store:
        monkeypatch.setenv("EXPLORER_STORE", store)
        with (
            running(start) as (first, _),
            running(start) as (second, server),
            nginx(tmp_path, first, second) as address,
        ):
            contexts = [browser.new_context() for _screen in range(5)]
            page, *phones = [context.new_page() for context in contexts]
            code = started(page, address)
            for phone in phones:
                joined(phone, address, code)
            ask(page, *PAIR)
            say(phones[0], 70, 30)
            server.send_signal(signal.SIGKILL)
            server.wait(20)
            for phone in phones[1:]:
                say(phone, 80, 20)
            expect(answers(page)).to_have_text("Question 1 of 1. Answers: 4.")
            page.get_by_role("button", name="Reveal").click()
            for screen in (page, *phones):
                expect(screen.locator(".room-dot")).to_have_count(8)
            for context in contexts:
                context.close()


def test_a_wrong_code_says_so_and_keeps_what_was_typed(phone: Page, address: str) -> None:
    phone.goto(f"{address}/join")
    for typed, words in (("abc", "A code has five letters."), ("qqqqq", "There is no class with this code.")):
        phone.get_by_label("The code on the projector").fill(typed)
        phone.get_by_role("button", name="Join").click()
        expect(phone.get_by_role("alert")).to_contain_text(words)
        expect(phone.get_by_label("The code on the projector")).to_have_value(typed.upper())


def test_the_duel_leads_to_the_class_with_its_sentences(page: Page, address: str) -> None:
    page.goto(f"{address}/?a=a+fine+film&b=a+dull+film")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Class", exact=True).click()
    expect(popup.value.get_by_role("button", name="Start a class")).to_be_visible()
    assert popup.value.url.endswith("/class?a=a+fine+film&b=a+dull+film")


@everywhere([("phone", "dark")])  # the phone's own page is light; both are looked at in either size
def test_axe_finds_nothing(page: Page, phone: Page, address: str) -> None:
    code = started(page, address)
    joined(phone, address, code)
    ask(page, *PAIR)
    say(phone, 70, 30)
    passes(page)
    passes(phone)
    page.get_by_role("button", name="Reveal").click()
    expect(page.locator(".room-dot")).to_have_count(2)
    passes(page)
    phone.get_by_role("listitem").first.wait_for()
    passes(phone)
    page.evaluate("localStorage.clear()")
    phone.goto(f"{address}/join")
    passes(phone)
