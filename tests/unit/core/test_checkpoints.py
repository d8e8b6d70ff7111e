"""Weights: what is written comes back, and every kind of damage is named."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from small_models import small

from explorer import WeightsError, load, models
from explorer.core import manifest
from explorer.core.checkpoints import FOLDER, Model, read_card, save, save_vectors, trained_words, write_card


def write(model: Model, folder: Path) -> None:
    save_vectors(model.vocabulary, model.vectors, {"title": "words"}, folder)
    save(model.name, model.network, model.card, folder)


def test_round_trip(model: Model, tmp_path: Path) -> None:
    write(model, tmp_path)
    again = load(model.name, tmp_path)
    assert again.vocabulary.words == model.vocabulary.words
    assert again.card == model.card
    assert torch.equal(again.vectors, model.vectors.half().float())
    for name, tensor in model.network.state_dict().items():
        assert torch.equal(again.network.state_dict()[name], tensor.half().float())
    assert not again.network.training
    assert not any(tensor.requires_grad for tensor in again.network.parameters())
    assert load(model.name, str(tmp_path)) is again


def test_unknown_name() -> None:
    with pytest.raises(ValueError, match=r"transformer.*per-word, concat, rnn, gru, lstm"):
        load("transformer")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-50])


def first_set_to(value: float) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        tensors = load_file(path)
        tensors["readout.weight"][0, 0] = value
        save_file(tensors, path)

    return damage


def without_readout(path: Path) -> None:
    save_file({name: tensor for name, tensor in load_file(path).items() if name != "readout.bias"}, path)


def fewer_words(path: Path) -> None:
    tensors = load_file(path)
    save_file(tensors | {"vectors": tensors["vectors"][1:].clone()}, path)


def other_units(path: Path) -> None:
    write_card({"config": {"inputs": 6, "units": 8}}, path.with_suffix(".json"))


def other_inputs(path: Path) -> None:
    narrow = small("gru", inputs=3)
    save("gru", narrow.network, narrow.card, path.parent)


@pytest.mark.parametrize(
    ("file", "damage", "said"),
    [
        ("gru.safetensors", Path.unlink, "missing"),
        ("gru.json", Path.unlink, "missing"),
        ("vectors.safetensors", Path.unlink, "missing"),
        ("gru.safetensors", cut, "cut short"),
        ("vectors.safetensors", cut, "cut short"),
        ("gru.safetensors", lambda path: path.write_bytes(b""), "cut short"),
        ("gru.safetensors", without_readout, "does not hold the weights"),
        ("gru.safetensors", first_set_to(float("nan")), "not finite"),
        ("gru.safetensors", first_set_to(float("inf")), "not finite"),
        ("gru.safetensors", other_units, "does not hold the weights"),
        ("gru.json", lambda path: path.write_text("{}"), "field config: is missing"),
        ("gru.json", lambda path: path.write_text("{"), "not a card in JSON"),
        ("gru.json", lambda path: path.write_text("[]"), "no JSON object"),
        ("gru.json", lambda path: path.write_bytes(b"\xff"), "not a card in JSON"),
        ("gru.json", lambda path: path.write_text('{"config": 3}'), "field config: should be a valid dictionary"),
        ("gru.json", other_inputs, "field config.inputs: is 3, but vectors has 6"),
        ("vectors.safetensors", fewer_words, "12 words for a table of shape"),
        ("vectors.safetensors", lambda path: save_file({"x": torch.zeros(1)}, path), "not a table of word vectors"),
    ],
)  # fmt: skip
def test_damage_is_named(file: str, damage: Callable[[Path], object], said: str, tmp_path: Path) -> None:
    write(small("gru"), tmp_path)
    damage(tmp_path / file)
    manifest.rewrite(tmp_path)
    with pytest.raises(WeightsError, match=said) as error:
        load("gru", tmp_path)
    assert str(error.value).startswith(str(tmp_path / file))
    assert error.value.file == tmp_path / file
    assert f"`python -m explorer train --all --output {tmp_path}`" in str(error.value)


def test_vectors_that_are_not_finite(tmp_path: Path) -> None:
    model = small("gru")
    model.vectors[3, 0] = float("nan")
    write(model, tmp_path)
    with pytest.raises(WeightsError, match="not finite"):
        load("gru", tmp_path)


def test_all_five_are_shipped() -> None:
    assert [load(name).name for name in models()] == models()


def test_threads_that_come_at_once_share_one_model(tmp_path: Path) -> None:
    for file in FOLDER.iterdir():
        (tmp_path / file.name).symlink_to(file)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: load("rnn", tmp_path), range(4)))
    assert all(model is found[0] for model in found)


def test_trained_words_are_the_first_of_the_table() -> None:
    words = trained_words()
    assert {"film", "not", "."} <= words
    assert len(words) < len(load("gru").vocabulary.words) / 2
    assert read_card(FOLDER / "vectors.json")["tuned_rows"] == len(words)
