"""Damaged files of every kind: each is refused with a line that names it, its field, and the command that repairs it.

The folder has a model with two seeds, another one, the vectors, a writer and the network of two units, all small.
"""

import json
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from fabricated import DATA, WRITER_SCORES, card
from safetensors.torch import load_file, save_file
from small_models import small

from explorer import WeightsError, load, predict
from explorer.analysis.two_units import load_two_units, save_two_units
from explorer.core import manifest
from explorer.core.checkpoints import load_seed, save, save_seeds, save_vectors
from explorer.core.repairs import MANIFEST
from explorer.core.tracing import one_thread
from explorer.reading.vocabulary import Vocabulary
from explorer.tasks import saved
from explorer.tasks.saved import Trained
from explorer.tasks.words import MARK
from explorer.tasks.writer import Writer, write

Damage = Callable[[Path], object]  # of a file
TEXTS = ["good , not bad", "bad", "it is a very good film ."]
TRAINING = {"steps": 9, "kept_at_step": 6, "seed": 0, "selection": 0.9, "minutes": 1.5, "temperature": 0.8}
CARD: dict[str, Any] = {
    "name": "gru", "label": "GRU", "parameters": 400, "command": "python -m explorer train gru", "minutes": 1.5,
    "data": DATA, "scores": {"sst2": 0.9, "pairs_held_out": 0.5},
    "behaviour": [
        {"kind": "k", "set": "order pairs", "taught": True, "seen": 1, "right": 1, "count": 2, "measure": "both"},
    ],
    "calibration": {"sst2": [{"from": 0.0, "to": 0.1, "mean": 0.05, "share": 0.06, "count": 5}]},
    "kinds": {"plain sentence": {"accuracy": 0.9, "count": 10}},
    "on_the_way": [
        {"percent": 25, "right": 0.8, "claimed": 0.9, "ece": 0.1, "verdict_ece": 0.1, "count": 9},
    ],
    "wrong": [{"set": "s", "kind": "k", "text": "t", "label": "positive", "probability": 0.2, "other": "o"}],
    "training": TRAINING, "chosen": "somehow",
    "seeds": [{"seed": seed, "selection": 0.9, "training": TRAINING, "scores": {"sst2": 0.9}} for seed in (0, 1)],
    "spread": {"sst2": {"mean": 0.9, "low": 0.8, "high": 0.95}},
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nothing is damaged."""
    folder = tmp_path_factory.mktemp("sound")
    gru, rnn = small("gru"), small("rnn")
    save_vectors(gru.vocabulary, gru.vectors, {"tuned_rows": 5, "data": DATA}, folder)
    save("gru", gru.network, CARD | gru.card, folder)
    other = deepcopy(gru.network)
    for parameter in other.parameters():
        parameter += 0.05
    save_seeds("gru", {1: other}, folder)
    save("rnn", rnn.network, rnn.card, folder)
    words = Vocabulary((MARK, "the", "film", "is", "good", "."))
    torch.manual_seed(1)
    writer = Writer(len(words), 6, 7)
    about = card("writer", WRITER_SCORES, {"en": len(words)}) | {"config": writer.config}
    saved.save(Trained("writer", writer, {"en": words}, about), folder)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "models"))


def answers(folder: Path) -> dict[str, list[float]]:
    """What the models of a folder say. Raises WeightsError."""
    with one_thread():  # a second costs such small models more than it gives
        models = load("gru", folder), load_seed("gru", 1, folder), load("rnn", folder)
        said = {f"{i} {model.name}": predict(model, TEXTS).tolist() for i, model in enumerate(models)}
        steps = write(saved.load("writer", folder), "the", 1, 0.8)
    return said | {"writer": [step.probability for step in steps]}


def test_a_sound_folder_is_verified(folder: Path) -> None:
    assert set(manifest.states(folder).values()) == {"verified"}
    for model in (load("gru", folder), load_seed("gru", 1, folder), saved.load("writer", folder)):
        assert all(checksum.verified for checksum in model.checksums)
    names = [checksum.file for checksum in load_seed("gru", 1, folder).checksums]
    assert names == ["seeds/gru-1.safetensors", "gru.json", "vectors.safetensors"]
    assert np.isfinite(np.concatenate(list(answers(folder).values()))).all()


# ------------------------------------------------------------------------------------------------- damage, a kind each


def header(path: Path) -> tuple[dict[str, Any], bytes]:
    """The header of a safetensors file and its payload."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def flipped(part: str, draw: int) -> Damage:
    """One bit other than it was, in the header or the payload."""

    def damage(path: Path) -> None:
        content = bytearray(path.read_bytes())
        start = 8 + struct.unpack("<Q", content[:8])[0]
        chance = random.Random(f"{path.name} {part} {draw}")
        place = chance.randrange(start) if part == "header" else chance.randrange(start, len(content))
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)

    return damage


