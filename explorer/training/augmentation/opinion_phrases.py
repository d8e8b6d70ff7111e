"""Phrases with a sentiment, made from rules: negation, contrast and order with many words and in many forms.

A rule has places for words whose sentiment decides: {x} for the side that the whole phrase takes, {y} for the side that
it does not. Every rule is read both ways, once with a positive {x} and once with a negative one, so that no form by
itself speaks for either side. `data/opinion_rules.toml` names all places.

The constructions of `explorer.evaluation.order_pairs` were written without a look at these rules, and these, but for
the slight ones, without a look at them; `explorer.training.taught_constructions` finds which of them are in both.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from explorer.evaluation.data_files import read_toml
from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import FOLDER

SURE, MILD = 0.95, 0.8  # P(positive) to learn for what is said outright, and for what is said by denying the opposite
LUKEWARM = 0.5  # the same for what is neither
DENIED = (0.78, 0.12)  # of a positive and of a negative phrase: "not good" is worse than "not bad" is good
WEIGHTS = {"order": 5, "clauses": 2, "negated": 4, "kept": 2, "plain": 1}  # how often a kind of rule is drawn
FURTHER, SLIGHT, MEANING = "further", "slight", "meaning"  # more rules, which come beside the first ones
SIDED = (  # places that a word of a side fills, "noun" with a large letter, in the order in which they are filled
    "", "noun", "_did", "_do", "_says", "_ly", "_felt", "_goes", "_go", "_does", "_er", "_est", "_idiom", "_slang",
    "_wish", "_hope", "_irony", "_condition", "_answer",
)  # fmt: skip
REAL_ADJECTIVE, REAL_CLAUSE, DEGREE = 0.35, 0.6, 0.12  # chances that a word is one of the Treebank's, and has a degree
VERBS = ("is", "was", "is", "seems")  # of a clause that is made
ENDS = ("", "", "", " .", " .", " !")
FIRST_PLACES = ("{x", "{y", "{X", "{Y")

Sides = tuple[Sequence[str], Sequence[str]]  # positive, negative


class OpinionPhrase(NamedTuple):
    """Tokens, P(positive) to learn, and how many of the first tokens say nothing yet (target one half)."""

    tokens: list[str]
    target: float
    silent: int


@dataclass(frozen=True)
class Words:
    """The word lists of `data/opinion_words.toml`, and what tells clauses and denials."""

    subjects: tuple[str, ...]
    parts: tuple[str, ...]
    minor: tuple[str, ...]
    people: tuple[str, ...]
    asides: tuple[str, ...]
    degrees: tuple[str, ...]
    held_out: tuple[tuple[str, str], ...]
    adjective_endings: tuple[str, ...]
    clause_starts: frozenset[str]
    clause_verbs: frozenset[str]
    negators: frozenset[str]
    question_starts: frozenset[str]
    sides: dict[str, Sides]  # by place


@cache
def words() -> Words:
    """The word lists, read once."""
    content = read_toml(FOLDER / "opinion_words.toml")
    sides = {name: (lists["positive"], lists["negative"]) for name, lists in content.items() if isinstance(lists, dict)}
    sets = ("clause_starts", "clause_verbs", "negators", "question_starts")
    others = {name: frozenset(some) if name in sets else some for name, some in content.items() if name not in sides}
    arguments: dict[str, Any] = others | {"sides": sides}
    return Words(**arguments)


def rules(kind: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The rules of a kind, one of WEIGHTS, those of `more` (FURTHER, SLIGHT) behind the first ones."""
    content = read_toml(FOLDER / "opinion_rules.toml")
    first: tuple[str, ...] = content[kind]
    return first + tuple(rule for name in more for rule in content[name].get(kind, ()))


