"""Figures of one phrase: all units, one unit, and the words that did it. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.board import payloads
from explorer.board.payloads import Figure
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.views.shared.charts import COLORBAR, LEGEND, Axis, course, heatmap, packed, scale, time_axis, words

METHODS = {  # colour, pattern of the bars: told apart without colour too
    _("change at the word"): ("line", ""),
    _("integrated gradients"): ("a", "/"),
    _("occlusion"): ("b", "x"),
}


def units(trace: Trace, name: str, order: np.ndarray) -> Figure:
    """One activation of all units as a heatmap, rows in the order of `order`, (H,), the top row first."""
    values = trace.activations[name]
    return {
        "data": [heatmap(values, trace.tokens, order, 1)],
        "layout": {
            "height": 480,
            "xaxis": time_axis([trace.tokens]),
            "yaxis": {
                "range": [len(order) - 0.5, -0.5],
                "tickvals": [0, len(order) - 1],
                "showticklabels": False,
                "ticks": "",
                "zeroline": False,
                "showgrid": False,
                "fixedrange": True,
                "title": {"text": _("{count} units").format(count=len(order))},
            },
            "coloraxis": scale([values]) | {"colorbar": COLORBAR},
        },
    }


def unit(trace: Trace, number: int, part: np.ndarray) -> Figure:
    """One unit's activation after each step, and its part of the log-odds, (T,), as bars."""
    values = trace.activations["hidden"][:, number]
    reach = float(max(np.abs(part).max(), np.abs(values).max(), 0.1)) * 1.08
    bars: payloads.Trace = {
        "type": "bar",
        "name": _("its part of the log-odds, w·a"),
        "x": list(range(1, len(trace) + 1)),
        "y": packed(part),
        "text": words(trace.tokens),
        "textposition": "none",
        "hovertemplate": "step %{x:d}: %{text}<br>w·a %{y:+.3f}<extra></extra>",
        "marker": {"color": "@line", "pattern": {"shape": "/", "size": 5}},
    }
    return {
        "data": [bars, course("a", _("activation of unit {unit}").format(unit=number), values, trace.tokens)],
        "layout": {
            "height": 300,
            "xaxis": time_axis([trace.tokens]),
            "yaxis": _both_ways(reach, "a, w·a"),
            "legend": LEGEND,
            "bargap": 0.35,
        },
    }


def attributions(tokens: Sequence[str], methods: Mapping[str, np.ndarray]) -> Figure:
    """What each method gives each word, (T,) log-odds by the names of METHODS, as bars side by side."""
    reach = max(float(np.abs(values).max(initial=0.0)) for values in methods.values()) * 1.08 or 1.0
    bars: list[payloads.Trace] = [
        {
            "type": "bar",
            "name": name,
            "x": list(range(1, len(tokens) + 1)),
            "y": packed(values),
            "text": words(tokens),
            "textposition": "none",
            "hovertemplate": "step %{x:d}: %{text}<br>%{y:+.3f}<extra>" + name + "</extra>",
            "marker": {"color": f"@{METHODS[name][0]}", "pattern": {"shape": METHODS[name][1], "size": 5}},
        }
        for name, values in methods.items()
    ]
    return {
        "data": bars,
        "layout": {
            "height": 340,
            "barmode": "group",
            "xaxis": time_axis([tokens]),
            "yaxis": _both_ways(reach, _("log-odds")),
            "legend": LEGEND,
        },
    }


def _both_ways(reach: float, title: str) -> Axis:
    """An axis with zero in its middle."""
    return {
        "range": [-reach, reach],
        "title": {"text": title},
        "zeroline": True,
        "zerolinecolor": "@line",
        "fixedrange": True,
    }
