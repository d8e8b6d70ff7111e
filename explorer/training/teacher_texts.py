"""Texts for the teacher: what it is taught, and what it is to give pseudo-labels."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import numpy as np

from explorer.evaluation import datasets
from explorer.training.augmentation import denials, opinion_phrases, substitutions, viewpoints
from explorer.training.augmentation.opinion_phrases import OpinionPhrase
from explorer.training.reviews import review_sentences, split_reviews
from explorer.training.targets import GRADES, Tokens, undecided
from explorer.training.treebank import phrases, real_words, whole_sentences

PHRASES, SENTENCES, SUBSTITUTED = 60_000, 100_000, 150_000  # phrases, reviews' sentences and changed ones to label
REPORTED = 20_000  # sentences to label that hold two opinions
DENIED, JOINED = 50_000, 30_000  # the same: sentences with a denial more or less, and parts joined
LONG_PHRASE = 5  # tokens from which the teacher knows more of a phrase than three annotators do
PASSES, NEUTRAL, MADE = 3, 12_000, 2_000  # over the sentences; neutral phrases, and made ones by each set of rules
TAUGHT_PHRASE = (3, 20)  # tokens of a phrase that the teacher is taught

TAUGHT_RULES = ((), (opinion_phrases.FURTHER,), (opinion_phrases.MEANING,))  # of the sets of made phrases

Lessons = list[tuple[str, float]]  # texts and P(positive)


@cache
def substituted_sentences(data: Path | None, seed: int) -> tuple[Tokens, ...]:
    """The trees' sentences with parts exchanged."""
    trees = datasets.trees("train", data)
    return tuple(substitutions.substitute(trees, SUBSTITUTED, seed, *datasets.vectors(data)))


@cache
def unlabelled_texts(data: Path | None, seed: int) -> tuple[Tokens, ...]:
    """Texts that only the teacher can speak for: sentences of reviews, and the trees' own, changed in two ways."""
    changed = denials.change_sentences(datasets.trees("train", data), DENIED, JOINED, seed)
    sentences = review_sentences(split_reviews(data)[0], SENTENCES, seed)
    return tuple(dict.fromkeys([*sentences, *substituted_sentences(data, seed), *changed]))


@cache
def reported_sentences(data: Path | None, seed: int) -> tuple[OpinionPhrase, ...]:
    """Clauses of the trees' sentences, rewritten: what one says, and what others say or one once said; none without
    clauses of both sides."""
    adjectives, clauses = real_words(phrases(data))
    if not all(clauses):
        return ()
    return tuple(viewpoints.viewpoint_phrases(REPORTED, seed, adjectives, clauses, real=True))


def texts_to_label(data: Path | None, seed: int) -> list[str]:
    """What the teacher is to label: the trees' sentences, whole and after each word, longer phrases, and what has no
    label."""
    sentences = whole_sentences(data)
    begun = sorted({tokens[:stop] for tokens in sentences for stop in range(1, len(tokens))} - set(sentences))
    long = sorted({tokens for tokens in phrases(data) if len(tokens) >= LONG_PHRASE} - {*sentences, *begun})
    drawn = [long[i] for i in np.random.default_rng(seed).permutation(len(long))[:PHRASES]]
    reported = (tuple(phrase.tokens) for phrase in reported_sentences(data, seed))
    texts = dict.fromkeys([*sentences, *begun, *drawn, *unlabelled_texts(data, seed), *reported])
    return [" ".join(tokens) for tokens in texts]


def texts_to_teach(data: Path | None, seed: int) -> list[Lessons]:
    """What the teacher is taught, a list a pass: the sentences in each; phrases of trees and rules once in all."""
    sentences = [(text, GRADES[grade]) for text, grade in datasets.sentences("train", data)]
    whole, (short, long) = set(whole_sentences(data)), TAUGHT_PHRASE
    parts = sorted((tokens, y) for tokens, y in phrases(data).items() if short <= len(tokens) <= long)
    parts = [part for part in parts if part[0] not in whole]
    by_rules = [opinion_phrases.opinion_phrases(MADE, seed, more=more) for more in TAUGHT_RULES]
    opposed = viewpoints.viewpoint_phrases(MADE, seed, *real_words(phrases(data)))
    made = [(phrase.tokens, phrase.target) for some in (*by_rules, opposed) for phrase in some]
    neutral = [part for part in parts if undecided(part[1])]
    draw = random.Random(seed)
    draw.shuffle(neutral)
    once = [*(part for part in parts if not undecided(part[1])), *neutral[:NEUTRAL], *made]
    draw.shuffle(once)
    return [[*sentences, *((" ".join(tokens), y) for tokens, y in once[k::PASSES])] for k in range(PASSES)]
