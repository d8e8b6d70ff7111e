"""What is taken from the training trees of the Treebank: phrases with their targets, silent ones, words for the
rules."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from explorer.evaluation import datasets
from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import opinion_phrases
from explorer.training.targets import GRADES, Targets, Tokens, undecided

POSITIVE, NEGATIVE = 0.8, 0.2  # targets from which a phrase serves the rules
CLAUSE = (4, 12)  # tokens of a clause that serves the rules


def phrases(data: Path | None) -> Targets:
    """Every labelled phrase as tokens, duplicates merged, their grades averaged to a target."""
    grades: defaultdict[Tokens, list[int]] = defaultdict(list)
    for tree in datasets.trees("train", data):
        for text, grade in datasets.constituents(tree):
            grades[tuple(tokenize(text))].append(grade)
    return {tokens: float(np.interp(np.mean(some), range(5), GRADES)) for tokens, some in grades.items() if tokens}


def silent_phrases(data: Path | None) -> set[Tokens]:
    """Phrases of which every part is neutral: they say nothing after any word."""
    silent: set[Tokens] = set()
    telling: set[Tokens] = set()
    for tree in datasets.trees("train", data):
        parts = list(datasets.constituents(tree))
        for i, (text, _) in enumerate(parts):
            nodes = 2 * len(text.split()) - 1  # of a binary tree; the inner ones come just before
            inside = {grade for _, grade in parts[i - nodes + 1 : i + 1]}
            (silent if inside == {datasets.NEUTRAL_GRADE} else telling).add(tuple(tokenize(text)))
    return silent - telling


def whole_sentences(data: Path | None) -> list[Tokens]:
    """The sentences, as tokens."""
    return [tuple(tokenize(text)) for text, _ in datasets.sentences("train", data)]


def neutral_sentences(data: Path | None, targets: Targets) -> list[Tokens]:
    """Whole sentences that annotators left neutral, and none of whose words has a sentiment."""
    telling = telling_words(targets)
    graded = ((tuple(tokenize(text)), grade) for text, grade in datasets.sentences("train", data))
    return [tokens for tokens, grade in graded if grade == datasets.NEUTRAL_GRADE and telling.isdisjoint(tokens)]


def telling_words(targets: Targets) -> set[str]:
    """Words to which annotators gave a sentiment."""
    return {tokens[0] for tokens, target in targets.items() if len(tokens) == 1 and not undecided(target)}


def real_words(targets: Targets) -> tuple[opinion_phrases.Sides, opinion_phrases.Sides]:
    """Words and clauses for the rules: (positive, negative) adjectives, (positive, negative) clauses."""
    words = opinion_phrases.words()
    held_out = {word for pair in words.held_out for word in pair}
    adjectives: tuple[list[str], list[str]] = ([], [])
    clauses: tuple[list[str], list[str]] = ([], [])
    for tokens, target in sorted(targets.items()):
        side = 0 if target >= POSITIVE else 1 if target <= NEGATIVE else None
        if side is None or held_out & set(tokens):
            continue
        if len(tokens) == 1 and tokens[0].endswith(words.adjective_endings):
            adjectives[side].append(tokens[0])
        elif CLAUSE[0] <= len(tokens) <= CLAUSE[1] and opinion_phrases.is_clause(tokens):
            clauses[side].append(" ".join(tokens))
    return adjectives, clauses
