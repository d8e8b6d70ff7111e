"""Benches of the order lab: all orders of a phrase through the recurrent models."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from explorer.analysis.backpropagation import recurrent
from explorer.analysis.permutations import Permutations, beliefs, permutations
from explorer.bench.compute import vectors
from explorer.bench.registry import CouldNotRun
from explorer.bench.timing import compare, say
from explorer.core.checkpoints import Model, load
from explorer.core.tracing import one_thread, predict
from explorer.networks.registry import recurrent_names
from explorer.reading.reading import read

PHRASE = "the film is good and not bad"  # seven words, 5,040 orders
ALIKE = 1e-4  # how far the two ways may lie apart


def orders_vs_single() -> float:
    """All 5,040 orders of a 7-word phrase by a recurrent model over `explorer.predict` on one order after the other.

    The worst of the recurrent models counts. Both give P(positive) of every order. Progress also tells the ratio over
    torch's bare layer on one order after the other, its vectors looked up before.
    """
    orders = permutations(read(PHRASE, load(recurrent_names()[0]).vocabulary))
    texts = [orders.text(i) for i in range(len(orders))]
    ratio = _worst(lambda model, x: torch.tensor([float(predict(model, [text])[0]) for text in texts]), repetitions=1)
    say("  over the bare layer:")
    _worst(lambda model, x: torch.cat([_layer(model, order[None]) for order in x]), repetitions=1)
    return ratio


def orders_vs_nn_batch() -> float:
    """All 5,040 orders of a 7-word phrase by a recurrent model over one batched forward of torch's own layer.

    The worst of the recurrent models counts. Both give P(positive) of every order.
    """
    return _worst(_layer, repetitions=15)


def _layer(model: Model, x: torch.Tensor) -> torch.Tensor:
    """P(positive) of texts by torch's own layer: (B, T, E) to (B,)."""
    network = recurrent(model)
    states: torch.Tensor = network.core(x)[0]
    return torch.sigmoid(network.readout(states[:, -1])).squeeze(-1)


def _worst(other: Callable[[Model, torch.Tensor], torch.Tensor], repetitions: int) -> float:
    """The largest ratio of `beliefs` over another way that gets the vectors of all orders, (N, T, E)."""
    orders = permutations(read(PHRASE, load(recurrent_names()[0]).vocabulary))
    with one_thread(), torch.inference_mode():
        return max(_ratio(load(name), orders, other, repetitions) for name in recurrent_names())


def _ratio(
    model: Model, orders: Permutations, other: Callable[[Model, torch.Tensor], torch.Tensor], repetitions: int
) -> float:
    x = vectors(model, PHRASE)[0][torch.from_numpy(orders.places)]  # (N, T, E)
    gap = np.abs(beliefs(model, orders) - other(model, x).numpy()).max()
    if gap > ALIKE:
        raise CouldNotRun(f"the two ways give the {model.label} different beliefs, {gap:.1e} apart")
    ratio = compare(
        lambda: beliefs(model, orders), lambda: other(model, x), repetitions, warm=1 if repetitions > 1 else 0
    )
    say(f"  {model.name} {ratio:.4f}")
    return ratio
