"""Figures of State space: the plane of the states with what lies in it, what a modifier does. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.analysis.state_atlas import Atlas
from explorer.analysis.state_space import Readout, SlowPoints
from explorer.board import payloads
from explorer.board.payloads import Figure
from explorer.core.tracing import Trace
from explorer.views.shared.charts import COLORBAR, LEGEND, Shape, packed, words

BELOW = {"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"}  # where the legend is
LABELLED = 20  # steps up to which a path has its words beside it
PATHS = {"a": ("circle", "solid", "top center"), "b": ("square", "dash", "bottom center")}
ROOM = 0.06  # of the width, around what is drawn


def plane(
    atlas: Atlas,
    slow: SlowPoints,
    seen: Readout,
    paths: Mapping[str, tuple[str, Trace, np.ndarray]],
    units: int,
    push: tuple[str, np.ndarray] | None = None,
) -> Figure:
    """The states of real reviews in their plane, slow points, readout, and the paths of up to two phrases.

    `paths`: by look, "a" or "b": name, trace, and (T, 2) where its states lie; their traces are marked by `meta`
    "path", slow points by "slow": the board draws both above the rest.
    `push`: a word, and from where to where it moves the state on average, (2, 2).
    """
    points = atlas.plane.project(slow.hidden(units)) if len(slow.speed) else np.zeros((0, 2))
    pushed = [push[1]] if push else []
    box = bounds(np.concatenate([atlas.cloud, points, *pushed, *(path for _, _, path in paths.values())]))
    traces = [cloud(atlas), half(seen, box), *([slow_marks(points, slow)] if len(points) else [])]
    arrows = [pointer(f"push of “{words([push[0]])[0]}”", push[1][0], push[1][1], look="d")] if push else []
    first, second = (
        f"principal component {i + 1}: {100 * share:.0f} % of the variance"
        for i, share in enumerate(atlas.plane.explained)
    )
    return {
        "data": traces + [path(look, *given) for look, given in paths.items()],
        "layout": {
            "height": 620,
            "xaxis": {"range": box[0].tolist(), "title": {"text": first}, "zeroline": False},
            "yaxis": {"range": box[1].tolist(), "title": {"text": second}, "zeroline": False},
            "annotations": [arrow(seen, box), *arrows],
            "coloraxis": {"colorscale": "@diverging", "cmin": 0, "cmax": 1,
                          "colorbar": COLORBAR | {"title": {"text": "P(positive)", "side": "top"}}},
            "legend": BELOW,
        },
    }  # fmt: skip


def bounds(points: np.ndarray) -> np.ndarray:
    """What the axes must reach to hold points, (N, 2), with some room: (2, 2), a row an axis."""
    low, high = points.min(0), points.max(0)
    room = ROOM * np.maximum(high - low, 1e-3)
    return np.stack([low - room, high + room], 1)


def cloud(atlas: Atlas) -> payloads.Trace:
    """States of real reviews, coloured by belief."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "states on real reviews",
        "x": packed(atlas.cloud[:, 0]),
        "y": packed(atlas.cloud[:, 1]),
        "hoverinfo": "skip",
        "marker": {"size": 5, "color": packed(atlas.belief), "coloraxis": "coloraxis", "opacity": 0.75,
                   "line": {"width": 0.4, "color": "@line"}},
    }  # fmt: skip


def slow_marks(points: np.ndarray, slow: SlowPoints) -> payloads.Trace:
    """Slow points in the plane, (P, 2)."""
    longest = slow.memory[:, 0]
    constants = ["no end of it" if np.isinf(steps) else f"{steps:.1f} steps" for steps in longest]
    return {
        "type": "scatter",
        "meta": "slow",
        "mode": "markers",
        "name": "slow points",
        "x": packed(points[:, 0]),
        "y": packed(points[:, 1]),
        "text": [f"q {q:.2g}, longest time constant {steps}" for q, steps in zip(slow.speed, constants, strict=True)],
        "hovertemplate": "%{text}<extra>slow point</extra>",
        "marker": {"symbol": "x-thin", "size": 11, "line": {"width": 2.5, "color": "@line"}},
    }


