"""Train: all of `pretrained/` from public data and a seed, in stages of which none is done twice.

corpus (with the teacher's pseudo-labels) → table of vectors, tuned by one network → every network from every seed →
files. What is finished lies in the artifact cache, so a run that was broken off goes on where it was.
"""

from __future__ import annotations

import torch

from explorer.core import manifest
from explorer.evaluation import datasets
from explorer.training import distributed
from explorer.training.artifact_cache import ArtifactCache
from explorer.training.corpus_stage import corpus_stage
from explorer.training.network_stage import network_stage
from explorer.training.output_stage import output_stage
from explorer.training.run import Run, work_folder
from explorer.training.vectors_stage import vectors_stage


def train(run: Run) -> None:
    """Train what is asked for and write it into the output folder. Raises DataError, OSError, WeightsError."""
    datasets.check(run.data)
    manifest.read(run.output)  # a broken one is told before the work, not after it
    with distributed.process_group():
        cache = ArtifactCache(run.work or work_folder())
        if run.fresh and distributed.rank() == 0:
            cache.clear()
        distributed.broadcast(None)  # nobody looks before the cache is clear
        corpus_key, corpus = corpus_stage(run, cache)
        torch.set_num_threads(1)  # more would not be faster at this size, and would not give the same weights
        table_key, table = vectors_stage(run, cache, corpus_key, corpus)
        trained = network_stage(run, cache, corpus_key, table_key)
        if distributed.rank() == 0:
            output_stage(run, corpus, table, trained)
