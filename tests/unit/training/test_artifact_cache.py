"""The artifact cache: what is put there is whole and comes back; a digest stands for what a value depends on."""

from pathlib import Path

import pytest
import torch

from explorer.training import artifact_cache, corpus_stage, network_stage, tasks, trainer
from explorer.training.artifact_cache import ArtifactCache, code_digest, digest


def fail() -> None:
    raise AssertionError("this was made already")


def test_the_cache(tmp_path: Path) -> None:
    cache = ArtifactCache(tmp_path / "new")
    name = f"x-{digest(1, 'a')}"
    assert name not in cache
    assert cache.get(name) is None
    assert (
        cache.get_or_make(name, lambda: {"a": torch.ones(2)})["a"].tolist()
        == cache.get_or_make(name, fail)["a"].tolist()
        == [1, 1]
    )
    with pytest.raises(AttributeError):
        cache.put(name, lambda: None)  # cannot be pickled
    assert [path.name for path in cache.folder.iterdir()] == [f"{name}.pt"]
    assert cache.get(name)["a"].sum() == 2
    cache.path(name).write_bytes(cache.path(name).read_bytes()[:-40])
    assert cache.get(name) is None  # what cannot be read counts as not there
    cache.drop(name)
    cache.drop(name)
    assert not list(cache.folder.iterdir())


def test_digests() -> None:
    assert digest(1, "a") == digest(1, "a") != digest("1", "a")
    trainer = code_digest("explorer.training.trainer")
    assert trainer == code_digest("explorer.training.trainer") != code_digest("explorer.training.artifact_cache")


def test_code_counts_and_its_layout_does_not_and_data_beside_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifact_cache, "ROOT", tmp_path)
    package = tmp_path / "package"
    package.mkdir()
    module, rules = package / "module.py", package / "rules.toml"
    module.write_text("x = 1")
    rules.write_text('rules = ["a"]')
    before = code_digest("package"), code_digest("package.module")
    module.write_text("x  =  1  # one")
    assert (code_digest("package"), code_digest("package.module")) == before
    rules.write_text('rules = ["b"]')
    assert code_digest("package") != before[0]
    assert code_digest("package.module") == before[1]
    module.write_text("x = 2")
    assert code_digest("package.module") != before[1]


def test_every_stage_names_code_that_is_there() -> None:
    for modules in (corpus_stage.CODE, trainer.CODE, network_stage.MEASURING_CODE, tasks.SHARED):
        assert len(code_digest(*modules)) == 16
    for task in tasks.TASKS.values():
        assert len(code_digest(*task.code)) == 16
