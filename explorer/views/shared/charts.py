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
    # Blue and orange of Okabe & Ito (2008), told apart by all kinds of colour vision, and after them green and purple
    # where five models are drawn; markers and dashes say it again.
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
        "diverging": [(0, "#0b3c78"), (0.25, "#5e9bd1"), (0.5, "#f7f7f7"), (0.75, "#e08a3c"), (1, "#8a3500")],
        "sequential": [(0, "#f7fbff"), (0.35, "#9ecae1"), (0.7, "#3182bd"), (1, "#08306b")],
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
        "diverging": [(0, "#9fd0ff"), (0.25, "#2f76b5"), (0.5, "#161b22"), (0.75, "#b5581a"), (1, "#ffc08a")],
        "sequential": [(0, "#10151c"), (0.35, "#1d4e79"), (0.7, "#4d9fd6"), (1, "#e3f2ff")],
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
    return {"colorscale": "@diverging", "cmin": -reach, "cmax": reach}


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
