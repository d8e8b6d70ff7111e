"""Saved: a task's trained model by its name, with its words and its card; and back to disk.

As with the other models it is a safetensors file in half precision, its card (JSON) beside it; here its words lie in
the same file, joined by line breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from torch import Tensor, nn

from explorer.core import manifest
from explorer.core.checkpoints import (
    FOLDER,
    load_weights,
    pack_words,
    read_card,
    read_tensors,
    unpack_words,
    write_card,
    write_tensors,
)
from explorer.core.manifest import Checksum
from explorer.core.repairs import fault
from explorer.reading.vocabulary import Vocabulary
from explorer.tasks import NETWORKS

WORDS = "words."  # what the names of the tensors that hold words begin with

_LOADING = Lock()


class TaskNetwork(nn.Module):
    """The network of a task. `config`: what its constructor needs to build it again."""

    config: dict[str, Any]

    @property
    def label(self) -> str:
        """What people call it."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Trained:
    """A task's model, ready to use: its network, its words by language ("en", "fr"), its card.

    `checksums`: of the files that it was read from, its weights first; none where it was not read from files.
    """

    name: str
    network: TaskNetwork
    words: dict[str, Vocabulary]
    card: dict[str, Any]
    checksums: tuple[Checksum, ...] = ()

    @property
    def label(self) -> str:
        """The model's name as people read it."""
        return self.network.label


def network(name: str) -> type[TaskNetwork]:
    """The class of a model's network. Raises ValueError for a name that is not in NETWORKS."""
    if name not in NETWORKS:
        raise ValueError(f"There is no task's model named {name!r}. There are: {', '.join(NETWORKS)}.")
    module, _, attribute = NETWORKS[name].partition(":")
    network: type[TaskNetwork] = getattr(import_module(module), attribute)
    return network


def load(name: str, folder: str | Path | None = None) -> Trained:
    """A trained model by its name, from `folder` (the project's own `pretrained/` at first); loaded once a process.

    In evaluation mode, without gradients, in single precision. Raises ValueError for a name that is not in NETWORKS,
    WeightsError for weights that cannot be used.
    """
    network(name)
    with _LOADING:
        return _load(name, Path(folder or FOLDER).resolve())


@cache
def _load(name: str, folder: Path) -> Trained:
    path, card_path = (folder / f"{name}.{end}" for end in ("safetensors", "json"))
    card, tensors = read_card(card_path), read_tensors(path)
    words = _words(tensors, path)
    _check_words(words, card, path, card_path)
    trained = _network(name, card["config"], tensors, path, card_path)
    checksums = tuple(manifest.verified(file) for file in (path, card_path))
    return Trained(name, trained.eval().requires_grad_(False), words, card, checksums)


def _words(tensors: dict[str, Tensor], path: Path) -> dict[str, Vocabulary]:
    """The vocabularies by language, which are taken out of a file's tensors. Raises WeightsError."""
    words = {}
    for key in sorted(tensors):
        if key.startswith(WORDS):
            try:
                words[key.removeprefix(WORDS)] = unpack_words(tensors.pop(key))
            except ValueError as error:
                raise fault(path, f"does not hold words ({error})", key) from error
    return words


ROWS = {"words": "en", "source": "en", "target": "fr"}  # fields of a config that count the words of a language


def _check_words(words: dict[str, Vocabulary], card: dict[str, Any], weights: Path, path: Path) -> None:
    """Raises WeightsError for a card that counts other words than those that are there."""
    counts = {language: len(vocabulary) for language, vocabulary in words.items()}
    if lacking := sorted(card["words"].keys() ^ counts.keys()):
        raise fault(weights, f"does not hold the words that {path.name} describes ({', '.join(lacking)})")
    if card["words"] != counts:
        raise fault(path, f"is {card['words']}, but the words that are there are {counts}", "words")
    for field, language in ROWS.items():
        if card["config"].get(field, counts.get(language)) != counts.get(language):
            raise fault(path, f"is not the number of the words ({counts.get(language)})", f"config.{field}")


def _network(name: str, config: dict[str, Any], tensors: dict[str, Tensor], path: Path, card: Path) -> TaskNetwork:
    """The network that a card describes, with the weights of its file. Raises WeightsError."""
    largest = max((size for tensor in tensors.values() for size in tensor.shape), default=0)
    for field, value in config.items():  # building it could take all memory
        if isinstance(value, int) and value > largest:
            raise fault(card, f"is {value:,}, no tensor of {path.name} is so large", f"config.{field}")
    try:
        trained = network(name)(**config)
    except (KeyError, TypeError, ValueError, ArithmeticError, RuntimeError) as error:
        raise fault(card, f"does not describe a {name} ({error!r})", "config") from error
    load_weights(trained, tensors, path, card)
    return trained


def save(model: Trained, folder: Path) -> None:
    """Write a model, its numbers in half precision, and its card."""
    tensors = {key: tensor.detach().half().contiguous() for key, tensor in model.network.state_dict().items()}
    tensors |= {WORDS + language: pack_words(words) for language, words in model.words.items()}
    write_tensors(tensors, folder / f"{model.name}.safetensors")
    write_card(model.card, folder / f"{model.name}.json")
