"""The derivatives inside a recurrent cell: how much a small change of one number changes another, unit by unit.

The units of a cell meet in U·a^<t-1> alone. All that happens between these sums and the next state happens in each unit
by itself, so every derivative there is one number a unit. Shapes: T timesteps, H units, G blocks of a cell (RNN 1, GRU
3, LSTM 4), then `...`: nothing, or a batch of runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from torch import Tensor


class Acting(NamedTuple):
    """Some of a cell's blocks and how much each of them changes a state: `slopes`, (T, ..., g, H) for g blocks."""

    blocks: slice
    slopes: Tensor


@dataclass(frozen=True, eq=False)
class Derivatives:
    """The derivatives of a cell's states, by their names, at each step of a run.

    `sums`: with respect to the blocks of W·x^<t> + b that act on the state directly.
    `states`: the same with respect to U·a^<t-1> + c, the same object where they are the same; the GRU's reset gate
    makes them differ.
    `kept`: by a state and a state one step earlier, (T, ..., H), past all sums: z of the GRU, f of the LSTM.
    `within`: by a state and one from which it is computed in the same step, (T, ..., H): a from c in the LSTM.
    """

    sums: Mapping[str, Acting]
    states: Mapping[str, Acting]
    kept: Mapping[tuple[str, str], Tensor] = field(default_factory=dict)
    within: Mapping[tuple[str, str], Tensor] = field(default_factory=dict)


def one_step_earlier(values: Tensor) -> Tensor:
    """The values one step earlier, zero at first: (T, ..., H) to (T, ..., H)."""
    return torch.cat([torch.zeros_like(values[:1]), values[:-1]])
