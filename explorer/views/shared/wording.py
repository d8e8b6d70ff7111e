"""What sentences of several pages are made of: numbers and words as people write them, notes on a text as it was read.

Plain text, never markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.reading.reading import Reading

UNKNOWN_SHARE = 0.3  # from this share of unknown words on, a note says that the numbers mean little
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


def unknown(reading: Reading, phrase: str) -> str | None:
    """A note if a phrase has words without a vector, None if it has none."""
    missing = [reading.tokens[place] for place in reading.unknown]
    if not missing:
        return None
    if len(missing) == len(reading):
        return (
            f"{phrase}: no word of this is known to the models. "
            "All are read as one unknown word; the numbers say nothing about it."
        )
    large = len(missing) >= UNKNOWN_SHARE * len(reading)
    many = " That is a large part of it: take the numbers with care." if large else ""
    names = ", ".join(f"“{token[:30]}”" for token in list(dict.fromkeys(missing))[:5])
    share = f"{len(missing)} of {len(reading)} tokens"
    return f"{phrase}: {share} have no vector and are read as one unknown word ({names}).{many}"


def corrected(reading: Reading, phrase: str) -> str | None:
    """A note if tokens were read as other words, None if none was."""
    changed = list(dict.fromkeys((reading.tokens[place], word) for place, word in reading.replaced.items()))
    if not changed:
        return None
    names = ", ".join(f"{quoted(token)} as {quoted(word)}" for token, word in changed[:5])
    more = " and more" if len(changed) > 5 else ""
    return f"{phrase}: not in the vocabulary, so read as the nearest known word: {names}{more}."
