"""Figures of Memory: gradients by distance, the forgetting dial, a transplant. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import NamedTuple

import numpy as np

from explorer.board.payloads import Figure, Trace
from explorer.messages import _
from explorer.networks.registry import network
from explorer.views.shared.charts import MARKER, Axis, Shape, time_axis, unsure, words
from explorer.views.shared.labels import spread
from explorer.views.shared.wording import percent, shortened

CELLS = 120  # rows and columns of a matrix that are sent; a longer text is averaged into as many
DEPTH = 4  # powers of ten below the largest gradient that are told apart
LINES = 0.84  # of the width, where lines are drawn; the rest is for their names
MIDDLE = 0.15  # of an axis, from its ends on, over which a name stands in the middle
TAIL = 6  # words of a donor that are drawn at most
APART = 0.085  # of the height, from a name at the end of a line to the next one
BESIDE = 12  # points to both sides of the middle of a line over which its name stands
BELIEFS = [-0.2, 1.14]  # with room for a word at both ends
SPOKEN = 24  # points up to which each has its marker


class Donor(NamedTuple):
    """The last words that a donor read before its memory was taken, and its belief after each, 0…1."""

    tokens: Sequence[str]
    belief: np.ndarray


# ------------------------------------------------------------------------------------------------------ lines, by model


def line(model: str, name: str, values: np.ndarray, hover: str) -> Trace:
    """A model's line over whole numbers from 0 on; Plotly leaves out of a log axis what is not positive."""
    style = network(model).style
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(values) <= SPOKEN else "lines",
        "name": name,
        "x": list(range(len(values))),
        "y": [float(f"{value:.6g}") for value in values],
        "hovertemplate": hover + "<extra>" + name + "</extra>",
        "line": {"color": f"@{style.colour}", "dash": style.dash, "width": 2.5},
        "marker": {"symbol": style.marker, "size": 8},
    }


def end_labels(names: Mapping[str, str], ends: Mapping[str, float], reach: float, left: float = LINES) -> list[Shape]:
    """The name of each model's line at its end; `ends`: where that is on the axis, which has a length of `reach`."""
    places = spread(list(ends.values()), APART * reach)
    return [
        _label(names[model], y, f"@{network(model).style.colour}", left)
        for model, y in zip(ends, places, strict=True)
    ]  # fmt: skip


def _label(text: str, y: float, colour: str, left: float) -> Shape:
    return {
        "text": text, "showarrow": False, "xref": "paper", "x": left, "xanchor": "left", "xshift": 8, "y": y,
        "yanchor": "middle", "align": "left", "font": {"color": colour},
    }  # fmt: skip


