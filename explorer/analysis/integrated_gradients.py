"""Integrated gradients of a recurrent network: how far the verdict rests on each word's vector."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from explorer.analysis.backpropagation import Adjoint, recurrent
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.core.tracing import Text, word_vectors
from explorer.networks.recurrent import Recurrent

TOLERANCE = 1e-3  # how much of the log-odds' change may be left unaccounted for
MOST = 1024  # points on the path: what takes under a second
MANY = 8192  # points where one is ready to wait for them
NARROWEST = 1e-13  # a stretch of the path no longer than this is not split: double precision sees no more in it
NEARLY = 1 / 16  # of what the worst stretch misses: those that miss so much are cut with it
POINT_WORDS = 16_384  # words, times points, that go through the network at once
TRUSTED_SHARE, TRUSTED_ODDS = 0.05, 0.1  # of the rise, and in log-odds: words that miss more than both say nothing


@dataclass(frozen=True, eq=False)
class IntegratedGradients:
    """Integrated gradients of the final log-odds, a word at a time.

    `words`: (T,) float64, log-odds. They should sum to `rise`, the log-odds of the text less those of the baseline.
    `gap`: the sum of what is missed on each stretch of the path, as a share of the rise, 0…∞; but for rounding the
    words miss the rise by no more than this. `points`: gradients taken. `complete` is False where the gap stayed larger
    than was asked for, because the path has a step too sharp or too many of them.
    """

    words: np.ndarray
    rise: float
    gap: float
    points: int
    complete: bool

    @property
    def missed(self) -> float:
        """The gap in log-odds."""
        return self.gap * abs(self.rise)

    @property
    def trusted(self) -> bool:
        """Whether the words miss so little that they can be shown: TRUSTED_SHARE of the rise, or TRUSTED_ODDS."""
        return self.gap <= TRUSTED_SHARE or self.missed <= TRUSTED_ODDS


@torch.inference_mode()
def integrated_gradients(
    model: Model, text: Text, tolerance: float = TOLERANCE, most: int = MOST, progress: Progress = silent
) -> IntegratedGradients:
    """Integrated gradients of Sundararajan et al. (2017, "Axiomatic attribution for deep networks"), eq. 1.

    Word t gets x_t · ∫ ∂logit(αx)/∂x_t dα over α from 0 to 1: its vector's part in the way from the baseline, the text
    with every vector zero. Zero is the baseline because a word without a vector is one that nothing is known of, and
    because every αx on the way keeps the length of the text. It is not the silence before the first word: the network
    still takes T steps, in which its biases act.

    The integral is taken by the rule of Clenshaw and Curtis (1960), whose places include the ends: so what the words
    must sum to is known, and the error is measured, not estimated. The path as a whole is tried with 13 and 49 places.
    If that misses more than `tolerance` of the rise it is cut into stretches of nine places each, in double precision.
    Those that miss most are cut again around the two places between which the log-odds bend most, all of a round
    through the network at once, up to `most` points in all. The RNN's log-odds go along a long review in steps that can
    be narrower than 1e-10; one or two may be narrower than double precision, and then no number of points completes the
    sum. Raises TextError for no words, TypeError for a model without a state.
    """
    network = recurrent(model)
    whole = word_vectors(model, text) @ network.input_weights.T  # (T, G·H): W·αx = α·Wx, so W is needed once

    def tell(points: float) -> None:
        progress(min(points / most, 1.0))

    result = _in_one(network, whole, tolerance, most, tell)
    if not result.complete and result.points + PARTS * len(PLACES) <= most:
        result = _in_stretches(network, whole, result.points, tolerance, most, tell)
    progress(1.0)
    return result


def _in_one(network: Recurrent, whole: Tensor, tolerance: float, most: int, tell: Progress) -> IntegratedGradients:
    """The path as one stretch, with more intervals each time; the places that there are stay places."""
    places, points = np.zeros(0), None
    for intervals in RULES:
        wanted, weights = clenshaw_curtis(intervals)
        if points is not None and len(wanted) > most:
            break
        fresh = np.ones(len(wanted), bool)
        if points is not None:
            fresh[:: intervals // (len(places) - 1)] = False
        more = _along(network, whole, wanted[fresh], partial(_onward, tell, len(places)))
        points = (
            more if points is None else _Points(*(_merged(*pair, fresh) for pair in zip(points, more, strict=True)))
        )
        places, words, rise = wanted, weights @ points.words, float(points.logit[-1] - points.logit[0])
        gap = abs(float(words.sum()) - rise) / max(abs(rise), 1e-12)
        if gap <= tolerance or gap > STEEP:
            break
    return IntegratedGradients(words, rise, gap, len(places), gap <= tolerance)


def _onward(tell: Progress, before: float, here: float) -> None:
    """Tell of points that come after others."""
    tell(before + here)


def _merged(old: np.ndarray, new: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """The values at all places, (K, …): new ones where `fresh`, (K,), is set, and those that there were."""
    both = np.empty((len(fresh), *old.shape[1:]), old.dtype)
    both[~fresh], both[fresh] = old, new
    return both


# ---------------------------------------------------------------------------------------------- a path with sharp steps


class _Stretches(NamedTuple):
    """P stretches of the path, each taken by the smallest rule."""

    starts: np.ndarray  # (P,)
    ends: np.ndarray  # (P,)
    words: np.ndarray  # (P, T), each word's integral over the stretch
    gaps: np.ndarray  # (P,), what their sum misses of the change of the log-odds, ≥ 0
    bends: np.ndarray  # (P,), after which of PLACES the log-odds bend most

    def those(self, chosen: np.ndarray) -> _Stretches:
        return _Stretches(*(values[chosen] for values in self))

    def beside(self, other: _Stretches) -> _Stretches:
        return _Stretches(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))


def _in_stretches(
    network: Recurrent, whole: Tensor, points: int, tolerance: float, most: int, tell: Progress
) -> IntegratedGradients:
    """The path in stretches; those that miss most are cut in three around their sharpest bend."""
    network, whole = deepcopy(network).double(), whole.double()
    edges = np.linspace(0, 1, PARTS + 1)
    stretches, logit = _taken(network, whole, edges[:-1], edges[1:], points, tell)
    points += PARTS * len(PLACES)
    rise = float(logit[-1, -1] - logit[0, 0])
    while True:
        cut = _unsettled(stretches, tolerance * abs(rise))
        room = (most - points) // (3 * len(PLACES))
        cut = cut[max(0, len(cut) - room) :]  # the worst, as many as there is room for
        if not len(cut):
            break
        starts, ends = _cut(stretches.those(cut))
        finer, _ = _taken(network, whole, starts, ends, points, tell)
        points += len(starts) * len(PLACES)
        stretches = stretches.those(np.delete(np.arange(len(stretches.gaps)), cut)).beside(finer)
    gap = float(stretches.gaps.sum()) / max(abs(rise), 1e-12)
    return IntegratedGradients(stretches.words.sum(0), rise, gap, points, gap <= tolerance)


def _taken(
    network: Recurrent, whole: Tensor, starts: np.ndarray, ends: np.ndarray, before: int, tell: Progress
) -> tuple[_Stretches, np.ndarray]:
    """The stretches from `starts` to `ends`, (P,), and the log-odds at their places, (P, 9)."""
    places = starts[:, None] + (ends - starts)[:, None] * PLACES  # (P, 9)
    points = _along(network, whole, places.ravel(), partial(_onward, tell, before))
    logit, each = points.logit.reshape(places.shape), points.words.reshape(*places.shape, -1)
    words = (ends - starts)[:, None] * np.einsum("k,pkt->pt", WEIGHTS, each)
    gaps = np.abs(words.sum(1) - (logit[:, -1] - logit[:, 0]))
    slope = each.sum(2)  # (P, 9), of the log-odds along the path
    straight = (slope[:, 1:] + slope[:, :-1]) / 2 * np.diff(places)
    return _Stretches(starts, ends, words, gaps, np.abs(straight - np.diff(logit)).argmax(1)), logit


def _cut(stretches: _Stretches) -> tuple[np.ndarray, np.ndarray]:
    """Starts and ends of what comes of each stretch: what lies before its sharpest bend, the bend, what lies after."""
    starts, ends, bends = stretches.starts, stretches.ends, stretches.bends
    before, behind = (starts + (ends - starts) * PLACES[bends + side] for side in (0, 1))
    starts, ends = np.concatenate([starts, before, behind]), np.concatenate([before, behind, ends])
    return starts[starts < ends], ends[starts < ends]


def _unsettled(stretches: _Stretches, allowed: float) -> np.ndarray:
    """The stretches to cut, the worst last: none if all gaps together are allowed, else what half of it leaves.

    Of those, the ones that can be cut and miss nearly as much as the worst: points are better spent on these first.
    """
    gaps = stretches.gaps
    if gaps.sum() <= allowed:
        return np.zeros(0, int)
    order = np.argsort(gaps)
    order = order[gaps[order].cumsum() > allowed / 2]
    order = order[(stretches.ends - stretches.starts)[order] > NARROWEST]
    worst = gaps[order].max(initial=0.0)
    return np.array([place for place in order if gaps[place] >= NEARLY * worst], int)


# ------------------------------------------------------------------------------------------------ the rule, and a point


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


def _along(network: Recurrent, whole: Tensor, places: np.ndarray, progress: Progress) -> _Points:
    """Log-odds and each word's gradient · vector at these places of the path; progress in places."""
    room = max(1, POINT_WORDS // len(whole))
    batches = []
    for start in range(0, len(places), room):
        alpha = torch.from_numpy(places[start : start + room]).to(whole.dtype)
        batches.append(_points(network, whole, alpha, partial(_onward, progress, start)))
    return _Points(*(np.concatenate(parts) for parts in zip(*batches, strict=True)))


def _points(network: Recurrent, whole: Tensor, alpha: Tensor, progress: Progress) -> tuple[np.ndarray, np.ndarray]:
    """(T, G·H) and (K,) to the log-odds, (K,), and gradient · vector of each word, (K, T), float64.

    Progress in places, told at each word, there and back: a batch of places can take half a second.
    """
    each = len(alpha) / (2 * len(whole))
    projected = whole[:, None] * alpha[:, None] + network.input_bias  # (T, K, G·H)
    run = network.run(_watched(projected, each, progress), network.rest(len(alpha))) | {"projected": projected}
    words = torch.empty(len(alpha), len(whole), dtype=whole.dtype)
    adjoint = Adjoint(network, run, len(alpha))
    adjoint.add(slice(None))  # all K ask for the log-odds of the last step
    for t in reversed(range(len(whole))):
        words[:, t] = adjoint.back(t) @ whole[t]  # (∂/∂x_t) · x_t = (∂/∂Wx_t) · Wx_t
        progress(len(alpha) - t * each)
    return network.read(run["hidden"][-1]).double().numpy(), words.double().numpy()


def _watched(words: Tensor, each: float, progress: Progress) -> Iterator[Tensor]:
    """The words, (T, …), one by one; at each it is told how far they are, `each` a word."""
    for t, word in enumerate(words):
        progress(t * each)
        yield word
