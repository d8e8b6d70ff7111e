"""Characters: a text with one way of writing each sign, and where in the typed text each of its characters stands.

Unicode decides what is invisible, what compatibility characters stand for and what an emoji is made of (Unicode
Standard, chapter 23; UTS #51).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from html.entities import html5
from itertools import pairwise

from explorer.reading.limits import PART, in_parts

Span = tuple[int, int]  # the places of its first character and of the one behind its last, from 0

PICTOGRAPH = "©®\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff〰〽㊗㊙\U0001f000-\U0001faff"
FLAG = "[\U0001f1e6-\U0001f1ff]{1,2}"  # the letters of a country
KEYCAP = "\u20e3"  # round the digit before it
_TONES = "\U0001f3fb-\U0001f3ff"
_VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IGNORED = f"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0{_VARIANTS}{_TONES}\U000e0000-\U000e007f"  # fmt: skip # noqa: E501
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # the only markup of the IMDB reviews
_ENTITY = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)*(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});", re.IGNORECASE)
_INVISIBLE = re.compile(
    rf"\u200b|[{_IGNORED}]+|(?<![{PICTOGRAPH}{_VARIANTS}{_TONES}])\u200d+|\u200d+(?![{PICTOGRAPH}])"
)
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[´`′‛ʹʻʽʾʿˈ](?=[^\W\d_])|(?<=[\d★⭐])[½¼¾]")
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‛ʼ", "'"),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("‒–—―−〜⸺⸻", "--"),
    }
)
_SPACES = {"Cc", "Zl", "Zp", "Cs"}


def normalise(text: str) -> str:
    """Lower case, compatibility characters unified (NFKC), entities decoded, one kind of quote, nothing invisible.

    Control characters and the space of no width become spaces; other format characters go, but for the joiner within an
    emoji. Variation selectors and skin tones go. Any dash but the hyphen is "--"; accents and primes between letters
    are apostrophes. Normalising again changes nothing.
    """
    plain = _plain(text)
    while plain != (again := _plain(plain)) and "&" in plain:
        plain = again
    return plain


def _plain(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    if "`" in text:
        text = _BETWEEN_LETTERS.sub(_told, text)
    if not text.isascii():
        text = _BETWEEN_LETTERS.sub(_told, _INVISIBLE.sub(_visible, text))
    plain = _folded(text)
    return _BREAK.sub(" ", plain) if "<" in plain else plain


def _folded(text: str) -> str:
    plain = in_parts(text, _unified)
    return plain if plain.isprintable() else "".join(map(_printed, plain))


def _unified(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()).translate(_QUOTES)


def _printed(character: str) -> str:
    kind = unicodedata.category(character)
    return " " if kind in _SPACES else "" if kind == "Cf" and character != "\u200d" else character


def _decoded(match: re.Match[str]) -> str:
    name = match[1]
    if name.startswith("#"):
        return unescape(f"&{name};")
    known = next((form for form in (name, name.lower()) if f"{form};" in html5), None)
    return html5[f"{known};"] if known else match[0]


def _visible(match: re.Match[str]) -> str:
    return " " if match[0] == "\u200b" else ""


def _told(match: re.Match[str]) -> str:
    return _HALVES.get(match[0], "'")


def origins(text: str) -> tuple[str, list[Span]]:
    """`normalise` of a text without markup, and the span in the text that each character of it came from.

    A text that `limits` cuts within a word is one span.
    """
    if text.isascii() and "&" not in text and "`" not in text and len(text) <= PART:
        return normalise(text), [(i, i + 1) for i in range(len(text))]
    plain, places = text, [(i, i + 1) for i in range(len(text))]
    for pattern, put in ((_ENTITY, _decoded), (_INVISIBLE, _visible), (_BETWEEN_LETTERS, _told)):
        plain, places = _followed(plain, places, pattern, put)
    ends: list[Span] = []
    for start, end in _clusters(plain):
        ends += [(places[start][0], places[end - 1][1])] * len(_folded(plain[start:end]))
    plain = normalise(text)
    return plain, ends if len(ends) == len(plain) else [(0, len(text))] * len(plain)


def _followed(
    text: str, places: list[Span], pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]
) -> tuple[str, list[Span]]:
    """A text with all matches replaced, and its characters' spans; what goes belongs to the character before it."""
    pieces, spans = [], []
    behind = 0
    for match in pattern.finditer(text):
        new = put(match)
        if new == match[0]:
            continue
        pieces.append(text[behind : match.start()])
        spans += places[behind : match.start()]
        whole = (places[match.start()][0], places[match.end() - 1][1])
        if new:
            spans += [whole] * len(new)
        elif spans:
            spans[-1] = (spans[-1][0], whole[1])
        pieces.append(new)
        behind = match.end()
    return "".join([*pieces, text[behind:]]), [*spans, *places[behind:]]


def _clusters(piece: str) -> Iterator[Span]:
    """Each character with the marks that combine with it."""
    starts = [i for i, character in enumerate(piece) if i == 0 or not unicodedata.combining(character)]
    yield from pairwise([*starts, len(piece)])


def written(text: str) -> str:
    """A text in lower case, without spaces and with one kind of quote and dash: as it stands, nothing decoded."""
    return "".join(text.lower().translate(_QUOTES).split())
