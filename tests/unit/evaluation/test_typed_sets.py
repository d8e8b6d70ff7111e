"""The sets of what people type: what they hold, what of them training knew, and what is measured on them."""

import csv
import doctest
import re
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from explorer.evaluation import common_words, on_the_way, order_pairs, report, seen_texts, typed_report, viewpoints
from explorer.evaluation.data_files import read_set
from explorer.evaluation.neutral_phrases import neutral_phrases, neutral_texts
from explorer.evaluation.typed_texts import typed_texts
from explorer.reading.tokenizer import tokenize
from explorer.training import seen_texts as training
from explorer.training import treebank

TYPED, NEUTRAL, VIEWPOINTS = typed_texts(), neutral_texts(), viewpoints.viewpoints()
FRESH = order_pairs.order_pairs(order_pairs.FRESH)
LOUD = {word for pairs in order_pairs.opposites(order_pairs.FRESH).values() for pair in pairs for word in pair}


@pytest.mark.parametrize("module", [on_the_way, typed_report, training])
def test_examples_in_the_docstrings(module) -> None:
    assert doctest.testmod(module).failed == 0


# ------------------------------------------------------------------------------------------------------- what they hold


def test_typed_texts_are_many_of_each_kind_and_balanced() -> None:
    assert len({each.text for each in TYPED}) == len(TYPED) >= 400
    kinds = Counter(each.key for each in TYPED)
    assert len(kinds) >= 20
    assert min(kinds.values()) >= 20
    count = Counter((each.key, each.label) for each in TYPED)
    assert all(count[key, "positive"] == count[key, "negative"] for key in kinds)
    assert {key for key, label in count if label == "neither"} == {"group", "language"}


def test_fresh_pairs_are_many_in_words_and_constructions_of_their_own() -> None:
    assert len(FRESH) >= 300
    texts = [text for pair in FRESH for text in (pair.positive, pair.negative)]
    assert len(set(texts)) == len(texts)
    for pair in FRESH:
        first, second = tokenize(pair.positive), tokenize(pair.negative)
        assert Counter(first) == Counter(second), pair
        assert first != second, pair
    assert not [text for text in texts if re.search(r"\ba [aeiou]", text)]
    templates = {
        name: {each.template for each in order_pairs.constructions(name)} for name in ("order_pairs", "fresh_pairs")
    }
    assert not templates["order_pairs"] & templates["fresh_pairs"]
    assert templates["order_pairs"] | templates["fresh_pairs"] == set(order_pairs.training_evidence())


def test_neutral_texts_are_many_and_short_of_opinion() -> None:
    assert len(set(NEUTRAL)) == len(NEUTRAL) >= 200
    assert not set(NEUTRAL) & set(neutral_phrases())
    assert not [text for text in NEUTRAL if LOUD & set(tokenize(text))]


def test_every_combination_of_order_connective_and_contrast_is_there_on_both_sides() -> None:
    content = read_set("viewpoints")
    count = Counter((each.order, each.connective, each.contrast, each.label) for each in VIEWPOINTS)
    combinations = product(viewpoints.ORDERS, content["connectives"], viewpoints.CONTRASTS, (0, 1))
    ways = len(content["ways"])
    assert count == {key: ways * len(content["connectives"][key[1]]) for key in combinations}
    assert len({each.text for each in VIEWPOINTS}) == len(VIEWPOINTS)


def test_the_author_of_today_decides() -> None:
    """Read again by another way: the clause of "I" or "to me" without a past in it has a word of the label's side."""
    sides = [
        [pair[side] for way in read_set("viewpoints")["ways"].values() for pair in way["words"]] for side in (1, 0)
    ]
    starts = r"^(although|though|even though|while|but|yet) "
    for each in VIEWPOINTS:
        clauses = [re.sub(starts, "", clause) for clause in re.split(r" [;,] (?:however , )?", each.text)]
        clauses = [clause for clause in clauses if re.match(r"i |to me ", clause)]
        (own,) = [clause for clause in clauses if not re.search(r"\b(used to|was|found)\b", clause)]
        said = [any(re.search(rf"\b{word}\b", own) for word in words) for words in sides]
        assert said == [not each.label, bool(each.label)], each


def test_common_words_say_nothing_and_are_words() -> None:
    words = common_words.common_words()
    assert len(set(words)) == len(words) >= 2_000
    assert not LOUD & set(words)
    assert all(tokenize(word) == [word] for word in words)


def test_typed_texts_are_no_copies_of_the_examples_of_kinds(data: Path) -> None:
    cases = data.parent / "cases" / "typed.tsv"
    if not cases.exists():
        pytest.skip(f"there is no {cases}")
    with cases.open(encoding="utf-8") as file:
        examples = {row["text"].lower() for row in csv.DictReader(file, delimiter="\t")}
    assert not examples & {text.lower() for text in seen_texts.marked_texts()}


# ---------------------------------------------------------------------------------------------------- what training saw


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("My neighbours hated it but I loved it", "{who} {y_did} it but i {x_did} it"),
        ("The film, for my taste, was far from good, it was bad", "{s} is far from {y}, it is {x}"),
        ("good, but bad", None),  # two words of opposite sides and a "but" are no form to be known by
        ("a text in words that no rule has", None),
    ],
)
def test_a_text_of_the_form_of_a_rule_is_seen(text: str, seen: str | None) -> None:
    assert training.find_seen([text]).get(text) == seen


