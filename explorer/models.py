"""The five lanes behind one contract: vectors of words in, log-odds of "positive" after each step out.

Every lane reads x, the word vectors of a batch of texts, (B, T, E), and gives `steps(x)`, (B, T): the log-odds of
the words up to and including each timestep. `activations(x)` gives everything that it computed for one text, (T, E),
by name. Shapes: B texts, T timesteps, E numbers a word vector, H units, N words of the concatenation.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

GRID = 2.0**-24  # sums of multiples of this below 2^29 are exact in float64: their order cannot matter


def tanh(x: Tensor) -> Tensor:
    """tanh(x) = 2σ(2x) − 1. On a processor torch.tanh takes five times as long; the two differ by less than 1e-6."""
    return torch.sigmoid(2 * x) * 2 - 1


def probability(logit: Tensor) -> Tensor:
    """P = σ(logit), 0…1, in float64; the same logit gives the same bits wherever it stands among others.

    torch.sigmoid would not: the end of an array, too short for a processor's vectors, is rounded another way.
    """
    return torch.from_numpy(np.exp(-np.logaddexp(0.0, -logit.double().numpy())))


class Lane(nn.Module):
    """One model. Subclasses give `label`, `steps` and `activations`."""

    label: str
    recurrent = False

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__()
        self.inputs, self.units = inputs, units
        self.dropout = nn.Dropout(dropout)
        self.readout = nn.Linear(units, 1)

    @property
    def config(self) -> dict[str, int]:
        """The numbers that the constructor needs to build this lane again."""
        return {"inputs": self.inputs, "units": self.units}

    def read(self, features: Tensor) -> Tensor:
        """Log-odds from the last layer: (..., H) to (...)."""
        return self.readout(self.dropout(features)).squeeze(-1)

    def steps(self, x: Tensor) -> Tensor:
        """Log-odds of "positive" after each step: (B, T, E) to (B, T)."""
        raise NotImplementedError

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        """Log-odds of each whole text, of which `lengths` words count: (B, T, E), (B,) to (B,)."""
        return self.steps(x).gather(1, (lengths - 1).unsqueeze(1)).squeeze(1)

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor) -> Tensor:
        """P(positive) of each whole text, shorter texts first: table (V, E), rows (B, T), (B,) to (B,), float64, 0…1."""
        return probability(self(vectors[rows], lengths))

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """Everything computed for one text, by name: (T, E) to tensors whose first axis is time."""
        raise NotImplementedError


# ------------------------------------------------------------------------------------------------ the recurrent lanes


class Recurrent(Lane):
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


class RNN(Recurrent):
    """The simple recurrent network of Elman (1990, "Finding structure in time").

    a^<t> = tanh(W x^<t> + U a^<t-1> + b), −1…1.
    """

    label = "RNN"
    layer = nn.RNN

    def reset_parameters(self) -> None:
        """U starts as the identity (after Le et al. 2015, "A simple way to initialize recurrent networks", eq. 1)."""
        super().reset_parameters()
        nn.init.eye_(self.core.weight_hh_l0)

    def mixed(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        return {"preactivation": projected + fed}

    def update(self, gates: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
        return {"hidden": tanh(gates["preactivation"])}


class GRU(Recurrent):
    """The gated recurrent unit of Cho et al. (2014, "Learning phrase representations", eq. 5–8), as torch writes it.

    r = σ(W_r x + U_r a + b_r), reset, 0…1
    z = σ(W_z x + U_z a + b_z), update, 0…1
    n = tanh(W_n x + b_n + r ⊙ (U_n a + c_n)), candidate, −1…1
    a^<t> = (1 − z) ⊙ n + z ⊙ a^<t-1>: z = 1 keeps the old state, z = 0 takes the candidate.
    """

    label = "GRU"
    layer = nn.GRU

    def reset_parameters(self) -> None:
        """The update gate starts open for the past (bias 1), so that memory is there from the beginning."""
        super().reset_parameters()
        self.core.bias_ih_l0.detach()[self.units : 2 * self.units] = 1.0

    def mixed(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        (x_r, x_z, x_n), (a_r, a_z, a_n) = projected.split(self.units, -1), fed.split(self.units, -1)
        reset = torch.sigmoid(x_r + a_r)
        return {"reset": reset, "update": torch.sigmoid(x_z + a_z), "candidate": tanh(x_n + reset * a_n)}

    def update(self, gates: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
        z = gates["update"]
        return {"hidden": (1 - z) * gates["candidate"] + z * state["hidden"]}


class LSTM(Recurrent):
    """Long short-term memory (Hochreiter & Schmidhuber 1997) with the forget gate of Gers et al. (2000).

    i, f, o = σ(W x + U a + b), input, forget and output gate, 0…1
    g = tanh(W_g x + U_g a + b_g), candidate, −1…1
    c^<t> = f ⊙ c^<t-1> + i ⊙ g, cell state, unbounded
    a^<t> = o ⊙ tanh(c^<t>), −1…1
    """

    label = "LSTM"
    layer = nn.LSTM

    def reset_parameters(self) -> None:
        """The forget gate starts open (bias 1; Jozefowicz et al. 2015, section 2.2)."""
        super().reset_parameters()
        self.core.bias_ih_l0.detach()[self.units : 2 * self.units] = 1.0

    def start(self, x: Tensor) -> dict[str, Tensor]:
        return {"hidden": x.new_zeros(self.units), "cell": x.new_zeros(self.units)}

    def mixed(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        (x_i, x_f, x_g, x_o), (a_i, a_f, a_g, a_o) = projected.split(self.units, -1), fed.split(self.units, -1)
        return {
            "input": torch.sigmoid(x_i + a_i),
            "forget": torch.sigmoid(x_f + a_f),
            "candidate": tanh(x_g + a_g),
            "output": torch.sigmoid(x_o + a_o),
        }

    def update(self, gates: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
        cell = gates["forget"] * state["cell"] + gates["input"] * gates["candidate"]
        return {"cell": cell, "hidden": gates["output"] * tanh(cell)}

    def complete(self, gates: dict[str, Tensor], hidden: Tensor) -> dict[str, Tensor]:
        """torch's layer keeps only the last cell state, so c^<t> = f ⊙ c^<t-1> + i ⊙ g is run again, in log2 T passes.

        After each pass c^<t> counts what was written in the last `reach` steps, and `kept` is how much of a cell is
        kept over as many (the parallel scan of Hillis & Steele 1986, "Data parallel algorithms").
        """
        cell, kept, reach = gates["input"] * gates["candidate"], gates["forget"].clone(), 1  # (T, H), (T, H)
        while reach < len(cell):
            cell[reach:] += kept[reach:] * cell[:-reach]
            kept[reach:] = kept[reach:] * kept[:-reach]
            reach *= 2
        return {"cell": cell, "hidden": hidden}


# ---------------------------------------------------------------------------------------------- the feedforward lanes


class PerWord(Lane):
    """Each word alone through the same feedforward network, the probabilities averaged.

    p_k = σ(w·relu(W x_k + b) + c); belief after t words = (p_1 + … + p_t) / t. The order of the words is lost, to the
    last bit: outside training each p_k is rounded to a multiple of 2^-24, so that the sum is exact in any order.
    """

    label = "per-word average"

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__(inputs, units, dropout)
        self.first = nn.Linear(inputs, units)

    def features(self, x: Tensor) -> Tensor:
        """The one hidden layer: (..., E) to (..., H), relu, 0…∞."""
        return F.relu(self.first(x))

    def steps(self, x: Tensor) -> Tensor:
        """Log-odds of the running average, differentiable (probabilities kept 1e-6 from 0 and 1)."""
        total = torch.sigmoid(self.read(self.features(x))).cumsum(1)
        return torch.logit(total / torch.arange(1, x.shape[1] + 1, device=x.device), eps=1e-6)

    def words(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Features, log-odds and probability of each word alone: (..., E) to float64 (..., H), (...), (...)."""
        features = F.relu(F.linear(x.double(), self.first.weight.double(), self.first.bias.double()))
        logit = F.linear(features, self.readout.weight.double(), self.readout.bias.double()).squeeze(-1)
        return features, logit, (torch.sigmoid(logit) / GRID).round() * GRID

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor) -> Tensor:
        words, position = rows.unique(return_inverse=True)
        each = self.words(vectors[words])[2][position]  # (B, T)
        return (each * (torch.arange(rows.shape[1]) < lengths[:, None])).sum(1) / lengths

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        features, logit, probability = self.words(x)
        average = probability.cumsum(0) / torch.arange(1, len(x) + 1)
        return {"inputs": x, "features": features, "logit": logit, "probability": probability, "average": average}


