from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np
import pytest

from explorer.evaluation.neutral_phrases import NEUTRAL
from explorer.text import Vocabulary, tokenize
from explorer.training import tied_embeddings
from explorer.training.augmentation import neutral_phrases, opinion_phrases
from explorer.training.corpus import QUIET


def filled(rule: str, x: str, y: str) -> str:
    for place in ("", "_did", "_do", "_says", "_ly", "_felt", "_goes", "_go"):
        rule = rule.replace(f"{{x{place}}}", x).replace(f"{{y{place}}}", y)
    return rule.replace("{X}", x).replace("{Y}", y)


@pytest.mark.parametrize("rule", grammar.ORDER + grammar.FURTHER["order"] + grammar.SLIGHT["order"] + grammar.CLAUSES)
def test_an_order_rule_has_both_sides_and_the_same_words_either_way(rule: str) -> None:
    one, other = filled(rule, "mauve", "teal"), filled(rule, "teal", "mauve")
    assert one != other and Counter(tokenize(one)) == Counter(tokenize(other))


DENYING = [rule for more in (grammar.FURTHER, grammar.SLIGHT) for kind in ("negated", "kept") for rule in more[kind]]


@pytest.mark.parametrize("rule", [*grammar.NEGATED, *grammar.KEPT, *DENYING, *grammar.PLAIN])
def test_the_other_rules_have_one_side(rule: str) -> None:
    assert filled(rule, "mauve", "mauve") != rule
    assert ("{x" in rule.lower()) != ("{y" in rule.lower())


def test_phrases_come_in_opposites_from_the_seed() -> None:
    made = list(grammar.phrases(400, seed=1))
    assert made == list(grammar.phrases(400, seed=1)) != list(grammar.phrases(400, seed=2))
    assert all((one[1] > 0.5) and (other[1] < 0.5) for one, other in zip(made[::2], made[1::2]))
    assert all("{" not in " ".join(tokens) for tokens, *_ in made)


def test_further_rules_come_beside_the_first_ones() -> None:
    made = list(grammar.phrases(4_000, seed=1, further=(grammar.FURTHER, grammar.SLIGHT)))
    texts = [" ".join(tokens) for tokens, *_ in made]
    assert all("{" not in text for text in texts)
    assert any("quite the opposite" in text for text in texts) and any(", not " in text for text in texts)
    assert not any("quite the opposite" in " ".join(tokens) for tokens, *_ in grammar.phrases(4_000, seed=1))


def test_quiet_words_are_those_before_the_first_that_says_something() -> None:
    assert grammar.silence("{s} is {x}", ["the", "film", "is", "great"]) == 2 + 0  # "it is", whatever {s} is
    assert grammar.silence("{x}, not {y}", ["great", ",", "not", "bad"]) == 0
    assert grammar.silence("{s} is not {y}", ["it", "is", "not", "bad"]) == 2
    assert grammar.silence("is it {y}? no.", ["is", "it", "bad", "?"]) == 0


def test_found_words_and_clauses_are_used() -> None:
    clauses = (["the plot sings"], ["the plot sinks"])
    made = [" ".join(tokens) for tokens, *_ in islice(grammar.phrases(4000, 0, (["mauve"], ["teal"]), clauses), 4000)]
    assert any("mauve" in text for text in made) and any("the plot sinks" in text for text in made)


def test_neutral_phrases_have_no_open_place() -> None:
    made = [" ".join(tokens) for tokens in everyday.phrases(3000, seed=0)]
    assert not [text for text in made if "{" in text] and len(set(made)) > 2000


def test_no_neutral_phrase_that_is_measured_is_taught() -> None:
    taught = {tuple(token for token in tokens if token != ".") for tokens in everyday.phrases(QUIET, seed=0)}
    assert not taught & {tuple(token for token in tokenize(text) if token != ".") for text in NEUTRAL}


def test_a_clause_has_a_verb_and_no_other_clause() -> None:
    assert grammar.is_clause(("the", "acting", "is", "superb"))
    assert not grammar.is_clause(("the", "superb", "acting"))
    assert not grammar.is_clause(("the", "acting", "is", "superb", ",", "but"))


def test_proper_names_are_found_by_their_capitals() -> None:
    text = "I saw Zorba and Great actors. We met Zorba. Great! A great film of Zorba. They like Zorba, a great man, a great A-list."
    assert kin.proper_names([text]) == {"zorba"}


def test_kin_share_one_vector() -> None:
    words = ["he", "she", "anna", "boris", "12", "34", "7", "french", "german", "good", "carla"]
    vocabulary = Vocabulary(words)
    table = np.random.default_rng(0).normal(size=(len(vocabulary), 4)).astype(np.float32)
    table[vocabulary.index["carla"]] = table[vocabulary.index["anna"]]
    before, tuned = table.copy(), len(vocabulary) - 1
    shared = kin.shared_rows(vocabulary, table, tuned, {"anna", "boris"})
    row = vocabulary.index
    assert shared[row["she"]] == row["he"] and shared[row["boris"]] == row["anna"] and shared[row["34"]] == row["12"]
    assert (
        shared[row["german"]] == row["french"] and shared[row["7"]] == row["7"] and shared[row["good"]] == row["good"]
    )
    np.testing.assert_allclose(table[row["he"]], before[[row["he"], row["she"]]].mean(0), rtol=1e-6)


def test_untrained_words_follow_their_neighbours() -> None:
    draw = np.random.default_rng(0)
    before = draw.normal(size=(40, 5)).astype(np.float32)
    before[39] = 2 * before[20]
    shift = np.array([1, 0, 0, 0, 0], np.float32)
    after = before[:30] + shift
    result = kin.follow(before, after, tuned=30)
    np.testing.assert_array_equal(result[:30], after)
    np.testing.assert_allclose(result[30:], before[30:] + shift, atol=1e-6)  # all neighbours moved alike
