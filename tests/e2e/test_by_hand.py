"""The page By hand in a real browser."""

import base64
import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from browsing import EVERYWHERE, IN_BROWSER, board, everywhere, passes
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from explorer.analysis.two_units import PAIRS, WORDS, TwoUnits, columns, load_two_units, right, run

pytestmark = IN_BROWSER

LESSON = ["good", ",", "not", "bad"], ["bad", ",", "not", "good"]


@pytest.fixture
def trained() -> TwoUnits:
    return load_two_units()


def opened(file: dict) -> dict[str, float]:
    """The weights in a spreadsheet by their names."""
    book = load_workbook(io.BytesIO(base64.b64decode(file["data"])))
    assert book.sheetnames == ["Weights", "Phrase 1", "Phrase 2"]
    return {line[4].value: line[5].value for line in book["Weights"].iter_rows(min_row=2)}


def downloaded(page: Page, button: Locator) -> bytes:
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def measure(page: Page) -> None:
    """Opens the tables."""
    fold = page.get_by_test_id("depth-measure")
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def steps(page: Page, text: str) -> tuple[list[str], list[str], np.ndarray]:
    """The CSV that the browser made: its columns, its words, its numbers."""
    measure(page)
    content = downloaded(page, page.get_by_role("button", name=f"Download as CSV: every step of “{text}”"))
    head, *rows = csv.reader(io.StringIO(content.decode()))
    return head, [row[1] for row in rows], np.array([[row[0], *row[2:]] for row in rows], float)


def expected(network: TwoUnits, phrase: list[str]) -> np.ndarray:
    """The same numbers as Python computes them, in the order of `columns`, without the words."""
    found = run(network, phrase)
    sums = [
        np.column_stack([
            found.from_word[:, h], found.from_state[:, h], np.full(len(phrase), network.b[h]), found.total[:, h],
            found.hidden[:, h],
        ])
        for h in range(len(network.b))
    ]  # fmt: skip
    counted = np.arange(1, len(phrase) + 1)
    last = [found.to_logit, np.full(len(phrase), network.c), found.logit, found.belief]
    return np.column_stack([counted, found.x, found.before, *sums, *last])


def same(page: Page, network: TwoUnits) -> None:
    """Both phrases of the lesson, number by number, and the verdicts on all texts."""
    for text, phrase in zip(("good, not bad", "bad, not good"), LESSON, strict=True):
        head, words, found = steps(page, text)
        assert head == columns(network)
        assert words == phrase
        assert found == pytest.approx(expected(network, phrase), rel=0, abs=1e-9)
    cells = [
        row.locator("th, td").all_text_contents()
        for row in page.get_by_test_id("two_units-texts").locator("tbody tr").all()
    ]
    assert {text: said == "right" for text, _, _, said in cells} == {
        text.replace(" ,", ","): said for text, said in right(network).items()
    }
    beliefs = [f"{run(network, text.split()).belief[-1]:.3f}" for pair in PAIRS for text in pair]
    assert [belief for _, _, belief, _ in cells] == beliefs


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def move(page: Page, name: str, value: float) -> None:
    slider(page, name).fill(str(value))


def word(page: Page, step: int, token: str) -> Locator:
    """A word of the ribbons; in the lesson each stands at another step in A and in B."""
    return page.get_by_role("button", name=f"Step {step}: {token}, ")


@EVERYWHERE
def test_axe_finds_nothing(page: Page, address: str) -> None:
    board(page, address, "by-hand", "two_units")
    expect(page.get_by_test_id("two_units-diagram").locator("svg")).to_be_visible()
    passes(page)


def test_the_browser_computes_what_python_does(page: Page, address: str, trained: TwoUnits) -> None:
    board(page, address, "by-hand", "two_units")
    same(page, trained)
    score, summary = page.get_by_test_id("two_units-score"), page.locator(".hand-summary")
    expect(score).to_contain_text("16 of 16 texts are right")
    expect(summary).to_have_text("All 13 weights and 10 word vectors of 2 numbers are as they were trained.")
    U, embedding = trained.U.copy(), trained.embedding.copy()
    U[0, 1], embedding[WORDS.index("not"), 0] = -2.41, 3.07
    move(page, "U12", U[0, 1])
    word(page, 3, "not").first.click()  # its vector is there while it is read
    move(page, "x1 of “not”", embedding[WORDS.index("not"), 0])
    moved = replace(trained, U=U, embedding=embedding)
    count = sum(right(moved).values())
    assert count < 16
    expect(summary).to_contain_text(f"2 of {trained.parameters} numbers moved:")
    expect(score).to_contain_text(f"{count} of 16 texts are right")
    same(page, moved)
    page.get_by_role("button", name="Reset weights").click()
    expect(score).to_contain_text("16 of 16")
    expect(slider(page, "U12")).to_have_value("2.67")
    same(page, trained)


