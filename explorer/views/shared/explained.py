"""A heading and a sentence in one of the folds of a board."""

from __future__ import annotations

from explorer.board.payloads import Depth, TextPanel


def text(name: str, title: str, sentence: str, depth: Depth = "explain") -> TextPanel:
    """How a picture is to be read, or what its words mean."""
    return {"kind": "text", "id": name, "title": title, "sentence": sentence, "depth": depth}
