"""Where tokens stand in the typed text."""

import random

import pytest

from explorer.reading.spans import spans
from explorer.reading.tokenizer import tokenize
from explorer.views.duel.answers import in_utf16


def placed(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def test_tokens_stand_where_they_were_typed() -> None:
    assert placed("It isn't bad. I cannot say") == ["It", "is", "n't", "bad", ".", "I", "can", "not", "say"]
    assert placed("good,  not\nbad") == ["good", ",", "not", "bad"]
    assert placed("<b>x</b>") == ["<", "b", ">", "x", "<", "/", "b", ">"]
    assert placed("a<br />b<br>c") == ["a", "b", "c"]


def test_a_token_spans_all_that_it_came_from() -> None:
    assert placed("cafe\u0301 ﬁlm it’s 😀") == ["cafe\u0301", "ﬁlm", "it", "’s", "😀"]
    assert placed("½ good") == ["½", "", "", "good"]


@pytest.mark.parametrize("seed", range(20))
def test_every_text_can_be_followed(seed: int) -> None:
    """As many spans as tokens, in order, within the text; of plain text they are the tokens themselves."""
    dice = random.Random(seed)
    others = "–—½ﬁéİſ😀שあ\u200b\u0301\u1100\u1161ﷺ\uff1c\uff1e"
    letters = [*"aB .,!'\"-\n\t<>br/0", *others, "n't", "<br />", "cannot", "''"]
    text = "".join(dice.choice(letters) for _ in range(80))
    found = spans(text)
    assert len(found) == len(tokenize(text))
    behind = 0
    for start, end in found:
        assert behind <= start <= end <= len(text)
        behind = end
    plain = "".join(character for character in text if character.isascii())
    read = [(part.lower(), token) for part, token in zip(placed(plain), tokenize(plain), strict=True)]
    assert all(part == token for part, token in read if part != "''")


def test_browsers_count_an_emoji_twice() -> None:
    assert in_utf16("😀 a 😀b", [(0, 1), (2, 3), (4, 5), (5, 6)]) == ((0, 2), (3, 4), (5, 7), (7, 8))
    assert in_utf16("é a", [(0, 1), (2, 3)]) == ((0, 1), (2, 3))
