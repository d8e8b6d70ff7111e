"""A recurrent model reads real reviews that it was not trained on; what its states do there is kept in a small file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from explorer.analysis.state_atlas import SIDES, Atlas, Context, fingerprint, save_atlas
from explorer.analysis.state_space import full_states, log_odds, plane, slow_points
from explorer.core.checkpoints import Model, load
from explorer.core.progress import Progress, silent
from explorer.evaluation import datasets
from explorer.networks.recurrent import Recurrent
from explorer.reading.profanity import profane
from explorer.reading.tokenizer import tokenize
from explorer.training.reviews import Review, split_reviews
from explorer.training.training_loop import Progress as TrainingProgress

CLOUD, SAMPLE = 3_000, 20_000  # states that are drawn, and those from which the plane is taken
STARTS = 64  # states from which slow points are sought
CONTEXTS, WINDOW = 8, 6  # of a unit on each side; tokens before and after
LONGEST = 1_000  # tokens of a review that are read
READING = 0.6  # of the work is reading the reviews, the rest the search for slow points


@dataclass
class Gathered:
    """What reading leaves: a sample of full states, and of each review each unit's highest and lowest value and
    where."""

    vector_sum: np.ndarray  # (E,), of the vectors of all tokens
    states: list[np.ndarray] = field(default_factory=list)  # (K, S) a review
    tokens: list[str] = field(default_factory=list)  # what was read just before each of the states
    texts: list[tuple[str, list[str]]] = field(default_factory=list)  # name and tokens of each review
    values: list[np.ndarray] = field(default_factory=list)  # (2, H) a review, by SIDES
    places: list[np.ndarray] = field(default_factory=list)  # (2, H), at which token
    speed_sum: float = 0.0  # of ½‖s^<t> − s^<t-1>‖² at each token: how fast the state moves while reading
    count: int = 0  # tokens read


def precompute(
    model: Model,
    data: Path | Sequence[Review] | None,
    output: Path,
    seed: int = 0,
    command: str = "",
    progress: Progress = silent,
) -> int:
    """Make the atlas of a recurrent model from the held-out tenth of IMDB's training half; gives the bytes written.

    `data`: the folder of data sets (None: the cache), or the reviews themselves, so that several models share one
    reading of the disk. `progress` is told the share that is done, 0…1. The same seed and weights give the same file.
    Raises DataError, and ValueError for a model that is not recurrent or where CONTEXTS excerpts cannot be had of each
    unit.
    """
    recurrent_network(model)
    reviews = held_out_reviews(data) if data is None or isinstance(data, Path) else list(data)
    if len(reviews) < CONTEXTS:
        raise ValueError(f"An atlas needs {CONTEXTS} reviews or more; there are {len(reviews)}.")
    draw = np.random.default_rng(seed)
    gathered = gather(model, reviews, draw, lambda share: progress(READING * share))
    atlas = chart(model, gathered, draw, seed, command, lambda share: progress(READING + (1 - READING) * share))
    return save_atlas(model.name, atlas, output)


def precompute_all(
    names: Sequence[str | Model],
    data: Path | Sequence[Review] | None,
    output: Path,
    seed: int = 0,
    command: str = "",
    progress: TrainingProgress = lambda done, total, word: None,
    weights: Path | None = None,
) -> dict[str, int]:
    """Make the atlases of those models that are recurrent, into `output`; gives the bytes written by name.

    `names`: of models whose weights and vectors lie in the folder `weights` (None: in `output`), or the models
    themselves. `progress` is told how many models are done, how many there are, and how far the present one is, as that
    of training. Each model draws with the same seed. Raises what `precompute` raises, and WeightsError.
    """
    models = [load(name, weights or output) if isinstance(name, str) else name for name in names]
    models = [model for model in models if model.network.recurrent]
    reviews = data
    if models and (data is None or isinstance(data, Path)):
        progress(0, len(models), "reviews")
        reviews = held_out_reviews(data)
    sizes = {}
    for place, model in enumerate(models):
        report = partial(_report, progress, model.label, place, len(models))
        sizes[model.name] = precompute(model, reviews, output, seed, command=command, progress=report)
    return sizes


def _report(progress: TrainingProgress, label: str, place: int, count: int, share: float) -> None:
    progress(place + (share >= 1), count, f"{label} {100 * share:.0f} %")


def held_out_reviews(data: Path | None) -> list[Review]:
    """The reviews that no model was trained on. Raises DataError."""
    return split_reviews(data)[1]


def recurrent_network(model: Model) -> Recurrent:
    """The network of a model that has states. Raises ValueError for any other."""
    if not isinstance(model.network, Recurrent):
        raise ValueError(f"{model.label} has no state: only recurrent models have an atlas.")
    return model.network


@torch.inference_mode()
def gather(model: Model, reviews: Sequence[Review], draw: np.random.Generator, progress: Progress = silent) -> Gathered:
    """Read all reviews, one by one, and keep what `Gathered` says."""
    network = recurrent_network(model)
    gathered, each = Gathered(np.zeros(model.vectors.shape[1])), -(-SAMPLE // len(reviews))
    for done, (name, text, _) in enumerate(reviews):
        progress(done / len(reviews))
        tokens = tokenize(text)[:LONGEST]
        if not tokens:
            continue
        x = model.vectors[torch.tensor(model.vocabulary.encode(tokens))]
        states = full_states(network, x).numpy()  # (T, S)
        hidden = states[:, : network.units]
        chosen = np.sort(draw.choice(len(tokens), min(each, len(tokens)), replace=False))
        gathered.states.append(states[chosen])
        gathered.tokens += [tokens[t] for t in chosen]
        gathered.texts.append((name, tokens))
        gathered.values.append(np.stack([hidden.max(0), hidden.min(0)]))
        gathered.places.append(np.stack([hidden.argmax(0), hidden.argmin(0)]))
        moves = np.diff(states, axis=0, prepend=np.zeros_like(states[:1]))
        gathered.speed_sum += float(np.square(moves, dtype=np.float64).sum()) / 2
        gathered.vector_sum = gathered.vector_sum + x.double().sum(0).numpy()
        gathered.count += len(tokens)
    return gathered


def chart(
    model: Model, gathered: Gathered, draw: np.random.Generator, seed: int, command: str, progress: Progress = silent
) -> Atlas:
    """The atlas of what was gathered."""
    network = recurrent_network(model)
    states = np.concatenate(gathered.states)
    hidden = states[:, : network.units]
    axes = plane(hidden, network.readout.weight[0].numpy())
    order = draw.permutation(len(states))
    cloud, starts = order[:CLOUD], states[order[:STARTS]]
    mean_input, slow = gathered.vector_sum / gathered.count, {}
    inputs: dict[str, np.ndarray | None] = {"zero": None, "mean": mean_input}
    for given, x in inputs.items():
        slow[given] = slow_points(model, starts, x)
        progress(len(slow) / 2)
    with torch.inference_mode():
        belief = torch.sigmoid(log_odds(network, torch.from_numpy(states[cloud]))).numpy()
    card = {
        "name": f"states-{model.name}",
        "label": f"States of the {model.label} on real reviews",
        "weights": fingerprint(model),
        "command": command or "explorer.training.states.precompute",
        "seed": seed,
        "data": [
            datasets.IMDB.card() | {"part": "every tenth review, on which no model is trained; of it short excerpts"}
        ],
        "reviews": len(gathered.texts),
        "tokens": gathered.count,
        "states": {"sampled for the plane": len(states), "in the cloud": len(cloud)},
        "explained": [round(float(share), 4) for share in axes.explained],
        "reading_speed": round(gathered.speed_sum / gathered.count, 4),  # to be compared with the slow points' q
        "slow": {given: {"points": len(points.speed), "starts": len(starts)} for given, points in slow.items()},
    }
    tokens = tuple(gathered.tokens[i] for i in cloud)
    return Atlas(axes, axes.project(hidden[cloud]), belief, tokens, mean_input, slow, list(contexts(gathered)), card)


def contexts(gathered: Gathered) -> Iterator[dict[str, list[Context]]]:
    """Of each unit the CONTEXTS places where it was highest and lowest, each in another review and fit to be shown.

    Raises ValueError if there are fewer.
    """
    values, places = np.stack(gathered.values), np.stack(gathered.places)  # (reviews, 2, H)
    farthest = np.argsort(values * np.array([-1, 1])[:, None], axis=0, kind="stable")
    for unit in range(values.shape[2]):
        yield {
            side: _presentable(
                [(*gathered.texts[i], places[i, s, unit], values[i, s, unit]) for i in farthest[:, s, unit]]
            )
            for s, side in enumerate(SIDES)
        }


def _presentable(candidates: Sequence[tuple[str, list[str], int, float]]) -> list[Context]:
    """The first CONTEXTS of places, given as name, tokens, place and value, around which nothing is crude."""
    contexts = (_context(*candidate) for candidate in candidates)
    fit = (context for context in contexts if not profane(f"{context.before} {context.token} {context.after}"))
    kept = list(islice(fit, CONTEXTS))
    if len(kept) < CONTEXTS:
        count = f"in {len(candidates)} reviews there are {len(kept)}"
        raise ValueError(f"An atlas needs {CONTEXTS} excerpts of each unit; {count}.")
    return kept


def _context(name: str, tokens: list[str], place: int, value: float) -> Context:
    before, after = tokens[max(0, place - WINDOW) : place], tokens[place + 1 : place + 1 + WINDOW]
    return Context(" ".join(before), tokens[place], " ".join(after), float(value), name)
