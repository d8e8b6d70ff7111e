"""One unit of a recurrent network through a phrase: every equation of the cell with the numbers that go into it.

Each network writes its own equations; here they get their numbers, and the readout, which all of them share, is added.
"""

from __future__ import annotations

import numpy as np
import torch

from explorer.analysis.backpropagation import recurrent
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.networks.derivatives import one_step_earlier
from explorer.networks.equations import Column, Equation
from explorer.networks.recurrent import Recurrent


@torch.inference_mode()
def equations(model: Model, trace: Trace, unit: int) -> list[Equation]:
    """The cell's equations for one unit (0 … H−1) of a model that has read a phrase, in the order of computing.

    The last one is the readout; it is the only one of a network that writes out no equations. Raises TypeError for a
    model without a state, IndexError for a unit that is not there.
    """
    network = recurrent(model)
    if not 0 <= unit < network.units:
        raise IndexError(f"the {model.label} has units 0 to {network.units - 1}, not {unit}")
    columns = columns_of(network, trace, unit)
    return [*network.unit_equations(columns), readout(model, trace, columns["hidden"], unit)]


def columns_of(network: Recurrent, trace: Trace, unit: int) -> dict[str, Column]:
    """The unit's quantities, its activation one step earlier, and what word and activation send to each block."""
    before = one_step_earlier(torch.tensor(trace.activations["hidden"]))  # (T, H); a trace cannot be written to
    columns: dict[str, Column] = {
        quantity.name: trace.activations[quantity.name][:, unit]
        for quantity in network.quantities
        if quantity.shape == "(T, H)"
    }
    columns["before"] = before[:, unit].numpy()
    from_input = network.project(torch.tensor(trace.activations["inputs"])).chunk(
        len(network.blocks), -1
    )  # (T, H) each
    from_state = network.feed(before).chunk(len(network.blocks), -1)
    for block, (x, a) in enumerate(zip(from_input, from_state, strict=True)):
        columns |= {f"x{block}": x[:, unit].numpy(), f"a{block}": a[:, unit].numpy()}
    return columns


def readout(model: Model, trace: Trace, hidden: Column, unit: int) -> Equation:
    weight = np.full(len(hidden), model.network.readout.weight[0, unit].item(), np.float32)
    others = trace.activations["logit"] - weight * hidden
    return Equation(
        "ŷ^<t> = σ(w_j a^<t> + the other units' parts + b)",
        "σ({0} · {1} + {2}) = {3}",
        (weight, hidden, others.astype(np.float32), trace.belief.astype(np.float32)),
    )
