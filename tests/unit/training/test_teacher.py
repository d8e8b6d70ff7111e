"""The teacher: a stub encoder of chance weights learns, is taken up again, and labels in shards."""

import doctest
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.evaluation import datasets
from explorer.training import fine_tuning, pseudo_labels, teacher
from explorer.training.artifact_cache import ArtifactCache
from explorer.training.fine_tuning import FineTuning, fine_tune, lesson_batches, teacher_key
from explorer.training.pseudo_labels import answer, ask

pytestmark = pytest.mark.xdist_group("teacher")  # what its fixtures make is made once

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "good", "bad", "film", "the", "is", "not"]
EPOCHS = [[("the film is good", 0.95), ("bad film", 0.05), ("good film", 0.9)] * 60, [("good", 0.9), ("bad", 0.1)] * 30]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an MPNet of five layers of 16 numbers that knows ten words."""
    transformers = pytest.importorskip("transformers", reason=f"only training the teacher needs it: {teacher.NEEDS}")
    tokenizers = pytest.importorskip("tokenizers", reason=f"only training the teacher needs it: {teacher.NEEDS}")
    folder = tmp_path_factory.mktemp("encoder")
    vocabulary = {word: row for row, word in enumerate(WORDS)}
    words = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="<unk>"))
    words.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    words.post_processor = tokenizers.processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    words.save(str(folder / "tokenizer.json"))
    torch.manual_seed(0)
    size = {"hidden_size": 16, "num_hidden_layers": 5, "num_attention_heads": 2, "intermediate_size": 16}
    config = transformers.MPNetConfig(vocab_size=len(WORDS), max_position_embeddings=70, **size)
    transformers.MPNetModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fine_tuning, "RECIPE", fine_tuning.Recipe(batch=16, rate=1e-2, head_rate=1e-2, warm_up=2))
        patch.setattr(pseudo_labels, "SHARD", 2)
        yield


@pytest.fixture(scope="module")
def finished(encoder: Path, quick: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache after a whole fine-tuning, from seed 0."""
    folder = tmp_path_factory.mktemp("finished")
    fine_tune(EPOCHS, encoder, ArtifactCache(folder), 0, silent)
    return folder


@pytest.fixture
def cache(finished: Path, tmp_path: Path) -> ArtifactCache:
    """A copy of that cache."""
    return ArtifactCache(shutil.copytree(finished, tmp_path / "cache"))


def silent(*_: object) -> None:
    """Progress that nobody sees."""


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(teacher) == (0, 1)


def test_lessons_are_all_there_and_of_like_length(quick: None) -> None:
    examples = [([0] * (1 + i % 20), float(i)) for i in range(100)]
    cut = lesson_batches(examples, np.random.default_rng(0))
    assert sorted(target for batch in cut for _, target in batch) == list(range(100))
    assert max(len(batch[-1][0]) - len(batch[0][0]) for batch in cut) <= 7


def test_it_learns_and_its_lower_layers_stay(encoder: Path, cache: ArtifactCache) -> None:
    first = FineTuning(EPOCHS, encoder, 0).teacher.state_dict()
    first = {name: tensor.clone() for name, tensor in first.items()}
    taught = fine_tune(EPOCHS, encoder, cache, 0, silent)
    good, bad = answer("labels", ["the film is good", "bad film"], taught, cache, "labels-x", silent)
    assert good > bad
    for name, tensor in taught.state_dict().items():
        low = "embeddings" in name or any(f"layer.{number}." in name for number in range(4))
        assert not low or torch.equal(tensor, first[name]), name
    assert not torch.equal(taught.head[0].weight, first["head.0.weight"])


def test_finished_it_says_the_same(encoder: Path, cache: ArtifactCache) -> None:
    taught = fine_tune(EPOCHS, encoder, cache, 0, silent)
    pieces = taught.pieces(["the film is good", "bad film", "not bad"])
    with torch.no_grad():
        before = taught.read(pieces)
        assert taught.finished() is taught
        assert taught.read(pieces) == pytest.approx(before, abs=0.05)
        assert before.abs().max() > 0.2


