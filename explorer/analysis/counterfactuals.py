"""Counterfactuals: the smallest edits of a text that turn a model's verdict round, and those on which the models part.

Three kinds of edit: two words swap their places, a negation moves to another place, one word gives way to a near one.
All of them keep the number of tokens, so the models read them as a tree of beginnings (see `permutations`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from torch import Tensor

from explorer.analysis.measures import verdict
from explorer.analysis.permutations import read_alike
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.reading.profanity import profane
from explorer.reading.reading import Reading
from explorer.reading.tokenizer import is_word
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

KINDS = ("swap", "move", "replace")
NEGATIONS = frozenset(["not", "n't", "never", "no", "hardly", "nothing", "nobody", "without"])
NEIGHBOURS, LIKELY = 6, 20_000  # near words tried for each word, among so many of the likeliest
ALIKE = 0.9999  # cosine from which two words share a vector, so that one in the place of the other changes nothing
STEPS = 40_000  # words that a model reads of all edits together


@dataclass(frozen=True)
class Edit:
    """One edit of a text. `kind`: one of KINDS. `tokens`: (T,), what comes of it.

    `places`: the two that swap, from where to where, or the one replaced; counted from 0. `words`: the two that swap,
    the one that moves, or the old and the new. `size`: how small the edit is, smaller first: the number of words that a
    reader would have to touch, then how far they move, as a share of the text, or how far the new word is, 1 − cosine.
    """

    kind: str
    tokens: tuple[str, ...]
    places: tuple[int, ...]
    words: tuple[str, ...]
    size: tuple[int, float]

    @property
    def text(self) -> str:
        """What comes of the edit for a link, tokens joined by spaces."""
        return " ".join(self.tokens)


def edits(model: Model, reading: Reading, steps: int = STEPS) -> list[Edit]:
    """Different edits of a text, the smallest first, as many as `steps` words hold; `model` gives the near words."""
    tokens = reading.tokens
    candidates = [*swaps(tokens), *moves(tokens), *replacements(model, tokens)]
    smallest: dict[tuple[str, ...], Edit] = {}
    for edit in sorted(candidates, key=lambda edit: edit.size):
        if edit.tokens != tokens:
            smallest.setdefault(edit.tokens, edit)
    return list(smallest.values())[: max(1, steps // len(tokens))]


def swaps(tokens: tuple[str, ...]) -> list[Edit]:
    """Each two different words in each other's place."""
    words = [i for i, token in enumerate(tokens) if is_word(token)]
    swapped = []
    for i, j in combinations(words, 2):
        order = list(tokens)
        order[i], order[j] = tokens[j], tokens[i]
        swapped.append(Edit("swap", tuple(order), (i, j), (tokens[i], tokens[j]), (2, (j - i) / len(tokens))))
    return swapped


def moves(tokens: tuple[str, ...]) -> list[Edit]:
    """Each negation at each other place."""
    moved = []
    for i in (i for i, token in enumerate(tokens) if token in NEGATIONS):
        rest = tokens[:i] + tokens[i + 1 :]
        for j in range(len(tokens)):
            order = (*rest[:j], tokens[i], *rest[j:])
            moved.append(Edit("move", order, (i, j), (tokens[i],), (1, abs(j - i) / len(tokens))))
    return moved


def replacements(model: Model, tokens: tuple[str, ...]) -> list[Edit]:
    """Each word's nearest words in its place."""
    return [
        Edit("replace", (*tokens[:i], other, *tokens[i + 1 :]), (i,), (token, other), (1, 1 - likeness))
        for i, token in enumerate(tokens)
        if is_word(token)
        for other, likeness in neighbours(model, token)
    ]


# ----------------------------------------------------------------------------------------------------------- near words


def neighbours(model: Model, token: str, count: int = NEIGHBOURS) -> list[tuple[str, float]]:
    """The words with the vectors nearest to that of the word that a token is read as, and the cosines, nearest first.

    Only the likeliest words are offered, none that shares the vector, and none that is profane; for an unknown word
    none.
    """
    row = model.vocabulary.encode([token])[0]
    if row == UNKNOWN:
        return []
    unit, words = _directions(model.vectors, model.vocabulary)
    vector = model.vectors[row]
    likeness = (unit @ (vector / max(float(vector.norm()), 1e-9))).numpy()
    order = np.argsort(-likeness)[: count * 5]
    near = [
        (words[i], float(likeness[i]))
        for i in order
        if likeness[i] < ALIKE and is_word(words[i]) and not profane(words[i])
    ]
    return near[:count]


@lru_cache(maxsize=4)
def _directions(vectors: Tensor, vocabulary: Vocabulary) -> tuple[Tensor, tuple[str, ...]]:
    """Vectors of length 1 of the likeliest words, (LIKELY, E), and the words."""
    first = vectors[UNKNOWN + 1 : UNKNOWN + 1 + LIKELY]
    return first / first.norm(dim=1, keepdim=True).clamp(min=1e-9), vocabulary.words[UNKNOWN + 1 : UNKNOWN + 1 + LIKELY]


# ------------------------------------------------------------------------------------------------------ counterfactuals


@dataclass(frozen=True, eq=False)
class Counterfactuals:
    """What models say of N edits of a text.

    `typed`: P(positive) of the text by the model's name, 0…1; `beliefs`: (N,), that of the edits by the model's name.
    """

    edits: list[Edit]
    typed: dict[str, float]
    beliefs: dict[str, np.ndarray]

    def smallest(self, name: str, kind: str) -> int | None:
        """The first edit of a kind after which the model's verdict is the opposite one; None if there is none.

        A model that is unsure of the text has no verdict that could turn.
        """
        opposite = {"positive": "negative", "negative": "positive"}.get(verdict(self.typed[name]))
        beliefs = self.beliefs[name]
        turned = (i for i, edit in enumerate(self.edits) if edit.kind == kind and verdict(beliefs[i]) == opposite)
        return next(turned, None)

    def widest(self, names: Sequence[str], count: int) -> list[int]:
        """The edits on which these models part most: some say positive and some negative. The widest gap first."""
        if not self.edits:
            return []
        beliefs = np.stack([self.beliefs[name] for name in names])
        split = [i for i, column in enumerate(beliefs.T) if {"positive", "negative"} <= {verdict(p) for p in column}]
        return sorted(split, key=lambda i: -float(np.ptp(beliefs[:, i])))[:count]


def counterfactuals(
    models: Mapping[str, Model], reading: Reading, progress: Progress = silent, steps: int = STEPS
) -> Counterfactuals:
    """What each model says of the text and of its edits; the models share the reading's vocabulary."""
    tried = edits(next(iter(models.values())), reading, steps)
    encode = reading.vocabulary.encode
    rows = np.array([reading.rows, *(encode(edit.tokens) for edit in tried)])  # (1 + N, T)
    beliefs = {}
    for place, (name, model) in enumerate(models.items(), 1):
        beliefs[name] = read_alike(model, rows)
        progress(place / len(models))
    typed = {name: float(values[0]) for name, values in beliefs.items()}
    return Counterfactuals(tried, typed, {name: values[1:] for name, values in beliefs.items()})
