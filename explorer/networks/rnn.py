"""The simple recurrent network."""

from __future__ import annotations

from torch import Tensor, nn

from explorer.networks.base import tanh
from explorer.networks.recurrent import Recurrent


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
