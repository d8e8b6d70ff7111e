"""A name to a model with its vocabulary, its vectors and its card; and back to disk.

In the folder lie `vectors.safetensors`, the one table of word vectors that all models share, and one file a model, each
with a card (JSON) beside it; in its folder `seeds` the same models as trained from other seeds. Numbers are kept in
half precision and used in single precision.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from explorer.core.places import FOLDER as FOLDER  # the place of the weights, which tests replace here
from explorer.networks.base import Network
from explorer.networks.registry import build, names
from explorer.reading.vocabulary import SPECIAL, Vocabulary

VECTORS, SEEDS = "vectors", "seeds"
REPAIR = "Get it back with `git checkout pretrained`, or train it anew with `python -m explorer train`."


_LOADING = Lock()


class WeightsError(Exception):
    """A file of weights is missing, cut short or of another shape; the message says which and what to do."""


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model, ready to read: its network, its words, their vectors and its card."""

    name: str
    network: Network
    vocabulary: Vocabulary
    vectors: Tensor  # (V, E), row 0 zero
    card: dict[str, Any]

    @property
    def label(self) -> str:
        """The model's name as people read it: "GRU", "average of words"."""
        return self.network.label


def models() -> list[str]:
    """The names of the models, in the order in which the story tells them, registered ones last."""
    return names()


def load(name: str, folder: str | Path | None = None) -> Model:
    """A trained model by its name, from `folder` (the project's own `pretrained/` at first).

    Loaded once a process: a second call gives the same object, in evaluation mode, without gradients.
    Raises ValueError for a name that is not in `models()`, WeightsError for weights that cannot be used.
    """
    with _LOADING:  # a cache alone would let two visitors who come at once load twice
        return _load(_known(name), Path(folder or FOLDER).resolve(), None)


def seeds(name: str, folder: str | Path | None = None) -> list[int]:
    """The seeds from which a model was trained, that of the shipped weights first. Raises ValueError, WeightsError."""
    path = Path(folder or FOLDER) / f"{_known(name)}.json"
    card = read_card(path)
    try:
        return [int(one["seed"]) for one in card.get("seeds") or [card["training"]]]
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(
            f"{path} does not say from which seeds the model was trained ({error!r}). {REPAIR}"
        ) from error


def load_seed(name: str, seed: int, folder: str | Path | None = None) -> Model:
    """The model as trained from another of its `seeds`, with the same words and vectors; loaded once a process.

    Its card is the shipped one with this seed's entry in the place of the shipped seed's scores. Raises ValueError for
    an unknown name, WeightsError for a seed that is not among `seeds(name)` or weights that cannot be used.
    """
    known = seeds(name, folder)
    if seed == known[0]:
        return load(name, folder)
    if seed not in known:
        raise WeightsError(f"{name} was not trained from seed {seed}. There are: {', '.join(map(str, known))}.")
    with _LOADING:
        return _load(name, Path(folder or FOLDER).resolve(), seed)


def _known(name: str) -> str:
    if name not in names():
        raise ValueError(f"There is no model named {name!r}. There are: {', '.join(names())}.")
    return name


@cache
def _load(name: str, folder: Path, seed: int | None) -> Model:
    vocabulary, vectors = load_vectors(folder)
    card = read_card(folder / f"{name}.json")
    if seed is not None:
        card = card | next(one for one in card["seeds"] if one["seed"] == seed)
    path = weights_path(name, folder, seed)
    tensors = read_tensors(path)
    try:
        network = build(name, **card["config"])
        network.load_state_dict({key: tensor.float() for key, tensor in tensors.items()})
    except (KeyError, TypeError, RuntimeError) as error:
        raise WeightsError(f"{path} does not hold the weights that its card describes ({error}). {REPAIR}") from error
    if network.inputs != vectors.shape[1]:
        raise WeightsError(
            f"{path} reads vectors of {network.inputs} numbers, {VECTORS} has {vectors.shape[1]}. {REPAIR}"
        )
    if not all(tensor.isfinite().all() for tensor in network.parameters()):
        raise WeightsError(f"{path} holds numbers that are not finite. {REPAIR}")
    return Model(name, network.eval().requires_grad_(False), vocabulary, vectors, card)


