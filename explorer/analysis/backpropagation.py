"""The recurrence from any state on, and backwards: what the measures of the memory are made of.

`forwards` is the loop of `Recurrent.unroll` for a batch, from a state of one's choice. `Adjoint` goes back through it:
the chain rule written out for the equations in `models.py` (backpropagation through time; Werbos 1990,
"Backpropagation through time: what it does and how to do it"). It runs without autograd, so any number of adjoints share one run.
Shapes: T timesteps, E numbers a word vector, H units, G parts of a cell (RNN 1, GRU 3, LSTM 4), then `...`: nothing,
or a batch of runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from explorer.core.checkpoints import Model
from explorer.networks.base import tanh
from explorer.networks.gru import GRU
from explorer.networks.lstm import LSTM
from explorer.networks.recurrent import Recurrent
from explorer.networks.rnn import RNN

State = dict[str, Tensor]  # "hidden", for the LSTM also "cell"


def recurrent(model: Model) -> Recurrent:
    """The lane of a model. Raises TypeError if it is not a recurrent one."""
    if not isinstance(model.network, Recurrent):
        raise TypeError(f"the {model.label} has no state; give one of the recurrent lanes")
    return model.network


def advance(lane: Recurrent, projected: Tensor, state: State) -> State:
    """The state after one more word: (..., G·H) and the state before it, (..., H) each, to the state, (..., H) each."""
    return lane.update(lane.gates(projected, state["hidden"]), state)


def rest(lane: Recurrent, runs: int) -> State:
    """The state before the first word, (runs, H) each: zero."""
    return {name: values.repeat(runs, 1) for name, values in lane.start(lane.core.weight_hh_l0).items()}


def forwards(lane: Recurrent, projected: Tensor, state: State) -> dict[str, Tensor]:
    """All gates and states, each (T, ..., H), from W·x + b of each word, (T, ..., G·H), and a state, (..., H) each."""
    trail = []
    for word in projected:
        gates = lane.gates(word, state["hidden"])
        state = lane.update(gates, state)
        trail.append(gates | state)
    return {name: torch.stack([step[name] for step in trail]) for name in trail[0]}


# --------------------------------------------------------------------------------------------------------- backwards


@dataclass(frozen=True, eq=False)
class Slopes:
    """The derivatives inside a cell at each step: how much a small change of one number changes another.

    `sums`: (T, ..., G, H), of what carries the memory with respect to W·x + b, part by part. What carries the memory
    is the state a for RNN and GRU, the cell c for the LSTM (its output gate: of a).
    `states`: (T, ..., G, H), the same with respect to U·a^<t-1> + b; the GRU's reset gate makes it differ.
    `kept`: (T, ..., H), with respect to itself one step earlier, past all gates: 0 for the RNN, z, or f.
    `shown`: (T, ..., H), of a with respect to c, for the LSTM alone.
    """

    sums: Tensor
    states: Tensor
    kept: Tensor | None = None
    shown: Tensor | None = None


def _before(values: Tensor) -> Tensor:
    """The values one step earlier, zero at first: (T, ..., H) to (T, ..., H)."""
    return torch.cat([torch.zeros_like(values[:1]), values[:-1]])


def _rnn(lane: Recurrent, found: dict[str, Tensor]) -> Slopes:
    """a = tanh(s): ∂a/∂s = 1 − a²."""
    slope = (1 - found["hidden"] ** 2).unsqueeze(-2)
    return Slopes(slope, slope)


def _gru(lane: Recurrent, found: dict[str, Tensor]) -> Slopes:
    """a = (1 − z) n + z a', n = tanh(s_n + r m), m = U_n a' + c_n, r = σ(s_r), z = σ(s_z)."""
    before = _before(found["hidden"])
    weight, bias = (tensor[-lane.units :] for tensor in (lane.core.weight_hh_l0, lane.core.bias_hh_l0))
    m = F.linear(before, weight, bias)
    r, z, n = found["reset"], found["update"], found["candidate"]
    to_n = (1 - z) * (1 - n**2)
    to_r, to_z = to_n * m * r * (1 - r), (before - n) * z * (1 - z)
    return Slopes(torch.stack([to_r, to_z, to_n], -2), torch.stack([to_r, to_z, to_n * r], -2), kept=z)


def _lstm(lane: Recurrent, found: dict[str, Tensor]) -> Slopes:
    """c = f c' + i g, a = o tanh(c), i = σ(s_i), f = σ(s_f), g = tanh(s_g), o = σ(s_o)."""
    i, f, g, o = (found[name] for name in ("input", "forget", "candidate", "output"))
    shown = tanh(found["cell"])
    before = _before(found["cell"])
    to_sums = [g * i * (1 - i), before * f * (1 - f), i * (1 - g**2), shown * o * (1 - o)]
    sums = torch.stack(to_sums, -2)
    return Slopes(sums, sums, kept=f, shown=o * (1 - shown**2))


