"""A comparison of two phrases, as a link to the page Compare tells of it."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.views.shared import settings

PAGE = "compare"


def link(asked: Mapping[str, str]) -> str | None:
    """The query of a comparison with these settings by their names in links; None if it would be too long for an address."""
    return settings.query(PAGE, settings.parsed(PAGE, asked))


def wanted(asked: object) -> dict[str, str]:
    """Of what a link on another page asks for, which comes from a browser, the settings that Compare can take."""
    values = settings.parsed(PAGE, asked) if isinstance(asked, dict) else {}
    return {setting.parameter(PAGE): setting.write(value) for setting, value in values.items()}
