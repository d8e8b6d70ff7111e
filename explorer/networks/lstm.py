"""Long short-term memory."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from explorer.messages import _
from explorer.networks.base import INPUTS, LOGIT, Quantity, Style, tanh
from explorer.networks.derivatives import Acting, Derivatives, one_step_earlier
from explorer.networks.equations import Columns, Equation, gate
from explorer.networks.recurrent import HIDDEN, Recurrent, State


class LSTM(Recurrent):
    """Long short-term memory (Hochreiter & Schmidhuber 1997) with the forget gate of Gers et al. (2000).

    i, f, o = σ(W x + U a + b), input, forget and output gate, 0…1
    g = tanh(W_g x + U_g a + b_g), candidate, −1…1
    c^<t> = f ⊙ c^<t-1> + i ⊙ g, cell state, unbounded
    a^<t> = o ⊙ tanh(c^<t>), −1…1
    """

    name = "lstm"
    label = _("LSTM")
    description = _(
        "The LSTM is a recurrent network with a cell state beside its activation (Hochreiter & Schmidhuber 1997, with "
        "the forget gate of Gers et al. 2000): three gates settle what is kept, written and shown."
    )
    style = Style("b", "dash", "square")
    quantities = (
        INPUTS,
        Quantity("input", "(T, H)", "i", (0.0, 1.0), "input gate"),
        Quantity("forget", "(T, H)", "f", (0.0, 1.0), "forget gate (1 keeps the old cell)"),
        Quantity("candidate", "(T, H)", "g", (-1.0, 1.0), "candidate"),
        Quantity("output", "(T, H)", "o", (0.0, 1.0), "output gate"),
        Quantity("cell", "(T, H)", "c", title=_("cell state c⟨t⟩")),
        HIDDEN,
        LOGIT,
    )
    blocks = ("input", "forget", "candidate", "output")
    blocks_told = "three gates and the candidate"
    layer = nn.LSTM

    def reset_parameters(self) -> None:
        """The forget gate starts open (bias 1; Jozefowicz et al. 2015, section 2.2)."""
        super().reset_parameters()
        self.input_bias.detach()[self.units : 2 * self.units] = 1.0

    def start(self, x: Tensor) -> State:
        return {"hidden": x.new_zeros(self.units), "cell": x.new_zeros(self.units)}

    def activate(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        (x_i, x_f, x_g, x_o), (a_i, a_f, a_g, a_o) = projected.chunk(4, -1), fed.chunk(4, -1)
        return {
            "input": torch.sigmoid(x_i + a_i),
            "forget": torch.sigmoid(x_f + a_f),
            "candidate": tanh(x_g + a_g),
            "output": torch.sigmoid(x_o + a_o),
        }

    def update(self, gates: dict[str, Tensor], state: State) -> State:
        cell = gates["forget"] * state["cell"] + gates["input"] * gates["candidate"]
        return {"cell": cell, "hidden": gates["output"] * tanh(cell)}

    def complete(self, gates: dict[str, Tensor], hidden: Tensor) -> State:
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

    def derivatives(self, run: Mapping[str, Tensor]) -> Derivatives:
        """c = f c' + i g, a = o tanh(c), i = σ(s_i), f = σ(s_f), g = tanh(s_g), o = σ(s_o), which acts on a alone."""
        i, f, g, o = (run[name] for name in self.blocks)
        shown, before = tanh(run["cell"]), one_step_earlier(run["cell"])
        to_cell = torch.stack([g * i * (1 - i), before * f * (1 - f), i * (1 - g**2)], -2)
        to_hidden = (shown * o * (1 - o)).unsqueeze(-2)
        sums = {"cell": Acting(slice(0, 3), to_cell), "hidden": Acting(slice(3, 4), to_hidden)}
        within = {("hidden", "cell"): o * (1 - shown**2)}
        return Derivatives(sums, sums, {("cell", "cell"): f}, within)

    @classmethod
    def unit_equations(cls, columns: Columns) -> list[Equation]:
        cell, hidden = columns["cell"], columns["hidden"]
        i, f, g, o = (columns[name] for name in cls.blocks)
        earlier = np.concatenate([np.zeros(1, np.float32), cell[:-1]])
        return [
            gate("σ", "i", "input", 0, columns),
            gate("σ", "f", "forget", 1, columns),
            gate("tanh", "g", "candidate", 2, columns),
            gate("σ", "o", "output", 3, columns),
            Equation("c^<t> = f^<t> c^<t-1> + i^<t> g^<t>", "{0} · {1} + {2} · {3} = {4}", (f, earlier, i, g, cell)),
            Equation("a^<t> = o^<t> tanh(c^<t>)", "{0} · tanh({1}) = {2}", (o, cell, hidden)),
        ]
