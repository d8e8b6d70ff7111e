"""Phrases that say nothing for or against, made from rules; after each of their words the belief is to be one half."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from explorer.evaluation import neutral_phrases as measured
from explorer.evaluation.data_files import read_toml
from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import FOLDER

ENDS = ("", " .", " .")


@cache
def rules(further: bool = False, typed: bool = False) -> tuple[str, ...]:
    """The first rules; with `further` also those of the second stage, with `typed` those of what people type."""
    content = read_toml(FOLDER / "neutral_rules.toml")
    first: tuple[str, ...] = content["first"]
    return first + (content["further"] if further else ()) + (content["typed"] if typed else ())


@cache
def words(further: bool = False, typed: bool = False) -> dict[str, tuple[str, ...]]:
    """The words for each place, in the order in which places are filled."""
    content = read_toml(FOLDER / "neutral_words.toml")
    first: dict[str, tuple[str, ...]] = content["first"]
    more: dict[str, tuple[str, ...]] = content["further"] if further or typed else {}
    lists = {place: first.get(place, ()) + more.get(place, ()) for place in first | more}
    groups: tuple[str, ...] = content["group"] + (content["more_groups"] if typed else ())
    return lists | {"group": groups}


def neutral_phrases(count: int, seed: int, further: bool = False, typed: bool = False) -> Iterator[list[str]]:
    """`count` phrases that say nothing for or against, as tokens; none of those that models are measured on."""
    draw = random.Random(seed)
    held_out = {without_stops(tokenize(text)) for text in (*measured.neutral_phrases(), *measured.neutral_texts())}
    while count:
        text = draw.choice(rules(further, typed))
        for place, some in words(further, typed).items():
            while f"{{{place}}}" in text:
                text = text.replace(f"{{{place}}}", draw.choice(some), 1)
        tokens = tokenize(text + draw.choice(ENDS))
        if without_stops(tokens) not in held_out:
            count -= 1
            yield tokens


def without_stops(tokens: list[str]) -> tuple[str, ...]:
    """Tokens without full stops."""
    return tuple(token for token in tokens if token != ".")
