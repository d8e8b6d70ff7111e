"""A comparison of two phrases, as a link to the page Compare tells of it."""

from __future__ import annotations

from explorer.board.payloads import OpenedTexts, Opener
from explorer.views.shared import settings

PAGE = "compare"


def link(asked: OpenedTexts) -> str | None:
    """The query of a comparison with these settings by their names in links; None if it would be too long."""
    return settings.query(PAGE, settings.parsed(PAGE, asked))


def beside(typed: str, text: str) -> Opener:
    """A cell that opens a text in Compare beside the typed one."""
    return opener(text, {"a": typed, "b": text})


def opener(text: str, asked: OpenedTexts) -> Opener:
    """A cell of a table that opens these texts in Compare."""
    return {"text": text, "asked": asked, "href": f"./{link(asked) or ''}"}