def cut(share: float) -> Damage:
    return lambda path: path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])


def typed(dtype: str) -> Damage:
    """Another type of as many bytes in the header, for every tensor of numbers."""

    def damage(path: Path) -> None:
        about, payload = header(path)
        for tensor in about.values():
            tensor["dtype"] = dtype if tensor.get("dtype") == "F16" else tensor.get("dtype")
        text = json.dumps(about).encode()
        path.write_bytes(struct.pack("<Q", len(text)) + text + payload)

    return damage


def zeroed(path: Path) -> None:
    content = path.read_bytes()
    payload = len(header(path)[1])
    path.write_bytes(content[:-payload] + bytes(payload))


def with_value(value: float) -> Damage:
    """One number of the first table set to a value."""

    def damage(path: Path) -> None:
        tensors = load_file(path)
        name = next(name for name, tensor in sorted(tensors.items()) if tensor.ndim == 2)
        tensors[name][1, 1] = value
        save_file(tensors, path)

    return damage


def transposed(path: Path) -> None:
    tensors = {name: tensor.T.contiguous() if tensor.ndim == 2 else tensor for name, tensor in load_file(path).items()}
    save_file(tensors, path)


def renamed(path: Path) -> None:
    tensors = load_file(path)
    name = max(tensors)
    save_file({key: value for key, value in tensors.items() if key != name} | {"x": tensors[name]}, path)


def with_content_of(name: str) -> Damage:
    """Another file of the folder in the place of this."""
    return lambda path: shutil.copy(next(iter(path.parents[path.parent.name == "seeds"].rglob(name))), path)


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def as_text(content: str | bytes) -> Damage:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def field(place: str, value: Any) -> Damage:
    """Another value at a place in a card, as "data.0.title"; none: the field taken out."""

    def damage(path: Path) -> None:
        about = json.loads(path.read_text())
        *steps, last = [int(step) if step.isdecimal() else step for step in place.split(".")]
        inner = about
        for step in steps:
            inner = inner[step]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
        path.write_text(json.dumps(about))

    return damage


