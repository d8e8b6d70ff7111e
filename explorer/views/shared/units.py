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


def shown_names() -> list[str]:
    """The names of all that a heatmap of some recurrent network can show."""
    networks = (registry.network(name) for name in registry.recurrent_names())
    return list(dict.fromkeys(name for network in networks for name in network.titles()))
