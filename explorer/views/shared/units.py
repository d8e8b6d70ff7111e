"""How the pages call what the recurrent networks compute, and the orders of their units."""

from __future__ import annotations

from explorer.networks import registry

FIRST = "hidden"  # what the heatmaps of units show first

SORTED = {
    "weight": "readout weight: what speaks for positive on top, what speaks for negative at the bottom",
    "likeness": "likeness: units that move together lie together",
    "parting": "difference: units that differ most between A and B on top",
    "number": "unit number",
}


def shown(value: str) -> bool:
    """Whether a heatmap of some recurrent network can show a quantity of this name."""
    return any(value in registry.network(name).titles() for name in registry.recurrent_names())
