"""Permutations: every order of a text's words, or a sample of them, and what a model believes of each.

Only words change places: signs such as commas stay where they are.
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

from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, silent
from explorer.core.tracing import one_thread, predict_ids
from explorer.networks.base import probability
from explorer.networks.recurrent import Recurrent, State
from explorer.reading.reading import Reading
from explorer.reading.tokenizer import is_word

ALL = 7  # words up to which every order is read
MOST = factorial(ALL)
TRIES = 20  # draws for each order wanted of a sample, before it is taken that there are hardly more


@dataclass(frozen=True, eq=False)
class Permutations:
    """Different orders of one text's W words among its T tokens.

    `places`: (N, T), which of the tokens stands at each place; the first row is the order given, and a sign stands at
    its own place in all. `count`: how many different orders there are in all, W! over m! for each word that stands m
    times; N of them are here.
    """

    reading: Reading
    places: np.ndarray
    count: int

    @property
    def complete(self) -> bool:
        """Whether all orders are here."""
        return len(self.places) == self.count

    @property
    def rows(self) -> np.ndarray:
        """The orders as rows of the table of vectors, (N, T)."""
        rows: np.ndarray = np.array(self.reading.rows)[self.places]
        return rows

    def __len__(self) -> int:
        return len(self.places)

    def text(self, number: int) -> str:
        """One of the orders for a label or a link, its tokens joined by spaces."""
        return " ".join(self.reading.tokens[place] for place in self.places[number])


def count(tokens: Sequence[str]) -> int:
    """How many different orders the words among these tokens have.

    >>> count(["good", ",", "not", "bad"]), count(["very", "very", "good"])
    (6, 3)
    """
    words = [token for token in tokens if is_word(token)]
    return factorial(len(words)) // prod(factorial(times) for times in Counter(words).values())


def permutations(reading: Reading, most: int = MOST, seed: int = 0, progress: Progress = silent) -> Permutations:
    """All orders of at most ALL words; of more, `most` different ones drawn with a seed, the one given among them.

    Fewer than `most` come back where hardly more are found. `progress` gets the share of them that is drawn.
    """
    words = np.array(reading.words, dtype=int)  # (W,), their places
    kinds = _kinds([reading.tokens[place] for place in words])
    orders = _every(kinds) if len(words) <= ALL else _some(kinds, most, np.random.default_rng(seed), progress)
    typed = (orders == kinds).all(1)
    places = np.tile(np.arange(len(reading)), (len(orders), 1))
    places[:, words] = words[_places(kinds, np.concatenate([orders[typed], orders[~typed]]))]
    return Permutations(reading, places, count(reading.tokens))


def _kinds(words: Sequence[str]) -> np.ndarray:
    """Which different word each word is, (W,), counted from 0 in the order in which they come up."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(word, len(number)) for word in words], dtype=np.int32)


def _every(kinds: np.ndarray) -> np.ndarray:
    """All different orders of words that may come more than once, (W,) to (N, W), a place at a time."""
    left = np.bincount(kinds)[None]  # (beginnings, words): how often each word is still to come
    orders = np.zeros((1, 0), dtype=int)
    for _ in kinds:
        parent, word = np.nonzero(left)
        orders, left = np.column_stack([orders[parent], word]), left[parent]
        left[np.arange(len(word)), word] -= 1
    return orders


def _some(kinds: np.ndarray, most: int, draw: np.random.Generator, progress: Progress) -> np.ndarray:
    """Different orders drawn at random, the one given first, (N, W)."""
    orders = {kinds.tobytes(): kinds}
    for _ in range(TRIES * most):
        if len(orders) >= most:
            break
        drawn = draw.permutation(kinds)
        orders.setdefault(drawn.tobytes(), drawn)
        progress(len(orders) / most)
    return np.stack(list(orders.values()))


def _places(kinds: np.ndarray, orders: np.ndarray) -> np.ndarray:
    """Different words to words, (N, W): of those that are the same the earlier one comes first."""
    result = np.empty_like(orders)
    small = np.min_scalar_type(len(kinds))  # numpy sorts numbers of up to 16 bits in linear time
    np.put_along_axis(result, orders.astype(small).argsort(1, kind="stable"), kinds.argsort(kind="stable")[None], 1)
    return result


# ---------------------------------------------------------------------------------------------------------- the beliefs


def beliefs(model: Model, orders: Permutations, progress: Progress = silent) -> np.ndarray:
    """P(positive) of each order, (N,) float64, 0…1: what `predict` says of its text, but for rounding."""
    return read_alike(model, orders.rows, progress)


@one_thread()
@torch.inference_mode()
def read_alike(model: Model, rows: np.ndarray, progress: Progress = silent) -> np.ndarray:
    """P(positive) of N texts of one length, given as rows of the table of vectors, (N, T), to (N,) float64, 0…1.

    A recurrent network reads a beginning that several of them share once.
    """
    network = model.network
    if not isinstance(network, Recurrent):
        return predict_ids(model, rows.tolist(), progress)
    sequence = _bytes(rows).argsort()  # texts that begin alike side by side
    last = _tree(model, network, rows[sequence], progress)
    result = np.empty(len(rows))
    result[sequence] = probability(network.read(last["hidden"])).numpy()
    return result


def _bytes(rows: np.ndarray) -> np.ndarray:
    """Each row of (N, T) as one value, (N,), that compares as the row does: numbers with the highest byte first."""
    numbers = np.ascontiguousarray(rows, dtype=">u4")
    return numbers.view(np.dtype((np.void, numbers.itemsize * numbers.shape[1])))[:, 0]


def _tree(model: Model, network: Recurrent, rows: np.ndarray, progress: Progress) -> State:
    """The states after the texts, (N, H) each; rows (N, T) are sorted, so each beginning is a run of them."""
    steps = rows.shape[1]
    words = np.flatnonzero(np.bincount(rows.ravel()))
    place = np.zeros(words[-1] + 1, int)
    place[words] = np.arange(len(words))
    position = torch.from_numpy(place[rows])
    projected = network.project(model.vectors[torch.from_numpy(words)])  # (different words, G·H)
    differs = np.argmax(np.column_stack([rows[1:] != rows[:-1], np.ones(len(rows) - 1, bool)]), 1)
    new = np.concatenate([[0], differs])  # (N,), from which place on a text is not as the one before it
    state, before = network.rest(1), np.zeros(len(rows), dtype=int)  # of each text the beginning that it has
    for step in range(steps):
        first = np.flatnonzero(new <= step)
        parent = torch.from_numpy(before[first])
        fed = _of(parent, network.feed(state["hidden"]))  # a beginning is fed back once, whatever comes behind it
        gates = network.activate(projected[position[first, step]], fed)
        state = network.update(gates, {name: _of(parent, values) for name, values in state.items()})
        before = np.cumsum(new <= step) - 1
        progress((step + 1) / steps)
    return {name: values[torch.from_numpy(before)] for name, values in state.items()}


def _of(parent: Tensor, values: Tensor) -> Tensor:
    """What each beginning takes from the one before it; where each has one heir, that is all of it as it stands."""
    return values if len(parent) == len(values) else values[parent]