def belief_axis() -> Axis:
    """P(positive) from 0% to 100%."""
    return {
        "range": BELIEFS,
        "tickvals": [0, 0.5, 1],
        "ticktext": ["0%", "50%", "100%"],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def sides() -> list[Shape]:
    """Which side of the axis of beliefs is which, in words."""
    ends = [(_("positive"), 1, "top", "@positive"), (_("negative"), 0, "bottom", "@negative")]
    return [
        {"text": f"<b>{text}</b>", "showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "xshift": 6,
         "yref": "paper", "y": y, "yanchor": anchor, "font": {"color": colour}, "borderpad": 0}
        for text, y, anchor, colour in ends
    ]  # fmt: skip


def distances(norms: Mapping[str, np.ndarray], labels: Mapping[str, str]) -> Figure:
    """Mean norm of the gradients at each distance, (T,) by model, on a logarithmic scale."""
    hover = _("{steps} words back: {norm}").format(steps="%{x}", norm="%{y:.2e}")
    last = {model: log10(max(float(values[-1]), 1e-30)) for model, values in norms.items()}
    return {
        "data": [line(model, labels[model], values, hover) for model, values in norms.items()],
        "layout": {
            "height": 340,
            "showlegend": False,
            "xaxis": {
                "domain": [0, LINES],
                "title": {"text": _("words back from the belief")},
                "tickformat": "d",
                "tick0": 0,
                "dtick": whole_ticks(max(map(len, norms.values())) - 1),
                "zeroline": False,
                "showgrid": False,
            },
            "yaxis": {
                "type": "log",
                "title": {"text": _("influence (gradient)")},
                "exponentformat": "power",
                **decades(norms),
            },
            "annotations": end_labels(labels, last, decades_seen(norms)),
        },
    }


def decades_seen(norms: Mapping[str, np.ndarray]) -> float:
    """How many powers of ten the axis of gradients is long."""
    values = np.concatenate(list(norms.values()))
    values = values[values > 0]
    return max(float(np.ptp(np.log10(values))), 0.1) if len(values) else 1.0


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
    hover = _("{count} words between: {belief}").format(count="%{x}", belief="%{y:.1%}")
    lines = [line(model, labels[model], values, hover) for model, values in beliefs.items()]
    annotations = end_labels(
        labels, {model: float(values[-1]) for model, values in beliefs.items()}, BELIEFS[1] - BELIEFS[0]
    )
    if plain is not None:
        model, values = plain
        name = _("{model} without the first words").format(model=labels[model])
        look = {"mode": "lines", "opacity": 0.8, "line": {"color": "@line", "dash": "longdashdot", "width": 2}}
        lines.append(line(model, name, values, hover) | look)
        middle = len(values) // 2
        near = values[max(0, middle - BESIDE) : middle + BESIDE + 1]
        below = float(near.max()) > 0.85
        annotations.append({
            "text": name, "showarrow": False, "x": middle, "xanchor": "center",
            "y": float(near.min() if below else near.max()), "yanchor": "top" if below else "bottom",
            "yshift": -4 if below else 4,
        })  # fmt: skip
    return {
        "data": lines,
        "layout": {
            "height": 340,
            "showlegend": False,
            "xaxis": {
                "domain": [0, LINES],
                "title": {"text": _("neutral words between")},
                "zeroline": False,
                "showgrid": False,
            },
            "yaxis": belief_axis(),
            "shapes": [unsure() | {"x1": LINES}],
            "annotations": [*sides(), *annotations],
        },
    }


# ----------------------------------------------------------------------------------------------------------- transplant


def transplanted(
    tokens: Sequence[str],
    belief: np.ndarray,
    other: np.ndarray,
    first: int,
    names: tuple[str, str],
    donor: Donor | None = None,
) -> Figure:
    """The belief of a text as it is, (T,), and from step `first` (from 0) on with another memory, (T − first,).

    The line with the other memory begins with the last words of the `donor`, if there is one: they stand before the
    step at which its memory is put in. Its points there have a word each; those of the text have theirs on the axis.
    `names`: what is done before that step, and what that makes of the line.
    """
    tail = len(donor.tokens) if donor else 0
    changed = _course("b", np.concatenate([np.full(first, np.nan), other]), tokens, _("with the other memory"))
    changed["line"] |= {"dash": "dash"}
    lines = [_course("a", belief, tokens, _("as it was")), changed]
    if donor and tail:
        lines.append(_donated(donor, first, float(other[0])))
    ends = spread([float(belief[-1]), float(other[-1])], 2.7 * APART)  # two lines of text each
    labels = [(_("as it was"), belief[-1]), (names[1], other[-1])]
    axis = time_axis([tokens])
    low = min(0.5, first - tail + 0.5)
    return {
        "data": lines,
        "layout": {
            "height": 380,
            "showlegend": False,
            "xaxis": axis | {"range": [low, len(tokens) + 0.5]},
            "yaxis": belief_axis(),
            "coloraxis": {"colorscale": "@diverging", "cmin": 0, "cmax": 1, "showscale": False},
            "shapes": [unsure(), _cut(first)],
            "annotations": [
                *sides(),
                _cut_name(first, names[0], low, len(tokens) + 0.5),
                *(
                    _label(f"{name}<br><b>{percent(float(end))}</b>", y, f"@{look}", 1)
                    for (name, end), y, look in zip(labels, ends, "ab", strict=True)
                ),
            ],
        },
    }  # fmt: skip


def _course(look: str, values: np.ndarray, tokens: Sequence[str], name: str) -> Trace:
    """A line over time whose points are coloured by belief."""
    beliefs = [None if np.isnan(value) else round(float(value), 6) for value in values]
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(tokens) <= 60 else "lines",
        "name": name,
        "x": list(range(1, len(values) + 1)),
        "y": beliefs,
        "text": words(tokens),
        "hovertemplate": "%{text}: %{y:.1%}<extra>" + name + "</extra>",
        "line": {"color": f"@{look}", "width": 3},
        "marker": {
            "symbol": MARKER[look], "size": 13, "color": [value or 0 for value in beliefs], "coloraxis": "coloraxis",
            "line": {"color": f"@{look}", "width": 2},
        },
    }  # fmt: skip


def _donated(donor: Donor, first: int, then: float) -> Trace:
    """What the donor read and believed until its memory was put in before step `first`, on to the belief after it."""
    count = len(donor.tokens)
    name = _("the other phrase")
    trace = _course("b", np.append(donor.belief, then), [*donor.tokens, ""], name)
    high = float(np.mean(donor.belief)) > 0.5
    sizes = [*[13] * count, 0]  # the last point is that of the other line
    return trace | {
        "meta": "donor",
        "mode": "lines+markers+text",
        "x": list(range(first - count + 1, first + 2)),
        "text": [*words([shortened(token, 12) for token in donor.tokens]), ""],
        "textposition": "bottom center" if high else "top center",
        "line": {"color": "@b", "width": 2, "dash": "dot"},
        "marker": trace["marker"] | {"size": sizes, "symbol": "square"},
        "cliponaxis": False,
    }


def _cut(first: int) -> Shape:
    """Where another memory is put in: before step `first`, from 0."""
    return {
        "type": "line", "x0": first + 0.5, "x1": first + 0.5, "yref": "paper", "y0": 0, "y1": 1,
        "line": {"color": "@line", "width": 2, "dash": "dash"},
    }  # fmt: skip


def _cut_name(first: int, name: str, low: float, high: float) -> Shape:
    """The name of that line, off the ends of the axis; a label of the line itself would be cut off at them."""
    share = (first + 0.5 - low) / (high - low)
    anchor = "left" if share < MIDDLE else "right" if share > 1 - MIDDLE else "center"
    return {
        "text": name, "showarrow": False, "x": first + 0.5, "xanchor": anchor, "yref": "paper", "y": 1,
        "yanchor": "bottom",
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- matrices


def depth(matrices: Sequence[np.ndarray]) -> float:
    """How many powers of ten the scale of matrices, (T, T), reaches below their largest number: 1 to DEPTH."""
    read = np.concatenate([cells[np.tri(len(cells), dtype=bool)] for cells in matrices])
    read = read[read > 0]
    return float(np.clip(np.ptp(np.log10(read)), 1, DEPTH)) if len(read) else 1.0


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
