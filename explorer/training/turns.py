"""Turns: real sentences with a denial put in or taken out, and parts of two joined by a word of contrast.

As with edits, what such a text says is not known before the teacher has read it; what the lanes learn is what a "not" or
an "although" does to words of all kinds ("contrast sets", Gardner et al. 2020).
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from explorer.reading.tokenizer import tokenize
from explorer.training import grammar
from explorer.training.sources import constituents

Tokens = tuple[str, ...]

UNSAID: dict[str, Tokens] = {
    "not": (), "n't": (), "hardly": (), "barely": (), "never": ("always",), "no": ("some",), "nothing": ("something",),
    "nobody": ("somebody",), "none": ("all",), "without": ("with",), "neither": ("both",), "nor": ("and",),
}  # fmt: skip
WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}  # what stands before n't, and what it is without
CUT = {whole: cut for cut, whole in WHOLE.items()}
VERBS = frozenset("is are was were has can could should would will must 's 're".split())  # a denial may follow
BEFORE_SHORT = frozenset("it that there he she this they we you who".split())  # after others 's says whose
DENIALS = ("not", "n't", "n't", "never", "hardly", "not really", "not exactly")
UNSAYING = 0.4  # of the denials turned, the share that is taken out
SHORTEST = 6  # tokens of a part of a sentence in which a denial is turned
JOINTS = (  # {a} and {b}: clauses; {n}: a part without a verb
    "{a} , but {b} .", "{a} , yet {b} .", "although {a} , {b} .", "though {a} , {b} .", "while {a} , {b} .", "even though {a} , {b} .",
    "{a} , though {b} .", "{a} , although {b} .", "{a} , and {b} .", "despite {n} , {b} .", "{a} , despite {n} .", "{a} , without {n} .",
    "{a} , but without {n} .", "with {n} , {b} .", "{a} because of {n} .", "{a} , in spite of {n} .", "if {a} , {b} .",
)  # fmt: skip
TRIES = 4  # a text wanted
CLAUSE, PHRASE = (4, 14), (2, 8)  # tokens of {a} and {b}, and of {n}
PHRASE_STARTS = frozenset("its the a an some such his her their".split())
NOT_IN_A_PHRASE = grammar.CLAUSE_VERBS | frozenset(
    "have had been be do does did will would can could that who which , . but".split()
)


def unsaid(tokens: Tokens, draw: random.Random) -> Tokens:
    """Tokens with one of their denials taken out, or turned into its opposite; as they are if there is none.

    >>> unsaid(("it", "wo", "n't", "bore", "you"), random.Random(0))
    ('it', 'will', 'bore', 'you')
    """
    places = [i for i, token in enumerate(tokens) if token in UNSAID]
    if not places:
        return tokens
    i = draw.choice(places)
    before = tokens[:i]
    if tokens[i] == "n't" and i and tokens[i - 1] in WHOLE:
        before = (*tokens[: i - 1], WHOLE[tokens[i - 1]])
    return (*before, *UNSAID[tokens[i]], *tokens[i + 1 :])


def deniable(tokens: Tokens) -> list[int]:
    """Places of the verbs after which a denial may stand and none does."""
    return [
        i
        for i, (token, following) in enumerate(zip(tokens, tokens[1:]))
        if token in VERBS
        and following not in {"not", "n't", "never"}
        and (token[0] != "'" or i and tokens[i - 1] in BEFORE_SHORT)
    ]


def denied(tokens: Tokens, draw: random.Random) -> Tokens:
    """Tokens with a denial put in; as they are if none has a place.

    >>> denied(("it", "is", "fun"), random.Random(0))
    ('it', 'is', 'not', 'exactly', 'fun')
    """
    places = deniable(tokens)
    if not places:
        return tokens
    i = draw.choice(places)
    verb, denial = tokens[i], draw.choice(DENIALS)
    if denial == "n't":
        verb, denial = (verb, "not") if verb in {"'s", "'re", "must"} else (CUT.get(verb, verb), denial)
    return (*tokens[:i], verb, *denial.split(), *tokens[i + 1 :])


def turned(trees: Iterable[str], denials: int, joints: int, seed: int) -> list[Tokens]:
    """Different texts made of the sentences of trees, as tokens: `denials` of the first kind, then `joints` of the second; fewer
    if there are not as many."""
    texts, clauses, phrases = taken_from(trees)
    with_denial = sorted(text for text in texts if not UNSAID.keys().isdisjoint(text))
    without = sorted(text for text in texts if not VERBS.isdisjoint(text))
    draw = random.Random(seed)
    found: dict[Tokens, None] = {}

    def turn() -> Tokens:
        return (
            unsaid(draw.choice(with_denial), draw) if draw.random() < UNSAYING else denied(draw.choice(without), draw)
        )

    def join() -> Tokens:
        joint = draw.choice(JOINTS)
        return tuple(joint.format(a=draw.choice(clauses), b=draw.choice(clauses), n=draw.choice(phrases)).split())

    for make, stock, count in ((turn, (with_denial, without), denials), (join, (clauses, phrases), denials + joints)):
        for _ in range(TRIES * count if all(stock) else 0):
            if len(found) == count:
                break
            made = tuple(tokenize(" ".join(make())))
            if made not in texts:
                found[made] = None
    return list(found)


def taken_from(trees: Iterable[str]) -> tuple[set[Tokens], list[str], list[str]]:
    """Of trees the sentences and their longer parts, the clauses that tell, and the phrases without a verb that tell."""
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
            if grade == 2:
                continue
            if CLAUSE[0] <= len(tokens) <= CLAUSE[1] and grammar.is_clause(tokens):
                clauses.add(" ".join(tokens))
            elif (
                PHRASE[0] <= len(tokens) <= PHRASE[1]
                and tokens[0] in PHRASE_STARTS
                and NOT_IN_A_PHRASE.isdisjoint(tokens)
            ):
                phrases.add(" ".join(tokens))
    return texts, sorted(clauses), sorted(phrases)
