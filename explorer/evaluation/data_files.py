"""Rules and word lists, which lie as TOML files beside the code that expands them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file, read once; arrays are tuples, so that nobody changes what others read.

    Raises OSError, and tomllib.TOMLDecodeError, a ValueError.
    """
    content: dict[str, Any] = _frozen(tomllib.loads(path.read_text(encoding="utf-8")))
    return content


def read_set(name: str) -> dict[str, Any]:
    """The content of one of this folder's own sets, by its name without the ending."""
    return read_toml(FOLDER / f"{name}.toml")


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
