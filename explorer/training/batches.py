"""Batches: what a network reads in an epoch, and a batch of it as tensors."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from explorer.training.corpus import Corpus
from explorer.training.plans import Plan
from explorer.training.targets import Example, undecided

BATCH, REVIEW_BATCH, CROP = 64, 32, 160  # phrases, reviews, words of a review
SHARPNESS = (
    2.0  # times the log-odds of the targets, so that the belief says how sure a verdict is, not how warm a text is
)


def batches(examples: list[Example], size: int, draw: np.random.Generator) -> list[list[Example]]:
    """Batches of like length in random order."""
    order = draw.permutation(len(examples))
    length = np.array([len(examples[i].rows) for i in order])
    chunk = size * 50
    cut = [
        part
        for start in range(0, len(order), chunk)
        for part in np.array_split(
            order[start : start + chunk][np.argsort(length[start : start + chunk], kind="stable")],
            max(1, len(order[start : start + chunk]) // size),
        )
    ]
    return [[examples[i] for i in cut[k]] for k in draw.permutation(len(cut))]


def crop(example: Example, draw: np.random.Generator) -> Example:
    """At most CROP words of a review: half of the time its end, else from anywhere."""
    excess = len(example.rows) - CROP
    if excess <= 0:
        return example
    start = excess if draw.random() < 0.5 else int(draw.integers(excess + 1))
    steps = None if example.steps is None else example.steps[start : start + CROP]
    return Example(example.rows[start : start + CROP], example.target, steps)


def later_half(example: Example) -> Example:
    """A review that has no targets of its own on the way gets its target at every step of its later half."""
    if example.steps is not None:
        return example
    steps = np.full(len(example.rows), np.nan, np.float32)
    steps[len(steps) // 2 :] = example.target
    return example._replace(steps=steps)


def without_steps(example: Example) -> Example:
    """Without targets on the way, unless it says nothing at all: the teacher, who is seldom shown what says nothing,
    leans a little to positive there."""
    if example.steps is None or (example.steps == 0.5).all():
        return example
    return example._replace(steps=None)


def sample(examples: list[Example], share: float, draw: np.random.Generator) -> list[Example]:
    """A share of the examples, drawn anew each epoch."""
    return [examples[i] for i in draw.permutation(len(examples))[: round(share * len(examples))]]


def epoch_batches(
    corpus: Corpus, plan: Plan, draw: np.random.Generator, whole: bool, further: bool = False
) -> list[list[Example]]:
    """All batches of an epoch, phrases and reviews mixed; the same number in each epoch.

    `whole` reads reviews from their first word on, as the concatenation does; `further` reads all of the further made
    phrases in the place of some of the first, and leaves out what the teacher believes on the way.
    """
    phrases = [without_steps(example) for example in corpus.phrases] if further else corpus.phrases
    neutral = [example for example in phrases if undecided(example.target)]
    telling = [example for example in phrases if not undecided(example.target)]
    made = corpus.further if further else sample(corpus.made, plan.made, draw)
    share = plan.further_pieces if further else plan.pieces
    short = [*telling, *sample(neutral, plan.neutral, draw), *sample(corpus.pieces, share, draw), *made]
    reviews = sample(corpus.reviews, plan.reviews, draw)
    long = [Example(e.rows[:CROP], e.target) if whole else later_half(crop(e, draw)) for e in reviews]
    mixed = batches(short, BATCH, draw) + batches(long, REVIEW_BATCH, draw)
    return [mixed[k] for k in draw.permutation(len(mixed))]


def sharpened(target: Tensor) -> Tensor:
    """Targets with SHARPNESS times their log-odds, 0…1; one half stays."""
    return torch.sigmoid(SHARPNESS * torch.logit(target, eps=1e-4))


def padded(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """Rows (B, T), lengths (B,), sharpened targets (B,) and those on the way (B, T), None where no example has any."""
    lengths = torch.tensor([len(example.rows) for example in batch])
    rows = torch.zeros(len(batch), int(lengths.max()), dtype=torch.long)
    steps = torch.full(rows.shape, torch.nan)
    for i, example in enumerate(batch):
        rows[i, : lengths[i]] = torch.from_numpy(example.rows)
        if example.steps is not None:
            steps[i, : lengths[i]] = torch.from_numpy(example.steps)
    target = torch.tensor([example.target for example in batch], dtype=torch.float32)
    return rows, lengths, sharpened(target), None if steps.isnan().all() else sharpened(steps)
