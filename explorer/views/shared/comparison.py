"""A comparison of two phrases, as a link to the page Compare tells of it."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.views.shared import settings

PAGE = "compare"


def link(asked: Mapping[str, str]) -> str | None:
    """The query of a comparison with these settings by their names in links; None if it would be too long."""
    return settings.query(PAGE, settings.parsed(PAGE, asked))
