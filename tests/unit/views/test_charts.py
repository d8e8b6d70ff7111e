"""Figures: valid for Plotly, true of the arrays, one palette, and no markup from words."""

import base64
import json

import numpy as np
import plotly.graph_objects as go
import pytest
from boards import coloured

from explorer import load, trace
from explorer.analysis.measures import parting
from explorer.core.tracing import Trace
from explorer.views.approaches.figures import averages
from explorer.views.duel import figures as compare
from explorer.views.duel import inside_figures as inside
from explorer.views.model_cards import figures as cards
from explorer.views.shared import charts


def unpacked(packed: dict) -> np.ndarray:
    shape = [int(n) for n in packed["shape"].split(",")]
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4").reshape(shape)


BINS = [
    {"from": 0.0, "to": 0.5, "mean": 0.2, "share": 0.25, "count": 20},
    {"from": 0.5, "to": 1.0, "mean": None, "share": None, "count": 0},
]


def shaken(one: Trace) -> np.ndarray:
    """The beliefs of three seeds, (3, T), the shipped one first."""
    return np.stack([one.belief, one.belief / 2, (1 + one.belief) / 2])


@pytest.fixture(scope="module")
def traces() -> tuple[Trace, Trace]:
    model = load("gru")
    return trace(model, "good, not <b>bad</b> & @all"), trace(model, "bad, not good")


@pytest.fixture(scope="module")
def drawn(traces: tuple[Trace, Trace]) -> dict[str, dict]:
    a, b = traces
    averages = {"a": trace(load("per-word"), a.text), "b": trace(load("per-word"), b.text)}
    return {
        "belief": compare.belief({"a": a, "b": b}, averages, "GRU", {}),
        "parting": compare.parting(parting(a, b), a, b),
        "banded": compare.belief({"a": a, "b": b}, averages, "GRU", {"a": shaken(a), "b": shaken(b)}),
        "calibration": cards.calibration({"SST-2 dev": BINS, "<b>IMDB</b>": BINS}),
        "activations": compare.activations(a, b, "hidden", np.arange(128)[::-1]),
        "gate": compare.activations(a, b, "update", np.arange(128)),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["belief", "banded", "calibration", "parting", "activations", "gate"])
def test_plotly_accepts_the_figure(drawn: dict, name: str, theme: str) -> None:
    go.Figure(coloured(drawn[name], charts.PALETTE[theme]))  # raises on an unknown property or a bad value


@pytest.mark.parametrize(
    "name", ["belief", "banded", "parting", "activations", "gate", "units", "unit", "words", "average"]
)
def test_hover_boxes_count_the_steps(drawn: dict, traces: tuple[Trace, Trace], name: str) -> None:
    """Where the axis has words for its ticks, Plotly puts those for a bare %{x}; with a format it puts the number."""
    hidden = traces[0].activations["hidden"]
    more = {
        "units": lambda: inside.units(traces[0], "hidden", np.arange(hidden.shape[1])),
        "unit": lambda: inside.unit(traces[0], 3, hidden[:, 3]),
        "words": lambda: inside.attributions(traces[0].tokens, {"occlusion": hidden[:, 3]}),
        "average": lambda: averages(trace(load("per-word"), traces[0].reading), None),
    }
    figure = more[name]() if name in more else drawn[name]
    assert "ticktext" in figure["layout"]["xaxis"]
    boxes = [data["hovertemplate"] for data in figure["data"] if "hovertemplate" in data]
    assert boxes
    assert all(box.startswith("step %{x:d}") and "%{x}" not in box for box in boxes)


def test_lines_hold_the_beliefs(drawn: dict, traces: tuple[Trace, Trace]) -> None:
    for line, one in zip(drawn["belief"]["data"][:2], traces, strict=True):
        assert unpacked(line["y"]) == pytest.approx(one.belief, abs=1e-6)


def test_bands_reach_from_the_lowest_to_the_highest_seed(drawn: dict, traces: tuple[Trace, Trace]) -> None:
    bands = drawn["banded"]["data"][4:]
    for (low, high), one in zip((bands[:2], bands[2:]), traces, strict=True):
        assert unpacked(low["y"]) == pytest.approx(one.belief / 2, abs=1e-6)
        assert unpacked(high["y"]) == pytest.approx((1 + one.belief) / 2, abs=1e-6)
        assert high["fill"] == "tonexty"
        assert high["zorder"] < 0
    assert [one["name"] for one in bands if one.get("showlegend", True)] == ["A, 3 seeds", "B, 3 seeds"]
    assert drawn["belief"]["data"] == drawn["banded"]["data"][:4]


def test_a_band_of_one_step_is_two_strokes() -> None:
    low, high = compare.band("a", np.array([[0.2], [0.4], [0.3]]), ["good"])
    assert low["mode"] == high["mode"] == "markers"


def test_empty_bins_are_not_drawn(drawn: dict) -> None:
    curve, bars = drawn["calibration"]["data"][:2]
    assert (curve["x"], curve["y"], bars["y"]) == ([0.2], [0.25], [20])


def test_heatmap_rows_follow_the_order_of_units(drawn: dict, traces: tuple[Trace, Trace]) -> None:
    first = drawn["activations"]["data"][0]
    hidden = traces[0].activations["hidden"]
    assert np.array_equal(unpacked(first["z"])[0], hidden[:, 127].astype("f4"))
    assert first["customdata"][0] == 127


def test_both_heatmaps_share_one_colour_scale(drawn: dict) -> None:
    assert {one["coloraxis"] for one in drawn["activations"]["data"]} == {"coloraxis"}
    assert drawn["activations"]["layout"]["coloraxis"]["cmin"] == -1
    assert drawn["gate"]["layout"]["coloraxis"] | {"colorbar": 0} == {
        "colorscale": "@sequential", "cmin": 0, "cmax": 1, "colorbar": 0,
    }  # fmt: skip


def test_scale_of_a_cell_state_is_symmetric() -> None:
    made = charts.scale([np.array([-0.5, 3.21]), np.array([1.0])])
    assert made["cmax"] == 3.2 == -made["cmin"]


def test_words_cannot_be_markup(drawn: dict) -> None:
    assert charts.words(["<b>", "&", "x" * 40]) == ["&lt;b&gt;", "&amp;", "x" * 17 + "…"]
    for figure in drawn.values():
        assert "<b>" not in json.dumps(figure)


def test_themes_have_the_same_names() -> None:
    light, dark = charts.PALETTE["light"], charts.PALETTE["dark"]
    assert light.keys() == dark.keys()


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("theme", "background"), [("light", "#ffffff"), ("dark", "#10151c")])
def test_lines_have_the_contrast_of_wcag_1_4_11(theme: str, background: str) -> None:
    """At least 4.5 against the page, so that the same colour can write the phrase's letter (WCAG 1.4.3)."""
    for name in ("a", "b", "c", "d", "line"):
        dark, light = sorted([luminance(charts.PALETTE[theme][name]), luminance(background)])
        assert (light + 0.05) / (dark + 0.05) >= 4.5
