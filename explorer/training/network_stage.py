"""The third stage of a run: every network from every seed, trained and measured, several side by side."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from tqdm import tqdm

from explorer.core.checkpoints import Model
from explorer.evaluation import scores
from explorer.networks.base import Network
from explorer.networks.registry import build
from explorer.training import distributed
from explorer.training.artifact_cache import ArtifactCache, code_digest, digest
from explorer.training.console import progress_bar
from explorer.training.corpus import Corpus
from explorer.training.corpus_stage import unpack
from explorer.training.plans import PLANS
from explorer.training.processes import run_in_processes
from explorer.training.run import Run
from explorer.training.trainer import CODE as TRAINING_CODE
from explorer.training.trainer import train_network
from explorer.training.validation import validation_score

MEASURING_CODE = ("explorer.core.tracing", "explorer.analysis.measures", "explorer.evaluation")
LONGEST_FIRST = ("lstm", "gru", "rnn", "concat", "per-word")  # the order in which jobs start


@dataclass(frozen=True)
class Job:
    """One network from one seed. `corpus` and `table` are keys of the cache in the folder `cache`."""

    name: str
    seed: int
    cache: Path
    corpus: str
    table: str

    def __str__(self) -> str:
        return f"{self.name} from seed {self.seed}"

    @property
    def fitted(self) -> str:
        """The key of the trained network."""
        parts = digest(self.corpus, self.table, asdict(PLANS[self.name]), self.seed, code_digest(*TRAINING_CODE))
        return f"{self.name}-{parts}"

    @property
    def measured(self) -> str:
        """The key of its scores."""
        return f"scores-{digest(self.fitted, code_digest(*MEASURING_CODE))}"


@dataclass(frozen=True)
class Trained:
    """What the cache holds of a job: {"config", "weights", "note"} of the network in half precision, and its scores."""

    fitted: dict[str, Any]
    measured: dict[str, Any]


def network_stage(run: Run, cache: ArtifactCache, corpus_key: str, table_key: str) -> dict[tuple[str, int], Trained]:
    """All networks by name and seed, on all ranks. Raises ChildProcessError."""
    order = sorted(run.names, key=LONGEST_FIRST.index)
    jobs = [Job(name, seed, cache.folder, corpus_key, table_key) for seed in run.seeds for name in order]
    own = distributed.share(jobs)
    work = partial(do_alone, first_position=distributed.rank() * run.jobs)
    run_in_processes(work, [job for job in own if job.measured not in cache], run.jobs)
    return distributed.gather(
        {(job.name, job.seed): Trained(cache.get(job.fitted), cache.get(job.measured)) for job in own}
    )


def do_alone(job: Job, place: int, first_position: int) -> None:
    """Do a job in a process that is there for nothing else, its bar in the line of its place."""
    torch.set_num_threads(1)
    do(job, first_position + place)


def do(job: Job, position: int) -> None:
    """Train one network from one seed and measure it; all that is needed and made is in the cache."""
    cache = ArtifactCache(job.cache)
    corpus, vectors = unpack(cache.get(job.corpus)), cache.get(job.table)["vectors"].float()
    fitted = cache.get_or_make(job.fitted, lambda: fit(job, corpus, vectors, cache, position))
    cache.drop(f"{job.fitted}.checkpoint")
    model = Model(job.name, restored(job.name, fitted), corpus.vocabulary, vectors, {})
    measured = cache.get_or_make(job.measured, lambda: measure(model, corpus))
    note = fitted["note"]
    steps = f"{note['steps']:,} steps in {note['minutes']} minutes, kept {note['kept_at_step']:,}"
    tqdm.write(f"{job.name}, seed {job.seed}: {steps}, dev {measured['selection']:.4f}", file=sys.stderr)


def fit(job: Job, corpus: Corpus, vectors: Tensor, cache: ArtifactCache, position: int) -> dict[str, Any]:
    """A network as it is shipped, in half precision, from a checkpoint where there is one."""
    checkpoint = f"{job.fitted}.checkpoint"
    state, save = cache.get(checkpoint), partial(cache.put, checkpoint)
    with progress_bar(f"{job.name} {job.seed}", position=position) as progress:
        network, _, note = train_network(job.name, corpus, vectors, job.seed, progress, state=state, save=save)
    weights = {key: tensor.half() for key, tensor in network.state_dict().items()}
    return {"config": network.config, "weights": weights, "note": note}


def restored(name: str, fitted: dict[str, Any]) -> Network:
    """A network from the cache, with the very numbers that are shipped."""
    network = build(name, **fitted["config"])
    network.load_state_dict({key: tensor.float() for key, tensor in fitted["weights"].items()})
    return network.eval().requires_grad_(False)


def measure(model: Model, corpus: Corpus) -> dict[str, Any]:
    """What decides which seed is shipped, and all that a card says of a model's behaviour."""
    examination = scores.examine(model, dev_texts(corpus))
    return {"selection": validation_score(corpus, model), **examination.for_card()}


def dev_texts(corpus: Corpus) -> scores.Texts:
    """The texts that models are measured on."""
    return scores.Texts(corpus.dev, corpus.held_out, corpus.dev_phrases)
