"""One sentence that is true for whatever was typed: a test for each case."""

import numpy as np
import pytest

from explorer.reading.tokenizer import tokenize
from explorer.views.duel.answers import Answer, Read
from explorer.views.duel.sentences import notes, sentence

NAMES = ("per-word", "concat", "rnn", "gru", "lstm")


def said(text: str, ends: float | dict[str, float], unknown: tuple[int, ...] = (), **other: object) -> Answer:
    """An answer that the models could give; `ends` of all models or by name (0.5 for the others)."""
    tokens = tuple(tokenize(text))
    by_name = {name: ends.get(name, 0.5) if isinstance(ends, dict) else ends for name in NAMES}
    words = tuple("<unk>" if place in unknown else token for place, token in enumerate(tokens))
    read = Read(
        tokens,
        other.get("read", words),
        unknown,
        ((0, 1),) * len(tokens),
        other.get("cut", 0),
        *(other.get(key, default) for key, default in (("changes", ()), ("unread", ()), ("language", None))),
    )  # type: ignore[arg-type]
    return Answer(read, by_name, np.full((len(NAMES), len(tokens)), 0.5))


GOOD = said("good, not bad", {"per-word": 0.404, "concat": 0.956, "rnn": 0.66, "gru": 0.97, "lstm": 0.98})
BAD = said("bad, not good", {"per-word": 0.404, "concat": 0.03, "rnn": 0.11, "gru": 0.01, "lstm": 0.01})


def test_the_same_words_in_two_orders() -> None:
    lesson = "The average gives both orders the same number, to the last digit. "
    assert sentence((GOOD, BAD), "gru") == lesson + "The GRU reads in order and says 97% and 1%."
    assert sentence((GOOD, BAD), "per-word") == lesson + "It cannot know what came first."
    assert sentence((GOOD, BAD), "concat") == lesson + "Side by side, every word has a place of its own."


def test_the_same_words_hardly_told_apart() -> None:
    a, b = said("a man is the film", {"gru": 0.72}), said("the film is a man", {"gru": 0.70})
    start = "The same words in two orders: the average cannot tell them apart, and "
    assert sentence((a, b), "gru") == start + "the GRU hardly does."
    assert sentence((said("a b", {"rnn": 0.7}), said("b a", {"rnn": 0.7})), "rnn") == start + "neither does the RNN."


def test_identical_as_read() -> None:
    assert sentence((GOOD, GOOD), "gru") == "Both sentences are the same, so every model gives both the same number."
    typo = said("goood, not bad", 0.9, read=("good", ",", "not", "bad"))
    assert sentence((GOOD, typo), "gru").startswith("The models read both sentences as the same words")


def test_different_words() -> None:
    other = said("a wonderful film", {"per-word": 0.8, "concat": 0.99, "rnn": 0.9, "gru": 0.7, "lstm": 0.9})
    told = "These two use different words, so this does not test word order. For that, use the same words in both."
    assert sentence((GOOD, other), "gru") == told
    assert sentence((GOOD, said("fine", {"gru": 0.96})), "gru").endswith("yet the GRU hardly tells them apart.")
    assert sentence((GOOD, said("fine", {"gru": 0.97})), "gru").endswith("yet the GRU gives both the same number.")
    same = said("a wonderful film", {"per-word": 0.404, "concat": 0.99, "rnn": 0.9, "gru": 0.7, "lstm": 0.9})
    assert sentence((GOOD, same), "gru") == "These two use different words, yet not every model tells them apart."


def test_only_the_punctuation_differs() -> None:
    other = said("bad not good", {"per-word": 0.41, "gru": 0.01, "rnn": 0.2, "concat": 0.1, "lstm": 0.1})
    assert "not the same punctuation" in sentence((GOOD, other), "gru")


