"""The rules on meaning: who speaks, when and where decides; what is lukewarm; nothing that is measured is taught."""

import random
import re
from collections import Counter
from itertools import product

import pytest

from explorer.evaluation.data_files import read_set
from explorer.evaluation.fairness import group_names
from explorer.evaluation.order_pairs import FIRST, FRESH, order_pairs, training_evidence
from explorer.evaluation.seen_texts import marked_texts, seen_texts
from explorer.reading.tokenizer import tokenize
from explorer.training import corpus, teacher_texts, treebank
from explorer.training import seen_texts as search
from explorer.training.augmentation import neutral_phrases, opinion_phrases, viewpoints
from explorer.training.augmentation.opinion_phrases import MEANING, SIDED
from explorer.training.taught_constructions import SHIPPED, find_evidence, training_texts
from explorer.training.tied_embeddings import tied_words

ALL = corpus.MORE


@pytest.fixture(scope="module")
def taught() -> list[str]:
    """What a training with all rules reads of made phrases with a sentiment."""
    return training_texts(more=ALL)


# ------------------------------------------------------------------------------------------------------ two opinions


def test_all_combinations_of_order_connective_and_contrast_are_made() -> None:
    made = viewpoints.content()["connectives"]
    assert len({*made}) == len(made)
    for word in ("but", "although", "though", "even though", "yet", "while", "however", ";"):
        places = {connective.find("{a}") < connective.find("{b}") for connective in made if f"{word} " in connective}
        assert places == {True}, word  # the order of the opinions, not of the letters, is drawn
    drawn = Counter()
    for phrase in viewpoints.viewpoint_phrases(8_000, 0):
        text = " ".join(phrase.tokens)
        drawn[text.startswith("although"), "although" in text] += 1
    assert min(drawn[True, True], drawn[False, True]) > 100


@pytest.mark.parametrize("real", [False, True])
def test_the_author_of_today_decides_whichever_comes_first(real: bool) -> None:
    """The sentence is positive if and only if the author's clause has the good one of two clauses that are known."""
    clauses = (["the plot sings"], ["the plot sinks"])
    own = {"own", "now", "here"}
    forms = viewpoints.content()["clauses"]
    assert set().union(*viewpoints.CONTRASTS.values()) == set(forms)
    for name, some in forms.items():
        marks = {mark for clause in some for mark in re.findall(r"\{([xy])[_}]", clause.lower())}
        assert marks == ({"x"} if name in own else {"y"}), name
    made = list(viewpoints.viewpoint_phrases(2_000, 1, clauses=clauses, real=real))
    assert len(made) == 2_000
    assert made == list(viewpoints.viewpoint_phrases(2_000, 1, clauses=clauses, real=real))
    for positive, negative in zip(made[::2], made[1::2], strict=True):
        assert (positive.target, negative.target) == (0.95, pytest.approx(0.05))
    first = Counter()
    for phrase in made if real else ():
        text = " ".join(phrase.tokens)
        good, bad = text.find("sings"), text.find("sinks")
        assert good >= 0 <= bad
        own_place = re.search(r"\b(i say that|now) the plot (\w+)", text)
        assert (own_place[2] == "sings") == (phrase.target > 0.5), text
        first[(good < bad) == (phrase.target > 0.5)] += 1
    assert not real or min(first.values()) > 800  # first and last alike


def test_silent_tokens_end_before_the_first_opinion() -> None:
    for phrase in viewpoints.viewpoint_phrases(2_000, 2, clauses=(["the plot sings"], ["the plot sinks"])):
        assert not {"sings", "sinks", "bore", "delight"} & set(phrase.tokens[: phrase.silent])


# ----------------------------------------------------------------------------------------------------- other rules


def test_every_place_of_a_rule_is_filled() -> None:
    places = {place for place in SIDED if place not in ("", "noun")}
    kinds = opinion_phrases.WEIGHTS
    for kind in kinds:
        for rule in opinion_phrases.rules(kind, (MEANING,)):
            used = set(re.findall(r"\{[xy](_\w+)\}", rule))
            assert used <= places, rule
    made = [" ".join(phrase.tokens) for phrase in opinion_phrases.opinion_phrases(8_000, 0, more=ALL)]
    assert not [text for text in made if "{" in text]
    lists = opinion_phrases.words().sides
    whole = ("idiom", "slang", "wish", "hope", "irony", "condition", "answer")
    for name, side in product(whole, (0, 1)):
        assert any(" ".join(tokenize(text.replace("{s}", "")))[:12] in made_text for text in lists[name][side]
                   for made_text in made), name  # fmt: skip
        assert len({*lists[name][0], *lists[name][1]}) == len(lists[name][0]) + len(lists[name][1])


