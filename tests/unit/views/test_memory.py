"""The page Memory: what it sends to the board."""

from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest
from boards import all_boarded, numbers, typed, worked
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer import load, trace
from explorer.analysis import interventions, memory
from explorer.networks.registry import recurrent_names
from explorer.views.memory import figures
from explorer.views.memory import panels as view
from explorer.views.memory.figures import averaged, decades
from explorer.views.memory.sentences import distance, faded, held, identity, matrix, strongest, survival, wiped
from explorer.views.memory.sentences import given as outcome
from explorer.views.shared import charts
from explorer.views.shared.examples import REVIEW_A
from explorer.views.shared.labels import spread
from explorer.views.shared.wording import percent

PAGE = "from explorer.views.memory import page\npage.page()"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=60)


def panel(app: AppTest, name: str) -> dict:
    """A panel of any board of the page, by its id."""
    return next(one for data in all_boarded(app) for one in data["panels"] if one["id"] == name)


def summary(app: AppTest) -> str:
    return all_boarded(app)[0]["summary"]


def line(app: AppTest, i: int) -> np.ndarray:
    """A line of the transplant: as the phrase was (0), with the other memory (1), the donor (2)."""
    return np.array(panel(app, "transplant")["figure"]["data"][i]["y"], float)


def test_matrices_are_the_gradients_of_every_model(app: AppTest) -> None:
    shown = panel(app.run(), "gradients")
    for drawn, name in zip(shown["models"], recurrent_names(), strict=True):
        assert numbers(drawn["values"]) == pytest.approx(memory.gradients(load(name), "good, not bad").norm, rel=1e-5)
    assert shown["words"] == ["1 good", "2 ,", "3 not", "4 bad"]
    assert shown["block"] == 1


def test_the_transplant_is_that_of_the_measure(app: AppTest) -> None:
    app.run()
    app.number_input(key="memory.step").set_value(4)
    app.number_input(key="memory.after").set_value(3).run()
    model = load("gru")
    wanted = interventions.transplant(model, "good, not bad", 3, "bad, not good", 3)
    own, other = line(app, 0), line(app, 1)
    assert own == pytest.approx(trace(model, "good, not bad").belief, abs=1e-5)
    assert np.isnan(other[:3]).all()
    assert other[3:] == pytest.approx(wanted.belief, abs=1e-6)
    assert "Give the GRU the memory of “bad , not” after step 3, and it ends at" in summary(app)
    assert f"ends at {percent(wanted.belief[-1])} instead of {percent(own[-1])}" in summary(app)
    assert "exactly 0" in panel(app, "control")["sentence"]
    rows = panel(app, "transplant-numbers")["table"]["rows"]
    assert [row[2] for row in rows] == ["", "", "", f"{wanted.belief[-1]:.4f}"]


def test_the_donor_is_drawn_up_to_where_its_memory_is_put_in(app: AppTest) -> None:
    """Its words stand before that step, each with its own belief; then its line goes on where the other one begins."""
    app.run()
    donor = panel(app, "transplant")["figure"]["data"][2]
    assert donor["text"] == ["bad", ",", "not", "good", ""]
    assert donor["x"] == [-2, -1, 0, 1, 2]
    assert donor["y"][:4] == pytest.approx(trace(load("gru"), "bad, not good").belief, abs=1e-5)
    assert donor["y"][4] == pytest.approx(line(app, 1)[1])
    assert panel(app, "transplant")["figure"]["layout"]["xaxis"]["range"] == [-2.5, 4.5]
    app.number_input(key="memory.after").set_value(0).run()
    assert len(panel(app, "transplant")["figure"]["data"]) == 2  # before its first word there is nothing to draw
    app.text_input(key="memory.donor").set_value("film " * 50).run()
    app.number_input(key="memory.after").set_value(50).run()
    assert len(panel(app, "transplant")["figure"]["data"][2]["x"]) == figures.TAIL + 1


