"""The recurrence that all recurrent networks share; each of them adds its own equations, in a file of its own.

A cell has G blocks, each with a W for the word, a U for the last activation and two biases. What it must say: its
`blocks`, `activate` (the gates, from the blocks' sums) and `update` (the next state, from the gates); with more states
than the activation also `start`. Everything else follows from these and can be given by hand to be faster or to be told
better: torch's own `layer`, `complete`, `derivatives`, `unit_equations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.messages import _
from explorer.networks.base import INPUTS, LOGIT, Network, Quantity, Told, probability, untold
from explorer.networks.derivatives import Acting, Derivatives, one_step_earlier
from explorer.networks.equations import Columns, Equation

HIDDEN = Quantity("hidden", "(T, H)", "a", (-1.0, 1.0), "hidden state a⟨t⟩")
TELLING = 1_000  # timesteps after which it is told how far a text is read, about a tenth of a second
State = dict[str, Tensor]  # "hidden", for the LSTM also "cell"


class Weights(nn.Module):
    """The four tensors of a cell of G blocks, for which torch has no layer, named as torch's layers name them."""

    def __init__(self, inputs: int, units: int, blocks: int):
        super().__init__()
        self.weight_ih_l0 = nn.Parameter(torch.empty(blocks * units, inputs))  # W
        self.weight_hh_l0 = nn.Parameter(torch.empty(blocks * units, units))  # U
        self.bias_ih_l0 = nn.Parameter(torch.empty(blocks * units))  # b
        self.bias_hh_l0 = nn.Parameter(torch.empty(blocks * units))  # c


