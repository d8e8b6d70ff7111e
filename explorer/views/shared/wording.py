"""What sentences of several pages are made of: numbers and words as people write them, notes on a text as it was read.

Plain text, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from explorer.core.manifest import Checksum
from explorer.messages import _
from explorer.reading.reading import Reading

if TYPE_CHECKING:
    from explorer.board.payloads import Cell  # whose room imports Streamlit

UNKNOWN_SHARE = 0.3  # from this share of unknown words on, a note says that the numbers mean little
NAMED = 5  # words or signs that a note names
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def percent(probability: float) -> str:
    """A probability as a reader takes it in; never rounded to certainty.

    >>> percent(0.876), percent(0.9999), percent(0.0001)
    ('88%', 'over 99%', 'under 1%')
    """
    if probability > 0.99:
        return "over 99%"
    if probability < 0.01:
        return "under 1%"
    return f"{100 * probability:.0f}%"


def shortened(text: str, most: int) -> str:
    """A text of at most so many letters, the last one an ellipsis where it is cut.

    >>> shortened("wonderful", 9), shortened("wonderful", 5)
    ('wonderful', 'wond…')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def capital(text: str) -> str:
    """A text as the beginning of a line; only its first letter changes."""
    return text[:1].upper() + text[1:]


def quoted(text: str, most: int = 24) -> str:
    """A word in quotation marks, shortened where it is very long."""
    return f"“{shortened(' '.join(text.split()), most)}”"


def counted(number: int) -> str:
    """A number as it is written in a sentence.

    >>> counted(3), counted(215)
    ('three', '215')
    """
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names with commas and a last "and".

    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b"], "or")
    ('a', 'a, b and c', 'a or b')
    """
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def unknown(reading: Reading, letter: str = "") -> str | None:
    """A note if a phrase has words without a vector, None if it has none; `letter` where there are two phrases."""
    missing = [reading.tokens[place] for place in reading.unknown]
    if not missing:
        return None
    if reading.language is not None:
        return foreign(reading.language, letter)
    if len(missing) == len(reading):
        none = _(
            "The models know none of these words and read them all as one unknown word. So the numbers say nothing."
        )
        none_of = _(
            "The models know no word of {letter}. They read all of them as one unknown word: {letter} says nothing."
        )
        return none_of.format(letter=letter) if letter else none
    known = {
        "letter": letter,
        "words": ", ".join(f"“{token[:30]}”" for token in list(dict.fromkeys(missing))[:5]),
        "count": len(missing),
        "all": len(reading),
    }
    if any(" " in token for token in missing):
        hardly = _("The models know hardly any of these words, so they read them as one unknown word ({words}).")
        hardly_of = _(
            "The models know hardly any of the words of {letter}, so they read them as one unknown word ({words})."
        )
        return (hardly_of if letter else hardly).format(**known)
    if len(missing) >= UNKNOWN_SHARE * len(reading):
        many = _("The models do not know {count} of these {all} words ({words}). Take the numbers with care.")
        many_of = _(
            "The models do not know {count} of the {all} words of {letter} ({words}). Take its numbers with care."
        )
        return (many_of if letter else many).format(**known)
    some = _("The models do not know {count} of these {all} words ({words}).")
    some_of = _("The models do not know {count} of the {all} words of {letter} ({words}).")
    return (some_of if letter else some).format(**known)


def foreign(language: str, letter: str = "") -> str:
    """That a phrase is in a language that no model has read; `letter` where there are two phrases."""
    names = {
        "Spanish": _("Spanish"), "French": _("French"), "German": _("German"), "Italian": _("Italian"),
        "Portuguese": _("Portuguese"), "Dutch": _("Dutch"), "Swedish": _("Swedish"), "Danish": _("Danish"),
        "Polish": _("Polish"), "Turkish": _("Turkish"), "Finnish": _("Finnish"), "Indonesian": _("Indonesian"),
    }  # fmt: skip
    alone = _("This looks like {language}. The models have only read English, so they know none of these words.")
    one_of = _("{letter} looks like {language}. The models have only read English, so they know none of its words.")
    return (one_of if letter else alone).format(language=names[language], letter=letter)


def corrected(changes: Sequence[tuple[str, str]], letter: str = "") -> str | None:
    """A note on all that was read differently from how it was typed, None if nothing was.

    `changes`: what was typed, and the words that are read for it; `letter` where there are two phrases.
    """
    if not changes:
        return None
    words = ", ".join(f"{quoted(typed)} → {quoted(word)}" for typed, word in changes[:NAMED])
    if len(changes) > NAMED:
        more, more_of = _("The models read {words} and more."), _("In {letter} the models read {words} and more.")
        return (more_of if letter else more).format(words=words, letter=letter)
    few, few_of = _("The models read {words}."), _("In {letter} the models read {words}.")
    return (few_of if letter else few).format(words=words, letter=letter)


def skipped(signs: Sequence[str], letter: str = "") -> str | None:
    """A note on the emoji, flags and keycaps that are not read, None if there are none."""
    if not signs:
        return None
    shown = " ".join(signs[:NAMED])
    if len(signs) > NAMED:
        more = _("Not read, since they say nothing about a film: {signs} and more.")
        more_of = _("Not read in {letter}, since they say nothing about a film: {signs} and more.")
        return (more_of if letter else more).format(signs=shown, letter=letter)
    few = _("Not read, since it says nothing about a film: {signs}")
    few_of = _("Not read in {letter}, since it says nothing about a film: {signs}")
    return (few_of if letter else few).format(signs=shown, letter=letter)


def files(checksums: Iterable[Checksum]) -> list[list[Cell]]:
    """The files that a model was read from, as rows of a table."""
    return [[_("File"), checked(checksum)] for checksum in checksums]


def checked(checksum: Checksum) -> str:
    """A file of a model, the beginning of its SHA-256, and whether it is the one that was written."""
    message = (
        _("{file}: SHA-256 {hash}…, verified")
        if checksum.verified
        else _("{file}: SHA-256 {hash}…, not verified (no manifest lists it)")
    )
    return message.format(file=checksum.file, hash=checksum.short)
