"""Reading: what one value says of a text, and that it need not be read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_models import WORDS

from explorer import TextError
from explorer.reading.reading import Reading, read, readable
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

VOCABULARY = Vocabulary(WORDS)


def test_a_text_by_hand() -> None:
    reading = read("A goood film, zzyzx!", VOCABULARY)
    assert reading.text == "A goood film, zzyzx!"
    assert len(reading) == 6
    assert reading.cut == 0
    assert reading.tokens == ("a", "goood", "film", ",", "zzyzx", "!")
    assert reading.read == ("a", "good", "film", ",", "<unk>", "<unk>")
    assert [VOCABULARY.words[row] for row in reading.rows] == list(reading.read)
    assert reading.known == (True, True, True, True, False, False)
    assert reading.unknown == (4, 5)
    assert reading.replaced == {1: "good"}
    assert reading.words == (0, 1, 2, 4)
    assert reading.joined == "a goood film , zzyzx !"


def test_a_long_text_is_cut_and_kept() -> None:
    reading = read("good film, not bad", VOCABULARY, limit=3)
    assert reading.tokens == ("good", "film", ",")
    assert reading.cut == 2
    assert reading.text == "good film, not bad"
    assert read("good", VOCABULARY, limit=3).cut == 0


@given(st.text())
def test_what_is_joined_is_read_as_the_same_tokens(text: str) -> None:
    reading = readable(text, VOCABULARY)
    if reading is None:
        assert not tokenize(text)
    else:
        assert read(reading.joined, VOCABULARY).tokens == reading.tokens == tuple(tokenize(text))
        assert reading.rows == tuple(VOCABULARY.encode(reading.tokens))
        assert [row != UNKNOWN for row in reading.rows] == list(reading.known)


def test_readings_of_one_text_are_equal() -> None:
    one, other = read("good , not bad", VOCABULARY), read("good , not bad", Vocabulary(WORDS))
    assert one == other == Reading.of_tokens(["good", ",", "not", "bad"], VOCABULARY)
    assert hash(one) == hash(other)
    assert one != read("bad", VOCABULARY)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "<br />"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(TextError, match="nothing to read"):
        read(text, VOCABULARY)
    assert readable(text, VOCABULARY) is None
    with pytest.raises(TextError):
        Reading.of_tokens([], VOCABULARY)
