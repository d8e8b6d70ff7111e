"""Answers: what all models say of a text, step by step, as the duel draws it.

Importing this needs no torch: what is stored of the example pairs is told before the models are there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.reading.characters import Span
from explorer.reading.tokenizer import is_word

if TYPE_CHECKING:
    from explorer.core.checkpoints import Model
    from explorer.reading.reading import Reading

MOST_STEPS = 1_000  # tokens of a text that the models read


class Unwanted(Exception):
    """Nobody waits for this answer any more."""


@dataclass(frozen=True)
class Read:
    """A text as it was read, T tokens.

    `spans`: (T,) where each token stands in the typed text, counted in UTF-16 units as browsers do. `read`: the word
    whose vector stands for each token. `unknown`: the places, from 0, of those for which there is none. `cut`: how many
    tokens more the text has than the models read. `changes`, `unread`, `language`: as of a `Reading`.
    """

    tokens: tuple[str, ...]
    read: tuple[str, ...]
    unknown: tuple[int, ...]
    spans: tuple[Span, ...]
    cut: int = 0
    changes: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    language: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words, without signs, as they were read."""
        return tuple(word for token, word in zip(self.tokens, self.read, strict=True) if is_word(token))

    @property
    def replaced(self) -> dict[int, str]:
        """The words that are read in the place of others, by their places from 0."""
        places = enumerate(zip(self.tokens, self.read, strict=True))
        return {place: word for place, (token, word) in places if word != token and place not in self.unknown}


@dataclass(frozen=True, eq=False)
class Answer:
    """What M models say of a text of T tokens.

    `ends`: P(positive) of the whole text by model, 0…1, in double precision: equal ones are equal to the last bit.
    `beliefs`: (M, T) P(positive) of the words so far, 0…1, a row a model in the order of `ends`. The average's is its
    running average; the concatenation's is what it says of the words so far, padded.
    """

    read: Read
    ends: Mapping[str, float]
    beliefs: np.ndarray

    @property
    def size(self) -> int:
        """About how many bytes it takes, tokens included."""
        return 1_000 + self.beliefs.nbytes + 300 * len(self.read.tokens)


def answer(text: str, models: Sequence[Model], wanted: Callable[[], bool] = lambda: True) -> Answer | None:
    """What the models, all of one vocabulary, say of a text; None if there is no word in it.

    Each text is read by itself, so that what is equal agrees to the bit. Raises Unwanted once `wanted` says so.
    """
    from explorer.reading.reading import readable

    reading = readable(text, models[0].vocabulary, MOST_STEPS)
    if reading is None or not reading.words:
        return None
    rows = list(reading.rows)
    beliefs = []
    for model in models:
        if not wanted():
            raise Unwanted
        beliefs.append(believed(model, rows))
    ends = {model.name: float(belief[-1]) for model, belief in zip(models, beliefs, strict=True)}
    return Answer(of_reading(reading), ends, np.stack(beliefs))


def of_reading(reading: Reading) -> Read:
    """What was read of a text, as a browser is told."""
    places = in_utf16(reading.text, reading.spans)
    told = reading.changes, reading.unread, reading.language
    return Read(reading.tokens, reading.read, reading.unknown, places, reading.cut, *told)


def believed(model: Model, rows: list[int]) -> np.ndarray:
    """P(positive) after each of the T words in these rows: (T,) float64, 0…1; what `trace` calls belief."""
    import torch

    from explorer.networks.base import probability

    with torch.inference_mode():
        vectors = model.vectors[rows]  # (T, E)
        if any(quantity.name == "average" for quantity in model.network.quantities):
            belief = model.network.activations(vectors)["average"]
        else:
            belief = probability(model.network.steps(vectors[None])[0])
        array: np.ndarray = belief.numpy()
    return array


def in_utf16(text: str, places: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in characters as spans in UTF-16 units, of which an emoji has two."""
    if text.isascii() or max(text, default="") < "\U00010000":
        return tuple(places)
    units = np.concatenate([[0], np.cumsum([1 + (character > "\uffff") for character in text])])
    return tuple((int(units[start]), int(units[end])) for start, end in places)


def described(answers: Sequence[Answer | None], slots: int) -> list[dict[str, Any]]:
    """The texts for the header of a packet: what was read, and each model's last word. `slots`: of the concatenation.

    `spans` are flat: start and end of each token in turn. Of a text without a word there is nothing but no tokens.
    """
    return [
        {
            "tokens": given.read.tokens,
            "spans": [place for span in given.read.spans for place in span],
            "words": [int(is_word(token)) for token in given.read.tokens],
            "unknown": given.read.unknown,
            "read": given.read.replaced,
            "cut": given.read.cut,
            "clipped": slots if len(given.read.tokens) > slots else None,
            "ends": given.ends,
        }
        if given
        else {
            "tokens": [], "spans": [], "words": [], "unknown": [], "read": {}, "cut": 0, "clipped": None, "ends": None,
        }
        for given in answers
    ]  # fmt: skip


def arrays(answers: Sequence[Answer | None], count: int) -> dict[str, np.ndarray]:
    """The arrays of a packet: "a" and "b", (M, T) each, of `count` models; no steps where there is no answer."""
    named = zip("ab", answers, strict=False)
    return {letter: given.beliefs if given else np.zeros((count, 0)) for letter, given in named}
