"""Hand-written payloads: a panel of each kind, and a board for each module, all of three words."""

import base64
import struct
from typing import Any

from explorer.board import payloads as types
from explorer.views.shared.charts import PALETTE

WORDS = ["good", "<b>", "bad"]  # words of visitors are never markup
BELIEF = [0.75, 0.5, 0.25]


def packed(*values: float, shape: str = "") -> types.Packed:
    """Numbers as a packed array."""
    data = base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()
    return {"dtype": "f4", "bdata": data, "shape": shape or str(len(values))}


LABELS = ["good", "&lt;b&gt;", "bad"]  # as Plotly takes them
AXIS: dict[str, Any] = {"range": [0.5, 3.5], "tickvals": [1, 2, 3], "ticktext": LABELS}
LINE: types.Trace = {"type": "scatter", "mode": "lines+markers", "name": "belief", "x": [1, 2, 3], "y": packed(*BELIEF),
                     "text": LABELS, "line": {"color": "@a"}}  # fmt: skip
TIME: types.Figure = {"data": [LINE], "layout": {"height": 260, "xaxis": AXIS, "yaxis": {"range": [0, 1]}}}
HEAT: types.Figure = {
    "data": [{"type": "heatmap", "z": packed(1, 2, 3, 4, 5, 6, shape="2, 3"), "x": [1, 2, 3], "y": [0, 1],
              "text": LABELS, "customdata": [7, 5], "coloraxis": "coloraxis"}],
    "layout": {"height": 260, "xaxis": AXIS, "yaxis": {"range": [1.5, -0.5]},
               "coloraxis": {"colorscale": "@diverging"}},
}  # fmt: skip
DOTS: types.Figure = {
    "data": [{"type": "scatter", "mode": "markers", "x": [0.25, 0.75], "y": [0, 0],
              "customdata": ["bad good", "good bad"], "marker": {"size": 30}}],
    "layout": {"height": 200, "xaxis": {"range": [0, 1]}, "yaxis": {"range": [-1, 1]}},
}  # fmt: skip
PLANE: types.Figure = {
    "data": [
        {"type": "scatter", "mode": "markers", "name": "states", "x": packed(0, 1), "y": packed(0, 1)},
        {"type": "scatter", "mode": "lines+markers+text", "meta": "path", "name": "the phrase",
         "x": [0, 1, 2], "y": [0, 1, 0], "text": LABELS},
    ],
    "layout": {"height": 400, "xaxis": {"range": [-1, 3], "title": {"text": "PC1"}},
               "yaxis": {"range": [-1, 2], "title": {"text": "PC2"}}, "annotations": []},
}  # fmt: skip
OPENER: types.Opener = {"text": "bad <b> good", "href": "./?a=bad", "asked": {"a": "good <b> bad", "b": "bad <b> good"}}
TABLE: types.Table = {"columns": ["Step", "Word"], "rows": [[str(t), word] for t, word in enumerate(WORDS, 1)]}
MODEL: types.ModelMatrix = {
    "label": "GRU", "look": ("a", "solid", "circle"), "alt": "a matrix",
    "values": packed(1, 0, 0, 0.1, 1, 0, 0.01, 0.1, 1, shape="3, 3"),
}  # fmt: skip
STEPS: list[types.DiagramStep] = [
    {"input": "chat", "output": None, "names": ("x⟨1⟩", "a⟨1⟩", ""), "belief": None, "part": "encoder",
     "memory": False, "fed": False, "looks": []},
    {"input": "(start)", "output": "cat", "names": ("", "a⟨2⟩", "ŷ⟨1⟩"), "belief": None, "part": "decoder",
     "memory": True, "fed": False, "looks": [(0, 0.9)]},
]  # fmt: skip
ROWS: list[types.OrderRow] = [
    {"letter": letter, "tokens": words, "unknown": [1], "alone": [0.9, 0.5, 0.1], "average": [0.9, 0.7, 0.5],
     "recurrent": [0.9, 0.8, 0.2]}
    for letter, words in (("A", WORDS), ("B", WORDS[::-1]))
]  # fmt: skip
LAYERS: types.LayersDrawing = {
    "alt": "rectangles", "blocks": 5, "size": 50, "units": 21, "recurrent": {"label": "GRU", "tall": 48, "units": 16},
    "captions": ("Concatenation: 5,250 weights", "GRU: 3,168 weights"),
}  # fmt: skip
PLACES: types.PlacesPicture = {
    "drawing": "places", "alt": "a line", "place": 1,
    "lines": [{"label": "GRU <b>", "look": ("a", "solid", "circle"), "belief": BELIEF}],
}  # fmt: skip
PICTURES: dict[str, types.CardPicture] = {
    "diagram": {"drawing": "diagram", "alt": "two cells", "steps": STEPS},
    "orders": {"drawing": "orders", "alt": "bars", "rows": ROWS, "label": "GRU"},
    "layers": {"drawing": "layers", **LAYERS},
    "slots": {"drawing": "slots", "alt": "two slots", "slots": 2, "tokens": WORDS},
    "places": PLACES,
}
CARDS: list[list[types.Card]] = [
    [{"name": name, "title": f"Card {name}", "sentence": f"One {name}.", "picture": picture}]
    for name, picture in PICTURES.items()
]
CARDS = [*CARDS[:3], [CARDS[3][0], CARDS[4][0]]]
PANELS: list[types.Panel] = [
    {"kind": "text", "id": "text", "title": "A sentence", "sentence": "Not computed yet."},
    {"kind": "chart", "id": "chart", "title": "A line", "sentence": "It falls.", "alt": "a line", "figure": TIME},
    {"kind": "chart", "id": "heat", "title": "A heatmap", "alt": "a heatmap", "figure": HEAT},
    {"kind": "transplant", "id": "transplant", "title": "Another memory", "alt": "two lines", "figure": TIME},
    {"kind": "plot", "id": "plot", "title": "Dots", "alt": "dots", "figure": DOTS, "table": TABLE},
    {"kind": "table", "id": "table", "title": "Orders", "sentences": ["Some orders."],
     "table": {"columns": ["Place", "Order"], "rows": [["1", OPENER]]}},
    {"kind": "matrix", "id": "matrix", "title": "Gradients", "steps": 3, "block": 1,
     "words": ["1 good", "2 &lt;b&gt;", "3 bad"], "low": -4, "high": 0, "models": [MODEL, {**MODEL, "label": "LSTM"}]},
    {"kind": "parts", "id": "parts", "title": "Units", "unit": 1, "tokens": WORDS, "belief": BELIEF,
     "logit": [1.1, 0, -1.1], "parts": packed(1, 0.1, 0, 0, -1, -0.1, shape="3, 2"), "bias": 0.0},
    {"kind": "plane", "id": "plane", "title": "The plane", "alt": "a path", "figure": PLANE,
     "labels": [WORDS], "ends": [["good 75%", "<b> 50%", "bad 25%"]]},
    {"kind": "sliders", "id": "sliders", "title": "A slider", "alt": "a line", "figure": TIME, "table": TABLE,
     "readings": ["none", "one", "two"],
     "sliders": [{"name": "place", "label": "Words before", "min": 0, "max": 2, "value": 1}]},
    {"kind": "layers", "id": "layers", "title": "Layers", **LAYERS, "table": TABLE,
     "sliders": [{"name": "words", "label": "Words at once", "min": 1, "max": 9, "value": 5}]},
    {"kind": "orders", "id": "orders", "title": "Two orders", "alt": "bars", "rows": ROWS, "label": "GRU",
     "table": TABLE},
    {"kind": "cards", "id": "cards", "title": "A map", "cells": CARDS, "opened": "",
     "axes": {"columns": ["T_x = 1", "T_x > 1"], "rows": ["T_y = 1", "T_y > 1"]}},
    {"kind": "slots", "id": "slots", "title": "Slots", "slots": 2, "tokens": WORDS, "table": TABLE},
    {"kind": "cloud", "id": "cloud", "title": "All orders", "alt": "dots", "story": "Six orders.",
     "typed": "good <b> bad", "tokens": WORDS, "table": TABLE,
     "rows": [{"label": "GRU", "chosen": True, "belief": 0.25, "said": "25%", "spread": "25% to 75%",
               "counts": [0, 1, 2, 1], "beliefs": [0.25, 0.75], "orders": ["good <b> bad", "bad <b> good"]}]},
    {"kind": "choices", "id": "choices", "title": "What could come",
     "steps": [{"token": word, "given": word == "good", "candidates": [(word, 0.5), ("film", 0.25)], "rest": 0.25}
               for word in WORDS]},
    {"kind": "unrolled", "id": "unrolled", "title": "A translation", "alt": "two cells", "steps": STEPS,
     "table": TABLE},
]  # fmt: skip
PHRASE: types.ReadPhrase = {
    "phrase": "A",
    "tokens": WORDS,
    "unknown": [1],
    "read": {},
    "clipped": None,
    "belief": BELIEF,
}
TWO = ["good", "bad"]
ADDRESS: types.Address = {
    "path": "",
    "query": "?phrase=good",
    "parameters": ["phrase"],
    "entry": None,
    "before": "?",
}
BOARDS: dict[str, dict[str, Any]] = {
    "inside": {
        "palette": PALETTE, "summary": "Three words.", "notes": ["A note."], "phrases": [PHRASE | {"phrase": ""}],
        "steps": 3, "link": "?phrase=good", "typed": "good <b> bad", "panels": PANELS, "address": ADDRESS,
    },
    "pair": {
        "palette": PALETTE, "summary": "A and B differ.", "notes": [], "steps": 3, "link": None,
        "phrases": [PHRASE, PHRASE | {"phrase": "B"}], "typed": "good <b> bad", "typed_b": "bad <b> good",
        "address": ADDRESS,
        "panels": [{"kind": "chart", "id": "belief", "title": "The belief", "alt": "a line", "sentence": "It falls.",
                    "figure": TIME},
                   {"kind": "chart", "id": "units", "title": "The units", "alt": "a heatmap", "figure": HEAT}],
    },
    "two_units": {
        "palette": PALETTE, "trouble": None, "notes": [], "steps": 2, "columns": ["step", "word", *map(str, range(23))],
        "phrases": [{"phrase": "", "tokens": TWO, "unknown": [], "read": {}, "clipped": None}],
        "words": TWO, "pairs": [TWO], "lesson": TWO, "moved": [(4, 150)], "parameter": "weights",
        "typed": "good bad", "file": None,
        "address": ADDRESS, "link": "?text=good+bad",
        "weights": {"embedding": [[1, 0], [0, 1]], "W": [[1, 2], [0, -1]], "U": [[0.5, 0], [0, 0.5]], "b": [0.1, 0],
                    "w": [1, -1], "c": -0.5},
    },
    "report": {
        "palette": PALETTE, "summary": "A card.",
        "picture": {
            "title": "Models", "sentence": "One is better.", "alt": "dots",
            "columns": ["sentences", "word\norder"], "table": TABLE,
            "rows": [{"label": "GRU", "chosen": True,
                      "dots": [{"share": 0.9, "error": 0.01, "said": "90%"},
                               {"share": None, "error": 0, "said": "–"}]}],
        },
        "sections": [
            {"id": "facts", "title": "Facts", "sentences": ["One."],
             "table": {"columns": ["Text"], "rows": [[OPENER]]}},
            {"id": "curve", "title": "A curve", "sentences": [], "figure": DOTS, "alt": "dots", "table": TABLE},
            {"id": "none", "title": "Nothing", "sentences": ["Not measured."], "table": None},
        ],
    },
}  # fmt: skip
