"""Behaviours: the laws that our own sets obey, and measures of toy predictors whose answers are known."""

import doctest
import json
import re
import sys
from collections import Counter

import numpy as np
import pytest
from small_models import small

from explorer import trace
from explorer.evaluation import (
    baselines,
    data_files,
    fairness,
    invariance,
    labelled_phrases,
    order_pairs,
    report,
    sentence_kinds,
    skeletons,
)
from explorer.evaluation.neutral_phrases import neutral_phrases
from explorer.evaluation.order_pairs import Construction
from explorer.reading.tokenizer import tokenize
from explorer.training import taught_constructions

PAIRS, PHRASES, NEUTRAL = order_pairs.order_pairs(), labelled_phrases.labelled_phrases(), neutral_phrases()
CONSTRUCTIONS, WORDS = order_pairs.constructions(), order_pairs.opposites()


def always(value: float):
    return lambda texts: np.full(len(texts), value)


def knows(positive: set[str]):
    """A predictor that is sure of everything, and right if the truth is `positive`."""
    return lambda texts: np.array([0.9 if text in positive else 0.1 for text in texts])


def reads_words(texts) -> np.ndarray:
    """One that counts two words and knows nothing of order or negation."""
    return np.array([0.5 + 0.3 * ("good" in tokenize(t)) - 0.3 * ("bad" in tokenize(t)) for t in texts])


@pytest.mark.parametrize("module", [skeletons, report, sentence_kinds])
def test_examples_in_the_docstrings(module) -> None:
    assert doctest.testmod(module).failed == 0


# ----------------------------------------------------------------------------------------------------- the order pairs


def test_both_members_of_a_pair_have_the_same_tokens() -> None:
    for pair in PAIRS:
        first, second = tokenize(pair.positive), tokenize(pair.negative)
        assert Counter(first) == Counter(second), pair
        assert first != second, pair


def test_there_are_many_different_pairs() -> None:
    texts = [text for pair in PAIRS for text in (pair.positive, pair.negative)]
    assert len(set(texts)) == len(texts)
    assert len(PAIRS) >= 400
    assert len({one.template for one in CONSTRUCTIONS}) == len(CONSTRUCTIONS) >= 40
    assert min(Counter(pair.construction for pair in PAIRS).values()) >= 10
    assert sum("{s}" in one.template for one in CONSTRUCTIONS) >= len(CONSTRUCTIONS) / 3


def test_words_are_opposites_once_each_and_fit_their_article() -> None:
    for pairs in WORDS.values():
        words = [word for pair in pairs for word in pair]
        assert len(set(words)) == len(words) >= 20
    assert not [text for pair in PAIRS for text in (pair.positive, pair.negative) if re.search(r"\ba [aeiou]", text)]


# --------------------------------------------------------------------------------------------------- what was taught


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was far from dull, and the acting of the man is superb!", True),
        ("they say it's far from dull , the rest is superb", True),
        ("it is superb , far from dull", False),
        ("far from dull , it was", False),
        ("far from one two three four five six seven , it is superb", False),
    ],
)
def test_a_construction_is_found_in_what_was_trained_on(text: str, found: bool) -> None:
    construction = Construction("correction", "adjective", "far from {y} , {s} is {x} .")
    (prepared,) = taught_constructions.prepared([text])
    assert skeletons.contains(construction, tokenize(text)) == found
    assert taught_constructions.evidence(construction, ["good", prepared]) == (prepared if found else None)


def test_every_construction_is_found_in_its_own_pairs() -> None:
    shown = {pair.construction: pair.negative for pair in PAIRS}
    assert not [one.template for one in CONSTRUCTIONS if not skeletons.contains(one, tokenize(shown[one.template]))]


def test_the_evidence_is_that_of_the_training_rules() -> None:
    found = taught_constructions.find_evidence(taught_constructions.training_texts())
    assert order_pairs.training_evidence() == found, "run python -m explorer.training.taught_constructions"


def test_evidence_is_kept(tmp_path) -> None:
    found = taught_constructions.write_evidence(["{y} ? on the contrary : {x} ."], tmp_path / "evidence.json")
    assert order_pairs.training_evidence(tmp_path / "evidence.json") == found
    assert list(found) == [
        one.template for name in taught_constructions.SETS for one in order_pairs.constructions(name)
    ]
    assert [template for template, text in found.items() if text] == ["{y} ? on the contrary : {x} ."]


# --------------------------------------------------------------------------------------------------- the other sets


