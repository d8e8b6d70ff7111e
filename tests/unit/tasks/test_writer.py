"""The writer: torch's own layers as a reference, what is drawn and why, its training, the shipped weights."""

import copy
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from fabricated import WRITER_SCORES, card
from torch import nn

from explorer import WeightsError
from explorer.core.tracing import one_thread
from explorer.evaluation import datasets
from explorer.reading.profanity import profane
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import PADDING, UNKNOWN, Vocabulary
from explorer.tasks import saved
from explorer.tasks import writer as writing
from explorer.tasks.saved import Trained
from explorer.tasks.words import EDGE, MARK, rows, vocabulary
from explorer.tasks.writer import (
    LIMIT,
    StartError,
    Writer,
    draw,
    log_probability,
    probabilities,
    sentence,
    shifted,
    spell,
    write,
)  # fmt: skip
from explorer.training import task_trainer, tasks
from explorer.training import writer as training
from explorer.training.sampled_softmax import SampledSoftmax, frequencies
from explorer.training.trigram import perplexity

TEXT = ["the film is good .", "the film is not good .", "a film is bad .", "the plot is bad ."]


def small(cell: str = "lstm", **config) -> Trained:
    """A writer of few words with weights by chance."""
    words = vocabulary(training.Counter(token for one in TEXT for token in one.split()))
    torch.manual_seed(5)
    network = Writer(len(words), **{"vector": 6, "units": 7, "cell": cell} | config)
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.7)
    about = card("writer", WRITER_SCORES, {"en": len(words)}) | {"config": network.config}
    return Trained("writer", network.eval().requires_grad_(False), {"en": words}, about)


# --------------------------------------------------------------------------------------------------------- the words


def test_words_are_by_frequency_behind_the_edge() -> None:
    words = vocabulary(training.Counter(["b", "a", "b", "c", "a", "b"]), most=2)
    assert words.words == ("<pad>", "<unk>", MARK, "b", "a")
    assert words.words[EDGE] == MARK
    assert vocabulary(training.Counter(["b", "a", "b"]), least=2).words[EDGE:] == (MARK, "b")
    assert rows(words, ["a", "c", "as", "<s>"[1:]]) == [4, UNKNOWN, UNKNOWN, UNKNOWN]  # "as" is not read as "a"
    assert MARK not in tokenize("<s> the <s>")


# ------------------------------------------------------------------------------------------------------- the network


@pytest.mark.parametrize(("cell", "reference"), [("rnn", nn.RNNCell), ("gru", nn.GRUCell), ("lstm", nn.LSTMCell)])
def test_steps_are_those_of_torchs_cells(cell: str, reference: type) -> None:
    network = small(cell).network
    own = reference(6, 7)
    own.load_state_dict({name.removesuffix("_l0"): tensor for name, tensor in network.cell.core.state_dict().items()})
    state, other = network.start(), None
    for row in (EDGE, 4, 6, 3):
        scores, state = network.step(row, state)
        other = own(network.table.weight[row][None], other)
        hidden = other[0] if cell == "lstm" else other
        wanted = network.table.weight @ network.project(hidden[0]) + network.bias
        torch.testing.assert_close(state["hidden"], hidden[0])
        torch.testing.assert_close(scores[1:], wanted[1:])
        assert scores[PADDING] == -torch.inf


def test_steps_are_the_pass_over_the_whole_sentence() -> None:
    network, state = small().network, None
    together = network(torch.tensor([[EDGE, 4, 6, 3]]))[0]
    state = network.start()
    for row, wanted in zip((EDGE, 4, 6, 3), together, strict=True):
        scores, state = network.step(row, state)
        torch.testing.assert_close(scores, wanted)


def test_perplexity_of_a_uniform_writer_is_the_number_of_words() -> None:
    model = small()
    for parameter in model.network.parameters():
        parameter.zero_()
    asked = [[3, 4, UNKNOWN], [5]]
    total, count = log_probability(model.network, asked)
    assert count == 6  # each sentence's end is a word
    assert perplexity(total, count) == pytest.approx(len(model.words["en"]) - 1)  # padding is none


def test_log_probability_does_not_hang_on_the_batch() -> None:
    network, asked = small().network, [[3, 4, 5, 6], [5], [6, 6]]
    total, count = log_probability(network, asked)
    each = [log_probability(network, [one])[0] for one in asked]
    assert (total, count) == (pytest.approx(sum(each)), 10)
    before, after = shifted(asked)
    assert before.tolist()[1] == [EDGE, 5, 0, 0, 0]
    assert after.tolist()[1] == [5, EDGE, 0, 0, 0]


# ------------------------------------------------------------------------------------------------------- the writing


