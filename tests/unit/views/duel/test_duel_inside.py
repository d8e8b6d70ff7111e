"""One phrase in one model, folded below the duel: a unit through it, and which words did it."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from boards import boarded, numbers, panel, typed, worked
from streamlit.testing.v1 import AppTest

from explorer import load, trace
from explorer.analysis import attribution
from explorer.analysis.integrated_gradients import IntegratedGradients, integrated_gradients
from explorer.networks.registry import network, recurrent_names
from explorer.views.duel import inside_sentences as sentences
from explorer.views.shared.examples import REVIEW_A, REVIEW_B
from explorer.views.shared.wording import percent

PAGE = "from explorer.views.duel import page\npage.page()"
PANELS = ["unit", "parts", "contexts", "words"]


@pytest.fixture
def app() -> AppTest:
    """The page with its numbers and the three methods opened."""
    page = AppTest.from_string(PAGE, default_timeout=60)
    page.session_state["compare.measure"] = page.session_state["compare.attributed"] = True
    return page


@pytest.mark.parametrize("name", recurrent_names())
def test_parts_of_all_units_sum_to_the_log_odds(app: AppTest, name: str) -> None:
    shown = panel(boarded(typed(app.run(), "compare", model=name)), "parts")
    assert numbers(shown["parts"]).sum(1) + shown["bias"] == pytest.approx(shown["logit"], abs=1e-5)
    assert 1 / (1 + np.exp(-np.array(shown["logit"]))) == pytest.approx(shown["belief"], abs=1e-6)


def test_all_panels_of_every_model_and_every_part(app: AppTest) -> None:
    app.run()
    for name in recurrent_names():
        typed(app, "compare", model=name)
        for part, title in network(name).titles().items():
            app.selectbox(key="compare.show").set_value(part).run()
            data = boarded(app)
            assert [one["id"] for one in data["panels"]][-4:] == PANELS
            assert title in panel(data, "activations")["title"]
            assert all(one["alt"] for one in data["panels"] if one["kind"] == "chart")


def test_the_unit_that_is_asked_for(app: AppTest) -> None:
    app.query_params["unit"] = "7"
    app.run()
    assert panel(boarded(app), "unit")["title"] == "Unit 7 through the phrase"
    app.number_input(key="compare.unit").set_value(9).run()
    assert panel(boarded(app), "parts")["unit"] == 9
    assert "unit=9" in boarded(app)["link"]


@pytest.mark.parametrize("asked", ["-1", "128", "99999999", "seven", "７"])
def test_a_link_to_a_unit_that_is_not_there(app: AppTest, asked: str) -> None:
    app.query_params["unit"] = asked
    data = boarded(app.run())
    number = panel(data, "parts")["unit"]
    assert number == int(load("gru").network.readout.weight[0].abs().argmax()) or (asked == "７" and number == 7)


def test_a_long_review_is_asked_about_before_it_is_computed(app: AppTest) -> None:
    text = " ".join([REVIEW_A] * 2)
    shown = panel(boarded(typed(app.run(), "compare", a=text)), "words")
    assert shown["kind"] == "text"
    assert "computed when you ask" in shown["sentence"]
    next(button for button in app.button if button.label == "Compute which words did it").click().run()
    shown = panel(boarded(worked(app)), "words")
    assert shown["kind"] == "chart"
    whole = integrated_gradients(load("gru"), text)
    found = next(one for one in shown["figure"]["data"] if one["name"] == "integrated gradients")
    assert numbers(found["y"]) == pytest.approx(whole.words, abs=1e-4)
    app.number_input(key="compare.unit").set_value(3).run()
    assert panel(boarded(app), "words")["kind"] == "chart"  # kept, since the phrase is the same
    assert panel(boarded(typed(app, "compare", a=text + " good")), "words")["kind"] == "text"


def test_integrated_gradients_that_miss_too_much_are_left_out(app: AppTest) -> None:
    """At 120 words of the RNN the path has steps that a few hundred points do not resolve."""
    text = " ".join(REVIEW_B.split()[:110])
    shown = panel(boarded(typed(app.run(), "compare", model="rnn", a=text)), "words")
    assert [one["name"] for one in shown["figure"]["data"]] == ["change at the word", "occlusion"]
    assert "Integrated gradients are left out: " in shown["sentence"]
    assert "jump too sharply" in shown["sentence"]
    assert "the strongest word is" in shown["sentence"]
    assert "By integrated gradients" not in shown["sentence"]
    assert "Look at integrated gradients more closely" in [button.label for button in app.button]
    data = boarded(typed(app, "compare", a="good, not bad"))
    assert len(panel(data, "words")["figure"]["data"]) == 3


def test_the_story_tells_the_moves_of_the_belief() -> None:
    model = load("gru")
    one = trace(model, "good, not bad")
    parts = attribution.parts(model, one.activations["hidden"])
    said = sentences.story(one, model.label, parts.units, parts.bias)
    start = 1 / (1 + np.exp(-parts.bias))
    assert said.startswith(f"Before the first word the GRU says {percent(start)}.")
    assert f"from {percent(start)} to {percent(one.belief[0])}" in said
    steps = [int(step) for step in re.findall(r"\(step (\d+)\)", said)]
    assert steps == sorted(steps)
    assert len(steps) <= sentences.MOVES
    change = parts.units[0]
    assert "At “good” (step 1) the belief rises" in said
    assert f"Unit {change.argmax()} pushes hardest" in said


def test_the_unit_that_is_named_moved_the_way_of_the_belief() -> None:
    one = trace(load("gru"), "bad")
    said = sentences.story(one, "GRU", np.array([[3.0, -2.0, 0.5]]), 0.0)
    assert "the belief falls" in said
    assert "Unit 1 pushes hardest (-2.00 log-odds)" in said


def test_a_number_that_rounds_to_zero_has_no_minus() -> None:
    one = trace(load("gru"), "bad")
    small = replace(one, activations={"hidden": np.array([[-0.001]])})
    said = sentences.unit(small, 0, np.array([-0.0001]), 0.1)
    assert "highest, -0.001," in said
    assert "gives +0.000 of" in said


def test_words_are_never_markup(app: AppTest) -> None:
    data = boarded(typed(app.run(), "compare", a="<b>good</b> film"))
    assert "<b>" not in json.dumps([one.get("figure") for one in data["panels"]])


@pytest.mark.parametrize(
    ("rise", "gap", "wanted"), [(2.0, 0.001, "a gap of 0.1%."), (-0.024, 2.04, "a gap of 0.05 log-odds.")]
)
def test_a_gap_is_told_in_log_odds_where_a_share_would_say_little(rise: float, gap: float, wanted: str) -> None:
    whole = IntegratedGradients(np.array([rise]), rise, gap, 1_000, complete=gap < 0.01)
    assert wanted in sentences.completeness(whole)
