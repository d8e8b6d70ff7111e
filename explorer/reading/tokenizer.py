"""The tokenizer: a text to its tokens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from explorer.reading.limits import in_parts

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # the only markup of the IMDB reviews
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "ʼ": "'", "–": "-", "—": "--"}
)
_CLITIC = r"'(?:s|re|ve|ll|d|m)(?!\w)"
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)\S*[^\s.,:;!?'"`()<>\[\]{{}}*]  # a link, without the signs after it
    | [\w.+-]{{1,64}}+@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+   # an address for mail
    | (?<![\w@])@[^\W\d_]\w+                            # a user
    | n't(?!\w) | {_CLITIC}                            # is|n't, it|'s
    | (?:mr|mrs|ms|dr|st|jr|sr|vs|etc)\.(?!\w)         # abbreviations keep their point
    | (?:[a-z]\.){{2,}}                                # u.s.
    | \d+(?:[.,:]\d+)+(?!\w)                           # 1,000 and 3.5 and 10:30
    | (?:\w+-)*\w+?(?=n't(?!\w))                        # is|n't
    | \w+(?:-\w+|'(?!(?:s|re|ve|ll|d|m|t)(?!\w))\w+)*  # words, also well-made and o'clock
    | \.{{2,}} | -{{2,}} | ''                          # ... and -- and the closing quote of the Treebank
    | \S
    """,
    re.VERBOSE,
)
_SPLIT = {
    "cannot": ("can", "not"),
    "gonna": ("gon", "na"),
    "gotta": ("got", "ta"),
    "wanna": ("wan", "na"),
    "gimme": ("gim", "me"),
    "lemme": ("lem", "me"),
    "''": ('"',),
}


def normalise(text: str) -> str:
    """Lower case, compatibility characters unified (NFKC), one kind of quote, nothing invisible.

    Control characters become spaces; format characters (zero width, direction marks) go.
    """
    plain = in_parts(text, _unified)
    if not plain.isprintable():
        kinds = ((character, unicodedata.category(character)) for character in plain)
        plain = "".join(
            " " if kind in {"Cc", "Zl", "Zp", "Cs"} else character for character, kind in kinds if kind != "Cf"
        )
    return _BREAK.sub(" ", plain) if "<" in plain else plain


def _unified(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()).translate(_QUOTES)


def tokenize(text: str) -> list[str]:
    """Tokens of a text in the style of the Penn Treebank, lower case.

    "It isn't bad." gives it, is, n't, bad, and the full stop. Joining tokens with spaces and reading them again
    changes nothing. A word of more than PART characters is several.
    """
    tokens: list[str] = []
    for piece in normalise(text).split():
        if piece.isalpha():  # as it is, the quick way
            tokens += _SPLIT.get(piece, (piece,))
        else:
            tokens += _split_often(piece) if len(piece) < 32 else _split(piece)
    return tokens


def _split(piece: str) -> tuple[str, ...]:
    """Tokens of a piece of text without a space. No token reaches over a space, and none looks there."""
    return tuple(part for token in _TOKEN.findall(piece) for part in _SPLIT.get(token, (token,)))


_split_often = lru_cache(maxsize=2**16)(_split)  # most pieces come again and again


def token_spans(plain: str) -> list[tuple[str, int, int]]:
    """The tokens of a normalised text, each with the place of its first character and of the one behind its last."""
    found = []
    for piece in re.finditer(r"\S+", plain):
        for match in _TOKEN.finditer(piece.group()):
            parts = _SPLIT.get(match.group(), (match.group(),))
            start, end = piece.start() + match.start(), piece.start() + match.end()
            for i, part in enumerate(parts):
                stop = end if i == len(parts) - 1 else start + len(part)
                found.append((part, start, stop))
                start = stop
    return found


def is_word(token: str) -> bool:
    """Whether a token has a letter or a digit: punctuation and emoji are not words."""
    return any(character.isalnum() for character in token)
