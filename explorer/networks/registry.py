"""The registry of the networks, in the order in which the story tells them; a network of one's own joins at the end.

It imports no torch before a class is asked for, so that names alone cost nothing. Ask it when you need it: whatever
keeps a list of the names does not hear of a network that is registered later.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.networks.base import Network

AVERAGE, CONCATENATION = "per-word", "concat"  # the two that the story tells before the recurrent networks
_PLACES = {
    AVERAGE: "explorer.networks.per_word:PerWord",
    CONCATENATION: "explorer.networks.concat:Concat",
    "rnn": "explorer.networks.rnn:RNN",
    "gru": "explorer.networks.gru:GRU",
    "lstm": "explorer.networks.lstm:LSTM",
}
_REGISTERED: dict[str, type[Network]] = {}


def names() -> list[str]:
    """The names of all networks."""
    return [*_PLACES, *_REGISTERED]


def network(name: str) -> type[Network]:
    """The class of a network. Raises KeyError for a name that is not in `names()`."""
    if name in _REGISTERED:
        return _REGISTERED[name]
    module, _, attribute = _PLACES[name].partition(":")
    shipped: type[Network] = getattr(import_module(module), attribute)
    return shipped


def networks() -> dict[str, type[Network]]:
    """All classes by name."""
    return {name: network(name) for name in names()}


def recurrent_names() -> list[str]:
    """The names of the networks that carry a state from step to step."""
    return [name for name, each in networks().items() if each.recurrent]


def labels() -> dict[str, str]:
    """What people call each network, by name: "GRU", "average of words"."""
    return {name: each.label for name, each in networks().items()}


def build(name: str, **config: int | float) -> Network:
    """A network with fresh weights. Raises KeyError for a name that is not in `names()`."""
    fresh: Network = network(name)(**config)  # type: ignore[arg-type]
    return fresh


def register(added: type[Network]) -> type[Network]:
    """Add a network of one's own under its `name`, for this process; also as a decorator. Raises ValueError.

    Its trained weights and card lie beside the others', where `checkpoints.save` writes them.
    """
    _check(added)
    _REGISTERED[added.name] = added
    return added


def unregister(name: str) -> None:
    """Take a registered network out again. Raises KeyError for one that was not registered."""
    del _REGISTERED[name]


def _check(added: type[Network]) -> None:
    facts: Mapping[str, object] = {
        fact: getattr(added, fact, None) for fact in ("name", "label", "description", "style")
    }
    missing = [fact for fact, value in facts.items() if not value]
    if missing:
        raise ValueError(f"{added.__name__} does not say its {', '.join(missing)}.")
    if added.name in names():
        raise ValueError(f"There is a network named {added.name!r} already.")
    declared = [quantity.name for quantity in added.quantities]
    needed = ["inputs", "hidden", "logit"] if added.recurrent else ["inputs", "logit"]
    if lacking := [name for name in needed if name not in declared]:
        raise ValueError(f"{added.__name__} declares no {', '.join(lacking)} among its quantities.")