SLOPES: dict[type[Recurrent], Callable[[Recurrent, dict[str, Tensor]], Slopes]] = {RNN: _rnn, GRU: _gru, LSTM: _lstm}


class Adjoint:
    """A batch of N derivatives on their way back in time: each of some log-odds with respect to the state, (N, H).

    The numbers stand for the step that is gone back over next; `add` is called there, then `back`.
    """

    def __init__(self, lane: Recurrent, found: dict[str, Tensor], runs: int):
        """`found`: the gates and states of a run from rest, each (T, H), or of N runs, each (T, N, H)."""
        self.slopes = SLOPES[type(lane)](lane, found)
        self.to_state = lane.core.weight_hh_l0  # (G·H, H)
        self.row = lane.readout.weight[0]  # (H,)
        self.hidden = self.row.new_zeros(runs, lane.units)
        self.cell = torch.zeros_like(self.hidden)  # stays zero but for the LSTM

    def add(self, which: int | slice) -> None:
        """The log-odds of these runs are read at this step: ∂(w·a + b)/∂a = w."""
        self.hidden[which] += self.row

    def back(self, t: int, which: slice = slice(None)) -> Tensor:
        """Go back over step t; gives the derivatives with respect to W·x^<t> + b, (n, G·H)."""
        slopes, hidden = self.slopes, self.hidden[which]
        carried = hidden if slopes.shown is None else torch.addcmul(self.cell[which], hidden, slopes.shown[t])
        sums = carried.unsqueeze(-2) * slopes.sums[t]  # (n, G, H)
        if slopes.shown is not None:
            sums[..., 3, :] = hidden * slopes.sums[t][..., 3, :]  # the LSTM's output gate acts on a, past the cell
        states = sums if slopes.states is slopes.sums else carried.unsqueeze(-2) * slopes.states[t]
        earlier = states.flatten(-2) @ self.to_state  # (n, H)
        if slopes.shown is not None:
            self.cell[which] = carried * slopes.kept[t]
        elif slopes.kept is not None:
            earlier.addcmul_(carried, slopes.kept[t])
        self.hidden[which] = earlier
        return sums.flatten(-2)


class JointAdjoint:
    """The derivatives of the log-odds after each of the T steps of one run, (T, H), on their way back together.

    As all of them share the run, the slopes of a step go into the weights first: Σ_g diag(∂_g) [U_g, W_g]. A row then
    takes one product of H numbers, where `Adjoint` takes one of G·H (LSTM: 2H, as its output gate acts on a, past c).
    Steps are gone back over from the last to the first, each once.
    """

    def __init__(self, lane: Recurrent, found: dict[str, Tensor]):
        """`found`: the gates and states of the run from rest, each (T, H)."""
        self.slopes = SLOPES[type(lane)](lane, found)
        steps, parts, units = self.slopes.sums.shape
        # (G, H, H+E)
        self.weights = torch.cat([lane.core.weight_hh_l0, lane.core.weight_ih_l0], 1).view(parts, units, -1)
        self.row = lane.readout.weight[0]  # (H,)
        self.hidden = self.row.new_zeros(steps, units)
        self.cell = torch.zeros_like(self.hidden)  # stays zero but for the LSTM

    def matrix(self, t: int) -> Tensor:
        """From what carries the memory at step t to the state before it and to the word: (H or 2H, H+E)."""
        slopes, units = self.slopes, self.weights.shape[1]
        parts = self.weights * slopes.sums[t].unsqueeze(-1)  # (G, H, H+E)
        if slopes.states is not slopes.sums:
            parts[..., :units] = self.weights[..., :units] * slopes.states[t].unsqueeze(-1)
        return parts.sum(0) if slopes.shown is None else torch.cat([parts[:3].sum(0), parts[3]])

    def back(self, t: int) -> Tensor:
        """Read the log-odds of step t and go back over it: derivatives of those from t on by x^<t>, (T−t, E)."""
        self.hidden[t] += self.row  # ∂(w·a + b)/∂a = w
        hidden, cell, slopes = self.hidden[t:], self.cell[t:], self.slopes
        carried = hidden if slopes.shown is None else torch.addcmul(cell, hidden, slopes.shown[t])
        rows = carried if slopes.shown is None else torch.cat([carried, hidden], 1)
        earlier, word = (rows @ self.matrix(t)).tensor_split([len(self.row)], 1)
        if slopes.shown is not None:
            torch.mul(carried, slopes.kept[t], out=cell)
        elif slopes.kept is not None:
            earlier.addcmul_(carried, slopes.kept[t])
        hidden.copy_(earlier)
        return word
