"""Figures of the model cards: whether a probability is what it says. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from explorer.board.payloads import Figure, Trace
from explorer.messages import _
from explorer.views.shared.charts import LEGEND, MARKER


def calibration(sets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    """Calibration curves, a line for each of up to two sets: a bin's mean probability and its share of positive texts.

    A bin: {"mean": 0…1, "share": 0…1, "count": texts}. Below the curves, how many texts each bin has; the second set's
    bars are hatched.
    """
    looks = zip("ab", sets.items(), strict=False)
    curves = [trace for look, (name, bins) in looks for trace in _curve(look, name, bins)]
    diagonal = {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": "@line", "width": 1, "dash": "dash"},
    }
    return {
        "data": curves,
        "layout": {
            "height": 460,
            "xaxis": {"range": [-0.02, 1.02], "anchor": "y2", "title": {"text": _("mean P(positive) of the bin")},
                      "zeroline": False},
            "yaxis": {"range": [-0.03, 1.03], "domain": [0.32, 1], "title": {"text": _("share positive")},
                      "zeroline": False},
            "yaxis2": {"domain": [0, 0.22], "title": {"text": _("texts")}, "zeroline": False, "rangemode": "tozero"},
            "shapes": [diagonal],
            "legend": LEGEND,
            "barmode": "group",
        },
    }  # fmt: skip


def _curve(look: str, name: str, bins: Sequence[Mapping[str, Any]]) -> list[Trace]:
    filled = [interval for interval in bins if interval["count"]]
    x, name = [interval["mean"] for interval in filled], escape(name, quote=False)
    curve = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": [interval["share"] for interval in filled],
        "customdata": [interval["count"] for interval in filled],
        "hovertemplate": _("says %{x:.2f}<br>positive %{y:.2f} of %{customdata:,}") + f"<extra>{name}</extra>",
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