class Recurrent(Network):
    """A recurrent cell read out through one row of weights: a^<t> = cell(x^<t>, a^<t-1>), ŷ^<t> = σ(w·a^<t> + b).

    A cell writes its equations once, in `activate` and `update`, unit by unit, for any number of timesteps at a time.
    `run` is the recurrence as a loop. Where torch has a `layer` for the cell, `activations` gets the same numbers
    faster: torch runs the loop, and with all states known the gates of all timesteps are two matrix products.

    `blocks`: the quantity that each block of W, U, b and c goes into, in their order there.
    """

    recurrent = True
    quantities: ClassVar[tuple[Quantity, ...]] = (INPUTS, HIDDEN, LOGIT)
    weakness = _("It reads from left to right only, so an early belief knows nothing of what comes later.")
    blocks: ClassVar[tuple[str, ...]]
    blocks_told: ClassVar[str] = ""  # "two gates and the candidate"; for a network of one's own their number will do
    layer: ClassVar[type[nn.RNN] | type[nn.GRU] | type[nn.LSTM] | None] = None

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__(inputs, units, dropout)
        count = len(self.blocks)
        self.core = self.layer(inputs, units, batch_first=True) if self.layer else Weights(inputs, units, count)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Input matrices Xavier, recurrent matrices orthogonal, biases zero."""
        nn.init.xavier_uniform_(self.input_weights)
        for block in self.state_weights.detach().chunk(len(self.blocks)):
            nn.init.orthogonal_(block)
        nn.init.zeros_(self.input_bias)
        nn.init.zeros_(self.state_bias)

    @property
    def input_weights(self) -> Tensor:
        """W, (G·H, E)."""
        return self._tensor("weight_ih_l0")

    @property
    def state_weights(self) -> Tensor:
        """U, (G·H, H)."""
        return self._tensor("weight_hh_l0")

    @property
    def input_bias(self) -> Tensor:
        """b, (G·H,)."""
        return self._tensor("bias_ih_l0")

    @property
    def state_bias(self) -> Tensor:
        """c, (G·H,)."""
        return self._tensor("bias_hh_l0")

    def _tensor(self, name: str) -> Tensor:
        tensor: Tensor = getattr(self.core, name)
        return tensor

    @classmethod
    def weight_names(cls) -> str:
        """The weights as the equations name them: "W, U, b, c of r, z, n"."""
        symbols = {quantity.name: quantity.symbol for quantity in cls.quantities}
        named = ", ".join(symbols[block] for block in cls.blocks)
        return f"W, U, b, c of {named}" if len(cls.blocks) > 1 else "W, U, b, c"

    # ------------------------------------------------------------------------------------------------- parameters

    @classmethod
    def first_layer(cls, config: Mapping[str, int]) -> int:
        """The weights of W, whatever the number of words."""
        return len(cls.blocks) * config["inputs"] * config["units"]

    @classmethod
    def feedback(cls, config: Mapping[str, int]) -> int:
        """The weights of U."""
        return len(cls.blocks) * config["units"] ** 2

    @classmethod
    def parameter_count(cls, config: Mapping[str, int]) -> int:
        """G · (E·H + H² + 2H) + H + 1. A cell with more than W, U, b and c adds it, here and in `parameter_sum`."""
        biases = 2 * len(cls.blocks) * config["units"]
        return cls.first_layer(config) + cls.feedback(config) + biases + config["units"] + 1

    @classmethod
    def parameter_sum(cls, config: Mapping[str, int]) -> tuple[str, str]:
        """The sum and its terms, as in `Network.parameter_sum`."""
        e, h, count = config["inputs"], config["units"], len(cls.blocks)
        block = f"{e}·{h} + {h}·{h} + 2·{h}"
        total = f"{count}·({block}) + {h} + 1" if count > 1 else f"{block} + {h} + 1"
        told = cls.blocks_told or ("one part" if count == 1 else f"{count} parts")
        each = "each with weights for the word, weights for the last activation and two biases a unit"
        return total, f"{told}, {each}; then the readout"

    # -------------------------------------------------------------------------------------------------- one step

    def project(self, x: Tensor) -> Tensor:
        """W·x + b for all G blocks of the cell: (..., E) to (..., G·H). The same wherever the word stands."""
        return F.linear(x, self.input_weights, self.input_bias)

    def feed(self, before: Tensor) -> Tensor:
        """U·a^<t-1> + c for all G blocks of the cell: (..., H) to (..., G·H)."""
        return F.linear(before, self.state_weights, self.state_bias)

    def gates(self, projected: Tensor, before: Tensor) -> dict[str, Tensor]:
        """What the cell computes from W·x^<t> + b, (..., G·H), and a^<t-1>, (..., H), by name, each (..., H)."""
        return self.activate(projected, self.feed(before))

    def activate(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        """`gates` from W·x^<t> + b and U·a^<t-1> + c, (..., G·H) each; in each unit by itself."""
        raise NotImplementedError

    def update(self, gates: dict[str, Tensor], state: State) -> State:
        """The state after a step, from its gates and the state before it, (..., H) each; in each unit by itself."""
        raise NotImplementedError

    def step(self, projected: Tensor, state: State) -> State:
        """The state after one more word: W·x^<t> + b, (..., G·H), and the state before to that after, (..., H) each."""
        return self.update(self.gates(projected, state["hidden"]), state)

    def start(self, x: Tensor) -> State:
        """The state before the first word: zero, (H,) each; `x` says the kind of number."""
        return {"hidden": x.new_zeros(self.units)}

    def rest(self, runs: int) -> State:
        """`start` for a batch of runs, (runs, H) each."""
        return {name: values.repeat(runs, 1) for name, values in self.start(self.state_weights).items()}

    # ----------------------------------------------------------------------------------------------------- a run

    def run(self, projected: Iterable[Tensor], state: State) -> dict[str, Tensor]:
        """The recurrence as one reads it: word by word from a state on, the same weights at every timestep.

        W·x + b of each word, (T, ..., G·H), and a state, (..., H) each, to all gates and states, (T, ..., H) each.
        """
        trail = []
        for word in projected:
            gates = self.gates(word, state["hidden"])  # each (..., H)
            state = self.update(gates, state)  # each (..., H)
            trail.append(gates | state)
        return {name: torch.stack([step[name] for step in trail]) for name in trail[0]}

    def unroll(self, x: Tensor) -> dict[str, Tensor]:
        """`run` of one text from rest: (T, E) to all gates and states, (T, H) each."""
        return self.run(self.project(x), self.start(x))

    def states(self, x: Tensor) -> Tensor:
        """a^<t> at every timestep: (B, T, E) to (B, T, H)."""
        if self.layer:
            hidden: Tensor = self.core(x)[0]
            return hidden
        start = {name: values.expand(len(x), -1) for name, values in self.start(x).items()}
        return self.run(self.project(x).transpose(0, 1), start)["hidden"].transpose(0, 1)

    def steps(self, x: Tensor) -> Tensor:
        return self.read(self.states(x))

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor, progress: Told = untold) -> Tensor:
        """As above; each different word goes through W once, and a text that has ended leaves the loop."""
        words, position = torch.unique(rows, return_inverse=True)
        projected = self.project(F.embedding(words, vectors))  # (different words, G·H)
        ending = lengths.bincount(minlength=rows.shape[1] + 1).tolist()
        state, last, ended = self.start(vectors), [], 0
        for t in range(rows.shape[1]):
            if t % TELLING == TELLING - 1:
                progress(t / rows.shape[1])
            state = self.step(F.embedding(position[ended:, t], projected), state)
            if ending[t + 1]:
                last.append(state["hidden"][: ending[t + 1]])
                state = {name: values[ending[t + 1] :] for name, values in state.items()}
                ended += ending[t + 1]
        return probability(self.read(torch.cat(last)))

    def complete(self, gates: dict[str, Tensor], hidden: Tensor) -> State:
        """The state at all timesteps, each (T, H), given all gates and all hidden states; for a cell with a `layer`."""
        return {"hidden": hidden}

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        if not self.layer:
            found = self.unroll(x)
            return {"inputs": x, **found, "logit": self.read(found["hidden"])}
        hidden = self.states(x[None])[0]  # (T, H)
        before = torch.cat([hidden.new_zeros(1, self.units), hidden[:-1]])  # (T, H), a^<t-1>
        gates = self.gates(self.project(x), before)
        return {"inputs": x, **gates, **self.complete(gates, hidden), "logit": self.read(hidden)}

    # ----------------------------------------------------------------------------- what is told of a cell by hand

    def derivatives(self, run: Mapping[str, Tensor]) -> Derivatives:
        """The derivatives at each step of a run from rest.

        `run`: its gates and states, (T, ..., H), and its words as "inputs", (T, E), or as "projected", W·x + b,
        (T, ..., G·H).

        Here they come by autograd, which holds for every cell whose units meet in U·a alone; by hand it is faster.
        """
        with torch.inference_mode(False), torch.enable_grad():
            projected = run["projected"] if "projected" in run else self.project(run["inputs"])
            names = list(self.start(self.state_weights))
            before = {name: one_step_earlier(run[name]).requires_grad_() for name in names}
            fed = self.feed(before["hidden"].detach()).detach().requires_grad_()
            projected = projected.detach().clone().requires_grad_()
            after = self.update(self.activate(projected, fed), before)
            causes = [projected, fed, *before.values()]
            sums: dict[str, Acting] = {}
            states: dict[str, Acting] = {}
            kept: dict[tuple[str, str], Tensor] = {}
            for name in names:
                found = torch.autograd.grad(
                    after[name].sum(), causes, retain_graph=True, allow_unused=True, materialize_grads=True
                )
                by_word, by_state = (slopes.view(*slopes.shape[:-1], -1, self.units) for slopes in found[:2])
                sums[name], states[name] = Acting(slice(None), by_word), Acting(slice(None), by_state)
                kept |= {(name, earlier): slopes for earlier, slopes in zip(names, found[2:], strict=True)}
        return Derivatives(sums, states, kept)

    @classmethod
    def unit_equations(cls, columns: Columns) -> list[Equation]:
        """The cell's equations for one unit, in the order in which one computes; here none are written out."""
        return []
