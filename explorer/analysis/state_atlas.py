"""Atlas: what one command found out about a model's states on real reviews, on disk and back.

`states-<model>.safetensors` and its card beside it, in half precision. `explorer.training.states` makes them. An atlas
belongs to the weights that it was made with and is refused for others.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from explorer.analysis.state_space import Plane, SlowPoints
from explorer.core.checkpoints import FOLDER, Model, check_finite, read_card, read_tensors, write_card, write_tensors
from explorer.core.repairs import ATLAS, fault
from explorer.networks.recurrent import Recurrent

SIDES = ("high", "low")
PACKED = ("tokens", "contexts")  # the tensors that hold lines of text
COMMAND = "python -m explorer states"
EIGENVALUES = 16  # of a slow point that are kept, the largest: the others are forgotten within a few steps


class Context(NamedTuple):
    """A place in a review that drove a unit high or low: the tokens around it, and what the unit was there, −1…1."""

    before: str
    token: str
    after: str
    value: float
    review: str


@dataclass(frozen=True, eq=False)
class Atlas:
    """The states of one model on real reviews.

    `cloud`: (N, 2), where N states lie in the `plane`; `belief`: (N,), P(positive) there; `tokens`: N, what was just
    read. `mean_input`: (E,), the mean vector of the words of the reviews. `slow`: by input, "zero" or "mean"; of each
    point's eigenvalues a file keeps the EIGENVALUES largest. `contexts`: of each unit, H of them, {"high": …, "low":
    …}, the farthest first, each from another review.
    """

    plane: Plane
    cloud: np.ndarray
    belief: np.ndarray
    tokens: tuple[str, ...]
    mean_input: np.ndarray
    slow: dict[str, SlowPoints]
    contexts: list[dict[str, list[Context]]]
    card: dict[str, Any]


def paths(name: str, folder: Path) -> tuple[Path, Path]:
    """Where a model's atlas and its card are."""
    return folder / f"{ATLAS}{name}.safetensors", folder / f"{ATLAS}{name}.json"


