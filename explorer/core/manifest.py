"""Manifest: the SHA-256 of every file that an answer depends on, and whether a file is still the one that was written.

`manifest.sha256` lies among the models, a line a file as the command `sha256sum` writes and checks them. Whatever
writes weights or a card records it here; whatever reads them verifies it. A folder without a manifest, and a file that
it does not list, can be used: they count as not verified. Nothing here needs torch.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

if sys.platform != "win32":
    import fcntl

from explorer.core.repairs import MANIFEST as MANIFEST  # whoever has this module has the name of its file
from explorer.core.repairs import SEEDS, command, fault, folder_of

KINDS = (".safetensors", ".json")  # of the files that are listed
FAULTY = ("changed", "missing")  # what a file of a sound folder is not
SHORT = 12  # digits of a hash that people are shown
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


class Checksum(NamedTuple):
    """A file by its name in the folder of the models, its SHA-256 in hexadecimal, and whether the manifest has it."""

    file: str
    sha256: str
    verified: bool

    @property
    def short(self) -> str:
        """The first digits of the hash."""
        return self.sha256[:SHORT]


def sha256(file: Path) -> str:
    """The SHA-256 of a file, 64 hexadecimal digits; computed once as long as the file stays. Raises OSError."""
    found = file.stat()
    return _sha256(file, (found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=256)
def _sha256(file: Path, _stamp: tuple[int, ...]) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def read(folder: Path) -> Mapping[str, str]:
    """The hashes by the names of the files; none where there is no manifest. Raises WeightsError for a broken one."""
    path = folder / MANIFEST
    try:
        found = path.stat()
        return _parsed(path, (found.st_ino, found.st_mtime_ns, found.st_size))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise fault(path, f"cannot be read ({_reason(error)})") from error


@lru_cache(maxsize=8)
def _parsed(path: Path, _stamp: tuple[int, ...]) -> Mapping[str, str]:
    listed: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if not found or found[2] in listed:
            raise fault(path, "is not a checksum and the name of a file, each file once", f"line {number}")
        listed[found[2]] = found[1]
    return listed


def verified(file: Path) -> Checksum:
    """The checksum of a file that is there. Raises WeightsError if it is another one than the manifest lists."""
    folder = folder_of(file)
    name, found = file.relative_to(folder).as_posix(), sha256(file)
    wanted = read(folder).get(name)
    if wanted not in (None, found):
        raise fault(
            file,
            f"is not the file that was written: its SHA-256 begins with {found[:SHORT]}, {MANIFEST} has "
            f"{wanted[:SHORT]}. Where it was changed on purpose, `{command(folder / MANIFEST)}` takes it over; else it "
            "is damaged",
        )
    return Checksum(name, found, wanted is not None)


def states(folder: Path) -> dict[str, str]:
    """Of every file that is there or listed: "verified", "changed", "missing", or "not listed". Raises WeightsError."""
    listed, found = read(folder), {file.relative_to(folder).as_posix(): file for file in files(folder)}

    def state(name: str) -> str:
        if name not in found:
            return "missing"
        if name not in listed:
            return "not listed"
        return "verified" if sha256(found[name]) == listed[name] else "changed"

    return {name: state(name) for name in sorted({*found, *listed})}


def record(folder: Path, *files: Path) -> None:
    """List files that were just written, in the place of what was listed of them; what is gone is listed no more.

    Raises OSError, and WeightsError for a manifest that is broken.
    """
    with _alone(folder):
        listed = dict(read(folder)) | {file.relative_to(folder).as_posix(): sha256(file) for file in files}
        _write({name: digest for name, digest in listed.items() if (folder / name).exists()}, folder)


def rewrite(folder: Path) -> list[str]:
    """List every file of the folder as it is now; gives their names. Raises OSError."""
    with _alone(folder):
        listed = {file.relative_to(folder).as_posix(): sha256(file) for file in files(folder)}
        _write(listed, folder)
    return sorted(listed)


def files(folder: Path) -> list[Path]:
    """The files that a manifest lists, by name."""
    found: Iterable[Path] = (*folder.glob("*"), *(folder / SEEDS).glob("*"))
    return sorted(file for file in found if file.suffix in KINDS and file.is_file())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Within, no other process or thread changes the manifest: the folder itself is locked, so no file is left.

    Where the system has no such locks (Windows), nothing is locked.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _parsed.cache_clear()  # others may have written within the same tick of the clock
        yield
    finally:
        os.close(handle)  # which gives up the lock


def _write(listed: Mapping[str, str], folder: Path) -> None:
    """Put the new manifest in the place of the old in one step, so that nobody reads half of one."""
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(listed.items()))
    handle, name = tempfile.mkstemp(prefix=f".{MANIFEST}-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(folder / MANIFEST)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return f"{error.strerror}" if isinstance(error, OSError) else "it is not UTF-8"