def test_a_text_that_training_made_is_seen() -> None:
    made = training.training_texts()[7]
    assert made in training.find_seen([made])


def test_the_marks_are_those_of_the_training_rules() -> None:
    found = training.find_seen(seen_texts.marked_texts())
    kept = seen_texts.seen_texts()
    by_rules = {text: mark for text, mark in kept.items() if mark != training.IN_TREES}
    assert by_rules == found, "run python -m explorer.training.seen_texts"
    assert len(kept) < len(seen_texts.marked_texts()) / 10


def test_the_marks_are_those_of_the_training_trees(data: Path) -> None:
    found = training.find_phrases(seen_texts.marked_texts(), treebank.phrases(data))
    assert len(found) > 10
    marks = seen_texts.seen_texts()
    assert found.keys() == {text for text in found if text in marks}
    assert {text for text, mark in marks.items() if mark == training.IN_TREES} <= found.keys()


def test_marks_are_kept(tmp_path: Path) -> None:
    found = training.write_seen([("ugh",), ("never", "again", ".")], tmp_path / "seen.json")
    assert found == seen_texts.seen_texts(tmp_path / "seen.json")
    assert [text for text, mark in found.items() if mark == training.IN_TREES] == ["ugh", "never again"]


# --------------------------------------------------------------------------------------------------------- the measures


def knows(positive: set[str], neither: set[str] = frozenset()):
    """A predictor that is sure of all but `neither`, and right if the truth is `positive`."""
    return lambda texts: np.array([0.5 if text in neither else 0.9 if text in positive else 0.1 for text in texts])


def test_one_who_knows_all_typed_texts_gets_all_right() -> None:
    by_label = {label: {each.text for each in TYPED if each.label == label} for label in ("positive", "neither")}
    found = report.report_typed_texts(knows(by_label["positive"], by_label["neither"]))
    assert set(found.scores.values()) == {1}
    assert not any(row["wrong"] for row in found.rows)
    assert sum(row["seen"] for row in found.rows) == sum(each.text in seen_texts.seen_texts() for each in TYPED)


def test_no_verdict_is_right_only_where_there_is_none() -> None:
    found = report.report_typed_texts(lambda texts: np.full(len(texts), 0.5))
    right = {row["kind"]: row["right"] for row in found.rows}
    assert right.pop("another language") == 22
    assert right.pop("groups of people") == 10
    assert set(right.values()) == {0}


def test_where_there_is_nothing_to_read_there_is_no_verdict() -> None:
    found = report.report_typed_texts(lambda texts: np.full(len(texts), np.nan))
    half = report.report_typed_texts(lambda texts: np.full(len(texts), 0.5))
    assert found == half


def test_the_last_opinion_wins_half_of_the_time() -> None:
    """One who believes the last word of praise or blame is right if and only if the author speaks last."""
    positive = {each.text for each in VIEWPOINTS if (each.order == "author last") == each.label}
    found = report.report_viewpoints(knows(positive))
    assert found.scores["viewpoints_wrong"] == 0.5
    assert {row["kind"].split(", ")[1]: row["right"] / row["count"] for row in found.rows} == {
        "author first": 0.0,
        "author last": 1.0,
    }


def test_words_that_lean_are_told_worst_first() -> None:
    lean = {"the": 0.9, "a": 0.05, "movie": 0.61}
    found = common_words.report_common_words(lambda texts: np.array([lean.get(text, 0.5) for text in texts]))
    count = len(common_words.common_words())
    assert found.scores["words"] == pytest.approx(1 - 3 / count)
    assert found.scores["words_lean"] == pytest.approx((0.4 + 0.45 + 0.11) / count)
    assert found.scores["words_framed"] == 1
    assert [each["text"] for each in found.rows[0]["wrong"]] == ["a", "the", "movie"]


def test_the_belief_on_the_way_by_hand() -> None:
    """One who is sure of "good" from the word on: of two texts of four words it is right from the half on, of the
    other one only at the end."""
    asked = [("one good two three", 1), ("one two bad three", 0), ("a b c good", 1)]

    def ask(texts):
        return np.array([0.9 if "good" in text else 0.2 if "bad" in text else 0.6 for text in texts])

    rows = {row["percent"]: row for row in on_the_way.on_the_way(ask, asked)}
    assert [rows[percent]["right"] for percent in (5, 25, 50, 75, 100)] == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1, 1])
    assert rows[5]["claimed"] == pytest.approx(0.6)
    assert rows[100]["claimed"] == pytest.approx((0.9 + 0.8 + 0.9) / 3)
    # all three say .6 of a positive text, two of three are
    assert rows[5]["ece"] == rows[5]["verdict_ece"] == pytest.approx(2 / 3 - 0.6)
    assert rows[100]["ece"] == pytest.approx((0.1 + 0.2 + 0.1) / 3)
    assert {row["count"] for row in rows.values()} == {3}
    assert on_the_way.on_the_way(ask, []) == []
