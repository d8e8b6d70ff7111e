"""Sentences on the runs over two phrases are true of their numbers."""

import pytest

from explorer import load, trace
from explorer.analysis.measures import parting
from explorer.views.duel.run_sentences import answer, course, disagreement, partings, reliability
from explorer.views.shared.wording import percent


def both(name: str, a: str, b: str):
    return trace(load(name), a), trace(load(name), b)


def test_course_names_the_largest_move() -> None:
    a, b = both("gru", "good, not bad", "bad, not good")
    for letter, read in (("A", a), ("B", b)):
        moves = read.belief[1:] - read.belief[:-1]
        step = int(abs(moves).argmax())
        said = course(read, letter, "GRU")
        assert said.startswith(f"{letter}: the GRU ends at {percent(read.probability)}.")
        assert f"(step {step + 2}), from {percent(read.belief[step])} to {percent(read.belief[step + 1])}" in said
        assert ("is up" if moves[step] > 0 else "is down") in said


def test_course_of_one_word_has_no_move() -> None:
    assert "move" not in course(trace(load("gru"), "good"), "A", "GRU")


def test_partings_name_the_first_different_word() -> None:
    a, b = both("gru", "the film is good", "the film was bad")
    assert "step 3 (“is” and “was”)" in partings(parting(a, b), a, b)


def test_partings_say_how_the_longer_phrase_goes_on() -> None:
    a, b = both("gru", "good", "good but in the end a boring mess")
    said = partings(parting(a, b), a, b)
    assert "their words are the same" in said
    end, rest = percent(a.probability), percent(b.probability)
    assert f"A ends there at {end}. B reads on and ends at {rest}." in said


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
    assert answer(p, expected) == said


def test_seeds_that_disagree_are_counted() -> None:
    assert disagreement([0.9, 0.8, 0.7], "A") is None
    assert disagreement([0.9, 0.2, 0.7], "A") == "A: the seeds differ. 2 say positive, 0 unsure, 1 negative."
    assert disagreement([0.9, 0.2, 0.5], "B") == "B: the seeds differ. 1 say positive, 1 unsure, 1 negative."


def test_reliability_names_the_kind_and_its_count() -> None:
    found = {"accuracy": 0.8372, "count": 215}
    assert reliability("A", "with a negation", found, "GRU") == (
        "A is a sentence with a negation. On 215 such sentences of real reviews, the GRU was right 84% of the time."
    )
    assert reliability("A and B", "plain sentence", found, "GRU").startswith(
        "A and B are each a plain sentence. On 215"
    )
