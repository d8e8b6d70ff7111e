"""Substitutions in real sentences, for the teacher to label: a part for a like part of another, a word for its
neighbour.

Sentences in which all but a word or two stays as it was, while the verdict may turn ("contrast sets", Gardner et al.
2020; replaced words and sampled parts as in Tang et al. 2019, "Distilling task-specific knowledge from BERT into simple
neural networks"). What such a sentence says is not known before the teacher has read it.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np

from explorer.evaluation.datasets import constituents
from explorer.reading.tokenizer import tokenize

LONGEST = 6  # tokens of a part that is exchanged
COMMON = 150  # words, the commonest, that stand for themselves in a shape; of others the last two letters count
NEAREST, LIKE = 8, 0.5  # neighbours of a word; their least cosine
AMONG = 30_000  # the commonest words with a vector, which neighbours are taken from
CHUNK = 256  # words looked at together
EXCHANGES = 2  # in a sentence
TRIES = 4  # a text wanted

Span = tuple[int, int]
Tokens = tuple[str, ...]
Shape = tuple[int, str, str]  # how many tokens; the look of the first and of the last


def parts(tree: str) -> tuple[list[str], list[Span]]:
    """The words of a tree and where each of its parts begins and ends, the whole last.

    >>> parts("(3 (2 Not) (1 bad))")
    (['Not', 'bad'], [(0, 1), (1, 2), (0, 2)])
    """
    spans: list[Span] = []
    words: list[str] = []
    for text, _ in constituents(tree):
        inside = text.split()
        if len(inside) == 1:
            words += inside
        spans.append((len(words) - len(inside), len(words)))
    return words, spans


def shape_of(sentences: Iterable[list[str]]) -> Callable[[Tokens], Shape]:
    """Gives what two parts must have in common for one to stand in place of the other: length, first and last word's
    look."""
    common = {word for word, _ in Counter(word for words in sentences for word in words).most_common(COMMON)}

    def shape(part: Tokens) -> Shape:
        first, last = (word if word in common else f"-{word[-2:]}" for word in (part[0], part[-1]))
        return len(part), first, last

    return shape


def neighbours(wanted: Iterable[str], words: list[str], vectors: np.ndarray) -> dict[str, list[str]]:
    """For each wanted word that has a vector (V, E) its nearest by cosine that end alike; words have falling
    frequency."""
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    row = {word: i for i, word in enumerate(words)}
    known = sorted(set(wanted) & set(row))
    nearest = {}
    for start in range(0, len(known), CHUNK):
        some = known[start : start + CHUNK]
        cosines = unit[[row[word] for word in some]] @ unit[:AMONG].T  # (CHUNK, AMONG)
        for word, cosine in zip(some, cosines, strict=True):
            best = np.flatnonzero(cosine >= LIKE)
            best = best[np.argsort(-cosine[best], kind="stable")]
            like = (words[i] for i in best if words[i] != word and words[i][-2:] == word[-2:])
            if chosen := list(islice((other for other in like if tokenize(other) == [other]), NEAREST)):
                nearest[word] = chosen
    return nearest


def substitute(trees: list[str], count: int, seed: int, words: list[str], vectors: np.ndarray) -> list[Tokens]:
    """`count` different changes of the sentences of trees, fewer if there are not as many, as tokens.

    In each up to EXCHANGES parts are exchanged, half of them single words for neighbours among `words` with `vectors`
    (V, E).
    """
    draw = random.Random(seed)
    sentences = []
    for tree in trees:
        leaves, spans = parts(tree)
        sentences.append(([leaf.lower() for leaf in leaves], spans))
    near = neighbours({word for leaves, _ in sentences for word in leaves}, words, vectors)
    shape = shape_of(leaves for leaves, _ in sentences)
    like: defaultdict[Shape, list[Tokens]] = defaultdict(list)
    for leaves, spans in sentences:
        for start, stop in spans:
            if stop - start <= LONGEST:
                like[shape(tuple(leaves[start:stop]))].append(tuple(leaves[start:stop]))

    def exchange(part: Tokens) -> Tokens:
        if draw.random() < 0.5 and len(part) == 1 and part[0] in near:
            return (draw.choice(near[part[0]]),)
        return draw.choice(like[shape(part)])

    changed: dict[Tokens, None] = {}
    whole = {tuple(leaves) for leaves, _ in sentences}
    for _ in range(TRIES * count):
        leaves, spans = draw.choice(sentences)
        short = [span for span in spans if span[1] - span[0] <= LONGEST]
        tokens = tuple(tokenize(" ".join(_exchanged(leaves, short, exchange, draw))))
        if tokens and tokens not in whole:
            changed[tokens] = None
        if len(changed) == count:
            break
    return list(changed)


def _exchanged(
    leaves: list[str], spans: list[Span], exchange: Callable[[Tokens], Tokens], draw: random.Random
) -> list[str]:
    """The words with up to EXCHANGES of their parts exchanged, the later one first so that places stay true."""
    chosen = sorted(draw.sample(spans, min(EXCHANGES, len(spans))), reverse=True)
    result, before = list(leaves), len(leaves)
    for start, stop in chosen:
        if stop <= before:  # parts inside one another are not both exchanged
            result[start:stop] = exchange(tuple(leaves[start:stop]))
            before = start
    return result
