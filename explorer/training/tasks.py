"""Tasks: `python -m explorer train --task NAME`: the models of the other sequence tasks from public data and a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
from torch import nn

from explorer.tasks.saved import Trained, save
from explorer.training import sources, translator, writer
from explorer.training.course import Course
from explorer.training.shelf import Shelf, digest, recipe
from explorer.training.train import bar, say, work_folder

SHARED = (
    "networks", "reading", "tasks.words",
    *(f"training.{name}" for name in ("course", "descent", "softmax", "sources", "steps")),
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """How a task's model is made: each step a function, and the modules that decide what comes out."""

    read: Callable[[Path | None], dict]
    course: Callable[[dict, int], Course]
    trained: Callable[[nn.Module, dict], Trained]
    scores: Callable[[nn.Module, dict], dict]
    about: Callable[[dict, nn.Module], dict]
    check: Callable[[], object]
    made_by: tuple[str, ...]


TRANSLATED_BY = (
    "tasks.writer",
    "tasks.translator",
    "tasks.french",
    "training.writer",
    "training.translator",
)
TASKS: dict[str, Task] = {
    "writer": Task(
        writer.read, writer.WriterCourse, writer.trained, writer.scores, writer.about, lambda: None,
        ("tasks.writer", "training.writer", "training.corpus", "training.states"),
    ),
} | {
    name: Task(
        translator.read, partial(translator.TranslatorCourse, attention=attention), partial(translator.trained, name),
        partial(translator.scores, name), translator.about, translator.library, TRANSLATED_BY,
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


def train_task(run: TaskRun) -> Trained:
    """Train one model and write it with its card; goes on where an earlier run of the same was. Raises DataError, OSError."""
    sources.check(run.data)
    TASKS[run.name].check()  # before the work, not after it
    task, shelf = TASKS[run.name], Shelf(run.work or work_folder())
    if run.fresh:
        shelf.clear()
    torch.set_num_threads(1)  # more would hardly be faster at this size, and would not give the same weights
    # the moments of words that are seldom read fade to numbers that are slow to reckon with
    torch.set_flush_denormal(True)
    by = recipe(*SHARED, *task.made_by)
    say("Reading the data …")
    corpus = shelf.once(f"task-{digest(run.name, str(run.data), by)}", lambda: task.read(run.data))
    name = f"{run.name}-{digest(str(run.data), run.seed, by)}"
    weights, note = shelf.once(name, lambda: learn(task, corpus, run, shelf, f"{name}.checkpoint"))
    shelf.drop(f"{name}.checkpoint")
    network = task.course(corpus, run.seed).network
    network.load_state_dict({key: tensor.float() for key, tensor in weights.items()})
    made = task.trained(network.eval().requires_grad_(False), corpus)
    made = replace(made, card=card(run, task, made, corpus, note))
    save(made, run.output)
    say(
        f"{run.name}: {note['steps']:,} steps in {note['minutes']} minutes, {made.card['scores']}. Written to {run.output}."
    )
    return made


def learn(task: Task, corpus: dict, run: TaskRun, shelf: Shelf, checkpoint: str) -> tuple[dict, dict]:
    """Weights in half precision by name, from a checkpoint where there is one, and what the card says of the training."""
    course = task.course(corpus, run.seed)
    state = shelf.get(checkpoint)
    if state is not None:
        course.load_state_dict(state)
    with bar(run.name) as told:
        course.run(told, partial(shelf.put, checkpoint))
    network, note = course.result()
    return {key: tensor.half() for key, tensor in network.state_dict().items()}, note


def card(run: TaskRun, task: Task, made: Trained, corpus: dict, note: dict) -> dict:
    """What is said of a model: data and licences, size, command, time, scores, and what it is bad at."""
    said = task.about(corpus, made.network)
    return {
        "name": run.name,
        "label": said.pop("label"),
        "config": made.network.config,
        "parameters": sum(tensor.numel() for tensor in made.network.parameters()),
        "words": {language: len(words) for language, words in made.words.items()},
        "command": run.command,
        "minutes": note["minutes"],
        "seed": run.seed,
        "scores": task.scores(made.network, corpus),
        **said,
        "training": note,
    }
