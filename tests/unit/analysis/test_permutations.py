"""Permutations: all orders of the words, each once, and each with the belief that its text gets."""

from itertools import permutations as all_permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_models import WORDS, small

from explorer import load, models, predict
from explorer.analysis.permutations import ALL, Permutations, beliefs, count, permutations, read_alike
from explorer.reading.reading import Reading, read
from explorer.reading.tokenizer import is_word
from explorer.reading.vocabulary import Vocabulary

TOKENS = st.lists(
    st.sampled_from(["good", "bad", "not", ",", "the", "film", "n't", "?", "zzyzx"]), min_size=1, max_size=6
)


def orders(tokens: list[str], most: int = 5_040, seed: int = 0) -> Permutations:
    return permutations(Reading.of_tokens(tokens, Vocabulary(WORDS)), most, seed)


@given(TOKENS)
def test_all_orders_are_those_of_itertools(tokens: list[str]) -> None:
    """Of the words; signs stay where they are."""
    found, places = orders(tokens), [place for place, token in enumerate(tokens) if is_word(token)]
    wanted = set()
    for words in all_permutations(tokens[place] for place in places):
        order = list(tokens)
        for place, word in zip(places, words, strict=True):
            order[place] = word
        wanted.add(tuple(order))
    assert {tuple(found.text(i).split()) for i in range(len(found))} == wanted
    assert len(found) == found.count == count(tokens)
    assert found.complete


def test_a_comma_is_not_a_word_that_changes_places() -> None:
    found = orders(["good", ",", "not", "bad"])
    assert {found.text(i) for i in range(len(found))} == {
        "good , not bad", "good , bad not", "not , good bad", "not , bad good", "bad , good not", "bad , not good",
    }  # fmt: skip
    assert len(orders(["it", "is", ",", "as", "films", "go", ",", "not", "bad", "."])) == factorial(
        ALL
    )  # ten tokens, seven words


def test_seven_different_words_have_5040_orders() -> None:
    assert len(orders(["the", "film", "is", "good", "and", "not", "bad"])) == factorial(ALL) == 5_040


@given(TOKENS)
def test_the_order_given_comes_first_and_every_token_is_used_once(tokens: list[str]) -> None:
    found = orders(tokens)
    assert found.text(0).split() == tokens
    assert (np.sort(found.places, 1) == np.arange(len(tokens))).all()


def test_a_sample_has_different_orders_and_the_one_given() -> None:
    tokens = ["the", "film", "is", "not", "good", "and", "the", "cast", "is", "bad"]
    found = orders(tokens, most=300)
    texts = [found.text(i) for i in range(len(found))]
    assert len(set(texts)) == len(found) == 300 < found.count
    assert not found.complete
    assert texts[0].split() == tokens
    assert (np.sort(found.places, 1) == np.arange(len(tokens))).all()
    assert (orders(tokens, most=300).places == found.places).all()  # from a seed
    assert (orders(tokens, most=300, seed=1).places != found.places).any()


def test_a_text_with_few_orders_gives_those_there_are() -> None:
    found = orders(["so"] * 9 + ["good"], most=300)
    assert len(found) == found.count == 10
    assert found.complete


def test_signs_alone_have_one_order() -> None:
    found = orders(["?", "!"])
    assert [found.text(i) for i in range(len(found))] == ["? !"]
    assert found.count == 1


@pytest.mark.parametrize("name", models())
@settings(max_examples=20)
@given(TOKENS)
def test_each_orders_belief_is_that_of_its_text(name: str, tokens: list[str]) -> None:
    model = small(name)
    found = orders(tokens)
    texts = [Reading.of_tokens(found.text(i).split(), model.vocabulary) for i in range(len(found))]
    np.testing.assert_allclose(beliefs(model, found), predict(model, texts), atol=1e-6)


@pytest.mark.parametrize("name", models())
def test_each_belief_of_a_sample_is_that_of_its_text(name: str) -> None:
    model = small(name)
    found = orders(
        ["the", "film", "is", "not", "good", "and", "the", "cast", "is", "bad", ",", "very", "bad"], most=200
    )
    np.testing.assert_allclose(
        beliefs(model, found), predict(model, [found.text(i) for i in range(len(found))]), atol=1e-6
    )


@given(TOKENS)
def test_the_average_is_the_same_for_all_orders_to_the_bit(tokens: list[str]) -> None:
    assert np.ptp(beliefs(small("per-word"), orders(tokens))) == 0


def test_recurrent_lanes_do_tell_orders_apart() -> None:
    found = orders(["good", "not", "bad"])
    assert all(np.ptp(beliefs(small(name), found)) > 1e-4 for name in ("rnn", "gru", "lstm"))


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=12))
@settings(max_examples=20)
def test_texts_that_begin_alike_are_read_as_each_alone(name: str, rows: list[list[int]]) -> None:
    """Also where a text comes twice, and in the order given."""
    model = small(name)
    alone = [read_alike(model, np.array([row]))[0] for row in rows]
    np.testing.assert_allclose(read_alike(model, np.array(rows)), alone, atol=1e-6)


def test_progress_goes_up_to_one_and_can_stop_the_work() -> None:
    shares: list[float] = []
    beliefs(small("gru"), orders(["a", "b", "c"]), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        beliefs(small("gru"), orders(["a", "b", "c"]), stop)


@pytest.mark.parametrize("name", models())
def test_reading_many_orders_can_be_stopped_soon(name: str) -> None:
    """Whatever the model, it tells how far it is after each tenth of the work or sooner: what it calls may raise."""
    told: list[float] = []
    model = load(name)
    orders = permutations(
        read("the film is not good and the cast is bad , very bad " * 8, model.vocabulary), most=1_000
    )
    beliefs(model, orders, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert max(np.diff([0.0, *told])) <= 0.1
