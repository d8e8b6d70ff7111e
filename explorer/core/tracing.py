"""Trace: everything that a model did on a text, step by step; and the probabilities alone, for many texts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor

from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.networks.base import probability
from explorer.reading.reading import Reading, TextError, read

BATCH_TOKENS = 8192  # words in one batch of `predict`, padding included
Text = str | Reading  # what every analysis takes: a text, or one that was read already


@dataclass(frozen=True, eq=False)
class Trace:
    """What a model computed for one text of T tokens. All arrays are read-only.

    `reading`: the text as it was read.
    `belief`: (T,) float64, P(positive) after each step, 0…1. For the recurrent models and the per-word average it is
    exactly what the model would say of the words so far alone; for the concatenation these words padded.
    `activations`: by name, all else that the model computed, shapes and ranges as its network's `quantities` say.
    """

    name: str
    reading: Reading
    belief: np.ndarray
    activations: Mapping[str, np.ndarray]

    @property
    def text(self) -> str:
        """The text as it was typed."""
        return self.reading.text

    @property
    def tokens(self) -> tuple[str, ...]:
        """The text as it was split, T tokens."""
        return self.reading.tokens

    @property
    def read(self) -> tuple[str, ...]:
        """The word whose vector stands for each token: the token itself, the one that it is read as, or "<unk>"."""
        return self.reading.read

    @property
    def known(self) -> np.ndarray:
        """(T,), False for each token for which no word was found."""
        return _frozen(np.array(self.reading.known))

    @property
    def probability(self) -> float:
        """P(positive) of the whole text, 0…1."""
        return float(self.belief[-1])

    def __len__(self) -> int:
        return len(self.reading)

    def as_json(self) -> dict[str, object]:
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


def as_reading(model: Model, text: Text) -> Reading:
    """A text as the model reads it; one that was read already, as it is.

    Raises TextError if there is nothing to read in it, ValueError if it was read with another vocabulary.
    """
    if isinstance(text, str):
        return read(text, model.vocabulary)
    if text.vocabulary is not model.vocabulary and text.vocabulary.words != model.vocabulary.words:
        raise ValueError(f"this text was read with another vocabulary than that of the {model.label}")
    return text


def word_vectors(model: Model, text: Text) -> Tensor:
    """The vectors of a text's words, (T, E). Raises as `as_reading` does."""
    return model.vectors[list(as_reading(model, text).rows)]


@torch.inference_mode()
def trace(model: Model, text: Text) -> Trace:
    """Run a model over one text and keep everything. One pass, whatever the length.

    Raises TextError if there is nothing to read in the text.
    """
    reading = as_reading(model, text)
    values = model.network.activations(word_vectors(model, reading))
    belief = values["average"] if "average" in values else probability(values["logit"])
    arrays = {name: _frozen(tensor.numpy()) for name, tensor in values.items()}
    return Trace(model.name, reading, _frozen(belief.numpy()), MappingProxyType(arrays))


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def predict(model: Model, texts: Iterable[Text]) -> np.ndarray:
    """P(positive) of each text: (N,) float64, 0…1, in the order given; NaN where there is nothing to read.

    Texts of like length go through the model together; any number of texts will do. Raises TypeError for one text in
    the place of many.
    """
    if isinstance(texts, str | Reading):
        raise TypeError("predict takes a list of texts; for one text write predict(model, [text])")
    return predict_ids(model, [_ids(model, text) for text in texts])


def _ids(model: Model, text: Text) -> list[int]:
    """The rows of a text; none where there is nothing to read."""
    try:
        return list(as_reading(model, text).rows)
    except TextError:
        return []


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
def predict_ids(model: Model, ids: list[list[int]], progress: Progress = silent) -> np.ndarray:
    """`predict` for texts that are tokens' rows already."""
    result, done = np.full(len(ids), np.nan), 0
    for batch in _batches(ids):
        lengths = torch.tensor([len(ids[i]) for i in batch])
        filled = torch.arange(len(ids[batch[-1]])) < lengths[:, None]  # (B, T)
        rows = filled.long()
        rows[filled] = torch.tensor([row for i in batch for row in ids[i]])
        result[batch] = model.network.probability(model.vectors, rows, lengths).numpy()
        done += len(batch)
        progress(done / len(ids))
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
