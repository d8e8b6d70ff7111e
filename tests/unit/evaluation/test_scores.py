"""The scores: calibration by hand, what is measured of what, the table."""

import json
from pathlib import Path

import numpy as np
import pytest
from public_data import as_folder
from small_models import small

from explorer.evaluation.metrics import accuracy, calibration_error, chance_error, reliability, verdict_error
from explorer.evaluation.scores import Texts, examine, held_out, short_phrases, table, texts


def test_accuracy_counts_one_half_as_wrong() -> None:
    assert accuracy(np.array([0.9, 0.5, 0.5, 0.2]), np.array([1, 1, 0, 0])) == 0.5


def test_calibration_error_by_hand() -> None:
    p, label = np.array([0.1, 0.3, 0.8, 1.0]), np.array([0, 1, 1, 1])
    # lower bin: mean 0.2 of which half are positive; upper bin: mean 0.9, all positive
    assert calibration_error(p, label, bins=2) == pytest.approx((2 * 0.3 + 2 * 0.1) / 4)


def test_held_out_reviews_are_every_tenth() -> None:
    assert held_out([(str(i), "", 0) for i in range(25)]) == [("0", "", 0), ("10", "", 0), ("20", "", 0)]


def test_all_scores_are_there_and_within_their_range() -> None:
    found = examine(small("gru"), Texts([("good", 1), ("bad", 0)], [("bad film", 0)])).scores
    first = [
        "sst2",
        "sst2_ece",
        "sst2_verdict_ece",
        "sst2_chance_ece",
        "imdb",
        "imdb_ece",
        "imdb_verdict_ece",
        "imdb_chance_ece",
        "pairs",
        "pairs_taught",
        "pairs_held_out",
        "phrases",
    ]
    assert list(found)[: len(first)] == first
    assert list(found)[-2:] == ["good_not_bad", "bad_not_good"]
    assert {"neutral", "neutral_steps", "changed_by_edits", "fairness_verdict", "fairness_side"} < set(found)
    assert all(0 <= value <= 1 for value in found.values())


def test_calibration_curve_by_hand() -> None:
    low, empty, high = reliability(np.array([0.1, 0.3, 0.8, 1.0]), np.array([0, 1, 1, 1]), bins=3)
    assert low == {"from": 0.0, "to": 1 / 3, "mean": pytest.approx(0.2), "share": 0.5, "count": 2}
    assert (empty["mean"], empty["share"], empty["count"]) == (None, None, 0)
    assert high["to"] == 1.0
    assert high["mean"] == pytest.approx(0.9)
    assert (high["share"], high["count"]) == (1.0, 2)


def test_short_phrases_are_parts_of_sentences_their_grades_averaged() -> None:
    trees = ["(3 (2 Not) (1 bad))", "(1 (2 A) (1 (0 dull) (2 film)))", "(1 (2 the) (4 Bad))", "(0 (3 bad) (0 .))"]
    assert short_phrases(trees) == [("bad", 1), ("dull", 0), ("dull film", 0), (".", 0)]


def test_what_gives_no_probability_has_no_calibration(tmp_path: Path) -> None:
    as_folder(tmp_path)
    for name in ("pos/7_8", "pos/9_9"):  # every tenth of four reviews is the first one by name
        (tmp_path / "aclImdb" / "train" / f"{name}.txt").write_text("good")
    of = texts(tmp_path)
    assert (of.sentences, of.reviews, of.phrases) == ([("Good .", 1)], [("très bad", 0)], [("good", 1)])
    found = examine(lambda asked: np.array([0.8 if "ood" in text else 0.3 for text in asked]), of)
    assert found.scores["sst2"] == found.scores["imdb"] == 1
    assert not {"sst2_ece", "good_not_bad"} & set(found.scores)
    assert found.calibration == {}
    assert found.kinds == {"short phrase (up to 4 words)": (1.0, 3)}
    assert json.loads(json.dumps(found.as_json()))["kinds"]["short phrase (up to 4 words)"] == {
        "accuracy": 1.0,
        "count": 3,
    }
    model = small("gru")
    assert len(examine(model, of).calibration["imdb"]) == 15


def test_the_table_has_a_dash_where_nothing_was_measured() -> None:
    lines = table({"gru": {"sst2": 0.5, "phrases_question": 1.0}, "VADER": {"sst2": 0.25}}).splitlines()
    assert [line.split()[-2:] for line in lines] == [["gru", "VADER"], ["0.5000", "0.2500"], ["1.0000", "–"]]
    assert lines[2].startswith("phrases right: question")
    assert len({len(line) for line in lines}) == 1


def test_calibration_of_the_verdict_by_hand() -> None:
    p, label = np.array([0.02, 0.04, 0.97, 0.99]), np.array([0, 1, 1, 1])
    # the last bin alone: the sides taken have .98, .96, .97, .99 and three of four are right
    assert verdict_error(p, label) == pytest.approx(0.975 - 0.75)
    assert verdict_error(1 - p, 1 - label) == pytest.approx(verdict_error(p, label))


def test_chance_alone_gives_less_the_more_texts_there_are() -> None:
    few, many = (chance_error(np.random.default_rng(0).uniform(size=count)) for count in (100, 10_000))
    assert 0 < many < few / 5
    assert chance_error(np.array([0.0, 1.0])) == 0
    # two texts of one half in a bin: its share is 0, ½, ½ or 1, so half a point off in half of the draws
    assert chance_error(np.array([0.5, 0.5]), draws=4_000) == pytest.approx(0.25, abs=0.02)
