"""Ratings: what they give, where several words are one, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.ratings import merged, share
from explorer.reading.tokenizer import tokenize


def rated(text: str) -> list[tuple[str, float | None]]:
    tokens = tokenize(text)
    places = merged(tokens)
    inside = {i for first, behind in places for i in range(first, behind)}
    several = [(first, " ".join(tokens[first:behind])) for first, behind in places]
    single = [(i, token) for i, token in enumerate(tokens) if i not in inside and share(token) is not None]
    return [(token, share(token)) for _, token in sorted(several + single)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3/10", 0.3), ("8.5/10", 0.85), ("8,5/10", 0.85), ("95/100", 0.95), ("20/100", 0.2), ("4/5", 0.8),
        ("3.5/4", 0.875),
        ("0/10", 0.0), ("-10/10", 0.0), ("11/10", 1.1), ("film—10/10", 1.0), ("(7/10).", 0.7),
        ("8 / 10", 0.8), ("6/ 10", 0.6),
        ("★★★★★", 1.0), ("★☆☆☆☆", 0.2), ("★★★☆", 0.75), ("⭐⭐", 0.4), ("★★★½", 0.7), ("★ ★ ☆ ☆ ☆", 0.4),
        ("☆☆☆☆☆", 0.0),
        ("one star out of five", 0.2), ("2 out of 10", 0.2), ("ten out of ten", 1.0), ("92 out of a hundred", 0.92),
        ("two stars.", 0.4), ("Five stars!", 1.0), ("zero stars", 0.0), ("half a star", 0.1), ("2½ stars", 0.5),
        ("3 1/2 stars", 0.7), ("three and a half stars", 0.7), ("4 of 5 stars", 0.8), ("4/5 stars", 0.8),
        ("3 of 10", 0.3),
        ("a 5-star film", 1.0), ("a one-star film", 0.2), ("a five star film", 1.0), ("I gave it one star", 0.2),
        ("8 stars out of 10", 0.8), ("8 stars", 0.8), ("** out of ****", 0.5), ("4 stars from me", 0.8),
    ],
)  # fmt: skip
def test_a_rating_gives_a_share(text: str, value: float) -> None:
    assert [given for _, given in rated(text)] == pytest.approx([value])


@pytest.mark.parametrize(
    "text",
    ["24/7", "9/11", "1/2", "3/4", "50/50", "20/20", "10/10/2020", "5/10/2020", "1.5.10", "and/or",
     "http://a.b/3/10", "7/5",
     "the two stars shine", "its three stars are fine", "two stars collide", "9 out of 10 people", "one of the stars",
     "one out of five critics", "part 3 of 5", "the star", "stars", "***", "f*** this", "out of",
     "10 of 12", "two out of three"],
)  # fmt: skip
def test_what_is_no_rating(text: str) -> None:
    assert rated(text) == []


@given(st.integers(0, 10), st.sampled_from([5, 10, 100]))
def test_n_out_of_m_in_all_ways_of_writing_it(n: int, most: int) -> None:
    if n <= most:
        texts = [
            f"{n}/{most}",
            f"{n} / {most}",
            f"{n} out of {most}",
            f"{n} out of {most}!",
            f"it is {n} stars out of {most}",
        ]
        assert [[given for _, given in rated(text)] for text in texts] == [[n / most]] * len(texts)


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    tokens = tokenize(text)
    behind = 0
    for first, end in merged(tokens):
        assert behind <= first < end <= len(tokens)
        behind = end
    assert not text or share(text) is None or share(text) >= 0  # type: ignore[operator]
