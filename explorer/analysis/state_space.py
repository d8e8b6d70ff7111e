"""State space: where a recurrent network's states lie, where they come to rest, and which way a word pushes them.

A full state s is all that a network carries from step to step, S numbers: a^<t> for RNN and GRU (S = H); a^<t> and
c^<t> side by side for the LSTM (S = 2H). Reading a word of vector x moves it: s' = F(s, x). Sources:

- Sussillo & Barak (2013), "Opening the black box: low-dimensional dynamics in high-dimensional recurrent neural
  networks".
- Maheswaranathan, Williams, Golub, Ganguli & Sussillo (2019), "Reverse engineering recurrent networks for sentiment
  classification reveals line attractor dynamics".
- Maheswaranathan & Sussillo (2020), "How recurrent networks implement contextual processing in sentiment analysis".
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.func import jacrev, vmap

from explorer.analysis.backpropagation import recurrent
from explorer.core.checkpoints import Model
from explorer.networks.recurrent import Recurrent

# ---------------------------------------------------------------------------------------------- the plane of the states


@dataclass(frozen=True, eq=False)
class Plane:
    """The first principal components of states: the plane in which they spread most."""

    mean: np.ndarray  # (H,)
    components: np.ndarray  # (2, H), of length 1, at right angles
    explained: np.ndarray  # (2,), share of the variance along each, 0…1, falling

    def project(self, states: np.ndarray) -> np.ndarray:
        """Where states lie in the plane: (..., H) to (..., 2)."""
        points: np.ndarray = (states - self.mean) @ self.components.T
        return points

    def direction(self, vector: np.ndarray) -> np.ndarray:
        """What of a direction, (..., H), lies in the plane, (..., 2)."""
        within: np.ndarray = vector @ self.components.T
        return within


def plane(states: np.ndarray, readout: np.ndarray | None = None) -> Plane:
    """The plane of N states, (N, H), by the singular values of the centred states.

    Signs: with `readout`, (H,), both axes point to where the log-odds rise; without, the largest loading is positive.
    Raises ValueError for fewer than three states, for H < 2, and for states that are all the same.
    """
    if states.ndim != 2 or len(states) < 3 or states.shape[1] < 2:
        raise ValueError(f"A plane needs three states of two numbers, (N, H); there are {states.shape}.")
    mean = states.mean(0, dtype=np.float64)
    _, size, directions = np.linalg.svd(states - mean, full_matrices=False)
    if not size[0] > 0:
        raise ValueError("All states are the same: they have no plane.")
    components = directions[:2]
    leaning = components @ readout if readout is not None else components[[0, 1], np.abs(components).argmax(1)]
    return Plane(mean, components * np.where(leaning < 0, -1, 1)[:, None], (size**2 / np.sum(size**2))[:2])


@dataclass(frozen=True, eq=False)
class Readout:
    """The readout as it is seen in a plane: log-odds ≈ `offset` + `direction`·p at its point p, exact in the plane."""

    direction: np.ndarray  # (2,)
    offset: float
    share: float  # of the readout's length that lies in the plane, 0…1


def readout(model: Model, of: Plane) -> Readout:
    """The readout direction w in the plane, and how much of it lies there."""
    w, b = _readout(recurrent(model))
    direction = of.direction(w)
    return Readout(direction, float(w @ of.mean + b), float(np.linalg.norm(direction) / np.linalg.norm(w)))


def _readout(network: Recurrent) -> tuple[np.ndarray, float]:
    return network.readout.weight[0].detach().double().numpy(), float(network.readout.bias.detach())


# ------------------------------------------------------------------------------------------------------------- one step


def step(network: Recurrent, s: Tensor, x: Tensor) -> Tensor:
    """F(s, x): full states (..., S) after reading a word vector (E,) or (..., E)."""
    parts = list(network.start(s))  # "hidden", and "cell" if there is one
    before = dict(zip(parts, s.split(network.units, -1), strict=True))
    after = network.update(network.gates(network.project(x), before["hidden"]), before)
    return torch.cat([after[part] for part in parts], -1)


def full_states(network: Recurrent, x: Tensor) -> Tensor:
    """The full state after each word of a text: (T, E) to (T, S)."""
    values = network.activations(x)
    return torch.cat([values[part] for part in network.start(x)], -1)


def log_odds(network: Recurrent, s: Tensor) -> Tensor:
    """What the readout says of full states: (..., S) to (...)."""
    return network.read(s[..., : network.units])


# ---------------------------------------------------------------------------------------------------------- slow points


@dataclass(frozen=True, eq=False)
class SlowPoints:
    """States at which a network (almost) rests while it reads the same input x̄ again and again; the slowest first.

    `memory`: (P, K) steps after which what is left of a push along an eigenvector has shrunk by e, τ = |1 / ln|λ||;
    inf where |λ| = 1 (as in Maheswaranathan et al. 2019).
    """

    states: np.ndarray  # (P, S) float64, full states
    speed: np.ndarray  # (P,), q(s) = ½‖F(s, x̄) − s‖², rising
    logit: np.ndarray  # (P,), what the readout says there
    eigenvalues: np.ndarray  # (P, K) complex, of ∂F/∂s, the largest first: all S, or in an atlas the first of them

    @property
    def memory(self) -> np.ndarray:
        with np.errstate(divide="ignore"):
            memory: np.ndarray = np.abs(1 / np.log(np.abs(self.eigenvalues)))
        return memory

    @property
    def belief(self) -> np.ndarray:
        """P(positive) there, (P,), 0…1."""
        belief: np.ndarray = 1 / (1 + np.exp(-self.logit))
        return belief

    @property
    def stable(self) -> np.ndarray:
        """Whether all |λ| < 1, so that states nearby stay near, (P,)."""
        stable: np.ndarray = np.abs(self.eigenvalues[:, 0]) < 1
        return stable

    def hidden(self, units: int) -> np.ndarray:
        """The part of the states that the readout sees, (P, H)."""
        return self.states[:, :units]


def speed(network: Recurrent, s: Tensor, x: Tensor) -> Tensor:
    """q(s) = ½‖F(s, x) − s‖² (Sussillo & Barak 2013, eq. 2): (N, S) to (N,)."""
    return (step(network, s, x) - s).square().sum(-1) / 2


def slow_points(
    model: Model,
    starts: np.ndarray,
    input: np.ndarray | None = None,
    steps: int = 1000,
    rate: float = 0.04,
    slowest: float = 1e-3,
    apart: float = 0.05,
    most: int = 40,
) -> SlowPoints:
    """Slow points of a network for a constant input, (E,) or None for zero, sought from many full states, (N, S).

    All starts go down q(s) side by side by Adam, whose rate falls to zero; each number has its own step, so no start
    disturbs another. Points with q above `slowest` are left out; of those nearer to each other than `apart` (‖·‖ per
    √S) the slowest is kept, and `most` in all. There may be none. Double precision.
    Raises ValueError for starts of another size.
    """
    network = deepcopy(recurrent(model)).double()
    x = torch.zeros(network.inputs, dtype=torch.float64) if input is None else torch.tensor(input, dtype=torch.float64)
    s = torch.tensor(starts, dtype=torch.float64)
    size = network.units * len(network.start(x))
    if s.ndim != 2 or s.shape[1] != size:
        raise ValueError(
            f"{network.label} starts from states of {size} numbers, (N, {size}); these are {tuple(s.shape)}."
        )
    s.requires_grad_()
    descent = torch.optim.Adam([s], lr=rate)
    for done in range(steps):
        descent.param_groups[0]["lr"] = rate * (1 - done / steps)
        with torch.enable_grad():
            (s.grad,) = torch.autograd.grad(speed(network, s, x).sum(), s)
        descent.step()
    with torch.no_grad():
        s = s.detach()
        kept = _apart(s, speed(network, s, x), slowest, apart * size**0.5)[:most]
        jacobian = (
            vmap(jacrev(lambda state: step(network, state, x)))(kept) if len(kept) else s.new_zeros(0, size, size)
        )
        eigenvalues = np.linalg.eigvals(jacobian.numpy()).astype(complex)
        order = np.argsort(-np.abs(eigenvalues), axis=1, kind="stable")
        eigenvalues = np.take_along_axis(eigenvalues, order, 1)
        return SlowPoints(kept.numpy(), speed(network, kept, x).numpy(), log_odds(network, kept).numpy(), eigenvalues)


def _apart(s: Tensor, q: Tensor, slowest: float, distance: float) -> Tensor:
    """Of the states slow enough, (N, S), the slowest of each crowd, slowest first: (P, S)."""
    kept: list[int] = []
    for i in q.argsort().tolist():
        if q[i] <= slowest and all(torch.linalg.vector_norm(s[i] - s[k]) > distance for k in kept):
            kept.append(i)
    return s[kept]


@dataclass(frozen=True, eq=False)
class Line:
    """How nearly the slow points lie on a line, and what the readout sees along it (Maheswaranathan et al. 2019)."""

    share: float  # of the points' variance that lies along their first principal component, 0…1
    centre: np.ndarray  # (H,)
    direction: np.ndarray  # (H,), of length 1, towards positive
    position: np.ndarray  # (P,), where each point lies along it
    alignment: float  # cosine of the direction and the readout weights, 0…1
    slope: float  # log-odds a unit of length along the line


def line(model: Model, points: np.ndarray) -> Line:
    """The line through slow points as the readout sees them, (P, H). Raises ValueError for fewer than three of them."""
    w, _ = _readout(recurrent(model))
    axes = plane(points, w)
    direction = axes.components[0]
    position, slope = axes.project(points)[:, 0], float(direction @ w)
    return Line(float(axes.explained[0]), axes.mean, direction, position, slope / float(np.linalg.norm(w)), slope)


# ----------------------------------------------------------------------------------------------------- what a word does


@dataclass(frozen=True, eq=False)
class WordEffect:
    """What reading one word does to N states.

    `then`: for each word that was read next, the mean change of log-odds that it brings by itself and after the first
    word: a modifier is a word that changes what the next one does (Maheswaranathan & Sussillo 2020).
    """

    word: str
    displacement: np.ndarray  # (N, S), F(s, x) − s
    logit: np.ndarray  # (N,), change of log-odds: the displacement's projection on the readout
    then: dict[str, tuple[float, float]]

    @property
    def mean(self) -> np.ndarray:
        """The mean displacement, (S,)."""
        mean: np.ndarray = self.displacement.mean(0)
        return mean


@torch.inference_mode()
def word_effects(model: Model, word: str, states: np.ndarray, then: Sequence[str] = ()) -> WordEffect:
    """What `word` does to full states, (N, S), and to what each of `then` does after it.

    Raises ValueError for a word without a vector of its own.
    """
    network, s = recurrent(model), torch.tensor(states, dtype=torch.float32)
    after = step(network, s, _vector(model, word))
    shifts = {}
    for next_word in then:
        x = _vector(model, next_word)
        alone, behind = (
            log_odds(network, step(network, before, x)) - log_odds(network, before) for before in (s, after)
        )
        shifts[next_word] = (float(alone.mean()), float(behind.mean()))
    logit = log_odds(network, after) - log_odds(network, s)
    return WordEffect(word, (after - s).numpy(), logit.numpy(), shifts)


def _vector(model: Model, word: str) -> Tensor:
    if word not in model.vocabulary.index:
        raise ValueError(f"{word!r} has no vector.")
    return model.vectors[model.vocabulary.index[word]]
