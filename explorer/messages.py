"""What visitors read, from one catalogue per language. English is the language of the messages themselves.

A message is a whole sentence with named places, never put together from parts: `_("The {model} says {percent}.")`.
"""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "explorer"
FOLDER = Path(__file__).resolve().parent / "locale"
LANGUAGE = "en"

_catalogue = gettext.translation(DOMAIN, FOLDER, [LANGUAGE], fallback=True)


def _(message: str) -> str:
    """A message in the visitor's language; without a translation as it is."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message for so many things."""
    return _catalogue.ngettext(singular, plural, count)
