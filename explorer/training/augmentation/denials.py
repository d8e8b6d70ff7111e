"""Denials and contrasts: real sentences with a denial put in or taken out, and parts of two joined by a word of
contrast.

As with substitutions, what such a text says is not known before the teacher has read it; what the models learn is what
a "not" or an "although" does to words of all kinds ("contrast sets", Gardner et al. 2020).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from explorer.evaluation.data_files import read_toml
from explorer.evaluation.datasets import NEUTRAL_GRADE, constituents
from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import FOLDER, opinion_phrases

Tokens = tuple[str, ...]

REMOVED = 0.4  # of the denials changed, the share that is taken out
SHORTEST = 6  # tokens of a part of a sentence in which a denial is changed
TRIES = 4  # a text wanted
CLAUSE, PHRASE = (4, 14), (2, 8)  # tokens of {a} and {b}, and of {n}


@dataclass(frozen=True)
class Forms:
    """The words and forms of `data/denials.toml`, which says what each is."""

    joints: tuple[str, ...]
    denials: tuple[str, ...]
    verbs: frozenset[str]
    before_short_verb: frozenset[str]
    phrase_starts: frozenset[str]
    not_in_phrase: frozenset[str]
    opposites: dict[str, Tokens]
    whole_verbs: dict[str, str]

    @property
    def short_verbs(self) -> dict[str, str]:
        """What stands before n't by what it is without."""
        return {whole: short for short, whole in self.whole_verbs.items()}


@cache
def forms() -> Forms:
    """The words and forms, read once."""
    content = dict(read_toml(FOLDER / "denials.toml"))
    content |= {name: frozenset(content[name]) for name in ("verbs", "before_short_verb", "phrase_starts")}
    content["not_in_phrase"] = opinion_phrases.words().clause_verbs.union(content["not_in_phrase"])
    content["opposites"] = {denial: tuple(words.split()) for denial, words in content["opposites"].items()}
    return Forms(**content)


def remove_denial(tokens: Tokens, draw: random.Random) -> Tokens:
    """Tokens with one of their denials taken out, or turned into its opposite; as they are if there is none.

    >>> remove_denial(("it", "wo", "n't", "bore", "you"), random.Random(0))
    ('it', 'will', 'bore', 'you')
    """
    opposites, whole_verbs = forms().opposites, forms().whole_verbs
    places = [i for i, token in enumerate(tokens) if token in opposites]
    if not places:
        return tokens
    i = draw.choice(places)
    before = tokens[:i]
    if tokens[i] == "n't" and i and tokens[i - 1] in whole_verbs:
        before = (*tokens[: i - 1], whole_verbs[tokens[i - 1]])
    return (*before, *opposites[tokens[i]], *tokens[i + 1 :])


def deniable_verbs(tokens: Tokens) -> list[int]:
    """Places of the verbs after which a denial may stand and none does."""
    return [
        i
        for i, (token, following) in enumerate(pairwise(tokens))
        if token in forms().verbs
        and following not in {"not", "n't", "never"}
        and (token[0] != "'" or (i and tokens[i - 1] in forms().before_short_verb))
    ]


def add_denial(tokens: Tokens, draw: random.Random) -> Tokens:
    """Tokens with a denial put in; as they are if none has a place.

    >>> add_denial(("it", "is", "fun"), random.Random(0))
    ('it', 'is', 'not', 'exactly', 'fun')
    """
    places = deniable_verbs(tokens)
    if not places:
        return tokens
    i = draw.choice(places)
    verb, denial = tokens[i], draw.choice(forms().denials)
    if denial == "n't":
        shortened = forms().short_verbs.get(verb, verb)
        verb, denial = (verb, "not") if verb in {"'s", "'re", "must"} else (shortened, denial)
    return (*tokens[:i], verb, *denial.split(), *tokens[i + 1 :])


def change_sentences(trees: Iterable[str], denials: int, joints: int, seed: int) -> list[Tokens]:
    """Different texts made of the sentences of trees, as tokens: `denials` with one more or less, then `joints` of two
    parts; fewer if there are not as many."""
    parts = sentence_parts(trees)
    with_denial = sorted(text for text in parts.texts if not forms().opposites.keys().isdisjoint(text))
    with_verb = sorted(text for text in parts.texts if not forms().verbs.isdisjoint(text))
    draw = random.Random(seed)
    changed: dict[Tokens, None] = {}

    def deny() -> Tokens:
        if draw.random() < REMOVED:
            return remove_denial(draw.choice(with_denial), draw)
        return add_denial(draw.choice(with_verb), draw)

    def join() -> Tokens:
        joint = draw.choice(forms().joints)
        a, b, n = (draw.choice(some) for some in (parts.clauses, parts.clauses, parts.phrases))
        return tuple(joint.format(a=a, b=b, n=n).split())

    kinds: tuple[tuple[Callable[[], Tokens], bool, int], ...] = (
        (deny, bool(with_denial and with_verb), denials),
        (join, bool(parts.clauses and parts.phrases), denials + joints),
    )
    for make, possible, count in kinds:
        for _ in range(TRIES * count if possible else 0):
            if len(changed) == count:
                break
            tokens = tuple(tokenize(" ".join(make())))
            if tokens not in parts.texts:
                changed[tokens] = None
    return list(changed)


@dataclass(frozen=True)
class Parts:
    """Of trees the sentences and their longer parts, and of what tells the clauses and the phrases without a verb,
    sorted."""

    texts: set[Tokens]
    clauses: list[str]
    phrases: list[str]


def sentence_parts(trees: Iterable[str]) -> Parts:
    """What the sentences of trees are made of."""
    texts: set[Tokens] = set()
    clauses: set[str] = set()
    phrases: set[str] = set()
    for tree in trees:
        *parts, (whole, _) = constituents(tree)
        texts.add(tuple(tokenize(whole)))
        for text, grade in parts:
            tokens = tuple(tokenize(text))
            if len(tokens) >= SHORTEST:
                texts.add(tokens)
            if grade == NEUTRAL_GRADE:
                continue
            if CLAUSE[0] <= len(tokens) <= CLAUSE[1] and opinion_phrases.is_clause(tokens):
                clauses.add(" ".join(tokens))
            elif is_phrase(tokens):
                phrases.add(" ".join(tokens))
    return Parts(texts, sorted(clauses), sorted(phrases))


def is_phrase(tokens: Tokens) -> bool:
    """Whether tokens look like a part without a verb that can stand after "despite"."""
    fits = PHRASE[0] <= len(tokens) <= PHRASE[1]
    return fits and tokens[0] in forms().phrase_starts and forms().not_in_phrase.isdisjoint(tokens)
