"""Profanity: words that a page does not offer by itself, since it is shown in class; the list is `profanity.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_LIST = tomllib.loads((Path(__file__).parent / "profanity.toml").read_text(encoding="utf-8"))
_ANYWHERE = tuple(_LIST["anywhere"])
_BEGINNINGS = tuple(_LIST["beginnings"])
_WORDS = frozenset(_LIST["words"])
_HIDDEN = re.compile(r"[*@$#%&!] [*@$#%&]|(?:^| )[a-z]{1,2} \* [a-z]")  # such a word that its writer did not spell out


def profane(text: str) -> bool:
    """Whether there is a crude or offensive word among tokens that are joined with spaces.

    >>> profane("what a crappy film"), profane("a cocktail , passed around"), profane("f * * k it")
    (True, False, True)
    """
    return bool(_HIDDEN.search(text)) or any(map(_is_profane, text.replace("-", " ").split()))


def _is_profane(word: str) -> bool:
    return word in _WORDS or word.startswith(_BEGINNINGS) or any(part in word for part in _ANYWHERE)
