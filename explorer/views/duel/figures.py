"""Figures of two phrases: their beliefs, where the runs part, every unit at every step. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np

from explorer.analysis.measures import Parting
from explorer.board import payloads
from explorer.board.payloads import Figure
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.views.shared.charts import (
    COLORBAR,
    LEGEND,
    course,
    heatmap,
    packed,
    scale,
    time_axis,
    unsure,
    words,
)

Letter: TypeAlias = Literal["a", "b"]  # of a phrase
Traces: TypeAlias = Mapping[Letter, Trace]


def belief(traces: Traces, averages: Traces, label: str, seeds: Mapping[Letter, np.ndarray]) -> Figure:
    """P(positive) after each step of one or two phrases, the running average of the words beside it.

    `seeds`: the beliefs of S seeds of this model for a phrase,
    (S, T), drawn as a band under the lines.
    """
    lines = [
        *(course(a, f"{a.upper()}, {label}", read.belief, read.tokens) for a, read in traces.items()),
        *(
            course(a, _("{letter}, average").format(letter=a.upper()), read.belief, read.tokens, baseline=True)
            for a, read in averages.items()
        ),
    ]
    bands = [edge for a, beliefs in seeds.items() for edge in band(a, beliefs, traces[a].tokens)]
    return {
        "data": [*lines, *bands],
        "layout": {
            "height": 360,
            "xaxis": time_axis([read.tokens for read in traces.values()]),
            "yaxis": {
                "range": [-0.02, 1.02],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
                "title": {"text": _("P(positive)")},
                "zeroline": False,
                "fixedrange": True,
            },
            "shapes": [
                unsure(),
                {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5,
                 "line": {"color": "@line", "width": 1, "dash": "dash"}, "layer": "below"},
            ],
            "legend": LEGEND,
        },
    }  # fmt: skip


def band(phrase: str, seeds: np.ndarray, tokens: Sequence[str]) -> list[payloads.Trace]:
    """From the lowest to the highest belief of S seeds at each step, (S, T): two edges, the room between them filled.

    The two bands have the same grey value, so B's is hatched. One step alone has no room; its edges are strokes.
    """
    name = _("{letter}, {count} seeds").format(letter=phrase.upper(), count=len(seeds))
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
        "fillpattern": {"shape": "/", "size": 7, "solidity": 0.35, "fgcolor": "@b", "fgopacity": 0.45,
                        "bgcolor": "@b_band"},
    }  # fmt: skip
    return [
        edge
        | {"name": name, "meta": _("{name}: lowest").format(name=name), "y": packed(seeds.min(0)), "showlegend": False},
        edge | {"name": name, "meta": _("{name}: highest").format(name=name), "y": packed(seeds.max(0))} | filled,
    ]


def activations(a: Trace, b: Trace, name: str, units: np.ndarray) -> Figure:
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
                "title": {"text": _("{letter}: {count} units").format(letter="B" if row else "A", count=len(units))},
            },
        }.items()
    }
    axes["xaxis2"]["matches"] = "x"
    return {
        "data": [heatmap(values[0], a.tokens, units, 1), heatmap(values[1], b.tokens, units, 2)],
        "layout": axes | {"height": 640, "coloraxis": scale(values) | {"colorbar": COLORBAR}},
    }


def parting(gap: Parting, a: Trace, b: Trace) -> Figure:
    """How far apart the two runs are at each step: their beliefs, and their hidden states."""
    steps = len(gap.belief)
    x, shown = list(range(1, steps + 1)), [f"{p} / {q}" for p, q in zip(words(a.tokens), words(b.tokens), strict=False)]
    bars = {
        "type": "bar",
        "name": _("gap of the beliefs"),
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
        "name": _("distance of the memories"),
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
            "yaxis": {
                "range": [0, 1.02],
                "title": {"text": _("difference (0–1)")},
                "zeroline": False,
                "fixedrange": True,
            },
            "legend": LEGEND,
            "bargap": 0.35,
        },
    }
