"""The gated recurrent unit."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.messages import _
from explorer.networks.base import INPUTS, LOGIT, Quantity, Style, tanh
from explorer.networks.derivatives import Acting, Derivatives, one_step_earlier
from explorer.networks.equations import Columns, Equation, gate
from explorer.networks.recurrent import HIDDEN, Recurrent, State


class GRU(Recurrent):
    """The gated recurrent unit of Cho et al. (2014, "Learning phrase representations", eq. 5–8), as torch writes it.

    r = σ(W_r x + U_r a + b_r), reset, 0…1
    z = σ(W_z x + U_z a + b_z), update, 0…1
    n = tanh(W_n x + b_n + r ⊙ (U_n a + c_n)), candidate, −1…1
    a^<t> = (1 − z) ⊙ n + z ⊙ a^<t-1>: z = 1 keeps the old state, z = 0 takes the candidate.
    """

    name = "gru"
    label = _("GRU")
    description = _(
        "The GRU is a recurrent network with two gates (Cho et al. 2014): at each word and in each unit they settle "
        "how much of the old state is kept and how much of it the new candidate may see. Where its update gate z is 1 "
        "it keeps the old state, where z is 0 it takes the candidate."
    )
    style = Style("a", "solid", "circle")
    quantities = (
        INPUTS,
        Quantity("reset", "(T, H)", "r", (0.0, 1.0), "reset gate"),
        Quantity("update", "(T, H)", "z", (0.0, 1.0), "update gate (1 keeps the old state)"),
        Quantity("candidate", "(T, H)", "n", (-1.0, 1.0), "candidate"),
        HIDDEN,
        LOGIT,
    )
    blocks = ("reset", "update", "candidate")
    blocks_told = "two gates and the candidate"
    layer = nn.GRU

    def reset_parameters(self) -> None:
        """The update gate starts open for the past (bias 1), so that memory is there from the beginning."""
        super().reset_parameters()
        self.input_bias.detach()[self.units : 2 * self.units] = 1.0

    def activate(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        (x_r, x_z, x_n), (a_r, a_z, a_n) = projected.chunk(3, -1), fed.chunk(3, -1)
        reset = torch.sigmoid(x_r + a_r)
        return {"reset": reset, "update": torch.sigmoid(x_z + a_z), "candidate": tanh(x_n + reset * a_n)}

    def update(self, gates: dict[str, Tensor], state: State) -> State:
        z = gates["update"]
        return {"hidden": (1 - z) * gates["candidate"] + z * state["hidden"]}

    def derivatives(self, run: Mapping[str, Tensor]) -> Derivatives:
        """a = (1 − z) n + z a', n = tanh(s_n + r m), m = U_n a' + c_n, r = σ(s_r), z = σ(s_z)."""
        before = one_step_earlier(run["hidden"])
        weight, bias = (tensor[-self.units :] for tensor in (self.state_weights, self.state_bias))
        m = F.linear(before, weight, bias)
        r, z, n = run["reset"], run["update"], run["candidate"]
        to_n = (1 - z) * (1 - n**2)
        to_r, to_z = to_n * m * r * (1 - r), (before - n) * z * (1 - z)
        sums = {"hidden": Acting(slice(0, 3), torch.stack([to_r, to_z, to_n], -2))}
        states = {"hidden": Acting(slice(0, 3), torch.stack([to_r, to_z, to_n * r], -2))}
        return Derivatives(sums, states, kept={("hidden", "hidden"): z})

    @classmethod
    def unit_equations(cls, columns: Columns) -> list[Equation]:
        r, z, n = (columns[name] for name in cls.blocks)
        candidate = "n^<t> = tanh(W_n x^<t> + b_n + r^<t> (U_n a^<t-1> + c_n))"
        mix = "a^<t> = (1 − z^<t>) n^<t> + z^<t> a^<t-1>"
        return [
            gate("σ", "r", "reset", 0, columns),
            gate("σ", "z", "update", 1, columns),
            Equation(candidate, "tanh({0} + {1} · {2}) = {3}", (columns["x2"], r, columns["a2"], n)),
            Equation(mix, "(1 − {0}) · {1} + {0} · {2} = {3}", (z, n, columns["before"], columns["hidden"])),
        ]
