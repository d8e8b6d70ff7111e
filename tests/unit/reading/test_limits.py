"""Long texts: worked on in parts, so that nothing is busy with one for long, and read as ever but for endless words."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading import limits
from explorer.reading.characters import normalise
from explorer.reading.limits import PART, in_parts
from explorer.reading.spans import spans
from explorer.reading.tokenizer import tokenize

WORDS = st.text(st.characters(), max_size=30)


def test_example_in_the_docstring() -> None:
    assert doctest.testmod(limits).failed == 0


@given(st.lists(WORDS, max_size=20), st.integers(1, 200))
def test_all_of_a_text_in_short_parts(words: list[str], times: int) -> None:
    text, seen = " ".join(words * times), []
    whole = in_parts(text, lambda part: seen.append(part) or part)
    assert max(map(len, seen)) <= PART
    assert "".join(seen) == text
    assert whole.split() == text.split()  # none of these words has to be cut


@pytest.mark.parametrize("sentence", ["It isn't bad, though „naïve“ …\n", "<br /><br />Mr. Smith's 3.5\u200bfilms ½ "])
def test_a_long_text_reads_as_its_sentences_do(sentence: str) -> None:
    assert tokenize(sentence * 200) == tokenize(sentence) * 200


@pytest.mark.parametrize("letters", ["a", "é1", "\u0301\u0316", "\u0f73", "ﬁ", "n't"])
def test_an_endless_word_is_several(letters: str) -> None:
    word = letters * 5_000
    tokens = tokenize(word)
    assert "".join(tokens) == "".join(normalise(word).split())
    assert max(map(len, tokens)) <= 2 * PART  # "ﬁ" is two letters
    assert len(spans(word)) == len(tokens)


def test_a_word_that_is_long_enough_for_anyone_is_one() -> None:
    assert tokenize(f"https://a.b/{'c' * (PART - 12)} bad") == [f"https://a.b/{'c' * (PART - 12)}", "bad"]
