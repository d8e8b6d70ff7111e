"""The equations of one unit of a cell, with a place for each number that goes into them.

They are the network's own, written for one unit j: W x^<t> is then the product of one row of W with the word's vector,
a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float32]  # (T,), one number of one unit at each step
Columns = Mapping[str, Column]  # the unit's quantities by name; "before", a^<t-1>; of block k "x{k}" and "a{k}"


@dataclass(frozen=True, eq=False)
class Equation:
    """One equation at all T steps. `numbers`: the right side with {0}, {1} … for the values, the last one the result.

    `values`: a (T,) float32 for each of them.
    """

    formula: str
    numbers: str
    values: tuple[Column, ...]


def gate(function: str, symbol: str, name: str, block: int, columns: Columns) -> Equation:
    """A gate: `function`, σ or tanh, of what the word and the last activation send to one block of the cell."""
    formula = f"{symbol}^<t> = {function}(W_{symbol} x^<t> + b_{symbol} + U_{symbol} a^<t-1> + c_{symbol})"
    values = columns[f"x{block}"], columns[f"a{block}"], columns[name]
    return Equation(formula, function + "({0} + {1}) = {2}", values)
