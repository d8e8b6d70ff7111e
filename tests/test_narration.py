"""Narration: the sentences are true of the numbers."""

import re

import pytest

from explorer import load, trace
from explorer.measures import parting
from explorer.narration import courses, lesson, partings, percent, quoted, unknown, wrong


def both(lane: str, a: str, b: str):
    return trace(load(lane), a), trace(load(lane), b)


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
    assert "exactly" not in said and "do not have the same words" in said


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
    assert unknown(trace(model, "a good film"), "A") is None
    assert re.match(r"A: 1 of 4 tokens .*“zzyzxq”", unknown(trace(model, "a good zzyzxq film"), "A"))
    assert "say nothing" in unknown(trace(model, "zzyzxq qwrtzp"), "A")


@pytest.mark.parametrize(
    ("p", "expected", "said"),
    [(0.9, None, "positive"), (0.9, "positive", "positive"), (0.9, "negative", "positive, wrong"), (0.5, "positive", "unsure")],
)
def test_a_wrong_verdict_says_so(p: float, expected: str | None, said: str) -> None:
    assert wrong(p, expected) == said


def test_quoted_is_short() -> None:
    assert quoted("a  b\nc") == "“a b c”"
    assert len(quoted("x" * 500)) == 26


def test_a_difference_that_rounds_to_nothing_is_not_given_digits() -> None:
    one, same = both("gru", "zzyzx qqq", "blorptastic"), both("per-word", "zzyzx qqq", "blorptastic")
    assert abs(one[0].probability - one[1].probability) < 0.001  # both are read as unknown words
    assert lesson(one, same, "GRU").endswith("a difference under 0.001.")
