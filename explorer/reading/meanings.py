"""Meanings: the known word that is read for an emoji, an emoticon or a rating; the list is `meanings.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from explorer.reading import ratings
from explorer.reading.characters import FLAG, KEYCAP, PICTOGRAPH

_LIST = tomllib.loads((Path(__file__).parent / "meanings.toml").read_text(encoding="utf-8"))
WORDS: dict[str, str] = {
    sign: word for kind in _LIST.values() for word, signs in kind.items() for sign in signs.split()
}

# A rating as a word: up to a share of what there was to give. The models of this repository say of "worst" … "weak"
# alone .02 … .13, of "middling" .45 … .52, of "decent" … "wonderful" .73 … .99, in this order.
LEVELS = (
    (0.05, "worst"), (0.15, "horrible"), (0.25, "awful"), (0.35, "bad"), (0.45, "weak"), (0.65, "middling"),
    (0.75, "decent"), (0.85, "good"), (0.95, "excellent"), (float("inf"), "wonderful"),
)  # fmt: skip

SIGN = rf"{FLAG}|[{PICTOGRAPH}](?:\u200d[{PICTOGRAPH}])*|[\d#*]{KEYCAP}|{KEYCAP}"  # an emoji, a flag, a keycap
_SIGN = re.compile(SIGN)
_ATTACHED = {":)", ":(", ":-)", ":-(", ":))", ":(((", ":((", ":)))", ";)", ";-)", ":'(", ":')"}  # also behind a word


def _pattern() -> str:
    """What an emoticon is in a piece of text without a space: for itself, or at the end of a word or sign."""
    all_of = [sign for signs in _LIST["emoticons"].values() for sign in signs.split()]
    signs = sorted((sign for sign in all_of if not sign.replace("_", "").isalnum()), key=len, reverse=True)
    attached = "|".join(re.escape(sign) for sign in signs if sign in _ATTACHED)
    apart = "|".join(re.escape(sign) for sign in signs if sign not in _ATTACHED)
    return rf"(?:(?<![:;=\d])(?:{attached})|(?<![\w:;=()<>/\\])(?:{apart}))(?![\w:;=/\\<>])"


EMOTICON = _pattern()


def word(token: str) -> str | None:
    """The word that stands for a token that is no word itself; None if it is none of these, or says nothing.

    >>> word("😡"), word("🤷‍♀"), word("3/10"), word("🎬"), word("film")
    ('angry', 'unhappy', 'bad', None, None)
    """
    known = WORDS.get(token)
    if known or not token:
        return known
    share = ratings.share(token)
    if share is not None:
        return next(word for most, word in LEVELS if share < most)
    return WORDS.get(token.partition("\u200d")[0]) if "\u200d" in token else None


def silent(token: str) -> bool:
    """Whether a token is an emoji, a flag or a keycap that says nothing of a film."""
    return _SIGN.fullmatch(token) is not None and word(token) is None
