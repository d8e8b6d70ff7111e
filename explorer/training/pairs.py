"""Order pairs: two phrases of the same words in two orders with opposite sentiment, made from constructions.

A construction has a place for a word X that decides the sentiment and a place for its opposite Y. The constructions in
TAUGHT give training phrases; those in HELD_OUT never do, so that what a model generalises is told apart from what it
was taught. The words in WORDS_HELD_OUT serve the measurement only, in neither are they in a training phrase of here.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

TAUGHT = (
    "{x}, not {y}",
    "not {y}, {x}",
    "not {y} but {x}",
    "it is {x} and not {y}",
    "{x} rather than {y}",
    "never {y}, always {x}",
    "{s} is {x}, it is not {y}",
    "{s} is not {y}, it is {x}",
    "{s} started {y} but ended {x}",
    "{y} at first, {x} in the end",
    "i expected {y}, but {s} was {x}",
    "less {y} than {x}",
    "what looked {y} turned out {x}",
    "{s} could have been {y}, but it is {x}",
)
HELD_OUT = (
    "{x} instead of {y}",
    "{s} is {x}, never {y}",
    "far from {y}, {s} is {x}",
    "more {x} than {y}",
    "{s} is n't {y}, just {x}",
    "{s} went from {y} to {x}",
    "it promised {y} and delivered {x}",
    "a {y} trailer, a {x} film",
    "{s} used to be {y} and now it is {x}",
    "{s} is not only not {y}, it is {x}",
    "although parts are {y}, {s} is {x}",
    "nobody will call it {y}, everyone will call it {x}",
    "{x} without being {y}",
    "they said {y} ; i say {x}",
)
SUBJECTS = (
    "it", "this", "the film", "the movie", "this movie", "the story", "the acting", "the plot", "the script",
    "the ending", "the cast", "the director 's work", "the picture", "the whole thing", "the comedy", "the drama",
)  # fmt: skip
POSITIVE = (
    "great", "excellent", "wonderful", "brilliant", "funny", "moving", "clever", "charming", "beautiful", "gripping",
    "superb", "delightful", "smart", "fresh", "powerful", "touching", "enjoyable", "fascinating", "exciting", "fun",
    "memorable", "witty", "inspired", "engaging", "strong", "thrilling", "warm", "original", "lovely", "impressive",
)  # fmt: skip
NEGATIVE = (
    "terrible", "awful", "boring", "dull", "stupid", "poor", "weak", "tedious", "bland", "horrible", "lame", "silly",
    "ugly", "predictable", "pointless", "dumb", "shallow", "annoying", "flat", "stale", "clumsy", "dreadful", "lifeless",
    "forgettable", "messy", "cheap", "slow", "painful", "tired", "pretentious",
)  # fmt: skip
WORDS_HELD_OUT = (("good", "bad"), ("amazing", "dreary"), ("perfect", "worthless"), ("hilarious", "unfunny"))
NEGATED = (
    "not {y}", "{s} is not {y}", "{s} is n't {y}", "{s} was not {y} at all", "not {y} at all", "never {y}", "not a {y} film",
    "{s} is not very {y}", "{s} does n't feel {y}", "nothing {y} about it", "no one would call {s} {y}", "hardly {y}",
)  # fmt: skip
PLAIN = ("{s} is {x}", "{s} is very {x}", "{x}", "so {x}", "a {x} film", "{s} was {x}", "really {x}", "{x} and {z}")


@dataclass(frozen=True)
class Pair:
    """Two phrases of the same words, the first positive and the second negative."""

    positive: str
    negative: str
    construction: str


def pairs(constructions: tuple[str, ...] = HELD_OUT) -> list[Pair]:
    """Every construction with every held-out pair of words."""
    return [
        Pair(rule.format(x=good, y=bad, s="the film"), rule.format(x=bad, y=good, s="the film"), rule)
        for rule in constructions
        for good, bad in WORDS_HELD_OUT
    ]


def training_phrases(count: int, seed: int) -> list[tuple[str, float]]:
    """`count` phrases with their targets, P(positive): order, single negation and plain statements, both ways alike."""
    draw = random.Random(seed)
    made: list[tuple[str, float]] = []
    while len(made) < count:
        rule = draw.choice(TAUGHT * 2 + NEGATED + PLAIN)
        sides = [draw.sample(POSITIVE, 2), draw.sample(NEGATIVE, 2)]
        subject = draw.choice(SUBJECTS)
        end = draw.choice(("", "", " .", " !"))
        for positive in (True, False):
            (x, z), (y, _) = sides if positive else sides[::-1]
            sure = 0.95 if rule in TAUGHT or rule in PLAIN else 0.8
            made.append((rule.format(x=x, y=y, z=z, s=subject) + end, sure if positive else 1 - sure))
    return made[:count]
