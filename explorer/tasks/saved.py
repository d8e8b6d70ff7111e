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

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from explorer.core.checkpoints import FOLDER, WeightsError, read_card, read_tensors, write_card
from explorer.reading.vocabulary import SPECIAL, Vocabulary
from explorer.tasks import NETWORKS

WORDS = "words."  # what the names of the tensors that hold words begin with
REPAIR = "Get it back with `git checkout pretrained`, or train it anew with `python -m explorer train --task {}`."

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
    """A task's model, ready to use: its network, its words by language ("en", "fr"), its card."""

    name: str
    network: TaskNetwork
    words: dict[str, Vocabulary]
    card: dict[str, Any]

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
    path, about = (folder / f"{name}.{end}" for end in ("safetensors", "json"))
    if lacking := [file for file in (about, path) if not file.exists()]:
        raise WeightsError(f"{lacking[0]} is missing. {REPAIR.format(name)}")
    card, tensors = read_card(about), read_tensors(path)
    try:
        words = {key.removeprefix(WORDS): unpack(tensors.pop(key)) for key in sorted(tensors) if key.startswith(WORDS)}
        trained = network(name)(**card["config"])
        trained.load_state_dict({key: tensor.float() for key, tensor in tensors.items()})
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{path} does not hold what its card describes ({error}). {REPAIR.format(name)}") from error
    if not all(tensor.isfinite().all() for tensor in trained.parameters()):
        raise WeightsError(f"{path} holds numbers that are not finite. {REPAIR.format(name)}")
    return Trained(name, trained.eval().requires_grad_(False), words, card)


def save(model: Trained, folder: Path) -> None:
    """Write a model, its numbers in half precision, and its card."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {key: tensor.detach().half().contiguous() for key, tensor in model.network.state_dict().items()}
    tensors |= {WORDS + language: pack(words) for language, words in model.words.items()}
    save_file(tensors, folder / f"{model.name}.safetensors")
    write_card(model.card, folder / f"{model.name}.json")


def pack(words: Vocabulary) -> Tensor:
    """The words of a vocabulary as bytes, (N,) uint8."""
    return torch.frombuffer(bytearray("\n".join(words.words[len(SPECIAL) :]).encode()), dtype=torch.uint8)


def unpack(packed: Tensor) -> Vocabulary:
    """The vocabulary that `pack` made bytes. Raises ValueError."""
    return Vocabulary(bytes(packed.numpy()).decode().split("\n"))
