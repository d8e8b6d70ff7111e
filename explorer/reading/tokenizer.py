"""The tokenizer: a text to its tokens."""

from __future__ import annotations

import re
from functools import lru_cache

from explorer.reading.characters import normalise
from explorer.reading.meanings import EMOTICON, SIGN, silent, word
from explorer.reading.ratings import PIECE

_CLITIC = r"'(?:s|re|ve|ll|d|m)(?!\w)"
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)\S*[^\s.,:;!?'"`()<>\[\]{{}}*]  # a link, without the signs after it
    | {EMOTICON} | {PIECE} | {SIGN}                      # :-) and 3/10 and an emoji
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
_NEGATED = "is are was were do does did has have had could would should need must might ought dare may ai ca wo sha"
_SHORT = {
    "'m": "im",
    "'re": "youre theyre",
    "'s": "thats whats theres heres wheres whos hes shes",
    "'ve": "ive youve weve theyve couldve wouldve shouldve mightve mustve",
    "'ll": "youll theyll itll thatll",
    "'d": "youd theyd itd",
}
_SIGNS = re.compile(SIGN)
_SPLIT = {  # "its", "were", "well", "ill", "hell", "id", "wed" and "lets" are words of their own, and stay
    **{f"{verb}nt": (verb, "n't") for verb in _NEGATED.split()},  # also cant, wont, shant
    **{short: (short[: 1 - len(end)], end) for end, words in _SHORT.items() for short in words.split()},
    "cannot": ("can", "not"),
    "gonna": ("gon", "na"),
    "gotta": ("got", "ta"),
    "wanna": ("wan", "na"),
    "gimme": ("gim", "me"),
    "lemme": ("lem", "me"),
    "''": ('"',),
}


def tokenize(text: str) -> list[str]:
    """Tokens of a text in the style of the Penn Treebank, lower case.

    "It isn't bad." gives it, is, n't, bad, and the full stop; so does "It isnt bad." An emoji with its modifiers, an
    emoticon and "3/10" are a token each; emoji that say nothing of a film, flags and keycaps are left out (`unread`).
    Joining tokens with spaces and reading them again changes nothing. A word of more than `limits.PART` characters is
    several.
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
    tokens = _TOKEN.findall(piece)
    if not piece.isascii():
        tokens = [token for token in tokens if token.isascii() or not silent(token)]
    return tuple(part for token in tokens for part in _SPLIT.get(token, (token,)))


_split_often = lru_cache(maxsize=2**16)(_split)  # most pieces come again and again


def token_spans(plain: str) -> list[tuple[str, int, int]]:
    """The tokens of a normalised text, each with the place of its first character and of the one behind its last."""
    found = []
    for piece in re.finditer(r"\S+", plain):
        for match in _TOKEN.finditer(piece.group()):
            if silent(match.group()):
                continue
            parts = _SPLIT.get(match.group(), (match.group(),))
            start, end = piece.start() + match.start(), piece.start() + match.end()
            for i, part in enumerate(parts):
                stop = end if i == len(parts) - 1 else start + len(part)
                found.append((part, start, stop))
                start = stop
    return found


def unread(text: str) -> list[str]:
    """The emoji, flags and keycaps in a text that no token stands for, in order."""
    if text.isascii() and "&" not in text:
        return []
    return [sign for sign in _SIGNS.findall(normalise(text)) if silent(sign)]


def is_word(token: str) -> bool:
    """Whether a token says something: it has a letter or a digit, or a meaning as an emoji. Punctuation is no word."""
    return any(character.isalnum() for character in token) or word(token) is not None
