"""The trainer: one network trained on the corpus, the average of its weights with the best validation score kept.

A recurrent network then goes on at a lower rate with more phrases made by rules: its second stage.

A training that goes on from a checkpoint ends with the very weights of one that was never interrupted.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from explorer.core.checkpoints import Model
from explorer.core.tracing import predict
from explorer.networks.base import Network
from explorer.networks.registry import build
from explorer.reading.vocabulary import UNKNOWN
from explorer.training import distributed
from explorer.training.batches import epoch_batches, padded
from explorer.training.corpus import Corpus
from explorer.training.lazy_adam import LazyAdam
from explorer.training.losses import BatchDropout, losses
from explorer.training.optimizer_loop import BETAS, ValidatedLoop
from explorer.training.plans import PLANS
from explorer.training.targets import Example
from explorer.training.tied_embeddings import move_untrained
from explorer.training.training_loop import EPOCH, START, STEP, Progress, seed_for
from explorer.training.validation import fit_temperature, validation_score

WARM_UP = 200  # steps
WORD_DROPOUT, VECTOR_DROPOUT = 0.02, 0.3
SECOND_RATE, SECOND_EPOCHS = 0.4, 2  # of the second stage: its rate, as a share of that of the first, and its epochs
SECOND = 1_000_000  # steps and epochs of the second stage are numbered from here on where seeds are drawn

# The modules on which the outcome depends, for the keys of the artifact cache.
CODE = ("explorer.networks", *(f"explorer.training.{name}" for name in (
    "batches", "lazy_adam", "losses", "optimizer_loop", "targets", "tied_embeddings", "trainer",
    "training_loop", "validation",
)))  # fmt: skip

State = dict[str, Any]


class Trainer(ValidatedLoop):
    """One network being trained. `state_dict` is all that the steps to come depend on.

    Under torchrun every rank reads its part of each batch and the gradients are added up; rank 0 validates.
    """

    def __init__(
        self, name: str, corpus: Corpus, vectors: Tensor, seed: int, tune: bool = False, start: State | None = None
    ):
        """`vectors` (V, E) is the table read; with `tune` its first `corpus.tuned` rows are trained as well, and their
        end kept.

        With `start`, the best of a first stage, this is the second: SECOND_EPOCHS with further phrases, their end kept.
        """
        self.name, self.corpus, self.vectors, self.seed, self.start = name, corpus, vectors, seed, start
        tune = tune and PLANS[name].vector_rate > 0
        self.plan = replace(PLANS[name], pieces=PLANS[name].tuning_pieces) if tune else PLANS[name]
        torch.manual_seed(seed_for(seed, START))
        self.network = build(name, inputs=vectors.shape[1], **self.plan.config)
        self.dropout = BatchDropout(self.network.dropout.p)
        self.network.dropout = self.dropout
        rate = self.plan.rate if start is None else self.plan.rate * SECOND_RATE
        self.first = 0 if start is None else SECOND  # number of the first step and epoch
        groups = [{"params": list(self.network.parameters()), "rate": rate}]
        self.number, self.batches = 0, self.epoch(0)
        epochs = SECOND_EPOCHS if start else self.plan.tuning_epochs if tune else self.plan.epochs
        total, half = len(self.batches) * epochs, len(self.batches) / 2
        inner = range(2, 2 * epochs) if not (tune or start) else ()  # of these two the end is kept
        validate_at = {*(round(half * k) for k in inner), total}
        super().__init__(groups, total, validate_at, WARM_UP, self.plan.clip, betas=BETAS)
        self.table = LazyAdam(vectors[: corpus.tuned], total) if tune else None  # (tuned, E)
        if start is not None:
            self.copy_weights(start["weights"])
            self.average.weights = [weight.clone() for weight in start["weights"]]

    def epoch(self, number: int) -> list[list[Example]]:
        """The batches of an epoch."""
        draw = np.random.default_rng(seed_for(self.seed, EPOCH, self.first + number))
        whole = self.name == "concat"
        return epoch_batches(self.corpus, self.plan, draw, whole, further=self.start is not None)

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
        """Add up this rank's share of the mean loss of the batch; masks are drawn, and words looked up, for the whole
        of it."""
        batch = self.batch()
        torch.default_generator.manual_seed(seed_for(self.seed, STEP, self.first + self.step))
        self.network.train()
        rows, lengths, target, steps = padded(batch)
        rows = torch.where((torch.rand(rows.shape) < WORD_DROPOUT) & (rows > UNKNOWN), UNKNOWN, rows)
        mask = F.dropout(torch.ones(len(batch), 1, self.vectors.shape[1]), VECTOR_DROPOUT)
        part = distributed.batch_slice(len(batch))
        self.dropout.batch_size, self.dropout.batch_slice = len(batch), part
        x = self.vectors_of(rows)
        if part.start < part.stop:
            steps = None if steps is None else steps[part]
            loss = losses(self.network, x[part] * mask[part], lengths[part], target[part], steps).sum()
            (loss / len(batch)).backward()
            self.loss = loss.item() / (part.stop - part.start)
        distributed.sum_gradients(self.gradient_tensors())

    def gradient_tensors(self) -> list[Tensor]:
        return self.tensors if self.table is None else [*self.tensors, self.table.leaf]

    def advance(self) -> None:
        if self.table is not None:
            self.table.rate = self.plan.rate * self.plan.vector_rate * self.rate_factor()
        super().advance()
        if self.table is not None:
            self.table.advance()

    def averaged_weights(self) -> list[Tensor]:
        """The moving average of the network, and of the table where it is trained."""
        return super().averaged_weights() + ([] if self.table is None else [self.table.averaged()])

    def state_dict(self) -> State:
        return super().state_dict() | {"table": self.table and self.table.state_dict()}

    def load_state_dict(self, state: State) -> None:
        super().load_state_dict(state)
        if self.table is not None:
            self.table.load_state_dict(state["table"])

    def model(self, weights: list[Tensor]) -> Model:
        """A model that has `weights` and is ready to read; tied words get the vector that they share."""
        network = copy.deepcopy(self.network).eval().requires_grad_(False)
        for parameter, value in zip(network.parameters(), weights, strict=False):  # those of the table come last
            parameter.copy_(value)
        rows = self.vectors if self.table is None else torch.cat([weights[-1], self.vectors[self.corpus.tuned :]])
        return Model(self.name, network, self.corpus.vocabulary, rows[torch.from_numpy(self.corpus.tied)], {})

    def validation_score(self, weights: list[Tensor]) -> float:
        return validation_score(self.corpus, self.model(weights))

    def result(self) -> tuple[Network, Tensor, dict[str, Any]]:
        """The best network, its table of vectors and what its card says of the training; the same on all ranks.

        Words that training did not see follow those that it moved.
        """
        self.best = distributed.broadcast(self.best)
        model = self.model(self.best["weights"])
        if self.table is not None:
            moved = move_untrained(self.vectors.numpy(), self.best["weights"][-1].numpy(), self.corpus.tuned)
            model = replace(model, vectors=torch.from_numpy(moved[self.corpus.tied]))
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
            note["temperature"] = fit_temperature(model.network, np.log(p) - np.log1p(-p), label)
        return model.network, model.vectors, note


def train_network(
    name: str,
    corpus: Corpus,
    vectors: Tensor,
    seed: int,
    progress: Progress,
    tune: bool = False,
    state: State | None = None,
    save: Callable[[State], None] | None = None,
) -> tuple[Network, Tensor, dict[str, Any]]:
    """Train a network, from `state` where there is one. Gives it, its table of vectors and what its card says.

    The table comes back as it was given unless `tune` is set. `save` gets states to go on from.
    """
    start = state and state.get("start")
    if not start:
        first = Trainer(name, corpus, vectors, seed, tune)
        if state is not None:
            first.load_state_dict(state)
        first.run(progress, save)
        if tune or not (corpus.further and first.network.recurrent):
            return first.result()
        start = distributed.broadcast(first.best | {"steps": first.total, "seconds": first.seconds})
        state = None
    second = Trainer(name, corpus, vectors, seed, start=start)
    if state is not None:
        second.load_state_dict(state)
    second.run(progress, save and (lambda state: save(state | {"start": start})))
    return second.result()