def path(look: str, name: str, trace: Trace, points: np.ndarray) -> payloads.Trace:
    """A phrase's way through the plane, (T, 2): after each word a marker."""
    symbol, dash, place = PATHS[look]
    short = len(trace) <= LABELLED
    return {
        "type": "scatter",
        "meta": "path",
        "mode": "lines+markers+text" if short else "lines+markers",
        "name": name,
        "x": points[:, 0].tolist(),
        "y": points[:, 1].tolist(),
        "text": words(trace.tokens),
        "textposition": place,
        "customdata": [f"step {t}, P(positive) {p:.2f}" for t, p in enumerate(trace.belief, 1)],
        "hovertemplate": "%{text}<br>%{customdata}<extra>" + name + "</extra>",
        "line": {"color": f"@{look}", "width": 2.5, "dash": dash},
        "marker": {"symbol": symbol, "size": 10 if short else 6, "color": f"@{look}"},
    }


def half(seen: Readout, box: np.ndarray) -> payloads.Trace:
    """The line of the plane on which the readout says one half, as far as the axes reach."""
    ends = crossing(seen, box)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "belief one half",
        "x": ends[:, 0].tolist(),
        "y": ends[:, 1].tolist(),
        "hoverinfo": "skip",
        "line": {"color": "@line", "width": 1.5, "dash": "dot"},
    }


def crossing(seen: Readout, box: np.ndarray) -> np.ndarray:
    """Where the line of log-odds zero meets the edges of a box, (2, 2): its two ends; (0, 2) if it passes by."""
    ends: list[tuple[float, float]] = []
    for axis in (0, 1):
        for edge in box[axis]:
            if abs(seen.direction[1 - axis]) < 1e-12:
                continue
            other = -(seen.offset + seen.direction[axis] * edge) / seen.direction[1 - axis]
            if box[1 - axis, 0] <= other <= box[1 - axis, 1]:
                ends.append((edge, other) if axis == 0 else (other, edge))
    if len(ends) < 2:
        return np.zeros((0, 2))
    return np.array([ends[0], max(ends, key=lambda end: float(np.hypot(*np.subtract(end, ends[0]))))])


def arrow(seen: Readout, box: np.ndarray) -> Shape:
    """The readout direction in the plane, from its middle to where the log-odds rise."""
    middle, size = box.mean(1), box[:, 1] - box[:, 0]
    length = float(np.linalg.norm(seen.direction)) or 1.0
    tip = middle + seen.direction / length * 0.3 * size.min()
    return pointer("readout", middle, tip)


def pointer(name: str, start: np.ndarray, tip: np.ndarray, look: str = "line") -> Shape:
    """An arrow of the plane from one point, (2,), to another; its name, escaped, stands at its start."""
    return {
        "x": float(tip[0]), "y": float(tip[1]), "ax": float(start[0]), "ay": float(start[1]),
        "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": name, "showarrow": True,
        "arrowhead": 2, "arrowsize": 1.3, "arrowwidth": 2.5, "arrowcolor": f"@{look}",
        "bgcolor": "@back", "borderpad": 1,
    }  # fmt: skip


def modifier(word: str, then: Mapping[str, tuple[float, float]]) -> Figure:
    """What each next word brings, in log-odds, by itself and after the modifier, as bars side by side."""
    shown = words(list(then))
    sides = [("by itself", "a", ""), (f"after “{words([word])[0]}”", "b", "/")]
    reach = max((abs(value) for pair in then.values() for value in pair), default=0.0) * 1.1 or 1.0
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "x": shown,
                "y": [pair[i] for pair in then.values()],
                "hovertemplate": "“%{x}”: %{y:+.3f}<extra>" + name + "</extra>",
                "marker": {"color": f"@{look}", "pattern": {"shape": pattern, "size": 5}},
            }
            for i, (name, look, pattern) in enumerate(sides)
        ],
        "layout": {
            "height": 340,
            "barmode": "group",
            "xaxis": {"type": "category", "title": {"text": "next word"}},
            "yaxis": {
                "range": [-reach, reach],
                "title": {"text": "change of log-odds"},
                "zeroline": True,
                "zerolinecolor": "@line",
            },
            "legend": LEGEND,
        },
    }
