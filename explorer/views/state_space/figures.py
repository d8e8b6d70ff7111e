"""Figures of State space: the plane of the states with what lies in it, what modifiers do. Plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.analysis.state_atlas import Atlas
from explorer.analysis.state_space import Readout, SlowPoints
from explorer.board import payloads
from explorer.board.payloads import Figure
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.views.shared.charts import Axis, Shape, packed, words
from explorer.views.shared.labels import spread

PATHS = {"a": ("circle", "solid"), "b": ("square", "dash")}  # both in ink
ROOM = 0.06  # of the width, around what is drawn
SHORT = 40  # steps up to which a path has large points
COLOURS: Axis = {"colorscale": "@diverging", "cmin": 0, "cmax": 1, "showscale": False}
STEEP = 2.0  # times its way to a side, from which an arrow goes up or down
APART = 0.075  # of the height, from the name of an arrow to the next one


def plane(
    atlas: Atlas,
    slow: SlowPoints | None,
    seen: Readout,
    paths: Mapping[str, tuple[str, Trace, np.ndarray]],
    units: int,
    sideways: str,
) -> Figure:
    """The states of real reviews in their plane, slow points, and the paths of up to two phrases.

    `paths`: by look, "a" or "b": name, trace, and (T, 2) where its states lie; their traces are marked by `meta`
    "path", slow points by "slow": the board draws both above the rest. `sideways`: what the second axis is, in words.
    """
    points = atlas.plane.project(slow.hidden(units)) if slow is not None and len(slow.speed) else np.zeros((0, 2))
    box = bounds(np.concatenate([atlas.cloud, points, *(path for _name, _trace, path in paths.values())]))
    marks = [slow_marks(points, slow)] if slow is not None and len(points) else []
    bare = {"zeroline": False, "showgrid": False, "showticklabels": False, "ticks": ""}
    return {
        "data": [cloud(atlas), half(seen, box), *marks, *(path(look, *given) for look, given in paths.items())],
        "layout": {
            "height": 560,
            "xaxis": {"range": box[0].tolist(), **bare},
            "yaxis": {"range": box[1].tolist(), "title": {"text": sideways}, **bare},
            "annotations": [*axis_ends(seen), *middle(seen, box)],
            "coloraxis": COLOURS,
        },
    }


def axis_ends(seen: Readout) -> list[Shape]:
    """Which end of the first axis is which, in words: they are the key to the colours as well."""
    return signs() if seen.direction[0] >= 0 else signs(_("◀ positive"), _("negative ▶"), ("@positive", "@negative"))


def signs(
    left: str | None = None, right: str | None = None, colours: tuple[str, str] = ("@negative", "@positive")
) -> list[Shape]:
    """What lies to the left and to the right, below an axis: negative and positive unless something else is given."""
    texts = (left or _("◀ negative"), right or _("positive ▶"))
    return [
        {"text": f"<b>{text}</b>", "showarrow": False, "xref": "paper", "yref": "paper", "x": side, "y": 0,
         "xanchor": anchor, "yanchor": "top", "yshift": -6, "font": {"color": colour}}
        for text, colour, side, anchor in zip(texts, colours, (0, 1), ("left", "right"), strict=True)
    ]  # fmt: skip


def middle(seen: Readout, box: np.ndarray) -> list[Shape]:
    """The name of the line of one half, at its upper end."""
    ends = crossing(seen, box)
    if not len(ends):
        return []
    x, y = ends[ends[:, 1].argmax()]
    return [{"text": "50%", "showarrow": False, "x": float(x), "y": float(y), "yanchor": "bottom", "xanchor": "center"}]


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
        "name": _("states on real reviews"),
        "x": packed(atlas.cloud[:, 0]),
        "y": packed(atlas.cloud[:, 1]),
        "hoverinfo": "skip",
        "marker": {"size": 6, "color": packed(atlas.belief), "coloraxis": "coloraxis", "opacity": 0.55,
                   "line": {"width": 0.4, "color": "@line"}},
    }  # fmt: skip


def slow_marks(points: np.ndarray, slow: SlowPoints) -> payloads.Trace:
    """Slow points in the plane, (P, 2)."""
    longest = slow.memory[:, 0]
    lasting = _("Point of rest: speed {speed}, a push here lasts {steps} steps")
    endless = _("Point of rest: speed {speed}, a push here does not die away")
    hover = [
        (endless if np.isinf(steps) else lasting).format(speed=f"{q:.2g}", steps=f"{steps:.1f}")
        for q, steps in zip(slow.speed, longest, strict=True)
    ]
    return {
        "type": "scatter",
        "meta": "slow",
        "mode": "markers",
        "name": _("points of rest"),
        "x": packed(points[:, 0]),
        "y": packed(points[:, 1]),
        "text": hover,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "x-thin", "size": 13, "line": {"width": 3, "color": "@b"}},
    }


def path(look: str, name: str, trace: Trace, points: np.ndarray) -> payloads.Trace:
    """A phrase's way through the plane, (T, 2): after each word a marker, coloured by belief."""
    symbol, dash = PATHS[look]
    short = len(trace) <= SHORT
    steps = enumerate(zip(words(trace.tokens), trace.belief, strict=True), 1)
    return {
        "type": "scatter",
        "meta": "path",
        "mode": "lines+markers+text",
        "name": name,
        "x": points[:, 0].tolist(),
        "y": points[:, 1].tolist(),
        "text": words(trace.tokens),
        "customdata": [
            _("{word} (step {step}): {percent} positive").format(word=word, step=t, percent=f"{100 * p:.0f}%")
            for t, (word, p) in steps
        ],
        "hovertemplate": "%{customdata}<extra>" + name + "</extra>",
        "line": {"color": "@a", "width": 3, "dash": dash},
        "marker": {
            "symbol": symbol, "size": 15 if short else 7, "color": packed(trace.belief), "coloraxis": "coloraxis",
            "line": {"color": "@a", "width": 2.5 if short else 1},
        },
        "cliponaxis": False,
    }  # fmt: skip


