"""One unit of a recurrent lane through a phrase: every equation of the cell with the numbers that go into it.

The equations are those of `models.py`, written for one unit j: W x^<t> is then the product of one row of W with the word's
vector, a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from explorer.analysis.backpropagation import recurrent
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.networks.gru import GRU
from explorer.networks.lstm import LSTM
from explorer.networks.recurrent import Recurrent
from explorer.networks.rnn import RNN


@dataclass(frozen=True, eq=False)
class Equation:
    """One equation at all T steps. `numbers`: the right side with {0}, {1} … for the values, the last one the result.

    `values`: a (T,) float32 for each of them.
    """

    formula: str
    numbers: str
    values: tuple[np.ndarray, ...]


Columns = dict[str, np.ndarray]  # what goes into the equations of one unit, by name, (T,) each


@torch.inference_mode()
def equations(model: Model, one: Trace, unit: int) -> list[Equation]:
    """The cell's equations for one unit (0 … H−1) of a lane that has read a phrase, in the order in which one computes.

    Raises TypeError for a lane without a state, IndexError for a unit that is not there.
    """
    lane = recurrent(model)
    if not 0 <= unit < lane.units:
        raise IndexError(f"the {model.label} has units 0 to {lane.units - 1}, not {unit}")
    hidden = torch.tensor(one.activations["hidden"])  # a trace cannot be written to
    before = torch.cat([torch.zeros_like(hidden[:1]), hidden[:-1]])  # (T, H), a^<t-1>
    from_input = lane.project(torch.tensor(one.activations["inputs"])).split(lane.units, -1)  # parts of (T, H)
    from_state = lane.feed(before).split(lane.units, -1)
    columns: Columns = {name: values[:, unit] for name, values in one.activations.items() if name in _SYMBOLS}
    columns["before"] = before[:, unit].numpy()
    for part, (x, a) in enumerate(zip(from_input, from_state)):
        columns |= {f"x{part}": x[:, unit].numpy(), f"a{part}": a[:, unit].numpy()}
    return [*EQUATIONS[type(lane)](columns), _readout(model, one, columns["hidden"], unit)]


_SYMBOLS = {"hidden", "preactivation", "reset", "update", "candidate", "input", "forget", "output", "cell"}


def _readout(model: Model, one: Trace, hidden: np.ndarray, unit: int) -> Equation:
    weight = np.full(len(hidden), model.network.readout.weight[0, unit].item(), np.float32)
    rest = one.activations["logit"] - weight * hidden
    return Equation(
        "ŷ^<t> = σ(w_j a^<t> + the other units' parts + b)",
        "σ({0} · {1} + {2}) = {3}",
        (weight, hidden, rest.astype(np.float32), one.belief.astype(np.float32)),
    )


def _gate(symbol: str, name: str, part: int, columns: Columns) -> Equation:
    """σ or, for the candidate, tanh of what the word and the last activation send."""
    function = "tanh" if name == "candidate" else "σ"
    formula = f"{symbol}^<t> = {function}(W_{symbol} x^<t> + b_{symbol} + U_{symbol} a^<t-1> + c_{symbol})"
    return Equation(formula, function + "({0} + {1}) = {2}", (columns[f"x{part}"], columns[f"a{part}"], columns[name]))


def _rnn(columns: Columns) -> list[Equation]:
    total, hidden = columns["preactivation"], columns["hidden"]
    return [
        Equation("s^<t> = W x^<t> + b + U a^<t-1> + c", "{0} + {1} = {2}", (columns["x0"], columns["a0"], total)),
        Equation("a^<t> = tanh(s^<t>)", "tanh({0}) = {1}", (total, hidden)),
    ]


def _gru(columns: Columns) -> list[Equation]:
    r, z, n = (columns[name] for name in ("reset", "update", "candidate"))
    return [
        _gate("r", "reset", 0, columns),
        _gate("z", "update", 1, columns),
        Equation("n^<t> = tanh(W_n x^<t> + b_n + r^<t> (U_n a^<t-1> + c_n))", "tanh({0} + {1} · {2}) = {3}",
                 (columns["x2"], r, columns["a2"], n)),
        Equation("a^<t> = (1 − z^<t>) n^<t> + z^<t> a^<t-1>", "(1 − {0}) · {1} + {0} · {2} = {3}",
                 (z, n, columns["before"], columns["hidden"])),
    ]  # fmt: skip


def _lstm(columns: Columns) -> list[Equation]:
    cell, hidden = columns["cell"], columns["hidden"]
    i, f, g, o = (columns[name] for name in ("input", "forget", "candidate", "output"))
    earlier = np.concatenate([np.zeros(1, np.float32), cell[:-1]])
    return [
        _gate("i", "input", 0, columns),
        _gate("f", "forget", 1, columns),
        _gate("g", "candidate", 2, columns),
        _gate("o", "output", 3, columns),
        Equation("c^<t> = f^<t> c^<t-1> + i^<t> g^<t>", "{0} · {1} + {2} · {3} = {4}", (f, earlier, i, g, cell)),
        Equation("a^<t> = o^<t> tanh(c^<t>)", "{0} · tanh({1}) = {2}", (o, cell, hidden)),
    ]


EQUATIONS: dict[type[Recurrent], Callable[[Columns], list[Equation]]] = {RNN: _rnn, GRU: _gru, LSTM: _lstm}
WEIGHTS = {"rnn": "W, U, b, c", "gru": "W, U, b, c of r, z, n", "lstm": "W, U, b, c of i, f, g, o"}
