"""Substitutions in real sentences: what is exchanged is like what it stands for, and nothing else changes."""

import doctest

import numpy as np
import pytest

from explorer.evaluation.datasets import constituents
from explorer.training.augmentation import substitutions
from explorer.training.augmentation.substitutions import EXCHANGES, neighbours, parts, shape_of, substitute

TREES = [
    "(3 (2 (2 a) (2 film)) (3 (2 is) (3 (2 not) (1 boring))))",
    "(1 (2 (2 the) (2 plot)) (1 (2 is) (1 (2 too) (1 tiring))))",
    "(4 (2 (2 this) (2 cast)) (4 (2 was) (4 (3 so) (4 charming))))",
    "(1 (2 (2 the) (2 film)) (1 (2 is) (1 (2 not) (3 funny))))",
]
WORDS = ["boring", "tiring", "charming", "funny", "film", "plot"]
VECTORS = np.array([[1, 0], [0.9, 0.1], [0.8, 0.6], [-1, 0], [0, 1], [0, 0.5]], np.float32)


@pytest.mark.parametrize("tree", TREES)
def test_parts_are_the_constituents(tree: str) -> None:
    words, spans = parts(tree)
    assert [" ".join(words[start:stop]) for start, stop in spans] == [text for text, _ in constituents(tree)]
    assert spans[-1] == (0, len(words))


def test_likeness_is_length_and_the_look_of_both_ends() -> None:
    shape = shape_of([["is"] * 200, ["the"] * 200])
    assert shape(("is", "boring")) == shape(("is", "tiring")) == (2, "is", "-ng")
    assert shape(("the", "boring")) != shape(("is", "boring"))
    assert shape(("boring",)) == (1, "-ng", "-ng")


def test_neighbours_are_the_nearest_that_end_alike() -> None:
    nearest = neighbours(["boring", "funny", "unheard"], WORDS, VECTORS)
    assert nearest == {"boring": ["tiring", "charming"]}  # funny has none, film and plot do not end so


def test_changes_differ_in_a_part_or_two_of_like_shape() -> None:
    texts = substitute(TREES, 40, 0, WORDS, VECTORS)
    wholes = [tuple(parts(tree)[0]) for tree in TREES]
    assert len(texts) == len(set(texts))
    assert not set(texts) & set(wholes)
    for text in texts:
        changed = [sum(a != b for a, b in zip(text, whole, strict=True)) for whole in wholes if len(whole) == len(text)]
        assert min(changed) <= 6 * EXCHANGES
        assert min(changed) > 0
        assert len(text) == 5  # a part is exchanged for one as long


def test_the_same_seed_gives_the_same_changes() -> None:
    first, again, other = (substitute(TREES, 10, seed, WORDS, VECTORS) for seed in (1, 1, 2))
    assert first == again != other


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(substitutions) == (0, 1)