WEIGHTS = ("gru.safetensors", "vectors.safetensors", "writer.safetensors", "seeds/gru-1.safetensors")
CARDS = ("gru.json", "rnn.json", "writer.json")
STRUCTURAL: dict[str, Damage] = {  # what no manifest is needed for
    "empty": as_text(""),
    "not safetensors": as_text("P" * 500),
    **{f"cut to {share:.0%}": cut(share) for share in (0.001, 0.1, 0.5, 0.99)},
    **{f"type {name}": typed(name) for name in ("BF16", "I16", "U16", "F32")},
    "zeros": zeroed,
    **{f"a number {value}": with_value(value) for value in (float("nan"), float("inf"), -float("inf"))},
    "transposed": transposed,
    "tensor renamed": renamed,
    "folder": as_folder,
    "link to itself": as_loop,
    "missing": Path.unlink,
}
SILENT: dict[str, Damage] = {  # what only the manifest can tell
    **{f"payload bit {draw}": flipped("payload", draw) for draw in range(5)},
    **{f"header bit {draw}": flipped("header", draw) for draw in range(5)},
}
UNREADABLE: dict[str, Damage] = {
    "empty": as_text(""),
    "cut": cut(0.7),
    "not UTF-8": as_text(b'{"name": "\xff"}'),
    "UTF-16": as_text('{"config": {}}'.encode("utf-16")),
    "a list": as_text("[]"),
    "a number": as_text("3"),
    "not a number": as_text('{"config": {"inputs": NaN}}'),
    "deep": as_text("[" * 100_000),
    "half a character": as_text('{"config": {}, "label": "\\ud800"}'),
    "folder": as_folder,
    "link to itself": as_loop,
    "missing": Path.unlink,
}
FIELDS = [  # of gru.json: where, what stands there, the field that is named
    ("config", None, "config"), ("config", 3, "config"), ("config", [], "config"),
    ("config.units", "7", "config.units"), ("config.units", True, "config.units"),
    ("name", 3, "name"), ("label", ["GRU"], "label"), ("label", "", "label"),
    ("parameters", "400", "parameters"), ("parameters", 1.5, "parameters"), ("parameters", -1, "parameters"),
    ("command", {}, "command"), ("minutes", "1", "minutes"), ("minutes", 10**400, "minutes"), ("data", {}, "data"),
    ("data.0", "wink", "data[0]"), ("data.0.title", None, "data[0].title"), ("data.0.url", 3, "data[0].url"),
    ("data.0.hash", [], "data[0].hash"), ("data.0.licence", None, "data[0].licence"), ("scores", [], "scores"),
    ("scores.sst2", "0.9", "scores.sst2"), ("scores.sst2", 1.5, "scores.sst2"), ("behaviour", {}, "behaviour"),
    ("behaviour.0", [], "behaviour[0]"), ("behaviour.0.kind", None, "behaviour[0].kind"),
    ("behaviour.0.set", 3, "behaviour[0].set"), ("behaviour.0.right", 3, "behaviour[0]"),
    ("behaviour.0.count", "2", "behaviour[0].count"), ("behaviour.0.taught", None, "behaviour[0]"),
    ("behaviour.0.taught", 2, "behaviour[0].taught"), ("calibration", [], "calibration"),
    ("behaviour.0.seen", 3, "behaviour[0]"), ("behaviour.0.seen", -1, "behaviour[0].seen"),
    ("on_the_way", {}, "on_the_way"), ("on_the_way.0.percent", 101, "on_the_way[0].percent"),
    ("on_the_way.0.claimed", None, "on_the_way[0].claimed"), ("on_the_way.0.ece", "x", "on_the_way[0].ece"),
    ("calibration.sst2", {}, "calibration.sst2"), ("calibration.sst2.0.from", None, "calibration.sst2[0].from"),
    ("calibration.sst2.0.mean", "x", "calibration.sst2[0].mean"),
    ("calibration.sst2.0.count", 0.5, "calibration.sst2[0].count"), ("kinds", [], "kinds"),
    ("kinds.plain sentence.accuracy", 2, "kinds.plain sentence.accuracy"),
    ("kinds.plain sentence.count", None, "kinds.plain sentence.count"), ("wrong", "t", "wrong"),
    ("wrong.0.text", None, "wrong[0].text"), ("wrong.0.text", 3, "wrong[0].text"),
    ("wrong.0.probability", "0.2", "wrong[0].probability"), ("wrong.0.kind", None, "wrong[0].kind"),
    ("training", [], "training"), ("training.steps", "9", "training.steps"),
    ("training.first_part", {}, "training.first_part.steps"), ("training.temperature", -1, "training.temperature"),
    ("chosen", 3, "chosen"), ("seeds", {}, "seeds"), ("seeds.0.seed", "0", "seeds[0].seed"),
    ("seeds.0.seed", None, "seeds[0].seed"), ("spread", [], "spread"), ("spread.sst2.low", None, "spread.sst2.low"),
    ("spread.sst2.high", "x", "spread.sst2.high"),
]  # fmt: skip
OF_WRITER = [
    *((name, None, name) for name in ("name", "label", "parameters", "words", "command", "minutes", "seed", "scores")),
    *((name, None, name) for name in ("data", "sentences", "measured", "bad_at", "config")),
    ("words", {"de": 3}, "words.de"), ("words", {"en": 3}, "words"), ("scores", {"test_words": 1}, "scores"),
    ("scores.test_words", {}, "scores.test_words"), ("bad_at", "much", "bad_at"), ("sentences", [1], "sentences"),
    ("config.words", 3, "config.words"), ("config.units", 10**9, "config.units"), ("config.cell", 3, "config"),
    ("config.cell", "transformer", "config"), ("config.more", 3, "config"), ("minutes", "long", "minutes"),
]  # fmt: skip


