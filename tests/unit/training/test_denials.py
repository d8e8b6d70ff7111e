"""Changed sentences: a denial more or less, or two parts joined, and all else as it was."""

import doctest
import random

import pytest

from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import denials
from explorer.training.augmentation.denials import add_denial, change_sentences, forms, remove_denial

TREES = [
    "(3 (2 (2 the) (2 film)) (3 (2 is) (3 (2 not) (1 boring))))",
    "(1 (2 (2 the) (2 plot)) (1 (2 is) (1 (2 far) (1 (2 too) (1 tiring)))))",
    "(3 (3 (2 the) (3 (2 cast) (3 (2 was) (3 (2 so) (4 charming))))) (2 (2 with) (4 (2 its) (4 (4 great) (2 songs)))))",
    "(1 (1 (2 this) (1 (2 film) (1 (2 is) (1 (2 never) (3 funny))))) (1 (2 for) (1 (2 a) (1 (1 dull) (2 minute)))))",
]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("it ca n't work", "it can work"),
        ("is n't it fun", "is it fun"),
        ("no fun", "some fun"),
        ("never dull", "always dull"),
        ("it is fun", "it is fun"),
    ],
)
def test_a_denial_is_taken_out(text: str, left: str) -> None:
    assert remove_denial(tuple(text.split()), random.Random(0)) == tuple(left.split())


@pytest.mark.parametrize("text", ["it can work", "they will bore you", "it 's fun", "she must see it", "what was that"])
def test_a_denial_is_put_in_as_english_has_it_and_taken_out_again(text: str) -> None:
    tokens = tuple(text.split())
    for seed in range(40):
        denied = add_denial(tokens, random.Random(seed))
        assert denied != tokens
        assert tuple(tokenize(" ".join(denied))) == denied
        assert any(f" {denial} " in " ".join(denied) for denial in forms().denials)
        if sum(token in forms().opposites for token in denied) == 1 and not {"really", "exactly", "never"} & set(
            denied
        ):
            assert remove_denial(denied, random.Random(0)) == tokens


@pytest.mark.parametrize("text", ["the film 's heart", "it is not fun", "is", "no verb here"])
def test_no_denial_where_none_has_a_place(text: str) -> None:
    assert add_denial(tuple(text.split()), random.Random(0)) == tuple(text.split())


def test_changed_texts_are_new_and_made_of_what_the_trees_say() -> None:
    texts = change_sentences(TREES, 6, 8, 0)
    assert len(texts) == len(set(texts)) == 14
    known = {word for tree in TREES for word in tree.replace("(", " ").replace(")", " ").split()}
    joining = {
        "but",
        "yet",
        "although",
        "though",
        "while",
        "even",
        "and",
        "despite",
        "in",
        "spite",
        "of",
        "if",
        "because",
        "without",
    }
    allowed = known | joining | set(forms().opposites) | {"really", "exactly", "always", "some", ",", "."}
    assert {token for text in texts for token in text} <= allowed
    for text in texts[:6]:
        assert not joining & set(text)
    for text in texts[6:]:
        assert joining & set(text) or text[0] == "with"


def test_a_seed_gives_the_same_texts_and_where_there_is_nothing_to_turn_there_are_none() -> None:
    first, again, other = (change_sentences(TREES, 6, 4, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert change_sentences(["(2 (2 hm) (2 well))"], 5, 5, 0) == []


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(denials) == (0, 2)
