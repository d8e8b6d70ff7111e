"""Figures of the page on the approaches: words averaged, parameters, a phrase moved, lengths. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

import numpy as np

from explorer.analysis.approach_findings import Bin
from explorer.analysis.approaches import Moves
from explorer.board import payloads
from explorer.board.payloads import Figure
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.networks.base import Style
from explorer.networks.registry import CONCATENATION, network
from explorer.views.shared.charts import LEGEND, MARKER, Axis, course, packed, time_axis, unsure, words

CROWDED = 40  # words from which the bars of the other order are left out: they are the same bars
CURVE = 80  # points of a curve
LONGEST = 1_000  # words of a review, as far as its axis reaches
ALL_READ, PADDING = Style("a", "solid", "circle"), Style("b", "dash", "square")
APART_NAMES = 0.085  # of an axis between two names of lines
NAMES_ROOM = [0, 0.84]  # of a figure's width for its axis, where names of lines stand beside it
APART = 0.13  # of a bin's width between the marks of two models


def line(
    style: Style, name: str, x: Sequence[float], y: Sequence[float] | np.ndarray, hover: str, marks: bool = True
) -> payloads.Trace:
    """One line over numbers."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if marks else "lines",
        "name": name,
        "x": [float(number) for number in x],
        "y": [float(f"{number:.6g}") for number in y],
        "hovertemplate": hover + "<extra>" + name + "</extra>",
        "line": {"color": f"@{style.colour}", "dash": style.dash, "width": style.width},
        "marker": {"symbol": style.marker, "size": 7},
    }


def named_at_ends(labels: Sequence[str], ends: Sequence[float], span: float) -> list[dict[str, object]]:
    """The names of lines at their right ends, pushed apart where they would touch; `span` of the axis, in its units."""
    least = APART_NAMES * span
    places = dict(enumerate(ends))
    order = sorted(places, key=places.__getitem__)
    for lower, upper in pairwise(order):
        places[upper] = max(places[upper], places[lower] + least)
    above = max(0.0, places[order[-1]] - max(ends))  # half of what they were pushed up they are pushed down
    beside = {"x": NAMES_ROOM[1], "xref": "paper", "xanchor": "left", "xshift": 6, "showarrow": False}
    return [
        {**beside, "y": places[i] - above / 2, "text": escape(label, quote=False)} for i, label in enumerate(labels)
    ]


def belief_axis(**more: object) -> Axis:
    """The axis of P(positive)."""
    return {"range": [-0.02, 1.02], "tickformat": ".0%", "title": {"text": _("P(positive)")}, "zeroline": False} | more


# ----------------------------------------------------------------------------------------------------- the average


def averages(typed: Trace, shuffled: Trace | None) -> Figure:
    """Each word's own probability as a bar, and the average as it grows; of the words in another order too, if any."""
    both = {"a": (_("A, typed") if shuffled else _("typed"), typed)}
    both |= {"b": (_("B, shuffled"), shuffled)} if shuffled else {}
    barred = both if len(typed) < CROWDED else {"a": both["a"]}
    return {
        "data": [
            *(
                alone(look, _("{order}: each word alone").format(order=name), trace)
                for look, (name, trace) in barred.items()
            ),
            *(
                grown(look, _("{order}: average so far").format(order=name), trace)
                for look, (name, trace) in both.items()
            ),
        ],
        "layout": {
            "height": 360,
            "xaxis": time_axis([trace.tokens for _name, trace in both.values()]),
            "yaxis": belief_axis(range=[0, 1.02], fixedrange=True),
            "shapes": [unsure()],
            "legend": LEGEND,
            "barmode": "group",
            "bargap": 0.3,
        },
    }


def alone(look: str, name: str, trace: Trace) -> payloads.Trace:
    """The probability of each word alone, as bars; those of the other order are hatched."""
    return {
        "type": "bar",
        "name": name,
        "x": list(range(1, len(trace) + 1)),
        "y": packed(trace.activations["probability"]),
        "text": words(trace.tokens),
        "textposition": "none",
        "hovertemplate": _("step %{x:d}: %{text}<br>alone %{y:.3f}") + "<extra>" + name + "</extra>",
        "marker": {"color": f"@{look}_band", "line": {"color": f"@{look}", "width": 1},
                   "pattern": {"shape": {"a": "", "b": "/"}[look], "size": 6, "fgcolor": f"@{look}"}},
    }  # fmt: skip


