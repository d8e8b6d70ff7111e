"""One unit of a recurrent network at one step, down to the single multiplication.

The equations of the cell name the sums W·x + b and U·a + c. Each of these sums is taken apart here into its products,
one for each number of the word's vector and one for each unit's last activation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from explorer.analysis.backpropagation import recurrent
from explorer.analysis.unit_equations import columns_of, readout
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.networks.equations import Columns, Equation
from explorer.networks.recurrent import Recurrent


@dataclass(frozen=True, eq=False)
class WeightedSum:
    """factors · weights + bias: what a word's vector (`of` "word") or the last activation ("memory") sends to a block.

    `symbol`: of the block, as the equations write it. `factors` and `weights`: (N,) float32, N = E or H.
    """

    of: str
    symbol: str
    factors: np.ndarray
    weights: np.ndarray
    bias: float

    @property
    def products(self) -> np.ndarray:
        """(N,) float64; with the bias they sum to the number in the equation."""
        products: np.ndarray = self.factors.astype(np.float64) * self.weights
        return products


@dataclass(frozen=True, eq=False)
class EquationAtStep:
    """One equation with its numbers at one step.

    `formula` and `numbers` as in `Equation`; `values`: the number for each place; `sums`: of the places that stand for
    a weighted sum, the place of that sum in the list of all sums.
    """

    formula: str
    numbers: str
    values: list[float]
    sums: dict[int, int]


@dataclass(frozen=True, eq=False)
class UnitStep:
    """All equations of a unit at a step, in the order of computing, and the weighted sums that go into them."""

    equations: list[EquationAtStep]
    sums: list[WeightedSum]


@torch.inference_mode()
def unit_step(model: Model, trace: Trace, unit: int, step: int) -> UnitStep:
    """A unit, 0 … H−1, at a step, 0 … T−1, of a model that has read a phrase.

    Raises TypeError for a model without a state, IndexError for a unit or a step that is not there.
    """
    network = recurrent(model)
    if not (0 <= unit < network.units and 0 <= step < len(trace)):
        raise IndexError(f"the {model.label} has no unit {unit}, or the phrase no step {step}")
    columns = columns_of(network, trace, unit)
    names, sums = _weighted_sums(network, trace, unit, step)
    written = [*network.unit_equations(columns), readout(model, trace, columns["hidden"], unit)]
    return UnitStep([_at_step(equation, columns, names, step) for equation in written], sums)


def _at_step(equation: Equation, columns: Columns, names: list[str], step: int) -> EquationAtStep:
    # an equation holds the very arrays that it was given, so that each place knows where its numbers come from
    sums = {
        place: names.index(name)
        for place, values in enumerate(equation.values)
        for name in names
        if columns[name] is values
    }
    return EquationAtStep(equation.formula, equation.numbers, [float(v[step]) for v in equation.values], sums)


def _weighted_sums(network: Recurrent, trace: Trace, unit: int, step: int) -> tuple[list[str], list[WeightedSum]]:
    """The sums by the names of their columns: those of the word first."""
    word, hidden = trace.activations["inputs"][step], trace.activations["hidden"]
    memory = hidden[step - 1] if step else np.zeros_like(hidden[0])
    symbols = {quantity.name: quantity.symbol for quantity in network.quantities}
    names, sums = [], []
    for letter, of, factors, matrix, biases in (
        ("x", "word", word, network.input_weights, network.input_bias),
        ("a", "memory", memory, network.state_weights, network.state_bias),
    ):
        for block, name in enumerate(network.blocks):
            row = block * network.units + unit
            names.append(f"{letter}{block}")
            sums.append(WeightedSum(of, symbols[name], factors, matrix[row].numpy(), float(biases[row])))
    return names, sums
