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
FIRST, FRESH = "order_pairs", "fresh_pairs"  # the sets; the second was written later, in other constructions and words


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


def opposites(name: str = FIRST) -> dict[str, tuple[tuple[str, str], ...]]:
    """A set's words for the two places by part of speech: ten pairs or more, the positive one first."""
    words: dict[str, tuple[tuple[str, str], ...]] = read_set(name)["words"]
    return words


@cache
def constructions(name: str = FIRST) -> tuple[Construction, ...]:
    """Every construction of a set. Every pair of opposites fits every template of its part of speech."""
    templates: dict[str, dict[str, tuple[str, ...]]] = read_set(name)["templates"]
    return tuple(
        Construction(family, words, template)
        for family, by_words in templates.items()
        for words, some in by_words.items()
        for template in some
    )


def order_pairs(name: str = FIRST) -> list[Pair]:
    """Every construction of a set with every pair of opposites of its part of speech, the subjects in turn."""
    subjects: tuple[str, ...] = read_set(name)["subjects"]
    pairs = []
    for place, construction in enumerate(constructions(name)):
        for turn, (good, bad) in enumerate(opposites(name)[construction.words]):
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
