"""Back through a recurrent network, step by step, for as many runs at once as one likes.

`Recurrent.run` goes forwards, from a state of one's choice. `Adjoint` goes back through it: the chain rule over the
derivatives that each network gives of its own cell (backpropagation through time; Werbos 1990, "Backpropagation through
time: what it does and how to do it"). It runs without autograd, so any number of adjoints share one run.
Shapes: T timesteps, E numbers a word vector, H units, G blocks of a cell (RNN 1, GRU 3, LSTM 4), then `...`: nothing,
or a batch of runs.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from explorer.core.checkpoints import Model
from explorer.networks.derivatives import Acting, Derivatives
from explorer.networks.recurrent import Recurrent, State


def recurrent(model: Model) -> Recurrent:
    """The network of a model. Raises TypeError if it is not a recurrent one."""
    if not isinstance(model.network, Recurrent):
        raise TypeError(f"the {model.label} has no state; give a recurrent model")
    return model.network


def _within(derivatives: Derivatives, of: State, t: int) -> State:
    """The derivatives with respect to the states after step t, those with it that go by another state of the step."""
    carried = dict(of)
    for (later, state), slopes in derivatives.within.items():
        carried[state] = torch.addcmul(carried[state], carried[later], slopes[t])
    return carried


def _kept(derivatives: Derivatives, carried: State, hidden: Tensor, t: int) -> State:
    """The derivatives with respect to the states before step t; `hidden`: what comes by U, which is added to."""
    earlier = {"hidden": hidden}
    for (state, before), slopes in derivatives.kept.items():
        if before in earlier:
            earlier[before].addcmul_(carried[state], slopes[t])
        else:
            earlier[before] = carried[state] * slopes[t]
    return {name: earlier[name] if name in earlier else torch.zeros_like(hidden) for name in carried}


class Adjoint:
    """A batch of N derivatives on their way back in time: each of some log-odds with respect to the state, (N, H) each.

    The numbers stand for the step that is gone back over next; `add` is called there, then `back`.
    """

    def __init__(self, network: Recurrent, run: Mapping[str, Tensor], runs: int):
        """`run`: what was computed in a run from rest, (T, H) each, or in N runs, (T, N, H) each."""
        self.derivatives = network.derivatives(run)
        self.to_state = network.state_weights  # (G·H, H)
        self.row = network.readout.weight[0]  # (H,)
        self.of = {name: self.row.new_zeros(runs, network.units) for name in network.start(self.row)}

    def add(self, which: int | slice) -> None:
        """The log-odds of these runs are read at this step: ∂(w·a + b)/∂a = w."""
        self.of["hidden"][which] += self.row

    def back(self, t: int) -> Tensor:
        """Go back over step t; gives the derivatives with respect to W·x^<t> + b, (N, G·H)."""
        derivatives = self.derivatives
        carried = _within(derivatives, self.of, t)
        sums = self._to_blocks(derivatives.sums, carried, t)
        alike = derivatives.states is derivatives.sums
        states = sums if alike else self._to_blocks(derivatives.states, carried, t)
        self.of = _kept(derivatives, carried, states @ self.to_state, t)
        return sums

    def _to_blocks(self, acting: Mapping[str, Acting], carried: Mapping[str, Tensor], t: int) -> Tensor:
        """From the states to the sums of all blocks, (N, G·H)."""
        count = len(self.to_state) // self.to_state.shape[1]
        if len(acting) == 1:
            ((name, (_, slopes)),) = acting.items()
            return (carried[name].unsqueeze(-2) * slopes[t]).flatten(-2)
        sums = self.row.new_zeros(len(carried["hidden"]), count, len(self.row))  # (N, G, H)
        for name, (blocks, slopes) in acting.items():
            sums[:, blocks].addcmul_(carried[name].unsqueeze(-2), slopes[t])
        return sums.flatten(-2)


class JointAdjoint:
    """The derivatives of the log-odds after each of the T steps of one run, (T, H), on their way back together.

    As all of them share the run, the derivatives of a step go into the weights first: Σ_g diag(∂_g) [U_g, W_g]. A row
    then takes one product of H numbers for each state that blocks act on, where `Adjoint` takes one of G·H. Steps are
    gone back over from the last to the first, each once.
    """

    def __init__(self, network: Recurrent, run: Mapping[str, Tensor]):
        """`run`: what was computed in the run from rest, (T, H) each."""
        self.derivatives = network.derivatives(run)
        units = network.units
        # (G, H, H+E)
        self.weights = torch.cat([network.state_weights, network.input_weights], 1).view(len(network.blocks), units, -1)
        self.row = network.readout.weight[0]  # (H,)
        self.of = {name: self.row.new_zeros(len(run["hidden"]), units) for name in network.start(self.row)}

    def matrix(self, t: int) -> Tensor:
        """From the S states that blocks act on after step t to the activation before it and the word: (S·H, H+E)."""
        sums, states = self.derivatives.sums, self.derivatives.states
        units, rows = len(self.row), []
        for name, (blocks, slopes) in sums.items():
            weights = self.weights[blocks]
            parts = weights * slopes[t].unsqueeze(-1)  # (g, H, H+E)
            if states is not sums:
                parts[..., :units] = weights[..., :units] * states[name].slopes[t].unsqueeze(-1)
            rows.append(parts.sum(0) if len(parts) > 1 else parts[0])
        return torch.cat(rows) if len(rows) > 1 else rows[0]

    def back(self, t: int) -> Tensor:
        """Read the log-odds of step t and go back over it: derivatives of those from t on by x^<t>, (T−t, E)."""
        self.of["hidden"][t] += self.row  # ∂(w·a + b)/∂a = w
        now = {name: values[t:] for name, values in self.of.items()}
        carried = _within(self.derivatives, now, t)
        acted = [carried[name] for name in self.derivatives.sums]
        rows = torch.cat(acted, 1) if len(acted) > 1 else acted[0]
        hidden, word = (rows @ self.matrix(t)).tensor_split([len(self.row)], 1)
        for name, values in _kept(self.derivatives, carried, hidden, t).items():
            now[name].copy_(values)
        return word
