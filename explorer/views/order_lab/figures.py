"""Figures of the order lab: how the beliefs of all orders of a text are spread, and a scorecard. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np

from explorer.analysis.permutations import Permutations
from explorer.board.payloads import Figure, OrdersRow
from explorer.messages import _
from explorer.networks.registry import network
from explorer.views.order_lab import sentences
from explorer.views.shared.wording import capital

BINS = 50  # of P(positive)
DOTS = 101  # orders of a model that are drawn as strokes, even by rank
BESIDE, NAMED = 6, 18  # pixels between the marks of two models in a row of the scorecard, and in the first row
NAME = 28  # pixels for a row's name


def rows(
    labels: Mapping[str, str],
    orders: Permutations,
    beliefs: Mapping[str, np.ndarray],
    typed: Mapping[str, float],
    chosen: str,
) -> list[OrdersRow]:
    """A row a model: how many of the orders have which belief, some of them to open, and where the typed order stands.

    `beliefs`: by model (N,) P(positive) of the orders; `chosen`: the model of the visit.
    """
    return [row(name == chosen, label, orders, beliefs[name], typed[name]) for name, label in labels.items()]


def row(chosen: bool, label: str, orders: Permutations, beliefs: np.ndarray, typed: float) -> OrdersRow:
    """What one model makes of all orders."""
    shown = even_by_rank(beliefs)
    same = bool(np.ptp(beliefs) == 0)
    return {
        "label": capital(label),
        "chosen": chosen,
        "belief": round(typed, 5),
        "said": sentences.short(typed),
        "spread": _("in every order") if same else sentences.reach(beliefs),
        "counts": np.histogram(beliefs, BINS, (0, 1))[0].tolist(),
        "beliefs": beliefs[shown].round(5).tolist(),
        "orders": [orders.text(i) for i in shown],
    }


def even_by_rank(beliefs: np.ndarray) -> np.ndarray:
    """The orders to draw, lowest belief first and highest last, even by rank: positions, at most DOTS."""
    order = np.argsort(beliefs, kind="stable")
    shown: np.ndarray = order[np.unique(np.linspace(0, len(order) - 1, min(DOTS, len(order))).round().astype(int))]
    return shown


def families(shares: Mapping[str, Mapping[str, float]], labels: Mapping[str, str]) -> Figure:
    """A row a family of constructions, a mark a model: the share of order pairs of which both members are right, 0…1.

    The name of a family stands above its marks. They stand one below the other, so that equal ones can be told apart;
    in the first row, which is higher for that, each has its model's name beside it. The y axis counts pixels of 16 px
    type from the top.
    """
    names = [escape(family, quote=False) for family in shares]
    extra = (NAMED - BESIDE) * len(labels)  # by which the first row is higher
    pitch = NAME + BESIDE * len(labels) + 8
    tops = [row * pitch + (extra if row else 0) for row in range(len(names))]
    bottom = len(names) * pitch + extra
    marks = []
    for place, (name, label) in enumerate(labels.items()):
        style = network(name).style
        x = [round(share[name], 4) for share in shares.values()]
        marks.append({
            "type": "scatter", "mode": "markers+text", "name": label, "customdata": names,
            "x": x,
            "y": [top + NAME + (BESIDE if row else NAMED) * (place + 0.5) for row, top in enumerate(tops)],
            "text": [label, *[""] * (len(names) - 1)],
            "textposition": "middle left" if x and x[0] > 0.5 else "middle right",
            "cliponaxis": False,
            "hovertemplate": "%{customdata}: %{x:.0%}<extra>" + label + "</extra>",
            "marker": {"symbol": style.marker, "size": 8, "color": f"@{style.colour}",
                       "line": {"width": 1, "color": "@line"}},
        })  # fmt: skip
    return {
        "data": marks,
        "layout": {
            "height": bottom + 75,
            "xaxis": {"range": [-0.03, 1.03], "tickformat": ".0%", "title": {"text": _("order pairs right")},
                      "zeroline": False},
            "yaxis": {"range": [bottom, 0], "showticklabels": False, "tickvals": tops, "zeroline": False},
            "annotations": [
                {"text": f"<b>{name}</b>", "showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "xshift": 4,
                 "y": top, "yanchor": "top"}
                for name, top in zip(names, tops, strict=True)
            ],
            "showlegend": False,
        },
    }  # fmt: skip
