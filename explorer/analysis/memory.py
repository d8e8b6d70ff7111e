"""How far back a recurrent network remembers: every word's hold on every later belief, and how it fades.

J[t, s] = ∂ (log-odds after step t) / ∂ x^<s>, by its norm and along the word, for all t and s at once; the mean norm
at each distance t − s, where a vanishing gradient is seen (Bengio et al. 1994, "Learning long-term dependencies with
gradient descent is difficult"; Pascanu et al. 2013, "On the difficulty of training recurrent neural networks", eq. 5);
and the forgetting dial, which puts neutral words between "not" and "good".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from explorer.analysis.backpropagation import JointAdjoint, recurrent
from explorer.analysis.measures import verdict
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.core.tracing import Text, as_reading, word_vectors
from explorer.networks.base import probability


@dataclass(frozen=True, eq=False)
class Gradients:
    """How the log-odds after each step t hang on each word s: row t, column s; 0 where s > t, a word not yet read.

    `norm`: (T, T) float32, ‖∂ logit_t / ∂ x_s‖, 0…∞. `signed`: (T, T), x_s · ∂ logit_t / ∂ x_s: what the word's vector
    says for (+) or against a positive verdict, to first order. `slope`: (T,), p (1 − p) of the belief p after each
    step, 0…¼: a belief's gradient is its log-odds' times this.
    """

    norm: np.ndarray
    signed: np.ndarray
    slope: np.ndarray


@torch.inference_mode()
def gradients(model: Model, text: Text, progress: Progress = silent) -> Gradients:
    """All T · (T+1) / 2 gradients in one run back through time.

    The derivatives of all T log-odds travel together as the rows of one matrix, (T, H): going back over step s, the
    log-odds of step s join in, and all that have joined take one product. Time ~ T²/2 · H · (H+E): a review of
    1,000 words is slow enough to watch, see `progress`. Raises TextError for no words, TypeError for a model without a
    state.
    """
    network, x = recurrent(model), word_vectors(model, text)
    run = network.activations(x)
    adjoint, steps = JointAdjoint(network, run), len(x)
    norm, signed = torch.zeros(steps, steps), torch.zeros(steps, steps)  # [s, t], turned round in the end
    for s in reversed(range(steps)):
        gradient = adjoint.back(s)  # (T−s, E)
        torch.linalg.vector_norm(gradient, dim=1, out=norm[s, s:])
        torch.mv(gradient, x[s], out=signed[s, s:])
        progress(1 - (s / steps) ** 2)  # early words have more beliefs behind them
    belief = probability(run["logit"]).numpy()
    return Gradients(norm.T.numpy(), signed.T.numpy(), belief * (1 - belief))


def by_distance(norm: np.ndarray) -> np.ndarray:
    """Mean of ‖∂ logit_t / ∂ x_s‖ over all pairs with t − s = d, for d = 0 … T−1: (T, T) to (T,) float64.

    The longest distances have few pairs: T − d.
    """
    return np.array([np.diagonal(norm, -d).mean(dtype=np.float64) for d in range(len(norm))])


# -------------------------------------------------------------------------------------------------- the forgetting dial

FRAME = ("it is not", "good")
_PLACES = (
    "in the second part of the film that we saw on a tuesday in the town by the river with the other people from the "
    "house at the end of the street where the man in the picture has his office on the third floor of the building"
)
NEUTRAL: tuple[str, ...] = tuple(_PLACES.split())  # places and times: a clause that can end after many of its words


@dataclass(frozen=True, eq=False)
class Dial:
    """What a model says of a frame with k neutral words in it. `belief`: (N+1,) P(positive) for k = 0 … N, 0…1.

    `survived`: the largest k up to which every verdict is negative, None if it is not even at k = 0.
    """

    belief: np.ndarray
    survived: int | None


@torch.inference_mode()
def dial(
    model: Model, before: Text | None = FRAME[0], after: Text = FRAME[1], neutral: Sequence[str] = NEUTRAL
) -> Dial:
    """The belief of "not … good" with the first k of the neutral words between, for every k at once.

    The text before the gap is read once; from the state after each neutral word on, the rest of the frame is read as
    one batch: N+1 texts for little more than the price of two. Nothing (None) may stand before the gap: the dial of
    (None, "good") shows what the model says without a negation. Raises TextError for a text with nothing to read.
    """
    network = recurrent(model)
    opening = [] if before is None else list(as_reading(model, before).rows)
    ending = word_vectors(model, after)
    state, states = network.rest(1), []
    rows = [*opening, *model.vocabulary.encode(neutral)]
    for place, projected in enumerate(network.project(model.vectors[rows])):
        if place >= len(opening):
            states.append(state)
        state = network.step(projected, state)
    states.append(state)  # one for each k
    batch = {name: torch.cat([earlier[name] for earlier in states]) for name in state}  # (N+1, H)
    run = network.run(network.project(ending)[:, None], batch)
    belief = probability(network.read(run["hidden"][-1])).numpy()
    return Dial(belief, survived(belief))


def survived(belief: np.ndarray) -> int | None:
    """The largest k such that the verdicts on 0 … k neutral words are all negative; None if there is none."""
    negative = [verdict(p) == "negative" for p in belief]
    return [*negative, False].index(False) - 1 if negative and negative[0] else None
