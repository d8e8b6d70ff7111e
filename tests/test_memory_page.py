"""The page Memory: what it sends to the board, and what happens in the browser."""

import base64
import json

import numpy as np
import pytest
from browsing import EVERYWHERE, IN_BROWSER, board, passes
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from explorer import load, memory, trace, transplant
from explorer.figures_memory import averaged
from explorer.narration_memory import distances, faded, survivals
from explorer.trace import RECURRENT_NAMES
from explorer.views import memory as view
from explorer.views.examples import REVIEW_A

PAGE = "from explorer.views import memory\nmemory.page()"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=60)


def boarded(app: AppTest) -> dict:
    assert not app.exception
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def panel(data: dict, name: str) -> dict:
    return next(one for one in data["panels"] if one["id"] == name)


def numbers(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4").reshape([int(n) for n in packed["shape"].split(",")])


def test_matrices_are_the_gradients_of_every_lane(app: AppTest) -> None:
    shown = panel(boarded(app.run()), "gradients")
    for lane, name in zip(shown["lanes"], RECURRENT_NAMES):
        assert numbers(lane["values"]) == pytest.approx(memory.gradients(load(name), "good, not bad").norm, rel=1e-5)
    assert shown["words"] == ["1 good", "2 ,", "3 not", "4 bad"] and shown["block"] == 1


def test_the_transplant_is_that_of_the_measure(app: AppTest) -> None:
    app.run()
    app.number_input(key="put in").set_value(4)
    app.number_input(key="taken").set_value(3).run()
    shown = panel(boarded(app), "transplant")
    own, other = (numbers(line["y"]) for line in shown["figure"]["data"])
    model = load("gru")
    wanted = transplant.transplant(model, "good, not bad", 3, "bad, not good", 3)
    assert own == pytest.approx(trace(model, "good, not bad").belief, abs=1e-5)
    assert np.isnan(other[:3]).all() and other[3:] == pytest.approx(wanted.belief, abs=1e-6)
    assert f"ends at {wanted.belief[-1]:.3f}" in shown["sentence"]
    assert "exactly 0: nothing changes" in shown["sentence"]


def test_reset_and_clamp(app: AppTest) -> None:
    app.run().selectbox(key="way").set_value(view.RESET).run()
    model = load("gru")
    other = numbers(panel(boarded(app), "transplant")["figure"]["data"][1]["y"])
    assert other[-1] == pytest.approx(trace(model, "bad").probability, abs=1e-5)  # before its last word the text starts anew
    app.selectbox(key="way").set_value(view.CLAMP).run()
    assert "With no unit held" in panel(boarded(app), "transplant")["sentence"]
    app.multiselect(key="held").set_value([5, 9]).run()
    app.slider(key="held at").set_value(-0.5).run()
    other = numbers(panel(boarded(app), "transplant")["figure"]["data"][1]["y"])
    own = transplant.course(model, "good, not bad")
    wanted = transplant.resume(model, "good, not bad", 3, own.before(3), {"hidden": {5: -0.5, 9: -0.5}})
    assert other[-1] == pytest.approx(wanted.belief[-1], abs=1e-6)


def test_a_shorter_phrase_brings_the_steps_back_in(app: AppTest) -> None:
    app.run().text_input(key="phrase").set_value("a very long and not so bad film").run()
    app.number_input(key="put in").set_value(8).run()
    app.text_input(key="phrase").set_value("bad").run()
    assert app.number_input(key="put in").value == 1
    app.text_input(key="donor").set_value("good").run()
    assert app.number_input(key="taken").value <= 1
    assert not app.exception
    app.text_input(key="phrase").set_value("").run()
    assert "no text yet" in boarded(app)["summary"]


@pytest.mark.parametrize(("key", "name", "said"), [("donor", "transplant", "needs a donor"), ("ending", "dial", "needs a word")])
def test_an_empty_box_says_what_is_missing(app: AppTest, key: str, name: str, said: str) -> None:
    app.run().text_input(key=key).set_value(" ?").run()
    shown = panel(boarded(app), name)
    assert shown["kind"] == "text" and said in shown["sentence"]
    assert app.text_input(key=key).value == " ?"


def test_nothing_before_the_gap_is_a_frame_too(app: AppTest) -> None:
    app.run().text_input(key="frame").set_value("").run()
    shown = panel(boarded(app), "dial")
    assert len(shown["figure"]["data"]) == 3 and len(shown["table"]["rows"]) == len(memory.NEUTRAL) + 1


def test_a_long_review_is_computed_on_demand(app: AppTest) -> None:
    app.run().text_input(key="phrase").set_value(REVIEW_A).run()
    assert panel(boarded(app), "gradients")["kind"] == "text"
    assert any(button.label == "Compute the gradients" for button in app.button)


def test_blocks_keep_the_mean() -> None:
    norm = np.tril(np.random.default_rng(0).random((7, 7)))
    small, block = averaged(norm, 3)
    assert block == 3 and small.shape == (3, 3)
    assert small[0, 0] == pytest.approx(norm[:3, :3].mean()) and small[2, 1] == pytest.approx(norm[6:, 3:6].mean())
    same, one = averaged(norm, 7)
    assert one == 1 and np.array_equal(same, norm)


def test_sentences_by_hand() -> None:
    assert faded(np.array([1.0, 0.5, 0.1, 0.2])) == 2 and faded(np.array([1.0, 0.5])) is None
    said = distances({"rnn": np.array([1.0, 0.05]), "gru": np.array([1.0, 0.5])}, {"rnn": "RNN", "gru": "GRU"})
    assert "the RNN's after 1 word;" in said and "the GRU's has not within 1 words (there it is 0.5 of it)" in said
    dials = {"rnn": memory.Dial(np.array([0.2, 0.3, 0.7]), 1), "gru": memory.Dial(np.array([0.7, 0.7, 0.7]), None)}
    said = survivals(dials, {"rnn": "RNN", "gru": "GRU"}, ("not", "good"))
    assert "the RNN calls it negative with up to 1, and is at 0.70 with one more" in said
    assert "the GRU does not call it negative even with none (0.70)" in said


class TestBrowser:
    pytestmark = IN_BROWSER

    @EVERYWHERE
    def test_axe_finds_nothing(self, page: Page, address: str) -> None:
        board(page, address, "memory")
        passes(page)

    def test_the_row_follows_the_time_cursor(self, page: Page, address: str) -> None:
        board(page, address, "memory?phrase=good,+not+bad")
        shown = page.get_by_test_id("panel-gradients")
        expect(shown.locator("h3").last).to_have_text("What the belief after 4 bad hangs on")
        shown.locator("summary").click()
        page.get_by_role("slider", name="Timestep").press("Home")
        expect(shown.locator("h3").last).to_have_text("What the belief after 1 good hangs on")
        wanted = memory.gradients(load("rnn"), "good, not bad").norm[0, 0]
        cell = shown.locator("tbody td").first
        assert float(cell.inner_text()) == pytest.approx(float(wanted), rel=1e-3)

    def test_a_word_that_looks_like_markup_stays_a_word(self, page: Page, address: str) -> None:
        board(page, address, "memory?phrase=%3Cb%3Ebold%3C/b%3E+film")
        assert page.locator(".stage b, .stage-plot b").count() == 0
        shown = page.get_by_test_id("panel-gradients")
        shown.locator("summary").click()
        expect(shown.locator("tbody th").first).to_have_text("1 <")