def grown(look: str, name: str, trace: Trace) -> payloads.Trace:
    """The running average."""
    average = course(look, name, trace.belief, trace.tokens)
    average["line"] |= {"dash": {"a": "solid", "b": "dash"}[look]}
    average["marker"] = {"symbol": MARKER[look], "size": 9 if look == "a" else 7}
    return average


# -------------------------------------------------------------------------------------------------- the parameters


def counts(curves: Mapping[str, tuple[str, Sequence[int]]], lengths: Sequence[int], chosen: int) -> Figure:
    """Parameters by number of words, on a logarithmic scale; `curves`: by model, its label and its counts.

    `chosen`: the number of words with a mark.
    """
    ends = [float(np.log10(values[-1])) for _label, values in curves.values()]
    hover = _("%{x} words: %{y:,.0f} parameters")
    return {
        "data": [
            line(network(name).style, label, lengths, values, hover, marks=False)
            for name, (label, values) in curves.items()
        ],
        "layout": {
            "height": 360,
            "xaxis": whole_axis(_("words that the first layer takes at once"), 0, max(lengths) * 1.01)
            | {"domain": NAMES_ROOM},
            "yaxis": {"type": "log", "title": {"text": _("parameters")}, "dtick": 1, "exponentformat": "SI"},
            "showlegend": False,
            "annotations": named_at_ends([label for label, _values in curves.values()], ends, 5),
            "shapes": [
                {
                    "type": "line",
                    "x0": chosen,
                    "x1": chosen,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": "@line", "width": 2, "dash": "dot"},
                }
            ],
        },
    }


# ------------------------------------------------------------------------------------------ the same phrase elsewhere


def elsewhere(beliefs: Mapping[str, tuple[str, np.ndarray]]) -> Figure:
    """Belief by the number of neutral words before a phrase; `beliefs`: by model, its label and (K+1,)."""
    hover = _("%{x} words before: %{y:.3f}")
    places = range(len(next(iter(beliefs.values()))[1]))
    return {
        "data": [line(network(name).style, label, places, belief, hover) for name, (label, belief) in beliefs.items()],
        "layout": {
            "height": 380,
            "xaxis": place_axis(places),
            "yaxis": belief_axis(),
            "shapes": [unsure() | {"x1": NAMES_ROOM[1]}],
            "showlegend": False,
            "annotations": named_at_ends(
                [label for label, _belief in beliefs.values()], [float(b[-1]) for _label, b in beliefs.values()], 1
            ),
        },
    }


def place_axis(places: Sequence[int]) -> Axis:
    """The axis of places among the neutral words."""
    return whole_axis(_("neutral words before the phrase"), -0.6, len(places) - 0.4) | {"domain": NAMES_ROOM}


def whole_axis(title: str, low: float, high: float) -> Axis:
    """An axis of whole numbers without lines of its own."""
    return {"range": [low, high], "title": {"text": title}, "zeroline": False, "showgrid": False}


def moved(moves: Mapping[str, tuple[str, Moves]]) -> Figure:
    """How far the belief moves from where it is at place 0, in the mean over many phrases, with standard errors."""
    places = range(len(next(iter(moves.values()))[1].moved))
    hover = _("%{x} words before: moved by %{y:.3f}")
    lines = [
        line(network(name).style, label, places, move.moved, hover) | {"error_y": bars(name, move.error)}
        for name, (label, move) in moves.items()
    ]
    return {
        "data": lines,
        "layout": {
            "height": 360,
            "xaxis": place_axis(places),
            "yaxis": {"rangemode": "tozero", "title": {"text": _("mean |belief − belief at 0|")}, "zeroline": False},
            "showlegend": False,
            "annotations": named_at_ends(
                [label for label, _move in moves.values()],
                [float(move.moved[-1]) for _label, move in moves.values()],
                max(float(move.moved.max()) for _label, move in moves.values()),
            ),
        },
    }


def bars(name: str, errors: Sequence[float] | np.ndarray) -> payloads.Trace:
    """Bars of one standard error to either side."""
    return {
        "type": "data",
        "array": [float(error) for error in errors],
        "color": f"@{network(name).style.colour}",
        "thickness": 1.2,
        "width": 3,
    }


