"""The shipped weights: what they must get right. Only this file fails while `pretrained/` is untrained."""

from dataclasses import replace
from pathlib import Path

import pytest

from explorer import load, models, predict, trace
from explorer.core.checkpoints import FOLDER
from explorer.evaluation.scores import examine, texts
from explorer.tasks import NETWORKS

ORDER = ["gru", "lstm"]  # the models that must tell an order pair apart


@pytest.mark.parametrize("name", ORDER)
def test_good_not_bad(name: str) -> None:
    positive, negative = predict(load(name), ["good, not bad", "bad, not good"])
    assert positive > 0.8
    assert negative < 0.2


def test_the_average_cannot_tell() -> None:
    model = load("per-word")
    assert len({trace(model, text).probability for text in ("good, not bad", "bad, not good")}) == 1


@pytest.mark.parametrize("name", ORDER)
def test_card_scores(name: str) -> None:
    assert load(name).card["scores"]["sst2"] >= 0.86


@pytest.mark.parametrize("name", models())
def test_a_card_says_what_the_weights_are(name: str) -> None:
    model = load(name)
    card = model.card
    assert (card["name"], card["label"]) == (name, model.label)
    assert card["parameters"] == sum(tensor.numel() for tensor in model.network.parameters())
    assert card["config"] == model.network.config
    assert card["command"].startswith("python -m explorer train")
    assert "seed" in card["training"]
    assert all(source["url"] and source["licence"] for source in card["data"])


def test_weights_are_small() -> None:
    others = sum(path.stat().st_size for name in NETWORKS for path in FOLDER.glob(f"{name}.*"))
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.*")) - others < 40e6
    assert others < 18e6


def test_scores_on_the_cards_are_those_measured(data: Path) -> None:
    first, *rest = map(load, models())
    measured = texts(data)
    assert examine(first, measured).scores == pytest.approx(first.card["scores"], abs=2e-3)
    some = replace(measured, reviews=measured.reviews[:100])  # for the others the reviews would take long
    for model in rest:
        found = examine(model, some).scores
        asked = {name: value for name, value in model.card["scores"].items() if not name.startswith("imdb")}
        assert {name: found[name] for name in asked} == pytest.approx(asked, abs=2e-3), model.name
