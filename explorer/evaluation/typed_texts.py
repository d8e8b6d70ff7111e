"""Texts as people type them into a box, by kind, with what a careful reader says of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer.evaluation.data_files import read_set

LABELS = ("positive", "negative", "neither")  # the last: no verdict


@dataclass(frozen=True)
class TypedText:
    """A text, its label, one of LABELS, and its kind: the key of the data file and the title that people read."""

    text: str
    label: str
    key: str
    kind: str


def typed_texts() -> list[TypedText]:
    """All texts of all kinds, in the order of the file."""
    kinds: dict[str, dict[str, Any]] = read_set("typed_texts")
    return [
        TypedText(text, label, key, content["title"])
        for key, content in kinds.items()
        for label in LABELS
        for text in content.get(label, ())
    ]