def test_no_step_is_missed_while_there_is_no_phrase(app: AppTest) -> None:
    app.run().number_input(key="memory.step").set_value(5).run()
    assert "not before step 5" in app.warning[0].value
    typed(app, "memory", phrase="...")
    assert not app.warning
    assert "only signs" in summary(app)
    assert panel(app, "dial")["kind"] == "plot"  # it needs no phrase


def test_reset_and_clamp(app: AppTest) -> None:
    app.run().selectbox(key="memory.way").set_value(view.RESET).run()
    model = load("gru")
    # before its second word the text starts anew
    assert line(app, 1)[1:] == pytest.approx(trace(model, ", not bad").belief, abs=1e-5)
    assert "memory is wiped" in summary(app)
    app.selectbox(key="memory.way").set_value(view.CLAMP).run()
    assert "No unit is held yet" in panel(app, "transplant")["sentence"]
    app.multiselect(key="memory.units").set_value([5, 9]).run()
    app.slider(key="memory.at").set_value(-0.5).run()
    own = interventions.trajectory(model, "good, not bad")
    wanted = interventions.resume(model, "good, not bad", 1, own.before(1), {"hidden": {5: -0.5, 9: -0.5}})
    assert line(app, 1)[1:] == pytest.approx(wanted.belief, abs=1e-6)


def test_a_step_that_is_not_there_is_said_and_stays(app: AppTest) -> None:
    typed(app.run(), "memory", phrase="a very long and not so bad film")
    app.number_input(key="memory.step").set_value(99).run()
    shown = panel(app, "transplant")
    assert shown["kind"] == "text"
    assert shown["sentence"] == app.warning[0].value
    assert "The phrase has 8 steps" in shown["sentence"]
    assert "before steps 1 to 8, not before step 99" in shown["sentence"]
    typed(app, "memory", phrase="bad")
    assert app.number_input(key="memory.step").value == 99
    assert "before step 1, not" in app.warning[0].value
    app.number_input(key="memory.step").set_value(1).run()
    app.number_input(key="memory.after").set_value(7).run()
    assert "The other phrase has 4 steps" in app.warning[0].value
    assert app.number_input(key="memory.after").value == 7
    app.selectbox(key="memory.way").set_value(view.RESET).run()
    assert not app.warning
    assert not app.exception
    typed(app, "memory", phrase="")
    assert "no text yet" in summary(app)


def test_steps_that_nobody_chose_follow_the_phrases(app: AppTest) -> None:
    typed(app.run(), "memory", phrase="a very long film")
    assert app.number_input(key="memory.step").value == 2
    assert app.number_input(key="memory.after").value == 4
    typed(app, "memory", phrase="bad")
    assert app.number_input(key="memory.step").value == 1
    app.text_input(key="memory.donor").set_value("so good").run()
    assert app.number_input(key="memory.after").value == 2
    assert not app.warning


def test_ticks_of_distances_are_whole_numbers() -> None:
    for steps in (1, 2, 4, 11, 150, 1_000):
        axis = figures.distances({"gru": np.ones(steps)}, {"gru": "GRU"})["layout"]["xaxis"]
        assert axis["tick0"] == 0
        assert axis["dtick"] >= 1
        assert axis["dtick"] == int(axis["dtick"])
        assert (steps - 1) / axis["dtick"] <= 10


@pytest.mark.parametrize(
    ("key", "name", "said"), [("donor", "transplant", "Type another phrase"), ("ending", "dial", "Type a word")]
)
def test_an_empty_box_says_what_is_missing(app: AppTest, key: str, name: str, said: str) -> None:
    app.run().text_input(key=f"memory.{key}").set_value(" ?").run()
    shown = panel(app, name)
    assert shown["kind"] == "text"
    assert said in shown["sentence"]
    assert app.text_input(key=f"memory.{key}").value == " ?"


