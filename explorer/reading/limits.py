"""Limits: a long text is worked on in parts, so that nothing holds up other threads, or a signal, for long.

While a regular expression or Unicode's normalisation works nothing else does. For one word the time of the former grows
with its length, that of the latter with the square of the marks that combine with one character: hours for a megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PART = 1_000  # characters; no word is as long
_PARTS = re.compile(rf".{{1,{PART}}}(?=\s|\Z)|.{{1,{PART}}}", re.DOTALL)


def in_parts(text: str, change: Callable[[str], str]) -> str:
    """`change` of each part of a text, with spaces between them: cut at spaces, a longer word everywhere PART.

    >>> in_parts("Good, not bad", str.lower)
    'good, not bad'
    """
    if len(text) <= PART:
        return change(text)
    return " ".join(change(match.group()) for match in _PARTS.finditer(text))
