"""The trigram: a distribution over the words, the very numbers of the written formula, perplexity by hand."""

from collections import Counter

import numpy as np
import pytest
from nltk.lm import KneserNeyInterpolated
from nltk.util import ngrams

from explorer.reading.vocabulary import PADDING
from explorer.tasks.words import EDGE
from explorer.training.trigram import Counts, Trigram, perplexity, trigrams

WORDS = 9  # rows, padding, the unknown word and the edge among them


def sentences(count: int = 60) -> list[list[int]]:
    """Sentences of rows by chance, the unknown word among them; row 8 is never said."""
    draw = np.random.default_rng(0)
    rows, p = [1, 3, 4, 5, 6, 7], [0.1, 0.4, 0.2, 0.15, 0.1, 0.05]
    return [draw.choice(rows, draw.integers(1, 7), p=p).tolist() for _ in range(count)]


def test_trigrams_begin_behind_two_edges_and_end_with_one() -> None:
    assert trigrams([[3, 4], [5]]).tolist() == [[2, 2, 3], [2, 3, 4], [3, 4, 2], [2, 2, 5], [2, 5, 2]]


@pytest.mark.parametrize("context", [(EDGE, EDGE), (EDGE, 3), (3, 4), (4, 3), (8, 3), (8, 8), (1, 7)])
def test_probabilities_sum_to_one(context: tuple[int, int]) -> None:
    model, every = Trigram(sentences(), WORDS), np.arange(WORDS)
    p = model.probability(np.full(WORDS, context[0]), np.full(WORDS, context[1]), every)
    assert p.sum() == pytest.approx(1)
    assert p[PADDING] == 0
    assert (p[1:] > 0).all()


def by_the_formula(text: list[list[int]], u: int, v: int, w: int) -> float:
    """P(w | u, v) with dictionaries, as Chen & Goodman write it."""
    three = Counter(tuple(one) for one in trigrams(text).tolist())
    two = Counter((b, c) for _, b, c in three)
    one = Counter(c for _, c in two)
    discount = {}
    for counts in (three, two, one):
        kinds = Counter(counts.values())
        discount[id(counts)] = kinds[1] / (kinds[1] + 2 * kinds[2]) if kinds[1] else 0.5

    def interpolated(counts: Counter, context: tuple, lower: float) -> float:
        behind = {
            key: count for key, count in counts.items() if (key[:-1] if isinstance(key, tuple) else ()) == context
        }
        if not behind:
            return lower
        d, total = discount[id(counts)], sum(behind.values())
        own = counts[(*context, w) if context else w]
        return max(own - d, 0) / total + d * len(behind) / total * lower

    return interpolated(three, (u, v), interpolated(two, (v,), interpolated(one, (), 1 / (WORDS - 1))))


def test_probabilities_are_those_of_the_formula() -> None:
    text, draw = sentences(), np.random.default_rng(1)
    model = Trigram(text, WORDS)
    asked = np.concatenate([trigrams(text)[:40], draw.integers(1, WORDS, (60, 3))])
    assert model.probability(*asked.T) == pytest.approx([by_the_formula(text, *one) for one in asked.tolist()])


def test_a_bigram_as_nltk_smooths_it() -> None:
    """Below the trigrams: P(w | v), from how many contexts a word has, with the discount that NLTK uses."""
    text = sentences()
    model = Trigram(text, WORDS)
    reference = KneserNeyInterpolated(2, discount=model.pairs.discount)
    lines = [[str(row) for row in (EDGE, *sentence, EDGE)] for sentence in text]
    reference.fit([list(ngrams(line, n)) for line in lines for n in (1, 2)], [str(row) for row in range(1, WORDS)])
    pairs = np.concatenate([trigrams(text)[:, 1:]])
    counted = Counts(pairs[:, 0], pairs[:, 1], WORDS)
    counted.discount = model.pairs.discount
    for v, w in ((3, 4), (4, 3), (EDGE, 3), (5, 1)):
        lower = reference.score(str(w))
        found = counted.smoothed(np.array([v]), np.array([w]), np.array([lower]))
        assert found[0] == pytest.approx(reference.score(str(w), [str(v)]))


def test_a_number_worked_by_hand() -> None:
    """Two occurrences of 3 and one of 4 behind context 0: d = 1 / (1 + 2·1) = 1/3."""
    counts = Counts(np.array([0, 0, 0]), np.array([3, 3, 4]), 5)
    assert counts.discount == pytest.approx(1 / 3)
    found = counts.smoothed(np.zeros(3, int), np.array([3, 4, 2]), np.full(3, 1 / 4))
    assert found == pytest.approx([(5 / 3 + 1 / 6) / 3, (2 / 3 + 1 / 6) / 3, 1 / 6 / 3])
    assert counts.smoothed(np.array([7]), np.array([3]), np.array([0.2])) == [0.2]  # a context that was never seen


def test_perplexity() -> None:
    assert perplexity(7 * np.log(1 / 50), 7) == pytest.approx(50)
    text = sentences()
    total, count = Trigram(text, WORDS).log_probability(text)
    assert count == sum(len(one) + 1 for one in text)
    assert 1 < perplexity(total, count) < WORDS - 1
