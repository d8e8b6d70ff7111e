"""Pseudo-labels: what the teacher says of texts, kept in shards until the whole is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from explorer.training import distributed
from explorer.training.artifact_cache import ArtifactCache, digest
from explorer.training.fine_tuning import fine_tune, teacher_key
from explorer.training.teacher import Teacher, find, libraries
from explorer.training.teacher_texts import Lessons
from explorer.training.training_loop import Progress

PIECES_AT_ONCE, SHARD = 2_048, 2_048  # pieces of words read at once; texts kept at once
LABELS, WORDS = "labels", "words"  # log-odds of texts, (N,); what words mean, (N, H)
QUESTIONS: dict[str, Callable[[Teacher, list[list[int]]], Tensor]] = {LABELS: Teacher.read, WORDS: Teacher.describe}

Bar = Callable[[str, str], AbstractContextManager[Progress]]  # a progress bar of a title and a unit


@torch.no_grad()
def answer(
    question: str, texts: list[str], teacher: Teacher, cache: ArtifactCache, key: str, progress: Progress
) -> np.ndarray:
    """What QUESTIONS gives of each text, (N, ...), in shards that the processes share; shards in the cache are not read
    again."""
    pieces = teacher.pieces(texts)
    order = np.argsort([len(text) for text in pieces], kind="stable")
    shards = [order[start : start + SHARD] for start in range(0, len(order), SHARD)]
    own = distributed.share(range(len(shards)))
    answers: dict[int, np.ndarray] = {}
    for number in own:
        shard = cache.get(f"{key}.{number}")
        if shard is None:
            shard = read_shard(question, [pieces[i] for i in shards[number]], teacher)
            cache.put(f"{key}.{number}", shard)
        answers[number] = shard
        progress(len(answers), len(own), "")
    answers = distributed.gather(answers)
    first = next(iter(answers.values()))
    whole = np.zeros((len(texts), *first.shape[1:]), first.dtype)
    for number, shard in answers.items():
        whole[shards[number]] = shard
    return whole


def read_shard(question: str, pieces: list[list[int]], teacher: Teacher) -> np.ndarray:
    """The answers to one question on the texts of a shard, given as pieces."""
    count = max(1, PIECES_AT_ONCE // max(map(len, pieces)))
    parts = [QUESTIONS[question](teacher, pieces[k : k + count]) for k in range(0, len(pieces), count)]
    answers: np.ndarray = torch.cat(parts).numpy()
    return answers


def ask(
    question: str,
    epochs: list[Lessons],
    texts: list[str],
    data: Path | None,
    cache: ArtifactCache,
    seed: int,
    bar: Bar,
) -> np.ndarray:
    """What a teacher of `epochs` says of texts: their LABELS, log-odds (N,) float32, or of WORDS what they mean, (N,
    H).

    Each stage is kept in the cache; with the answers there, nothing is loaded. Raises DataError.
    """
    key = f"{question}-{digest(teacher_key(epochs, seed), texts)}"
    answers: np.ndarray | None = distributed.broadcast(cache.get(key))
    if answers is not None:
        return answers
    libraries()
    encoder = find(data)
    with bar("teacher", " steps") as progress:
        teacher = fine_tune(epochs, encoder, cache, seed, progress).finished()
    with bar(question, " shards") as progress:
        answers = answer(question, texts, teacher, cache, key, progress)
    if distributed.rank() == 0:
        cache.put(key, answers)
    distributed.broadcast(None)  # only with the whole in the cache its shards may go
    for number in range(-(-len(texts) // SHARD)):
        cache.drop(f"{key}.{number}")
    return answers