def test_models_disagree() -> None:
    a = said("so long", {"gru": 0.9, "rnn": 0.1, "concat": 0.8, "lstm": 0.9})
    b = said("too short", {"gru": 0.9, "rnn": 0.9, "concat": 0.8, "lstm": 0.9, "per-word": 0.2})
    assert sentence((a, b), "gru") == "The models disagree about A: some call it positive, some negative."
    assert sentence((b, a), "gru") == "The models disagree about B: some call it positive, some negative."
    other = said("so wide", {"gru": 0.9, "rnn": 0.1})
    assert sentence((a, other), "gru") == "The models disagree about both sentences: compare their lines."


def test_all_are_unsure() -> None:
    assert sentence((said("a film", 0.55), said("the man", 0.45)), "gru") == (
        "No model can say: all answers lie in the grey band."
    )


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ((0, 1), (0, 1), "No model knows any of these words, so the numbers say nothing about them."),
        ((0, 1), (), "No model knows a word of A, so its numbers say nothing about it."),
        ((), (0, 1), "No model knows a word of B, so its numbers say nothing about it."),
        ((0,), (), "Many words of A are unknown to the models. Take its numbers with care."),
        ((), (1,), "Many words of B are unknown to the models. Take its numbers with care."),
        ((0,), (1,), "Many of these words are unknown to the models. Take the numbers with care."),
    ],
)
def test_unknown_words(a: tuple[int, ...], b: tuple[int, ...], words: str) -> None:
    assert sentence((said("zzyzx blorp", 0.9, a), said("frob nicate", 0.1, b)), "gru") == words


def test_a_known_answer_is_missed() -> None:
    labels = ("positive", "negative")
    assert sentence((GOOD, BAD), "gru", labels).startswith("The average")
    low = said("good, not bad", {"per-word": 0.404, "gru": 0.3})
    assert sentence((low, BAD), "gru", labels) == ("A reader would call A positive. The GRU misses it: it says 30%.")
    high = said("bad, not good", {"per-word": 0.404, "gru": 0.7})
    assert sentence((GOOD, high), "gru", labels) == ("A reader would call B negative. The GRU misses it: it says 70%.")
    assert sentence((low, high), "gru", labels) == "The GRU is wrong about both: it says 30% for A and 70% for B."
    plain = said("the film is about a man", {"gru": 0.97})
    assert sentence((plain, BAD), "gru", ("unsure", None)) == "A says neither good nor bad, but the GRU says 97%."


def test_one_sentence_alone() -> None:
    end = "Type a second sentence to compare."
    assert sentence((GOOD, None), "gru") == f"The GRU thinks this is positive: 97%. {end}"
    assert sentence((None, BAD), "lstm") == f"The LSTM thinks this is negative: 1%. {end}"
    assert sentence((GOOD, None), "per-word") == f"The average is unsure about this: 40%. {end}"
    assert "No model knows" in sentence((said("zzyzx", 0.5, (0,)), None), "gru")


def test_nothing_at_all() -> None:
    assert sentence((None, None), "gru") == "Type a sentence in each box, or press Another pair."


def test_notes_say_what_was_read_otherwise() -> None:
    words = [f"w{i}" for i in range(60)]
    long = said(" ".join(words), 0.5, (0, 1), cut=7)
    told = notes((long, said("goood", 0.9, changes=(("goood", "good"),), unread=("🎬",))), 50)
    assert told == [
        "A is long: the models read its first 1,000 words and signs. Your text is kept as it is.",
        "Marked “?” in A: words that the models do not know (“w0”, “w1”).",
        "“All words side by side” reads only the first 50 of A's 60 words and signs.",
        "In B the models read “goood” → “good”.",
        "Not read in B, since it says nothing about a film: 🎬",
    ]
    (foreign,) = notes((said("zzyzx", 0.5, (0,), language="Spanish"), None), 50)
    assert foreign == "A looks like Spanish. The models have only read English, so they know none of its words."
    assert notes((GOOD, None), 50) == []
