"""Orders: every order of a text's words, or a sample of them, and what a lane believes of each.

Texts that begin alike are read as a tree: a beginning that many of them share is read once. All 5,040 orders of seven
words have 13,699 different beginnings between them, where reading each order by itself takes 35,280 steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial, prod

import numpy as np
import torch
from torch import Tensor

from explorer.analysis.backpropagation import Progress, State, rest, silent
from explorer.core.checkpoints import Model
from explorer.core.tracing import one_thread, predict_ids
from explorer.networks.base import probability
from explorer.networks.recurrent import Recurrent

ALL = 7  # tokens up to which every order is read
MOST = factorial(ALL)
TRIES = 20  # draws for each order wanted of a sample, before it is taken that there are hardly more


@dataclass(frozen=True, eq=False)
class Orders:
    """Different orders of one text's T tokens.

    `places`: (N, T), which of the tokens stands at each place; the first row is the order given. `count`: how many
    different orders there are in all, T! over m! for each token that stands m times; N of them are here.
    """

    tokens: tuple[str, ...]
    places: np.ndarray
    count: int

    @property
    def complete(self) -> bool:
        """Whether all orders are here."""
        return len(self.places) == self.count

    def __len__(self) -> int:
        return len(self.places)

    def text(self, number: int) -> str:
        """One of the orders as a text, its tokens joined by spaces."""
        return " ".join(self.tokens[place] for place in self.places[number])


def count(tokens: Sequence[str]) -> int:
    """How many different orders these tokens have.

    >>> count(["good", ",", "not", "bad"]), count(["very", "very", "good"])
    (24, 3)
    """
    return factorial(len(tokens)) // prod(factorial(times) for times in Counter(tokens).values())


def orders(tokens: Sequence[str], most: int = MOST, seed: int = 0) -> Orders:
    """All orders of at most ALL tokens; of more, `most` different ones drawn with a seed, the one given among them.

    Fewer than `most` come back where hardly more are found. Raises ValueError for no tokens.
    """
    if not tokens:
        raise ValueError("there are no tokens to order")
    kinds = _kinds(tokens)
    found = _every(kinds) if len(tokens) <= ALL else _some(kinds, most, np.random.default_rng(seed))
    typed = (found == kinds).all(1)
    return Orders(tuple(tokens), _places(kinds, np.concatenate([found[typed], found[~typed]])), count(tokens))


def _kinds(tokens: Sequence[str]) -> np.ndarray:
    """Which word each token is, (T,), counted from 0 in the order in which they come up."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(token, len(number)) for token in tokens])


def _every(kinds: np.ndarray) -> np.ndarray:
    """All different orders of words that may come more than once, (T,) to (N, T), a place at a time."""
    left = np.bincount(kinds)[None]  # (beginnings, words): how often each word is still to come
    found = np.zeros((1, 0), dtype=int)
    for _ in kinds:
        parent, word = np.nonzero(left)
        found, left = np.column_stack([found[parent], word]), left[parent]
        left[np.arange(len(word)), word] -= 1
    return found


def _some(kinds: np.ndarray, most: int, draw: np.random.Generator) -> np.ndarray:
    """Different orders drawn at random, the one given first, (N, T)."""
    found = {kinds.tobytes(): kinds}
    for _ in range(TRIES * most):
        if len(found) >= most:
            break
        drawn = draw.permutation(kinds)
        found.setdefault(drawn.tobytes(), drawn)
    return np.stack(list(found.values()))


def _places(kinds: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Words to tokens, (N, T): of tokens that are the same word the earlier one comes first."""
    result = np.empty_like(rows)
    for word in range(kinds.max() + 1):
        result[rows == word] = np.tile(np.flatnonzero(kinds == word), len(rows))
    return result


# --------------------------------------------------------------------------------------------------------- the beliefs


def beliefs(model: Model, found: Orders, progress: Progress = silent) -> np.ndarray:
    """P(positive) of each order, (N,) float64, 0…1: what `predict` says of its text, but for rounding."""
    rows = np.array(model.vocabulary.encode(found.tokens))
    return read_alike(model, rows[found.places], progress)


@one_thread()
@torch.inference_mode()
def read_alike(model: Model, rows: np.ndarray, progress: Progress = silent) -> np.ndarray:
    """P(positive) of N texts of one length, given as rows of the table of vectors, (N, T), to (N,) float64, 0…1.

    A recurrent lane reads a beginning that several of them share once.
    """
    if not isinstance(model.network, Recurrent):
        return predict_ids(model, rows.tolist())
    sequence = np.lexsort(rows.T[::-1])  # texts that begin alike side by side
    last = _tree(model, rows[sequence], progress)
    result = np.empty(len(rows))
    result[sequence] = probability(model.network.read(last["hidden"])).numpy()
    return result


def _tree(model: Model, rows: np.ndarray, progress: Progress) -> State:
    """The states after the texts, (N, H) each; rows (N, T) are sorted, so each beginning is a run of them."""
    lane, steps = model.network, rows.shape[1]
    words = np.flatnonzero(np.bincount(rows.ravel()))
    position = torch.from_numpy(np.searchsorted(words, rows))
    projected = lane.project(model.vectors[torch.from_numpy(words)])  # (different words, G·H)
    differs = np.argmax(np.column_stack([rows[1:] != rows[:-1], np.ones(len(rows) - 1, bool)]), 1)
    new = np.concatenate([[0], differs])  # (N,), from which place on a text is not as the one before it
    state, before = rest(lane, 1), np.zeros(len(rows), dtype=int)  # of each text the beginning that it has
    for step in range(steps):
        first = np.flatnonzero(new <= step)
        parent = torch.from_numpy(before[first])
        fed = _of(parent, lane.feed(state["hidden"]))  # a beginning is fed back once, whatever comes behind it
        gates = lane.activate(projected[position[first, step]], fed)
        state = lane.update(gates, {name: _of(parent, values) for name, values in state.items()})
        before = np.cumsum(new <= step) - 1
        progress((step + 1) / steps)
    return {name: values[torch.from_numpy(before)] for name, values in state.items()}


def _of(parent: Tensor, values: Tensor) -> Tensor:
    """What each beginning takes from the one before it; where each has one heir, that is all of it as it stands."""
    return values if len(parent) == len(values) else values[parent]