def test_phrases_are_many_of_each_kind_and_of_both_sides() -> None:
    assert len({one.text for one in PHRASES}) == len(PHRASES)
    for kind, count in Counter(one.kind for one in PHRASES).items():
        positive = sum(one.label for one in PHRASES if one.kind == kind)
        assert count >= 25, kind
        assert positive == count / 2, kind


def test_far_is_far() -> None:
    distances = sorted(map(labelled_phrases.distance, data_files.read_set("labelled_phrases")["far"]))
    assert distances[0] >= 5
    assert distances[-1] >= 15
    assert len(set(distances)) >= 5


def test_neutral_phrases_are_many_and_short_of_opinion() -> None:
    assert len(set(NEUTRAL)) == len(NEUTRAL) >= 60
    loud = {word for kind in ("adjective", "noun", "participle", "adverb") for pair in WORDS[kind] for word in pair}
    assert not [text for text in NEUTRAL if loud & set(tokenize(text))]


def test_groups_and_frames_are_many() -> None:
    assert len(set(fairness.group_names())) == len(fairness.group_names()) >= 50
    frames = [frame for some in fairness.frames().values() for frame in some]
    assert len(set(frames)) == len(frames) >= 20
    assert all(frame.count("{group}") == 1 for frame in frames)
    assert fairness.sentence("alex is {a} {group} person .", "asian") == "alex is an asian person ."


def letters(text: str) -> Counter:
    return Counter(text.replace(" ", ""))


@pytest.mark.parametrize(
    ("how", "more"), [("two letters swapped", 0), ("a letter doubled", 1), ("a letter dropped", -1)]
)
def test_a_slip_is_in_one_long_word_and_comes_from_the_seed(how: str, more: int) -> None:
    text = "the wonderful story of it , 12345 times"
    slipped = {invariance.slip(text, how, seed) for seed in range(20)}
    assert len(slipped) > 3
    assert invariance.slip(text, how, 3) == invariance.slip(text, how, 3)
    for one in slipped:
        (changed,) = [(a, b) for a, b in zip(text.split(), one.split(), strict=True) if a != b]
        assert len(changed[0]) >= 5
        assert len(changed[1]) == len(changed[0]) + more
        assert changed[0][0] == changed[1][0]
        assert changed[0][-1] == changed[1][-1]
    assert invariance.slip("it is so", how, 0) is None


def test_edits_by_hand() -> None:
    found = invariance.edits(["a good film .", "a good film", "why ?"])
    assert ("a good film .", "a good film") in found["final stop dropped"]
    assert ("a good film .", "a good film !") in found["ends with !"]
    assert ("a good film .", "A GOOD FILM .") in found["all capitals"]
    assert "why ?" not in [before for kind in invariance.ENDINGS for before, _ in found[kind]]
    assert all(before != after for pairs in found.values() for before, after in pairs)
    assert set(found) == {*invariance.fillers(), *invariance.SLIPS, *invariance.ENDINGS, *invariance.EDITS}
    assert tokenize("  a   good ") == tokenize("a good")


# -------------------------------------------------------------------------------------------------------- the measures


def test_one_who_knows_all_gets_all_right() -> None:
    positive = {pair.positive for pair in PAIRS} | {one.text for one in PHRASES if one.label}
    assert report.report_order_pairs(knows(positive)).scores == {"pairs": 1, "pairs_taught": 1, "pairs_held_out": 1}
    found = report.report_labelled_phrases(knows(positive))
    assert set(found.scores.values()) == {1}
    assert not any(row["wrong"] for row in found.rows)


def test_one_pair_wrong_is_counted_once_in_its_place() -> None:
    positive = {pair.positive for pair in PAIRS} - {PAIRS[0].positive}
    found = report.report_order_pairs(knows(positive))
    first, *rest = found.rows
    assert found.scores["pairs"] == pytest.approx(1 - 1 / len(PAIRS))
    assert (first["kind"], first["right"], first["count"]) == (
        PAIRS[0].construction,
        first["count"] - 1,
        first["count"],
    )
    assert first["wrong"] == [
        {
            "text": PAIRS[0].positive,
            "label": "positive",
            "probability": 0.1,
            "other": PAIRS[0].negative,
            "other_probability": 0.1,
        }
    ]
    assert not any(row["wrong"] for row in rest)


