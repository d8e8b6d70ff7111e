"""Figures: arrays to plotly figures, as plain dictionaries, and the one palette.

A colour in a figure is a name of PALETTE behind an "@"; the stage puts in the value of the light or the dark theme.
Words are escaped here, since Plotly reads tags in its labels. Time is counted from 1 on every axis.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from itertools import zip_longest

import numpy as np

from explorer.analysis.measures import UNSURE, Parting
from explorer.core.tracing import Trace

PALETTE: dict[str, dict[str, object]] = {
    # Blue and orange of Okabe & Ito (2008), told apart by all kinds of colour vision, and after them green and purple where
    # five lanes are drawn; markers and dashes say it again.
    "light": {
        "a": "#0b62b8",
        "b": "#c04a00",
        "c": "#00684a",
        "d": "#8a3a78",
        "line": "#667080",
        "grid": "#dde2e9",
        "back": "rgba(255,255,255,0.8)",
        "band": "rgba(102,112,128,0.13)",
        "a_band": "rgba(11,98,184,0.16)",
        "b_band": "rgba(192,74,0,0.16)",
        "diverging": [[0, "#0b3c78"], [0.25, "#5e9bd1"], [0.5, "#f7f7f7"], [0.75, "#e08a3c"], [1, "#8a3500"]],
        "sequential": [[0, "#f7fbff"], [0.35, "#9ecae1"], [0.7, "#3182bd"], [1, "#08306b"]],
    },
    "dark": {
        "a": "#6cb4ff",
        "b": "#ff9d57",
        "c": "#4fd1a5",
        "d": "#e29ad0",
        "line": "#9aa6b5",
        "grid": "#2c3643",
        "back": "rgba(14,17,23,0.8)",
        "band": "rgba(154,166,181,0.16)",
        "a_band": "rgba(108,180,255,0.20)",
        "b_band": "rgba(255,157,87,0.20)",
        "diverging": [[0, "#9fd0ff"], [0.25, "#2f76b5"], [0.5, "#161b22"], [0.75, "#b5581a"], [1, "#ffc08a"]],
        "sequential": [[0, "#10151c"], [0.35, "#1d4e79"], [0.7, "#4d9fd6"], [1, "#e3f2ff"]],
    },
}
COLORBAR = {
    "orientation": "h",
    "thickness": 12,
    "len": 0.9,
    "x": 0.5,
    "y": 1.01,
    "yanchor": "bottom",
    "outlinewidth": 0,
}
MARKER = {"a": "circle", "b": "square"}


def packed(array: np.ndarray) -> dict[str, str]:
    """An array as Plotly reads it fastest: single precision in base64, with its shape."""
    data = base64.b64encode(np.ascontiguousarray(array, dtype="<f4").tobytes()).decode()
    return {"dtype": "f4", "bdata": data, "shape": ", ".join(map(str, array.shape))}


def words(tokens: Sequence[str]) -> list[str]:
    """Tokens as labels: escaped, and shortened where one is very long."""
    return [escape(token if len(token) <= 18 else token[:17] + "…", quote=False) for token in tokens]


def time_axis(rows: Sequence[Sequence[str]]) -> dict:
    """The axis of timesteps 1…T with the words of one or two phrases, one below the other, as its labels."""
    labels = ["<br>".join(step) for step in zip_longest(*map(words, rows), fillvalue=" ")]
    return {
        "range": [0.5, len(labels) + 0.5],
        "tickvals": list(range(1, len(labels) + 1)),
        "ticktext": labels,
        "zeroline": False,
        "showgrid": False,
        "fixedrange": False,
    }


def course(phrase: str, name: str, values: np.ndarray, tokens: Sequence[str], baseline: bool = False) -> dict:
    """One line over time."""
    return {
        "type": "scatter",
        "mode": "lines" if baseline or len(tokens) > 60 else "lines+markers",
        "name": name,
        "x": list(range(1, len(values) + 1)),
        "y": packed(values),
        "text": words(tokens),
        "hovertemplate": "step %{x:d}: %{text}<br>%{y:.3f}<extra>" + name + "</extra>",
        "line": {"color": f"@{phrase}", "width": 1.5 if baseline else 2.5, "dash": "dot" if baseline else "solid"},
        "marker": {"symbol": MARKER[phrase], "size": 8},
        "opacity": 0.85 if baseline else 1,
    }


def band(phrase: str, seeds: np.ndarray, tokens: Sequence[str]) -> list[dict]:
    """From the lowest to the highest belief of S seeds at each step, (S, T): two edges with the room between them filled.

    The two bands have the same grey value, so B's is hatched. One step alone has no room; its edges are strokes.
    """
    name = f"{phrase.upper()}, {len(seeds)} seeds"
    edge = {
        "type": "scatter",
        "mode": "lines" if len(tokens) > 1 else "markers",
        "x": list(range(1, len(tokens) + 1)),
        "text": words(tokens),
        "hoverinfo": "skip",
        "line": {"color": f"@{phrase}", "width": 0.5},
        "marker": {"symbol": "line-ew-open", "size": 18, "color": f"@{phrase}"},
        "legendgroup": name,
        "zorder": -1,
    }
    filled = {"fill": "tonexty", "fillcolor": f"@{phrase}_band"} if phrase == "a" else {
        "fill": "tonexty",
        "fillpattern": {"shape": "/", "size": 7, "solidity": 0.35, "fgcolor": "@b", "fgopacity": 0.45, "bgcolor": "@b_band"},
    }  # fmt: skip
    return [
        edge | {"name": name, "meta": f"{name}: lowest", "y": packed(seeds.min(0)), "showlegend": False},
        edge | {"name": name, "meta": f"{name}: highest", "y": packed(seeds.max(0))} | filled,
    ]


def belief(
    a: Trace, b: Trace, averages: tuple[Trace, Trace], label: str, seeds: tuple[np.ndarray, np.ndarray] | None = None
) -> dict:
    """P(positive) after each step of both phrases, the running average of the words beside it.

    `seeds`: the beliefs of S seeds of this lane for each phrase, (S, T_a) and (S, T_b), drawn as a band under the lines.
    """
    low, high = UNSURE
    bands = [*band("a", seeds[0], a.tokens), *band("b", seeds[1], b.tokens)] if seeds else []
    return {
        "data": [
            course("a", f"A, {label}", a.belief, a.tokens),
            course("b", f"B, {label}", b.belief, b.tokens),
            course("a", "A, average", averages[0].belief, a.tokens, baseline=True),
            course("b", "B, average", averages[1].belief, b.tokens, baseline=True),
            *bands,
        ],
        "layout": {
            "height": 360,
            "xaxis": time_axis([a.tokens, b.tokens]),
            "yaxis": {
                "range": [-0.02, 1.02],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "title": {"text": "P(positive)"},
                "zeroline": False,
                "fixedrange": True,
            },
            "shapes": [
                {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "line": {"width": 0},
                 "fillcolor": "@band", "layer": "below"},
                {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5,
                 "line": {"color": "@line", "width": 1, "dash": "dash"}, "layer": "below"},
            ],
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container"},
        },
    }  # fmt: skip


def scale(values: Sequence[np.ndarray]) -> dict:
    """One colour axis for all of `values`: 0…1 for gates, symmetric about zero for what has a sign."""
    low = min(float(v.min()) for v in values)
    high = max(float(v.max()) for v in values)
    if low >= 0 and high <= 1:
        return {"colorscale": "@sequential", "cmin": 0, "cmax": 1}
    reach = 1.0 if max(high, -low) <= 1 else round(max(high, -low), 1)
    return {"colorscale": "@diverging", "cmin": -reach, "cmax": reach}


def heatmap(values: np.ndarray, tokens: Sequence[str], units: np.ndarray, row: int) -> dict:
    """Units by timesteps: (T, H) values, rows in the order of `units`, top row first."""
    axis = "" if row == 1 else str(row)
    return {
        "type": "heatmap",
        "z": packed(values[:, units].T),
        "x": list(range(1, len(tokens) + 1)),
        "y": list(range(len(units))),
        "text": words(tokens),
        "customdata": units.tolist(),
        "hovertemplate": "step %{x:d}<br>row %{y}: %{z:.3f}<extra></extra>",
        "coloraxis": "coloraxis",
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
    }


def activations(a: Trace, b: Trace, name: str, units: np.ndarray) -> dict:
    """One activation of both phrases as heatmaps on one colour scale, A above B, one time axis."""
    values = a.activations[name], b.activations[name]
    steps = max(len(a), len(b))
    axes = {
        f"{kind}axis{row}": settings
        for row, (trace, low, high) in {"": (a, 0.56, 1.0), "2": (b, 0.0, 0.44)}.items()
        for kind, settings in {
            "x": time_axis([trace.tokens]) | {"range": [0.5, steps + 0.5], "anchor": f"y{row}"},
            "y": {
                "range": [len(units) - 0.5, -0.5],
                "domain": [low, high],
                "anchor": f"x{row}",
                "showticklabels": False,
                "ticks": "",
                "zeroline": False,
                "showgrid": False,
                "fixedrange": True,
                "title": {"text": f"{'B' if row else 'A'}: {len(units)} units"},
            },
        }.items()
    }
    axes["xaxis2"]["matches"] = "x"
    return {
        "data": [heatmap(values[0], a.tokens, units, 1), heatmap(values[1], b.tokens, units, 2)],
        "layout": axes | {"height": 640, "coloraxis": scale(values) | {"colorbar": COLORBAR}},
    }


def parting(gap: Parting, a: Trace, b: Trace) -> dict:
    """How far apart the two runs are at each step: their beliefs, and their hidden states."""
    steps = len(gap.belief)
    x, shown = list(range(1, steps + 1)), [f"{p} / {q}" for p, q in zip(words(a.tokens), words(b.tokens))]
    bars = {
        "type": "bar",
        "name": "gap of the beliefs",
        "x": x,
        "y": packed(gap.belief),
        "text": shown,
        "textposition": "none",
        "hovertemplate": "step %{x:d}: %{text}<br>beliefs %{y:.3f} apart<extra></extra>",
        "marker": {"color": "@line"},
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers" if steps <= 60 else "lines",
        "name": "distance of the hidden states",
        "x": x,
        "y": packed(gap.state),
        "text": shown,
        "hovertemplate": "step %{x:d}: %{text}<br>states %{y:.3f} apart<extra></extra>",
        "line": {"color": "@a", "width": 2},
        "marker": {"symbol": "diamond", "size": 7},
    }
    return {
        "data": [bars, line],
        "layout": {
            "height": 300,
            "xaxis": time_axis([a.tokens[:steps], b.tokens[:steps]]),
            "yaxis": {"range": [0, 1.02], "title": {"text": "apart"}, "zeroline": False, "fixedrange": True},
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container"},
            "bargap": 0.35,
        },
    }


def calibration(sets: dict[str, list[dict]]) -> dict:
    """Calibration curves, a line for each of up to two sets: mean probability of a bin against its share of positive texts.

    A bin: {"mean": 0…1, "share": 0…1, "count": texts}. Below the curves, how many texts each bin has; the second set's bars
    are hatched.
    """
    return {
        "data": [trace for look, (name, bins) in zip("ab", sets.items()) for trace in _calibrated(look, name, bins)],
        "layout": {
            "height": 460,
            "xaxis": {"range": [-0.02, 1.02], "anchor": "y2", "title": {"text": "mean P(positive) of the bin"}, "zeroline": False},
            "yaxis": {"range": [-0.03, 1.03], "domain": [0.32, 1], "title": {"text": "share positive"}, "zeroline": False},
            "yaxis2": {"domain": [0, 0.22], "title": {"text": "texts"}, "zeroline": False, "rangemode": "tozero"},
            "shapes": [{"type": "line", "x0": 0, "x1": 1, "y0": 0, "y1": 1, "line": {"color": "@line", "width": 1, "dash": "dash"},
                        "layer": "below"}],
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container"},
            "barmode": "group",
        },
    }  # fmt: skip


def _calibrated(look: str, name: str, bins: list[dict]) -> list[dict]:
    filled = [one for one in bins if one["count"]]
    x, name = [one["mean"] for one in filled], escape(name, quote=False)
    curve = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": [one["share"] for one in filled],
        "customdata": [one["count"] for one in filled],
        "hovertemplate": "says %{x:.2f}<br>positive %{y:.2f} of %{customdata:,}<extra>" + name + "</extra>",
        "line": {"color": f"@{look}", "width": 2},
        "marker": {"symbol": MARKER[look], "size": 9},
    }
    bars = {
        "type": "bar",
        "name": name,
        "x": x,
        "y": curve["customdata"],
        "yaxis": "y2",
        "showlegend": False,
        "hoverinfo": "skip",
        "width": 0.018,
        "offset": {"a": -0.02, "b": 0.002}[look],
        "marker": {"color": f"@{look}", "pattern": {"shape": {"a": "", "b": "/"}[look], "size": 4}},
    }
    return [curve, bars]