def test_the_same_seed_gives_the_same_sentence() -> None:
    model = small()
    one, again, other = ([step.token for step in write(model, "the film", seed)] for seed in (1, 1, 2))
    assert one == again != other
    assert one[:2] == ["the", "film"]


def test_a_given_beginning_goes_on_as_it_did_and_another_word_can_be_put() -> None:
    model = small()
    whole = list(write(model, "the", seed=4))
    assert len(whole) > 5
    begun = " ".join(step.token for step in whole[:3])
    again = list(write(model, begun, seed=4))
    assert [step.token for step in again] == [step.token for step in whole]
    assert [step.given for step in again[:4]] == [True, True, True, False]
    np.testing.assert_array_equal(again[-1].hidden, whole[-1].hidden)
    forced = list(write(model, " ".join([*begun.split()[:2], "bad"]), seed=4))
    assert forced[2].token == "bad"
    assert forced[2].candidates == again[2].candidates


def test_a_step_tells_the_distribution_it_was_drawn_from() -> None:
    model = small()
    for step in write(model, "film", seed=3, temperature=0.7):
        assert step.hidden.shape == (7,)
        assert np.abs(step.hidden).max() < 1
        told = [p for _, p in step.candidates]
        assert told == sorted(told, reverse=True)
        assert sum(told) <= 1 + 1e-12
        assert len(told) == min(writing.TOP, len(model.words["en"]))
        assert dict(step.candidates).get(step.token, step.probability) == step.probability
        assert "<unk>" not in [word for word, p in step.candidates if p > 0]


@pytest.mark.parametrize("heat", [0.0, 0.5, 1.0, 1.5])
def test_a_place_has_the_same_chances_whether_its_word_is_drawn_or_given(heat: float) -> None:
    drawn = list(write(small(), "the", seed=4, temperature=heat))
    assert len(drawn) > 5
    given = list(write(small(), " ".join(step.token for step in drawn[:4]), seed=4, temperature=heat))
    assert [step.given for step in given[:5]] == [True] * 4 + [False]
    assert [step.candidates for step in given] == [step.candidates for step in drawn]
    assert [step.probability for step in given] == [step.probability for step in drawn]


def test_no_unknown_word_is_ever_drawn() -> None:
    model = small()
    model.network.bias[UNKNOWN] = 50.0  # it would be nearly certain
    for seed in range(20):
        assert all(step.row not in (UNKNOWN, PADDING) for step in write(model, "the", seed, 2.0))


def test_temperature() -> None:
    logits = torch.tensor([-torch.inf, 3.0, 0.0, 1.0, 2.0])
    for heat in (0.25, 1.0, 2.0):
        wanted = np.exp(np.array([0, 1, 2]) / heat)
        assert probabilities(logits, heat).numpy() == pytest.approx([0, 0, *wanted / wanted.sum()])
    cold = [list(write(small(), "the", seed, 0.0)) for seed in (1, 2)]
    assert [s.token for s in cold[0]] == [s.token for s in cold[1]]
    assert all(step.token == step.candidates[0][0] for step in cold[0][1:])


def test_words_are_drawn_as_often_as_they_are_likely() -> None:
    chances = torch.tensor([0.0, 0.0, 0.5, 0.3, 0.2, 0.0], dtype=torch.float64)
    drawn = np.bincount([draw(chances, seed, place) for seed in range(300) for place in range(10)], minlength=6) / 3000
    assert drawn == pytest.approx(chances.numpy(), abs=0.03)
    assert drawn[[0, 1, 5]].sum() == 0


def test_a_sentence_ends_with_the_edge_or_at_the_limit() -> None:
    model = small()
    steps = list(write(model, "the", seed=1, limit=3))
    assert len(steps) == 3
    model.network.bias[EDGE] = 50.0
    steps = list(write(model, "the film"))
    assert [step.token for step in steps] == ["the", "film", MARK]
    assert steps[-1].is_end
    assert sentence(steps) == "The film"
    model.network.bias[EDGE] = -torch.inf
    assert len(list(write(model, "the", limit=10**6))) == LIMIT


@pytest.mark.parametrize(
    ("start", "said"), [("", "no word to begin with"), (" \n", "no word to begin with"),
                        ("xyzzyq", "does not know “xyzzyq”"), ("the " * LIMIT, f"up to {LIMIT} words and signs")],
)  # fmt: skip
def test_starts_that_cannot_be_gone_on_from(start: str, said: str) -> None:
    with pytest.raises(StartError, match=said) as error:
        write(small(), start)  # at once, before a step is asked for
    assert isinstance(error.value, ValueError)
    assert len(str(error.value).split(". ")) >= 2


