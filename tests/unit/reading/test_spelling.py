"""Spelling: worked examples, what must not be corrected, and laws for every word."""

import random
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import load
from explorer.reading.spelling import LONGEST, NEIGHBOURS, read_as, stems, unstretched
from explorer.reading.tokenizer import is_word, tokenize
from explorer.reading.vocabulary import Vocabulary

WORDS = ("so", "good", "god", "bad", "great", "film", "films", "funny", "boring", "happy", "stop", "love", "loved",
         "n't", "organize", "color", "naive", "nonstop", "eye-opening", "unnecessary", "dream", "deserved", "mind",
         "aim", "--", "magic", "witty", "embarrassment", "the")  # fmt: skip
INDEX = Vocabulary(WORDS).index
LETTERS = st.text(alphabet=ascii_lowercase + "-'é@.7", max_size=12)
SLIPS = st.sampled_from(["", "-", "e", "ly", "ness", "s", "oo", "'"])
NEARLY = st.builds(
    lambda word, i, put, cut: word[:i] + put + word[i + cut :],
    st.sampled_from(WORDS),
    st.integers(0, 12),
    SLIPS,
    st.integers(0, 2),
)
TOKENS = st.one_of(LETTERS, NEARLY, st.text(min_size=1))


@pytest.mark.parametrize(
    ("word", "read", "how"),
    [
        ("goood", "good", "spelling"),  # good before god
        ("sooooo", "so", "spelling"),
        ("------", "--", "spelling"),
        ("naïve", "naive", "spelling"),
        ("non-stop", "nonstop", "spelling"),
        ("eyeopening", "eye-opening", "spelling"),
        ("flim", "film", "spelling"),  # swapped
        ("gret", "great", "spelling"),  # left out
        ("greatt", "great", "spelling"),  # doubled
        ("borinh", "boring", "spelling"),  # the key beside
        ("unneccesary", "unnecessary", "spelling"),  # two slips
        ("embarasment", "embarrassment", "spelling"),
        ("organise", "organize", "part"),
        ("colour", "color", "part"),
        ("happiness", "happy", "part"),
        ("funnily", "funny", "part"),
        ("stopped", "stop", "part"),
        ("dream-like", "dream", "part"),
    ],
)
def test_worked_examples(word: str, read: str, how: str) -> None:
    assert read_as(word, INDEX) == (read, how)


@pytest.mark.parametrize(
    "word",
    [
        "undeserved", "mindless", "aimless", "non-magic", "less-than-magic", "witty-magic",  # their feeling is another
        "fil", "goo", "f",  # too short
        "1873", "000", "fi1m", "goood7",  # numbers
        "www.great", "@great", "great@film.the", "http://great",  # links and users
        "plumbus", "x" * (LONGEST + 1), "", "😀", "good_",
    ],
)  # fmt: skip
def test_what_stays_unknown(word: str) -> None:
    assert read_as(word, INDEX) is None


def test_one_vocabulary_may_lack_what_another_has() -> None:
    assert read_as("goood", {}) is None
    assert read_as("goood", {"god": 5}) == ("god", "spelling")


@given(TOKENS)
def test_a_reading_is_a_known_word_and_always_the_same(token: str) -> None:
    words = Vocabulary(WORDS)
    (row,) = words.encode([token])
    assert [row] == words.encode([token]) == Vocabulary(WORDS).encode([token])
    assert words.words[row] in (*WORDS, "<unk>")


@given(st.lists(st.sampled_from(WORDS)))
def test_known_words_are_read_as_themselves(tokens: list[str]) -> None:
    words = Vocabulary(WORDS)
    assert [words.words[row] for row in words.encode(tokens)] == tokens


@given(st.sampled_from(["plumbus", "wubbalub"]), st.integers(3, 9), st.data())
def test_stretched_letters_come_back(word: str, times: int, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(word) - 1))
    assert word in unstretched(word[:i] + word[i] * times + word[i + 1 :]) or word[i] in (
        word[i - 1 : i],
        word[i + 1 : i + 2],
    )


@given(LETTERS)
def test_a_stem_keeps_three_letters(word: str) -> None:
    assert all(len(stem) >= 3 for _, found in stems(word) for stem in found)


def test_keys_are_neighbours_of_each_other() -> None:
    assert all(key in NEIGHBOURS[other] and key != other for key, near in NEIGHBOURS.items() for other in near)
    assert NEIGHBOURS["g"] == set("rtyfhvbn")
    assert NEIGHBOURS["q"] == set("was")


def test_slips_in_real_words_are_mostly_undone() -> None:
    vocabulary = load("gru").vocabulary
    rng = random.Random(5)
    often = (
        "movie",
        "film",
        "funny",
        "boring",
        "wonderful",
        "terrible",
        "performance",
        "tedious",
        "charming",
        "director",
    )
    undone = total = 0
    for word in often * 10:
        i = rng.randrange(1, len(word) - 1)
        slip = rng.choice(
            [word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i] + word[i:], word[:i] + word[i + 1 :]]
        )
        if slip not in vocabulary.index:
            undone, total = undone + (vocabulary.encode([slip]) == vocabulary.encode([word])), total + 1
    assert total > 80
    assert undone / total > 0.85


SLANG = (
    "lmao rofl yeet simp fomo smol thicc rizz gyatt yass noice finna imma rawr bleh welp woot noob pwned lulz hodl "
    "bougie doggo pupper stonks kewl goated glowup mald copium hopium weeb waifu omfg nsfw plox thanx yall arvo kdrama "
    "binged koteas duning sahan dorma naish"
)


@pytest.mark.parametrize("word", SLANG.split())
def test_slang_and_names_are_not_taken_for_slips(word: str) -> None:
    vocabulary = load("gru").vocabulary
    assert word not in vocabulary.index
    assert read_as(word, vocabulary.index) is None


COMMON = (
    "borring:boring excelent:excellent aweful:awful aful:awful beatiful:beautiful "
    "amzing:amazing briliiant:brilliant fantasitc:fantastic dissapointing:disappointing entertaning:entertaining "
    "hilarous:hilarious rediculous:ridiculous perfomance:performance caracter:character moive:movie flim:film "
    "intersting:interesting predictible:predictable "
    "graet:great lovly:lovely medicore:mediocre beter:better realy:really "
    "fuunny:funny clevr:clever anoying:annoying perfct:perfect forgetable:forgettable"
)


@pytest.mark.parametrize("slip", COMMON.split())
def test_common_slips_are_undone(slip: str) -> None:
    typed, meant = slip.split(":")
    vocabulary = load("gru").vocabulary
    assert vocabulary.words[vocabulary.encode([typed])[0]] == meant


def test_no_known_word_of_the_shipped_vocabulary_is_corrected() -> None:
    vocabulary = load("gru").vocabulary
    words = vocabulary.words[2:]
    assert vocabulary.encode(words) == list(range(2, len(words) + 2))
    assert all(tokenize(word) == [word] for word in words[::50] if is_word(word))
