"""The page State space: what it sends to the board."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from boards import boarded, panel
from small_atlas import write_small_atlas
from streamlit.testing.v1 import AppTest

from explorer import load, trace
from explorer.analysis.state_atlas import load_atlas
from explorer.analysis.state_space import Line, Readout, SlowPoints, readout
from explorer.core import checkpoints
from explorer.views.state_space import figures, sentences
from explorer.views.state_space import panels as space

pytestmark = pytest.mark.xdist_group("state space")  # what its fixtures make is made once

PAGE = "from explorer.views.state_space import page\npage.page()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_atlas(tmp_path_factory.mktemp("pretrained"))


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(checkpoints, "FOLDER", folder)
    return AppTest.from_string(PAGE, default_timeout=120)


def drawn(shown: dict) -> list[dict]:
    return [one for one in shown["figure"]["data"] if one.get("meta") == "path"]


def numbers(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4")


def test_a_path_is_where_the_states_lie(app: AppTest, folder: Path) -> None:
    app.run().text_input(key="space.phrase").set_value("good, not bad").run()
    shown = panel(boarded(app), "plane")
    one, atlas = trace(load("gru"), "good, not bad"), load_atlas(load("gru"), folder)
    expected = (one.activations["hidden"] - atlas.plane.mean) @ atlas.plane.components.T
    (path,) = drawn(shown)
    assert np.stack([path["x"], path["y"]], 1) == pytest.approx(expected, abs=1e-5)
    assert path["text"] == ["good", ",", "not", "bad"]
    assert "text" in path["mode"]
    for (x, y), row, belief in zip(expected, shown["table"]["rows"], one.belief, strict=True):
        assert [float(row[3]), float(row[4]), float(row[5])] == pytest.approx([x, y, belief], abs=1e-3)
    for axis, values in zip(("xaxis", "yaxis"), expected.T, strict=True):
        low, high = shown["figure"]["layout"][axis]["range"]
        assert low < values.min()
        assert values.max() < high


def test_the_cloud_is_coloured_by_belief(app: AppTest, folder: Path) -> None:
    shown = panel(boarded(app.run()), "plane")
    cloud, atlas = shown["figure"]["data"][0], load_atlas(load("gru"), folder)
    assert numbers(cloud["marker"]["color"]) == pytest.approx(atlas.belief)
    assert shown["figure"]["layout"]["coloraxis"]["colorbar"]["title"]["text"] == "P(positive)"
    held = 100 * atlas.plane.explained.sum()
    assert f"{held:.0f} % of the variance" in shown["sentence"]
    w = load("gru").network.readout.weight[0].numpy()
    inside = np.linalg.norm(atlas.plane.components @ w) / np.linalg.norm(w)
    assert f"{100 * inside:.0f} % of the length of the readout" in shown["sentence"]
    assert f"{atlas.card['reading_speed']:.2g} on average" in shown["sentence"]


def test_a_second_phrase_has_another_marker_and_dash(app: AppTest) -> None:
    app.run().text_input(key="space.other").set_value("bad, not good at all").run()
    data = boarded(app)
    first, second = drawn(panel(data, "plane"))
    assert first["marker"]["symbol"] != second["marker"]["symbol"]
    assert first["line"]["dash"] != second["line"]["dash"]
    assert data["steps"] == 6
    assert [row["phrase"] for row in data["phrases"]] == ["A", "B"]
    assert {row[0] for row in panel(data, "plane")["table"]["rows"]} == {"phrase A", "phrase B"}
    assert "other=bad%2C+not+good+at+all" in data["link"]
    app.text_input(key="space.other").set_value("?!").run()
    data = boarded(app)
    assert len(drawn(panel(data, "plane"))) == 1
    assert "no words in the second phrase" in " ".join(data["notes"])


def test_slow_points_of_the_input_that_is_asked_for(app: AppTest, folder: Path) -> None:
    app.run()
    atlas = load_atlas(load("gru"), folder)
    for given, points in atlas.slow.items():
        app.selectbox(key="space.given").set_value(given).run()
        shown = panel(boarded(app), "plane")
        marks = next(one for one in shown["figure"]["data"] if one["name"] == "slow points")
        assert len(numbers(marks["x"])) == len(points.speed)
        assert f"found {len(points.speed)} slow point" in shown["sentence"]
        assert f"q is {points.speed.max():.2g};" in shown["sentence"]
        assert sentences.INPUTS[given] in shown["sentence"]


@pytest.mark.parametrize("name", ["rnn", "lstm"])  # of other weights; none
def test_without_an_atlas_a_command_and_the_modifier(app: AppTest, name: str) -> None:
    app.run().selectbox(key="space.model").set_value(name).run()
    data = boarded(app)
    assert panel(data, "plane")["kind"] == "text"
    assert panel(data, "plane")["sentence"].endswith("The command: python -m explorer states")
    assert panel(data, "modifier")["kind"] == "plot"


@pytest.mark.parametrize("name", ["gru", "lstm"])
def test_a_modifier_does_what_reading_it_does(app: AppTest, name: str) -> None:
    app.run().selectbox(key="space.model").set_value(name)
    app.text_input(key="space.phrase").set_value("the film")
    app.selectbox(key="space.word").set_value("never").run()
    shown = panel(boarded(app), "modifier")
    model = load(name)

    def brings(before: str) -> float:
        return float(np.mean([
            np.diff(trace(model, f"{start} {before} good").activations["logit"])[-1] for start in ("the", "the film")
        ]))  # fmt: skip

    alone, after = (bars["y"][0] for bars in shown["figure"]["data"])
    assert [alone, after] == pytest.approx([brings(""), brings("never")], abs=1e-4)
    assert shown["table"]["rows"][0][:3] == ["good", f"{alone:+.4f}", f"{after:+.4f}"]
    assert f"“good” brings {alone:+.2f} by itself and {after:+.2f} after “never”" in shown["sentence"]


def test_the_arrow_of_a_word_is_its_mean_displacement(app: AppTest, folder: Path) -> None:
    app.run().text_input(key="space.phrase").set_value("the film")
    app.selectbox(key="space.word").set_value("never").run()
    data, model = boarded(app), load("gru")
    read, start, both = (
        trace(model, text).activations["hidden"] for text in ("the never", "the film", "the film never")
    )
    axes = load_atlas(model, folder).plane
    moved = np.mean([read[1] - start[0], both[2] - start[1]], 0)
    _, drawn = panel(data, "plane")["figure"]["layout"]["annotations"]
    assert drawn["text"] == "push of “never”"
    assert [drawn["ax"], drawn["ay"]] == pytest.approx(axes.project(start.mean(0)), abs=1e-4)
    assert [drawn["x"], drawn["y"]] == pytest.approx(axes.project(start.mean(0) + moved), abs=1e-4)
    share = np.linalg.norm(axes.components @ moved) / np.linalg.norm(moved)
    assert f"shows {100 * share:.0f} % of the length of the mean move" in panel(data, "modifier")["sentence"]
    app.text_input(key="space.another").set_value("xqzzjv").run()
    assert len(panel(boarded(app), "plane")["figure"]["layout"]["annotations"]) == 1


def test_another_word_and_slow_points(app: AppTest) -> None:
    app.run().text_input(key="space.another").set_value("Rarely ").run()
    data = boarded(app)
    assert panel(data, "modifier")["title"] == "What “Rarely” does to the next word"
    assert "another=Rarely" in data["link"]
    assert "2 slow points" not in panel(data, "modifier")["sentence"]
    app.selectbox(key="space.start").set_value(space.RESTING).run()
    assert re.search(r"Mean over \d+ slow points: “rarely”", panel(boarded(app), "modifier")["sentence"])


@pytest.mark.parametrize(
    ("typed", "said"), [("xqzzjv", "no vector"), ("<b>", "Type one word"), ("two words", "Type one word")]
)
def test_a_word_that_cannot_be_tried(app: AppTest, typed: str, said: str) -> None:
    app.run().text_input(key="space.another").set_value(typed).run()
    shown = panel(boarded(app), "modifier")
    assert shown["kind"] == "text"
    assert said in shown["sentence"]


def test_a_link_brings_the_page_back(app: AppTest) -> None:
    app.query_params["other"], app.query_params["word"], app.query_params["lane"] = "bad film", "rarely", "gru"
    data = boarded(app.run())
    assert len(data["phrases"]) == 2
    assert "“rarely”" in panel(data, "modifier")["title"]


def test_no_words_and_markup(app: AppTest) -> None:
    app.run().text_input(key="space.phrase").set_value("?!").run()
    assert boarded(app)["panels"] == []
    assert "no words in this text" in boarded(app)["summary"]
    app.text_input(key="space.phrase").set_value("<b>good</b> film").run()
    assert "<b>" not in json.dumps([one.get("figure") for one in boarded(app)["panels"]])


# ----------------------------------------------------------------------------------------- figures and sentences alone


def test_the_line_of_one_half() -> None:
    box = np.array([[-5.0, 5.0], [-1.0, 3.0]])
    assert figures.crossing(Readout(np.array([1.0, 0.0]), -2.0, 1.0), box).tolist() == [[2.0, -1.0], [2.0, 3.0]]
    ends = figures.crossing(Readout(np.array([1.0, 2.0]), -1.0, 1.0), box)
    assert sorted(ends.tolist()) == [[-5.0, 3.0], [3.0, -1.0]]
    assert len(figures.crossing(Readout(np.array([1.0, 0.0]), 9.0, 1.0), box)) == 0


def test_the_arrow_points_to_where_the_log_odds_rise(folder: Path) -> None:
    seen = readout(load("gru"), load_atlas(load("gru"), folder).plane)
    drawn = figures.arrow(seen, np.array([[-2.0, 2.0], [-1.0, 1.0]]))
    assert (drawn["x"] - drawn["ax"]) * seen.direction[0] + (drawn["y"] - drawn["ay"]) * seen.direction[1] > 0
    assert np.hypot(drawn["x"] - drawn["ax"], drawn["y"] - drawn["ay"]) == pytest.approx(0.6)


def slow(*sizes: float) -> SlowPoints:
    """Points with these largest eigenvalues."""
    count = len(sizes)
    return SlowPoints(
        np.zeros((count, 2)), np.full(count, 1e-4), np.zeros(count), np.array([[size, 0.1] for size in sizes], complex)
    )


def test_the_table_of_slow_points(app: AppTest, folder: Path) -> None:
    shown = panel(boarded(app.run()), "slow")["table"]["rows"]
    slow = load_atlas(load("gru"), folder).slow["zero"]
    assert len(shown) == len(slow.speed) > 0
    w, b = load("gru").network.readout.weight[0].double().numpy(), float(load("gru").network.readout.bias)
    for row, state, speed, values in zip(shown, slow.states, slow.speed, slow.eigenvalues, strict=True):
        assert float(row[1]) == pytest.approx(speed, rel=0.06)
        assert float(row[4]) == pytest.approx(1 / (1 + np.exp(-(state[:128] @ w + b))), abs=1e-3)
        assert row[6] == ("yes" if np.abs(values).max() < 1 else "no")


def test_few_slow_points_have_no_shape(app: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "FEWEST", 10_000)
    assert "So few points have no shape." in panel(boarded(app.run()), "plane")["sentence"]


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.81, "line attractor"), (0.79, "line-like band along the readout"), (0.49, "a cloud rather than a line")],
)
def test_only_what_is_nearly_a_line_is_called_one(share: float, said: str) -> None:
    along = Line(share, np.zeros(2), np.array([1.0, 0.0]), np.zeros(3), 0.9, 1.0)
    told = sentences.resting(slow(0.5, 0.9, 0.9), along, "zero", 0.7)
    assert said in told
    assert "found 3 slow points" in told
    assert f"between {1 / np.log(2):.1f} steps and {-1 / np.log(0.9):.1f} steps" in told
    assert "dies away" in told


def test_the_longest_time_constant_need_not_be_that_of_the_largest_eigenvalue() -> None:
    points = SlowPoints(np.zeros((1, 2)), np.full(1, 1e-4), np.zeros(1), np.array([[1.5, 0.99]], complex))
    assert f"longest time constant is {-1 / np.log(0.99):.1f} steps" in sentences.resting(points, None, "zero", 0.7)


def test_a_band_across_the_readout_is_not_said_to_be_along_it() -> None:
    along = Line(0.9, np.zeros(2), np.array([1.0, 0.0]), np.zeros(3), 0.2, 1.0)
    assert "hardly along the readout" in sentences.resting(slow(0.5, 0.9, 0.9), along, "zero", 0.7)


def test_points_that_drift_and_none() -> None:
    assert "one of them has an eigenvalue of size 1 or more" in sentences.resting(slow(1.01, 0.9), None, "mean", 0.7)
    assert sentences.resting(slow(), None, "zero", 0.7).startswith("No slow point was found")