@lru_cache(maxsize=4)
def load_vectors(folder: Path) -> tuple[Vocabulary, Tensor]:
    """The words and their vectors, (V, E) float32. Raises WeightsError."""
    path = folder / f"{VECTORS}.safetensors"
    tensors = read_tensors(path)
    try:
        words = bytes(tensors["words"].numpy()).decode().split("\n")
        vectors = tensors["vectors"].float()
    except (KeyError, UnicodeDecodeError) as error:
        raise WeightsError(f"{path} is not a table of word vectors ({error!r}). {REPAIR}") from error
    if vectors.ndim != 2 or len(vectors) != len(words) + len(SPECIAL):
        raise WeightsError(f"{path} has {len(words)} words for a table of shape {tuple(vectors.shape)}. {REPAIR}")
    if not vectors.isfinite().all():
        raise WeightsError(f"{path} holds numbers that are not finite. {REPAIR}")
    return Vocabulary(words), vectors


@lru_cache(maxsize=4)
def trained_words(folder: Path | None = None) -> frozenset[str]:
    """The words that training read; of all others the vector is a guess from words used alike. Raises WeightsError."""
    folder = folder or FOLDER
    return frozenset(load_vectors(folder)[0].words[: read_card(folder / f"{VECTORS}.json")["tuned_rows"]])


def read_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a safetensors file by name. Raises WeightsError."""
    try:
        return load_file(path)
    except FileNotFoundError as error:
        raise WeightsError(f"{path} is missing. {REPAIR}") from error
    except (SafetensorError, OSError) as error:
        raise WeightsError(f"{path} cannot be read, it may be cut short ({error}). {REPAIR}") from error


def read_card(path: Path) -> dict[str, Any]:
    """A card as a dictionary. Raises WeightsError."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WeightsError(f"{path} is missing. {REPAIR}") from error
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path} is not a card in JSON ({error}). {REPAIR}") from error
    if not isinstance(card, dict):
        raise WeightsError(f"{path} is not a card: it holds no JSON object. {REPAIR}")
    return card


def weights_path(name: str, folder: Path, seed: int | None = None) -> Path:
    """The file of a model: the shipped one, or that of another seed."""
    return folder / f"{name}.safetensors" if seed is None else folder / SEEDS / f"{name}-{seed}.safetensors"


def save(name: str, network: Network, card: dict[str, Any], folder: Path) -> None:
    """Write a model in half precision and its card."""
    save_network(network, weights_path(name, folder))
    write_card(card, folder / f"{name}.json")


def save_seeds(name: str, networks: dict[int, Network], folder: Path) -> None:
    """Write a model as trained from other seeds, in half precision, in the place of what was there of it."""
    for path in (folder / SEEDS).glob(f"{name}-*.safetensors"):
        path.unlink()
    for seed, network in networks.items():
        save_network(network, weights_path(name, folder, seed))


def save_network(network: Network, path: Path) -> None:
    """Write the weights of a network in half precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({key: tensor.detach().half().contiguous() for key, tensor in network.state_dict().items()}, path)


def save_vectors(vocabulary: Vocabulary, vectors: Tensor, card: dict[str, Any], folder: Path) -> None:
    """Write the table of word vectors in half precision, its words, and its card."""
    folder.mkdir(parents=True, exist_ok=True)
    words = "\n".join(vocabulary.words[len(SPECIAL) :]).encode()
    tensors = {"vectors": vectors.detach().half(), "words": torch.frombuffer(bytearray(words), dtype=torch.uint8)}
    save_file(tensors, folder / f"{VECTORS}.safetensors")
    write_card(card, folder / f"{VECTORS}.json")


def write_card(card: dict[str, Any], path: Path) -> None:
    """Write a card as JSON that one can read and compare."""
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