def test_moving_a_weight_by_keyboard_asks_no_server(page: Page, address: str, trained: TwoUnits) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    board(page, address, "by-hand", "two_units")
    c = slider(page, "c")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    before = len(sent)
    c.focus()
    c.press("ArrowRight")
    expect(c).to_have_value("-4.56")
    expect(c).to_be_focused()
    _, _, found = steps(page, "good, not bad")
    assert found[:, -3] == pytest.approx(trained.c + 0.01)
    downloaded(page, page.get_by_role("button", name="Spreadsheet"))
    assert len(sent) == before + 1  # that for the file, which is sent after whatever was to be sent before


def test_the_step_of_the_cursor_is_written_out(page: Page, address: str, trained: TwoUnits) -> None:
    board(page, address, "by-hand", "two_units")
    page.get_by_test_id("depth-explain").locator("summary").first.click()
    measure(page)
    word(page, 4, "bad").press("Home")
    lines = page.get_by_test_id("two_units-A").locator(".two-units-lines p")
    expect(lines.nth(0)).to_have_text("x⟨1⟩= the vector of “good”= (1.43, −0.82)")
    expect(lines.nth(1)).to_contain_text("zeros")
    found = run(trained, LESSON[0])
    # 2.11·1.43 = 3.0173 and 0.63·(−0.82) = −0.5166, computed by hand
    expect(lines.nth(2)).to_contain_text("= 2.11·1.43 + 0.63·(−0.82) + 1.86·0.0000 + 2.67·0.0000 + 1.38")
    expect(lines.nth(2)).to_contain_text("= 3.0173 + (−0.5166) + 0.0000 + 0.0000 + 1.38= 3.8807")
    expect(word(page, 1, "good")).to_be_focused()
    word(page, 1, "good").press("ArrowRight")
    expect(lines.nth(0)).to_contain_text("the vector of “,”")
    expect(lines.last).to_contain_text(f"= {found.belief[1]:.4f}")
    expect(page.get_by_test_id("two_units-steps-A").locator("tr[aria-current=step] th")).to_have_text("2")


def test_diagram_equations_ribbon_and_score_follow_a_weight_together(
    page: Page, address: str, trained: TwoUnits
) -> None:
    board(page, address, "by-hand", "two_units")
    page.set_viewport_size({"width": 1280, "height": 800})
    word(page, 4, "good").click()
    move(page, "w2", 0)
    moved = run(replace(trained, w=np.array([trained.w[0], 0.0])), LESSON[1])
    diagram, equations = page.get_by_test_id("two_units-diagram"), page.get_by_test_id("two_units-equations")
    expect(word(page, 4, "good")).to_contain_text(f"{moved.belief[-1]:.0%}")
    expect(diagram).to_have_attribute("aria-label", re.compile(f"P\\(positive\\) is {moved.belief[-1]:.0%}"))
    expect(equations.locator("p").last).to_contain_text(f"= {moved.belief[-1]:.2f}")
    expect(equations.locator("mark")).to_have_text("0.00")
    score = page.get_by_test_id("two_units-score")
    count = sum(right(replace(trained, w=np.array([trained.w[0], 0.0]))).values())
    expect(score).to_contain_text(f"{count} of 16 texts are right")
    for node in (slider(page, "w2"), score, diagram):
        expect(node).to_be_in_viewport(ratio=1)


def test_a_click_on_a_line_chooses_its_slider(page: Page, address: str) -> None:
    board(page, address, "by-hand", "two_units")
    page.get_by_test_id("two_units-diagram").locator("text", has_text="2.67").last.click()
    expect(slider(page, "U12")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("two_units-diagram")).to_contain_text("U₁₂ 2.66")


