"""Which words did it: three ways to share the verdict of a recurrent lane out among the words that it read.

All in log-odds, so that they can be laid side by side: + speaks for a positive verdict, − for a negative one.
- `changes`: how far each word moved the belief when it was read. What a word does to later words goes to these.
- `integrated`: integrated gradients, how far the verdict rests on each word's vector.
- `occlusion`: what the verdict loses with the word taken out, so that the others close up.
They answer different questions and need not agree; `disagreement` says where they do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from explorer.analysis.backpropagation import Adjoint, Progress, advance, forwards, read, recurrent, rest, silent
from explorer.core.checkpoints import Model
from explorer.networks.base import probability
from explorer.networks.recurrent import Recurrent

TOLERANCE = 1e-3  # how much of the log-odds' change integrated gradients may leave unaccounted for
MOST = 1024  # points on the path of integrated gradients
NARROWEST = 2.0**-16  # a stretch of the path no longer than this is not split: single precision sees no more in it
POINT_WORDS = 16_384  # words, times points, that go through the lane at once
WEAK = 0.05  # a word with less than this share of a method's strongest word has no sign worth comparing


@dataclass(frozen=True, eq=False)
class Changes:
    """What each word moved when it was read. `logit`: (T,) in log-odds; `belief`: (T,) of P(positive), −1…1.

    Both sum to what the whole text says less what the lane says before the first word, σ(b).
    """

    logit: np.ndarray
    belief: np.ndarray


@torch.inference_mode()
def changes(model: Model, text: str) -> Changes:
    """The step of the belief at each word. Raises TextError for no words, TypeError for a lane without a state."""
    _, x = read(model, text)
    logit = torch.cat([model.network.readout.bias, model.network.steps(x[None])[0]])  # (T+1,)
    return Changes(np.diff(logit.double().numpy()), np.diff(probability(logit).numpy()))


# ---------------------------------------------------------------------------------------------- integrated gradients


@dataclass(frozen=True, eq=False)
class Integrated:
    """Integrated gradients of the final log-odds, a word at a time.

    `words`: (T,) float64, log-odds. They should sum to `rise`, the log-odds of the text less those of the baseline.
    `gap`: the sum of what is missed on each stretch of the path, as a share of the rise, 0…∞; but for rounding the words
    miss the rise by no more than this. `points`: gradients taken. `complete` is False where the gap stayed larger than
    was asked for, because the path has a step too sharp or too many of them: such words are not to be trusted.
    """

    words: np.ndarray
    rise: float
    gap: float
    points: int
    complete: bool


@torch.inference_mode()
def integrated(
    model: Model, text: str, tolerance: float = TOLERANCE, most: int = MOST, progress: Progress = silent
) -> Integrated:
    """Integrated gradients of Sundararajan et al. (2017, "Axiomatic attribution for deep networks"), eq. 1.

    Word t gets x_t · ∫ ∂logit(αx)/∂x_t dα over α from 0 to 1: its vector's part in the way from the baseline, the text
    with every vector zero. Zero is the baseline because a word without a vector is one that nothing is known of, and
    because every αx on the way keeps the length of the text. It is not the silence before the first word: the lane
    still takes T steps, in which its biases act.

    The integral is taken by the rule of Clenshaw and Curtis (1960), whose places include the ends: so what the words must
    sum to is known, and the error is measured, not estimated. The path as a whole is tried with 13 and 49 places; if that
    misses too much it is cut into stretches of nine places each. Those that miss most are halved, all of a round through
    the lane at once, until no more than `tolerance` of the rise is missed in all, 1e-3 at first. The RNN's log-odds go
    along a long review in sharp steps, which points spread evenly miss. Raises TextError for no words, TypeError for a
    lane without a state.
    """
    lane, (_, x) = recurrent(model), read(model, text)
    whole = x @ lane.core.weight_ih_l0.T  # (T, G·H): W·αx = α·Wx, so W is needed once

    def told(points: float) -> None:
        progress(points / most)

    found = _in_one(lane, whole, tolerance, most, told)
    if not found.complete and found.points + PARTS * len(PLACES) <= most:
        found = _in_stretches(lane, whole, found, tolerance, most, told)
    progress(1.0)
    return found


def _in_one(lane: Recurrent, whole: Tensor, tolerance: float, most: int, told: Progress) -> Integrated:
    """The path as one stretch, with more intervals each time; the places that there are stay places."""
    places, found = np.zeros(0), None
    for intervals in RULES:
        wanted, weights = clenshaw_curtis(intervals)
        if found is not None and len(wanted) > most:
            break
        fresh = np.ones(len(wanted), bool)
        if found is not None:
            fresh[:: intervals // (len(places) - 1)] = False
        more = _along(lane, whole, wanted[fresh], lambda here, before=len(places): told(before + here))
        found = more if found is None else _Points(*(_merged(*pair, fresh) for pair in zip(found, more)))
        places, words, rise = wanted, weights @ found.words, float(found.logit[-1] - found.logit[0])
        gap = abs(float(words.sum()) - rise) / max(abs(rise), 1e-12)
        if gap <= tolerance or gap > STEEP:
            break
    return Integrated(words, rise, gap, len(places), gap <= tolerance)


def _merged(old: np.ndarray, new: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """The values at all places, (K, …): new ones where `fresh`, (K,), is set, and those that there were."""
    both = np.empty((len(fresh), *old.shape[1:]), old.dtype)
    both[~fresh], both[fresh] = old, new
    return both


def _in_stretches(
    lane: Recurrent, whole: Tensor, smooth: Integrated, tolerance: float, most: int, told: Progress
) -> Integrated:
    """The path in stretches, each by the smallest rule; those that miss most are halved."""
    starts, width, points, rise = np.arange(PARTS) / PARTS, 1 / PARTS, smooth.points, smooth.rise
    words, missed = np.zeros(len(whole)), 0.0
    while len(starts):
        alpha = (starts[:, None] + width * PLACES).ravel()
        found = _along(lane, whole, alpha, lambda here, before=points: told(before + here))
        points += len(alpha)
        parts = width * np.einsum("k,pkt->pt", WEIGHTS, found.words.reshape(len(starts), len(PLACES), -1))  # (P, T)
        logit = found.logit.reshape(len(starts), -1)
        gaps = np.abs(parts.sum(1) - (logit[:, -1] - logit[:, 0]))  # (P,)
        split = _unsettled(gaps, tolerance * abs(rise) - missed)
        room = 0 if width <= NARROWEST else (most - points) // (2 * len(PLACES))
        split = split[max(0, len(split) - room) :]  # the worst, as many as there is room for
        settled = np.delete(np.arange(len(starts)), split)
        words, missed = words + parts[settled].sum(0), missed + float(gaps[settled].sum())
        width /= 2
        starts = np.concatenate([starts[split], starts[split] + width])
    gap = missed / max(abs(rise), 1e-12)
    return Integrated(words, rise, gap, points, gap <= tolerance)


def _unsettled(gaps: np.ndarray, allowed: float) -> np.ndarray:
    """The stretches to halve, the worst last: none if all gaps together are allowed, else what half of it leaves."""
    if gaps.sum() <= allowed:
        return np.zeros(0, int)
    order = np.argsort(gaps)
    return order[gaps[order].cumsum() > allowed / 2]


def clenshaw_curtis(intervals: int) -> tuple[np.ndarray, np.ndarray]:
    """Places in 0…1, rising, and weights, (intervals + 1,) each; exact for polynomials up to degree `intervals`.

    The places are (1 − cos θ) / 2 for equal steps of θ; `intervals` is even.
    """
    angle = np.pi * np.arange(intervals + 1) / intervals
    order = np.arange(1, intervals // 2 + 1)
    share = np.where(2 * order == intervals, 1.0, 2.0) / (4.0 * order**2 - 1)
    weights = (1 - np.cos(2 * np.outer(angle, order)) @ share) / intervals
    weights[[0, -1]] /= 2
    return (1 - np.cos(angle)) / 2, weights


PLACES, WEIGHTS = clenshaw_curtis(8)  # (9,), (9,), of one stretch
RULES = (12, 48)  # intervals that are tried on the path as a whole, each a multiple of the one before
STEEP = 0.5  # a gap above this means steps on the path, which a larger rule would miss as well
PARTS = 4  # stretches that such a path is cut into at first


class _Points(NamedTuple):
    logit: np.ndarray  # (K,) at each point of the path
    words: np.ndarray  # (K, T), x_t · ∂logit/∂x_t there


def _along(lane: Recurrent, whole: Tensor, places: np.ndarray, progress: Progress) -> _Points:
    """Log-odds and each word's gradient · vector at these places of the path; progress in places."""
    room = max(1, POINT_WORDS // len(whole))
    found = []
    for start in range(0, len(places), room):
        alpha = torch.from_numpy(places[start : start + room]).float()
        found.append(_points(lane, whole, alpha))
        progress(start + len(alpha))
    return _Points(*(np.concatenate(parts) for parts in zip(*found)))


def _points(lane: Recurrent, whole: Tensor, alpha: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """(T, G·H) and (K,) to the log-odds, (K,), and gradient · vector of each word, (K, T), float64."""
    projected = whole[:, None] * alpha[:, None] + lane.core.bias_ih_l0  # (T, K, G·H)
    run = forwards(lane, projected, rest(lane, len(alpha)))
    words = torch.empty(len(alpha), len(whole))
    adjoint = Adjoint(lane, run, len(alpha))
    adjoint.add(slice(None))  # all K ask for the log-odds of the last step
    for t in reversed(range(len(whole))):
        words[:, t] = adjoint.back(t) @ whole[t]  # (∂/∂x_t) · x_t = (∂/∂Wx_t) · Wx_t
    return lane.read(run["hidden"][-1]).double().numpy(), words.double().numpy()


# --------------------------------------------------------------------------------------------------------- occlusion


@dataclass(frozen=True, eq=False)
class Occlusion:
    """The text without each of its words. `logit` and `belief`: (T,), what the lane says of the T−1 others.

    `words`: (T,), log-odds of the whole text less `logit`: what the verdict owes to the word. Of a text of one word
    nothing is left, and the lane says of nothing what its bias says.
    """

    logit: np.ndarray
    belief: np.ndarray
    words: np.ndarray


@torch.inference_mode()
def occlusion(model: Model, text: str, progress: Progress = silent) -> Occlusion:
    """Take out each word in turn (after Li et al. 2016, "Understanding neural networks through representation
    erasure", eq. 1, whose difference of log-likelihoods is here one of log-odds, not divided by the whole text's).

    All T shortened texts run in one batch. Up to the word that it lacks each is the whole text, so it joins the batch
    there, with a state that is known: half the work. Raises TextError for no words, TypeError for a lane without a
    state.
    """
    lane, (_, x) = recurrent(model), read(model, text)
    batch = rest(lane, 1)  # the last row is the whole text, each row before it lacks one word that has been read
    for t, projected in enumerate(lane.project(x)):
        after = advance(lane, projected, batch)
        # a text without word t stands where the whole text stood before it
        batch = {name: torch.cat([after[name][:-1], batch[name][-1:], after[name][-1:]]) for name in batch}
        progress((t + 1) / len(x))
    logit = lane.read(batch["hidden"])  # (T+1,)
    without = logit[:-1].double().numpy()
    return Occlusion(without, probability(logit[:-1]).numpy(), float(logit[-1]) - without)


# ------------------------------------------------------------------------------------------------- where they differ


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Two methods on one text. `methods`: their names.

    `rank`: Spearman's correlation of the words' order, −1…1; None where one of the two has all words alike.
    `opposed`: the words that one method has for and the other against a positive verdict, both with at least WEAK of
    their strongest word; the clearest first, by the smaller of the two shares.
    """

    methods: tuple[str, str]
    rank: float | None
    opposed: tuple[int, ...]


def disagreement(found: Mapping[str, np.ndarray]) -> tuple[Disagreement, ...]:
    """Each pair of methods, given (T,) by name; the pair that agrees least first. Raises ValueError for other shapes.

    Spearman (1904, "The proof and measurement of association between two things"), ties at their mean rank.
    """
    if len({np.shape(values) for values in found.values()}) > 1 or any(np.ndim(v) != 1 for v in found.values()):
        raise ValueError("the methods are not about the same words")
    pairs = [
        Disagreement((one, other), rank_correlation(found[one], found[other]), _opposed(found[one], found[other]))
        for one, other in combinations(found, 2)
    ]
    return tuple(sorted(pairs, key=lambda pair: 2.0 if pair.rank is None else pair.rank))


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float | None:
    """Spearman's correlation, −1…1, of (T,) and (T,); None where it is not defined."""
    one, other = _ranks(a), _ranks(b)
    one, other = one - one.mean(), other - other.mean()
    size = np.sqrt((one @ one) * (other @ other))
    return float(one @ other / size) if size else None


def _ranks(values: np.ndarray) -> np.ndarray:
    """Rank of each value from 0 on, equal values at their mean rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count + 1) / 2)[place]


def _opposed(a: np.ndarray, b: np.ndarray) -> tuple[int, ...]:
    one, other = (values / max(np.abs(values).max(initial=0), 1e-12) for values in (a, b))
    clear = np.minimum(np.abs(one), np.abs(other))
    words = np.flatnonzero((one * other < 0) & (clear >= WEAK))
    return tuple(int(word) for word in words[np.argsort(-clear[words], kind="stable")])


# ------------------------------------------------------------------------------------------------ parts of the logit


@dataclass(frozen=True, eq=False)
class Parts:
    """What each unit says for the verdict. `units`: (..., H) float64, log-odds; with `bias` they sum to the logit."""

    units: np.ndarray
    bias: float


def parts(model: Model, hidden: np.ndarray) -> Parts:
    """Readout weight times activation, unit by unit: hidden states (..., H) to parts (..., H). logit = w·a + b."""
    readout = model.network.readout
    return Parts(hidden.astype(np.float64) * readout.weight[0].double().numpy(), float(readout.bias))
