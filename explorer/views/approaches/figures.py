"""Figures of the page on the approaches: probabilities averaged, parameters, a phrase moved, lengths. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.approach_findings import Bin
from explorer.analysis.approaches import Moves
from explorer.analysis.measures import UNSURE
from explorer.core.tracing import Trace
from explorer.networks.base import Style
from explorer.networks.registry import CONCATENATION, network
from explorer.views.shared.charts import LEGEND, MARKER, course, packed, time_axis, words

CROWDED = 40  # words from which the bars of the other order are left out: they are the same bars
CURVE = 80  # points of a curve
LONGEST = 1_000  # words of a review, as far as its axis reaches
ALL_READ, PADDING = Style("a", "solid", "circle"), Style("b", "dash", "square")
APART = 0.13  # of a bin's width between the marks of two lanes


def line(style: Style, name: str, x: Sequence[float], y: Sequence[float], hover: str, marks: bool = True) -> dict:
    """One line over numbers."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if marks else "lines",
        "name": name,
        "x": [float(one) for one in x],
        "y": [float(f"{one:.6g}") for one in y],
        "hovertemplate": hover + "<extra>" + name + "</extra>",
        "line": {"color": f"@{style.colour}", "dash": style.dash, "width": style.width},
        "marker": {"symbol": style.marker, "size": 7},
    }


def belief_axis(**more: object) -> dict:
    """The axis of P(positive)."""
    return {"range": [-0.02, 1.02], "title": {"text": "P(positive)"}, "zeroline": False} | more


def unsure() -> dict:
    """The band in which a lane is called unsure."""
    low, high = UNSURE
    return {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "line": {"width": 0},
        "fillcolor": "@band", "layer": "below",
    }  # fmt: skip


# ----------------------------------------------------------------------------------------------------- the average


def averages(typed: Trace, other: Trace | None) -> dict:
    """Each word's own probability as a bar, and the average as it grows, of a text and of its words in another order, if any."""
    both = {"a": ("A, typed" if other else "typed", typed)} | ({"b": ("B, shuffled", other)} if other else {})
    barred = both if len(typed) < CROWDED else {"a": both["a"]}
    return {
        "data": [
            *(alone(look, f"{name}: each word alone", one) for look, (name, one) in barred.items()),
            *(grown(look, f"{name}: average so far", one) for look, (name, one) in both.items()),
        ],
        "layout": {
            "height": 360,
            "xaxis": time_axis([one.tokens for _, one in both.values()]),
            "yaxis": belief_axis(range=[0, 1.02], fixedrange=True),
            "shapes": [unsure()],
            "legend": LEGEND,
            "barmode": "group",
            "bargap": 0.3,
        },
    }


def alone(look: str, name: str, one: Trace) -> dict:
    """The probability of each word alone, as bars; those of the other order are hatched."""
    return {
        "type": "bar",
        "name": name,
        "x": list(range(1, len(one) + 1)),
        "y": packed(one.activations["probability"]),
        "text": words(one.tokens),
        "textposition": "none",
        "hovertemplate": "step %{x:d}: %{text}<br>alone %{y:.3f}<extra>" + name + "</extra>",
        "marker": {"color": f"@{look}_band", "line": {"color": f"@{look}", "width": 1},
                   "pattern": {"shape": {"a": "", "b": "/"}[look], "size": 6, "fgcolor": f"@{look}"}},
    }  # fmt: skip


def grown(look: str, name: str, one: Trace) -> dict:
    """The running average."""
    found = course(look, name, one.belief, one.tokens)
    found["line"] |= {"dash": {"a": "solid", "b": "dash"}[look]}
    found["marker"] = {"symbol": MARKER[look], "size": 9 if look == "a" else 7}
    return found


# -------------------------------------------------------------------------------------------------- the parameters


