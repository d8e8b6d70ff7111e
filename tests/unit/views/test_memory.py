"""The page Memory: what it sends to the board."""

import numpy as np
import plotly.graph_objects as go
import pytest
from boards import boarded, numbers, panel, worked
from streamlit.testing.v1 import AppTest

from explorer import load, trace
from explorer.analysis import interventions, memory
from explorer.networks.registry import recurrent_names
from explorer.views.memory import figures
from explorer.views.memory import panels as view
from explorer.views.memory.figures import averaged, decades
from explorer.views.memory.sentences import distances, faded, held, identity, matrix, strongest, survivals
from explorer.views.shared import charts
from explorer.views.shared.examples import REVIEW_A

PAGE = "from explorer.views.memory import page\npage.page()"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=60)


def test_matrices_are_the_gradients_of_every_model(app: AppTest) -> None:
    shown = panel(boarded(app.run()), "gradients")
    for drawn, name in zip(shown["models"], recurrent_names(), strict=True):
        assert numbers(drawn["values"]) == pytest.approx(memory.gradients(load(name), "good, not bad").norm, rel=1e-5)
    assert shown["words"] == ["1 good", "2 ,", "3 not", "4 bad"]
    assert shown["block"] == 1


def test_the_transplant_is_that_of_the_measure(app: AppTest) -> None:
    app.run()
    app.number_input(key="memory.step").set_value(4)
    app.number_input(key="memory.after").set_value(3).run()
    shown = panel(boarded(app), "transplant")
    own, other = (numbers(line["y"]) for line in shown["figure"]["data"])
    model = load("gru")
    wanted = interventions.transplant(model, "good, not bad", 3, "bad, not good", 3)
    assert own == pytest.approx(trace(model, "good, not bad").belief, abs=1e-5)
    assert np.isnan(other[:3]).all()
    assert other[3:] == pytest.approx(wanted.belief, abs=1e-6)
    assert f"ends at {wanted.belief[-1]:.3f}" in shown["sentence"]
    assert "exactly 0: nothing changes" in shown["sentence"]


def test_no_step_is_missed_while_there_is_no_phrase(app: AppTest) -> None:
    app.run().number_input(key="memory.step").set_value(5).run()
    assert "not before step 5" in app.warning[0].value
    app.text_input(key="memory.phrase").set_value("...").run()
    assert not app.warning
    assert "only signs" in boarded(app)["summary"]


def test_reset_and_clamp(app: AppTest) -> None:
    app.run().selectbox(key="memory.way").set_value(view.RESET).run()
    model = load("gru")
    other = numbers(panel(boarded(app), "transplant")["figure"]["data"][1]["y"])
    # before its last word the text starts anew
    assert other[-1] == pytest.approx(trace(model, "bad").probability, abs=1e-5)
    app.selectbox(key="memory.way").set_value(view.CLAMP).run()
    assert "No unit is held yet" in panel(boarded(app), "transplant")["sentence"]
    app.multiselect(key="memory.units").set_value([5, 9]).run()
    app.slider(key="memory.at").set_value(-0.5).run()
    other = numbers(panel(boarded(app), "transplant")["figure"]["data"][1]["y"])
    own = interventions.trajectory(model, "good, not bad")
    wanted = interventions.resume(model, "good, not bad", 3, own.before(3), {"hidden": {5: -0.5, 9: -0.5}})
    assert other[-1] == pytest.approx(wanted.belief[-1], abs=1e-6)


def test_a_step_that_is_not_there_is_said_and_stays(app: AppTest) -> None:
    app.run().text_input(key="memory.phrase").set_value("a very long and not so bad film").run()
    app.number_input(key="memory.step").set_value(99).run()
    shown = panel(boarded(app), "transplant")
    assert shown["kind"] == "text"
    assert shown["sentence"] == app.warning[0].value
    assert "The phrase has 8 steps" in shown["sentence"]
    assert "before steps 1 to 8, not before step 99" in shown["sentence"]
    app.text_input(key="memory.phrase").set_value("bad").run()
    assert app.number_input(key="memory.step").value == 99
    assert "before step 1, not" in app.warning[0].value
    app.number_input(key="memory.step").set_value(1).run()
    app.number_input(key="memory.after").set_value(7).run()
    assert "The donor has 4 steps" in app.warning[0].value
    assert app.number_input(key="memory.after").value == 7
    app.selectbox(key="memory.way").set_value(view.RESET).run()
    assert not app.warning
    assert not app.exception
    app.text_input(key="memory.phrase").set_value("").run()
    assert "no text yet" in boarded(app)["summary"]


