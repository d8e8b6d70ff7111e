"""Two units: a recurrent network learns negation in seconds, by backpropagation through time.

Everything is numpy, so that the backward pass can be read beside the forward pass. Several networks are trained side by
side from chance weights (R of them) and the best is kept: with two units, one start in six finds its way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from explorer.analysis.two_units import WORDS, TwoUnits, right, save_two_units
from explorer.core.checkpoints import FOLDER

RESTARTS, STEPS, RATE, DECAY = 12, 1000, 0.05, 2e-4
TARGETS = {0: 0.5, 1: 0.95, -1: 0.05}  # P(positive) for nothing said, good, bad
BETAS = (0.9, 0.99)  # Adam (Kingma & Ba 2015)
UNITS, SIZE = 2, 2  # H, E
Weights = dict[str, np.ndarray]  # by the names of TwoUnits's fields, each with R in front


def opinions(side: int) -> list[str]:
    """The four ways to say good (side 1) or bad (side −1)."""
    own, other = ("good", "bad") if side > 0 else ("bad", "good")
    return [own, f"not {other}", f"very {own}", f"not very {other}"]


def texts() -> list[str]:
    """What is read in training: two opinions of one side joined, opened in one of three ways; and "good film"."""
    openings = ["", "it is ", "the film is "]
    pairs = [
        (a, joint, b) for side in (1, -1) for a in opinions(side) for joint in (",", "and") for b in opinions(side)
    ]
    joined = [f"{a} {joint} {b}" for a, joint, b in pairs if a != b]
    films = [f"{opinion} film" for side in (1, -1) for opinion in opinions(side)]
    return [openings[i % 3] + text for i, text in enumerate(joined)] + films


def targets(tokens: list[str]) -> list[float]:
    """P(positive) after each word: what was said last counts; NaN, so open, between "not" and what it negates.

    >>> targets(["it", "good", ",", "not", "bad"])
    [0.5, 0.95, 0.95, nan, 0.95]
    """
    opinion, negated, beliefs = 0, False, []
    for token in tokens:
        if token in ("good", "bad"):
            opinion = (1 if token == "good" else -1) * (-1 if negated else 1)
            negated = False
        negated = negated or token == "not"
        beliefs.append(float("nan") if negated else TARGETS[opinion])
    return beliefs


def lesson() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All texts as rows (B, T), targets (B, T), and the share of the loss that each step has, (B, T), sum 1; 0 is
    open."""
    split = [text.split() for text in texts()]
    longest = max(map(len, split))
    rows, target = np.zeros((len(split), longest), int), np.full((len(split), longest), np.nan)
    for i, tokens in enumerate(split):
        rows[i, : len(tokens)] = [WORDS.index(token) for token in tokens]
        target[i, : len(tokens)] = targets(tokens)
    counts = ~np.isnan(target)
    return rows, np.nan_to_num(target, nan=0.5), counts / counts.sum()


def chance(seed: int) -> Weights:
    """Weights to start from: R networks, drawn from the seed."""
    draw = np.random.default_rng(seed)
    words, units = {"embedding": (len(WORDS), SIZE)}, {"b": (UNITS,), "w": (UNITS,), "c": ()}
    shapes = words | {"W": (UNITS, SIZE), "U": (UNITS, UNITS)} | units
    return {name: draw.normal(0, 1, (RESTARTS, *shape)) for name, shape in shapes.items()}