def test_nothing_before_the_gap_is_a_frame_too(app: AppTest) -> None:
    app.run().text_input(key="memory.frame").set_value("").run()
    shown = panel(app, "dial")
    assert len(shown["figure"]["data"]) == 3
    assert len(panel(app, "dial-numbers")["table"]["rows"]) == len(memory.NEUTRAL) + 1
    assert "“… good”" in shown["sentence"]


def test_the_dial_stands_beside_the_same_without_its_beginning(app: AppTest) -> None:
    typed(app.run(), "memory", model="rnn")
    shown, table = panel(app, "dial"), panel(app, "dial-numbers")["table"]
    assert table["columns"] == ["Neutral words", "RNN", "GRU", "LSTM", "RNN without the first words"]
    for frame, column in ((memory.FRAME, 1), ((None, "good"), 4)):
        found = [float(row[column]) for row in table["rows"]]
        assert found == pytest.approx(memory.dial(load("rnn"), *frame).belief, abs=1e-4)
        assert shown["figure"]["data"][column - 1]["y"] == pytest.approx(found, abs=1e-4)


def test_units_that_the_model_has_not_are_not_held(app: AppTest) -> None:
    app.query_params["units"] = "5,999"
    app.run().selectbox(key="memory.way").set_value(view.CLAMP).run()
    assert "unit 5 of the GRU is held at +0.00" in summary(app)


def test_a_long_review_is_computed_on_demand(app: AppTest) -> None:
    typed(app.run(), "memory", phrase=REVIEW_A)
    assert panel(app, "gradients")["kind"] == "text"
    next(button for button in app.button if button.label == "Compute the gradients").click().run()
    shown = panel(worked(app), "gradients")
    norm = memory.gradients(load("lstm"), REVIEW_A).norm
    cells, block = averaged(norm)
    assert block == shown["block"] == 2
    assert len(shown["words"]) == len(cells) <= 120
    assert numbers(shown["models"][2]["values"]) == pytest.approx(cells, rel=1e-3, abs=1e-6)
    assert "2 steps by 2 words are averaged into one cell" in panel(app, "gradients-guide")["sentence"]
    fading = panel(app, "fading")["figure"]["data"][2]["y"]
    assert fading == pytest.approx(memory.by_distance(norm), rel=1e-3)
    typed(app, "memory", model="rnn")
    assert panel(app, "gradients")["kind"] == "matrix"  # it has all models


def test_each_picture_has_its_guide_and_its_numbers_folded_below_it(app: AppTest) -> None:
    for data in all_boarded(app.run()):
        depths = [one.get("depth", "see") for one in data["panels"]]
        assert depths[0] == "see"
        assert {"explain", "measure"} <= set(depths)
    assert [data.get("reading") for data in all_boarded(app)] == ["below", "hidden", "hidden"]


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
        figure = panel(app.run(), name)["figure"]
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


def test_the_scale_of_matrices_reaches_as_far_as_their_numbers() -> None:
    assert figures.depth([np.tril(np.full((3, 3), 0.5))]) == 1  # at least one power of ten
    assert figures.depth([np.array([[1.0, 0.0], [1e-9, 1.0]])]) == figures.DEPTH
    assert figures.depth([np.array([[1.0, 0.0], [1e-2, 1.0]]), np.ones((1, 1))]) == pytest.approx(2)
    assert figures.depth([np.zeros((2, 2))]) == 1


def test_a_model_without_a_memory_is_said_not_to_be_shown(app: AppTest) -> None:
    assert not app.run().info
    other = AppTest.from_string(PAGE, default_timeout=60)
    other.query_params["model"] = "concat"
    told = [each.value for each in other.run().info]
    assert told == ["The concatenation keeps no memory from word to word. This page shows the GRU instead."]
    assert "the GRU" in summary(other)