def test_steps_that_nobody_chose_follow_the_phrase(app: AppTest) -> None:
    app.run().text_input(key="memory.phrase").set_value("a very long film").run()
    assert app.number_input(key="memory.step").value == 4
    app.text_input(key="memory.phrase").set_value("bad").run()
    assert app.number_input(key="memory.step").value == 1
    assert not app.warning


def test_ticks_of_distances_are_whole_numbers() -> None:
    for steps in (1, 2, 4, 11, 150, 1_000):
        axis = figures.distances({"gru": np.ones(steps)}, {"gru": "GRU"})["layout"]["xaxis"]
        assert axis["tick0"] == 0
        assert axis["dtick"] >= 1
        assert axis["dtick"] == int(axis["dtick"])
        assert (steps - 1) / axis["dtick"] <= 10


@pytest.mark.parametrize(
    ("key", "name", "said"), [("donor", "transplant", "needs a donor"), ("ending", "dial", "needs a word")]
)
def test_an_empty_box_says_what_is_missing(app: AppTest, key: str, name: str, said: str) -> None:
    app.run().text_input(key=f"memory.{key}").set_value(" ?").run()
    shown = panel(boarded(app), name)
    assert shown["kind"] == "text"
    assert said in shown["sentence"]
    assert app.text_input(key=f"memory.{key}").value == " ?"


def test_nothing_before_the_gap_is_a_frame_too(app: AppTest) -> None:
    app.run().text_input(key="memory.frame").set_value("").run()
    shown = panel(boarded(app), "dial")
    assert len(shown["figure"]["data"]) == 3
    assert len(shown["table"]["rows"]) == len(memory.NEUTRAL) + 1
    assert shown["sentence"].startswith("Nothing, then neutral words, then “good”: ")


def test_the_dial_stands_beside_the_same_without_its_beginning(app: AppTest) -> None:
    app.run().selectbox(key="memory.model").set_value("rnn").run()
    shown = panel(boarded(app), "dial")
    assert shown["table"]["columns"] == ["Neutral words", "RNN", "GRU", "LSTM", "RNN, nothing before the gap"]
    for frame, column in ((memory.FRAME, 1), ((None, "good"), 4)):
        found = [float(row[column]) for row in shown["table"]["rows"]]
        assert found == pytest.approx(memory.dial(load("rnn"), *frame).belief, abs=1e-4)
        assert shown["figure"]["data"][column - 1]["y"] == pytest.approx(found, abs=1e-4)


def test_units_that_the_model_has_not_are_not_held(app: AppTest) -> None:
    app.query_params["units"] = "5,999"
    app.run().selectbox(key="memory.way").set_value(view.CLAMP).run()
    assert "With unit 5 held at +0.00" in panel(boarded(app), "transplant")["sentence"]


def test_a_long_review_is_computed_on_demand(app: AppTest) -> None:
    app.run().text_input(key="memory.phrase").set_value(REVIEW_A).run()
    assert panel(boarded(app), "gradients")["kind"] == "text"
    next(button for button in app.button if button.label == "Compute the gradients").click().run()
    shown = panel(boarded(worked(app)), "gradients")
    norm = memory.gradients(load("lstm"), REVIEW_A).norm
    cells, block = averaged(norm)
    assert block == shown["block"] == 2
    assert len(shown["words"]) == len(cells) <= 120
    assert numbers(shown["models"][2]["values"]) == pytest.approx(cells, rel=1e-3, abs=1e-6)
    assert "2 steps by 2 words are averaged into one cell" in shown["sentence"]
    fading = panel(boarded(app), "fading")["figure"]["data"][2]["y"]
    assert fading == pytest.approx(memory.by_distance(norm), rel=1e-3)
    app.selectbox(key="memory.model").set_value("rnn").run()
    assert panel(boarded(app), "gradients")["kind"] == "matrix"  # it has all models


