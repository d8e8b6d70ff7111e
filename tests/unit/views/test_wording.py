"""Narration: the sentences are true of the numbers."""

import re
from dataclasses import replace

import numpy as np
import pytest

from explorer import load, trace
from explorer.analysis.measures import parting
from explorer.reading.reading import read
from explorer.views.compare.sentences import courses, disagreement, lesson, partings, reliability, wrong
from explorer.views.model_cards.sentences import calibration, order_pairs, weakest
from explorer.views.shared.wording import corrected, percent, quoted, unknown

UNKNOWN = ("zzyzxq zzyzxq", "blorptastic")  # no word of these has a vector


def both(name: str, a: str, b: str):
    return trace(load(name), a), trace(load(name), b)


def test_percent_never_claims_certainty() -> None:
    assert [percent(p) for p in (0.0, 0.004, 0.2, 0.5, 0.99, 0.996, 1.0)] == [
        "under 1 %", "under 1 %", "20 %", "50 %", "99 %", "over 99 %", "over 99 %",
    ]  # fmt: skip


def test_lesson_on_an_order_pair_quotes_the_numbers() -> None:
    gru, average = both("gru", "good, not bad", "bad, not good"), both("per-word", "good, not bad", "bad, not good")
    said = lesson(gru, average, "GRU")
    assert "exactly the same number" in said
    assert f"{average[0].probability:.6f}" in said
    assert f"{gru[0].probability:.3f} for A and {gru[1].probability:.3f} for B" in said


def test_lesson_does_not_claim_the_same_number_for_other_words() -> None:
    said = lesson(both("gru", "good", "bad"), both("per-word", "good", "bad"), "GRU")
    assert "exactly" not in said
    assert "do not have the same words" in said


def test_lesson_on_the_same_phrase_twice() -> None:
    assert "both phrases are the same" in lesson(both("gru", "good", "Good"), both("per-word", "good", "Good"), "GRU")


def test_course_names_the_largest_move() -> None:
    a, b = both("gru", "good, not bad", "bad, not good")
    moves = abs(a.belief[1:] - a.belief[:-1])
    step = int(moves.argmax()) + 2
    assert f"(step {step})" in courses(a, b, "GRU").split("B:")[0]


def test_course_of_one_word_has_no_move() -> None:
    assert "move" not in courses(*both("gru", "good", "bad"), "GRU")


def test_partings_name_the_first_different_word() -> None:
    a, b = both("gru", "the film is good", "the film was bad")
    assert "step 3 (“is” and “was”)" in partings(parting(a, b), a, b)


def test_partings_say_how_the_longer_phrase_goes_on() -> None:
    a, b = both("gru", "good", "good but in the end a boring mess")
    said = partings(parting(a, b), a, b)
    assert "their words are the same" in said
    assert f"A ends there at {a.probability:.2f}; B reads on and ends at {b.probability:.2f}." in said


def test_unknown_words_are_counted_and_named() -> None:
    model = load("gru")
    assert unknown(read("a good film", model.vocabulary), "A") is None
    assert re.match(r"A: 1 of 4 tokens .*“zzyzxq”", unknown(read("a good zzyzxq film", model.vocabulary), "A"))
    assert "say nothing" in unknown(read("zzyzxq qwrtzp", model.vocabulary), "A")


@pytest.mark.parametrize(
    ("p", "expected", "said"),
    [
        (0.9, None, "positive"),
        (0.9, "positive", "positive"),
        (0.9, "negative", "positive, wrong"),
        (0.5, "positive", "unsure"),
    ],
)
def test_a_wrong_verdict_says_so(p: float, expected: str | None, said: str) -> None:
    assert wrong(p, expected) == said


def test_quoted_is_short() -> None:
    assert quoted("a  b\nc") == "“a b c”"
    assert len(quoted("x" * 500)) == 26


def test_a_difference_that_rounds_to_nothing_is_not_given_digits() -> None:
    (a, b), same = both("gru", *UNKNOWN), both("per-word", *UNKNOWN)
    near = replace(b, belief=np.full(len(b), a.probability + 1e-4))
    assert lesson((a, near), same, "GRU").endswith("a difference under 0.001.")


def test_words_read_as_others_are_named() -> None:
    vocabulary = load("gru").vocabulary
    reading = read("a moving mvoie, zzyzxq", vocabulary)
    assert f"“mvoie” as “{reading.read[2]}”" in corrected(reading, "A")
    assert corrected(read("a moving movie, zzyzxq", vocabulary), "A") is None


def test_lesson_on_phrases_that_are_read_alike() -> None:
    word = trace(load("gru"), "mvoie").read[0]
    assert "both phrases are the same" in lesson(both("gru", "mvoie", word), both("per-word", "mvoie", word), "GRU")


def test_seeds_that_disagree_are_counted() -> None:
    assert disagreement([0.9, 0.8, 0.7], "A") is None
    assert disagreement([0.9, 0.2, 0.7], "A") == "A: two of three seeds say positive, one says negative."
    assert (
        disagreement([0.9, 0.2, 0.5], "B")
        == "B: one of three seeds says positive, one says negative and one says unsure."
    )


def test_reliability_names_the_kind_and_its_count() -> None:
    found = {"accuracy": 0.8372, "count": 215}
    said = reliability("A", "with a negation", found, "GRU")
    assert said == "A is a sentence with a negation: on 215 such texts of the dev data, the GRU was right in 84 %."
    assert reliability("A and B", "plain sentence", found, "GRU").startswith(
        "A and B are each a plain sentence: on 215"
    )


def test_calibration_quotes_the_error_and_the_worst_bin() -> None:
    bins = [{"mean": 0.2, "share": 0.3, "count": 30}, {"mean": 0.9, "share": 0.1, "count": 9},
            {"mean": None, "share": None, "count": 0}]  # fmt: skip
    said = calibration(bins, "GRU", "SST-2 dev")
    assert "(39 texts)" in said
    assert f"{100 * (30 * 0.1 + 9 * 0.8) / 39:.1f} points off" in said
    assert "too low: where it says 20 %, 30 % of 30 texts are positive" in said


def test_order_pairs_are_summed_by_whether_they_were_taught() -> None:
    rows = [
        {"set": "order pairs", "taught": taught, "right": right, "count": 4}
        for taught, right in ((True, 4), (True, 2), (False, 1))
    ]
    assert order_pairs(rows) == (
        "Right on 75 % of 8 order pairs in constructions that training taught "
        "and on 25 % of 4 order pairs in constructions that it did not."
    )
    assert order_pairs([{"set": "negation", "right": 1, "count": 2}]) == ""


def test_weakest_kinds_come_worst_first() -> None:
    rows = [{"set": "s", "kind": kind, "right": right, "count": 10} for kind, right in (("x", 9), ("y", 2), ("z", 10))]
    assert weakest(rows) == "Worst of what was tried: “y” (s), 2 of 10 right; “x” (s), 9 of 10 right."
    assert weakest(rows[2:]) == ""
