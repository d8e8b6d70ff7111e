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
    """`change` of each part of a text: cut before spaces; a longer word is cut every PART, with a space put in.

    >>> in_parts("Good, not bad", str.lower)
    'good, not bad'
    """
    if len(text) <= PART:
        return change(text)
    parts = [match.group() for match in _PARTS.finditer(text)]
    return "".join(change(part) if part[0].isspace() or i == 0 else f" {change(part)}" for i, part in enumerate(parts))