def test_the_control_of_a_long_review_reads_little_again() -> None:
    model = load("rnn")
    for text, tried in (("good", 1), ("good, not bad", 4), (" ".join(["film"] * 1_000), 3)):
        one = trace(model, text)
        assert view.largest_change(model, one, interventions.trajectory(model, text), len(one) // 2) == (0.0, tried)


def coloured(value: object, palette: dict) -> object:
    """What the board does: the palette's values in the place of their names."""
    if isinstance(value, dict):
        return {key: one if key in {"text", "ticktext"} else coloured(one, palette) for key, one in value.items()}
    if isinstance(value, list):
        return [coloured(one, palette) for one in value]
    return palette[value[1:]] if isinstance(value, str) and value.startswith("@") else value


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_are_valid_for_plotly(app: AppTest, theme: str) -> None:
    for name in ("fading", "dial", "transplant"):
        figure = panel(boarded(app.run()), name)["figure"]
        assert len(go.Figure(coloured(figure, charts.PALETTE[theme])).data) == len(figure["data"])


# a gradient of zero has no place on the axis
@pytest.mark.parametrize(("low", "ticks"), [(0.7, 0.8), (0.5, 0.5), (1e-1, 0.2), (1e-3, 1), (1e-12, 2), (0.0, 1.5)])
def test_ticks_of_a_logarithmic_axis(low: float, ticks: int | str) -> None:
    found = decades({"rnn": np.array([1.0, low])})
    if "dtick" in found:
        assert found["dtick"] == ticks
        return
    inside = [tick for tick in found["tickvals"] if (low or 1) <= tick <= 1]
    assert ticks in found["tickvals"]
    assert inside
    assert [float(text) for text in found["ticktext"]] == found["tickvals"]


def test_blocks_keep_the_mean() -> None:
    norm = np.tril(np.random.default_rng(0).random((7, 7)))
    small, block = averaged(norm, 3)
    assert block == 3
    assert small.shape == (3, 3)
    assert small[0, 0] == pytest.approx(norm[:3, :3].mean())
    assert small[2, 1] == pytest.approx(norm[6:, 3:6].mean())
    same, one = averaged(norm, 7)
    assert one == 1
    assert np.array_equal(same, norm)


def test_sentences_by_hand() -> None:
    assert faded(np.array([1.0, 0.5, 0.1, 0.2])) == 2
    assert faded(np.array([1.0, 0.5])) is None
    values = {"rnn": np.array([1.0, 0.05]), "gru": np.array([1.0, 0.5]), "lstm": np.array([1.0, 1.2])}
    said = distances(values, {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"})
    assert "the RNN's after 1 word;" in said
    assert "the GRU's not within 1 word (at least 50 % of it is left);" in said
    assert said.endswith("the LSTM's not within 1 word (it never falls below it).")
    assert distances({"rnn": np.array([1.0])}, {"rnn": "RNN"}).startswith("One word alone")
    dials = {"rnn": memory.Dial(np.array([0.2, 0.3, 0.7]), 1), "gru": memory.Dial(np.array([0.7, 0.7, 0.7]), None)}
    said = survivals(dials, {"rnn": "RNN", "gru": "GRU"}, ("not", "good"))
    assert "the RNN calls it negative with up to 1, and is at 0.70 with one more" in said
    assert "the GRU does not call it negative even with none (0.70)" in said


def test_more_sentences_by_hand() -> None:
    tokens = ("so", "bad")
    assert strongest({"RNN": 1, "GRU": 1}, tokens) == "In every model the last belief hangs most on “bad” (step 2)."
    assert "that of the RNN on “so” (step 1), that of the GRU on “bad” (step 2)" in strongest(
        {"RNN": 0, "GRU": 1}, tokens
    )
    said = matrix(np.array([[3.0, 0.0], [0.5, 2.0]]), 1, "GRU")
    assert "Largest, 3: the belief after step 1, the word of step 1." in said
    assert "Smallest, 0.5: the belief after step 2, the word of step 1." in said  # not the word that was not read
    assert "steps 5 and on" in matrix(np.array([[3.0, 0.0], [0.5, 4.0]]), 4, "GRU")
    assert held([3, 4], -0.5).startswith("With units 3, 4 held at -0.50")
    assert "exactly 0: nothing changes" in identity(0.0, 4)
    assert "before this step and 3 others" in identity(0.0, 4)
    assert identity(2e-7, 1).endswith("before this step, the largest change of any log-odds is 2.0e-07.")
