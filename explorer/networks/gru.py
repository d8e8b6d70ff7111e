"""The gated recurrent unit."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from explorer.networks.base import tanh
from explorer.networks.recurrent import Recurrent


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
