"""A folder of weights with a small atlas of states, for the tests of the page State space."""

import shutil
from pathlib import Path

import pytest
from browsing import ROOT

from explorer import load
from explorer.analysis.state_atlas import paths
from explorer.training import states

PIECES = (
    "it is not good .",
    "a very bad film ,",
    "the film is n't bad .",
    "good , good , very good",
    "a dull and boring plot .",
)
REVIEWS = [(f"pos/{i}_7", " ".join(PIECES[(i + k) % 5] for k in range(1 + i % 4)), 1) for i in range(12)]


def write_small_atlas(folder: Path) -> Path:
    """The shipped weights with a small atlas of the GRU; the RNN's is of other weights, the LSTM has none."""
    for path in (ROOT / "pretrained").iterdir():
        if not path.name.startswith("states-"):
            (folder / path.name).symlink_to(path)
    search = states.slow_points
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(states, "STARTS", 6)
        patch.setattr(states, "slow_points", lambda *given, **more: search(*given, steps=20, slowest=10.0, **more))
        states.precompute(load("gru"), REVIEWS, folder)
    for ours, other in zip(paths("gru", folder), paths("rnn", folder), strict=True):
        shutil.copy(ours, other)
    return folder
