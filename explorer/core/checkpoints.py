"""A name to a model with its vocabulary, its vectors and its card; and back to disk.

In the folder lie `vectors.safetensors`, the one table of word vectors that all models share, and one file a model, each
with a card (JSON) beside it; in its folder `seeds` the same models as trained from other seeds. Numbers are kept in
half precision and used in single precision. What is read is checked before it is used: the file against the manifest,
the card against its schema, the numbers for what no trained model has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from explorer.core import manifest
from explorer.core.manifest import Checksum
from explorer.core.places import FOLDER as FOLDER  # the place of the weights, which tests replace here
from explorer.core.repairs import SEEDS, fault, folder_of
from explorer.core.repairs import WeightsError as WeightsError  # the public name
from explorer.networks.base import Network
from explorer.networks.registry import build, names
from explorer.networks.registry import network as network_class
from explorer.reading.vocabulary import SPECIAL, Vocabulary

VECTORS = "vectors"
MANY = 8  # times the weights that are there: no network that a card describes has so many
FLOATS = (torch.float16, torch.float32)  # the types of numbers that weights are written in

_LOADING = Lock()


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model, ready to read: its network, its words, their vectors and its card.

    `checksums`: of the files that it was read from, its own weights first; none where it was not read from files.
    """

    name: str
    network: Network
    vocabulary: Vocabulary
    vectors: Tensor  # (V, E), row 0 zero
    card: dict[str, Any]
    checksums: tuple[Checksum, ...] = ()

    @property
    def label(self) -> str:
        """The model's name as people read it: "GRU", "average of words"."""
        return self.network.label

    @property
    def weights(self) -> int:
        """How many numbers its training has found, biases among them; the vectors of the words are not."""
        return sum(tensor.numel() for tensor in self.network.parameters())


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
    entries = card.get("seeds") or [card.get("training", {})]
    if "seed" not in entries[0]:
        raise fault(path, "is missing", "training.seed")
    return [int(entry["seed"]) for entry in entries]


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


def load_beside(name: str, folder: Path) -> Model:
    """The model that lies in a folder, for what is written beside it; the shipped one where there is none of it."""
    return load(name, folder if weights_path(name, folder).exists() else None)


def _known(name: str) -> str:
    if name not in names():
        raise ValueError(f"There is no model named {name!r}. There are: {', '.join(names())}.")
    return name


@cache
def _load(name: str, folder: Path, seed: int | None) -> Model:
    vocabulary, vectors = load_vectors(folder)
    path, card_path = weights_path(name, folder, seed), folder / f"{name}.json"
    card, tensors = read_card(card_path), read_tensors(path)
    if seed is not None:
        card = card | next(one for one in card["seeds"] if one["seed"] == seed)
    network = _network(name, card["config"], tensors, path, card_path)
    if network.inputs != vectors.shape[1]:
        raise fault(
            card_path, f"is {network.inputs}, but {VECTORS} has {vectors.shape[1]} numbers a word", "config.inputs"
        )
    files = path, card_path, _vectors_path(folder)
    checksums = tuple(manifest.verified(file) for file in files)
    return Model(name, network.eval().requires_grad_(False), vocabulary, vectors, card, checksums)


def _network(name: str, config: Mapping[str, Any], tensors: Mapping[str, Tensor], path: Path, card: Path) -> Network:
    """The network that a card describes, with the weights of its file. Raises WeightsError."""
    count = sum(tensor.numel() for tensor in tensors.values())
    try:
        wanted = network_class(name).parameter_count(config)
        if wanted > MANY * count:  # building it could take all memory
            raise fault(card, f"describes {wanted:,} weights, {path.name} holds {count:,}", "config")
        network = build(name, **config)
    except (KeyError, TypeError, ValueError, ArithmeticError, RuntimeError) as error:
        raise fault(card, f"does not describe a network {name} ({error!r})", "config") from error
    load_weights(network, tensors, path, card)
    return network


def load_weights(network: nn.Module, tensors: Mapping[str, Tensor], path: Path, card: Path) -> None:
    """Give a network its weights. Raises WeightsError for tensors that cannot be those of its training.

    `path`: where the tensors lie; `card`: what describes the network.
    """
    plan = network.state_dict()
    if odd := sorted(plan.keys() ^ tensors.keys()):
        what = "it lacks" if odd[0] in plan else "none of them is"
        raise fault(path, f"does not hold the weights that {card.name} describes: {what} {odd[0]}")
    for name, tensor in tensors.items():
        if tensor.shape != plan[name].shape:
            shapes = f"of shape {tuple(tensor.shape)}, {card.name} describes {tuple(plan[name].shape)}"
            raise fault(path, f"does not hold the weights that its card describes: {name} is {shapes}")
        check_numbers(name, tensor, path)
    network.load_state_dict({key: tensor.float() for key, tensor in tensors.items()})


def check_numbers(name: str, tensor: Tensor, path: Path) -> None:
    """Raises WeightsError for a tensor of a file whose numbers no training leaves: not finite, or a table of zeros."""
    check_finite(name, tensor, path)
    if tensor.ndim > 1 and tensor.numel() and not tensor.any():
        raise fault(path, "holds nothing but zeros", name)


