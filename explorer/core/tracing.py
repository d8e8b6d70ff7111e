"""Trace: everything that a model did on a text, step by step; and the probabilities alone, for many texts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import torch

from explorer.core.checkpoints import Model
from explorer.networks.base import probability
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import UNKNOWN

BATCH_TOKENS = 8192  # words in one batch of `predict`, padding included


class TextError(ValueError):
    """A text that no model can read, because there is no word or sign in it."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What a model computed for one text of T tokens. All arrays are read-only.

    `tokens`: the text as it was split. `read`: the word whose vector stands for each token: the token itself, or the
    one that it is read as, or "<unk>". `known`: False where no word was found.
    `belief`: (T,) float64, P(positive) after each step, 0…1. For the recurrent models and the per-word average it is
    exactly what the model would say of the words so far alone; for the concatenation these words padded.
    `activations`: by name, all else that the model computed, shapes and ranges as its network's `quantities` say.
    """

    name: str
    text: str
    tokens: tuple[str, ...]
    known: np.ndarray
    belief: np.ndarray
    activations: Mapping[str, np.ndarray]
    read: tuple[str, ...] = ()

    @property
    def probability(self) -> float:
        """P(positive) of the whole text, 0…1."""
        return float(self.belief[-1])

    def __len__(self) -> int:
        return len(self.tokens)

    def as_json(self) -> dict[str, Any]:
        """The same as plain lists and numbers."""
        return {
            "model": self.name,
            "text": self.text,
            "tokens": list(self.tokens),
            "read": list(self.read),
            "known": self.known.tolist(),
            "belief": self.belief.tolist(),
            "probability": self.probability,
            "activations": {name: values.tolist() for name, values in self.activations.items()},
        }


@torch.inference_mode()
def trace(model: Model, text: str) -> Trace:
    """Run a model over one text and keep everything. One pass, whatever the length.

    Raises TextError if there is nothing to read in the text.
    """
    tokens = tokenize(text)
    if not tokens:
        raise TextError("There is nothing to read in this text: no word, no sign.")
    ids = model.vocabulary.encode(tokens)
    rows = torch.tensor(ids)
    found = model.network.activations(model.vectors.index_select(0, rows))
    belief = found["average"] if "average" in found else probability(found["logit"])
    arrays = {name: _frozen(values.numpy()) for name, values in found.items()}
    known = _frozen((rows != UNKNOWN).numpy())
    read = tuple(model.vocabulary.words[row] for row in ids)
    return Trace(model.name, text, tuple(tokens), known, _frozen(belief.numpy()), MappingProxyType(arrays), read)


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def predict(model: Model, texts: Iterable[str]) -> np.ndarray:
    """P(positive) of each text: (N,) float64, 0…1, in the order given; NaN where there is nothing to read.

    Texts of like length go through the model together; any number of texts will do. Raises TypeError for one string in
    the place of many.
    """
    if isinstance(texts, str):
        raise TypeError("predict takes a list of texts; for one text write predict(model, [text])")
    return predict_ids(model, [model.vocabulary.encode(tokenize(text)) for text in texts])


@contextmanager
def one_thread() -> Iterator[None]:
    """The products of one timestep are too small to share: a second thread costs more than it gives."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@one_thread()
@torch.inference_mode()
def predict_ids(model: Model, ids: list[list[int]]) -> np.ndarray:
    """`predict` for texts that are tokens' rows already."""
    result = np.full(len(ids), np.nan)
    for batch in _batches(ids):
        lengths = torch.tensor([len(ids[i]) for i in batch])
        filled = torch.arange(len(ids[batch[-1]])) < lengths[:, None]  # (B, T)
        rows = filled.long()
        rows[filled] = torch.tensor([row for i in batch for row in ids[i]])
        result[batch] = model.network.probability(model.vectors, rows, lengths).numpy()
    return result


def _batches(ids: list[list[int]]) -> Iterator[list[int]]:
    """Positions of non-empty texts in batches of like length, each of at most BATCH_TOKENS words."""
    batch: list[int] = []
    for i in sorted((i for i in range(len(ids)) if ids[i]), key=lambda i: len(ids[i])):
        if batch and (len(batch) + 1) * len(ids[i]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