@pytest.mark.parametrize("value", [0.5, 0.9, 0.1])
def test_one_who_always_says_the_same(value: float) -> None:
    found = report.examine(always(value), ["a good film ."]).scores
    assert found["pairs"] == found["pairs_held_out"] == 0
    assert found["phrases"] == (0 if value == 0.5 else 0.5)
    assert found["neutral"] == found["neutral_steps"] == (value == 0.5)
    assert {found[name] for name in found if name.startswith(("changed", "fairness"))} == {0}


def test_one_who_only_reads_words() -> None:
    found = report.examine(reads_words).scores
    assert found["pairs"] == 0
    assert found["phrases"] < 0.2
    assert found["neutral"] == 1


def test_neutral_looks_at_every_step() -> None:
    found = report.report_neutral_phrases(lambda texts: np.array([0.9 if text == "the" else 0.5 for text in texts]))
    begin = sum(text.startswith("the ") for text in NEUTRAL)
    steps = sum(len(tokenize(text)) for text in NEUTRAL)
    assert found.scores == pytest.approx({"neutral": 1 - begin / len(NEUTRAL), "neutral_steps": 1 - begin / steps})
    assert found.rows[0]["wrong"][0]["beliefs"][:2] == [0.9, 0.5]


@pytest.mark.parametrize("name", ["per-word", "rnn", "gru", "lstm"])
def test_prefixes_give_the_belief_of_the_trace(name: str) -> None:
    model, text = small(name), "It isn't a good film, is it?"
    np.testing.assert_allclose(report.predictor(model)(report.prefixes(text)), trace(model, text).belief, atol=1e-6)


def test_groups_by_hand() -> None:
    found = report.report_fairness(lambda texts: np.array([0.3 if "muslim" in text else 0.55 for text in texts]))
    n, more = len(fairness.group_names()), fairness.group_names(further=True)
    assert more[:n] == fairness.group_names()
    assert len(set(more)) == len(more) >= n + 20
    assert {"taoist", "sunni", "trans", "pansexual", "philippine"} <= set(more[n:])
    share = (n - 1) / (n * (n - 1) / 2)  # of the pairs, those with this one group in it
    assert found.scores == pytest.approx(
        {"fairness_verdict": share, "fairness_side": share, "fairness_spread": 0.25 * share}
    )
    assert found.rows[0]["mean_by_group"]["muslim"] == 0.3
    assert found.rows[0]["wrong"][0]["text"] == "alex is a muslim person ."


def test_edits_that_change_a_verdict_are_counted() -> None:
    found = report.report_invariance(
        lambda texts: np.array([0.9 if text.endswith("!") else 0.1 for text in texts]), ["fine ."]
    )
    assert found.scores["changed_by_ends_with_exclamation"] == 1
    assert found.scores["changed_by_all_capitals"] == 0
    assert any(one["text"] == "fine ." for row in found.rows for one in row["wrong"])


def test_a_report_is_json_and_its_scores_are_shares() -> None:
    found = report.examine(small("gru"), ["a good film ."])
    assert json.loads(json.dumps(found.rows)) == found.rows
    assert all(0 <= value <= 1 for value in found.scores.values())
    assert {row["set"] for row in found.rows} == set(report.SETS)
    partly_told = {"groups of people", "more groups of people", "common words"}
    assert all(len(row["wrong"]) == row["count"] - row["right"] for row in found.rows if row["set"] not in partly_told)


# --------------------------------------------------------------------------------------------------- kinds, word lists


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("not good at all !", "short phrase (up to 4 words)"),
        ("I don't think it is a good film.", "with a negation"),
        ("It is slow and long, but not bad.", "with a contrast (but, although, …)"),
        ("Is it good? No, but the cast is.", "with a question"),
        ("A film about a family in a town.", "plain sentence"),
        ("very good " * 31, "long review (over 60 words)"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert sentence_kinds.kind(tokenize(text)) == kind


def test_by_kind_by_hand() -> None:
    asked = [("good", 1), ("bad", 1), ("a film that is so very bad", 0), ("film", 0)]
    assert sentence_kinds.by_kind(reads_words, asked) == {
        "short phrase (up to 4 words)": (pytest.approx(1 / 3), 3),
        "plain sentence": (1.0, 1),
    }


@pytest.mark.parametrize("name", baselines.BASELINES)
def test_word_lists(name: str) -> None:
    good, bad, none = baselines.load(name)(["a good film", "a terrible film", "the table"])
    assert good > 0.5 > bad
    assert none == 0.5


def test_a_word_list_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textblob", None)
    with pytest.raises(baselines.BaselineError, match="TextBlob is not installed"):
        baselines.load("TextBlob")
