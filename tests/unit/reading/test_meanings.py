"""What emoji, emoticons and ratings are read as, and what the shipped models make of it."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import load, predict
from explorer.reading.meanings import LEVELS, WORDS, silent, word
from explorer.reading.ratings import share
from explorer.reading.reading import read
from explorer.reading.tokenizer import tokenize

GOOD_WORDS = "happy funny fun lovely loved amazing beautiful good great perfect excellent joy best cool thanks"
BAD_WORDS = "bad unhappy angry disgusting awful boring annoying garbage embarrassing ridiculous"
GOOD, BAD = frozenset(GOOD_WORDS.split()), frozenset(BAD_WORDS.split())
JUDGES = ("gru", "lstm", "rnn", "per-word")


@pytest.mark.parametrize(
    ("sign", "meant"),
    [("❤️", "loved"), ("😡", "angry"), ("👎🏿", "bad"), ("🤷🏽‍♀️", "unhappy"),
     ("❤️‍🔥", "loved"), (":-(", "unhappy"), (":D", "funny"),
     ("T_T", "unhappy"), ("<3", "loved"), ("★☆☆☆☆", "awful"), ("10/10", "wonderful"), ("zero-star", "worst")],
)  # fmt: skip
def test_worked_examples(sign: str, meant: str) -> None:
    assert read(sign, load("gru").vocabulary).read == (meant,)


@pytest.mark.parametrize("sign", ["🎬", "🍕", "🇫🇷", "1⃣", "👩‍🚀", "©", "→"])
def test_what_says_nothing_is_not_read(sign: str) -> None:
    assert silent(sign)
    assert tokenize(f"good {sign} film") == ["good", "film"]


def test_signs_are_tokens_and_words_are_known() -> None:
    index = load("gru").vocabulary.index
    assert len(WORDS) > 300
    assert sum(not sign.isascii() for sign in WORDS) > 180
    for sign, meant in WORDS.items():
        assert tokenize(sign) == [sign]
        assert tokenize(f"saw it twice {sign}") == ["saw", "it", "twice", sign]
        assert meant in index
        assert sign not in index


def test_names_in_unicode_agree() -> None:
    """Faces whose name says so, from the character database: what grins is good, what is angry is not."""
    good, bad = (
        ("SMILING", "GRINNING", "JOY", "HEART-SHAPED"),
        ("ANGRY", "POUTING", "CRYING", "WEARY", "DISAPPOINTED", "VOMITING"),
    )
    for sign, meant in WORDS.items():
        name = unicodedata.name(sign[0], "")
        if "FACE" in name and "TEAR" not in name and "SWEAT" not in name and "CAT" not in name:
            assert not (any(part in name for part in good) and meant in BAD), name
            assert not (any(part in name.split() for part in bad) and meant in GOOD), name


@pytest.mark.parametrize("name", JUDGES)
@pytest.mark.parametrize("frame", ["{}", "saw it twice {}", "just saw this film {}"])
def test_models_take_them_as_they_are_meant(name: str, frame: str) -> None:
    words = sorted(GOOD | BAD)
    believed = dict(zip(words, predict(load(name), [frame.format(word) for word in words]), strict=True))
    low, high = (0.48, 0.52) if name == "per-word" else (0.4, 0.6)  # the average of words moves little
    assert not [(one, p) for one, p in believed.items() if one in BAD and p >= low]
    assert not [(one, p) for one, p in believed.items() if one in GOOD and p <= high]
    assert set(WORDS.values()) - GOOD - BAD == {"scary", "surprising"}


@pytest.mark.parametrize("name", ["gru", "lstm"])
@pytest.mark.parametrize("form", ["{}/10", "{} out of 10", "{} / 10", "{}.0/10"])
def test_ratings_rise(name: str, form: str) -> None:
    believed = predict(load(name), [form.format(n) for n in range(11)])
    assert (believed[:5] < 0.2).all()
    assert ((believed[5:7] > 0.4) & (believed[5:7] < 0.6)).all()
    assert (believed[7:] > 0.8).all()
    assert all(earlier <= later for earlier, later in pairwise(believed))


@given(st.floats(0, 2))
def test_levels_cover_every_share(given_: float) -> None:
    assert [most for most, _ in LEVELS] == sorted(most for most, _ in LEVELS)
    assert any(given_ < most for most, _ in LEVELS)


@given(st.text())
def test_any_token_may_be_asked_for(token: str) -> None:
    assert word(token) is None or token in WORDS or share(token) is not None or "\u200d" in token
    assert silent(token) in (True, False)