class Filler:
    """What fills the places of a rule; `adjectives` and `clauses` of real sentences, positive and negative, are
    added, of clauses as large a share as `real_clause`, 0…1, says."""

    def __init__(
        self,
        draw: random.Random,
        adjectives: Sides = ((), ()),
        clauses: Sides = ((), ()),
        real_clause: float = REAL_CLAUSE,
    ):
        self.draw = draw
        self.real_clause = real_clause
        self.adjectives = adjectives
        self.clauses = clauses

    def adjective(self, side: int) -> str:
        """An adjective of a side, 0 positive and 1 negative, now and then with a degree before it."""
        real = bool(self.adjectives[side]) and self.draw.random() < REAL_ADJECTIVE
        adjectives = self.adjectives if real else words().sides["adjectives"]
        adjective = self.draw.choice(adjectives[side])
        return f"{self.draw.choice(words().degrees)} {adjective}" if self.draw.random() < DEGREE else adjective

    def clause(self, side: int) -> str:
        """A clause of a side."""
        if self.clauses[side] and self.draw.random() < self.real_clause:
            return self.draw.choice(self.clauses[side])
        subject, verb = self.draw.choice(words().subjects + words().parts), self.draw.choice(VERBS)
        return f"{subject} {verb} {self.adjective(side)}"

    def word(self, place: str, side: int) -> str:
        """A word of a side for a place, named without its side: "" for {x}, "_did" for {x_did}, "noun" for {X}."""
        if place == "":
            return self.adjective(side)
        if place == "_says":
            return self.clause(side)
        lists = words().sides["nouns" if place == "noun" else place.removeprefix("_")]
        return self.draw.choice(lists[side])

    def fill(self, rule: str, side: int) -> str:
        """The rule with {x} on `side` (0 positive, 1 negative) and {y} on the other."""
        text = rule.replace("{aside}", self.draw.choice(words().asides))
        for letter, word_side in (("x", side), ("y", 1 - side)):
            for place in SIDED:
                mark = f"{{{letter.upper()}}}" if place == "noun" else f"{{{letter}{place}}}"
                while mark in text:
                    text = text.replace(mark, self.word(place, word_side), 1)
        if "{m}" in text:
            text = text.replace("{m}", self.draw.choice(words().minor))
        subject, part, people = (self.draw.choice(some) for some in (words().subjects, words().parts, words().people))
        return text.replace("{s}", subject).replace("{t}", part).replace("{who}", people)


def is_clause(tokens: Sequence[str]) -> bool:
    """Whether tokens look like a clause of their own, without another in it."""
    begins = tokens[0] in words().clause_starts and not {",", "but", ".", ";", "though", "if"} & set(tokens)
    return begins and any(token in words().clause_verbs for token in tokens[1:-1])


def silent_tokens(rule: str, tokens: list[str]) -> int:
    """How many of the first tokens say nothing yet: those before the first place of a sentiment and any negation."""
    if rule.startswith(FIRST_PLACES):
        return 0
    head = rule
    for mark in FIRST_PLACES:
        head = head.split(mark)[0]
    for mark, word in (("{s}", "it"), ("{t}", "it"), ("{m}", "it"), ("{who}", "they")):
        head = head.replace(mark, word)
    first = tokenize(head)
    if first[:1] and first[0] in words().question_starts:
        return 0
    for place, token in enumerate(tokens[: len(first)]):
        if token in words().negators:
            return place
    return min(len(tokens), len(first))


def opinion_phrases(
    count: int, seed: int, adjectives: Sides = ((), ()), clauses: Sides = ((), ()), more: Sequence[str] = ()
) -> Iterator[OpinionPhrase]:
    """`count` phrases, a positive and a negative one of each rule drawn; the rules of `more` are read as well."""
    draw = random.Random(seed)
    filler = Filler(draw, adjectives, clauses)
    by_kind = {kind: rules(kind, more) for kind in WEIGHTS}
    kinds = [kind for kind, weight in WEIGHTS.items() for _ in range(weight)]
    for _ in range(count // 2):
        kind = draw.choice(kinds)
        rule = draw.choice(by_kind[kind])
        end = "" if rule[-1] in ".?!" else draw.choice(ENDS)
        sure = MILD if kind == "clauses" else SURE
        for side, target in enumerate(DENIED if kind == "negated" else (sure, 1 - sure)):
            tokens = tokenize(filler.fill(rule, side) + end)
            yield OpinionPhrase(tokens, target, silent_tokens(rule, tokens))


def lukewarm_phrases(count: int, seed: int) -> Iterator[OpinionPhrase]:
    """`count` phrases that are neither good nor bad, or as much of one as of the other."""
    draw = random.Random(seed)
    filler = Filler(draw)
    some: tuple[str, ...] = read_toml(FOLDER / "opinion_rules.toml")["lukewarm"]["rules"]
    for turn in range(count):
        rule = draw.choice(some)
        tokens = tokenize(filler.fill(rule, turn % 2) + draw.choice(ENDS))
        yield OpinionPhrase(tokens, LUKEWARM, silent_tokens(rule, tokens))
