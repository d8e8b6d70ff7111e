"""Search: which sentence a network says that gives every word a probability at each step: greedy, or with a beam."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from explorer.tasks.words import EDGE

State = dict[str, Tensor]  # by name, the first axis of each: hypotheses


class Speaker(Protocol):
    """What can say sentences, several hypotheses at a time."""

    def begin(self) -> State:
        """The state before the first word, of one hypothesis: tensors of (1, …)."""

    def follow(self, state: State, last: Tensor) -> tuple[Tensor, State]:
        """ln P of every word after `last`, (B,): (B, V), and the states after it; −∞ for what cannot be said."""


@dataclass(frozen=True)
class Sentence:
    """A sentence: its rows without the edges, ln P of all of it, and whether it ended by itself."""

    rows: tuple[int, ...]
    log_probability: float
    finished: bool

    @property
    def score(self) -> float:
        """Mean ln P of a word, the end counted: by the sum alone every long sentence would lose to a short one."""
        return self.log_probability / (len(self.rows) + self.finished)


def beam(speaker: Speaker, width: int, limit: int) -> list[Sentence]:
    """At most `width` sentences, the best by `score` first: at each step only the `width` likeliest beginnings live on.

    The greedy sentence, which a beam can lose on its way, competes at the end, so the best is never worse than it.
    Raises ValueError for a width below 1.
    """
    if width < 1:
        raise ValueError(f"A beam needs a width of 1 or more, not {width}.")
    sentences = search(speaker, width, limit)
    if width > 1:
        known = {sentence.rows for sentence in sentences}
        sentences += [sentence for sentence in search(speaker, 1, limit) if sentence.rows not in known]
    return sorted(sentences, key=lambda sentence: -sentence.score)[:width]


@torch.inference_mode()
def search(speaker: Speaker, width: int, limit: int) -> list[Sentence]:
    """All sentences that the beam ends with; one that has ended takes its place in the beam with it."""
    begun: list[tuple[int, ...]] = [()]
    state, last, total = speaker.begin(), torch.tensor([EDGE]), torch.zeros(1)
    ended: list[Sentence] = []
    while begun and len(begun[0]) < limit:
        scores, state = speaker.follow(state, last)  # (B, V)
        reached = (total[:, None] + scores).flatten()
        total, place = reached.topk(min(width - len(ended), len(reached)))
        total, place = total[total > -torch.inf], place[total > -torch.inf]
        origin, last = place // scores.shape[1], place % scores.shape[1]
        ends = last == EDGE
        ended += [Sentence(begun[i], p, True) for i, p in zip(origin[ends].tolist(), total[ends].tolist(), strict=True)]
        total, origin, last = total[~ends], origin[~ends], last[~ends]
        begun = [(*begun[i], row) for i, row in zip(origin.tolist(), last.tolist(), strict=True)]
        state = {name: values[origin] for name, values in state.items()}
    return ended + [Sentence(rows, p, False) for rows, p in zip(begun, total.tolist(), strict=True)]