@everywhere([("phone", "light")])
def test_on_a_phone_the_slider_of_a_clicked_line_comes_right_below_the_score(page: Page, address: str) -> None:
    board(page, address, "by-hand", "two_units")
    page.get_by_test_id("two_units-diagram").locator("text", has_text="b₂").last.click()
    expect(slider(page, "b2")).to_be_focused()
    score, chosen = (node.bounding_box() for node in (page.get_by_test_id("two_units-score"), slider(page, "b2")))
    assert 0 <= chosen["y"] - score["y"] - score["height"] < 60


def test_a_link_brings_the_moved_weights_back(page: Page, address: str, trained: TwoUnits) -> None:
    board(page, address, "by-hand?text=not+bad", "two_units")
    expect(page).not_to_have_url(re.compile("weights"))
    move(page, "c", -4.02)
    move(page, "U12", -1.5)
    expect(page).to_have_url(re.compile(r"text=not\+bad&weights=25\.-150_32\.-402$"))
    link = page.url
    moved = replace(trained, c=np.array(-4.02), U=np.array([[1.86, -1.5], trained.U[1]]))
    page.goto(link)
    expect(page.get_by_test_id("two_units-score")).to_contain_text(f"{sum(right(moved).values())} of 16 texts")
    expect(slider(page, "c")).to_have_value("-4.02")
    expect(slider(page, "U12")).to_have_value("-1.5")
    page.get_by_role("button", name="Reset weights").click()
    expect(slider(page, "c")).to_have_value("-4.57")
    expect(page).not_to_have_url(re.compile("weights"))


def test_moved_weights_stay_while_one_is_on_another_page(page: Page, address: str) -> None:
    board(page, address, "by-hand?weights=32.-402", "two_units")
    pages = page.get_by_role("navigation", name="Pages")

    def go(title: str) -> None:
        pages.get_by_role("button", name="Learn").click()
        pages.get_by_role("link", name=title).click()

    move(page, "U12", -1.5)
    expect(page).to_have_url(re.compile("weights=25"))
    go("Average or concatenate")
    expect(page.get_by_role("heading", level=1)).to_have_text("Why not average, why not concatenate?")
    go("By hand")
    expect(slider(page, "U12")).to_have_value("-1.5")
    expect(slider(page, "c")).to_have_value("-4.02")
    expect(page).to_have_url(re.compile(r"weights=25\.-150_32\.-402$"))
    page.get_by_role("button", name="Reset weights").click()
    go("Average or concatenate")
    expect(page.get_by_role("heading", level=1)).to_have_text("Why not average, why not concatenate?")
    go("By hand")
    expect(slider(page, "c")).to_have_value("-4.57")


def test_the_spreadsheet_keeps_the_sliders_where_they_are(page: Page, address: str) -> None:
    board(page, address, "by-hand", "two_units")
    move(page, "b1", -2.5)
    button = page.get_by_role("button", name="Spreadsheet")
    content = downloaded(page, button)
    assert opened({"data": base64.b64encode(content)})["b1"] == -2.5
    expect(page.get_by_text("Saved, with the weights")).to_be_visible()
    expect(slider(page, "b1")).to_have_value("-2.5")
    move(page, "b1", 1.5)
    assert opened({"data": base64.b64encode(downloaded(page, button))})["b1"] == 1.5  # and again


def test_other_phrases_keep_the_weights_and_save_nothing(page: Page, address: str) -> None:
    board(page, address, "by-hand", "two_units")
    word(page, 1, "good").click()
    move(page, "x1 of “good”", -1)
    downloaded(page, page.get_by_role("button", name="Spreadsheet"))
    saved: list[object] = []
    page.on("download", lambda one: saved.append(one))
    box = page.get_by_role("textbox", name="Phrase", exact=True)
    box.fill("good movie")
    expect(page.get_by_text("This network does not know “movie”.")).to_contain_text(
        "What you see below is “good, not bad”."
    )
    expect(page.get_by_role("group", name="Phrase A, word by word").locator(".ribbon-token").first).to_have_text("good")
    assert box.input_value() == "good movie"
    box.fill("very good")
    expect(page.get_by_role("group", name="The phrase, word by word").locator(".ribbon-token").first).to_have_text(
        "very"
    )
    expect(page.get_by_role("group", name="Phrase B, word by word")).to_be_hidden()
    word(page, 2, "good").click()
    expect(slider(page, "x1 of “good”")).to_have_value("-1")
    assert saved == []
