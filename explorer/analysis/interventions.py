"""The causal proof that the state is the memory: another state put in, mid-sentence, and what becomes of the belief.

A state is what a network carries from one word to the next: a^<t>, for the LSTM with its cell c^<t>. It can be taken
from another text, changed in chosen units, held there ("clamped") for the rest of the text, or put back to rest. (The
exchange of states after Geiger et al. 2021, "Causal abstractions of neural networks", their interchange interventions;
the silencing of units after Lakretz et al. 2019, "The emergence of number and syntax units in LSTM language models".)

Everything here goes word by word through the equations of the network, the same way for the text as it is and for the
text with another state: a text's own state put back in at its own step changes nothing, to the bit. The trace runs
torch's own layer, whose sums are taken in another order; its beliefs are within 1e-6 of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.analysis.backpropagation import recurrent
from explorer.core.checkpoints import Model
from explorer.core.tracing import Text, as_reading, word_vectors
from explorer.networks.base import probability
from explorer.networks.recurrent import Recurrent, State

Numbers = Mapping[str, np.ndarray]  # a state: "hidden" (H,), for the LSTM also "cell" (H,)
Units = Mapping[str, Mapping[int, float]]  # values for chosen units: {"hidden": {7: 0.0}}


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What a network did from step `first` of a text to its end, S = T − first steps.

    `tokens`: the words read on the way. `logit`: (S,), log-odds after each, `belief`: (S,) float64, P(positive), 0…1.
    `states`: by name, (S+1, H) float32: the state before step `first`, then that after each step.
    """

    tokens: tuple[str, ...]
    first: int
    logit: np.ndarray
    belief: np.ndarray
    states: Numbers

    def before(self, step: int) -> dict[str, np.ndarray]:
        """The state before a step of the text; that after the last step is the one before step T.

        Raises IndexError for a step that this trajectory does not have.
        """
        if not 0 <= step - self.first <= len(self.tokens):
            last = self.first + len(self.tokens)
            raise IndexError(f"steps {self.first} to {last} have a state, step {step} has none")
        return {name: values[step - self.first].copy() for name, values in self.states.items()}


def trajectory(model: Model, text: Text) -> Trajectory:
    """The text as it is, word by word from rest. Raises TextError for no words, TypeError for no state."""
    return resume(model, text, 0, rest_state(model))


def rest_state(model: Model) -> dict[str, np.ndarray]:
    """The state before the first word, for a reset: zero."""
    return {name: values[0].numpy() for name, values in recurrent(model).rest(1).items()}


def transplant(
    model: Model, text: Text, step: int, donor: Text, donor_step: int, clamp: Units | None = None
) -> Trajectory:
    """Read the text from `step` on with the memory of the donor, another text, as it was before its `donor_step`.

    `donor_step` may be the donor's number of words: the state after all of them. Raises as `resume` and `before` do.
    """
    return resume(model, text, step, trajectory(model, donor).before(donor_step), clamp)


@torch.inference_mode()
def resume(model: Model, text: Text, step: int, state: Numbers, clamp: Units | None = None) -> Trajectory:
    """Read the text from `step` on (0 … T−1, from 0) with this state in the place of its own.

    `clamp` holds units at these values in the state put in and after each step, before ŷ^<t> is read out and the next
    word comes. Raises TextError for no words, TypeError for a model without a state, IndexError for a step or a unit
    that is not there, KeyError for a clamped part that the network has not, ValueError for a state of another network's
    shape.
    """
    network, reading = recurrent(model), as_reading(model, text)
    if not 0 <= step < len(reading):
        raise IndexError(f"the text has steps 0 to {len(reading) - 1}, not {step}")
    projected = network.project(word_vectors(model, reading))[
        step:, None
    ]  # of the whole text: a part of it would round otherwise
    now = _hold(_state(network, state), clamp or {})
    trail = [now]
    for word in projected:
        now = _hold(network.step(word, now), clamp or {})
        trail.append(now)
    states = {name: torch.cat([state[name] for state in trail]).numpy() for name in now}  # (S+1, H)
    logit = torch.cat([network.read(state["hidden"]) for state in trail[1:]])  # (S,)
    return Trajectory(reading.tokens[step:], step, logit.numpy(), probability(logit).numpy(), states)


def _state(network: Recurrent, state: Numbers) -> State:
    """A state as the network takes it, (1, H) each, in memory of its own."""
    wanted = network.rest(1)
    if set(state) != set(wanted) or any(np.shape(values) != (network.units,) for values in state.values()):
        shapes = {name: np.shape(values) for name, values in state.items()}
        raise ValueError(
            f"the {network.label}'s state is {', '.join(wanted)} of {network.units} units each, not {shapes}"
        )
    return {name: torch.tensor(np.asarray(state[name])[None], dtype=torch.float32) for name in wanted}


def _hold(state: State, clamp: Units) -> State:
    """The state with the clamped units at their values."""
    return state | {name: _held(state[name], values) for name, values in clamp.items()}


def _held(values: Tensor, units: Mapping[int, float]) -> Tensor:
    held = values.clone()
    for unit, value in units.items():
        held[:, unit] = value
    return held