def test_names_at_the_ends_of_lines_leave_each_other_room() -> None:
    placed = figures.end_labels({"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}, {"rnn": 0.1, "gru": 0.1, "lstm": 0.9}, 1)
    assert [label["text"] for label in placed] == ["RNN", "GRU", "LSTM"]
    near = sorted(label["y"] for label in placed)
    assert near[1] - near[0] == pytest.approx(figures.APART)
    assert near[0] + near[1] == pytest.approx(0.2)  # as little as need be: their middle stays
    assert near[2] == 0.9


def test_an_end_that_stays_the_same_is_told_as_such() -> None:
    same = [outcome("GRU", "dull", first, 0.001, 0.002) for first in (0, 3)] + [wiped("GRU", "film", 0.971, 0.969)]
    other = [outcome("GRU", "dull", first, 0.97, 0.002) for first in (0, 3)] + [wiped("GRU", "film", 0.971, 0.2)]
    assert ["still ends at" in sentence for sentence in same + other] == [True] * 3 + [False] * 3
    assert ["instead of" in sentence for sentence in same + other] == [False] * 3 + [True] * 3


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0.01, 0.5))
def test_labels_keep_their_order_and_their_mean(places: list[float], least: float) -> None:
    moved = spread(places, least)
    assert np.mean(moved) == pytest.approx(np.mean(places), abs=1e-5)
    order = sorted(range(len(places)), key=lambda i: places[i])
    for below, above in pairwise(order):
        assert moved[above] - moved[below] >= least - 1e-5


def test_sentences_by_hand() -> None:
    assert faded(np.array([1.0, 0.5, 0.1, 0.2])) == 2
    assert faded(np.array([1.0, 0.5])) is None
    assert distance(np.array([1.0, 0.05]), "RNN") == (
        "In the RNN, less than a tenth of the gradient is left 1 word back."
    )
    assert distance(np.array([1.0, 0.5, 0.6]), "GRU") == (
        "In the GRU, 50% or more of the gradient is left over 2 words."
    )
    assert "the first word still counts at the end" in distance(np.array([1.0, 1.2]), "LSTM")
    assert distance(np.array([1.0]), "RNN").startswith("One word alone")
    part = memory.Dial(np.array([0.2, 0.3, 0.7]), 1)
    assert survival(part, "RNN", ("not", "good")) == (
        "The RNN calls “not … good” negative with up to 1 neutral word between. At 2 it says 70%, positive "
        "for the first time."
    )
    torn = memory.Dial(np.array([0.2, 0.3, 0.5]), 1)
    assert "At 2 it says 50%, undecided for the first time." in survival(torn, "RNN", ("not", "good"))
    none = memory.Dial(np.array([0.7, 0.7, 0.7]), None)
    assert "even with no words between (70%)" in survival(none, "GRU", ("not", "good"))
    every = memory.Dial(np.array([0.1, 0.1, 0.2]), 2)
    assert "still calls “… good” negative with 2 neutral words between (20%)" in survival(every, "GRU", (" ", "good"))


def test_more_sentences_by_hand() -> None:
    tokens = ("so", "bad")
    assert strongest({"RNN": 1, "GRU": 1}, tokens) == "In every model the final verdict depends most on “bad”."
    assert strongest({"RNN": 1, "GRU": 0, "LSTM": 0}, tokens) == (
        "The final verdict depends most on: “bad” (RNN), “so” (GRU, LSTM)."
    )
    said = matrix(np.array([[3.0, 0.0], [0.5, 2.0]]), 1, "GRU")
    assert "Largest, 3: the belief after step 1, the word of step 1." in said
    assert "Smallest, 0.5: the belief after step 2, the word of step 1." in said  # not the word that was not read
    assert "after step 5" in matrix(np.array([[3.0, 0.0], [0.5, 4.0]]), 4, "GRU")
    assert held("GRU", [3, 4], -0.5, "bad", 0.9, 0.1) == (
        "From “bad” on, units 3, 4 of the GRU are held at -0.50. It ends at 10% instead of 90%."
    )
    assert "exactly 0" in identity(0.0, 4)
    assert "each of 4 steps" in identity(0.0, 4)
    assert (
        identity(2e-7, 1) == "With its own memory put back in before this step, the log-odds change by 2.0e-07 at most."
    )
