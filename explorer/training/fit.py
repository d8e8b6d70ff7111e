"""Fit: one lane trained on the corpus, the best of its checks on the dev texts kept.

A recurrent lane then goes on at a lower rate with more phrases of the grammar: its second part.

A fit that goes on from a checkpoint ends with the very weights of one that was never interrupted.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.core.checkpoints import Model
from explorer.core.tracing import predict
from explorer.networks.base import Network
from explorer.networks.per_word import PerWord
from explorer.networks.recurrent import Recurrent
from explorer.networks.registry import build
from explorer.reading.vocabulary import UNKNOWN
from explorer.training import ranks
from explorer.training.batches import epoch, padded
from explorer.training.corpus import Corpus, Example
from explorer.training.descent import Selected
from explorer.training.evaluate import accuracy
from explorer.training.kin import follow
from explorer.training.rows import BETAS, Rows
from explorer.training.steps import EPOCH, START, STEP, Progress, chance

WARM_UP = 200  # steps
WORD_DROPOUT, VECTOR_DROPOUT = 0.02, 0.3
EVIDENCE, LENGTH_POWER = 4.0, 0.75  # of the per-word average
SELECTION_REVIEWS = 500
SLOWER, PASSES = 0.4, 2  # of the second part: its rate, as a share of that of the first, and its epochs
SECOND = 1_000_000  # steps and epochs of the second part are numbered from here on where chance is drawn
CHOICE = f"the mean of the accuracies on SST-2 dev and on {SELECTION_REVIEWS} of the reviews held out"


@dataclass(frozen=True)
class Plan:
    """How a lane is trained. `vector_rate` is a share of `rate` and counts only in the fit that tunes the vectors."""

    config: dict
    rate: float = 2e-3
    vector_rate: float = 0.0
    clip: float = 1.0
    epochs: int = 4
    tuning_epochs: int = 5  # of the fit that tunes the vectors
    neutral: float = 0.5  # share of the Treebank's neutral phrases read each epoch
    pieces: float = 0.4  # share of what only the teacher labelled read each epoch
    tuning_pieces: float = 1.0  # the same in the fit that tunes the vectors
    further_pieces: float = 0.2  # the same in the second part
    made: float = 0.4  # share of the grammar's phrases read each epoch
    reviews: float = 0.3  # share of the reviews read each epoch


PLANS: dict[str, Plan] = {
    "gru": Plan({"units": 128, "dropout": 0.4}, vector_rate=0.45, epochs=6),
    "lstm": Plan({"units": 128, "dropout": 0.4}, epochs=6),
    "rnn": Plan({"units": 128, "dropout": 0.4}, rate=1.5e-3, clip=0.5),
    "per-word": Plan({"units": 256, "dropout": 0.4}, rate=1e-3, made=0.1, reviews=0.2),
    "concat": Plan({"units": 128, "dropout": 0.4}, rate=1e-3),
}
TUNER = "gru"  # the lane that tunes the one table of vectors; all lanes then read what it left


# ------------------------------------------------------------------------------------------------------ what is best


def measured(model: Model, texts: list[tuple[str, int]]) -> float:
    """Accuracy on texts with labels, 0…1."""
    return accuracy(predict(model, [text for text, _ in texts]), np.array([label for _, label in texts]))


def selection(corpus: Corpus, model: Model) -> float:
    """CHOICE, 0…1: what says which of two models is better."""
    found = [measured(model, corpus.dev)]
    if corpus.held_out:
        found.append(measured(model, corpus.held_out[:: max(1, len(corpus.held_out) // SELECTION_REVIEWS)]))
    return float(np.mean(found))


# -------------------------------------------------------------------------------------------------------- the losses


def evidence(lane: PerWord, x: Tensor, lengths: Tensor) -> Tensor:
    """Log-odds to train the per-word average by, (B,): EVIDENCE · T^LENGTH_POWER · (average − ½).

    An average of many words stays near one half. Asked for .95 itself, every word of a review would have to say .95;
    so it is asked for what its distance from one half says, the more the more words there are. The verdict, which
    side of one half the average is on, is the same.
    """
    average = torch.sigmoid(lane(x, lengths))
    return EVIDENCE * lengths**LENGTH_POWER * (average - 0.5)


def losses(lane: Network, x: Tensor, lengths: Tensor, target: Tensor, steps: Tensor | None) -> Tensor:
    """Cross-entropy of each text, (B,): at its end; with targets on the way half at the end, half their mean.

    Only a lane that reads step by step has something to say on the way; the others learn from `target` alone.
    """
    if isinstance(lane, PerWord):
        return F.binary_cross_entropy_with_logits(evidence(lane, x, lengths), target, reduction="none")
    if steps is None or not isinstance(lane, Recurrent):
        return F.binary_cross_entropy_with_logits(lane(x, lengths), target, reduction="none")
    logits = lane.steps(x)  # (B, T)
    end = F.binary_cross_entropy_with_logits(
        logits.gather(1, (lengths - 1)[:, None]).squeeze(1), target, reduction="none"
    )
    known = ~steps.isnan()
    each = F.binary_cross_entropy_with_logits(logits, steps.nan_to_num(0.0), reduction="none") * known
    count = known.sum(1)
    return torch.where(count > 0, 0.5 * end + 0.5 * each.sum(1) / count.clamp(min=1), end)


class Dropout(nn.Dropout):
    """Dropout with a mask drawn for the whole batch, of which this rank reads a part: the same for any number of ranks."""

    whole, part = 0, slice(None)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        return x * F.dropout(torch.ones(self.whole, *x.shape[1:]), self.p)[self.part]


# ----------------------------------------------------------------------------------------------------------- the fit


def temperature(lane: Network, logits: np.ndarray, label: np.ndarray) -> float:
    """Divide the log-odds by the temperature that fits the dev labels best (Guo et al. 2017); returns it."""
    candidates = np.exp(np.linspace(np.log(0.2), np.log(5), 300))
    signed = np.where(label == 1, logits, -logits)
    best = float(min(candidates, key=lambda t: np.logaddexp(0, -signed / t).mean()))
    with torch.no_grad():
        lane.readout.weight /= best
        lane.readout.bias /= best
    return best


class Fit(Selected):
    """One lane being trained. `state_dict` is all that the steps to come depend on.

    Under torchrun every rank reads its part of each batch and the gradients are added up; rank 0 keeps the best.
    """

    def __init__(
        self, name: str, corpus: Corpus, vectors: Tensor, seed: int, tune: bool = False, start: dict | None = None
    ):
        """`vectors` (V, E) is the table read; with `tune` its first `corpus.tuned` rows are trained as well, and their end kept.

        With `start`, the best of a first part, this is the second: PASSES with further phrases, their end kept.
        """
        self.name, self.corpus, self.vectors, self.seed, self.start = name, corpus, vectors, seed, start
        tune = tune and PLANS[name].vector_rate > 0
        self.plan = replace(PLANS[name], pieces=PLANS[name].tuning_pieces) if tune else PLANS[name]
        torch.manual_seed(chance(seed, START))
        self.network = build(name, inputs=vectors.shape[1], **self.plan.config)
        self.network.dropout = Dropout(self.network.dropout.p)
        rate, first = (self.plan.rate, 0) if start is None else (self.plan.rate * SLOWER, SECOND)
        self.first = first  # number of the first step and epoch
        groups = [{"params": list(self.network.parameters()), "rate": rate}]
        self.number, self.batches = 0, self.epoch(0)
        epochs = PASSES if start else self.plan.tuning_epochs if tune else self.plan.epochs
        total, half = len(self.batches) * epochs, len(self.batches) / 2
        looks = range(2, 2 * epochs) if not (tune or start) else ()  # of these two the end is kept
        checks = {*(round(half * k) for k in looks), total}
        super().__init__(groups, total, checks, WARM_UP, self.plan.clip, betas=BETAS)
        self.table = Rows(vectors[: corpus.tuned], total) if tune else None  # (tuned, E)
        if start is not None:
            self.take(start["weights"])
            self.average.weights = [weight.clone() for weight in start["weights"]]

    def epoch(self, number: int) -> list[list[Example]]:
        """The batches of an epoch."""
        draw = np.random.default_rng(chance(self.seed, EPOCH, self.first + number))
        return epoch(self.corpus, self.plan, draw, self.name == "concat", further=self.start is not None)

    def batch(self) -> list[Example]:
        """The batch of the step that comes."""
        number, position = divmod(self.step, len(self.batches))
        if number != self.number:
            self.number, self.batches = number, self.epoch(number)
        return self.batches[position]

    def vectors_of(self, rows: Tensor) -> Tensor:
        """Vectors of the rows of a batch, (B, T) to (B, T, E)."""
        return F.embedding(rows, self.vectors) if self.table is None else self.table.look_up(rows, self.vectors)

    def backward(self) -> None:
        """Add up this rank's share of the mean loss of the batch; chance is drawn, and words looked up, for the whole of it."""
        batch = self.batch()
        torch.default_generator.manual_seed(chance(self.seed, STEP, self.first + self.step))
        self.network.train()
        rows, lengths, target, steps = padded(batch)
        rows = torch.where((torch.rand(rows.shape) < WORD_DROPOUT) & (rows > UNKNOWN), UNKNOWN, rows)
        mask = F.dropout(torch.ones(len(batch), 1, self.vectors.shape[1]), VECTOR_DROPOUT)
        part = ranks.part(len(batch))
        self.network.dropout.whole, self.network.dropout.part = len(batch), part
        x = self.vectors_of(rows)
        if part.start < part.stop:
            steps = None if steps is None else steps[part]
            loss = losses(self.network, x[part] * mask[part], lengths[part], target[part], steps).sum()
            (loss / len(batch)).backward()
            self.loss = loss.item() / (part.stop - part.start)
        ranks.add_gradients(self.moved())

    def moved(self) -> list[Tensor]:
        return self.tensors if self.table is None else [*self.tensors, self.table.leaf]

    def advance(self) -> None:
        if self.table is None:
            return super().advance()
        self.table.rate = self.plan.rate * self.plan.vector_rate * self.pace()
        super().advance()
        self.table.move()

    def averaged(self) -> list[Tensor]:
        """The moving average of the lane, and of the table where it is trained."""
        return super().averaged() + ([] if self.table is None else [self.table.averaged()])

    def state_dict(self) -> dict:
        return super().state_dict() | {"table": self.table and self.table.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        super().load_state_dict(state)
        if self.table is not None:
            self.table.load_state_dict(state["table"])

    def model(self, weights: list[Tensor]) -> Model:
        """A model that has `weights` and is ready to read; kin get the vector that they share."""
        kept = copy.deepcopy(self.network).eval().requires_grad_(False)
        for parameter, value in zip(kept.parameters(), weights):
            parameter.copy_(value)
        rows = self.vectors if self.table is None else torch.cat([weights[-1], self.vectors[self.corpus.tuned :]])
        return Model(self.name, kept, self.corpus.vocabulary, rows[torch.from_numpy(self.corpus.kin)], {})

    def worth(self, weights: list[Tensor]) -> float:
        return selection(self.corpus, self.model(weights))

    def result(self) -> tuple[Network, Tensor, dict]:
        """The best lane, its table of vectors and what its card says of the training; the same on all ranks.

        Words that training did not see follow those that it moved.
        """
        self.best = ranks.shared(self.best)
        model = self.model(self.best["weights"])
        if self.table is not None:
            moved = follow(self.vectors.numpy(), self.best["weights"][-1].numpy(), self.corpus.tuned)
            model = replace(model, vectors=torch.from_numpy(moved[self.corpus.kin]))
        first = self.start or {"steps": 0, "step": 0, "seconds": 0.0}
        note = {
            "steps": first["steps"] + self.total,
            "kept_at_step": first["steps"] + self.best["step"],
            "seed": self.seed,
            "selection": self.best["score"],
            "minutes": round((first["seconds"] + self.seconds) / 60, 1),
        }
        if self.start:
            note["first_part"] = {"steps": first["steps"], "kept_at_step": first["step"], "selection": first["score"]}
        if self.name != "per-word":  # averaged probabilities have no log-odds of their own to divide
            p = predict(model, [text for text, _ in self.corpus.dev])
            label = np.array([label for _, label in self.corpus.dev])
            note["temperature"] = temperature(model.network, np.log(p) - np.log1p(-p), label)
        return model.network, model.vectors, note


def fit(
    name: str,
    corpus: Corpus,
    vectors: Tensor,
    seed: int,
    progress: Progress,
    tune: bool = False,
    state: dict | None = None,
    keep: Callable[[dict], None] | None = None,
) -> tuple[Network, Tensor, dict]:
    """Train a lane, from `state` where there is one. Gives the lane, its table of vectors and what its card says.

    The table comes back as it was given unless `tune` is set. `keep` gets states to go on from.
    """
    start = state and state.get("start")
    if not start:
        one = Fit(name, corpus, vectors, seed, tune)
        if state is not None:
            one.load_state_dict(state)
        one.run(progress, keep)
        if tune or not (corpus.further and one.network.recurrent):
            return one.result()
        start, state = ranks.shared(one.best | {"steps": one.total, "seconds": one.seconds}), None
    two = Fit(name, corpus, vectors, seed, start=start)
    if state is not None:
        two.load_state_dict(state)
    two.run(progress, keep and (lambda state: keep(state | {"start": start})))
    return two.result()
