"""The first stage of a run: the corpus, with the teacher's pseudo-labels in it if there is a teacher."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from explorer.reading.vocabulary import SPECIAL, Vocabulary
from explorer.training import corpus as corpora
from explorer.training import distributed, pseudo_labels, teacher
from explorer.training.artifact_cache import ArtifactCache, code_digest, digest
from explorer.training.console import print_line, progress_bar
from explorer.training.corpus import Corpus
from explorer.training.run import Run
from explorer.training.teacher_texts import texts_to_label, texts_to_teach

CODE = (
    "explorer.reading",
    "explorer.evaluation.data_files",
    "explorer.evaluation.datasets",
    "explorer.evaluation.neutral_phrases",
    "explorer.training.augmentation",
    "explorer.training.data",
    *(
        f"explorer.training.{name}"
        for name in (
            "corpus", "fine_tuning", "pseudo_labels", "reviews", "targets", "teacher", "teacher_texts",
            "tied_embeddings", "treebank",
        )
    ),
)  # fmt: skip


def corpus_stage(run: Run, cache: ArtifactCache) -> tuple[str, Corpus]:
    """The key of the corpus in the cache, and the corpus. Raises DataError."""
    data, seed = run.data and run.data.resolve(), run.seeds[0]
    key = f"corpus-{digest(str(data), seed, run.teacher, code_digest(*CODE))}"
    packed = distributed.broadcast(cache.get(key))
    if packed is None:
        print_line("Reading the data …")
        labels = text_labels(run, cache) if run.teacher else None
        rank_0 = distributed.rank() == 0
        packed = distributed.broadcast(pack(corpora.build_corpus(run.data, seed, labels)) if rank_0 else None)
        if run.teacher:
            packed = pack(described(run, cache, unpack(packed)))
        if rank_0:
            cache.put(key, packed)
    if key not in cache:  # a machine whose work folder is its own
        cache.put(key, packed)
    return key, unpack(packed)


def pack(corpus: Corpus) -> dict[str, Any]:
    """A corpus as plain values by name; of its vocabulary the words."""
    return vars(corpus) | {"vocabulary": corpus.vocabulary.words[len(SPECIAL) :]}


def unpack(packed: dict[str, Any]) -> Corpus:
    """The corpus that `pack` made plain."""
    return Corpus(**packed | {"vocabulary": Vocabulary(packed["vocabulary"])})


def text_labels(run: Run, cache: ArtifactCache) -> np.ndarray:
    """The teacher's pseudo-labels of the texts that the corpus asks for: log-odds, (N,) float32."""
    teacher.libraries()
    rank_0 = distributed.rank() == 0
    texts = distributed.broadcast(texts_to_label(run.data, run.seeds[0]) if rank_0 else None)
    return ask(run, cache, pseudo_labels.LABELS, texts)


def described(run: Run, cache: ArtifactCache, corpus: Corpus) -> Corpus:
    """The corpus with what the teacher makes of each word of the vocabulary beside its vector."""
    words = list(corpus.vocabulary.words[len(SPECIAL) :])
    return corpora.with_descriptions(corpus, ask(run, cache, pseudo_labels.WORDS, words))


def ask(run: Run, cache: ArtifactCache, question: str, texts: list[str]) -> np.ndarray:
    """What the teacher says of texts, a row each; all ranks share the work."""
    seed = run.seeds[0]
    epochs = distributed.broadcast(texts_to_teach(run.data, seed) if distributed.rank() == 0 else None)
    torch.set_num_threads(distributed.threads())
    return pseudo_labels.ask(question, epochs, texts, run.data, cache, seed, progress_bar)
