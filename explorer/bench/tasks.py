"""Benches of the other sequence tasks: the writer against the plainest loop that draws the same words."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from explorer.bench.registry import CouldNotRun
from explorer.bench.timing import compare
from explorer.core.tracing import one_thread
from explorer.tasks.saved import Trained, load
from explorer.tasks.words import EDGE
from explorer.tasks.writer import LIMIT, draw, network_of, probabilities, read_start, write

START, WORDS, HEAT = "the", 100, 1.0
CELLS: dict[str, Callable[[int, int], nn.RNNCellBase]] = {"rnn": nn.RNNCell, "gru": nn.GRUCell, "lstm": nn.LSTMCell}


def generate_vs_loop() -> float:
    """100 words of the writer, each with its candidates and its state, over a plain loop of torch.nn's cell.

    Both draw the same words from the same start: sentences from one seed after the other until they have 100 words
    together.
    """
    model = load("writer")
    with one_thread(), torch.inference_mode():
        seeds = seeds_for(model)
        loop = plain(model)
        rows = [[step.row for step in write(model, START, seed, HEAT)] for seed in seeds]
        if rows != [loop(seed) for seed in seeds]:
            raise CouldNotRun("the two ways write different sentences")
        return compare(
            lambda: [list(write(model, START, seed, HEAT)) for seed in seeds],
            lambda: [loop(seed) for seed in seeds],
            repetitions=15,
        )


def seeds_for(model: Trained) -> range:
    """So many seeds that their sentences have WORDS words together."""
    count, seed = 0, 0
    while count < WORDS:
        count += sum(1 for _ in write(model, START, seed, HEAT))
        seed += 1
    return range(seed)


def plain(model: Trained) -> Callable[[int], list[int]]:
    """A loop of torch.nn's own cell that gives the rows of the sentence of a seed, and nothing else."""
    network, given = network_of(model), read_start(model, START)
    kind = network.config["cell"]
    cell = CELLS[kind](network.cell.inputs, network.cell.units)
    cell.load_state_dict({name.removesuffix("_l0"): values for name, values in network.cell.core.state_dict().items()})

    def loop(seed: int) -> list[int]:
        rows: list[int] = []
        last, state = EDGE, None
        while len(rows) < LIMIT and (not rows or last != EDGE):
            state = cell(network.table.weight[last][None], state)
            hidden: Tensor = state[0] if kind == "lstm" else state
            chances = probabilities(network.logits(network.project(hidden[0])), HEAT)
            last = given[len(rows)] if len(rows) < len(given) else draw(chances, seed, len(rows))
            rows.append(last)
        return rows

    return loop
