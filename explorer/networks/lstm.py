"""Long short-term memory."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from explorer.networks.base import tanh
from explorer.networks.recurrent import Recurrent


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
