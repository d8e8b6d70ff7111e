"""Cards measured anew: what the models of a folder do today, on all seeds, in the place of what their cards say.

For whoever changes what is measured, or how texts are read: the weights stay, the cards follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explorer.core.checkpoints import load_seed, read_card, seeds, write_card
from explorer.evaluation import baselines, scores
from explorer.training.seed_ranking import spread

Card = dict[str, Any]


def measured_cards(names: list[str], texts: scores.Texts, folder: Path) -> Iterator[tuple[str, Card]]:
    """For each model its name and its card, all that `scores.examine` measures in it new, with every seed's scores.

    Raises WeightsError for models that cannot be used.
    """
    for name in names:
        card = read_card(folder / f"{name}.json")
        examinations = {seed: scores.examine(load_seed(name, seed, folder), texts) for seed in seeds(name, folder)}
        shipped = next(iter(examinations.values()))
        if entries := card.get("seeds"):
            card["seeds"] = [entry | {"scores": examinations[entry["seed"]].scores} for entry in entries]
            card["spread"] = spread([{"selection": entry["selection"]} | entry["scores"] for entry in card["seeds"]])
        yield name, card | shipped.for_card()


def write_measured_cards(names: list[str], texts: scores.Texts, folder: Path) -> None:
    """Measure the models of a folder and write their cards, and the scores of the word lists, with their checksums.

    Raises WeightsError, BaselineError, OSError.
    """
    cards = dict(measured_cards(names, texts, folder))
    tools = {name: scores.examine(baselines.load(name), texts).scores for name in baselines.BASELINES}
    for name, card in cards.items():
        write_card(card, folder / f"{name}.json")
    write_card(tools, folder / "baselines.json")
