"""`python -m explorer train --task NAME`: the models of the other sequence tasks from public data and a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from explorer.core import manifest
from explorer.evaluation import datasets
from explorer.tasks.saved import Trained, save
from explorer.training import translator, writer
from explorer.training.artifact_cache import ArtifactCache, code_digest, digest
from explorer.training.console import print_line, progress_bar
from explorer.training.run import work_folder
from explorer.training.task_trainer import TaskTrainer

SHARED = (
    "explorer.networks", "explorer.reading", "explorer.tasks.words", "explorer.evaluation.datasets",
    *(f"explorer.training.{name}" for name in ("optimizer_loop", "sampled_softmax", "task_trainer", "training_loop")),
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """How a task's model is made: each step a function, and the modules that decide what comes out."""

    read: Callable[[Path | None], dict[str, Any]]
    trainer: Callable[[dict[str, Any], int], TaskTrainer[Any]]
    trained: Callable[[Any, dict[str, Any]], Trained]
    scores: Callable[[Any, dict[str, Any]], dict[str, Any]]
    about: Callable[[dict[str, Any], Any], dict[str, Any]]
    check: Callable[[], object]
    code: tuple[str, ...]


TRANSLATOR_CODE = (
    "explorer.tasks.writer",
    "explorer.tasks.translator",
    "explorer.tasks.french",
    "explorer.training.translator",
)
TASKS: dict[str, Task] = {
    "writer": Task(
        writer.read, writer.WriterTrainer, writer.trained, writer.scores, writer.about, lambda: None,
        ("explorer.tasks.writer", "explorer.training.writer", "explorer.training.reviews"),
    ),
} | {
    name: Task(
        translator.read, partial(translator.TranslatorTrainer, attention=attention), partial(translator.trained, name),
        partial(translator.scores, name), translator.about, translator.library, TRANSLATOR_CODE,
    )
    for name, attention in (("translator", False), ("translator-attention", True))
}  # fmt: skip


@dataclass(frozen=True)
class TaskRun:
    """What is to be trained, from which data and seed, and where it goes."""

    name: str
    data: Path | None
    output: Path
    seed: int = 0
    work: Path | None = None  # None: in the user's cache
    fresh: bool = False

    @property
    def command(self) -> str:
        """The command that trains the same again, on a machine that has the data."""
        return f"python -m explorer train --task {self.name} --seed {self.seed}"


@contextmanager
def flushed_denormals() -> Iterator[None]:
    """The smallest numbers count as zero: moments of words that are seldom read fade to such, and they are slow."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


@flushed_denormals()
def train_task(run: TaskRun) -> Trained:
    """Train one model and write it with its card; goes on where an earlier run of the same was.

    Raises DataError, OSError, WeightsError.
    """
    datasets.check(run.data)
    manifest.read(run.output)  # a broken one is told before the work, not after it
    TASKS[run.name].check()  # before the work, not after it
    task, cache = TASKS[run.name], ArtifactCache(run.work or work_folder())
    if run.fresh:
        cache.clear()
    torch.set_num_threads(1)  # more would hardly be faster at this size, and would not give the same weights
    code = code_digest(*SHARED, *task.code)
    print_line("Reading the data …")
    corpus = cache.get_or_make(f"task-{digest(run.name, str(run.data), code)}", lambda: task.read(run.data))
    key = f"{run.name}-{digest(str(run.data), run.seed, code)}"
    weights, note = cache.get_or_make(key, lambda: fit(task, corpus, run, cache, f"{key}.checkpoint"))
    cache.drop(f"{key}.checkpoint")
    network = task.trainer(corpus, run.seed).network
    network.load_state_dict({key: tensor.float() for key, tensor in weights.items()})
    model = task.trained(network.eval().requires_grad_(False), corpus)
    model = replace(model, card=card(run, task, model, corpus, note))
    save(model, run.output)
    summary = f"{note['steps']:,} steps in {note['minutes']} minutes, {model.card['scores']}"
    print_line(f"{run.name}: {summary}. Written to {run.output}.")
    return model


def fit(
    task: Task, corpus: dict[str, Any], run: TaskRun, cache: ArtifactCache, checkpoint: str
) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Weights in half precision by name, from a checkpoint where there is one, and what the card says of the
    training."""
    trainer = task.trainer(corpus, run.seed)
    state = cache.get(checkpoint)
    if state is not None:
        trainer.load_state_dict(state)
    with progress_bar(run.name) as progress:
        trainer.run(progress, partial(cache.put, checkpoint))
    network, note = trainer.result()
    return {key: tensor.half() for key, tensor in network.state_dict().items()}, note


def card(run: TaskRun, task: Task, model: Trained, corpus: dict[str, Any], note: dict[str, Any]) -> dict[str, Any]:
    """What is said of a model: data and licences, size, command, time, scores, and what it is bad at."""
    about = task.about(corpus, model.network)
    return {
        "name": run.name,
        "label": about.pop("label"),
        "config": model.network.config,
        "parameters": sum(tensor.numel() for tensor in model.network.parameters()),
        "words": {language: len(words) for language, words in model.words.items()},
        "command": run.command,
        "minutes": note["minutes"],
        "seed": run.seed,
        "scores": task.scores(model.network, corpus),
        **about,
        "training": note,
    }
