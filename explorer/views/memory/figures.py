"""Figures of Memory: gradients by distance, the forgetting dial, a transplant. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10

import numpy as np

from explorer.board.payloads import Figure, Trace
from explorer.networks.registry import network
from explorer.views.shared.charts import LEGEND, Axis, course, time_axis, unsure

CELLS = 120  # rows and columns of a matrix that are sent; a longer text is averaged into as many
DEPTH = 4  # powers of ten below the largest gradient that are told apart


def line(model: str, name: str, values: np.ndarray, hover: str, start: int = 0) -> Trace:
    """A model's line over whole numbers from `start` on; Plotly leaves out of a log axis what is not positive."""
    style = network(model).style
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(values) <= 60 else "lines",
        "name": name,
        "x": list(range(start, start + len(values))),
        "y": [float(f"{value:.6g}") for value in values],
        "hovertemplate": hover + "<extra>" + name + "</extra>",
        "line": {"color": f"@{style.colour}", "dash": style.dash, "width": 2},
        "marker": {"symbol": style.marker, "size": 7},
    }


def distances(norms: Mapping[str, np.ndarray], labels: Mapping[str, str]) -> Figure:
    """Mean norm of the gradients at each distance, (T,) by model, on a logarithmic scale."""
    return {
        "data": [line(model, labels[model], values, "%{x} steps later: %{y:.2e}") for model, values in norms.items()],
        "layout": {
            "height": 340,
            "xaxis": {
                "title": {"text": "steps from the word to the belief, t − s"},
                "tickformat": "d",
                "tick0": 0,
                "dtick": whole_ticks(max(map(len, norms.values())) - 1),
                "zeroline": False,
                "showgrid": False,
            },
            "yaxis": {
                "type": "log",
                "title": {"text": "mean gradient norm"},
                "exponentformat": "power",
                **decades(norms),
            },
            "legend": LEGEND,
        },
    }


def whole_ticks(longest: int, most: int = 10) -> int:
    """The distance between at most `most` ticks at whole numbers from 0 to `longest`: 1, 2 or 5 times a power of ten.

    >>> whole_ticks(3), whole_ticks(19), whole_ticks(999)
    (1, 2, 100)
    """
    distances = (step * int(10**power) for power in range(9) for step in (1, 2, 5))
    return next(distance for distance in distances if longest <= most * distance)


def decades(norms: Mapping[str, np.ndarray]) -> Axis:
    """The ticks of a logarithmic axis: every so many powers of ten, or plain numbers where there are too few powers."""
    values = np.concatenate(list(norms.values()))
    values = values[values > 0]
    span = np.ptp(np.log10(values)) if len(values) else 0.0
    if span >= 2:
        return {"dtick": max(1, round(span / 6))}
    low, high = (values.min(), values.max()) if len(values) else (1.0, 1.0)
    steps = (1, 2, 5) if span > 0.5 else (1, 1.5, 2, 3, 4, 5, 6, 8)
    powers = range(floor(log10(low)), floor(log10(high)) + 2)
    ticks = [float(f"{step}e{power}") for power in powers for step in steps]
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}


def dials(beliefs: Mapping[str, np.ndarray], labels: Mapping[str, str], plain: tuple[str, np.ndarray] | None) -> Figure:
    """Belief against the number of neutral words, (N+1,) by model; `plain`: one without the words before the gap."""
    lines = [line(model, labels[model], values, "%{x} words between: %{y:.3f}") for model, values in beliefs.items()]
    if plain is not None:
        model, values = plain
        name = f"{labels[model]}, nothing before the gap"
        look = {"mode": "lines", "opacity": 0.7, "line": {"color": "@line", "dash": "longdashdot", "width": 1.5}}
        lines.append(line(model, name, values, "%{x} words: %{y:.3f}") | look)
    return {
        "data": lines,
        "layout": {
            "height": 340,
            "xaxis": {"title": {"text": "neutral words between"}, "zeroline": False, "showgrid": False},
            "yaxis": {"range": [-0.02, 1.02], "title": {"text": "P(positive)"}, "zeroline": False},
            "shapes": [unsure()],
            "legend": LEGEND,
        },
    }


def transplanted(tokens: Sequence[str], belief: np.ndarray, other: np.ndarray, first: int) -> Figure:
    """The belief of a text as it is, (T,), and from step `first` (from 0) on with another memory, (T − first,)."""
    changed = course("b", "with the other memory", np.concatenate([np.full(first, np.nan), other]), tokens)
    changed["line"] |= {"dash": "dash"}
    return {
        "data": [course("a", "as it is", belief, tokens), changed],
        "layout": {
            "height": 340,
            "xaxis": time_axis([tokens]),
            "yaxis": {"range": [-0.02, 1.02], "title": {"text": "P(positive)"}, "zeroline": False, "fixedrange": True},
            "shapes": [
                unsure(),
                {
                    "type": "line",
                    "x0": first + 0.5,
                    "x1": first + 0.5,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": "@line", "width": 1, "dash": "dash"},
                },
            ],
            "legend": LEGEND,
        },
    }


def averaged(norm: np.ndarray, cells: int = CELLS) -> tuple[np.ndarray, int]:
    """A T-by-T matrix as it is or, above `cells` rows, the means of its square blocks, and the words of a block.

    The last block of a row may take fewer words. Words that a belief has not read, s > t, are 0 and count.
    """
    block = -(-len(norm) // cells)
    if block == 1:
        return norm, 1
    edges = np.arange(0, len(norm), block)
    sizes = np.diff([*edges, len(norm)])
    sums = np.add.reduceat(np.add.reduceat(norm, edges, 0), edges, 1)
    return sums / (sizes[:, None] * sizes[None, :]), block
