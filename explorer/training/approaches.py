"""Approaches: all models read phrases at many places, and sentences and reviews of many lengths; the numbers are
kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from explorer.analysis.approach_findings import Bin, Findings, fingerprints, save_findings
from explorer.analysis.approaches import AMONG, CLAUSES, by_length, elsewhere, moves
from explorer.core.checkpoints import Model
from explorer.core.tracing import predict_ids
from explorer.evaluation import datasets
from explorer.evaluation.scores import SHORT, Texts
from explorer.reading.tokenizer import tokenize
from explorer.training.training_loop import Progress

PHRASES = 400  # short phrases that are put at every place
REVIEWS, SENTENCES = "IMDB reviews", "SST-2 sentences"
STARTS = {REVIEWS: (1, 51, 101, 201, 401, 1_001), SENTENCES: (1, 11, 21, 31)}  # words, where a bin of lengths begins


def precompute(
    models: Sequence[Model],
    texts: Texts,
    output: Path,
    seed: int = 0,
    command: str = "",
    progress: Progress = lambda done, total, word: None,
) -> int:
    """Measure models on labelled texts that they were not trained on, and write `approaches.json`; gives its bytes.

    `progress` is told how many models are done, how many there are, and the name of the present one. The same seed,
    texts and weights give the same file. Raises ValueError if there are no short phrases.
    """
    if not texts.phrases:
        raise ValueError("There are no short phrases to put elsewhere.")
    phrases = drawn(texts.phrases, seed)
    by_model, shares = {}, {}
    for place, model in enumerate(models):
        progress(place, len(models), model.label)
        by_model[model.name] = moves(elsewhere(model, phrases))
        shares[model.name] = [moves(elsewhere(model, phrases, clause)).share for clause in CLAUSES]
    sets = {REVIEWS: texts.reviews, SENTENCES: texts.sentences}
    lengths = {name: binned(models, some, STARTS[name]) for name, some in sets.items()}
    progress(len(models), len(models), "done")
    return save_findings(Findings(len(phrases), by_model, shares, lengths, card(models, seed, command)), output)


def drawn(phrases: Sequence[tuple[str, int]], seed: int) -> list[list[str]]:
    """PHRASES of the phrases, drawn by chance, as tokens."""
    order = np.random.default_rng(seed).permutation(len(phrases))[:PHRASES]
    return [tokenize(phrases[i][0]) for i in sorted(order)]


def binned(models: Sequence[Model], texts: Sequence[tuple[str, int]], starts: Sequence[int]) -> list[Bin]:
    """How often each model is right on texts of each bin of lengths; a bin without a text is left out."""
    tokens, label = [tokenize(text) for text, _ in texts], np.array([label for _, label in texts])
    lengths = np.array([len(text) for text in tokens])
    by_model = {}
    for model in models:
        p = predict_ids(model, [model.vocabulary.encode(text) for text in tokens])
        by_model[model.name] = by_length(np.where(label == 1, p > 0.5, p < 0.5), lengths, starts)
    ends = [start - 1 for start in starts[1:]] + [None]
    bins = []
    for i, (low, high) in enumerate(zip(starts, ends, strict=True)):
        count = next(iter(by_model.values()))[i][0]
        right, error = ({name: rows[i][part] for name, rows in by_model.items()} for part in (1, 2))
        bins += [Bin(low, high, count, right, error)] if count else []
    return bins


def card(models: Sequence[Model], seed: int, command: str) -> dict[str, Any]:
    """What is said of the numbers: whence, of which weights, on which texts."""
    return {
        "name": "approaches",
        "label": "The approaches on real texts: a phrase at every place, accuracy by length",
        "weights": fingerprints(models),
        "command": command or "explorer.training.approaches.precompute",
        "seed": seed,
        "data": [
            datasets.TREES.card()
            | {"part": f"dev split: its sentences, and {PHRASES} of its phrases of up to {SHORT} words, none neutral"},
            datasets.IMDB.card() | {"part": "every tenth review of the training half, on which no model is trained"},
        ],
        "note": "No model was trained on these texts; the best of the seeds was chosen on the sentences and on 500 "
        "of the reviews. A text of exactly one half counts as wrong. Lengths count words and signs.",
        "among": " ".join(AMONG),
        "clauses": [" ".join(clause) for clause in CLAUSES],
    }
