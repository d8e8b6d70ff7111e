"""Figures of the order lab: how the beliefs of all orders of a text are spread, and a scorecard. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np

from explorer.analysis.measures import UNSURE
from explorer.analysis.permutations import Permutations
from explorer.board.payloads import Figure, Trace
from explorer.networks.registry import network
from explorer.views.shared.charts import LEGEND

BINS = 50  # of P(positive)
APART, HIGHEST = 1.25, 0.78  # from row to row; the height of the fullest bin
STROKES = -0.1  # where the strokes are, from a row's ground line
DOTS = 101  # orders of a model that are drawn as dots, even by rank
LETTERS = 90  # of an order that a label shows
BESIDE = 0.15  # between the marks of two models in a row of the scorecard


def spread(
    labels: Mapping[str, str],
    orders: Permutations,
    beliefs: Mapping[str, np.ndarray],
    typed: Mapping[str, float],
    text: str,
) -> Figure:
    """A row a model: how many of the orders have which belief, some of them as dots, and where the typed order stands.

    `beliefs`: by model (N,) P(positive) of the orders. A dot has its order as `customdata`, so that it can be opened.
    """
    rows = {name: APART * (len(labels) - 1 - place) for place, name in enumerate(labels)}
    low, high = UNSURE
    strokes = [
        dots(labels[name], orders, beliefs[name], row, place == 0) for place, (name, row) in enumerate(rows.items())
    ]
    return {
        "data": [
            *(outline(beliefs[name], row) for name, row in rows.items()),
            *strokes,
            as_typed(labels, rows, typed, text),
        ],
        "layout": {
            "height": 120 * len(rows) + 130,
            "xaxis": {"range": [-0.02, 1.02], "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1], "title": {"text": "P(positive)"},
                      "zeroline": False},
            "yaxis": {"range": [-0.3, APART * len(rows)], "visible": False},
            "shapes": [{"type": "rect", "x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
                        "fillcolor": "@band", "line": {"width": 0}}],
            "annotations": [
                {"text": f"<b>{labels[name]}</b>", "x": 0, "xref": "paper", "xanchor": "left",
                 "y": row + HIGHEST + 0.02, "yanchor": "bottom", "showarrow": False}
                for name, row in rows.items()
            ],
            "legend": LEGEND,
        },
    }  # fmt: skip


def outline(beliefs: np.ndarray, row: float) -> Trace:
    """The number of orders in each bin as steps above a row's ground line.

    The fullest bin has the same height in each row.
    """
    count, edges = np.histogram(beliefs, BINS, (0, 1))
    x = np.repeat(edges, 2)
    y = np.concatenate([[0], np.repeat(count / count.max(), 2), [0]]) * HIGHEST + row
    return {
        "type": "scatter", "mode": "lines", "x": x.round(4).tolist(), "y": y.round(4).tolist(), "fill": "toself",
        "fillcolor": "@a_band", "line": {"color": "@a", "width": 1}, "hoverinfo": "skip",
        "name": "number of orders", "legendgroup": "outline", "showlegend": row == 0,
    }  # fmt: skip


def even_by_rank(beliefs: np.ndarray) -> np.ndarray:
    """The orders to draw, lowest belief first and highest last, even by rank: positions, at most DOTS."""
    order = np.argsort(beliefs, kind="stable")
    shown: np.ndarray = order[np.unique(np.linspace(0, len(order) - 1, min(DOTS, len(order))).round().astype(int))]
    return shown


def dots(label: str, orders: Permutations, beliefs: np.ndarray, row: float, first: bool) -> Trace:
    """Some of the orders under a row's ground line."""
    shown = even_by_rank(beliefs)
    texts = [orders.text(i) for i in shown]
    return {
        "type": "scatter", "mode": "markers", "x": beliefs[shown].round(5).tolist(), "y": [row + STROKES] * len(shown),
        "text": [shortened(text) for text in texts], "customdata": texts,
        "hovertemplate": "%{text}<br>P(positive) %{x:.3f}<extra>" + label + "</extra>",
        "marker": {"symbol": "line-ns-open", "size": 13, "color": "@line", "line": {"width": 1.5, "color": "@line"}},
        "name": "all orders" if len(shown) == len(orders) else "some of the orders, even by rank",
        "legendgroup": "dots", "showlegend": first,
    }  # fmt: skip


def as_typed(labels: Mapping[str, str], rows: Mapping[str, float], typed: Mapping[str, float], text: str) -> Trace:
    """Where the typed order stands in each row."""
    return {
        "type": "scatter", "mode": "markers",
        "x": [round(typed[name], 5) for name in rows], "y": [row + STROKES for row in rows.values()],
        "text": [shortened(text)] * len(rows), "meta": list(labels.values()),
        "hovertemplate": "as typed: %{text}<br>P(positive) %{x:.3f}<extra></extra>",
        "marker": {"symbol": "diamond", "size": 13, "color": "@b", "line": {"width": 1, "color": "@line"}},
        "name": "the order typed",
    }  # fmt: skip


def shortened(text: str) -> str:
    """A text as a label: escaped, since Plotly reads tags, and cut where it is long."""
    return escape(text if len(text) <= LETTERS else text[: LETTERS - 1] + "…", quote=False)


def families(shares: Mapping[str, Mapping[str, float]], labels: Mapping[str, str]) -> Figure:
    """A row a family of constructions, a mark a model: the share of order pairs of which both members are right, 0…1.

    The marks of a row stand one below the other, so that equal ones can be told apart.
    """
    names = [escape(family, quote=False) for family in shares]
    marks = []
    for place, (name, label) in enumerate(labels.items()):
        style = network(name).style
        marks.append({
            "type": "scatter", "mode": "markers", "name": label, "text": names,
            "x": [round(share[name], 4) for share in shares.values()],
            "y": [round(row + BESIDE * (place - (len(labels) - 1) / 2), 2) for row in range(len(names))],
            "hovertemplate": "%{text}: %{x:.0%}<extra>" + label + "</extra>",
            "marker": {"symbol": style.marker, "size": 8, "color": f"@{style.colour}",
                       "line": {"width": 1, "color": "@line"}},
        })  # fmt: skip
    return {
        "data": marks,
        "layout": {
            "height": 48 * len(names) + 150,
            "xaxis": {"range": [-0.03, 1.03], "tickformat": ".0%", "title": {"text": "order pairs right"},
                      "zeroline": False},
            "yaxis": {"range": [len(names) - 0.5, -0.5], "automargin": True, "tickvals": list(range(len(names))),
                      "ticktext": names, "zeroline": False},
            "legend": LEGEND,
        },
    }  # fmt: skip
