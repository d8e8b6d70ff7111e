"""The registry of the networks, in the order in which the story tells them."""

from __future__ import annotations

from explorer.networks.base import Network
from explorer.networks.concat import Concat
from explorer.networks.gru import GRU
from explorer.networks.lstm import LSTM
from explorer.networks.per_word import PerWord
from explorer.networks.rnn import RNN

NETWORKS: dict[str, type[Network]] = {"per-word": PerWord, "concat": Concat, "rnn": RNN, "gru": GRU, "lstm": LSTM}


def build(name: str, **config: float) -> Network:
    """A lane with fresh weights. Raises KeyError for a name that is not in NETWORKS."""
    return NETWORKS[name](**config)
