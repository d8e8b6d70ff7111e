"""French: text to tokens and back, for what the translator says.

The case of letters stays, but for the first of a sentence; an elided word keeps its apostrophe and is a token of its
own: "L'homme qu'il voit." gives l', homme, qu', il, voit and the full stop.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’ʼ", "'") | {"\xa0": " "})
_ELIDED = r"(?:[cdjlmnstCDJLMNST]|(?:[Ll]ors|[Pp]uis|[Jj]us|[Qq]uoi|[Qq]uel)?[Qq]u)'"
_TOKEN = re.compile(
    rf"""
      [Aa]ujourd'hui
    | {_ELIDED}(?=\w)                # l'|homme
    | \d+(?:[.,:]\d+)+               # 1,5 and 10:30
    | \w+(?:[-']\w+)*                # words, also peut-être
    | \.{{2,}} | \S
    """,
    re.VERBOSE,
)
_CLOSE = {".", ",", ")", "]", "..", "...", "%"}  # no space before
_OPEN = {"(", "["}  # no space behind


def tokenize(text: str) -> list[str]:
    """Tokens of a French text, in NFC, its first letter small unless the first word has other capitals ("DJ")."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text).translate(_QUOTES))
    if tokens and not any(letter.isupper() for letter in tokens[0][1:]):
        tokens[0] = tokens[0].lower()
    return tokens


def spell(tokens: Iterable[str]) -> str:
    """Tokens as people write them, with a capital at the start; quotes close around what lies between them.

    >>> spell(tokenize("L'homme dit \\"oui\\", puis non."))
    'L\\'homme dit "oui", puis non.'
    """
    text, glued, quoted = "", True, False
    for token in tokens:
        closing = token in _CLOSE or (token == '"' and quoted)
        text += token if glued or closing else f" {token}"
        quoted ^= token == '"'
        glued = token in _OPEN or (token.endswith("'") and len(token) > 1) or (token == '"' and quoted)
    return text[:1].upper() + text[1:]
