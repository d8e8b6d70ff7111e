"""Flips: the smallest edits of a text that turn a lane's verdict round, and those on which the lanes part.

Three kinds of edit: two words swap their places, a negation moves to another place, one word gives way to a near one.
All of them keep the number of tokens, so the lanes read them as a tree of beginnings (see `orders`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from torch import Tensor

from explorer.analysis.backpropagation import Progress, silent
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import read_alike
from explorer.core.checkpoints import Model
from explorer.reading.profanity import crude
from explorer.reading.tokenizer import is_word
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

KINDS = ("swap", "move", "replace")
NEGATIONS = frozenset(["not", "n't", "never", "no", "hardly", "nothing", "nobody", "without"])
NEIGHBOURS, LIKELY = 6, 20_000  # near words tried for each word, among so many of the likeliest
ALIKE = 0.9999  # cosine from which two words share a vector, so that one in the place of the other changes nothing
STEPS = 40_000  # words that a lane reads of all edits together


@dataclass(frozen=True)
class Edit:
    """One edit of a text. `kind`: one of KINDS. `tokens`: (T,), what comes of it.

    `places`: the two that swap, from where to where, or the one replaced; counted from 0. `words`: the two that swap, the
    one that moves, or the old and the new. `size`: how small the edit is, smaller first: the number of words that a
    reader would have to touch, then how far they move, as a share of the text, or how far the new word is, 1 − cosine.
    """

    kind: str
    tokens: tuple[str, ...]
    places: tuple[int, ...]
    words: tuple[str, ...]
    size: tuple[int, float]

    @property
    def text(self) -> str:
        """What comes of the edit, tokens joined by spaces."""
        return " ".join(self.tokens)


def edits(model: Model, tokens: Sequence[str], steps: int = STEPS) -> list[Edit]:
    """Different edits of a text, the smallest first, as many as `steps` words hold; `model` gives the near words."""
    tokens = tuple(tokens)
    every = [*swaps(tokens), *moves(tokens), *replacements(model, tokens)]
    first: dict[tuple[str, ...], Edit] = {}
    for one in sorted(every, key=lambda edit: edit.size):
        if one.tokens != tokens:
            first.setdefault(one.tokens, one)
    return list(first.values())[: max(1, steps // max(1, len(tokens)))]


def swaps(tokens: tuple[str, ...]) -> list[Edit]:
    """Each two different words in each other's place."""
    words = [i for i, token in enumerate(tokens) if is_word(token)]
    found = []
    for place, i in enumerate(words):
        for j in words[place + 1 :]:
            made = list(tokens)
            made[i], made[j] = tokens[j], tokens[i]
            found.append(Edit("swap", tuple(made), (i, j), (tokens[i], tokens[j]), (2, (j - i) / len(tokens))))
    return found


def moves(tokens: tuple[str, ...]) -> list[Edit]:
    """Each negation at each other place."""
    found = []
    for i in (i for i, token in enumerate(tokens) if token in NEGATIONS):
        rest = tokens[:i] + tokens[i + 1 :]
        for j in range(len(tokens)):
            made = (*rest[:j], tokens[i], *rest[j:])
            found.append(Edit("move", made, (i, j), (tokens[i],), (1, abs(j - i) / len(tokens))))
    return found


def replacements(model: Model, tokens: tuple[str, ...]) -> list[Edit]:
    """Each word's nearest words in its place."""
    return [
        Edit("replace", (*tokens[:i], other, *tokens[i + 1 :]), (i,), (token, other), (1, 1 - likeness))
        for i, token in enumerate(tokens)
        if is_word(token)
        for other, likeness in neighbours(model, token)
    ]


# --------------------------------------------------------------------------------------------------------- near words


def neighbours(model: Model, token: str, count: int = NEIGHBOURS) -> list[tuple[str, float]]:
    """The words whose vectors are nearest to that of the word that a token is read as, with their cosines, nearest first.

    Only the likeliest words are offered, none that shares the vector, and none that is crude; for an unknown word none.
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
        if likeness[i] < ALIKE and is_word(words[i]) and not crude(words[i])
    ]
    return near[:count]


@lru_cache(maxsize=4)
def _directions(vectors: Tensor, vocabulary: Vocabulary) -> tuple[Tensor, tuple[str, ...]]:
    """Vectors of length 1 of the likeliest words, (LIKELY, E), and the words."""
    first = vectors[UNKNOWN + 1 : UNKNOWN + 1 + LIKELY]
    return first / first.norm(dim=1, keepdim=True).clamp(min=1e-9), vocabulary.words[UNKNOWN + 1 : UNKNOWN + 1 + LIKELY]


# --------------------------------------------------------------------------------------------------------------- flips


@dataclass(frozen=True, eq=False)
class Flips:
    """What lanes say of edits of a text. `typed`: P(positive) of the text by lane; `beliefs`: (N,) of the edits by lane."""

    edits: list[Edit]
    typed: dict[str, float]
    beliefs: dict[str, np.ndarray]

    def smallest(self, lane: str, kind: str) -> int | None:
        """The first edit of a kind after which the lane's verdict is the opposite one; None if there is none.

        A lane that is unsure of the text has no verdict that could turn.
        """
        opposite = {"positive": "negative", "negative": "positive"}.get(verdict(self.typed[lane]))
        turned = (
            i for i, one in enumerate(self.edits) if one.kind == kind and verdict(self.beliefs[lane][i]) == opposite
        )
        return next(turned, None)

    def widest(self, lanes: Sequence[str], count: int) -> list[int]:
        """The edits on which these lanes part most: some say positive and some negative. The widest gap first."""
        said = np.stack([self.beliefs[lane] for lane in lanes]) if self.edits else np.zeros((len(lanes), 0))
        split = [i for i, column in enumerate(said.T) if {"positive", "negative"} <= {verdict(p) for p in column}]
        return sorted(split, key=lambda i: -float(np.ptp(said[:, i])))[:count]


def flips(models: Mapping[str, Model], tokens: Sequence[str], progress: Progress = silent, steps: int = STEPS) -> Flips:
    """What each lane says of the text and of its edits. Raises ValueError for no tokens."""
    if not tokens:
        raise ValueError("there are no tokens to edit")
    found = edits(next(iter(models.values())), tokens, steps)
    beliefs = {}
    for place, (name, model) in enumerate(models.items()):
        rows = np.array([model.vocabulary.encode(one) for one in (tokens, *(edit.tokens for edit in found))])
        beliefs[name] = read_alike(model, rows)
        progress((place + 1) / len(models))
    return Flips(
        found, {name: float(p[0]) for name, p in beliefs.items()}, {name: p[1:] for name, p in beliefs.items()}
    )
