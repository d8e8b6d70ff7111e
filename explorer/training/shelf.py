"""The shelf: a folder that keeps finished stages of a training run and checkpoints of unfinished ones.

A name on the shelf ends in a digest of all that its content depends on, so what another recipe left is never taken up.
"""

from __future__ import annotations

import ast
import hashlib
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

PACKAGE = Path(__file__).resolve().parents[1]
_OURS = re.compile(r"[a-z0-9.-]+-[0-9a-f]{16}(\.[0-9]+|\.checkpoint)?\.pt(\.[0-9]+\.part)?")


def digest(*parts: object) -> str:
    """16 hexadecimal digits that stand for the parts, which must have a faithful `repr`."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def recipe(*names: str) -> str:
    """A digest of what modules and packages of this project do: comments and layout do not count."""
    places = [PACKAGE.joinpath(*name.split(".")) for name in names]
    paths = [
        path
        for place in places
        for path in (sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")])
    ]
    return digest(*(ast.dump(ast.parse(path.read_text(encoding="utf-8"))) for path in paths))


class Shelf:
    """Values by name in a folder. What is there is whole: it is written beside and then renamed."""

    def __init__(self, folder: Path):
        """Make the folder where it is not there. Raises OSError."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path:
        """The file of a name."""
        return self.folder / f"{name}.pt"

    def __contains__(self, name: str) -> bool:
        return self.path(name).exists()

    def put(self, name: str, value: Any) -> None:
        """Keep a value: anything that can be pickled. Only the rename makes it visible."""
        path = self.path(name)
        written = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with written.open("wb") as file:
                torch.save(value, file)
                file.flush()
                os.fsync(file.fileno())
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)

    def get(self, name: str) -> Any:
        """The value kept under a name; None where there is none, or none that can be read."""
        try:
            return torch.load(self.path(name), map_location="cpu", weights_only=False)  # this program's own files
        except (OSError, RuntimeError, EOFError, AttributeError, ImportError, pickle.UnpicklingError):
            return None

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """The value kept under a name; where there is none, what `make` gives, and that is kept."""
        found = self.get(name)
        if found is None:
            found = make()
            self.put(name, found)
        return found

    def drop(self, name: str) -> None:
        """Forget a value."""
        self.path(name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything that any run put here; other files stay."""
        for path in self.folder.iterdir():
            if _OURS.fullmatch(path.name):
                path.unlink(missing_ok=True)
