"""Figures of Sequence tasks: attention, beliefs about what is written, BLEU by length. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from explorer.board.payloads import Figure
from explorer.messages import _
from explorer.views.shared.charts import COLORBAR, LEGEND, Axis, course, packed, time_axis, unsure, words


def attention(weights: np.ndarray, read: Sequence[str], output: Sequence[str]) -> Figure:
    """Where the decoder looked when it said each word: (T_y, T_x), 0…1, rows sum to 1; the first word said on top."""
    return {
        "data": [{
            "type": "heatmap", "z": packed(weights), "coloraxis": "coloraxis", "xgap": 1, "ygap": 1,
            "x": list(range(1, len(read) + 1)), "y": list(range(1, len(output) + 1)),
            "hovertemplate": _("said %{y}, read %{x}: %{z:.2f}") + "<extra></extra>",
        }],
        "layout": {
            "height": max(260, 26 * len(output) + 190),
            "xaxis": _word_axis(read) | {"tickangle": -45, "side": "bottom"},
            "yaxis": _word_axis(output) | {"autorange": "reversed"},
            "coloraxis": {"colorscale": "@sequential", "cmin": 0, "cmax": 1,
                          "colorbar": COLORBAR | {"title": {"text": _("attention"), "side": "top"}}},
        },
    }  # fmt: skip


def _word_axis(tokens: Sequence[str]) -> Axis:
    return {
        "tickvals": list(range(1, len(tokens) + 1)),
        "ticktext": words(tokens),
        "automargin": True,
        "zeroline": False,
        "showgrid": False,
    }


def beliefs(label: str, belief: np.ndarray, tokens: Sequence[str]) -> Figure:
    """The belief of a model after each word, (T,), 0…1."""
    return {
        "data": [course("a", label, belief, tokens)],
        "layout": {
            "height": 280,
            "xaxis": time_axis([tokens]),
            "yaxis": {"range": [-0.03, 1.03], "tickvals": [0, 0.25, 0.5, 0.75, 1], "title": {"text": _("P(positive)")},
                      "zeroline": False, "fixedrange": True},
            "shapes": [unsure()],
        },
    }  # fmt: skip


def by_length(scores: Mapping[str, Sequence[tuple[str, float]]]) -> Figure:
    """BLEU by length of the English sentence, bars of each model side by side; by label: (length, BLEU 0…100)."""
    return {
        "data": [
            {
                "type": "bar", "name": escape(label, quote=False),
                "x": [name for name, _ in values], "y": [round(bleu, 2) for _, bleu in values],
                "hovertemplate": _("%{x} words: %{y:.1f}") + "<extra>" + escape(label, quote=False) + "</extra>",
                "marker": {"color": f"@{look}", "pattern": {"shape": {"a": "", "b": "/"}[look], "size": 6}},
            }
            for look, (label, values) in zip("ab", scores.items(), strict=True)
        ],
        "layout": {
            "height": 340, "barmode": "group", "legend": LEGEND,
            "xaxis": {"title": {"text": _("words and punctuation of the English sentence")}, "type": "category"},
            "yaxis": {"title": {"text": _("BLEU")}, "rangemode": "tozero", "zeroline": False},
        },
    }  # fmt: skip
