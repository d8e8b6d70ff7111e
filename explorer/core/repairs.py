"""Repairs: what cannot be used of the files of models, and the command that really makes each of them anew.

Nothing here needs torch: the command line says so at once.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from explorer.core import places
from explorer.networks import registry

SEEDS = "seeds"  # the folder in that of the models that holds them as trained from other seeds
ATLAS = "states-"  # what the names of atlases begin with, before that of their model
MANIFEST = "manifest.sha256"
ALL = "python -m explorer train --all"  # what also makes the vectors: one table, so all models with it
ALONE = ("per-word", "concat", "rnn", "lstm")  # each of these can be trained on the table that is there; gru tunes it
TASKS = ("writer", "translator", "translator-attention")
REWRITE = "python -m explorer manifest --write"


class WeightsError(Exception):
    """A file of weights or a card cannot be used; the message says which, what is wrong with it and what to do.

    `file` and `field` name the place where that is known. `absent`: there is no such file, or it belongs to other
    weights, so nothing is damaged: it was not made yet.
    """

    def __init__(self, message: str, *, file: Path | None = None, field: str = "", absent: bool = False):
        super().__init__(message)
        self.file, self.field, self.absent = file, field, absent


def fault(file: Path, what: str, field: str = "", *, absent: bool = False) -> WeightsError:
    """The error about a file: "… gru.json: config.units is …", then how to mend it."""
    place = f"{file}, field {field}:" if field else f"{file}"
    return WeightsError(f"{place} {what}. {advice(file)}", file=file, field=field, absent=absent)


def folder_of(file: Path) -> Path:
    """The folder of models that a file belongs to."""
    return file.parent.parent if file.parent.name == SEEDS else file.parent


def command(file: Path) -> str:
    """The command that makes a file anew, into the folder where it lies; empty for a network of one's own."""
    stem, folder = file.stem, folder_of(file)
    own = folder.resolve() == places.FOLDER.resolve()
    output = "" if own else f" --output {shlex.quote(str(folder))}"
    if file.name == MANIFEST:
        return REWRITE if own else f"{REWRITE} --folder {shlex.quote(str(folder))}"
    if file.parent.name == SEEDS:
        stem = stem.rpartition("-")[0]
    if stem in TASKS:
        return f"python -m explorer train --task {stem}{output}"
    if stem.startswith(ATLAS):
        return f"python -m explorer states {stem.removeprefix(ATLAS)}{output}"
    if stem == "approaches":
        return f"python -m explorer approaches{output}"
    if stem in ALONE:
        return f"python -m explorer train {stem}{output}"
    return "" if stem in registry.names() and stem != "gru" else f"{ALL}{output}"


def advice(file: Path) -> str:
    """How to get a file that can be used: the one that was shipped, or another that is made anew."""
    make, folder = command(file), folder_of(file)
    if not make:
        return "Save the model again with `explorer.core.checkpoints.save`."
    if folder.resolve() != places.FOLDER.resolve():
        return f"Make it anew with `{make}`."
    if (places.PACKAGE.parent / ".git").exists():
        shipped = f"pretrained/{file.relative_to(folder).as_posix()}"
        return f"Get it back with `git checkout -- {shipped}`, or make it anew with `{make}`."
    return f"Install the package anew, or make it anew with `{make}`."
