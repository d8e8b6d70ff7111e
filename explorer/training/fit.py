"""Fit: one lane trained on the corpus, the best of its checks on the dev split kept."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from explorer.models import Lane, Recurrent, build
from explorer.text import UNKNOWN
from explorer.trace import predict
from explorer.training.corpus import Corpus, Example
from explorer.training.evaluate import accuracy
from explorer.weights import Model

BATCH, REVIEW_BATCH, CROP = 64, 16, 200  # phrases, reviews, words of a review
NEUTRAL = (0.4, 0.6)  # targets between these say nothing
WARM_UP, DECAY = 200, 0.998  # steps; of the moving average of the weights
WORD_DROPOUT, VECTOR_DROPOUT = 0.02, 0.3


@dataclass(frozen=True)
class Plan:
    """How a lane is trained. `vector_rate` is a share of `rate`; 0 leaves the vectors as they are."""

    config: dict
    rate: float = 2e-3
    vector_rate: float = 0.0
    clip: float = 1.0
    epochs: int = 6
    neutral: float = 0.5  # share of the neutral phrases read each epoch
    reviews: bool = True


PLANS: dict[str, Plan] = {
    "gru": Plan({"units": 128, "dropout": 0.4}, vector_rate=0.45),
    "lstm": Plan({"units": 128, "dropout": 0.4}),
    "rnn": Plan({"units": 128, "dropout": 0.4}, rate=1.5e-3, clip=0.5),
    "per-word": Plan({"units": 128, "dropout": 0.2}, reviews=False),
    "concat": Plan({"units": 128, "dropout": 0.4}, rate=1e-3),
}
TUNER = "gru"  # the lane that tunes the one table of vectors; the others read what it left


def batches(examples: list[Example], size: int, draw: np.random.Generator) -> list[list[Example]]:
    """Batches of like length in random order."""
    order = draw.permutation(len(examples))
    length = np.array([len(examples[i][0]) for i in order])
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


def crop(rows: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """At most CROP words of a review: half of the time its end, else from anywhere."""
    if len(rows) <= CROP:
        return rows
    start = len(rows) - CROP if draw.random() < 0.5 else draw.integers(len(rows) - CROP + 1)
    return rows[start : start + CROP]


def epoch(corpus: Corpus, plan: Plan, draw: np.random.Generator, whole: bool) -> Iterator[tuple[list[Example], bool]]:
    """All batches of an epoch, phrases and reviews mixed: the batch, and whether it is one of reviews."""
    low, high = NEUTRAL
    short = [
        example for example in corpus.phrases if not low < example[1] < high or draw.random() < plan.neutral
    ]
    mixed = [(batch, False) for batch in batches(short, BATCH, draw)]
    if plan.reviews:
        long = [(rows[:CROP] if whole else crop(rows, draw), target) for rows, target in corpus.reviews]
        mixed += [(batch, True) for batch in batches(long, REVIEW_BATCH, draw)]
    return (mixed[k] for k in draw.permutation(len(mixed)))


def padded(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Rows (B, T), lengths (B,) and targets (B,) of a batch."""
    lengths = torch.tensor([len(rows) for rows, _ in batch])
    rows = torch.zeros(len(batch), int(lengths.max()), dtype=torch.long)
    for i, (words, _) in enumerate(batch):
        rows[i, : len(words)] = torch.from_numpy(words)
    return rows, lengths, torch.tensor([target for _, target in batch], dtype=torch.float32)


def look_up(rows: Tensor, table: Tensor, vectors: Tensor) -> Tensor:
    """Vectors of rows, (B, T) to (B, T, E): those that are tuned from `table`, the rest as they were given."""
    tuned = rows < len(table)
    return torch.where(tuned[..., None], F.embedding(torch.where(tuned, rows, 0), table), F.embedding(rows, vectors))


