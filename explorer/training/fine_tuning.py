"""Fine-tuning: the teacher learns the Treebank's soft grades, from a checkpoint where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from explorer.training import distributed
from explorer.training.artifact_cache import ArtifactCache, digest
from explorer.training.optimizer_loop import OptimizerLoop
from explorer.training.teacher import ENCODER, FROZEN, LENGTH, Teacher
from explorer.training.teacher_texts import Lessons
from explorer.training.training_loop import EPOCH, START, STEP, Progress, seed_for


@dataclass(frozen=True)
class Recipe:
    """How the teacher is taught."""

    batch: int = 64
    rate: float = 4e-5
    head_rate: float = 3e-4
    warm_up: int = 80  # steps
    clip: float = 1.0


RECIPE = Recipe()
WINDOW = 40  # batches among which texts are sorted by length

Lesson = tuple[list[int], float]  # pieces of a text, P(positive)


def lesson_batches(examples: list[Lesson], draw: np.random.Generator) -> list[list[Lesson]]:
    """An epoch's batches, of texts of like length, in random order."""
    order, window = draw.permutation(len(examples)), RECIPE.batch * WINDOW
    cut = []
    for start in range(0, len(order), window):
        near = sorted(order[start : start + window], key=lambda i: len(examples[i][0]))
        cut += [near[k : k + RECIPE.batch] for k in range(0, len(near), RECIPE.batch)]
    return [[examples[i] for i in cut[k]] for k in draw.permutation(len(cut))]


class FineTuning(OptimizerLoop):
    """The teacher being taught. Under torchrun each rank reads its part of a batch."""

    checkpoint_seconds = 180.0  # a checkpoint is most of a gigabyte

    def __init__(self, epochs: list[Lessons], encoder: Path, seed: int):
        torch.manual_seed(seed_for(seed, START))
        self.teacher, self.seed = Teacher(encoder), seed
        self.batches: list[list[Lesson]] = []
        for number, epoch in enumerate(epochs):
            examples = list(
                zip(self.teacher.pieces([text for text, _ in epoch]), [target for _, target in epoch], strict=True)
            )
            self.batches += lesson_batches(examples, np.random.default_rng(seed_for(seed, EPOCH, number)))
        body = [tensor for tensor in self.teacher.body.parameters() if tensor.requires_grad]
        head = list(self.teacher.head.parameters())
        groups = [{"params": body, "rate": RECIPE.rate}, {"params": head, "rate": RECIPE.head_rate}]
        super().__init__(groups, len(self.batches), set(), RECIPE.warm_up, RECIPE.clip)

    def backward(self) -> None:
        batch = self.batches[self.step]
        torch.default_generator.manual_seed(seed_for(self.seed, STEP, self.step, distributed.rank()))
        self.teacher.train()
        mine = batch[distributed.batch_slice(len(batch))]
        if mine:
            target = torch.tensor([target for _, target in mine])
            logits = self.teacher.read([pieces for pieces, _ in mine])
            total = F.binary_cross_entropy_with_logits(logits, target, reduction="sum")
            (total / len(batch)).backward()
            self.loss = total.item() / len(mine)
        distributed.sum_gradients(self.tensors)


def teacher_key(epochs: list[Lessons], seed: int) -> str:
    """Stands for all that a teacher depends on."""
    return digest(ENCODER.hash, RECIPE, FROZEN, LENGTH, WINDOW, epochs, seed)


def fine_tune(epochs: list[Lessons], encoder: Path, cache: ArtifactCache, seed: int, progress: Progress) -> Teacher:
    """A teacher taught `epochs`, texts with P(positive), one after the other; from the cache, as far as it is there."""
    key = f"teacher-{teacher_key(epochs, seed)}"
    fine_tuning = FineTuning(epochs, encoder, seed)
    finished = distributed.broadcast(cache.get(key))
    if finished is not None:
        fine_tuning.copy_weights(finished)
        return fine_tuning.teacher.eval()
    state = distributed.broadcast(cache.get(f"{key}.checkpoint"))
    if state is not None:
        fine_tuning.load_state_dict(state)
    fine_tuning.run(progress, lambda state: cache.put(f"{key}.checkpoint", state))
    if distributed.rank() == 0:
        cache.put(key, fine_tuning.state_dict()["tensors"])
        cache.drop(f"{key}.checkpoint")
    return fine_tuning.teacher.eval()
