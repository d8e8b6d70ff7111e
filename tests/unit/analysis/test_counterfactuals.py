"""Counterfactuals: edits are what they say, and each turns the verdict that it is said to turn."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_models import small

from explorer import load, models, predict
from explorer.analysis.counterfactuals import (
    ALIKE,
    KINDS,
    NEGATIONS,
    Counterfactuals,
    Edit,
    counterfactuals,
    edits,
    moves,
    neighbours,
    swaps,
)
from explorer.analysis.measures import verdict
from explorer.reading.reading import Reading, read
from explorer.reading.tokenizer import is_word

WORD = st.sampled_from(["good", "bad", "not", ",", "the", "film", "n't", "it", "zzyzx", "."])
TOKENS = st.lists(WORD, min_size=1, max_size=7)
ALL = {name: small(name) for name in models()}


def reading(tokens: list[str]) -> Reading:
    return Reading.of_tokens(tokens, ALL["gru"].vocabulary)


def test_swaps_of_three_words() -> None:
    assert [one.tokens for one in swaps(("a", "film", "good"))] == [
        ("film", "a", "good"), ("good", "film", "a"), ("a", "good", "film"),
    ]  # fmt: skip


def test_a_negation_moves_everywhere() -> None:
    made = {one.text for one in moves(("not", "good", ",", "bad"))}
    assert made == {"not good , bad", "good not , bad", "good , not bad", "good , bad not"}


@given(TOKENS)
def test_edits_differ_from_the_text_and_each_other_and_the_smallest_is_first(tokens: list[str]) -> None:
    found = edits(ALL["gru"], reading(tokens))
    texts = [one.tokens for one in found]
    assert len(set(texts)) == len(texts)
    assert tuple(tokens) not in texts
    assert all(len(text) == len(tokens) for text in texts)
    assert [one.size for one in found] == sorted(one.size for one in found)


@given(TOKENS)
def test_an_edit_is_of_its_kind(tokens: list[str]) -> None:
    for one in edits(ALL["gru"], reading(tokens)):
        changed = [i for i, (old, new) in enumerate(zip(tokens, one.tokens, strict=True)) if old != new]
        if one.kind == "replace":
            assert changed == list(one.places)
            assert (tokens[changed[0]], one.tokens[changed[0]]) == one.words
        elif one.kind == "swap":
            assert changed == sorted(one.places)
            assert {tokens[i] for i in changed} == set(one.words)
            assert all(is_word(word) for word in one.words)
        else:
            start, end = one.places
            rest = tokens[:start] + tokens[start + 1 :]
            assert one.words == (tokens[start],)
            assert tokens[start] in NEGATIONS
            assert list(one.tokens) == [*rest[:end], tokens[start], *rest[end:]]


def test_no_more_edits_than_the_steps_allow() -> None:
    tokens = ["the", "film", "is", "not", "good", "and", "it", "is", "bad"]
    whole, part = edits(ALL["gru"], reading(tokens)), edits(ALL["gru"], reading(tokens), steps=45)
    assert len(part) == 5
    assert part == whole[:5]


@pytest.mark.parametrize("kind", KINDS)
def test_each_counterfactual_turns_the_verdict_and_nothing_smaller_does(kind: str) -> None:
    lanes = {name: load(name) for name in models()}
    for text in ("good, not bad", "the film is good and not bad", "it started badly but ended brilliantly"):
        found = counterfactuals(lanes, read(text, lanes["gru"].vocabulary))
        for name, model in lanes.items():
            typed = verdict(float(predict(model, [text])[0]))
            said = [verdict(p) for p in predict(model, [one.text for one in found.edits])]
            right = [
                i
                for i, one in enumerate(found.edits)
                if one.kind == kind and {typed, said[i]} == {"positive", "negative"}
            ]
            assert found.smallest(name, kind) == (right[0] if right else None)


@settings(max_examples=20)
@given(TOKENS)
def test_beliefs_are_those_of_the_texts(tokens: list[str]) -> None:
    found = counterfactuals(ALL, reading(tokens))
    for name, model in ALL.items():
        assert found.typed[name] == pytest.approx(predict(model, [reading(tokens)])[0], abs=1e-6)
        texts = [reading(list(one.tokens)) for one in found.edits]
        np.testing.assert_allclose(found.beliefs[name], predict(model, texts), atol=1e-6)


def test_no_order_turns_the_average() -> None:
    found = counterfactuals(ALL, reading(["the", "film", "is", "not", "good"]))
    same = [i for i, one in enumerate(found.edits) if one.kind != "replace"]
    assert same
    assert set(found.beliefs["per-word"][same]) == {found.typed["per-word"]}
    assert found.smallest("per-word", "swap") is None
    assert found.smallest("per-word", "move") is None


def test_where_lanes_part_one_says_positive_and_one_negative() -> None:
    made = [Edit("swap", (word,), (0,), (word,), (1, 0.0)) for word in "abcd"]
    said = {"rnn": np.array([0.9, 0.9, 0.7, 0.2]), "gru": np.array([0.1, 0.8, 0.35, 0.1])}
    found = Counterfactuals(made, {"rnn": 0.5, "gru": 0.5}, said)
    assert found.widest(["rnn", "gru"], 5) == [0, 2]
    assert found.widest(["rnn", "gru"], 1) == [0]
    assert found.smallest("rnn", "swap") is None  # unsure of the text: no verdict that could turn


def test_near_words_are_those_of_the_largest_cosine() -> None:
    model = load("gru")
    found = neighbours(model, "wonderful")
    assert len(found) == 6
    assert all(a >= b for (_, a), (_, b) in itertools.pairwise(found))
    row = model.vocabulary.index["wonderful"]
    vectors = model.vectors[2:20_002].double()
    cosine = (
        vectors @ model.vectors[row].double() / vectors.norm(dim=1).clamp(min=1e-9) / model.vectors[row].double().norm()
    )
    best = next(
        i
        for i in cosine.argsort(descending=True).tolist()
        if cosine[i] < ALIKE and is_word(model.vocabulary.words[i + 2])
    )
    assert found[0] == (model.vocabulary.words[best + 2], pytest.approx(float(cosine[best]), abs=1e-5))


def test_an_unknown_word_has_no_near_ones() -> None:
    assert neighbours(ALL["gru"], "zzyzx") == []
