"""Figures of the model cards: whether a probability is what it says, and which kinds of text are read rightly.

Plain dictionaries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from explorer.board.payloads import Figure, Trace
from explorer.messages import _
from explorer.views.shared.charts import MARKER, Shape

DASH = {"a": "solid", "b": "dash"}
# where a curve's name stands, off the diagonal to which all curves are near: near which P(positive), and which way
NAMED = {"a": (0.35, 0, -90), "b": (0.65, 0, 80)}

BAR_ROOM = 42  # pixels of a bar with its name above it


def shares_right(kinds: Sequence[tuple[str, float]]) -> Figure:
    """A bar a kind, the first on top, with its name above and its share, 0…1, at its end."""
    places = list(range(len(kinds)))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [100 * share for _name, share in kinds],
        "y": places,
        "width": 0.3,
        "hoverinfo": "skip",
        "marker": {"color": "@a"},
    }
    names = [
        {"x": 0, "y": place - 0.45, "text": escape(name, quote=False), "showarrow": False, "xanchor": "left"}
        for place, (name, _share) in enumerate(kinds)
    ]
    ends = [  # Plotly would write them as small as the bars are thin
        {"x": 100 * share, "y": place, "text": f"{100 * share:.0f}%", "showarrow": False, "xanchor": "left"}
        for place, (_name, share) in enumerate(kinds)
    ]
    return {
        "data": [bars],
        "layout": {
            "height": 90 + BAR_ROOM * len(kinds),
            "xaxis": {"range": [0, 114], "title": {"text": _("percent right")}, "zeroline": False},
            "yaxis": {"range": [len(kinds) - 0.6, -0.9], "showticklabels": False, "showgrid": False, "zeroline": False},
            "showlegend": False,
            "annotations": names + ends,
        },
    }


def on_the_way(rows: Sequence[Mapping[str, Any]]) -> Figure:
    """How often the verdict is right and how sure it claims to be, by the percent of a review that is read."""
    lines = {"a": (_("right"), "right"), "b": (_("claims to be right"), "claimed")}
    percents = [row["percent"] for row in rows]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": percents,
                "y": [100 * row[key] for row in rows],
                "hovertemplate": "%{y:.1f}%<extra>" + name + "</extra>",
                "line": {"color": f"@{look}", "width": 2, "dash": {"a": "solid", "b": "dash"}[look]},
                "marker": {"symbol": MARKER[look], "size": 9},
            }
            for look, (name, key) in lines.items()
        ],
        "layout": {
            "height": 340,
            "xaxis": {"range": [0, 103], "tickvals": percents, "title": {"text": _("percent of the review read")},
                      "zeroline": False},
            "yaxis": {"range": [50, 102], "title": {"text": _("percent of reviews")}, "zeroline": False},
            "showlegend": False,
            "annotations": [
                {"x": 50, "y": 100 * middle[key] + lift, "text": name, "showarrow": False,
                 "font": {"color": f"@{look}"}}
                for middle in rows if middle["percent"] == 50
                for look, (name, key) in lines.items()
                for lift in [4 if middle[key] == max(middle["right"], middle["claimed"]) else -4]
            ],
        },
    }  # fmt: skip


def calibration(sets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    """Calibration curves, a line for each of up to two sets: a bin's mean probability and its share of positive texts.

    A bin: {"mean": 0…1, "share": 0…1, "count": texts}. Below the curves, how many texts each bin has; the second set's
    bars are hatched.
    """
    looks = list(zip("ab", sets.items(), strict=False))
    curves = [trace for look, (name, bins) in looks for trace in _curve(look, name, bins)]
    names = [_name(look, name, bins) for look, (name, bins) in looks if any(interval["count"] for interval in bins)]
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
            "annotations": names,
            "showlegend": False,
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
        "line": {"color": f"@{look}", "width": 2, "dash": DASH[look]},
        "marker": {"symbol": MARKER[look], "size": 9},
    }
    bars = {
        "type": "bar",
        "name": name,
        "x": x,
        "y": curve["customdata"],
        "yaxis": "y2",
        "hoverinfo": "skip",
        "width": 0.018,
        "offset": {"a": -0.02, "b": 0.002}[look],
        "marker": {"color": f"@{look}", "pattern": {"shape": {"a": "", "b": "/"}[look], "size": 4}},
    }
    return [curve, bars]


def _name(look: str, name: str, bins: Sequence[Mapping[str, Any]]) -> Shape:
    """The name of a curve, with a line to one of its points; its bars below look as it does."""
    near, across, down = NAMED[look]
    filled = [interval for interval in bins if interval["count"]]
    point = min(filled, key=lambda interval: abs(interval["mean"] - near))
    return {
        "text": escape(name, quote=False), "x": point["mean"], "y": point["share"], "ax": across, "ay": down,
        "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": f"@{look}", "standoff": 6,
        "font": {"color": f"@{look}"},
    }  # fmt: skip