def fingerprint(model: Model) -> str:
    """A hash of a model's weights in half precision, as they are shipped."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.network.state_dict().items()):
        digest.update(name.encode() + tensor.half().numpy().tobytes())
    return digest.hexdigest()[:16]


def save_atlas(name: str, atlas: Atlas, folder: Path) -> int:
    """Write an atlas and its card; gives the bytes of both."""
    arrays = {
        "mean": atlas.plane.mean, "components": atlas.plane.components, "explained": atlas.plane.explained,
        "cloud": atlas.cloud, "belief": atlas.belief, "mean_input": atlas.mean_input,
        # (H, 2, K)
        "values": np.array([[[context.value for context in unit[side]] for side in SIDES] for unit in atlas.contexts]),
    }  # fmt: skip
    for given, points in atlas.slow.items():
        arrays[f"{given}.logit"] = points.logit
    tensors = {key: torch.tensor(values).half().contiguous() for key, values in arrays.items()}
    for (
        given,
        points,
    ) in atlas.slow.items():  # a slow point rounded to half precision is slow no more, and 0.9998 would be 1
        largest = points.eigenvalues[:, :EIGENVALUES]
        tensors[f"{given}.eigenvalues"] = torch.tensor(np.stack([largest.real, largest.imag], -1)).float()
        tensors[f"{given}.speed"] = torch.tensor(points.speed).float()
        tensors[f"{given}.states"] = torch.tensor(points.states).float()
    contexts = [context for unit in atlas.contexts for side in SIDES for context in unit[side]]
    lines = ["\t".join((context.before, context.token, context.after, context.review)) for context in contexts]
    tensors |= {"tokens": _packed(atlas.tokens), "contexts": _packed(lines)}
    where, card = paths(name, folder)
    write_tensors(tensors, where)
    write_card(atlas.card, card)
    return where.stat().st_size + card.stat().st_size


def load_atlas(model: Model, folder: Path | None = None) -> Atlas:
    """The atlas of a model, from `folder` (that of the shipped weights at first).

    Read once as long as its files stay the same.

    Raises WeightsError if it is missing, damaged, or made with other weights.
    """
    both = paths(model.name, folder or FOLDER)
    try:
        stamps = tuple(path.stat().st_mtime_ns for path in both)
    except FileNotFoundError as error:
        raise fault(Path(error.filename), "is missing", absent=True) from error
    return _load(model, *both, stamps)


@lru_cache(maxsize=8)
def _load(model: Model, where: Path, card_path: Path, _stamps: tuple[int, ...]) -> Atlas:
    card, tensors = read_card(card_path), read_tensors(where)
    if card["weights"] != fingerprint(model):
        raise fault(card_path, f"was made with other weights of {model.name}", "weights", absent=True)
    for name, tensor in tensors.items():
        if name not in PACKED:
            check_finite(name, tensor, where)
    try:
        atlas = _atlas(card, tensors)
        _check_sizes(atlas, model)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise fault(where, f"is not an atlas of states ({error!r})") from error
    return atlas


def _atlas(card: dict[str, Any], tensors: dict[str, torch.Tensor]) -> Atlas:
    """The atlas that tensors hold. Raises KeyError, ValueError and IndexError where they do not."""
    text = {key: _unpacked(tensors.pop(key)) for key in PACKED}
    got = {key: tensor.numpy().astype(np.float32) for key, tensor in tensors.items()}
    of = Plane(got["mean"], got["components"], got["explained"])
    slow = {given: _slow(got, given) for given in card["slow"]}
    contexts = _contexts(text["contexts"], got["values"])
    return Atlas(of, got["cloud"], got["belief"], tuple(text["tokens"]), got["mean_input"], slow, contexts, card)


def _check_sizes(atlas: Atlas, model: Model) -> None:
    """Raises ValueError for arrays that do not belong together, or to the model."""
    units, count, size = model.network.units, len(atlas.tokens), atlas.plane.components.shape[-1]
    full = sum(map(len, model.network.start(model.vectors).values())) if isinstance(model.network, Recurrent) else 0
    wanted = {
        "the plane": ((2, size), atlas.plane.components.shape),
        "its mean": ((size,), atlas.plane.mean.shape),
        "its shares": ((2,), atlas.plane.explained.shape),
        "the cloud": ((count, 2), atlas.cloud.shape),
        "its beliefs": ((count,), atlas.belief.shape),
        "the mean vector": ((model.vectors.shape[1],), atlas.mean_input.shape),
        "the contexts": ((units,), (len(atlas.contexts),)),
    }
    for given, points in atlas.slow.items():
        found = len(points.speed)
        wanted[f"the slow points, {given}"] = (found, full), points.states.shape
        wanted[f"their log-odds, {given}"] = (found,), points.logit.shape
        wanted[f"their eigenvalues, {given}"] = (found,), points.eigenvalues.shape[:1]
    for what, (expected, shape) in wanted.items():
        if tuple(shape) != expected:
            raise ValueError(f"{what} {tuple(shape)}, not {expected}")


def _slow(got: dict[str, np.ndarray], given: str) -> SlowPoints:
    states, speed, logit, parts = (got[f"{given}.{what}"] for what in ("states", "speed", "logit", "eigenvalues"))
    return SlowPoints(states, speed, logit, parts[..., 0] + 1j * parts[..., 1])


def _contexts(lines: list[str], values: np.ndarray) -> list[dict[str, list[Context]]]:
    units, sides, count = values.shape
    if len(lines) != values.size:
        raise ValueError(f"{len(lines)} contexts for {values.size} values")
    rest = iter(lines)

    def read(value: float) -> Context:
        before, token, after, review = next(rest).split("\t")
        return Context(before, token, after, float(value), review)

    return [{SIDES[s]: [read(values[h, s, k]) for k in range(count)] for s in range(sides)} for h in range(units)]


def _packed(lines: list[str] | tuple[str, ...]) -> torch.Tensor:
    """Lines of text as bytes, as the table of vectors has its words. No token holds a tab or a line's end."""
    return torch.frombuffer(bytearray("\n".join(lines).encode()), dtype=torch.uint8)


def _unpacked(tensor: torch.Tensor) -> list[str]:
    return bytes(tensor.numpy()).decode().split("\n")
