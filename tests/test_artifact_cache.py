"""The shelf: what is put there is whole and comes back; a digest stands for what a value depends on."""

from pathlib import Path

import pytest
import torch

from explorer.training.artifact_cache import Shelf, digest, recipe


def fail() -> None:
    raise AssertionError("this was made already")


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
