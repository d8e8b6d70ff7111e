"""Narration: the sentences are true of the numbers."""

import doctest
import re
from types import ModuleType

import pytest

from explorer import load, trace
from explorer.reading.languages import OTHERS
from explorer.reading.reading import read
from explorer.views.memory import sentences as of_memory
from explorer.views.model_cards.sentences import calibration, order_pairs, weakest
from explorer.views.order_lab import sentences as of_order
from explorer.views.shared.wording import corrected, foreign, percent, quoted, skipped, unknown

UNKNOWN = ("zzyzxq zzyzxq", "blorptastic")  # no word of these has a vector


def both(name: str, a: str, b: str):
    return trace(load(name), a), trace(load(name), b)


def test_percent_never_claims_certainty() -> None:
    assert [percent(p) for p in (0.0, 0.004, 0.2, 0.5, 0.99, 0.996, 1.0)] == [
        "under 1%", "under 1%", "20%", "50%", "99%", "over 99%", "over 99%",
    ]  # fmt: skip


def test_unknown_words_are_counted_and_named() -> None:
    model = load("gru")
    assert unknown(read("a good film", model.vocabulary), "A") is None
    assert re.search(r"1 of the 4 words of A .*“zzyzxq”", unknown(read("a good zzyzxq film", model.vocabulary), "A"))
    assert "says nothing" in unknown(read("zzyzxq qwrtzp", model.vocabulary), "A")


def test_quoted_is_short() -> None:
    assert quoted("a  b\nc") == "“a b c”"
    assert len(quoted("x" * 500)) == 26


def test_words_read_as_others_are_named() -> None:
    vocabulary = load("gru").vocabulary
    reading = read("a moving mvoie, zzyzxq", vocabulary)
    assert f"“mvoie” → “{reading.read[2]}”" in corrected(reading.changes, "A")
    assert corrected(read("a moving movie, zzyzxq", vocabulary).changes, "A") is None


def test_all_that_is_read_differently_is_told_in_one_way() -> None:
    reading = read("isnt a not-so-good flim 😡 2/10 🎬 :-(", load("gru").vocabulary)
    assert corrected(reading.changes) == (
        "The models read “isnt” → “is n't”, “not-so-good” → “not so good”, “flim” → “film”, “😡” → “angry”, "
        "“2/10” → “awful” and more."
    )
    assert skipped(reading.unread, "B") == "Not read in B, since it says nothing about a film: 🎬"
    assert skipped(read("good", load("gru").vocabulary).unread) is None


def test_a_text_in_another_language_is_told_as_one() -> None:
    said = unknown(read("una película mala 😡", load("gru").vocabulary))
    assert said == "This looks like Spanish. The models have only read English, so they know none of these words."
    assert "hardly any" in unknown(read("zzyzxq blorptastic 😡", load("gru").vocabulary))
    for language in OTHERS:
        assert language in foreign(language, "A")


def test_calibration_quotes_the_error_and_the_worst_bin() -> None:
    bins = [{"mean": 0.2, "share": 0.3, "count": 30}, {"mean": 0.9, "share": 0.1, "count": 9},
            {"mean": None, "share": None, "count": 0}]  # fmt: skip
    said = calibration(bins, "GRU", "SST-2 dev")
    assert "(39 texts)" in said
    assert f"{100 * (30 * 0.1 + 9 * 0.8) / 39:.1f} points off" in said
    assert "Of ten texts or more, the worst bin is too low: it says 20%, 30% of 30 are positive." in said


def test_order_pairs_are_summed_by_whether_they_were_taught() -> None:
    rows = [
        {"set": "order pairs", "taught": taught, "right": right, "count": 4}
        for taught, right in ((True, 4), (True, 2), (False, 1))
    ]
    assert order_pairs(rows) == (
        "Of 8 order pairs in patterns that training taught, it has 75% right. "
        "Of 4 order pairs in patterns that training did not teach, it has 25% right."
    )
    assert order_pairs([{"set": "negation", "right": 1, "count": 2}]) == ""


def test_weakest_kinds_come_worst_first() -> None:
    rows = [{"set": "s", "kind": kind, "right": right, "count": 10} for kind, right in (("x", 9), ("y", 2), ("z", 10))]
    assert weakest(rows) == "Worst of all that was tried: “y” (s), 2 of 10 right; “x” (s), 9 of 10 right."
    assert weakest(rows[2:]) == ""


@pytest.mark.parametrize(("sentences", "examples"), [(of_memory, 1), (of_order, 3)], ids=["memory", "order lab"])
def test_examples_of_docstrings(sentences: ModuleType, examples: int) -> None:
    assert doctest.testmod(sentences) == (0, examples)