def check_finite(name: str, tensor: Tensor, path: Path) -> None:
    """Raises WeightsError for a tensor of a file that is of another type than weights, or not finite."""
    if tensor.dtype not in FLOATS:
        raise fault(path, f"holds numbers of the type {str(tensor.dtype).removeprefix('torch.')}", name)
    if not tensor.isfinite().all():
        raise fault(path, "holds numbers that are not finite", name)


def _vectors_path(folder: Path) -> Path:
    return folder / f"{VECTORS}.safetensors"


@lru_cache(maxsize=4)
def load_vectors(folder: Path) -> tuple[Vocabulary, Tensor]:
    """The words and their vectors, (V, E) float32. Raises WeightsError."""
    path = _vectors_path(folder)
    tensors = read_tensors(path)
    if tensors.keys() != {"words", VECTORS}:
        raise fault(path, f"is not a table of word vectors, it holds {', '.join(sorted(tensors)) or 'nothing'}")
    try:
        vocabulary = unpack_words(tensors["words"])
    except ValueError as error:
        raise fault(path, f"does not hold words ({error})", "words") from error
    table = tensors[VECTORS]
    if table.ndim != 2 or len(table) != len(vocabulary):
        words = len(vocabulary) - len(SPECIAL)
        raise fault(path, f"has {words} words for a table of shape {tuple(table.shape)}", VECTORS)
    check_numbers(VECTORS, table, path)
    return vocabulary, table.float()


def pack_words(words: Vocabulary) -> Tensor:
    """The words of a vocabulary as bytes, (N,) uint8, joined by line breaks."""
    return torch.frombuffer(bytearray("\n".join(words.words[len(SPECIAL) :]).encode()), dtype=torch.uint8)


def unpack_words(packed: Tensor) -> Vocabulary:
    """The vocabulary that `pack_words` made bytes. Raises ValueError."""
    if packed.dtype != torch.uint8 or packed.ndim != 1:
        raise ValueError("they are no bytes")
    text = bytes(packed.numpy()).decode()
    if "\0" in text:
        raise ValueError("a zero byte is in them")
    return Vocabulary(text.split("\n"))


@lru_cache(maxsize=4)
def trained_words(folder: Path | None = None) -> frozenset[str]:
    """The words that training read; of all others the vector is a guess from words used alike. Raises WeightsError."""
    folder = folder or FOLDER
    path = folder / f"{VECTORS}.json"
    card = read_card(path)
    if "tuned_rows" not in card:
        raise fault(path, "is missing", "tuned_rows")
    return frozenset(load_vectors(folder)[0].words[: card["tuned_rows"]])


def read_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a safetensors file by name, as they are stored, if the manifest has it so. Raises WeightsError."""
    try:
        with path.open("rb"):  # safetensors tells a folder and a file that may not be read apart from nothing
            tensors: dict[str, Tensor] = load_file(path)
    except OSError as error:
        _cannot_open(path, error)
    except (SafetensorError, ValueError, KeyError, RuntimeError) as error:
        raise fault(path, f"cannot be read, it may be cut short ({error})") from error
    manifest.verified(path)
    return tensors


def read_card(path: Path) -> dict[str, Any]:
    """A card as a dictionary that is as its schema says and as the manifest has it. Raises WeightsError."""
    from explorer.core.validation import validate  # a tenth of a second that training, say, does without

    try:
        card = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as error:
        _cannot_open(path, error)
    except (ValueError, RecursionError) as error:
        raise fault(path, f"is not a card in JSON ({error})") from error
    if not isinstance(card, dict):
        raise fault(path, "is not a card: it holds no JSON object")
    validate(card, path)
    manifest.verified(path)
    return card


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _cannot_open(path: Path, error: OSError) -> NoReturn:
    """Say why a file could not be opened: only one that is not there is missing."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        raise fault(path, "is missing", absent=True) from error
    if isinstance(error, IsADirectoryError):
        raise fault(path, "is a folder, not a file. Take it away first") from error
    if isinstance(error, PermissionError):
        raise fault(path, f"may not be read. Try `chmod u+r {path}` first") from error
    raise fault(path, f"cannot be read ({error.strerror or error})") from error


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
    manifest.record(folder)


def save_network(network: Network, path: Path) -> None:
    """Write the weights of a network in half precision."""
    write_tensors({key: tensor.detach().half().contiguous() for key, tensor in network.state_dict().items()}, path)


def save_vectors(vocabulary: Vocabulary, vectors: Tensor, card: dict[str, Any], folder: Path) -> None:
    """Write the table of word vectors in half precision, its words, and its card."""
    write_tensors({VECTORS: vectors.detach().half(), "words": pack_words(vocabulary)}, _vectors_path(folder))
    write_card(card, folder / f"{VECTORS}.json")


def write_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    """Write a safetensors file and its checksum in the manifest of its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path)
    manifest.record(folder_of(path), path)


def write_card(card: Mapping[str, Any], path: Path) -> None:
    """Write a card as JSON that one can read and compare, and its checksum in the manifest of its folder."""
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    manifest.record(folder_of(path), path)