def refused(folder: Path, damaged: str, *said: str) -> str:
    """The line with which the models of a folder are refused; it names the file that is damaged, and a command."""
    with pytest.raises(WeightsError) as error:
        answers(folder)
    line = str(error.value)
    assert line.startswith(f"{folder / damaged}")
    assert not line.startswith(f"{folder / damaged}.")
    assert "\n" not in line
    repair = (
        "train --task writer" if damaged.startswith("writer") else "train rnn" if "rnn" in damaged else "train --all"
    )
    assert f"python -m explorer {repair} --output {folder}" in line
    for part in said:
        assert part in line
    return line


@pytest.mark.parametrize("file", WEIGHTS)
@pytest.mark.parametrize("kind", STRUCTURAL)
@pytest.mark.parametrize("listed", ["verified", "taken over"])
def test_damaged_weights(folder: Path, file: str, kind: str, listed: str) -> None:
    STRUCTURAL[kind](folder / file)
    if listed == "taken over":
        manifest.rewrite(folder)
    line = refused(folder, file)
    assert ("is missing. " in line) == (kind == "missing")


@pytest.mark.parametrize("file", WEIGHTS)
@pytest.mark.parametrize("kind", SILENT)
def test_a_bit_is_enough(folder: Path, file: str, kind: str) -> None:
    SILENT[kind](folder / file)
    refused(folder, file)


@pytest.mark.parametrize("file", WEIGHTS)
@pytest.mark.parametrize("kind", SILENT)
def test_a_bit_that_nobody_lists_is_no_crash(folder: Path, file: str, kind: str) -> None:
    SILENT[kind](folder / file)
    (folder / MANIFEST).unlink()
    with suppress(WeightsError):
        assert not np.isnan(np.concatenate(list(answers(folder).values()))).any()


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("gru.safetensors", "gru-1.safetensors"),
        ("seeds/gru-1.safetensors", "gru.safetensors"),
        ("gru.safetensors", "rnn.safetensors"),
        ("gru.safetensors", "vectors.safetensors"),
        ("vectors.safetensors", "writer.safetensors"),
        ("writer.safetensors", "gru.safetensors"),
        ("gru.json", "rnn.json"),
        ("writer.json", "gru.json"),
    ],
)
def test_another_file_in_its_place(folder: Path, file: str, other: str) -> None:
    with_content_of(other)(folder / file)
    refused(folder, file)


@pytest.mark.parametrize("file", CARDS)
@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("listed", ["verified", "taken over"])
def test_cards_that_cannot_be_read(folder: Path, file: str, kind: str, listed: str) -> None:
    UNREADABLE[kind](folder / file)
    if listed == "taken over":
        manifest.rewrite(folder)
    line = refused(folder, file)
    assert ("is missing" in line) == (kind == "missing")


@pytest.mark.parametrize(
    ("file", "place", "value", "named"),
    [("gru.json", *case) for case in FIELDS] + [("writer.json", *case) for case in OF_WRITER],
)
def test_wrong_fields_are_named(folder: Path, file: str, place: str, value: object, named: str) -> None:
    field(place, value)(folder / file)
    manifest.rewrite(folder)
    line = refused(folder, file, f"field {named}: ")
    assert ("is missing" in line) == (place == "training.first_part" or (value is None and named == written(place)))


def written(place: str) -> str:
    """A place as messages write it."""
    return "".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in place.split(".")).removeprefix(".")


def test_what_a_card_has_more_changes_nothing(folder: Path) -> None:
    before = answers(folder)
    again = folder.rename(folder.parent / "again")
    for file in CARDS:
        field("more", {"of": [1, "x", None]})(again / file)
    with pytest.raises(WeightsError, match=r"gru\.json is not the file that was written"):
        answers(again)
    manifest.rewrite(again)
    assert answers(again) == before


