"""Figures of the page on sequence tasks: attention, beliefs about what is written, BLEU by length. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from explorer.analysis.measures import UNSURE
from explorer.views.shared.charts import COLORBAR, course, packed, time_axis, words

LEGEND = {"orientation": "h", "x": 0, "y": 1, "yref": "container", "yanchor": "top"}


def attention(weights: np.ndarray, read: Sequence[str], said: Sequence[str]) -> dict:
    """Where the decoder looked when it said each word: (T_y, T_x), 0…1, rows sum to 1; the first word said on top."""
    return {
        "data": [{
            "type": "heatmap", "z": packed(weights), "coloraxis": "coloraxis", "xgap": 1, "ygap": 1,
            "x": list(range(1, len(read) + 1)), "y": list(range(1, len(said) + 1)),
            "hovertemplate": "said %{y}, read %{x}: %{z:.2f}<extra></extra>",
        }],
        "layout": {
            "height": max(260, 26 * len(said) + 190),
            "xaxis": {"tickvals": list(range(1, len(read) + 1)), "ticktext": words(read), "tickangle": -45, "side": "bottom",
                      "automargin": True, "zeroline": False, "showgrid": False},
            "yaxis": {"tickvals": list(range(1, len(said) + 1)), "ticktext": words(said), "autorange": "reversed", "automargin": True,
                      "zeroline": False, "showgrid": False},
            "coloraxis": {"colorscale": "@sequential", "cmin": 0, "cmax": 1,
                          "colorbar": COLORBAR | {"title": {"text": "attention", "side": "top"}}},
        },
    }  # fmt: skip


def beliefs(label: str, belief: np.ndarray, tokens: Sequence[str]) -> dict:
    """The belief of a lane after each word, (T,), 0…1."""
    low, high = UNSURE
    return {
        "data": [course("a", label, belief, tokens)],
        "layout": {
            "height": 280,
            "xaxis": time_axis([tokens]),
            "yaxis": {"range": [-0.03, 1.03], "tickvals": [0, 0.25, 0.5, 0.75, 1], "title": {"text": "P(positive)"},
                      "zeroline": False, "fixedrange": True},
            "shapes": [{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "layer": "below",
                        "fillcolor": "@band", "line": {"width": 0}}],
        },
    }  # fmt: skip


def by_length(found: Mapping[str, Sequence[tuple[str, float]]]) -> dict:
    """BLEU by length of the English sentence, bars of each model side by side; by label: (length, BLEU 0…100)."""
    return {
        "data": [
            {
                "type": "bar", "name": escape(label, quote=False), "x": [name for name, _ in values], "y": [round(bleu, 2) for _, bleu in values],
                "hovertemplate": "%{x} words: %{y:.1f}<extra>" + escape(label, quote=False) + "</extra>",
                "marker": {"color": f"@{look}", "pattern": {"shape": {"a": "", "b": "/"}[look], "size": 6}},
            }
            for look, (label, values) in zip("ab", found.items())
        ],
        "layout": {
            "height": 340, "barmode": "group", "legend": LEGEND,
            "xaxis": {"title": {"text": "words and signs of the English sentence"}, "type": "category"},
            "yaxis": {"title": {"text": "BLEU"}, "rangemode": "tozero", "zeroline": False},
        },
    }  # fmt: skip
