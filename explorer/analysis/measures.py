"""Measures: numbers drawn from models and traces. Arrays in, arrays out; nothing here knows of pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # so that what a verdict is can be asked without torch
    from explorer.core.checkpoints import Model
    from explorer.core.tracing import Trace

UNSURE = (0.4, 0.6)  # P(positive) between these is no verdict
PARTED = 0.1  # beliefs this far apart have parted


def verdict(probability: float) -> str:
    """ "positive", "negative", or "unsure" where P(positive) lies within UNSURE."""
    low, high = UNSURE
    if low <= probability <= high:
        return "unsure"
    return "positive" if probability > high else "negative"


@dataclass(frozen=True, eq=False)
class Parting:
    """How far apart two runs of one network are at each step that both have, S = min(T_a, T_b).

    `belief`: (S,) |difference of P(positive)|, 0…1.
    `state`: (S,) ‖a_a − a_b‖ / (‖a_a‖ + ‖a_b‖) of the hidden states, 0 (the same) … 1 (opposite or one is zero).
    Steps count from 0; None where there is no such step.
    """

    belief: np.ndarray
    state: np.ndarray
    first_word: int | None  # the first step at which different words were read
    beliefs_part: int | None  # the first step at which the beliefs differ by PARTED or more
    widest: int  # the step of the widest gap between the beliefs


def parting(a: Trace, b: Trace) -> Parting:
    """Where two runs of a recurrent network part, timestep by timestep."""
    steps = min(len(a), len(b))
    belief = np.abs(a.belief[:steps] - b.belief[:steps])
    hidden_a, hidden_b = a.activations["hidden"][:steps], b.activations["hidden"][:steps]
    size = np.linalg.norm(hidden_a, axis=1) + np.linalg.norm(hidden_b, axis=1)
    state = np.linalg.norm(hidden_a - hidden_b, axis=1) / np.maximum(size, 1e-12)
    differ = np.array([x != y for x, y in zip(a.tokens, b.tokens, strict=False)])
    return Parting(belief, state, _first(differ), _first(belief >= PARTED), int(belief.argmax()))


def _first(flags: np.ndarray) -> int | None:
    places = np.flatnonzero(flags)
    return int(places[0]) if len(places) else None


ORDERS = ("weight", "likeness", "parting", "number")  # of units


def unit_order(model: Model, a: np.ndarray, b: np.ndarray, by: str) -> np.ndarray:
    """An order of the H units for the eye, top row first: (T_a, H) and (T_b, H) activations to (H,) unit numbers.

    "weight" sorts by readout weight and so stays still while one types; "likeness" by the first principal component
    of the units over all steps; "parting" by the mean squared difference over the steps that both have. Raises KeyError
    for a name that is not in ORDERS.
    """
    steps = min(len(a), len(b))
    keys: dict[str, Callable[[], np.ndarray]] = {
        "weight": lambda: -model.network.readout.weight[0].numpy(),
        "likeness": lambda: -_component(np.concatenate([a, b])),
        "parting": lambda: -np.square(a[:steps] - b[:steps]).mean(0),
        "number": lambda: np.arange(a.shape[1]),
    }
    key: np.ndarray = keys[by]()
    return np.argsort(key, kind="stable")


def _component(activations: np.ndarray) -> np.ndarray:
    """Loading of each unit, (H,), on the first principal component of (T, H) activations; sign fixed."""
    centred = activations - activations.mean(0)
    loading: np.ndarray = np.linalg.svd(centred, full_matrices=False)[2][0]
    loading *= np.sign(loading[np.abs(loading).argmax()])
    return loading