def test_a_card_that_describes_more_than_memory_holds(folder: Path) -> None:
    field("config.units", 10**9)(folder / "rnn.json")
    manifest.rewrite(folder)
    refused(folder, "rnn.json", "field config: describes 1,000,0")


@pytest.mark.parametrize("file", ["gru.safetensors", "gru.json", "writer.json"])
def test_without_permission(folder: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def forbidden(path: Path, *given: Any, **more: Any) -> Any:
        if path == folder / file:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *given, **more)

    monkeypatch.setattr(Path, "open", forbidden)
    line = refused(folder, file, f"may not be read. Try `chmod u+r {folder / file}` first")
    assert "missing" not in line


# -------------------------------------------------------------------------------------------------------- the manifest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "it is not UTF-8"),
        (b"abc  gru.json\n", "field line 1: is not a checksum"),
        (b"", None),
        (2 * (b"0" * 64 + b"  gru.json\n"), "field line 2: is not a checksum"),
    ],
)
def test_a_broken_manifest(folder: Path, content: bytes, said: str | None) -> None:
    (folder / MANIFEST).write_bytes(content)
    if said is None:  # nothing is listed
        assert not any(checksum.verified for checksum in load("gru", folder).checksums)
        return
    with pytest.raises(WeightsError, match=said) as error:
        answers(folder)
    assert f"`python -m explorer manifest --write --folder {folder}`" in str(error.value)


def test_models_of_ones_own_need_no_manifest(folder: Path) -> None:
    before = answers(folder)
    again = folder.rename(folder.parent / "again")
    (again / MANIFEST).unlink()
    assert answers(again) == before
    assert not any(checksum.verified for checksum in load("gru", again).checksums)
    assert set(manifest.states(again).values()) == {"not listed"}


def test_what_is_saved_again_is_listed_again(folder: Path) -> None:
    seeds = sorted((folder / "seeds").iterdir())
    model = small("gru", units=5)
    save("gru", model.network, model.card | {"training": {"seed": 3}}, folder)
    save_seeds("gru", {}, folder)
    assert not any(seed.exists() for seed in seeds)
    assert set(manifest.states(folder).values()) == {"verified"}
    assert load("gru", folder).network.units == 5


LISTING = """
import sys
from pathlib import Path
from explorer.core import manifest
folder, name = Path(sys.argv[1]), sys.argv[2]
print(name, flush=True)
sys.stdin.readline()
for number in range(200):
    file = folder / f"{name}-{number}.json"
    file.write_text(name)
    manifest.record(folder, file)
"""


def test_two_processes_that_write_at_once_lose_no_line(tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", LISTING, str(tmp_path)]
    with subprocess.Popen([*command, "one"], **pipes) as one, subprocess.Popen([*command, "two"], **pipes) as two:
        assert [one.stdout.readline(), two.stdout.readline()] == ["one\n", "two\n"]
        one.stdin.close()
        two.stdin.close()  # both begin
        assert [one.wait(120), two.wait(120)] == [0, 0]
    names = [f"{name}-{number}.json" for name in ("one", "two") for number in range(200)]
    assert sorted(manifest.read(tmp_path)) == sorted(names)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, MANIFEST])  # nothing of the lock


def test_two_units(tmp_path: Path) -> None:
    network = load_two_units()
    for name, values in network.as_dict().items():
        for wrong in ([], "x", values.tolist() if values.ndim > 1 else [[1.0]], (values * 0).tolist()):
            save_two_units(network, {}, tmp_path)
            path = tmp_path / "twin.json"
            about = json.loads(path.read_text())
            about["weights"][name] = wrong if wrong != values.tolist() else values.tolist()[1:]
            path.write_text(json.dumps(about))
            manifest.rewrite(tmp_path)
            if wrong == (values * 0).tolist() and values.ndim < 2:
                continue  # a bias may be zero
            with pytest.raises(WeightsError, match=r"twin\.json, field weights.*train --all"):
                load_two_units(tmp_path)
