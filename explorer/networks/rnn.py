"""The simple recurrent network."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn

from explorer.messages import _
from explorer.networks.base import INPUTS, LOGIT, Quantity, Style, tanh
from explorer.networks.derivatives import Acting, Derivatives
from explorer.networks.equations import Columns, Equation
from explorer.networks.recurrent import HIDDEN, Recurrent, State


class RNN(Recurrent):
    """The simple recurrent network of Elman (1990, "Finding structure in time").

    a^<t> = tanh(W x^<t> + U a^<t-1> + b), −1…1.
    """

    name = "rnn"
    label = _("RNN")
    description = _(
        "The RNN is the simple recurrent network of Elman (1990): at each word its last activation is fed back in, "
        "through the same weights at every step."
    )
    weakness = _(
        "It reads from left to right and forgets soon: what was said early in a long review counts little at the end."
    )
    style = Style("line", "dot", "diamond")
    quantities = (INPUTS, Quantity("preactivation", "(T, H)", "s", title=_("sum before tanh")), HIDDEN, LOGIT)
    blocks = ("preactivation",)
    layer = nn.RNN

    def reset_parameters(self) -> None:
        """U starts as the identity (after Le et al. 2015, "A simple way to initialize recurrent networks", eq. 1)."""
        super().reset_parameters()
        nn.init.eye_(self.state_weights)

    def activate(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        return {"preactivation": projected + fed}

    def update(self, gates: dict[str, Tensor], state: State) -> State:
        return {"hidden": tanh(gates["preactivation"])}

    def derivatives(self, run: Mapping[str, Tensor]) -> Derivatives:
        """a = tanh(s): ∂a/∂s = 1 − a²."""
        sums = {"hidden": Acting(slice(0, 1), (1 - run["hidden"] ** 2).unsqueeze(-2))}
        return Derivatives(sums, sums)

    @classmethod
    def unit_equations(cls, columns: Columns) -> list[Equation]:
        total, hidden = columns["preactivation"], columns["hidden"]
        return [
            Equation("s^<t> = W x^<t> + b + U a^<t-1> + c", "{0} + {1} = {2}", (columns["x0"], columns["a0"], total)),
            Equation("a^<t> = tanh(s^<t>)", "tanh({0}) = {1}", (total, hidden)),
        ]
