"""How the pages call what the recurrent networks compute, and the orders of their units."""

from __future__ import annotations

SHOWN = {
    "hidden": "hidden state a^<t>",
    "candidate": "candidate",
    "reset": "reset gate",
    "update": "update gate (1 keeps the old state)",
    "preactivation": "sum before tanh",
    "input": "input gate",
    "forget": "forget gate (1 keeps the old cell)",
    "output": "output gate",
    "cell": "cell state c^<t>",
}

SORTED = {
    "weight": "readout weight: what speaks for positive on top, what speaks for negative at the bottom",
    "likeness": "likeness: units that move together lie together",
    "parting": "difference: units that differ most between A and B on top",
    "number": "unit number",
}
