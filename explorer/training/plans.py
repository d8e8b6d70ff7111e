"""How each network is trained: its size, its rates, and what it reads in an epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Plan:
    """How a network is trained. `vector_rate` is a share of `rate` and counts only where the vectors are tuned."""

    config: dict[str, Any]
    rate: float = 2e-3
    vector_rate: float = 0.0
    clip: float = 1.0
    epochs: int = 4
    tuning_epochs: int = 5  # where the vectors are tuned
    neutral: float = 0.5  # share of the Treebank's neutral phrases read each epoch
    pieces: float = 0.4  # share of what only the teacher labelled read each epoch
    tuning_pieces: float = 1.0  # the same where the vectors are tuned
    further_pieces: float = 0.2  # the same in the second stage
    made: float = 0.4  # share of the phrases made by rules read each epoch
    reviews: float = 0.3  # share of the reviews read each epoch


PLANS: dict[str, Plan] = {
    "gru": Plan({"units": 128, "dropout": 0.4}, vector_rate=0.45, epochs=6),
    "lstm": Plan({"units": 128, "dropout": 0.4}, epochs=6),
    "rnn": Plan({"units": 128, "dropout": 0.4}, rate=1.5e-3, clip=0.5),
    "per-word": Plan({"units": 256, "dropout": 0.4}, rate=1e-3, made=0.1, reviews=0.2),
    "concat": Plan({"units": 128, "dropout": 0.4}, rate=1e-3),
}
TUNER = "gru"  # the network that tunes the one table of vectors; all then read what it left