def shares(moves: Mapping[str, tuple[str, Moves]]) -> Figure:
    """Two bars a model: what of the beliefs' variance the place makes, and of how many phrases it changes the side."""
    labels = [
        label.replace(" ", "<br>").replace("concatenation", "concate-<br>nation") for label, _move in moves.values()
    ]
    sides = {
        _("share of the variance that the place makes"): ("a", "", [move.share for _label, move in moves.values()]),
        _("phrases on either side of one half, by place"): ("b", "/", [move.sides for _label, move in moves.values()]),
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
                "hovertemplate": "%{y:.1f}%<extra>" + name + "</extra>",
                "marker": {"color": f"@{look}", "pattern": {"shape": pattern, "size": 5}},
            }
            for name, (look, pattern, values) in sides.items()
        ],
        "layout": {
            "height": 340,
            "barmode": "group",
            "xaxis": {"type": "category", "tickangle": 0, "showgrid": False},
            "yaxis": {"range": [0, 108], "title": {"text": _("percent")}, "zeroline": False},
            "legend": LEGEND,
        },
    }


# ------------------------------------------------------------------------------------------------------- any length


def lengths(slots: int, own: int) -> Figure:
    """What share of a review of 1 to LONGEST words each approach reads, and of the slots stays padding.

    `own`: how many words were typed.
    """
    x = sorted({*np.geomspace(1, LONGEST, CURVE).round().astype(int).tolist(), slots})
    read, padding = [100 * min(1, slots / count) for count in x], [100 * max(0, 1 - count / slots) for count in x]
    hover = _("%{x} words: %{y:.0f}%")
    lines = [
        line(ALL_READ, _("read by average and recurrent models"), x, [100] * len(x), hover, marks=False),
        line(network(CONCATENATION).style, _("read by the concatenation"), x, read, hover, marks=False),
        line(PADDING, _("slots that are padding"), x, padding, hover, marks=False),
    ]
    return {
        "data": lines,
        "layout": {
            "height": 340,
            "xaxis": whole_axis(_("words of the review"), -0.02, 3.02)
            | {"type": "log", "tickvals": [1, 5, 20, 50, 150, 500, 1000], "showgrid": True},
            "yaxis": {"range": [-3, 104], "title": {"text": _("percent")}, "zeroline": False},
            "legend": LEGEND,
            "shapes": [{"type": "line", "x0": own, "x1": own, "yref": "paper", "y0": 0, "y1": 1,
                        "line": {"color": "@line", "width": 2, "dash": "dot"}}],
            "annotations": [{"x": float(np.log10(own)), "y": 0.5, "yref": "paper", "text": _("yours"),
                             "showarrow": False, "xanchor": "left" if own < LONGEST / 3 else "right"}],
        },
    }  # fmt: skip


def accuracy(bins: Sequence[Bin], labels: Mapping[str, str]) -> Figure:
    """Share right by length with its standard error; the models of a bin stand side by side."""
    names = [f"{texts.name.replace('over ', '>')}<br>({texts.count:,})" for texts in bins]
    traces = []
    for place, (name, label) in enumerate(labels.items()):
        x = [i + APART * (place - (len(labels) - 1) / 2) for i in range(len(bins))]
        right = [100 * texts.right[name] for texts in bins]
        errors = bars(name, [100 * texts.error[name] for texts in bins])
        trace = line(network(name).style, label, x, right, _("%{customdata} words: %{y:.1f}% right"))
        traces.append(trace | {"customdata": [texts.name for texts in bins], "error_y": errors})
    return {
        "data": traces,
        "layout": {
            "height": 380,
            "xaxis": {"range": [-0.5, len(bins) - 0.5], "tickvals": list(range(len(bins))), "ticktext": names,
                      "domain": NAMES_ROOM, "tickangle": 0, "showgrid": False, "zeroline": False},
            "yaxis": {"range": [50, 101], "title": {"text": _("percent right")}, "zeroline": False},
            "showlegend": False,
            "annotations": named_at_ends(
                list(labels.values()), [100 * bins[-1].right[name] for name in labels], 51
            ),
        },
    }  # fmt: skip
