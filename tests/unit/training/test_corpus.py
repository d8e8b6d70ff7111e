"""The corpus: what is taken from the trees and the reviews, on a data folder of a few lines."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.decomposition import PCA

from explorer.evaluation import datasets
from explorer.reading.vocabulary import UNKNOWN, Vocabulary
from explorer.training import corpus, reviews, targets, teacher_texts, treebank
from explorer.training.corpus import vector_table
from explorer.training.targets import Example

TREES = """\
(3 (2 (2 The) (2 film)) (3 (2 is) (4 superb)))
(1 (2 (2 The) (2 film)) (1 (2 is) (0 dreary)))
(2 (2 (2 It) (2 is)) (2 (3 good) (2 here)))
(4 (2 (2 The) (2 cast)) (4 (3 (2 is) (4 superb)) (3 (2 and) (3 (2 so) (3 lively)))))
"""
WORDS = [f"word{letter * count}" for letter in "abcdefghijklmnopqrst" for count in range(1, 111)]
VECTORS = np.random.default_rng(0).normal(size=(len(WORDS), 4)).astype(np.float32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SUBSTITUTED", "DENIED", "JOINED"):  # of four trees there are not many
        monkeypatch.setattr(teacher_texts, name, 500)
    monkeypatch.setattr(datasets, "vectors", lambda _: (WORDS, VECTORS))
    (tmp_path / "trees").mkdir()
    for split in ("train", "dev"):
        (tmp_path / "trees" / f"{split}.txt").write_text(TREES)
    for side, text in (
        ("pos", "A superb film by Zorba. I loved it!"),
        ("neg", "A dreary film. I saw it with Zorba last week."),
    ):
        place = tmp_path / "aclImdb" / "train" / side
        place.mkdir(parents=True)
        for i in range(12):
            (place / f"{i}_8.txt").write_text(f"{text} It runs for {i} minutes and then it ends.")
    return tmp_path


def test_silent_phrases_have_only_neutral_parts(folder: Path) -> None:
    silent = treebank.silent_phrases(folder)
    assert ("the", "film") in silent
    assert ("the",) in silent
    assert ("it", "is") in silent
    assert not {("superb",), ("good", "here"), ("it", "is", "good", "here"), ("is", "superb")} & silent


def test_review_sentences_are_sentences_of_reviews_from_the_seed(folder: Path) -> None:
    ours, aside = reviews.split_reviews(folder)
    assert len(ours) + len(aside) == 24
    assert not {name for name, *_ in ours} & {name for name, *_ in aside}
    some = reviews.review_sentences(ours, 5, seed=0)
    assert len(set(some)) == 5
    assert some == reviews.review_sentences(ours, 5, seed=0)
    low, high = reviews.SENTENCE
    assert all(low <= len(tokens) <= high and tokens[-1] in ".!?" for tokens in some)


def test_the_teacher_reads_every_sentence_of_the_trees(folder: Path) -> None:
    texts = teacher_texts.texts_to_label(folder, seed=0)
    assert texts[:2] == ["the film is superb", "the film is dreary"]
    assert len(texts) == len(set(texts))
    assert {"the", "the film", "the film is", "it is good"} <= set(texts)  # what one has read of a sentence on the way


def test_the_teacher_is_taught_sentences_in_each_pass_and_all_else_once(folder: Path) -> None:
    passes = teacher_texts.texts_to_teach(folder, seed=0)
    sentences = {("The film is superb", 0.8), ("The film is dreary", 0.2)}
    assert len(passes) == teacher_texts.PASSES
    assert all(sentences <= set(lessons) for lessons in passes)
    rest = [text for lessons in passes for text, _ in lessons if not text.startswith(("The ", "It "))]
    assert "is superb and so lively" in rest
    assert "is superb" not in rest
    low = (len(teacher_texts.TAUGHT_RULES) + 1) * teacher_texts.MADE  # and as many of two opinions
    assert low <= len(rest) < low + 10
    assert passes == teacher_texts.texts_to_teach(folder, seed=0)


def test_belief_on_the_way_is_one_half_until_something_is_told() -> None:
    beliefs = [0.55, 0.7, 0.55, 0.9, 0.45]
    assert targets.teacher_steps(beliefs, ("the", "odd", "film", "shines", "here"), {"shines"}) == pytest.approx(
        [0.5, 0.7, 0.5, 0.9, 0.45]
    )
    assert targets.teacher_steps(beliefs, ("the", "odd", "film", "ends", "here"), set())[-1] == 0.5


def test_fillers_are_told_by_their_target() -> None:
    known = {
        ("touching",): 0.9,
        ("dragging",): 0.1,
        ("desk",): 0.9,
        ("amazing",): 0.95,
        ("the", "plot", "is", "fine"): 0.85,
    }
    assert treebank.real_words(known) == ((["touching"], ["dragging"]), (["the plot is fine"], []))


def test_targets_are_mixed() -> None:
    assert targets.mixed(0.8, None) == 0.8
    assert targets.mixed(0.8, 0.0) == pytest.approx(0.4 * 0.8 + 0.6 * 0.5)


def test_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "MADE", 40)
    monkeypatch.setattr(corpus, "NEUTRAL", 200)
    for name in ("FURTHER", "FURTHER_NEUTRAL", "VIEWPOINTS", "LUKEWARM"):
        monkeypatch.setattr(corpus, name, 50)
    monkeypatch.setattr(corpus, "WORDS", 2_000)
    texts = teacher_texts.texts_to_label(folder, 0)
    built = corpus.build_corpus(folder, 0, np.full(len(texts), 2.0, np.float32))
    words = built.vocabulary.words
    told = {" ".join(words[row] for row in example.rows): example for example in built.phrases}
    assert told["the film is superb"].target == pytest.approx(0.4 * 0.8 + 0.6 / (1 + np.exp(-2)))
    assert told["the film"].target == 0.5
    assert told["the film"].steps.tolist() == [0.5, 0.5]
    assert told["is superb"].steps is None
    assert told["is superb"].target == 0.8
    assert told["the film is superb"].steps == pytest.approx(1 / (1 + np.exp(-2)))  # the teacher's, after each word
    assert built.pieces
    assert all(e.target > 0.8 and e.steps is None for e in built.pieces)
    silent = corpus.build_corpus(folder, 0, np.zeros(len(texts), np.float32)).pieces
    for example in silent:  # of what the teacher is undecided, only a text without a telling word says nothing
        telling = {"superb", "dreary", "good", "lively"} & {words[row] for row in example.rows}
        assert example.target == 0.5
        assert (example.steps is None) == bool(telling)
    assert 0 < sum(example.steps is None for example in silent) < len(silent)
    assert len(built.made) == 240
    assert all(isinstance(example, Example) for example in built.made)
    assert all(example.target == 0.5 and (example.steps == 0.5).all() for example in built.made[40:])
    assert len(built.further) >= 200  # and whole sentences
    assert built.reviews
    assert {example.target for example in built.reviews} == set(targets.LABELS)
    assert len(built.dev) == 3
    assert built.held_out
    assert built.dev_phrases
    rows = np.concatenate([example.rows for example in (*built.phrases, *built.made, *built.reviews)])
    assert (built.tied[rows] == rows).all()
    assert rows.max() < built.tuned
    assert built.tied[built.vocabulary.index["she"]] == built.tied[built.vocabulary.index["he"]]


def test_what_the_teacher_makes_of_words_stands_beside_their_vectors() -> None:
    draw = np.random.default_rng(0)
    spread = np.concatenate([np.full(corpus.DESCRIPTION + 10, 5.0), np.full(4, 0.1)])
    meant = (draw.normal(size=(400, len(spread))) * spread).astype(np.float16)
    table = np.concatenate([np.zeros((2, 3)), draw.normal(size=(400, 3))]).astype(np.float32)
    vocabulary = Vocabulary([f"w{i}" for i in range(400)])
    shared = np.arange(402)
    shared[[7, 9, 390]] = 7
    built = corpus.Corpus(vocabulary, table, 300, shared, [], [], [], [], [], [])
    found = corpus.with_descriptions(built, meant).vectors
    assert found.shape == (402, 3 + corpus.DESCRIPTION)
    assert (found[:, :3] == table).all()
    assert not found[:2].any()
    more, trained = found[2:, 3:], np.delete(np.arange(298), [5, 7])
    reference = PCA(corpus.DESCRIPTION).fit(meant[:298].astype(float))
    expected = reference.transform(meant.astype(float))
    scale = table[2:300].std() / expected[:298].std()
    # directions have no sign
    assert np.abs(more[trained]) == pytest.approx(np.abs(expected[trained]) * scale, abs=1e-3)
    # of trained words that are tied the mean
    assert np.abs(more[5]) == pytest.approx(np.abs(expected[[5, 7]].mean(0)) * scale, abs=1e-3)


def test_phrases_merge_duplicates_and_average_their_grades(tmp_path: Path) -> None:
    (tmp_path / "trees").mkdir()
    (tmp_path / "trees" / "train.txt").write_text("(3 (2 Not) (1 bad))\n(0 bad)\n")
    assert treebank.phrases(tmp_path) == {("not",): 0.5, ("bad",): pytest.approx(0.125), ("not", "bad"): 0.8}


def test_vector_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.training.corpus.WORDS", 4)
    given = np.arange(12, dtype=np.float32).reshape(6, 2)
    short, long = Counter(["film", "bad"]), Counter({"often": 6, "seldom": 5, "bad": 9})
    vocabulary, table, tuned = vector_table(short, long, ["good", "bad", "NOT", "two words", "x", "y"], given, seed=0)
    assert vocabulary.words[2:] == ("bad", "often", "film", "good")
    assert tuned == 5
    np.testing.assert_array_equal(table[[0, 2, 5]], [[0, 0], [2, 3], [0, 1]])
    np.testing.assert_array_equal(table[UNKNOWN], [9, 10])  # the mean of the rare ones, x and y
    np.testing.assert_allclose(table[3], [3, 4], atol=0.6)  # the mean of the others and noise