def counts(curves: Mapping[str, tuple[str, Sequence[int]]], lengths: Sequence[int]) -> dict:
    """Parameters by number of words, on a logarithmic scale; `curves`: by lane, its label and its counts."""
    hover = "%{x} words: %{y:,.0f} parameters"
    return {
        "data": [line(network(lane).style, label, lengths, values, hover, marks=False) for lane, (label, values) in curves.items()],
        "layout": {
            "height": 360,
            "xaxis": whole_axis("words that the first layer takes at once", 0, max(lengths) * 1.01),
            "yaxis": {"type": "log", "title": {"text": "parameters"}, "dtick": 1, "exponentformat": "SI"},
            "legend": LEGEND,
        },
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------- the same phrase elsewhere


def elsewhere(found: Mapping[str, tuple[str, np.ndarray]]) -> dict:
    """Belief by the number of neutral words before a phrase; `found`: by lane, its label and (K+1,)."""
    hover = "%{x} words before: %{y:.3f}"
    places = range(len(next(iter(found.values()))[1]))
    return {
        "data": [line(network(lane).style, label, places, belief, hover) for lane, (label, belief) in found.items()],
        "layout": {
            "height": 380,
            "xaxis": place_axis(places),
            "yaxis": belief_axis(),
            "shapes": [unsure()],
            "legend": LEGEND,
        },
    }


def place_axis(places: Sequence[int]) -> dict:
    """The axis of places among the neutral words."""
    return whole_axis("neutral words before the phrase", -0.6, len(places) - 0.4)


def whole_axis(title: str, low: float, high: float) -> dict:
    """An axis of whole numbers without lines of its own."""
    return {"range": [low, high], "title": {"text": title}, "zeroline": False, "showgrid": False}


def moved(found: Mapping[str, tuple[str, Moves]]) -> dict:
    """How far the belief moves from where it is at place 0, in the mean over many phrases, with standard errors."""
    places = range(len(next(iter(found.values()))[1].moved))
    hover = "%{x} words before: moved by %{y:.3f}"
    lines = [
        line(network(lane).style, label, places, one.moved, hover) | {"error_y": bars(lane, one.error)}
        for lane, (label, one) in found.items()
    ]
    return {
        "data": lines,
        "layout": {
            "height": 360,
            "xaxis": place_axis(places),
            "yaxis": {"rangemode": "tozero", "title": {"text": "mean |belief − belief at 0|"}, "zeroline": False},
            "legend": LEGEND,
        },
    }


def bars(lane: str, errors: Sequence[float]) -> dict:
    """Bars of one standard error to either side."""
    return {
        "type": "data",
        "array": [float(one) for one in errors],
        "color": f"@{network(lane).style.colour}",
        "thickness": 1.2,
        "width": 3,
    }


def shares(found: Mapping[str, tuple[str, Moves]]) -> dict:
    """Two bars a lane: what of the beliefs' variance the place makes, and of how many phrases it changes the side."""
    labels = [label.replace(" ", "<br>").replace("concatenation", "concate-<br>nation") for label, _ in found.values()]
    sides = {
        "share of the variance that the place makes": ("a", "", [one.share for _, one in found.values()]),
        "phrases on either side of one half, by place": ("b", "/", [one.sides for _, one in found.values()]),
    }
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "x": labels,
                "y": [100 * value for value in values],
                "text": [f"{100 * value:.0f}" for value in values],
                "textposition": "outside",
                "cliponaxis": False,
                "hovertemplate": "%{y:.1f} %<extra>" + name + "</extra>",
                "marker": {"color": f"@{look}", "pattern": {"shape": pattern, "size": 5}},
            }
            for name, (look, pattern, values) in sides.items()
        ],
        "layout": {
            "height": 340,
            "barmode": "group",
            "xaxis": {"type": "category", "tickangle": 0, "showgrid": False},
            "yaxis": {"range": [0, 108], "title": {"text": "percent"}, "zeroline": False},
            "legend": LEGEND,
        },
    }


# ------------------------------------------------------------------------------------------------------- any length


def lengths(slots: int, own: int) -> dict:
    """What share of a review of 1 to LONGEST words each approach reads, and of the slots stays padding; `own`: words typed."""
    x = sorted({*np.geomspace(1, LONGEST, CURVE).round().astype(int).tolist(), slots})
    read, padding = [100 * min(1, slots / one) for one in x], [100 * max(0, 1 - one / slots) for one in x]
    hover = "%{x} words: %{y:.0f} %"
    every = line(ALL_READ, "words read: average, recurrent models", x, [100] * len(x), hover, marks=False)
    some = line(network(CONCATENATION).style, "words read: concatenation", x, read, hover, marks=False)
    empty = line(PADDING, "its slots that are padding", x, padding, hover, marks=False)
    return {
        "data": [every, some, empty],
        "layout": {
            "height": 340,
            "xaxis": whole_axis("words of the review", -0.02, 3.02)
            | {"type": "log", "tickvals": [1, 5, 20, 50, 150, 500, 1000], "showgrid": True},
            "yaxis": {"range": [-3, 104], "title": {"text": "percent"}, "zeroline": False},
            "legend": LEGEND,
            "shapes": [{"type": "line", "x0": own, "x1": own, "yref": "paper", "y0": 0, "y1": 1,
                        "line": {"color": "@line", "width": 2, "dash": "dot"}}],
            "annotations": [{"x": float(np.log10(own)), "y": 0.5, "yref": "paper", "text": "yours", "showarrow": False,
                             "xanchor": "left" if own < LONGEST / 3 else "right"}],
        },
    }  # fmt: skip


def accuracy(bins: Sequence[Bin], labels: Mapping[str, str]) -> dict:
    """Share right by length with its standard error; the lanes of a bin stand side by side."""
    traces, names = [], [f"{one.name.replace('over ', '>')}<br>words<br>({one.count:,})" for one in bins]
    for place, (lane, label) in enumerate(labels.items()):
        x = [i + APART * (place - (len(labels) - 1) / 2) for i in range(len(bins))]
        hover = "%{customdata}: %{y:.1f} % right"
        one = line(network(lane).style, label, x, [100 * a.right[lane] for a in bins], hover)
        traces.append(
            one | {"customdata": [a.name for a in bins], "error_y": bars(lane, [100 * a.error[lane] for a in bins])}
        )
    return {
        "data": traces,
        "layout": {
            "height": 380,
            "xaxis": {"range": [-0.5, len(bins) - 0.5], "tickvals": list(range(len(bins))), "ticktext": names, "tickangle": 0,
                      "tickfont": {"size": 11}, "showgrid": False, "zeroline": False},
            "yaxis": {"range": [50, 101], "title": {"text": "percent right"}, "zeroline": False},
            "legend": LEGEND,
        },
    }  # fmt: skip