def half(seen: Readout, box: np.ndarray) -> payloads.Trace:
    """The line of the plane on which the readout says one half, as far as the axes reach."""
    ends = crossing(seen, box)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _("belief one half"),
        "x": ends[:, 0].tolist(),
        "y": ends[:, 1].tolist(),
        "hoverinfo": "skip",
        "line": {"color": "@line", "width": 2, "dash": "dot"},
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


# ----------------------------------------------------------------------------------------------------- what a word does


def arrows(pushes: Mapping[str, np.ndarray], chosen: str, sideways: str, seen: Readout) -> Figure:
    """Where words move the state in the plane, (2,) each, as arrows from one place; the chosen one in full colour."""
    tips = np.array([*pushes.values(), np.zeros(2)])
    box = bounds(tips)
    reach = float(max(np.abs(box).max(), 1e-3))
    order = sorted(pushes, key=lambda word: word == chosen)  # the chosen one on top
    bare = {"showgrid": False, "showticklabels": False, "ticks": "", "zerolinecolor": "@grid", "zerolinewidth": 2}
    return {
        "data": [_tips(pushes)],
        "layout": {
            "height": 380,
            "showlegend": False,
            "xaxis": {"range": [-reach, reach], **bare},
            "yaxis": {"range": box[1].tolist(), "title": {"text": sideways}, "scaleanchor": "x", **bare},
            "annotations": [
                *axis_ends(seen),
                *(_pointer(pushes[word], word == chosen) for word in order),
                *_names(pushes, chosen, float(np.ptp(box[1]))),
            ],
        },
    }


