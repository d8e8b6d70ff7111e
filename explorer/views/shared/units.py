"""How the pages call what the recurrent networks compute, and the orders of their units."""

from __future__ import annotations

from explorer.messages import _
from explorer.networks import registry

FIRST = "hidden"  # what the heatmaps of units show first

SORTED = {
    "weight": _("Units that speak for positive are on top, those that speak for negative at the bottom."),
    "likeness": _("Units that move together lie together."),
    "parting": _("Units that differ most between A and B are on top."),
    "number": _("Units are in the order of their numbers."),
}


def shown_names() -> list[str]:
    """The names of all that a heatmap of some recurrent network can show."""
    networks = (registry.network(name) for name in registry.recurrent_names())
    return list(dict.fromkeys(name for network in networks for name in network.titles()))
