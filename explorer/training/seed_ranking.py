"""Which seed of a network is shipped, and how far the seeds lie apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from explorer.training import validation

NEAR = 0.005  # half a point of accuracy on dev, less than its standard error
FAIR = 0.02  # share of verdicts that may change with the group of people named

Entry = dict[str, Any]  # of a seed: "seed", "selection" (its validation score), "scores", "training", …


def ranked(entries: list[Entry]) -> list[Entry]:
    """The entries of all seeds, the one that is shipped first.

    A difference of NEAR in accuracy is noise: of the seeds within it of the best, those whose verdicts change in more
    than FAIR of cases when another group of people is named stand behind those that change less often.
    """
    best = max(entry["selection"] for entry in entries)

    def place(entry: Entry) -> tuple[bool, float, float, int]:
        near = entry["selection"] >= best - NEAR
        unfair = max(entry["scores"]["fairness_verdict"], FAIR) if near else 0
        return not near, unfair, -entry["selection"], entry["seed"]

    return sorted(entries, key=place)


def rule(count: int) -> str:
    """What a card says of the choice among `count` seeds."""
    return (
        f"of {count} seeds the best by {validation.DESCRIPTION}; of those within half a point of it, one "
        f"whose verdicts change with the group of people named in more than {100 * FAIR:g} % of cases gives way to one "
        "that changes less often"
    )


def spread(scores: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Mean, lowest and highest value of each measure over the seeds."""
    return {
        measure: {
            "mean": float(np.mean([of_seed[measure] for of_seed in scores])),
            "low": min(of_seed[measure] for of_seed in scores),
            "high": max(of_seed[measure] for of_seed in scores),
        }
        for measure in scores[0]
    }
