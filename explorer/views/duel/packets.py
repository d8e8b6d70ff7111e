"""What a packet of the duel holds: the answers to up to two texts, and what there is to notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from explorer.networks.registry import CONCATENATION
from explorer.views.duel import answers, sentences
from explorer.views.duel.answers import Answer
from explorer.views.shared.examples import expected

if TYPE_CHECKING:
    from explorer.core.checkpoints import Model


class About(TypedDict):
    """What a model's line tells of it: how many weights, and the most words that it takes (None: any number)."""

    name: str
    label: str
    weights: int
    slots: int | None


def parts(
    texts: Sequence[str], given: Sequence[Answer | None], model: str, models: Sequence[About]
) -> tuple[dict[str, Any], Mapping[str, np.ndarray]]:
    """Header and arrays of the packet. `model`: whose line is chosen."""
    slots = next((about["slots"] for about in models if about["slots"]), None)
    both = (*given, None)[:2]
    labels = expected(*(*texts, "")[:2])
    header = {
        "model": model,
        "models": list(models),
        "texts": answers.described(given, slots or answers.MOST_STEPS),
        "sentence": sentences.sentence((both[0], both[1]), model, labels),
        "notes": sentences.notes((both[0], both[1]), slots),
    }
    return header, answers.arrays(given, len(models))


def about(models: Sequence[Model]) -> list[About]:
    """What the lines of these models tell."""
    return [
        {
            "name": model.name,
            "label": model.label,
            "weights": model.weights,
            "slots": model.network.config["length"] if model.name == CONCATENATION else None,
        }
        for model in models
    ]