def test_it_goes_on_from_a_checkpoint(
    encoder: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fine_tune(EPOCHS, encoder, ArtifactCache(finished), 0, silent).state_dict()
    monkeypatch.setattr(FineTuning, "checkpoint_seconds", -1.0)
    cache, advance = ArtifactCache(tmp_path / "parts"), FineTuning.advance

    def interrupted(self: FineTuning) -> None:
        if self.step == 6:
            raise KeyboardInterrupt
        advance(self)

    monkeypatch.setattr(FineTuning, "advance", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fine_tune(EPOCHS, encoder, cache, 0, silent)
    monkeypatch.setattr(FineTuning, "advance", advance)
    again = fine_tune(EPOCHS, encoder, cache, 0, silent).state_dict()
    assert all(torch.allclose(tensor, again[name], atol=1e-5) for name, tensor in whole.items())
    assert [path.name for path in cache.folder.iterdir()] == [f"teacher-{teacher_key(EPOCHS, 0)}.pt"]
    monkeypatch.setattr(FineTuning, "run", None)  # a finished one is not taught again
    assert all(
        torch.equal(tensor, again[name])
        for name, tensor in fine_tune(EPOCHS, encoder, cache, 0, silent).state_dict().items()
    )


def test_labels_are_kept_in_shards_and_then_whole(
    encoder: Path, cache: ArtifactCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["the film is not bad", "good", "bad film", "film", "not"]
    monkeypatch.setattr(pseudo_labels, "find", lambda _: encoder)
    titles, read = [], pseudo_labels.read_shard

    @contextmanager
    def progress(title: str, unit: str):
        titles.append(title)
        yield silent

    shards: list[int] = []

    def once_broken(question: str, pieces: list, model: teacher.Teacher) -> np.ndarray:
        shards.append(len(pieces))
        if len(shards) == 2:
            raise KeyboardInterrupt
        return read(question, pieces, model)

    monkeypatch.setattr(pseudo_labels, "read_shard", once_broken)
    with pytest.raises(KeyboardInterrupt):
        ask("labels", EPOCHS, texts, None, cache, 0, progress)
    found = ask("labels", EPOCHS, texts, None, cache, 0, progress)
    assert shards == [2, 2, 2, 1]  # the first, the one broken off, and then what was left
    assert found.shape == (5,)
    assert found.dtype == np.float32
    taught = fine_tune(EPOCHS, encoder, cache, 0, silent)
    alone = [
        float(answer("labels", [text], taught, ArtifactCache(tmp_path / "other"), f"labels-{i}", silent)[0])
        for i, text in enumerate(texts)
    ]
    np.testing.assert_allclose(found, alone, atol=0.05)  # bfloat16
    assert sorted(path.name.split("-")[0] for path in cache.folder.glob("*.pt")) == ["labels", "teacher"]
    monkeypatch.setattr(pseudo_labels, "find", None)  # nothing is loaded for labels that are there
    np.testing.assert_array_equal(ask("labels", EPOCHS, texts, None, cache, 0, progress), found)
    assert titles == ["teacher", "labels"] * 2


def test_words_are_described_by_what_the_head_reads(
    encoder: Path, cache: ArtifactCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["good", "bad", "film", "good"]
    monkeypatch.setattr(pseudo_labels, "find", lambda _: encoder)

    @contextmanager
    def progress(title: str, unit: str):
        yield silent

    found = ask("words", EPOCHS, words, None, cache, 0, progress)
    assert found.shape == (4, 16)
    assert (found[0] == found[3]).all()
    assert (found[0] != found[1]).any()
    taught = fine_tune(EPOCHS, encoder, cache, 0, silent)
    with torch.no_grad():
        said = taught.head(torch.from_numpy(found).float()).squeeze(1).numpy()
    np.testing.assert_allclose(said, ask("labels", EPOCHS, words, None, cache, 0, progress), atol=0.05)  # bfloat16


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(datasets.DataError, match=r"pip install '\.\[training\]'.*--no-teacher"):
        teacher.libraries()
    folder = tmp_path / "all-mpnet-base-v2"
    folder.mkdir()
    with pytest.raises(datasets.DataError, match=r"has no model\.safetensors"):
        teacher.find(tmp_path)
    for name in teacher.FILES:
        (folder / name).write_bytes(b"other")
    with pytest.raises(datasets.DataError, match="is not the known one"):
        teacher.find(tmp_path)
    known = f"sha256:{hashlib.sha256(b'other').hexdigest()}"
    monkeypatch.setattr(teacher, "FILES", dict.fromkeys(teacher.FILES, known))
    assert teacher.find(tmp_path) == folder

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("pooch.retrieve", refuse)
    with pytest.raises(datasets.DataError, match=r"no route.*--data"):
        teacher.find(None)