@pytest.mark.parametrize("heat", [-0.1, 2.1, float("nan")])
def test_temperatures_out_of_range(heat: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 2"):
        write(small(), "the", temperature=heat)


def test_spelling_of_sentences() -> None:
    text = "It isn't \"bad\", I cannot think (a bit) -- it's fun..."
    assert spell(tokenize(text)) == text


# ------------------------------------------------------------------------------------------------------ the training


def test_sentences_of_a_review() -> None:
    text = 'Fine film. ) "It" is fun! He (who? What the fuck is it? No end'
    assert list(training.sentences(text)) == [("fine", "film", "."), ('"', "it", '"', "is", "fun", "!")]
    assert list(training.sentences("a " * 40 + ". It is.")) == [("it", "is", ".")]


def test_the_drawn_softmax_is_the_full_one_on_average() -> None:
    torch.manual_seed(0)
    features, table, bias = torch.randn(40, 8) * 0.5, torch.randn(50, 8), torch.randn(50) * 0.1
    right = torch.randint(1, 50, (40,))
    scores = features @ table.T + bias
    scores[:, PADDING] = -torch.inf
    full = nn.functional.cross_entropy(scores, right)
    counts = torch.arange(100, 50, -1)
    assert SampledSoftmax(counts, frequent=60).loss(features, right, table, bias) == pytest.approx(
        float(full), abs=1e-5
    )
    some = SampledSoftmax(counts, frequent=10, sampled=300)
    drawn = np.mean([float(some.loss(features, right, table, bias)) for _ in range(100)])
    assert drawn == pytest.approx(float(full), abs=0.06)
    assert frequencies([[3, 3], [4]], 6).tolist() == [0, 0, 2, 2, 1, 0]


def corpus(count: int = 160) -> dict:
    """A toy corpus: what stands behind "not" is always "good"."""
    words = Vocabulary(small().words["en"].words[EDGE:])
    draws = np.random.default_rng(0)
    lines = [np.array(rows(words, TEXT[i].split()), np.int32) for i in draws.integers(0, 4, count)]
    return {"words": words.words[EDGE:], "train": lines, "dev": lines[:20], "test": lines[20:40]}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small network that learns the toy corpus in a second."""
    monkeypatch.setattr(task_trainer, "WARM_UP", 5)
    monkeypatch.setattr(training, "RATE", 2e-2)
    monkeypatch.setattr(training, "NETWORK", {"vector": 12, "units": 16, "cell": "lstm"})
    monkeypatch.setattr(training.WriterTrainer.__init__, "__defaults__", (8, None, 8))
    with one_thread():
        yield


def learnt(seed: int = 0) -> training.WriterTrainer:
    made = training.WriterTrainer(corpus(), seed)
    made.run(lambda *_: None)
    return made


def test_a_writer_learns_what_follows_what(quick: None) -> None:
    network, note = learnt().result()
    found = training.scores(network, corpus())
    assert found["test_perplexity"] < 1.8
    assert found["test_perplexity_trigram"] < 1.8
    assert found["test_unknown"] == 0
    assert note["steps"] == 160
    assert 0 < note["kept_at_step"] <= 160
    model = training.trained(network, corpus())
    assert sentence(write(model, "the film is not", temperature=0)) == "The film is not good."


def test_training_comes_from_the_seed(quick: None) -> None:
    one, again, other = (learnt(seed).result()[0].cell.core.weight_ih_l0 for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


@pytest.mark.parametrize("at", [3, 45])  # in the first epoch; in the third
def test_what_goes_on_from_a_checkpoint_ends_as_what_was_never_interrupted(at: int, quick: None) -> None:
    begun, left = training.WriterTrainer(corpus(), 0), []
    while begun.step < at:
        begun.advance()
        if begun.step in begun.validate_at:
            begun.validate()
    left.append(copy.deepcopy(begun.state_dict()))
    again = training.WriterTrainer(corpus(), 0)
    again.load_state_dict(left[0])
    again.run(lambda *_: None)
    for one, other in zip(learnt().result()[0].parameters(), again.result()[0].parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_run_writes_a_model_that_can_be_loaded(quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tasks.TASKS, "writer", tasks.replace(tasks.TASKS["writer"], read=lambda _: corpus()))
    run = tasks.TaskRun("writer", None, tmp_path / "out", 0, tmp_path / "work")
    made = tasks.train_task(run)
    monkeypatch.setattr(training.WriterTrainer, "advance", None)  # what is done is not done twice
    tasks.train_task(run)
    model = saved.load("writer", tmp_path / "out")
    assert model is saved.load("writer", tmp_path / "out")
    assert model.words["en"].words == made.words["en"].words
    for one, other in zip(made.network.parameters(), model.network.parameters(), strict=True):
        assert torch.equal(one, other)
        assert not other.requires_grad
    assert model.card["scores"]["test_perplexity"] == pytest.approx(
        training.scores(model.network, corpus())["test_perplexity"]
    )
    assert model.card["command"] == "python -m explorer train --task writer --seed 0"


def test_a_run_that_was_broken_off_goes_on(quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tasks.TASKS, "writer", tasks.replace(tasks.TASKS["writer"], read=lambda _: corpus()))
    whole = tasks.train_task(tasks.TaskRun("writer", None, tmp_path / "a", 0, tmp_path / "whole"))
    check, left = training.WriterTrainer.validate, [3]

    def interrupted(self: training.WriterTrainer) -> None:
        check(self)
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(training.WriterTrainer, "checkpoint_seconds", -1.0)
    monkeypatch.setattr(training.WriterTrainer, "validate", interrupted)
    run = tasks.TaskRun("writer", None, tmp_path / "b", 0, tmp_path / "work")
    with pytest.raises(KeyboardInterrupt):
        tasks.train_task(run)
    assert [path for path in (tmp_path / "work").iterdir() if "checkpoint" in path.name]
    again = tasks.train_task(run)
    assert not [path for path in (tmp_path / "work").iterdir() if "checkpoint" in path.name]
    assert all(torch.equal(*both) for both in zip(whole.network.parameters(), again.network.parameters(), strict=True))


def test_reading_the_data(tmp_path: Path) -> None:
    (tmp_path / "trees").mkdir()
    (tmp_path / "trees" / "train.txt").write_text("(3 (2 Dull) (2 (1 plot) (2 .)))\n")
    for i in range(25):
        path = tmp_path / "aclImdb" / "train" / "pos" / f"{i:02}_9.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Review number {i} is short. What a shitty film.")
    found = training.read(tmp_path)
    assert {name: len(found[name]) for name in ("train", "dev", "test")} == {"train": 23, "dev": 1, "test": 2}
    assert found["words"][0] == MARK
    assert {"dull", "review"} < set(found["words"])
    assert "shitty" not in found["words"]


# -------------------------------------------------------------------------------------------------- loading, shipped


def test_names_and_files_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no task's model named 'poet'\. There are: writer, translator"):
        saved.load("poet")
    with pytest.raises(WeightsError, match=r"writer\.json is missing.*train --task writer"):
        saved.load("writer", tmp_path)
    saved.save(small(), tmp_path)
    (tmp_path / "writer.json").write_text('{"config": {"words": 3}}')
    with pytest.raises(WeightsError, match=r"writer\.json, field \w+: is missing.*train --task writer"):
        saved.load("writer", tmp_path)
    other = tmp_path / "other"
    broken = small()
    broken.network.bias[3] = torch.nan
    saved.save(broken, other)
    with pytest.raises(WeightsError, match="not finite"):
        saved.load("writer", other)


def test_round_trip(tmp_path: Path) -> None:
    model = small()
    saved.save(model, tmp_path)
    found = saved.load("writer", tmp_path)
    assert found.words["en"].words == model.words["en"].words
    assert found.network.config == model.network.config
    for one, other in zip(model.network.parameters(), found.network.parameters(), strict=True):
        torch.testing.assert_close(one, other, atol=1e-3, rtol=1e-3)


def test_the_shipped_writer_beats_the_trigram_and_says_nothing_crude() -> None:
    model = saved.load("writer")
    scores = model.card["scores"]
    assert scores["test_perplexity"] < scores["test_perplexity_trigram"]
    assert all(source["licence"] for source in model.card["data"])
    assert model.card["bad_at"]
    assert not any(profane(word) for word in model.words["en"].words)
    texts = [sentence(write(model, "the film", seed, 0.8)) for seed in range(20)]
    assert len(set(texts)) > 15
    assert sum(text.endswith((".", "!", "?")) for text in texts) > 12


def test_the_cards_perplexity_is_the_one_measured(data: Path) -> None:
    if not (data / "aclImdb").exists() and not (data / "aclImdb_train.tar.xz").exists():
        pytest.skip("no reviews")
    model, aside = saved.load("writer"), training.split_reviews(data)[1]
    words = model.words["en"]
    for name, part in (("dev", aside[1::2]), ("test", aside[::2])):
        asked = [rows(words, one) for one in training.sentences_of(part)]
        scores = model.card["scores"]
        assert scores[f"{name}_words"] == pytest.approx(sum(len(one) + 1 for one in asked), rel=0.01)
        found = perplexity(*log_probability(model.network, asked[::20]))
        assert found == pytest.approx(scores[f"{name}_perplexity"], rel=0.08)


def test_no_sources_are_read_without_a_folder(tmp_path: Path) -> None:
    with pytest.raises(datasets.DataError, match="no data folder"):
        tasks.train_task(tasks.TaskRun("writer", tmp_path / "none", tmp_path))
