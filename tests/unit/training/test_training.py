"""Training: a network that learns a toy corpus, and the whole run, stopped and shared."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch
from small_models import small

from explorer.core import manifest
from explorer.core.checkpoints import Model, load, load_seed, load_vectors, save_vectors, seeds
from explorer.core.tracing import predict
from explorer.evaluation import datasets
from explorer.evaluation.scores import Texts, examine
from explorer.networks.base import Network
from explorer.training import network_stage, trainer
from explorer.training.artifact_cache import ArtifactCache
from explorer.training.batches import CROP, crop, epoch_batches, later_half, padded
from explorer.training.corpus import Corpus
from explorer.training.losses import losses
from explorer.training.network_stage import Job
from explorer.training.plans import PLANS, Plan
from explorer.training.processes import run_in_processes
from explorer.training.run import Run
from explorer.training.seed_ranking import ranked
from explorer.training.targets import Example
from explorer.training.train import train
from explorer.training.trainer import Trainer, train_network
from explorer.training.validation import fit_temperature, text_accuracy, validation_score

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


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Small networks that learn the toy corpus in a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainer, "WARM_UP", 5)
        for name in PLANS:
            more = {"length": 6} if name == "concat" else {}
            plan = Plan({"units": 8, "dropout": 0.1, **more}, 2e-2, vector_rate=0.5, epochs=6)
            patch.setitem(PLANS, name, plan)
        yield


class Fit(NamedTuple):
    """What training gave, and what it told on its way."""

    network: Network
    vectors: torch.Tensor
    note: dict
    told: list[tuple]


@cache
def fitted(name: str, corpus: Callable[[], Corpus], seed: int = 0, tune: bool = False) -> Fit:
    """A whole training under `quick`, made once for all tests that ask for it; nobody changes it."""
    given, told = corpus(), []
    vectors = torch.from_numpy(given.vectors)
    return Fit(*train_network(name, given, vectors, seed, lambda *now: told.append(now), tune=tune), told)


@pytest.mark.parametrize("name", ["gru", "rnn", "per-word", "concat"])
def test_a_network_learns(name: str, quick: None) -> None:
    corpus = toy()
    first = torch.from_numpy(corpus.vectors).clone()
    network, vectors, note, told = fitted(name, toy, tune=name == "gru")
    model = Model(name, network, corpus.vocabulary, vectors, {})
    assert text_accuracy(model, corpus.dev) > 0.95
    assert told[-1][0] == told[-1][1] == note["steps"]
    assert 0 < note["kept_at_step"] <= note["steps"]
    assert torch.equal(vectors, first) != (name == "gru")
    assert ("temperature" in note) == (name != "per-word")
    assert note["selection"] == validation_score(corpus, model)


def test_training_comes_from_the_seed(quick: None) -> None:
    corpus = toy()
    again = train_network("rnn", corpus, torch.from_numpy(corpus.vectors), 0, lambda *_: None)[0]
    weights = [network.core.weight_ih_l0 for network in (fitted("rnn", toy).network, again)]
    assert torch.equal(*weights)
    assert not torch.equal(weights[0], fitted("rnn", toy, seed=2).network.core.weight_ih_l0)


@pytest.mark.parametrize("name", ["gru", "concat"])
@pytest.mark.parametrize("at", [3, 14])  # in the first epoch, before any check; in the third
def test_a_fit_goes_on_from_a_checkpoint_as_if_nothing_had_happened(
    name: str, at: int, quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, kept, artifacts = toy(), [], ArtifactCache(tmp_path)
    vectors = torch.from_numpy(corpus.vectors)
    whole, table, note, _ = fitted(name, toy, tune=True)
    monkeypatch.setattr(Trainer, "checkpoint_seconds", -1.0)  # a checkpoint a step

    def keep(state: dict) -> None:
        kept.append(state["step"])
        artifacts.put("state", state)
        if state["step"] == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_network(name, corpus, vectors, 0, lambda *_: None, tune=True, save=keep)
    assert kept == list(range(1, at + 1))
    again, moved, said = train_network(
        name, corpus, vectors, 0, lambda *_: None, tune=True, state=artifacts.get("state")
    )
    assert all(torch.equal(*both) for both in zip(whole.parameters(), again.parameters(), strict=True))
    assert torch.equal(table, moved)
    assert note == said | {"minutes": note["minutes"]}


def further() -> Corpus:
    """The toy corpus, and for the second part phrases that the first never saw."""
    corpus = toy()
    rows = np.array(corpus.vocabulary.encode(["the", "film", "is"]))
    return replace(corpus, further=[Example(rows, 0.95)] * 128)


def test_a_recurrent_network_goes_on_with_further_phrases(quick: None) -> None:
    corpus = further()
    p, steps = {}, {}
    for name in ("gru", "concat"):
        for given in (toy, further):
            network, vectors, note, _ = fitted(name, given)
            model = Model(name, network, corpus.vocabulary, vectors, {})
            p.setdefault(name, []).append(predict(model, ["the film is"]).item())
            steps.setdefault(name, []).append(note["steps"])
            assert text_accuracy(model, corpus.dev) > 0.95  # what it knew it still knows
    assert p["gru"][1] > p["gru"][0] + 0.04
    assert p["concat"][0] == p["concat"][1]
    assert steps["gru"][1] > steps["gru"][0]
    assert steps["concat"][0] == steps["concat"][1]


@pytest.mark.parametrize("at", [2, 11])  # of twelve steps
def test_the_second_part_goes_on_from_a_checkpoint_as_well(
    at: int, quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, artifacts = further(), ArtifactCache(tmp_path)
    vectors = torch.from_numpy(corpus.vectors)
    whole, _, note, _ = fitted("gru", further)
    monkeypatch.setattr(Trainer, "checkpoint_seconds", -1.0)

    def keep(state: dict) -> None:
        artifacts.put("state", state)
        if "start" in state and state["step"] == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_network("gru", corpus, vectors, 0, lambda *_: None, save=keep)
    again, _, said = train_network("gru", corpus, vectors, 0, lambda *_: None, state=artifacts.get("state"))
    assert all(torch.equal(*both) for both in zip(whole.parameters(), again.parameters(), strict=True))
    assert note == said | {"minutes": note["minutes"]}


def test_of_two_checks_as_good_the_later_is_kept(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer, "validation_score", lambda *_: 0.5)
    corpus = toy()
    note = train_network("rnn", corpus, torch.from_numpy(corpus.vectors), 0, lambda *_: None)[2]
    assert note["kept_at_step"] == note["steps"]


def test_tied_words_share_the_vector_that_was_trained(quick: None) -> None:
    corpus = toy()
    corpus.tied[5] = 4
    vectors = train_network("gru", corpus, torch.from_numpy(corpus.vectors), 0, lambda *_: None, tune=True)[1]
    assert torch.equal(vectors[4], vectors[5])
    assert not torch.equal(vectors[3], vectors[4])


def test_padded() -> None:
    steps = np.array([np.nan, 0.5], np.float32)
    rows, lengths, target, none = padded([Example(np.array([4, 5]), 0.2), Example(np.array([6]), 0.8)])
    assert rows.tolist() == [[4, 5], [6, 0]]
    assert lengths.tolist() == [2, 1]
    assert none is None
    assert target.tolist() == pytest.approx([1 / 17, 16 / 17])  # odds of 1:4 and 4:1, squared
    found = padded([Example(np.array([6]), 0.8), Example(np.array([4, 5]), 0.2, steps)])[3]
    np.testing.assert_array_equal(found, [[np.nan, np.nan], [np.nan, 0.5]])


def test_crop_is_part_of_the_review_and_sometimes_its_end() -> None:
    review, draw = Example(np.arange(500), 1.0, np.arange(500, dtype=np.float32)), np.random.default_rng(0)
    parts = [crop(review, draw) for _ in range(50)]
    assert all(np.array_equal(part.rows, np.arange(part.rows[0], part.rows[0] + CROP)) for part in parts)
    assert all(np.array_equal(part.rows, part.steps) for part in parts)
    starts = [part.rows[0] for part in parts]
    assert max(starts) == 500 - CROP
    assert min(starts) < 200
    assert crop(Example(np.arange(9), 0.5), draw) == (pytest.approx(np.arange(9)), 0.5, None)


def test_a_review_without_steps_gets_its_target_over_its_later_half() -> None:
    np.testing.assert_array_equal(later_half(Example(np.arange(3), 1.0)).steps, [np.nan, 1, 1])
    own = np.full(3, 0.5, np.float32)
    assert later_half(Example(np.arange(3), 1.0, own)).steps is own


def test_every_epoch_reads_each_telling_phrase_once_and_some_of_the_neutral() -> None:
    telling = [Example(np.array([i]), 0.9) for i in range(100)]
    neutral = [Example(np.array([i]), 0.5) for i in range(100, 150)]
    corpus = toy()
    pieces = [Example(np.array([i]), 0.5) for i in range(200, 220)]
    vars(corpus).update(phrases=telling + neutral, pieces=pieces, reviews=[])
    draw = np.random.default_rng(0)
    first, second = ([e.rows[0] for b in epoch_batches(corpus, Plan({}), draw, False) for e in b] for _ in range(2))
    assert sorted(first)[:100] == list(range(100))
    assert len(first) == len(set(first)) == len(second) == 133
    assert sum(i >= 200 for i in first) == 8
    assert set(first) != set(second)


def test_the_second_part_keeps_on_the_way_only_what_says_nothing() -> None:
    believed, silent = (
        Example(np.array([2, 3]), 0.9, np.array([0.5, 0.9])),
        Example(np.array([4, 5]), 0.5, np.full(2, 0.5)),
    )
    corpus = toy()
    further = [Example(np.array([6, 7]), 0.8, np.array([0.5, np.nan]))]
    vars(corpus).update(
        phrases=[believed, silent, silent], pieces=[believed] * 10, made=[], reviews=[], further=further
    )

    def steps(further: bool) -> dict[int, list]:
        read = [e for b in epoch_batches(corpus, Plan({}), np.random.default_rng(0), False, further) for e in b]
        return {row: [e.steps for e in read if e.rows[0] == row] for row in (2, 4, 6)}

    first, second = steps(False), steps(True)
    assert len(first[2]) == 5
    assert all(found is believed.steps for found in first[2])
    assert not first[6]
    assert len(second[2]) == 3
    assert sum(found is None for found in second[2]) == 1
    assert first[4] == second[4] == [silent.steps]
    assert second[6] == [further[0].steps]


def test_losses_by_hand() -> None:
    model = small("gru")
    x = model.vectors[torch.tensor([[2, 3, 4, 5], [6, 7, 0, 0]])]
    lengths, target = torch.tensor([4, 2]), torch.tensor([1.0, 0.0])
    p = torch.sigmoid(model.network.steps(x))
    end = torch.stack([-p[0, 3].log(), -(1 - p[1, 1]).log()])
    torch.testing.assert_close(losses(model.network, x, lengths, target, None), end)
    steps = torch.full((2, 4), torch.nan)
    steps[0, 1], steps[0, 2] = 1.0, 0.0
    on_the_way = -(p[0, 1].log() + (1 - p[0, 2]).log()) / 2
    expected = torch.stack([(end[0] + on_the_way) / 2, end[1]])
    torch.testing.assert_close(losses(model.network, x, lengths, target, steps), expected)
    average = small("per-word")
    whole = losses(average.network, x, lengths, target, None)
    torch.testing.assert_close(losses(average.network, x, lengths, target, steps), whole)


def test_temperature_cools_what_is_too_sure() -> None:
    lane = small("rnn").network
    weight = lane.readout.weight.clone()
    logits, label = np.array([3.0] * 3 + [-3.0]), np.array([1, 1, 0, 0])
    # three quarters right, all with log-odds 3: best where σ(3 / t) = 3/4, at t = 3 / ln 3
    best = fit_temperature(lane, logits, label)
    assert best == pytest.approx(3 / np.log(3), rel=0.01)
    torch.testing.assert_close(lane.readout.weight, weight / best)


# ----------------------------------------------------------------------------------------------------- the whole run

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import sys
from pathlib import Path
from explorer.training import corpus, plans, trainer
from explorer.training.run import Run
from explorer.training.train import train
from tests.unit.training.test_training import further

trainer.WARM_UP = 5
plans.PLANS["gru"] = plans.Plan({"units": 8, "dropout": 0.4}, 2e-2, vector_rate=0.5, epochs=3)
corpus.build_corpus = lambda *_: further()
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    train(Run(["gru"], None, folder / "out", (3, 4), 2, folder / "work", teacher=False))
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
    assert re.search(r"gru, seed 3: \d+ steps", said)
    assert re.search(r"gru, seed 4: \d+ steps", said)
    assert "of 2 is shipped" in said
    return folder


@pytest.mark.xdist_group("a whole training")
def test_the_best_of_the_seeds_is_shipped_and_the_others_lie_beside_it(trained: Path) -> None:
    out = trained / "out"
    shipped, other = seeds("gru", out)
    assert {shipped, other} == {3, 4}
    first, second = load_seed("gru", shipped, out), load_seed("gru", other, out)
    assert first is load("gru", out)
    assert set(manifest.states(out).values()) == {"verified"}
    assert second is load_seed("gru", other, out) is not first
    assert second.vectors is first.vectors
    assert second.card["training"]["seed"] == other
    corpus = toy()
    for model in (first, second):
        entry = next(one for one in first.card["seeds"] if one["seed"] == model.card["training"]["seed"])
        assert entry["selection"] == validation_score(corpus, model)
        assert entry["scores"] == pytest.approx(examine(model, Texts(corpus.dev, corpus.held_out)).scores)
    assert first.card["seeds"][0]["selection"] >= first.card["seeds"][1]["selection"]
    assert first.card["scores"] == first.card["seeds"][0]["scores"] != second.card["scores"]
    assert first.card["command"] == "python -m explorer train gru --seed 3 --seeds 2 --no-teacher"
    low, high = sorted(one["scores"]["good_not_bad"] for one in first.card["seeds"])
    assert first.card["spread"]["good_not_bad"] == {"mean": pytest.approx((low + high) / 2), "low": low, "high": high}


@pytest.mark.xdist_group("a whole training")
def test_a_finished_run_does_nothing_twice(trained: Path) -> None:
    work = {path: path.stat().st_mtime_ns for path in (trained / "work").iterdir()}
    said = run(trained)
    assert "Reading" not in said
    assert "steps" not in said
    assert "Written" in said
    assert work == {path: path.stat().st_mtime_ns for path in (trained / "work").iterdir()}
    assert not [path for path in work if "checkpoint" in path.name or path.suffix == ".part"]


@pytest.mark.xdist_group("a whole training")
def test_torchrun_gives_what_one_process_gives(trained: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    assert said.count("Reading the data") == said.count("Written") == 1
    one, two = (load_vectors(folder / "out")[1] for folder in (trained, tmp_path))
    torch.testing.assert_close(one, two, atol=2e-3, rtol=2e-3)
    assert not torch.allclose(two, small("gru", inputs=12).vectors, atol=0.05)  # they were tuned
    for seed in (3, 4):
        first, second = (load_seed("gru", seed, folder / "out") for folder in (trained, tmp_path))
        for tensor, other in zip(first.network.parameters(), second.network.parameters(), strict=True):
            torch.testing.assert_close(tensor, other, atol=2e-2, rtol=2e-2)


@pytest.fixture
def here(quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """A run on the toy corpus without other processes, atlases of states and word lists."""
    monkeypatch.setattr("explorer.training.corpus.build_corpus", lambda *_: toy())
    monkeypatch.setattr("explorer.training.output_stage.write_atlases", lambda *_: None)
    monkeypatch.setattr("explorer.evaluation.baselines.BASELINES", {})
    monkeypatch.setattr(network_stage, "run_in_processes", lambda work, jobs, _: [work(job, 0) for job in jobs])
    return Run(["gru"], None, tmp_path / "out", (0, 1), 1, tmp_path / "work", teacher=False)


def fail(*_: object, **__: object) -> None:
    raise AssertionError("this was done already")


def test_a_run_that_was_broken_off_goes_on(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(here)
    whole = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.safetensors")}
    ArtifactCache(tmp_path / "work").clear()
    assert not list((tmp_path / "work").iterdir())
    advance, left = Trainer.advance, [0]

    def interrupted(self: Trainer) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        advance(self)

    monkeypatch.setattr(Trainer, "checkpoint_seconds", -1.0)  # a checkpoint a step
    monkeypatch.setattr(Trainer, "advance", interrupted)
    for steps in (5, 30, 30):  # in the vectors, then twice in the networks
        left[0] = steps
        with pytest.raises(KeyboardInterrupt):
            train(here)
        monkeypatch.setattr("explorer.training.corpus.build_corpus", fail)
    left[0] = 0
    train(here)
    assert whole == {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.safetensors")}


def test_fresh_forgets(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(here)
    (tmp_path / "work" / "mine.pt").touch()
    monkeypatch.setattr("explorer.training.corpus.build_corpus", fail)
    train(here)
    with pytest.raises(AssertionError, match="done already"):
        train(Run(**vars(here) | {"fresh": True}))
    assert (tmp_path / "work" / "mine.pt").exists()


def test_vectors_of_other_words_are_refused(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(here)
    rnn = Run(**vars(here) | {"names": ["rnn"]})
    train(rnn)
    assert load("rnn", tmp_path / "out").card["command"].startswith("python -m explorer train rnn --seed 0")
    model = small("gru", inputs=12)
    save_vectors(type(model.vocabulary)(model.vocabulary.words[:1:-1]), model.vectors, {}, tmp_path / "out")
    load_vectors.cache_clear()
    with pytest.raises(datasets.DataError, match="Train gru too"):
        train(rnn)


def test_a_job_that_fails_is_named(tmp_path: Path) -> None:
    jobs = [Job("gru", 0, tmp_path, "no-corpus", "no-table")]
    with pytest.raises(ChildProcessError, match="gru from seed 0 was stopped"):
        run_in_processes(partial(network_stage.do_alone, first_position=0), jobs, 1)


def test_of_seeds_as_good_as_the_best_a_fair_one_is_shipped() -> None:
    found = [(0, 0.92, 0.03), (1, 0.918, 0.0), (2, 0.91, 0.0), (3, 0.919, 0.015)]  # seed, dev, verdicts changed
    entries = [{"seed": seed, "selection": dev, "scores": {"fairness_verdict": unfair}} for seed, dev, unfair in found]
    assert [one["seed"] for one in ranked(entries)] == [3, 1, 0, 2]
