"""The artifact cache: a folder that keeps finished stages of a training run and checkpoints of unfinished ones.

A key ends in a digest of all that its content depends on, so what another version of the code left is never taken up.
"""

from __future__ import annotations

import ast
import hashlib
import os
import pickle
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import torch

ROOT = Path(__file__).resolve().parents[2]
_KEY = re.compile(r"[a-z0-9.-]+-[0-9a-f]{16}(\.[0-9]+|\.checkpoint)?\.pt(\.[0-9]+\.part)?")


def digest(*parts: object) -> str:
    """16 hexadecimal digits that stand for the parts, which must have a faithful `repr`."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def code_digest(*modules: str) -> str:
    """A digest of what modules of this project do, given as `explorer.name`: comments and layout of code do not count.

    A package counts with all its modules and the data files beside them. Raises FileNotFoundError for an unknown one.
    """
    return digest(*(_content(path) for module in modules for path in _files(module)))


def _files(module: str) -> list[Path]:
    path = ROOT.joinpath(*module.split("."))
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in {".py", ".toml", ".json"})
    return [path.with_suffix(".py")]


def _content(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return _syntax(text) if path.suffix == ".py" else text


@cache  # one digest asks for most files, and a run for dozens of digests
def _syntax(text: str) -> str:
    return ast.dump(ast.parse(text))


class ArtifactCache:
    """Values by key in a folder. What is there is whole: it is written beside and then renamed."""

    def __init__(self, folder: Path):
        """Make the folder where it is not there. Raises OSError."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        """The file of a key."""
        return self.folder / f"{key}.pt"

    def __contains__(self, key: str) -> bool:
        return self.path(key).exists()

    def put(self, key: str, value: Any) -> None:
        """Keep a value: anything that can be pickled. Only the rename makes it visible."""
        path = self.path(key)
        partial = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with partial.open("wb") as file:
                torch.save(value, file)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def get(self, key: str) -> Any:
        """The value kept under a key; None where there is none, or none that can be read."""
        try:
            return torch.load(self.path(key), map_location="cpu", weights_only=False)  # this program's own files
        except (OSError, RuntimeError, EOFError, AttributeError, ImportError, pickle.UnpicklingError):
            return None

    def get_or_make(self, key: str, make: Callable[[], Any]) -> Any:
        """The value kept under a key; where there is none, what `make` gives, and that is kept."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def drop(self, key: str) -> None:
        """Forget a value."""
        self.path(key).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything that any run put here; other files stay."""
        for path in self.folder.iterdir():
            if _KEY.fullmatch(path.name):
                path.unlink(missing_ok=True)
