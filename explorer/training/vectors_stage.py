"""The second stage of a run: the one table of vectors that all networks read, tuned by one of them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import partial
from typing import Any

import torch

from explorer.core.checkpoints import load_vectors
from explorer.evaluation.datasets import DataError
from explorer.training import distributed
from explorer.training.artifact_cache import ArtifactCache, code_digest, digest
from explorer.training.console import print_line, progress_bar
from explorer.training.corpus import Corpus
from explorer.training.plans import PLANS, TUNER
from explorer.training.run import Run
from explorer.training.trainer import CODE, train_network


def vectors_stage(run: Run, cache: ArtifactCache, corpus_key: str, corpus: Corpus) -> tuple[str, dict[str, Any]]:
    """The table's key in the cache, and the table as it is shipped: {"vectors": (V, E) half precision, "note"}.

    Without the tuner among the networks to train, the vectors in the output folder serve. Raises DataError if they are
    of other words than the corpus.
    """
    if TUNER not in run.names:
        return vectors_in_output(run, cache, corpus)
    seed = run.seeds[0]
    key = f"table-{digest(corpus_key, asdict(PLANS[TUNER]), seed, code_digest(*CODE))}"
    checkpoint = f"{key}.checkpoint"
    table = distributed.broadcast(cache.get(key))
    if table is None:
        state, first = distributed.broadcast(cache.get(checkpoint)), torch.from_numpy(corpus.vectors)
        save = partial(cache.put, checkpoint)
        with progress_bar("vectors") as progress:
            _, vectors, note = train_network(TUNER, corpus, first, seed, progress, tune=True, state=state, save=save)
        table = distributed.broadcast({"vectors": vectors.half(), "note": note})
        print_line(f"vectors: tuned by the {TUNER} in {note['minutes']} minutes, dev {note['selection']:.4f}")
    if key not in cache:
        cache.put(key, table)
    cache.drop(checkpoint)
    return key, table


def vectors_in_output(run: Run, cache: ArtifactCache, corpus: Corpus) -> tuple[str, dict[str, Any]]:
    """The vectors that lie in the output folder. Raises DataError."""
    vocabulary, vectors = load_vectors(run.output)
    if vocabulary.words != corpus.vocabulary.words:
        raise DataError(
            f"The word vectors in {run.output} are of other words than this corpus. Train {TUNER} too, it makes "
            "them anew."
        )
    key = f"table-{hashlib.sha256(vectors.numpy().tobytes()).hexdigest()[:16]}"
    return key, cache.get_or_make(key, lambda: {"vectors": vectors.half(), "note": {}})