def forward(at: Weights, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """States a^<0> … a^<T>, (T + 1, R, B, H), word vectors (T, R, B, E), log-odds (T, R, B)."""
    x = at["embedding"][:, rows.T].swapaxes(0, 1)  # (T, R, B, E)
    states = np.zeros((len(x) + 1, *x.shape[1:3], UNITS))
    for t, word in enumerate(x):
        total = word @ at["W"].mT + states[t] @ at["U"].mT + at["b"][:, None]
        states[t + 1] = np.tanh(total)
    logit = (states[1:] @ at["w"][..., None])[..., 0] + at["c"][:, None]
    return states, x, logit


def gradients(at: Weights, rows: np.ndarray, target: np.ndarray, share: np.ndarray) -> tuple[Weights, np.ndarray]:
    """Slopes of each network's cross-entropy and the log-odds: backpropagation through time (Werbos 1990).

    From the last step to the first: δ^<t> = (1 − a^<t>²) ⊙ (w·∂L/∂z^<t> + Uᵀ δ^<t+1>), and each weight's slope sums
    over t.
    """
    states, x, logit = forward(at, rows)
    slope = (1 / (1 + np.exp(-logit)) - target.T[:, None]) * share.T[:, None]  # ∂L/∂z^<t>, (T, R, B)
    delta = np.zeros_like(x, shape=(*x.shape[:3], UNITS))
    later = np.zeros(delta.shape[1:])
    for t in reversed(range(len(x))):
        delta[t] = (1 - states[t + 1] ** 2) * (slope[t][..., None] * at["w"][:, None] + later)
        later = delta[t] @ at["U"]
    to_word = delta @ at["W"]  # (T, R, B, E)
    embedding = np.zeros_like(at["embedding"])
    for word in range(len(WORDS)):
        embedding[:, word] = np.einsum("trbe,tb->re", to_word, np.equal(rows.T, word).astype(float))
    slopes = {
        "embedding": embedding,
        "W": np.einsum("trbh,trbe->rhe", delta, x),
        "U": np.einsum("trbh,trbk->rhk", delta, states[:-1]),
        "b": delta.sum((0, 2)),
        "w": np.einsum("trb,trbh->rh", slope, states[1:]),
        "c": slope.sum((0, 2)),
    }
    return slopes, logit


def margins(at: Weights, rows: np.ndarray, target: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Of each network the log-odds by which its weakest verdict is right, (R,); negative if one is wrong.

    A step with a target of one half must stay within ±0.7 (P 0.33 to 0.67), and counts from there.
    """
    logit = forward(at, rows)[2]  # (T, R, B)
    side = np.sign(target - 0.5).T[:, None]
    right_by = np.where(side == 0, 0.7 - np.abs(logit), logit * side)
    weakest: np.ndarray = np.where(share.T[:, None] > 0, right_by, np.inf).min((0, 2))
    return weakest


def learn(seed: int, steps: int = STEPS) -> Weights:
    """R networks after `steps` of Adam with weight decay, the rate falling to zero."""
    at, (rows, target, share) = chance(seed), lesson()
    mean, square = ({name: np.zeros_like(values) for name, values in at.items()} for _ in range(2))
    for step in range(1, steps + 1):
        slopes, _ = gradients(at, rows, target, share)
        rate = RATE * (1 - (step - 1) / steps)
        for name, slope in slopes.items():
            slope = slope + DECAY * at[name]
            mean[name] += (1 - BETAS[0]) * (slope - mean[name])
            square[name] += (1 - BETAS[1]) * (slope**2 - square[name])
            move = mean[name] / (1 - BETAS[0] ** step) / (np.sqrt(square[name] / (1 - BETAS[1] ** step)) + 1e-8)
            at[name] = at[name] - rate * move
    return at


def train_two_units(seed: int = 0) -> TwoUnits:
    """The network, trained from a seed; the same seed gives the same weights, rounded to two decimals.

    Raises ValueError if no network learnt all of it.
    """
    rounded = {name: values.round(2) + 0.0 for name, values in learn(seed).items()}  # + 0.0: no minus zero
    margin = margins(rounded, *lesson())
    best = int(margin.argmax())
    network = TwoUnits(**{name: values[best] for name, values in rounded.items()})
    if not all(right(network).values()):
        raise ValueError(f"No network from seed {seed} learnt to negate (margin {margin[best]:.2f}). Try another seed.")
    return network


def write_two_units(seed: int = 0, folder: Path = FOLDER) -> TwoUnits:
    """Train the network and write it with its card into a folder."""
    network = train_two_units(seed)
    save_two_units(network, card(network, seed), folder)
    return network


def card(network: TwoUnits, seed: int) -> dict[str, Any]:
    """What is said of the network: how it came about, and by how much it is right on what it read in training."""
    alone = {name: values[None] for name, values in network.as_dict().items()}
    return {
        "name": "twin",
        "label": "an RNN of two units",
        "parameters": network.parameters,
        "command": f"python -m explorer train --all --seed {seed}",
        "data": "no data: sentences made of ten words by explorer/training/two_units.py",
        "training": {"seed": seed, "steps": STEPS, "restarts": RESTARTS, "texts": len(texts())},
        "margin": round(float(margins(alone, *lesson())[0]), 2),
        "right": f"{sum(right(network).values())} of {len(right(network))} sentences",
    }
