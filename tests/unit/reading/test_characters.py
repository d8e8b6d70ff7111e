"""Characters: laws of normalising for every text, and where each character came from."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.characters import normalise, origins, written

PIECES = st.sampled_from(
    ["isn´t", "&amp;", "&#39;", "&nbsp;", "½", "★½", "❤️", "👍🏽", "🇫🇷", "—", "\u200b", "\u200d", "\u0301", "é", "ﬁ"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join))


@given(TEXTS)
def test_normalising_again_changes_nothing(text: str) -> None:
    plain = normalise(text)
    assert normalise(plain) == plain


@given(TEXTS)
def test_every_character_comes_from_somewhere_in_order(text: str) -> None:
    plain, places = origins(text)
    assert plain == normalise(text)
    assert len(places) == len(plain)
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert all(first[0] <= second[0] for first, second in pairwise(places))


@pytest.mark.parametrize(
    ("text", "plain", "places"),
    [
        ("isn&#39;t", "isn't", ["i", "s", "n", "&#39;", "t"]),
        ("so\xadft", "soft", ["s", "o\xad", "f", "t"]),
        ("a—b", "a--b", ["a", "—", "—", "b"]),
        ("❤️👍🏽!", "❤👍!", ["❤️", "👍🏽", "!"]),
        ("2½", "2.5", ["2", "½", "½"]),
    ],
)
def test_worked_examples(text: str, plain: str, places: list[str]) -> None:
    found, spans = origins(text)
    assert found == plain
    assert [text[start:end] for start, end in spans] == places


def test_what_was_written_keeps_its_entities() -> None:
    assert written("It’s “Fine” &amp; – so") == 'it\'s"fine"&amp;--so'
