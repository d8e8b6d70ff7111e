"""What the figures of several pages are made of: the one palette, arrays, axes over time, lines and heatmaps.

A colour in a figure is a name of PALETTE behind an "@"; the board puts in the value of the light or the dark theme.
Words are escaped here, since Plotly reads tags in its labels. Time is counted from 1 on every axis.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from itertools import zip_longest
from typing import Any, TypeAlias

import numpy as np

from explorer.analysis.measures import UNSURE
from explorer.board.payloads import Packed, Palettes, Trace
from explorer.views.shared.wording import shortened

Axis: TypeAlias = dict[str, Any]  # Plotly's settings of an axis, colour axes among them
Shape: TypeAlias = dict[str, Any]  # what Plotly draws behind or over the traces

PALETTE: Palettes = {
    # Lines are told apart by ink, indigo, plum and slate, and again by dashes, markers and their names. The diverging
    # scale, brown to teal, is for negative and positive alone; `signed` is for other numbers with a sign. Brown and
    # teal, and blue and crimson, are told apart by all common kinds of colour vision (ColorBrewer's BrBG and RdBu).
    "light": {
        "a": "#1b2430",
        "b": "#4a55d0",
        "c": "#9d3c8e",
        "d": "#64748b",
        "positive": "#0f766e",
        "negative": "#b4530a",
        "line": "#6f7680",
        "grid": "#e4e0d9",
        "back": "rgba(252,250,247,0.85)",
        "band": "rgba(60,66,76,0.08)",
        "a_band": "rgba(27,36,48,0.14)",
        "b_band": "rgba(74,85,208,0.16)",
        "diverging": [(0, "#8f3f00"), (0.25, "#cf8a4e"), (0.5, "#efece7"), (0.75, "#5da79f"), (1, "#0b6159")],
        "signed": [(0, "#1d4fb8"), (0.25, "#7fa3e0"), (0.5, "#efece7"), (0.75, "#e08a9a"), (1, "#b3123c")],
        "sequential": [(0, "#f6f5fd"), (0.35, "#b9bef0"), (0.7, "#5a64d2"), (1, "#22297f")],
    },
    "dark": {
        "a": "#edf0f4",
        "b": "#98a4ff",
        "c": "#e29ad0",
        "d": "#94a3b8",
        "positive": "#2dd4bf",
        "negative": "#f59e0b",
        "line": "#98a1ad",
        "grid": "#2b3440",
        "back": "rgba(18,22,29,0.85)",
        "band": "rgba(200,210,225,0.12)",
        "a_band": "rgba(237,240,244,0.16)",
        "b_band": "rgba(152,164,255,0.20)",
        "diverging": [(0, "#f5a623"), (0.25, "#9a6a1c"), (0.5, "#262c35"), (0.75, "#1d8578"), (1, "#2fd9c4")],
        "signed": [(0, "#7fb0ff"), (0.25, "#3b66b0"), (0.5, "#262c35"), (0.75, "#a83d58"), (1, "#ff8fa6")],
        "sequential": [(0, "#191f29"), (0.35, "#3a4190"), (0.7, "#7d88ee"), (1, "#dfe2ff")],
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
LEGEND = {"orientation": "h", "x": 0, "y": 1, "yref": "container", "yanchor": "top"}
MARKER = {"a": "circle", "b": "square"}


def packed(array: np.ndarray) -> Packed:
    """An array as Plotly reads it fastest: single precision in base64, with its shape."""
    data = base64.b64encode(np.ascontiguousarray(array, dtype="<f4").tobytes()).decode()
    return {"dtype": "f4", "bdata": data, "shape": ", ".join(map(str, array.shape))}


def words(tokens: Sequence[str]) -> list[str]:
    """Tokens as labels: escaped, and shortened where one is very long."""
    return [escape(shortened(token, 18), quote=False) for token in tokens]


def time_axis(rows: Sequence[Sequence[str]]) -> Axis:
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


def unsure() -> Shape:
    """The band in which a model is called unsure."""
    low, high = UNSURE
    return {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "line": {"width": 0},
        "fillcolor": "@band", "layer": "below",
    }  # fmt: skip


def course(phrase: str, name: str, values: np.ndarray, tokens: Sequence[str], baseline: bool = False) -> Trace:
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


def scale(values: Sequence[np.ndarray]) -> Axis:
    """One colour axis for all of `values`: 0…1 for gates, symmetric about zero for what has a sign."""
    low = min(float(v.min()) for v in values)
    high = max(float(v.max()) for v in values)
    if low >= 0 and high <= 1:
        return {"colorscale": "@sequential", "cmin": 0, "cmax": 1}
    reach = 1.0 if max(high, -low) <= 1 else round(max(high, -low), 1)
    return {"colorscale": "@signed", "cmin": -reach, "cmax": reach}


def heatmap(values: np.ndarray, tokens: Sequence[str], units: np.ndarray, row: int) -> Trace:
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
