"""Tied embeddings: words that share one vector, so that a text's sentiment cannot hang on which of them it names.

A person's or a place's name, a number, a group that people belong to, and words that differ in gender alone: whatever
training finds out about one of them, it finds out about all ("counterfactual" fairness by construction; compare
Kusner et al. 2017). Proper names are found in the reviews by their capitals; the lists in `data/` are ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from explorer.evaluation.data_files import read_toml
from explorer.reading.vocabulary import SPECIAL, Vocabulary

NUMBER = re.compile(r"\d[\d.,:]*")
SMALL = {str(number) for number in range(11)}  # "8 / 10" is a verdict
OFTEN, SHARE = 4, 0.9  # a name stands within a sentence at least so often, and so often in capitals
NEIGHBOURS, NAMES_AMONG = 10, 0.6  # an untrained word whose neighbours are names is one

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|[.!?:\"]")


def proper_names(texts: Iterable[str]) -> set[str]:
    """Words that stand in capitals within sentences, in lower case."""
    title: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text in texts:
        before = "."
        for word in _WORD.findall(text.replace("<br />", ". ")):
            if before[0] not in '.!?:"':
                if word[0].isupper() and word[1:].islower() and "-" not in word:
                    title[word.lower()] += 1
                elif word.islower():
                    lower[word] += 1
            before = word
    return {word for word, count in title.items() if count >= OFTEN and count >= SHARE * (count + lower[word])}


def tied_words() -> dict[str, Any]:
    """The lists of `data/tied_words.toml`."""
    return read_toml(Path(__file__).parent / "data" / "tied_words.toml")


def tie_rows(vocabulary: Vocabulary, table: np.ndarray, tuned: int, names: set[str]) -> np.ndarray:
    """The row whose vector each word shares, (V,): the first of its group. Its vector in `table` is set to the group's
    mean."""
    lists = tied_words()
    groups = {word for name in ("groups", "group_plurals", "ages", "articles") for word in lists[name]}
    gendered = {word for group in lists["gender"] for word in group}
    apart = groups | gendered | set(lists["names_apart"])
    tied = np.arange(len(vocabulary))
    trained = {word for word in names - apart if vocabulary.index.get(word, len(tied)) < tuned}
    numbers = {word for word in vocabulary.words if NUMBER.fullmatch(word) and word not in SMALL}
    proper = trained | untrained_names(vocabulary, table, tuned, trained) - apart - numbers
    named = [lists[name] for name in ("groups", "group_plurals", "ages", "articles")]
    for group in (proper, numbers, *named, *lists["gender"]):
        rows = np.array(sorted(vocabulary.index[word] for word in group if word in vocabulary.index), dtype=int)
        if len(rows):
            tied[rows] = rows[0]
    average_tied(tied, table, tuned)
    return tied


def average_tied(tied: np.ndarray, table: np.ndarray, tuned: int) -> None:
    """Set the vector of the first of each group to the mean of those that training texts have; of none of them it
    stays.

    `tied`: (V,), the row whose vector each word shares; `table`: (V, E); its first `tuned` rows are of training texts.
    """
    for first in np.unique(tied[tied != np.arange(len(tied))]):
        rows = np.flatnonzero(tied == first)
        if (rows < tuned).any():
            table[first] = table[rows[rows < tuned]].mean(0)


def untrained_names(vocabulary: Vocabulary, table: np.ndarray, tuned: int, names: set[str]) -> set[str]:
    """Words beyond the trained ones most of whose nearest trained words are names."""
    if tuned == len(table):
        return set()
    is_name = np.zeros(tuned)
    is_name[[vocabulary.index[word] for word in names]] = 1
    share = np.concatenate([is_name[rows].mean(1) for rows, _ in neighbours(table, tuned)])
    return {vocabulary.words[tuned + i] for i in np.flatnonzero(share >= NAMES_AMONG)}


def neighbours(
    table: np.ndarray, tuned: int, count: int = NEIGHBOURS, block: int = 2_000
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The nearest trained rows of each untrained word by cosine, a block at a time: (block, count) rows and cosines."""
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    known = unit[len(SPECIAL) : tuned]
    for start in range(tuned, len(table), block):
        cosines = torch.from_numpy(unit[start : start + block] @ known.T)
        nearest, rows = cosines.topk(min(count, len(known)), dim=1)
        yield rows.numpy() + len(SPECIAL), nearest.numpy()


def move_untrained(before: np.ndarray, after: np.ndarray, tuned: int) -> np.ndarray:
    """The table after training, (V, E), with untrained words moved as their nearest trained words were.

    `before`: (V, E); `after`: (tuned, E), the trained rows.
    """
    moved = after - before[:tuned]
    table = np.concatenate([after, before[tuned:]])
    start = tuned
    for rows, cosines in neighbours(before, tuned):
        weight = np.maximum(cosines, 0) ** 2
        weight /= np.maximum(weight.sum(1, keepdims=True), 1e-9)
        table[start : start + len(rows)] += np.einsum("bk,bke->be", weight, moved[rows])
        start += len(rows)
    return table