def test_a_comparative_denied_keeps_or_turns_its_side_as_english_has_it() -> None:
    """That nothing could be better is praise, that there are worse ways is praise too."""
    sides = {rule: kind for kind in ("kept", "negated") for rule in opinion_phrases.rules(kind, (MEANING,))}
    assert sides["it could not be {x_er}"] == "kept"
    assert sides["there are {y_er} ways to spend an evening"] == "negated"
    filler = opinion_phrases.Filler(random.Random(0))
    better, worse = (set(words) for words in opinion_phrases.words().sides["er"])
    said = filler.fill("it could not be {x_er}", 0).removeprefix("it could not be ")
    assert said in better - worse
    assert filler.fill("there are {y_er} ways", 0).split(" ", 2)[2].removesuffix(" ways") in worse


def test_lukewarm_phrases_lean_to_no_side() -> None:
    made = list(opinion_phrases.lukewarm_phrases(400, 3))
    assert {phrase.target for phrase in made} == {0.5}
    assert not any("{" in " ".join(phrase.tokens) for phrase in made)
    assert len({" ".join(phrase.tokens) for phrase in made}) > 150


def test_groups_that_were_missing_are_tied() -> None:
    lists = tied_words()
    tied = {*lists["groups"], *lists["ages"], *(word for group in lists["gender"] for word in group)}
    single = {name for name in group_names(further=True) if " " not in name}
    assert single - tied == set()
    assert len({*lists["groups"], *lists["group_plurals"]}) == len(lists["groups"]) + len(lists["group_plurals"])


# ------------------------------------------------------------------------------------------------ what is held out


def test_no_text_that_is_measured_is_made(taught: list[str]) -> None:
    silent = (" ".join(tokens) for tokens in neutral_phrases.neutral_phrases(24_000, 1, True, typed=True))
    made = {search.bare(text) for text in (*taught, *silent)}
    pairs = [*order_pairs(FIRST), *order_pairs(FRESH)]
    measured = {*marked_texts(), *(text for pair in pairs for text in (pair.positive, pair.negative))}
    known = set(seen_texts())
    assert {text for text in measured if search.bare(text) in made} <= known


def test_no_form_that_is_measured_is_taught_beyond_those_marked(taught: list[str]) -> None:
    assert search.find_seen(marked_texts(), ALL).keys() <= seen_texts().keys()
    found = {template for template, text in find_evidence(taught).items() if text}
    marked = {template for template, text in training_evidence().items() if text}
    assert found == marked


def test_no_clause_of_two_opinions_that_is_measured_is_taught() -> None:
    content = read_set("viewpoints")
    clauses = {name for pair in (("mine", "others"), ("now", "before"), ("now", "others before")) for name in pair}
    measured = {clause_form(way[name]) for way in content["ways"].values() for name in clauses}
    trained = {clause_form(clause) for some in viewpoints.content()["clauses"].values() for clause in some}
    assert not measured & trained


def clause_form(clause: str) -> str:
    """A clause with its places alike."""
    return re.sub(r"\{[^}]*\}", "*", clause)


def test_the_marks_of_the_shipped_weights_know_nothing_of_these_rules() -> None:
    assert MEANING not in SHIPPED
    old = set(training_texts())
    new = [text for text in training_texts(more=ALL) if text not in old]
    assert len(new) > 20_000
    assert find_evidence(training_texts()) == training_evidence()


# -------------------------------------------------------------------------------------------- in teacher and corpus


TREES = """\
(3 (2 (2 The) (2 plot)) (3 (2 is) (3 (2 so) (4 superb))))
(1 (2 (2 The) (2 cast)) (1 (2 was) (1 (2 so) (0 dull))))
(2 (2 (2 A) (2 man)) (2 (2 sits) (2 here)))
(2 (2 (2 A) (2 man)) (2 (2 sits) (3 well)))
"""


def test_whole_sentences_that_say_nothing_and_rewritten_ones_are_taught(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(teacher_texts, "REPORTED", 40)
    (tmp_path / "trees").mkdir()
    for split in ("train", "dev"):
        (tmp_path / "trees" / f"{split}.txt").write_text(TREES)
    targets = treebank.phrases(tmp_path)
    assert treebank.neutral_sentences(tmp_path, targets) == [("a", "man", "sits", "here")]
    reported = teacher_texts.reported_sentences(tmp_path, 0)
    assert len(reported) == 40
    for phrase in reported:
        text = " ".join(phrase.tokens)
        assert "the plot is so superb" in text
        assert "the cast was so dull" in text
    labels = {tuple(reported[0].tokens): -20.0}  # the teacher disagrees with the rule

    def encode(tokens):
        return [*tokens]

    examples = corpus.whole_examples(tmp_path, 0, targets, labels, encode)
    assert examples[0].rows == ["a", "man", "sits", "here"]
    assert examples[0].steps.tolist() == [0.5] * 4
    assert len(examples) == 41
    assert examples[1].target == pytest.approx(0.4 * reported[0].target)
    assert examples[2].target == reported[1].target
