"""Findings: what one command measured of all five models on real texts for the page on the approaches.

`approaches.json`, which `explorer.training.approaches` makes. It belongs to the weights that it was made with and is
refused for others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from explorer.analysis.approaches import Moves
from explorer.analysis.state_atlas import fingerprint
from explorer.core.checkpoints import FOLDER, Model, read_card, write_card
from explorer.core.repairs import fault

COMMAND = "python -m explorer approaches"
FILE = "approaches.json"


@dataclass(frozen=True)
class Bin:
    """Texts of like length, `low` to `high` words (None: no end), and by model the share right, 0…1, and its error."""

    low: int
    high: int | None
    count: int
    right: dict[str, float]
    error: dict[str, float]

    @property
    def name(self) -> str:
        """Its lengths, as an axis has them: "51–100", "over 1,000"."""
        return f"over {self.low - 1:,}" if self.high is None else f"{self.low:,}–{self.high:,}"


@dataclass(frozen=True, eq=False)
class Findings:
    """`moves`: by model, how its belief of `phrases` phrases hangs on the place. `lengths`: by set of texts, its bins.

    `shares`: by model, the share of the variance that the place makes among other neutral words, one for each clause of
    them.
    """

    phrases: int
    moves: dict[str, Moves]
    shares: dict[str, list[float]]
    lengths: dict[str, list[Bin]]
    card: dict[str, Any]


def save_findings(findings: Findings, folder: Path) -> int:
    """Write the findings; gives the bytes written."""
    moves = {
        name: {field: _plain(value) for field, value in vars(moves).items()} for name, moves in findings.moves.items()
    }
    shares = {name: [_round(share) for share in shares] for name, shares in findings.shares.items()}
    lengths = {name: [_saved(each) for each in bins] for name, bins in findings.lengths.items()}
    numbers = {"phrases": findings.phrases, "moves": moves, "shares": shares, "lengths": lengths}
    folder.mkdir(parents=True, exist_ok=True)
    write_card(findings.card | numbers, folder / FILE)
    return (folder / FILE).stat().st_size


def _plain(value: np.ndarray | float) -> list[float] | float:
    return [_round(number) for number in value] if isinstance(value, np.ndarray) else _round(value)


def _round(value: float) -> float:
    """Five digits are more than a few hundred texts can tell."""
    return round(float(value), 5)


def _saved(lengths: Bin) -> dict[str, Any]:
    shares = {
        side: {name: _round(value) for name, value in getattr(lengths, side).items()} for side in ("right", "error")
    }
    return {"low": lengths.low, "high": lengths.high, "count": lengths.count, **shares}


def load_findings(models: Sequence[Model], folder: Path | None = None) -> Findings:
    """The findings about these models, from `folder` (that of the shipped weights at first).

    Read once as long as the file stays.

    Raises WeightsError if they are missing, damaged, or of other weights.
    """
    path = (folder or FOLDER) / FILE
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise fault(path, "is missing", absent=True) from error
    return _load(path, stamp, tuple(models))


@lru_cache(maxsize=4)
def _load(path: Path, _stamp: int, models: tuple[Model, ...]) -> Findings:
    card = dict(read_card(path))
    made_with, shown = card["weights"], fingerprints(models)
    if not made_with or any(shown.get(name) != weights for name, weights in made_with.items()):
        raise fault(path, "was made with other weights", "weights", absent=True)
    try:
        moves = {name: _moves(saved) for name, saved in card.pop("moves").items()}
        lengths = {name: [Bin(**saved) for saved in bins] for name, bins in card.pop("lengths").items()}
        findings = Findings(card.pop("phrases"), moves, card.pop("shares"), lengths, card)
        for name in card["weights"]:
            whole(findings, name)
        return findings
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise fault(path, f"does not hold the findings on the approaches ({error!r})") from error


def whole(findings: Findings, name: str) -> None:
    """Raises KeyError if a model is missing somewhere."""
    findings.moves[name], findings.shares[name]
    for bins in findings.lengths.values():
        for lengths in bins:
            lengths.right[name], lengths.error[name]


def _moves(saved: Mapping[str, Any]) -> Moves:
    values: dict[str, Any] = {n: np.array(value) if isinstance(value, list) else value for n, value in saved.items()}
    return Moves(**values)


def fingerprints(models: Sequence[Model]) -> dict[str, str]:
    """A hash of the weights of each model by its name."""
    return {model.name: fingerprint(model) for model in models}
