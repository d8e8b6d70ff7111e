"""Order pairs: two texts of the same tokens in two orders with opposite sentiment.

Each construction has a place {x} for the words that decide the sentiment and a place {y} for their opposites. With a
positive {x} the text is positive; with the two exchanged it is negative. {s} is what the text is about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from explorer.evaluation.data_files import FOLDER, read_set

TRAINING_EVIDENCE = FOLDER / "taught.json"


@dataclass(frozen=True)
class Construction:
    """A way to say one of two opposites. `words` is a key of `opposites()`; `family` what kind of turn it is."""

    family: str
    words: str
    template: str


@dataclass(frozen=True)
class Pair:
    """Two texts of the same tokens, the first positive and the second negative, and the template that they share."""

    positive: str
    negative: str
    construction: str


def opposites() -> dict[str, tuple[tuple[str, str], ...]]:
    """Words for the two places by part of speech: ten pairs or more, the positive one first."""
    words: dict[str, tuple[tuple[str, str], ...]] = read_set("order_pairs")["words"]
    return words


@cache
def constructions() -> tuple[Construction, ...]:
    """Every construction. Every pair of opposites fits every template of its part of speech."""
    templates: dict[str, dict[str, tuple[str, ...]]] = read_set("order_pairs")["templates"]
    return tuple(
        Construction(family, words, template)
        for family, by_words in templates.items()
        for words, some in by_words.items()
        for template in some
    )


def order_pairs() -> list[Pair]:
    """Every construction with every pair of opposites of its part of speech, the subjects in turn."""
    subjects: tuple[str, ...] = read_set("order_pairs")["subjects"]
    pairs = []
    for place, construction in enumerate(constructions()):
        for turn, (good, bad) in enumerate(opposites()[construction.words]):
            subject = subjects[(place + turn) % len(subjects)]
            positive, negative = (
                construction.template.format(x=x, y=y, s=subject) for x, y in ((good, bad), (bad, good))
            )
            pairs.append(Pair(positive, negative, construction.template))
    return pairs


def training_evidence(file: Path = TRAINING_EVIDENCE) -> dict[str, str | None]:
    """For each construction's template the training text that taught it, None if there was none.

    `explorer.training.taught_constructions` finds it. Raises OSError, and ValueError if the file is not JSON.
    """
    evidence: dict[str, str | None] = json.loads(file.read_text(encoding="utf-8"))
    return evidence
