"""Writer: a first word in, a sentence out; a recurrent language model that draws one word after another.

One-to-many: each word that it draws is its next input. Shapes: V words, E numbers a word vector, H units, B sentences,
T timesteps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.networks.recurrent import Recurrent
from explorer.networks.registry import build
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import PADDING, UNKNOWN
from explorer.tasks.saved import TaskNetwork, Trained
from explorer.tasks.words import EDGE, MARK

LIMIT = 40  # words of a sentence, those given included: no longer ones were trained on
HOTTEST = 2.0  # the highest temperature
TOP = 10  # candidates that are kept of each step


class StartError(ValueError):
    """A start that the writer cannot go on from; the message says why and what to do."""


def headless(name: str, inputs: int, units: int) -> Recurrent:
    """The cell of a recurrent model ("rnn", "gru", "lstm") without the row of weights that gives its verdict.

    Raises TypeError for a model that is not recurrent.
    """
    cell = build(name, inputs=inputs, units=units)
    if not isinstance(cell, Recurrent):
        raise TypeError(f"the {cell.label} is no recurrent network")
    del cell.readout
    return cell


class Writer(TaskNetwork):
    """ŷ^<t> = softmax(E · (P a^<t> + p) + b), a^<t> = cell(E[y^<t-1>], a^<t-1>): P(next word | the words so far).

    The same table E (V, E) gives the vectors of what is read and the weights of what is said (Press & Wolf 2017, "Using
    the output embedding to improve language models", section 2); P brings a state to the size of a vector.
    """

    label = "writer"

    def __init__(self, words: int, vector: int = 256, units: int = 384, cell: str = "lstm", dropout: float = 0.0):
        super().__init__()
        self.config = {"words": words, "vector": vector, "units": units, "cell": cell}
        self.table = nn.Embedding(words, vector)
        nn.init.normal_(self.table.weight, std=vector**-0.5)
        self.cell = headless(cell, vector, units)
        self.project = nn.Linear(units, vector)
        self.bias = nn.Parameter(torch.zeros(words))
        self.dropout = nn.Dropout(dropout)

    def features(self, rows: Tensor) -> Tensor:
        """What the words are compared with after each step: (B, T) to (B, T, E)."""
        states = self.cell.states(self.dropout(self.table(rows)))  # (B, T, H)
        features: Tensor = self.dropout(self.project(states))
        return features

    def logits(self, features: Tensor) -> Tensor:
        """The score of each word as the next: (..., E) to (..., V), −∞ for padding, which is no word."""
        scores = F.linear(features, self.table.weight, self.bias)
        scores[..., PADDING] = -torch.inf
        return scores

    def forward(self, rows: Tensor) -> Tensor:
        """Scores of the word after each of the words, (B, T) to (B, T, V)."""
        return self.logits(self.features(rows))

    def start(self) -> dict[str, Tensor]:
        """The state before the first word: zero, (H,)."""
        return self.cell.start(self.bias)

    def step(self, row: int, state: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
        """Read one word: the scores of the next, (V,), and the state after it, each (H,)."""
        x = self.table.weight[row]  # (E,)
        state = self.cell.update(self.cell.gates(self.cell.project(x), state["hidden"]), state)
        return self.logits(self.project(state["hidden"])), state


# ----------------------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True, eq=False)
class Step:
    """One word of a sentence: it, and what the writer thought before it came.

    `probability`: of this word, 0…1. `candidates`: the TOP likeliest words with theirs, the likeliest first, at the
    temperature asked for (at 0: at 1), for words given as well. `hidden`: (H,), −1…1, the state from which they
    were told: that after the word before. `given`: whether the word was given rather than drawn. The end of the
    sentence is a step of its own, its token "<s>".
    """

    token: str
    row: int
    probability: float
    candidates: tuple[tuple[str, float], ...]
    hidden: np.ndarray
    given: bool

    @property
    def is_end(self) -> bool:
        """Whether the writer says here that the sentence is over."""
        return self.row == EDGE


def network_of(model: Trained) -> Writer:
    """The network of a writer. Raises TypeError for another task's model."""
    if not isinstance(model.network, Writer):
        raise TypeError(f"the {model.label} is no writer")
    return model.network


def read_start(model: Trained, start: str) -> list[int]:
    """The rows of the words to begin with; a slip of the pen is read as the word that it is meant for.

    Raises StartError if there is no word, one that the writer does not know, or so many that nothing is left to write.
    """
    words, tokens = model.words["en"], tokenize(start)
    if not tokens:
        raise StartError("There is no word to begin with. Type one, for example “the”.")
    if len(tokens) >= LIMIT:
        raise StartError(
            f"A sentence has up to {LIMIT} words and signs here, and {len(tokens)} are given. Begin with fewer."
        )
    rows = words.encode(tokens)
    for token, row in zip(tokens, rows, strict=True):
        if row == UNKNOWN:
            count = len(words) - EDGE - 1
            raise StartError(f"The writer does not know “{token}”: it is none of its {count:,} words. Try another.")
    return rows


def probabilities(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """softmax(logits / temperature) without the unknown word, which is never said: (V,) to (V,) float64, sum 1.

    Raises ValueError for a temperature outside 0…HOTTEST. At 0 the likeliest word is drawn, and what is told is at 1.
    """
    if not 0 <= temperature <= HOTTEST:
        raise ValueError(f"The temperature must lie between 0 and {HOTTEST:g}, it is {temperature:g}.")
    scores = logits.double() / (temperature or 1.0)
    scores[UNKNOWN] = -torch.inf
    return torch.softmax(scores, 0)


def draw(chances: Tensor, seed: int, place: int) -> int:
    """A row drawn with these chances, (V,); what is drawn depends on the seed and the place in the sentence alone."""
    reached = chances.cumsum(0)
    at = np.random.default_rng([seed, place]).random() * float(reached[-1])
    return int(torch.searchsorted(reached, at, right=True).clamp(max=int(chances.nonzero()[-1])))


def write(model: Trained, start: str, seed: int = 0, temperature: float = 1.0, limit: int = LIMIT) -> Iterator[Step]:
    """A sentence word by word: those of `start`, then what is drawn, until it ends or has `limit` words.

    The same start, seed and temperature give the same sentence. The place of a word decides what chance it gets, so a
    sentence whose own beginning is given goes on as it did; to put another word somewhere, give the words before it and
    it as the start. Raises StartError and ValueError at once, not at the first step.
    """
    given = read_start(model, start)
    probabilities(torch.zeros(EDGE + 1), temperature)
    return _steps(model, given, seed, temperature, min(limit, LIMIT))


def _steps(model: Trained, given: list[int], seed: int, temperature: float, limit: int) -> Iterator[Step]:
    network, names = network_of(model), model.words["en"].words
    state, row, place = network.start(), EDGE, 0
    while place < limit and (place == 0 or row != EDGE):
        with torch.inference_mode():  # not around the yield: it would leak to whoever reads the steps
            logits, state = network.step(row, state)
            drawn = place >= len(given)
            chances = probabilities(logits, temperature)  # of words given as well: a place keeps its numbers
            likely, which = chances.topk(min(TOP, len(chances)))
            row = given[place] if not drawn else draw(chances, seed, place) if temperature else int(which[0])
            candidates = tuple((names[i], p) for i, p in zip(which.tolist(), likely.tolist(), strict=True))
            step = Step(names[row], row, float(chances[row]), candidates, state["hidden"].numpy(), not drawn)
        yield step
        place += 1


def sentence(steps: Iterable[Step]) -> str:
    """The steps' words as people write them: "It isn't bad."."""
    return spell(step.token for step in steps)


def spell(tokens: Iterable[str]) -> str:
    """English tokens as a text: a capital at the start, for "i", and signs close to their words."""
    words = ["I" if token == "i" else token for token in tokens if token != MARK]
    text = re.sub(r" (?=[.,!?;:)%]|n't\b|'(?:s|re|ve|ll|d|m)\b|\.{2,})|(?<=\() ", "", " ".join(words))
    text = re.sub(r"\b(can) (not)\b", r"\1\2", text)
    text = re.sub(r'" ([^"]*?) ?"', r'"\1"', text)
    return text[:1].upper() + text[1:]


@torch.inference_mode()
def log_probability(network: Writer, sentences: list[list[int]], batch: int = 64) -> tuple[float, int]:
    """Σ ln P(word | words before it) over all words and ends of sentences given as rows, and how many they are.

    The unknown word counts as a word here, so that a trigram over the same words can be compared.
    """
    total, count = 0.0, 0
    order = sorted(sentences, key=len)
    for part in (order[i : i + batch] for i in range(0, len(order), batch)):
        before, after = shifted(part)
        scores = F.log_softmax(network(before), -1).gather(2, after[..., None])[..., 0]
        real = after != PADDING
        total, count = total + float(scores[real].double().sum()), count + int(real.sum())
    return total, count


def shifted(sentences: list[list[int]]) -> tuple[Tensor, Tensor]:
    """What is read, (B, T), the edge and then the words; what is to come next, (B, T), the words and then the edge."""
    before, after = [[EDGE, *words] for words in sentences], [[*words, EDGE] for words in sentences]
    return padded(before), padded(after)


def padded(lists: list[list[int]]) -> Tensor:
    """Lists of rows as one tensor (B, T), filled with padding."""
    tensor = torch.full((len(lists), max(map(len, lists))), PADDING)
    for i, rows in enumerate(lists):
        tensor[i, : len(rows)] = torch.tensor(rows)
    return tensor