def loss_of(lane: Lane, x: Tensor, lengths: Tensor, target: Tensor, review: bool) -> Tensor:
    """Cross-entropy at the end; for a review read step by step, half of it over the later half of the steps."""
    if not (review and isinstance(lane, Recurrent)):
        return F.binary_cross_entropy_with_logits(lane(x, lengths), target)
    logits = lane.steps(x)  # (B, T)
    each = F.binary_cross_entropy_with_logits(logits, target[:, None].expand_as(logits), reduction="none")
    step = torch.arange(x.shape[1])
    later = (step >= lengths[:, None] // 2) & (step < lengths[:, None])
    last = each.gather(1, (lengths - 1)[:, None]).mean()
    return 0.5 * last + 0.5 * (each * later).sum() / later.sum()


class Average:
    """Exponential moving average of the weights; `weights` is the one to keep."""

    def __init__(self, tensors: list[Tensor]):
        self.tensors = tensors
        self.weights = [tensor.detach().clone() for tensor in tensors]
        self.steps = 0

    @torch.no_grad()
    def follow(self) -> None:
        self.steps += 1
        decay = min(DECAY, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(self.weights, [tensor.detach() for tensor in self.tensors], 1 - decay)


def temperature(lane: Lane, logits: np.ndarray, label: np.ndarray) -> float:
    """Divide the log-odds by the temperature that fits the dev labels best (Guo et al. 2017); returns it."""
    candidates = np.exp(np.linspace(np.log(0.2), np.log(5), 300))
    signed = np.where(label == 1, logits, -logits)
    best = float(min(candidates, key=lambda t: np.logaddexp(0, -signed / t).mean()))
    with torch.no_grad():
        lane.readout.weight /= best
        lane.readout.bias /= best
    return best


def fit(
    name: str, corpus: Corpus, vectors: Tensor, seed: int, progress: Callable[[int, int, str], None]
) -> tuple[Lane, Tensor, dict]:
    """Train a lane. Gives the lane, the table of vectors (changed only by the tuner) and what its card says of it.

    `progress` is called with steps done, steps in all and a word on how it stands.
    """
    plan = PLANS[name]
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    lane = build(name, inputs=vectors.shape[1], **plan.config)
    table = vectors[: corpus.tuned].clone().requires_grad_(plan.vector_rate > 0)
    groups = [{"params": list(lane.parameters()), "lr": plan.rate}]
    if table.requires_grad:
        groups.append({"params": [table], "lr": plan.rate * plan.vector_rate, "weight_decay": 0.0})
    tensors = [tensor for group in groups for tensor in group["params"]]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    per_epoch = len(list(epoch(corpus, plan, np.random.default_rng(seed), name == "concat")))
    total = per_epoch * plan.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / total)
    )
    average, best, step = Average(tensors), (-1.0, None, None, 0), 0
    checks = {round(per_epoch * half / 2) for half in range(2, 2 * plan.epochs + 1)}
    texts, label = [text for text, _ in corpus.dev], np.array([label for _, label in corpus.dev])

    def check() -> tuple[float, Lane, Tensor, int]:
        kept = copy.deepcopy(lane).eval().requires_grad_(False)
        for parameter, mean in zip(kept.parameters(), average.weights):
            parameter.copy_(mean)
        rows = torch.cat([average.weights[-1], vectors[corpus.tuned :]]) if table.requires_grad else vectors
        score = accuracy(predict(Model(name, kept, corpus.vocabulary, rows, {}), texts), label)
        return score, kept, rows, step

    while step < total:
        for batch, review in epoch(corpus, plan, draw, name == "concat"):
            lane.train()
            rows, lengths, target = padded(batch)
            rows = torch.where((torch.rand(rows.shape) < WORD_DROPOUT) & (rows > UNKNOWN), UNKNOWN, rows)
            x = look_up(rows, table, vectors)  # (B, T, E)
            x = x * F.dropout(torch.ones(len(batch), 1, x.shape[2]), VECTOR_DROPOUT)
            loss = loss_of(lane, x, lengths, target, review)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tensors, plan.clip)
            optimizer.step()
            schedule.step()
            average.follow()
            step += 1
            if step in checks or step == total:
                found = check()
                best = max(best, found, key=lambda one: one[0])
            if step % 50 == 0 or step == total:
                progress(step, total, f"loss {loss.item():.3f}, best dev {best[0]:.3f}")
            if step == total:
                break

    _, kept, rows, at = best
    note = {"steps": total, "kept_at_step": at, "seed": seed}
    if name != "per-word":  # averaged probabilities have no log-odds of their own to divide
        p = predict(Model(name, kept, corpus.vocabulary, rows, {}), texts)
        note["temperature"] = temperature(kept, np.log(p) - np.log1p(-p), label)
    return kept, rows, note
