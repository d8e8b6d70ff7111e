"""Reading: what one value says of a text, and that it need not be read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_models import WORDS

from explorer import TextError, load, models, predict
from explorer.reading.reading import Reading, read, readable
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

VOCABULARY = Vocabulary(WORDS)


def shipped() -> Vocabulary:
    return load("gru").vocabulary


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


TYPED = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["good", "not", "bad", "film", "zzyzx", "isn´t", "dont", "not-so-good", "x-y", "3/10",
             "10-out-of-10", "2",
             "out of", "10", "stars", "one", "half a", "😡", "👍🏽", "🎬", "❤️", "🇫🇷", ":-(", ":", ")", "★", "☆", "una",
             "película", "der", "&amp;", "&nbsp;", "\u202e", "\ufe0f", "\u20e3", "½", "", "&#39;",
             "\u200b", "—", "'", "-", " ", " ", " "]
        ),
        max_size=14,
    ).map("".join),
)  # fmt: skip


@given(TYPED)
def test_what_is_joined_is_read_as_the_same_tokens(text: str) -> None:
    reading = readable(text, VOCABULARY)
    if reading is None:
        assert not tokenize(text)
        return
    again = read(reading.joined, VOCABULARY)
    assert (again.tokens, again.rows, again.language) == (reading.tokens, reading.rows, reading.language)
    assert reading.rows == tuple(VOCABULARY.encode(reading.tokens))
    assert [row != UNKNOWN for row in reading.rows] == list(reading.known)
    if reading.sources is None:
        assert reading.tokens == tuple(tokenize(text))


@given(TYPED, st.integers(1, 4))
def test_every_token_stands_somewhere_in_the_typed_text(text: str, limit: int) -> None:
    for reading in (readable(text, VOCABULARY), readable(text, VOCABULARY, limit)):
        if reading is None:
            continue
        assert len(reading.spans) == len(reading)
        behind = 0
        for start, end in reading.spans:
            assert behind <= start <= end <= len(text)
            behind = end
        for typed, words in reading.changes:
            assert typed in text
            assert set(words.split()) <= set(VOCABULARY.words)


@pytest.mark.parametrize(
    ("text", "tokens", "places"),
    [
        ("a not-so-good film", ["a", "not", "so", "good", "film"], ["a", "not", "so", "good", "film"]),
        ("isnt good", ["is", "n't", "good"], ["is", "nt", "good"]),
        ("good, 2 OUT of 10!", ["good", ",", "2 out of 10", "!"], ["good", ",", "2 OUT of 10", "!"]),
        ("good, 10-out-of-10", ["good", ",", "10 out of 10"], ["good", ",", "10-out-of-10"]),
        ("good 👍🏽!", ["good", "👍", "!"], ["good", "👍🏽", "!"]),
        ("good 🎬 film", ["good", "film"], ["good", "film"]),
        ("Zzyzx, quuxil!", ["zzyzx , quuxil !"], ["Zzyzx, quuxil!"]),
    ],
)
def test_one_typed_piece_and_its_timesteps(text: str, tokens: list[str], places: list[str]) -> None:
    reading = read(text, shipped())
    assert list(reading.tokens) == tokens
    assert [text[start:end] for start, end in reading.spans] == places


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("It isn't “good” – not bad.", []),
        ("isnt&nbsp;good", [("isnt&nbsp;good", "is n't good")]),
        ("It isn´t", [("isn´t", "is n't")]),
        ("not\u200bgood", [("not\u200bgood", "not good")]),
        ("a not-so-good flim", [("not-so-good", "not so good"), ("flim", "film")]),
        ("2 out of 10 😡😡 :-(", [("2 out of 10", "awful"), ("😡", "angry"), (":-(", "unhappy")]),
        ("slow &amp; bad, &amp; slow", [("&amp;", "&")]),
    ],
)
def test_all_that_is_read_differently_is_named(text: str, changes: list[tuple[str, str]]) -> None:
    assert list(read(text, shipped()).changes) == changes


def test_what_is_left_out_is_named() -> None:
    reading = read("good 🎬🎬 🇫🇷 1️⃣ 👍", shipped())
    assert reading.unread == ("🎬", "🇫🇷", "1⃣")
    assert reading.tokens == ("good", "👍")
    assert readable("🎬 🇫🇷", shipped()) is None


@pytest.mark.parametrize(
    "text",
    ["zzyzx " * 40, "zzyzx, quuxil!", "¿zzyzx?", "it is not zzyzx", "why zzyzx?", "这部电影很无聊",
     "фильм очень плохой", "¿Una película mala?", "der Film war gut", "le film est nul", "il film è molto bello",
     "o filme é muito ruim", "filmen är inte bra", "映画は最高でした", "الفيلم سيء جدا",
     "ภาพยนตร์เรื่องนี้แย่มาก", "영화가 정말 좋았어요"],
)  # fmt: skip
def test_unknown_words_get_no_verdict_from_any_model(text: str) -> None:
    reading = read(text, shipped())
    assert set(reading.read) == {"<unk>"}
    for name in models():
        assert 0.4 < predict(load(name), [text])[0] < 0.6


@pytest.mark.parametrize(
    "text", ["zzyzx is good", "it is not", "die hard is a war film", "la la land", "10", "el mariachi rocks"]
)
def test_text_with_known_words_is_read_word_by_word(text: str) -> None:
    reading = read(text, shipped())
    assert reading.tokens == tuple(text.split())
    assert reading.language is None


def test_what_an_emoji_says_is_read_beside_unknown_words() -> None:
    reading = read("una película mala 😡", shipped())
    assert reading.tokens == ("una película mala", "😡")
    assert reading.read == ("<unk>", "angry")
    assert reading.language == "Spanish"


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
