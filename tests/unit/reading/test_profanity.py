"""Profanity: what the list says of words, compared with the regular expression that it once was."""

import hashlib

import pytest

from explorer import load
from explorer.reading.profanity import profane


@pytest.mark.parametrize("text", ["bull-shit", "the f * * * ing film", "an ass", "rapists", "sh * t", "what the # @ $"])
def test_profane(text: str) -> None:
    assert profane(text)


@pytest.mark.parametrize(
    "text", ["a class act", "hitchcock 's cocktail", "the assassin", "title", "so good ! !", "scrap it"]
)
def test_not_profane(text: str) -> None:
    assert not profane(text)


def test_verdicts_are_those_of_the_regular_expression() -> None:
    """Computed once with the expression `CRUDE` of this file's first version, on all words and three forms of each."""
    words = load("gru").vocabulary.words[2:]
    forms = [form for word in words for form in (word, f"a-{word}", f"{word}s", f"x{word}")]
    verdicts = "".join("01"[profane(form)] for form in forms)
    assert verdicts.count("1") == 414
    assert hashlib.sha256(verdicts.encode()).hexdigest() == (
        "e0d303b15e4193c0f24abcd99ff3560aa9e81a651630820c9e1febccdd91bc81"
    )
