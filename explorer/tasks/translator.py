"""Translator: an English caption in, a French one out; an encoder reads, a decoder writes, with attention or without.

Many-to-many with T_x ≠ T_y. Shapes: B sentences, T_x words read, T_y words said, E numbers a word vector, H units, V
French words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import PADDING, UNKNOWN
from explorer.tasks import french
from explorer.tasks.saved import TaskNetwork, Trained
from explorer.tasks.search import State, beam
from explorer.tasks.words import EDGE
from explorer.tasks.writer import headless, padded, shifted

LONGEST, LIMIT = 50, 60  # words and signs that are read, what comes behind is cut off; words that are said at most
TOP = 10  # candidates that are kept of each step


class CaptionError(ValueError):
    """A text that there is nothing in to translate; the message says what to do."""


class Translator(TaskNetwork):
    """Encoder: a^<t> = GRU(x^<t>, a^<t-1>), from left to right. Decoder: s^<t> = GRU(y^<t-1>, s^<t-1>).

    The decoder begins with the encoder's last state, s^<0> = a^<T_x> (Cho et al. 2014; Sutskever et al. 2014). Without
    attention that is all it ever learns of the sentence. With attention it looks back at every state of the encoder
    (Luong et al. 2015, "Effective approaches to attention-based neural machine translation", global attention,
    "general"):

    α^<t,u> = softmax over u of s^<t> · W a^<u>, (T_y, T_x), each row sums to 1 (eq. 7 and 8)
    c^<t> = Σ_u α^<t,u> a^<u>, the context
    h^<t> = tanh(C [c^<t>; s^<t>] + c) (eq. 5), and without attention tanh(C s^<t> + c)
    ŷ^<t> = softmax(Y h^<t> + b) (eq. 6), Y the table of the French words' vectors (tied, Press & Wolf 2017)

    h^<t> is not fed back into the decoder (no input feeding).
    """

    def __init__(
        self,
        source: int,
        target: int,
        vector: int = 160,
        units: int = 256,
        attention: bool = False,
        dropout: float = 0.0,
    ):
        super().__init__()
        self.config = {"source": source, "target": target, "vector": vector, "units": units, "attention": attention}
        self.reading, self.saying = nn.Embedding(source, vector), nn.Embedding(target, vector)
        for table in (self.reading, self.saying):
            nn.init.normal_(table.weight, std=vector**-0.5)
        self.encoder, self.decoder = headless("gru", vector, units), headless("gru", vector, units)
        self.align = nn.Linear(units, units, bias=False) if attention else None
        self.combine = nn.Linear(2 * units if attention else units, vector)
        self.bias = nn.Parameter(torch.zeros(target))
        self.dropout = nn.Dropout(dropout)

    @property
    def label(self) -> str:
        """What people call it."""
        return "translator with attention" if self.align else "translator without attention"

    def encode(self, rows: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Rows (B, T_x), of which `lengths` (B,) count: all states, (B, T_x, H), and each one's last, (B, H)."""
        states = self.encoder.states(self.dropout(self.reading(rows)))
        return states, states[torch.arange(len(rows)), lengths - 1]

    def attend(self, align: nn.Module, decoded: Tensor, states: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Contexts (B, T_y, H) and attention (B, T_y, T_x), 0…1.

        From the states of the decoder (B, T_y, H) and of the encoder (B, T_x, H); `align`: W, (H, H).
        """
        scores = decoded @ align(states).transpose(1, 2)  # (B, T_y, T_x)
        behind = torch.arange(states.shape[1]) >= lengths[:, None, None]
        attention = torch.softmax(scores.masked_fill(behind, -torch.inf), -1)
        return attention @ states, attention

    def compared(self, decoded: Tensor, states: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor | None]:
        """h, (B, T_y, E), what the French words are compared with, and the attention where there is any."""
        attention = None
        if self.align is not None:
            context, attention = self.attend(self.align, decoded, states, lengths)
            decoded = torch.cat([context, decoded], -1)
        return self.dropout(torch.tanh(self.combine(decoded))), attention

    def features(self, rows: Tensor, lengths: Tensor, before: Tensor) -> Tensor:
        """h of each step for a known translation: rows (B, T_x), before (B, T_y) from the edge on, to (B, T_y, E)."""
        states, last = self.encode(rows, lengths)
        decoded = self.decoder.core(self.dropout(self.saying(before)), last[None])[0]  # (B, T_y, H)
        return self.compared(decoded, states, lengths)[0]

    def logits(self, features: Tensor) -> Tensor:
        """The score of each French word as the next: (..., E) to (..., V), −∞ for padding, which is no word."""
        scores = F.linear(features, self.saying.weight, self.bias)
        scores[..., PADDING] = -torch.inf
        return scores

    def forward(self, rows: Tensor, lengths: Tensor, before: Tensor) -> Tensor:
        """Scores of the word at each step, (B, T_y, V)."""
        return self.logits(self.features(rows, lengths, before))

    def step(self, last: Tensor, hidden: Tensor, states: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """The recurrence as one reads it: a word of each of B hypotheses, (B,), for the states of a sentence, (T_x, H).

        Gives scores (B, V), the decoder's states after it (B, H), attention (B, T_x).
        """
        gates = self.decoder.gates(self.decoder.project(self.saying(last)), hidden)
        hidden = self.decoder.update(gates, {"hidden": hidden})["hidden"]
        features, attention = self.compared(hidden[None], states[None], torch.tensor([len(states)]))
        return self.logits(features[0]), hidden, None if attention is None else attention[0]


class Interpreter:
    """A translator that has read one sentence and can be asked for words, as `explorer.tasks.search` does it."""

    def __init__(self, network: Translator, rows: list[int]):
        self.network = network
        states, self.last = network.encode(torch.tensor([rows]), torch.tensor([len(rows)]))
        self.states = states[0]  # (T_x, H)

    def begin(self) -> State:
        return {"hidden": self.last}

    def follow(self, state: State, last: Tensor) -> tuple[Tensor, State]:
        scores, hidden, _ = self.network.step(last, state["hidden"], self.states)
        return F.log_softmax(scores, -1), {"hidden": hidden}


# ------------------------------------------------------------------------------------------------------- translating


@dataclass(frozen=True, eq=False)
class Translation:
    """A sentence of T_x tokens and what was said for it, T_y tokens; every number of the way.

    `tokens`: as it was split; `read`: the word whose vector stands for each; `known`: (T_x,), False where there was
    none; `cut`: how many tokens behind the LONGEST first were not read. `output`: the French tokens, "<unk>" where the
    network means a word that it has no row for (`output_known` False there). `finished`: whether it ended by itself.
    `attention`: (T_y, T_x), rows sum to 1; None without attention. `encoder`: (T_x, H), `decoder`: (T_y, H), the states
    with which each word was said; `handed`: (H,), the one handed over, the last of the encoder. `probability`: (T_y,)
    of each word, 0…1; `candidates`: of each step the TOP likeliest words with theirs. `end`: P(the sentence ends) at
    each step and behind the last, (T_y + 1,). `log_probability`: ln P of the whole, its end counted if it finished.
    `others`: the further sentences of the beam and their ln P.
    """

    name: str
    text: str
    tokens: tuple[str, ...]
    read: tuple[str, ...]
    known: np.ndarray
    cut: int
    output: tuple[str, ...]
    output_known: np.ndarray
    finished: bool
    attention: np.ndarray | None
    encoder: np.ndarray
    handed: np.ndarray
    decoder: np.ndarray
    probability: np.ndarray
    candidates: tuple[tuple[tuple[str, float], ...], ...]
    end: np.ndarray
    log_probability: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def translation(self) -> str:
        """What was said, as people write it."""
        return french.spell(self.output)


def network_of(model: Trained) -> Translator:
    """The network of a translator. Raises TypeError for another task's model."""
    if not isinstance(model.network, Translator):
        raise TypeError(f"the {model.label} is no translator")
    return model.network


def split(text: str) -> tuple[list[str], int]:
    """The tokens that are read and how many behind them are cut off. Raises CaptionError if there is none."""
    tokens = tokenize(text)
    if not tokens:
        raise CaptionError("There is nothing to translate. Type an English sentence, for example “A dog runs.”")
    return tokens[:LONGEST], len(tokens[LONGEST:])


@torch.inference_mode()
def translate(model: Trained, text: str, width: int = 1, limit: int = LIMIT) -> Translation:
    """The translation of a text, greedy or with a beam of `width`.

    Raises CaptionError, ValueError for a width below 1, TypeError for another task's model.
    """
    tokens, _ = split(text)
    speaker = Interpreter(network_of(model), model.words["en"].encode(tokens))
    best, *others = beam(speaker, width, min(limit, LIMIT))
    names = model.words["fr"].words
    further = tuple((french.spell(names[row] for row in other.rows), other.log_probability) for other in others)
    return _translation(model, text, best.rows, best.finished, further)


def _translation(
    model: Trained, text: str, rows: tuple[int, ...], finished: bool, others: tuple[tuple[str, float], ...]
) -> Translation:
    """Everything about one sentence and its translation, given as rows, in one pass."""
    network, (tokens, cut) = network_of(model), split(text)
    names, source = model.words["fr"].words, model.words["en"]
    ids, length = source.encode(tokens), torch.tensor([len(tokens)])
    states, last = network.encode(torch.tensor([ids]), length)  # (1, T_x, H), (1, H)
    decoder = network.decoder.core(network.saying(torch.tensor([[EDGE, *rows]])), last[None])[0]  # (1, T_y + 1, H)
    features, attention = network.compared(decoder, states, length)
    chances = torch.softmax(network.logits(features)[0].double(), -1)  # (T_y + 1, V)
    own = chances[torch.arange(len(rows)), list(rows)]  # (T_y,)
    likely, which = chances[:-1].topk(min(TOP, chances.shape[1]), -1)
    end = chances[:, EDGE]
    return Translation(
        name=model.name,
        text=text,
        tokens=tuple(tokens),
        read=tuple(source.words[row] for row in ids),
        known=np.array(ids) != UNKNOWN,
        cut=cut,
        output=tuple(names[row] for row in rows),
        output_known=np.array(rows) != UNKNOWN,
        finished=finished,
        attention=None if attention is None else attention[0, :-1].numpy(),
        encoder=states[0].numpy(),
        handed=last[0].numpy(),
        decoder=decoder[0, :-1].numpy(),
        probability=own.numpy(),
        candidates=tuple(
            tuple((names[i], p) for i, p in zip(*both, strict=True))
            for both in zip(which.tolist(), likely.tolist(), strict=True)
        ),
        end=end.numpy(),
        log_probability=float(own.log().sum() + (end[-1].log() if finished else 0.0)),
        others=others,
    )  # fmt: skip


@torch.inference_mode()
def log_probability(
    network: Translator, pairs: list[tuple[list[int], list[int]]], batch: int = 64
) -> tuple[float, int]:
    """Σ ln P of the second of each pair given the first, all as rows, ends counted, and how many words that are."""
    total, count = 0.0, 0
    order = sorted(pairs, key=lambda pair: len(pair[1]))
    for part in (order[i : i + batch] for i in range(0, len(order), batch)):
        rows, lengths, before, after = tensors(part)
        scores = F.log_softmax(network(rows, lengths, before), -1).gather(2, after[..., None])[..., 0]
        real = after != PADDING
        total, count = total + float(scores[real].double().sum()), count + int(real.sum())
    return total, count


def tensors(pairs: list[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pairs of rows as what is read (B, T_x), its lengths (B,), what is said before and what is to be said (B, T_y)."""
    read, spoken = ([pair[side] for pair in pairs] for side in (0, 1))
    return padded(read), torch.tensor([len(rows) for rows in read]), *shifted(spoken)
