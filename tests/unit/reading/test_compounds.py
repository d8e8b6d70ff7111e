"""Hyphenated words without a vector, as their parts."""

import pytest

from explorer import load, predict
from explorer.reading.compounds import parts
from explorer.reading.reading import read
from explorer.reading.vocabulary import Vocabulary

WORDS = Vocabulary(
    ["not", "so", "good", "well", "nonstop", "eye-opening", "do", "n't", "miss", "honed", "free", "funny"]
)


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("not-so-good", [("not", 0, 3), ("so", 4, 6), ("good", 7, 11)]),
        ("dont-miss", [("do", 0, 2), ("n't", 2, 4), ("miss", 5, 9)]),
        ("well-plumbused", [("well", 0, 4), ("plumbused", 5, 14)]),
        ("eye-opening", []),  # has a vector
        ("non-stop", []),  # "nonstop" has one
        ("zzyzx-plumbus", []),  # no part has one
        ("un-funny", []), ("good-free", []), ("-good", []), ("good-", []), ("3-4", []), ("good", []),
    ],
)  # fmt: skip
def test_worked_examples(word: str, read: list[tuple[str, int, int]]) -> None:
    assert parts(word, WORDS) == read


@pytest.mark.parametrize("word", ["not-so-clever", "badly-written", "poorly-lit", "clumsily-told"])
def test_shipped_models_take_them_as_their_parts(word: str) -> None:
    model = load("gru")
    assert read(word, model.vocabulary).tokens == tuple(word.split("-"))
    assert predict(model, [word])[0] == predict(model, [word.replace("-", " ")])[0] < 0.4
