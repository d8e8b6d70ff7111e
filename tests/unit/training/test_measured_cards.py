"""Cards measured anew: what is measured changes, all that tells of the training stays, the manifest follows."""

from copy import deepcopy
from pathlib import Path

import pytest
from fabricated import DATA
from small_models import small

from explorer.core import manifest
from explorer.core.checkpoints import load, load_seed, read_card, save, save_seeds, save_vectors
from explorer.evaluation import baselines, scores
from explorer.training.measured_cards import write_measured_cards

TEXTS = scores.Texts([("a good film .", 1), ("bad", 0)], [("it is a very good film .", 1), ("a bad film", 0)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a model from two seeds, whose card has old scores."""
    model = small("gru")
    other = deepcopy(model.network)
    for parameter in other.parameters():
        parameter += 0.05
    seeds = [{"seed": seed, "selection": 0.5 + 0.1 * seed, "scores": {"old": 0.1}} for seed in (2, 0)]
    told = {"command": "train", "chosen": "somehow", "seeds": seeds, "scores": {"old": 0.1}, "training": {"seed": 2}}
    save_vectors(model.vocabulary, model.vectors, {"tuned_rows": 5, "data": DATA}, tmp_path)
    save("gru", model.network, told | model.card, tmp_path)
    save_seeds("gru", {0: other}, tmp_path)
    return tmp_path


def test_what_is_measured_is_new_and_the_rest_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "BASELINES", {"VADER": baselines.BASELINES["VADER"]})
    models = [load("gru", folder), load_seed("gru", 0, folder)]
    expected = [scores.examine(model, TEXTS) for model in models]
    write_measured_cards(["gru"], TEXTS, folder)
    card = read_card(folder / "gru.json")
    assert card["scores"] == expected[0].scores
    assert [entry["scores"] for entry in card["seeds"]] == [each.scores for each in expected]
    assert [(entry["seed"], entry["selection"]) for entry in card["seeds"]] == [(2, 0.7), (0, 0.5)]
    assert (card["command"], card["chosen"], card["training"]) == ("train", "somehow", {"seed": 2})
    assert card["spread"]["selection"] == {"mean": 0.6, "low": 0.5, "high": 0.7}
    typed = [each.scores["typed"] for each in expected]
    assert card["spread"]["typed"] == {"mean": pytest.approx(sum(typed) / 2), "low": min(typed), "high": max(typed)}
    assert [row["percent"] for row in card["on_the_way"]] == [5, 25, 50, 75, 100]
    assert {row["set"] for row in card["behaviour"]} >= {"typed texts", "who speaks and when", "common words"}
    assert not any("wrong" in row for row in card["behaviour"] if row["set"] != "common words")
    assert read_card(folder / "baselines.json").keys() == {"VADER"}
    assert set(manifest.states(folder).values()) == {manifest.states(folder)["gru.json"]}
    written = (folder / "gru.json").read_bytes()
    write_measured_cards(["gru"], TEXTS, folder)  # the same again, to the byte
    assert (folder / "gru.json").read_bytes() == written
