"""The page State space: what it sends to the board."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from boards import all_boarded, typed
from small_atlas import write_small_atlas
from streamlit.testing.v1 import AppTest

from explorer import load, trace
from explorer.analysis.state_atlas import load_atlas
from explorer.analysis.state_space import Line, Readout, SlowPoints
from explorer.core import checkpoints
from explorer.views.shared.settings import MODIFIERS
from explorer.views.shared.wording import percent
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


def panel(app: AppTest, name: str) -> dict:
    """A panel of any board of the page, by its id."""
    return next(one for data in all_boarded(app) for one in data["panels"] if one["id"] == name)


def first(app: AppTest) -> dict:
    """The board that has the plane."""
    return all_boarded(app)[0]


def drawn(shown: dict) -> list[dict]:
    return [one for one in shown["figure"]["data"] if one.get("meta") == "path"]


def numbers(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4")


def test_a_path_is_where_the_states_lie(app: AppTest, folder: Path) -> None:
    typed(app.run(), "space", phrase="good, not bad", other="")
    shown = panel(app, "plane")
    one, atlas = trace(load("gru"), "good, not bad"), load_atlas(load("gru"), folder)
    expected = (one.activations["hidden"] - atlas.plane.mean) @ atlas.plane.components.T
    (path,) = drawn(shown)
    assert np.stack([path["x"], path["y"]], 1) == pytest.approx(expected, abs=1e-5)
    assert path["text"] == ["good", ",", "not", "bad"]
    assert "text" in path["mode"]
    assert shown["labels"] == [["good", "“,”", "not", "bad"]]
    assert shown["ends"][0][-1] == f"bad {percent(one.probability)}"
    for (x, y), row, belief in zip(expected, panel(app, "plane-numbers")["table"]["rows"], one.belief, strict=True):
        assert [float(row[3]), float(row[4]), float(row[5])] == pytest.approx([x, y, belief], abs=1e-3)
    for axis, values in zip(("xaxis", "yaxis"), expected.T, strict=True):
        low, high = shown["figure"]["layout"][axis]["range"]
        assert low < values.min()
        assert values.max() < high


def test_the_cloud_is_coloured_by_belief(app: AppTest, folder: Path) -> None:
    shown = panel(app.run(), "plane")
    cloud, atlas = shown["figure"]["data"][0], load_atlas(load("gru"), folder)
    assert numbers(cloud["marker"]["color"]) == pytest.approx(atlas.belief)
    ends = [one for one in shown["figure"]["layout"]["annotations"] if one.get("yref") == "paper"]
    assert [(end["text"], end["font"]["color"]) for end in ends] == [
        ("<b>◀ negative</b>", "@negative"), ("<b>positive ▶</b>", "@positive"),
    ]  # fmt: skip
    assert shown["figure"]["layout"]["coloraxis"]["colorscale"] == "@diverging"
    told = panel(app, "plane-guide")["sentence"]
    for share in atlas.plane.explained:
        assert f"{100 * share:.0f}% of their variance" in told or f"{100 * share:.0f}% from" in told
    w = load("gru").network.readout.weight[0].numpy()
    inside = np.linalg.norm(atlas.plane.components @ w) / np.linalg.norm(w)
    assert f"{100 * inside:.0f}% of the length of its weights" in told
    assert f"{atlas.card['reading_speed']:.2g} on average" in panel(app, "rest")["sentence"]


def test_a_second_phrase_has_another_marker_and_dash(app: AppTest) -> None:
    app.run().text_input(key="space.other").set_value("bad, not good at all").run()
    data = first(app)
    one, second = drawn(panel(app, "plane"))
    assert one["marker"]["symbol"] != second["marker"]["symbol"]
    assert one["line"]["dash"] != second["line"]["dash"]
    assert panel(app, "plane")["ends"][1][-1].startswith("B: all ")
    assert data["steps"] == 6
    assert [row["phrase"] for row in data["phrases"]] == ["A", "B"]
    assert {row[0] for row in panel(app, "plane-numbers")["table"]["rows"]} == {"phrase A", "phrase B"}
    assert "other=bad%2C+not+good+at+all" in data["link"]
    app.text_input(key="space.other").set_value("?!").run()
    data = first(app)
    assert len(drawn(panel(app, "plane"))) == 1
    assert "no words in the second phrase" in " ".join(data["notes"])


def test_slow_points_of_the_input_that_is_asked_for(app: AppTest, folder: Path) -> None:
    app.run()
    atlas = load_atlas(load("gru"), folder)
    assert not [one for one in panel(app, "plane")["figure"]["data"] if one.get("meta") == "slow"]
    for given, points in atlas.slow.items():
        app.selectbox(key="space.given").set_value(given).run()
        (marks,) = (one for one in panel(app, "plane")["figure"]["data"] if one.get("meta") == "slow")
        assert len(numbers(marks["x"])) == len(points.speed)
        told = panel(app, "rest")["sentence"]
        assert f"found {len(points.speed)} point" in told
        assert f"q is {points.speed.max():.2g};" in told
        assert {"zero": "a zero vector", "mean": "the mean vector"}[given] in told
        assert len(panel(app, "slow")["table"]["rows"]) == len(points.speed)


@pytest.mark.parametrize("name", ["rnn", "lstm"])  # of other weights; none
def test_without_an_atlas_a_command_and_the_modifier(app: AppTest, name: str) -> None:
    typed(app.run(), "space", model=name)
    assert panel(app, "plane")["kind"] == "text"
    assert panel(app, "plane")["sentence"].endswith("The command: python -m explorer states")
    assert panel(app, "modifier")["kind"] == "plot"


@pytest.mark.parametrize("name", ["gru", "lstm"])
def test_a_modifier_does_what_reading_it_does(app: AppTest, name: str) -> None:
    typed(app.run(), "space", model=name, phrase="the film", word="never")
    if not app.selectbox(key="space.start").disabled:
        app.selectbox(key="space.start").set_value(space.PATH).run()
    shown = panel(app, "modifier")
    model = load(name)

    def brings(before: str) -> float:
        return float(np.mean([
            np.diff(trace(model, f"{start} {before} good").activations["logit"])[-1] for start in ("the", "the film")
        ]))  # fmt: skip

    alone, after = (marks["x"][0] for marks in shown["figure"]["data"])
    assert [alone, after] == pytest.approx([brings(""), brings("never")], abs=1e-4)
    assert panel(app, "modifier-numbers")["table"]["rows"][0][:3] == ["good", f"{alone:+.4f}", f"{after:+.4f}"]
    said = panel(app, "word-told")["sentence"]
    assert f"“good” brings {alone:+.2f} by itself and {after:+.2f} after “never”" in said


def test_the_arrow_of_a_word_is_its_mean_displacement(app: AppTest, folder: Path) -> None:
    typed(app.run(), "space", phrase="the film", word="never")
    app.selectbox(key="space.start").set_value(space.PATH).run()
    model = load("gru")
    read, start, both = (
        trace(model, text).activations["hidden"] for text in ("the never", "the film", "the film never")
    )
    axes = load_atlas(model, folder).plane
    moved = np.mean([read[1] - start[0], both[2] - start[1]], 0)
    (tip,) = (one for one in panel(app, "arrows")["figure"]["layout"]["annotations"] if one.get("arrowcolor") == "@b")
    assert [tip["ax"], tip["ay"]] == [0, 0]
    assert [tip["x"], tip["y"]] == pytest.approx(axes.components @ moved, abs=1e-4)
    share = np.linalg.norm(axes.components @ moved) / np.linalg.norm(moved)
    assert f"shows {100 * share:.0f}% of the length of its mean move" in panel(app, "word-told")["sentence"]
    app.text_input(key="space.another").set_value("xqzzjv").run()
    assert [one["id"] for one in all_boarded(app)[1]["panels"]] == ["modifier"]


def test_the_arrows_are_of_all_modifiers_and_the_word_that_is_tried(app: AppTest) -> None:
    app.run().text_input(key="space.another").set_value("rarely").run()
    figure = panel(app, "arrows")["figure"]
    assert figure["data"][0]["text"] == [*MODIFIERS, "rarely"]
    arrows = [one for one in figure["layout"]["annotations"] if one["showarrow"]]
    assert len(arrows) == len(MODIFIERS) + 1
    (chosen,) = (one for one in arrows if one["arrowcolor"] == "@b")
    assert chosen["x"] == pytest.approx(figure["data"][0]["x"][-1], abs=1e-5)


def test_another_word_and_slow_points(app: AppTest) -> None:
    app.run().text_input(key="space.another").set_value("Rarely ").run()
    assert panel(app, "modifier")["title"] == "What “Rarely” does to the next word"
    assert "another=Rarely" in first(app)["link"]
    assert re.search(r"Mean over \d+ points of rest: “rarely”", panel(app, "word-told")["sentence"])
    app.selectbox(key="space.start").set_value(space.PATH).run()
    assert "Mean over 4 states of the phrase: “rarely”" in panel(app, "word-told")["sentence"]


@pytest.mark.parametrize(
    ("text", "said"), [("xqzzjv", "no vector"), ("<b>", "Type one word"), ("two words", "Type one word")]
)
def test_a_word_that_cannot_be_tried(app: AppTest, text: str, said: str) -> None:
    app.run().text_input(key="space.another").set_value(text).run()
    shown = panel(app, "modifier")
    assert shown["kind"] == "text"
    assert said in shown["sentence"]


def test_a_link_brings_the_page_back(app: AppTest) -> None:
    app.query_params["other"], app.query_params["word"], app.query_params["lane"] = "bad film", "rarely", "gru"
    assert len(first(app.run())["phrases"]) == 2
    assert "“rarely”" in panel(app, "modifier")["title"]


def test_no_words_and_markup(app: AppTest) -> None:
    typed(app.run(), "space", phrase="?!")
    assert first(app)["panels"] == []
    assert "no words in this text" in first(app)["summary"]
    typed(app, "space", phrase="<i>good</i> film")
    assert "<i>" not in json.dumps([one.get("figure") for data in all_boarded(app) for one in data["panels"]])


# ----------------------------------------------------------------------------------------- figures and sentences alone


def test_the_line_of_one_half() -> None:
    box = np.array([[-5.0, 5.0], [-1.0, 3.0]])
    assert figures.crossing(Readout(np.array([1.0, 0.0]), -2.0, 1.0), box).tolist() == [[2.0, -1.0], [2.0, 3.0]]
    ends = figures.crossing(Readout(np.array([1.0, 2.0]), -1.0, 1.0), box)
    assert sorted(ends.tolist()) == [[-5.0, 3.0], [3.0, -1.0]]
    assert len(figures.crossing(Readout(np.array([1.0, 0.0]), 9.0, 1.0), box)) == 0


@pytest.mark.parametrize(("push", "said"), [
    ([0.1, 1.0], "up, hardly towards positive or negative"),
    ([0.1, -1.0], "down, hardly towards positive or negative"),
    ([1.0, 1.0], "towards positive"),
    ([-1.0, 0.2], "towards negative"),
])  # fmt: skip
def test_where_a_word_moves_the_memory(push: list[float], said: str) -> None:
    assert said in sentences.moved("GRU", "not", np.array(push))


@pytest.mark.parametrize(("push", "name"), [
    ([0.1, 1.0], "“not” moves it up ▶"), ([0.1, -1.0], "◀ “not” moves it down"), ([1.0, 1.0], "another difference"),
])  # fmt: skip
def test_the_second_axis_is_named_only_for_what_it_shows(push: list[float], name: str) -> None:
    assert sentences.sideways({"not": np.array(push)}) == name
    assert sentences.sideways({}) == "another difference"


def test_the_ends_of_the_first_axis_follow_the_readout() -> None:
    for way, left in ((1.0, "◀ negative"), (-1.0, "◀ positive")):
        ends = figures.axis_ends(Readout(np.array([way, 0.0]), 0.0, 1.0))
        assert left in ends[0]["text"]
        assert ends[0]["font"]["color"] == f"@{left.split()[1]}"


def test_which_words_turn() -> None:
    then = {"good": (0.5, -0.4), "bad": (-0.5, 0.1), "film": (0.01, -0.5)}
    assert sentences.turned("not", then) == "“not” reverses the push of “good” and “bad”."
    assert sentences.turned("not", {"good": (0.5, -0.4)}) == "“not” reverses the push of “good”."
    assert "changes its side" in sentences.turned("very", {"good": (0.5, 0.9)})


def slow(*sizes: float) -> SlowPoints:
    """Points with these largest eigenvalues."""
    count = len(sizes)
    return SlowPoints(
        np.zeros((count, 2)), np.full(count, 1e-4), np.zeros(count), np.array([[size, 0.1] for size in sizes], complex)
    )


def test_the_table_of_slow_points(app: AppTest, folder: Path) -> None:
    app.run().selectbox(key="space.given").set_value("zero").run()
    shown = panel(app, "slow")["table"]["rows"]
    slow = load_atlas(load("gru"), folder).slow["zero"]
    assert len(shown) == len(slow.speed) > 0
    w, b = load("gru").network.readout.weight[0].double().numpy(), float(load("gru").network.readout.bias)
    for row, state, speed, values in zip(shown, slow.states, slow.speed, slow.eigenvalues, strict=True):
        assert float(row[1]) == pytest.approx(speed, rel=0.06)
        assert float(row[4]) == pytest.approx(1 / (1 + np.exp(-(state[:128] @ w + b))), abs=1e-3)
        assert row[6] == ("yes" if np.abs(values).max() < 1 else "no")


def test_few_slow_points_have_no_shape(app: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "FEWEST", 10_000)
    assert "So few points have no shape." in panel(app.run(), "rest")["sentence"]


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.81, "line attractor"), (0.79, "line-like band along the readout"), (0.49, "a cloud rather than a line")],
)
def test_only_what_is_nearly_a_line_is_called_one(share: float, said: str) -> None:
    along = Line(share, np.zeros(2), np.array([1.0, 0.0]), np.zeros(3), 0.9, 1.0)
    told = sentences.resting(slow(0.5, 0.9, 0.9), along, "zero", 0.7)
    assert said in told
    assert "found 3 points of rest" in told
    assert f"between {1 / np.log(2):.1f} and {-1 / np.log(0.9):.1f} steps" in told
    assert "dies away" in told


def test_the_longest_time_constant_need_not_be_that_of_the_largest_eigenvalue() -> None:
    points = SlowPoints(np.zeros((1, 2)), np.full(1, 1e-4), np.zeros(1), np.array([[1.5, 0.99]], complex))
    assert f"longest time constant is {-1 / np.log(0.99):.1f} steps" in sentences.resting(points, None, "zero", 0.7)


def test_a_band_across_the_readout_is_not_said_to_be_along_it() -> None:
    along = Line(0.9, np.zeros(2), np.array([1.0, 0.0]), np.zeros(3), 0.2, 1.0)
    assert "hardly along the readout" in sentences.resting(slow(0.5, 0.9, 0.9), along, "zero", 0.7)


def test_points_that_drift_and_none() -> None:
    assert "1 of them has an eigenvalue of size 1 or more" in sentences.resting(slow(1.01, 0.9), None, "mean", 0.7)
    assert sentences.resting(slow(), None, "zero", 0.7).startswith("No point of rest was found")
