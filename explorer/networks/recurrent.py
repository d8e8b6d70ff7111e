"""The recurrence that all recurrent networks share; each of them adds its own equations."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.networks.base import Network, probability


class Recurrent(Network):
    """A recurrent cell read out through one row of weights: a^<t> = cell(x^<t>, a^<t-1>), ŷ^<t> = σ(w·a^<t> + b).

    A cell writes its equations once, in `mixed` and `update`, for any number of timesteps at a time. `unroll` is the
    recurrence as a loop. `activations` gets the same numbers faster: torch's own layer runs the loop, and with all
    states known the gates of all timesteps are two matrix products.
    """

    recurrent = True
    layer: type[nn.RNNBase]

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__(inputs, units, dropout)
        self.core = self.layer(inputs, units, batch_first=True)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Input matrices Xavier, recurrent matrices orthogonal, biases zero."""
        nn.init.xavier_uniform_(self.core.weight_ih_l0)
        for block in self.core.weight_hh_l0.detach().split(self.units):
            nn.init.orthogonal_(block)
        nn.init.zeros_(self.core.bias_ih_l0)
        nn.init.zeros_(self.core.bias_hh_l0)

    def project(self, x: Tensor) -> Tensor:
        """W·x + b for all G parts of the cell: (..., E) to (..., G·H). The same wherever the word stands."""
        return F.linear(x, self.core.weight_ih_l0, self.core.bias_ih_l0)

    def feed(self, before: Tensor) -> Tensor:
        """U·a^<t-1> + b for all G parts of the cell: (..., H) to (..., G·H)."""
        return F.linear(before, self.core.weight_hh_l0, self.core.bias_hh_l0)

    def gates(self, projected: Tensor, before: Tensor) -> dict[str, Tensor]:
        """What the cell computes from W·x^<t> + b, (..., G·H), and a^<t-1>, (..., H), by name, each (..., H)."""
        return self.mixed(projected, self.feed(before))

    def mixed(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        """`gates` from W·x^<t> + b and U·a^<t-1> + b, (..., G·H) each."""
        raise NotImplementedError

    def update(self, gates: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
        """The state after a step, from its gates and the state before it; tensors of (..., H) by name."""
        raise NotImplementedError

    def start(self, x: Tensor) -> dict[str, Tensor]:
        """The state before the first word: zero."""
        return {"hidden": x.new_zeros(self.units)}

    def unroll(self, x: Tensor) -> dict[str, Tensor]:
        """The recurrence as one reads it: one text, (T, E), word by word; the same weights at every timestep."""
        state, trail = self.start(x), []
        for word in x:  # (E,)
            gates = self.gates(self.project(word), state["hidden"])  # each (H,)
            state = self.update(gates, state)  # each (H,)
            trail.append(gates | state)
        return {name: torch.stack([step[name] for step in trail]) for name in trail[0]}  # each (T, H)

    def states(self, x: Tensor) -> Tensor:
        """a^<t> at every timestep, by torch's own layer: (B, T, E) to (B, T, H)."""
        return self.core(x)[0]

    def steps(self, x: Tensor) -> Tensor:
        return self.read(self.states(x))

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor) -> Tensor:
        """As above; each different word goes through W once, and a text that has ended leaves the loop."""
        words, position = rows.unique(return_inverse=True)
        projected = self.project(F.embedding(words, vectors))  # (different words, G·H)
        ending = lengths.bincount(minlength=rows.shape[1] + 1).tolist()
        state, last, ended = self.start(vectors), [], 0
        for t in range(rows.shape[1]):
            state = self.update(self.gates(F.embedding(position[ended:, t], projected), state["hidden"]), state)
            if ending[t + 1]:
                last.append(state["hidden"][: ending[t + 1]])
                state = {name: values[ending[t + 1] :] for name, values in state.items()}
                ended += ending[t + 1]
        return probability(self.read(torch.cat(last)))

    def complete(self, gates: dict[str, Tensor], hidden: Tensor) -> dict[str, Tensor]:
        """The state at all timesteps, each (T, H), given all gates and all hidden states."""
        return {"hidden": hidden}

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        hidden = self.states(x[None])[0]  # (T, H)
        before = torch.cat([hidden.new_zeros(1, self.units), hidden[:-1]])  # (T, H), a^<t-1>
        gates = self.gates(self.project(x), before)
        return {"inputs": x, **gates, **self.complete(gates, hidden), "logit": self.read(hidden)}
