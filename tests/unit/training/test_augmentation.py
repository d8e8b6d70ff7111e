"""Phrases made by rules, and tied embeddings: laws that all rules obey, and what they make of a few words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from explorer.evaluation.neutral_phrases import neutral_phrases as measured_phrases
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import Vocabulary
from explorer.training import corpus, tied_embeddings
from explorer.training.augmentation.neutral_phrases import neutral_phrases
from explorer.training.augmentation.opinion_phrases import (
    FURTHER,
    SLIGHT,
    is_clause,
    opinion_phrases,
    rules,
    silent_tokens,
)

PLACES = ("", "_did", "_do", "_says", "_ly", "_felt", "_goes", "_go")


def filled(rule: str, x: str, y: str) -> str:
    for place in PLACES:
        rule = rule.replace(f"{{x{place}}}", x).replace(f"{{y{place}}}", y)
    return rule.replace("{X}", x).replace("{Y}", y)


def test_how_many_rules_there_are() -> None:
    counts = {kind: len(rules(kind, (FURTHER, SLIGHT))) for kind in ("order", "clauses", "negated", "kept", "plain")}
    assert counts == {"order": 425, "clauses": 20, "negated": 170, "kept": 109, "plain": 26}


def test_an_order_rule_has_both_sides_and_the_same_words_either_way() -> None:
    for rule in (*rules("order", (FURTHER, SLIGHT)), *rules("clauses")):
        first, second = filled(rule, "mauve", "teal"), filled(rule, "teal", "mauve")
        assert first != second, f"{rule!r} has no place for one of the sides"
        assert Counter(tokenize(first)) == Counter(tokenize(second)), f"{rule!r} has other words the other way round"


def test_the_other_rules_have_one_side() -> None:
    for rule in (*rules("negated", (FURTHER, SLIGHT)), *rules("kept", (FURTHER, SLIGHT)), *rules("plain")):
        assert filled(rule, "mauve", "mauve") != rule, f"{rule!r} has no place"
        assert ("{x" in rule.lower()) != ("{y" in rule.lower()), f"{rule!r} names both sides"


def test_phrases_come_in_opposites_from_the_seed() -> None:
    made = list(opinion_phrases(400, seed=1))
    assert made == list(opinion_phrases(400, seed=1)) != list(opinion_phrases(400, seed=2))
    assert all(first.target > 0.5 > second.target for first, second in zip(made[::2], made[1::2], strict=True))
    assert all("{" not in " ".join(tokens) for tokens, *_ in made)


def test_further_rules_come_beside_the_first_ones() -> None:
    made = list(opinion_phrases(4_000, seed=1, more=(FURTHER, SLIGHT)))
    texts = [" ".join(tokens) for tokens, *_ in made]
    assert all("{" not in text for text in texts)
    assert any("quite the opposite" in text for text in texts)
    assert any(", not " in text for text in texts)
    assert not any("quite the opposite" in " ".join(tokens) for tokens, *_ in opinion_phrases(4_000, seed=1))


def test_quiet_words_are_those_before_the_first_that_says_something() -> None:
    assert silent_tokens("{s} is {x}", ["the", "film", "is", "great"]) == 2 + 0  # "it is", whatever {s} is
    assert silent_tokens("{x}, not {y}", ["great", ",", "not", "bad"]) == 0
    assert silent_tokens("{s} is not {y}", ["it", "is", "not", "bad"]) == 2
    assert silent_tokens("is it {y}? no.", ["is", "it", "bad", "?"]) == 0


def test_found_words_and_clauses_are_used() -> None:
    clauses = (["the plot sings"], ["the plot sinks"])
    made = [" ".join(tokens) for tokens, *_ in opinion_phrases(4000, 0, (["mauve"], ["teal"]), clauses)]
    assert any("mauve" in text for text in made)
    assert any("the plot sinks" in text for text in made)


def test_neutral_phrases_have_no_open_place() -> None:
    made = [" ".join(tokens) for tokens in neutral_phrases(3000, seed=0)]
    assert not [text for text in made if "{" in text]
    assert len(set(made)) > 2000


def test_no_neutral_phrase_that_is_measured_is_taught() -> None:
    taught = {tuple(token for token in tokens if token != ".") for tokens in neutral_phrases(corpus.NEUTRAL, seed=0)}
    assert not taught & {tuple(token for token in tokenize(text) if token != ".") for text in measured_phrases()}


def test_a_clause_has_a_verb_and_no_other_clause() -> None:
    assert is_clause(("the", "acting", "is", "superb"))
    assert not is_clause(("the", "superb", "acting"))
    assert not is_clause(("the", "acting", "is", "superb", ",", "but"))


def test_proper_names_are_found_by_their_capitals() -> None:
    text = (
        "I saw Zorba and Great actors. We met Zorba. Great! A great film of Zorba. "
        "They like Zorba, a great man, a great A-list."
    )
    assert tied_embeddings.proper_names([text]) == {"zorba"}


def test_tied_words_share_one_vector() -> None:
    words = ["he", "she", "anna", "boris", "12", "34", "7", "french", "german", "good", "carla"]
    vocabulary = Vocabulary(words)
    table = np.random.default_rng(0).normal(size=(len(vocabulary), 4)).astype(np.float32)
    table[vocabulary.index["carla"]] = table[vocabulary.index["anna"]]
    before, tuned = table.copy(), len(vocabulary) - 1
    tied = tied_embeddings.tie_rows(vocabulary, table, tuned, {"anna", "boris"})
    row = vocabulary.index
    assert tied[row["she"]] == row["he"]
    assert tied[row["boris"]] == row["anna"]
    assert tied[row["34"]] == row["12"]
    assert tied[row["german"]] == row["french"]
    assert tied[row["7"]] == row["7"]
    assert tied[row["good"]] == row["good"]
    np.testing.assert_allclose(table[row["he"]], before[[row["he"], row["she"]]].mean(0), rtol=1e-6)


def test_untrained_words_follow_their_neighbours() -> None:
    draw = np.random.default_rng(0)
    before = draw.normal(size=(40, 5)).astype(np.float32)
    before[39] = 2 * before[20]
    shift = np.array([1, 0, 0, 0, 0], np.float32)
    after = before[:30] + shift
    result = tied_embeddings.move_untrained(before, after, tuned=30)
    np.testing.assert_array_equal(result[:30], after)
    np.testing.assert_allclose(result[30:], before[30:] + shift, atol=1e-6)  # all neighbours moved alike
