"""Other languages than English, by their small words."""

import pytest

from explorer import load
from explorer.evaluation.labelled_phrases import labelled_phrases
from explorer.reading.languages import OTHERS, foreign
from explorer.reading.tokenizer import tokenize


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("una película mala", "Spanish"), ("no me gusta nada la película", "Spanish"),
        ("le film est très mauvais", "French"),
        ("der film war gut", "German"), ("ein langweiliger Film", "German"), ("il film è molto bello", "Italian"),
        ("o filme é muito ruim", "Portuguese"), ("de film is niet goed", "Dutch"), ("filmen är inte bra", "Swedish"),
        ("ten film jest bardzo dobry", "Polish"), ("bu film çok kötü", "Turkish"),
        ("film ini sangat jelek", "Indonesian"),
        ("die hard is a war film", None), ("la la land is great", None), ("das boot is a masterpiece", None),
        ("el mariachi rocks", None), ("das leben der anderen is great", None), ("good , not bad", None), ("no", None),
    ],
)  # fmt: skip
def test_worked_examples(text: str, language: str | None) -> None:
    assert foreign(tokenize(text), load("gru").vocabulary.index) == language


def test_no_english_text_of_ours_is_taken_for_another_language() -> None:
    index = load("gru").vocabulary.index
    texts = [phrase.text for phrase in labelled_phrases()]
    assert len(texts) > 100
    assert not [text for text in texts if foreign(tokenize(text), index)]


def test_nothing_is_no_language() -> None:
    assert foreign([], {}) is None
    assert len(OTHERS) >= 10