class Concat(Lane):
    """The vectors of the first N words side by side into one feedforward network: order kept, length fixed.

    Shorter input is padded with zero vectors, longer input clipped. The belief after t words is the network's answer
    to the first t words padded to N: each word adds its own block of the first layer, so one running sum gives all.
    """

    label = "concatenation"

    def __init__(self, inputs: int, units: int, dropout: float = 0.0, length: int = 50):
        super().__init__(inputs, units, dropout)
        self.length = length
        self.first = nn.Linear(length * inputs, units)

    @property
    def config(self) -> dict[str, int]:
        return super().config | {"length": self.length}

    def features(self, x: Tensor) -> Tensor:
        """The one hidden layer after each step: (B, T, E) to (B, T, H), relu, 0…∞; clipped words change nothing."""
        read = x[:, : self.length]
        blocks = self.first.weight.view(self.units, self.length, self.inputs)[:, : read.shape[1]]
        parts = torch.einsum("bte,hte->bth", read, blocks)
        features = F.relu(parts.cumsum(1) + self.first.bias)
        clipped = x.shape[1] - read.shape[1]
        return torch.cat([features, features[:, -1:].expand(-1, clipped, -1)], 1) if clipped else features

    def steps(self, x: Tensor) -> Tensor:
        return self.read(self.features(x))

    def probability(self, vectors: Tensor, rows: Tensor, lengths: Tensor) -> Tensor:
        return super().probability(vectors, rows[:, : self.length], lengths)

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        """One pass over whole texts; words behind a text's own length must be padding, whose vector is zero."""
        read = x[:, : self.length].flatten(1)  # (B, ≤N·E)
        return self.read(F.relu(F.linear(read, self.first.weight[:, : read.shape[1]], self.first.bias)))

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        features = self.features(x[None])[0]  # (T, H)
        slots = F.pad(x[: self.length], (0, 0, 0, max(0, self.length - len(x))))  # (N, E)
        return {
            "inputs": slots,
            "features": features,
            "logit": self.read(features),
            "padded": torch.arange(self.length) >= len(x),  # (N,), slots that no word fills
            "clipped": torch.arange(len(x)) >= self.length,  # (T,), words that no slot takes
        }


LANES: dict[str, type[Lane]] = {"per-word": PerWord, "concat": Concat, "rnn": RNN, "gru": GRU, "lstm": LSTM}


def build(name: str, **config: float) -> Lane:
    """A lane with fresh weights. Raises KeyError for a name that is not in LANES."""
    return LANES[name](**config)