def _tips(pushes: Mapping[str, np.ndarray]) -> payloads.Trace:
    """The ends of the arrows, to be pointed at."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("words"),
        "x": [round(float(x), 6) for x, _y in pushes.values()],
        "y": [round(float(y), 6) for _x, y in pushes.values()],
        "text": words(list(pushes)),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 9, "color": "@line", "opacity": 0},
    }


def _pointer(tip: np.ndarray, chosen: bool) -> Shape:
    return {
        "x": float(tip[0]), "y": float(tip[1]), "ax": 0, "ay": 0, "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
        "text": "", "showarrow": True, "arrowhead": 2, "arrowsize": 1.1, "arrowwidth": 4 if chosen else 2,
        "arrowcolor": "@b" if chosen else "@line",
    }  # fmt: skip


def _names(pushes: Mapping[str, np.ndarray], chosen: str, height: float) -> list[Shape]:
    """The word of each arrow beside its tip, none over another: steep ones in turns left and right of theirs."""
    sides: dict[int, dict[str, np.ndarray]] = {-1: {}, 1: {}}
    for steep in (False, True):
        group = [word for word, (x, y) in pushes.items() if (abs(y) > STEEP * abs(x)) == steep]
        for upwards in (False, True):
            part = sorted(
                (word for word in group if (pushes[word][1] > 0) == upwards), key=lambda word: pushes[word][0]
            )
            for i, word in enumerate(part):
                left = i < len(part) / 2 if steep else pushes[word][0] < 0
                sides[-1 if left else 1][word] = pushes[word]
    found: list[Shape] = []
    for side, named in sides.items():
        places = spread([float(tip[1]) for tip in named.values()], APART * height)
        found += [
            {"text": f"<b>{words([word])[0]}</b>" if word == chosen else words([word])[0], "showarrow": False,
             "x": float(tip[0]), "y": y, "xanchor": "right" if side < 0 else "left", "xshift": 9 * side,
             "yanchor": "middle", "font": {"color": "@b" if word == chosen else "@a"}}
            for (word, tip), y in zip(named.items(), places, strict=True)
        ]  # fmt: skip
    return found


def modifier(word: str, then: Mapping[str, tuple[float, float]]) -> Figure:
    """What each next word brings, in log-odds: a line a word, from what it brings by itself to that after the word."""
    shown = words(list(then))
    reach = max((abs(value) for pair in then.values() for value in pair), default=0.0) * 1.25 or 1.0
    sides = [(_("by itself"), "circle"), (_("after “{word}”").format(word=words([word])[0]), "square")]
    rows = list(range(len(then)))[::-1]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [round(pair[i], 6) for pair in then.values()],
                "y": rows,
                "text": shown,
                "hovertemplate": "“%{text}”: %{x:+.2f}<extra>" + name + "</extra>",
                "marker": {
                    "symbol": symbol, "size": 16,
                    "color": ["@positive" if pair[i] > 0 else "@negative" for pair in then.values()],
                    "line": {"color": "@a", "width": 2},
                },
            }
            for i, (name, symbol) in enumerate(sides)
        ],
        "layout": {
            "height": 90 + 62 * len(then),
            "showlegend": False,
            "xaxis": {"range": [-reach, reach], "showticklabels": False, "ticks": "", "showgrid": False,
                      "zeroline": True, "zerolinecolor": "@line", "zerolinewidth": 2},
            "yaxis": {"range": [-0.6, len(then) - 0.2], "tickvals": rows, "ticktext": shown, "zeroline": False},
            "annotations": [
                *signs(),
                *(_turn(pair, row) for pair, row in zip(then.values(), rows, strict=True)),
                key(word),
            ],
        },
    }  # fmt: skip


def _turn(pair: tuple[float, float], row: int) -> Shape:
    """The arrow from what a word brings by itself to what it brings after the other one."""
    return {
        "x": pair[1], "y": row, "ax": pair[0], "ay": row, "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
        "text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": "@line", "standoff": 11,
        "startstandoff": 9,
    }  # fmt: skip


def key(word: str) -> Shape:
    """Which mark is which."""
    return {
        "text": _("● by itself → ■ after “{word}”").format(word=words([word])[0]), "showarrow": False, "xref": "paper",
        "yref": "paper", "x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "xshift": 4, "bgcolor": "@back",
    }  # fmt: skip
