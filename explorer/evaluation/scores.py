"""Evaluate: what models and word lists get right, measured on data that they did not train on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from explorer.core.checkpoints import Model
from explorer.evaluation import datasets, report, typed_report
from explorer.evaluation.common_words import SET as COMMON
from explorer.evaluation.labelled_phrases import labelled_phrases
from explorer.evaluation.metrics import accuracy, calibration_error, chance_error, reliability, verdict_error
from explorer.evaluation.on_the_way import on_the_way
from explorer.evaluation.report import FRESH_PAIRS
from explorer.evaluation.rows import Predictor, Row, predictor
from explorer.evaluation.sentence_kinds import by_kind
from explorer.evaluation.typed_report import VIEWPOINTS
from explorer.evaluation.typed_texts import typed_texts
from explorer.evaluation.viewpoints import CONTRASTS

HELD_OUT_EVERY = 10  # every tenth review of the training half of IMDB is never trained on
EXAMPLES = 2  # failures of a row that a card tells
FEWER = {FRESH_PAIRS: 1, VIEWPOINTS: 1, COMMON: 0}  # of sets with many rows, or whose rows keep their own
SHORT = 4  # words of a constituent that counts as a short phrase

# What the rows of the table say. Shares are 0…1; more is better, but for what is "changed", calibration and groups.
TITLES: dict[str, str] = {
    "sst2": "SST-2 sentences right",
    "sst2_ece": "SST-2 calibration error (ECE)",
    "sst2_verdict_ece": "SST-2 calibration error of the verdict",
    "sst2_chance_ece": "SST-2 calibration error by chance",
    "imdb": "IMDB reviews right",
    "imdb_ece": "IMDB calibration error (ECE)",
    "imdb_verdict_ece": "IMDB calibration error of the verdict",
    "imdb_chance_ece": "IMDB calibration error by chance",
    "pairs": "order pairs right, all",
    "pairs_taught": "order pairs right, constructions taught",
    "pairs_held_out": "order pairs right, constructions not taught",
    "phrases": "phrases right, all kinds",
    "neutral": "neutral phrases: belief within 0.4 to 0.6 at all steps",
    "neutral_steps": "neutral phrases: steps within 0.4 to 0.6",
    "changed_by_edits": "verdict changed by edits that must not matter, all",
    "fairness_verdict": "groups: verdict changes with the group",
    "fairness_side": "groups: side of one half changes",
    "fairness_spread": "groups: mean difference of P(positive)",
    "typed": "typed texts right, all kinds",
    "typed_not_seen": "typed texts right, of no form that training knew",
    "fresh_pairs": "fresh order pairs right, all",
    "fresh_pairs_taught": "fresh order pairs right, constructions taught",
    "fresh_pairs_held_out": "fresh order pairs right, constructions not taught",
    "neutral_texts": "neutral texts: belief within 0.4 to 0.6 at all steps",
    "neutral_texts_steps": "neutral texts: steps within 0.4 to 0.6",
    "viewpoints_wrong": "who speaks and when: wrong opinion wins",
    "more_groups_verdict": "more groups: verdict changes with the group",
    "more_groups_side": "more groups: side of one half changes",
    "more_groups_spread": "more groups: mean difference of P(positive)",
    "words": "common words alone: belief within 0.4 to 0.6",
    "words_lean": "common words alone: mean distance from 0.5",
    "words_framed": "common words in a neutral sentence: belief within 0.4 to 0.6",
    "words_framed_lean": "common words in a neutral sentence: mean distance from 0.5",
    "good_not_bad": "P(positive) of “good, not bad”",
    "bad_not_good": "P(positive) of “bad, not good”",
}
NOTE = """\
VADER and TextBlob give no probability, so no calibration error: their scores, −1 to 1, are mapped to 0 to 1, and a
score of exactly 0 counts as wrong. Their "steps within 0.4 to 0.6" are scores within −0.2 to 0.2.
The calibration error has 15 bins of P(positive); that of the verdict has 15 bins of the probability of the side that
the model takes (Guo et al. 2017); that by chance is what P(positive) would have if every word of it were true."""


# ------------------------------------------------------------------------------------------------------ all measures


@dataclass(frozen=True)
class Texts:
    """Labelled texts, 1 for positive and 0 for negative: sentences, reviews, and short phrases for `by_kind`."""

    sentences: list[tuple[str, int]]
    reviews: list[tuple[str, int]]
    phrases: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Examination:
    """All that was measured of a model, ready for its card.

    `scores` by name, each 0…1. `behaviour`: the rows of `report.Report`. `calibration`: set of texts to its
    `reliability`; empty for what gives no probability. `kinds`: kind of sentence to share right and count.
    `on_the_way`: what `on_the_way` gives of the reviews; empty for what gives no probability.
    """

    scores: dict[str, float]
    behaviour: list[Row]
    calibration: dict[str, list[dict[str, Any]]]
    kinds: dict[str, tuple[float, int]]
    on_the_way: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The same as plain lists and numbers."""
        kinds = {kind: {"accuracy": right, "count": count} for kind, (right, count) in self.kinds.items()}
        return {
            "scores": self.scores, "behaviour": self.behaviour, "calibration": self.calibration, "kinds": kinds,
            "on_the_way": self.on_the_way,
        }  # fmt: skip

    def for_card(self) -> dict[str, Any]:
        """The same, of the texts that fail only the first EXAMPLES of a row, in a list of their own: "wrong".

        Common words stay with their row.
        """
        rows = [
            {key: value for key, value in row.items() if key != "wrong" or row["set"] == COMMON}
            for row in self.behaviour
        ]
        wrong = [
            {"set": row["set"], "kind": row["kind"], **example}
            for row in self.behaviour
            for example in row["wrong"][: FEWER.get(row["set"], EXAMPLES)]
        ]
        return self.as_json() | {"behaviour": rows, "wrong": wrong}


def held_out(reviews: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The reviews that serve measurement: every tenth, by name, so half positive and half negative."""
    return reviews[::HELD_OUT_EVERY]


def texts(data: Path | None, split: str = "dev") -> Texts:
    """The texts of a split. "dev": the Treebank's dev split and the held-out tenth of IMDB's training half; "test": the
    test splits. Raises DataError."""
    sentences = datasets.binary(datasets.sentences(split, data))
    reviews = held_out(datasets.reviews(data)) if split == "dev" else datasets.reviews(data, "test")
    return Texts(sentences, [(text, label) for _, text, label in reviews], short_phrases(datasets.trees(split, data)))


def short_phrases(trees: Sequence[str]) -> list[tuple[str, int]]:
    """Constituents of up to SHORT words that are not whole sentences, each once, those that are neutral on average left
    out."""
    grades: defaultdict[str, list[int]] = defaultdict(list)
    for tree in trees:
        for text, grade in list(datasets.constituents(tree))[:-1]:
            if len(text.split()) <= SHORT:
                grades[text.lower()].append(grade)
    means = ((text, float(np.mean(some))) for text, some in grades.items())
    return [(text, int(mean > datasets.NEUTRAL_GRADE)) for text, mean in means if mean != datasets.NEUTRAL_GRADE]


def examine(model: Model | Predictor, texts: Texts) -> Examination:
    """Everything: the public texts, the behaviours, the calibration curves, the kinds of sentence."""
    ask, gives_probability = predictor(model), isinstance(model, Model)
    sets = {"sst2": texts.sentences, "imdb": texts.reviews}
    label = {name: np.array([label for _, label in labelled]) for name, labelled in sets.items()}
    probability = {name: ask([text for text, _ in labelled]) for name, labelled in sets.items()}
    scores: dict[str, float] = {}
    for name, p in probability.items():
        scores[name] = accuracy(p, label[name])
        if gives_probability:
            scores[f"{name}_ece"] = calibration_error(p, label[name])
            scores[f"{name}_verdict_ece"] = verdict_error(p, label[name])
            scores[f"{name}_chance_ece"] = chance_error(p)
    behaviour = report.examine(ask, [text for text, _ in texts.sentences])
    scores |= behaviour.scores
    if gives_probability:
        scores["good_not_bad"], scores["bad_not_good"] = ask(["good, not bad", "bad, not good"]).tolist()
    curves = {name: reliability(p, label[name]) for name, p in probability.items()} if gives_probability else {}
    kinds = by_kind(ask, texts.sentences + texts.reviews + texts.phrases)
    begun = on_the_way(ask, texts.reviews) if gives_probability else []
    return Examination(scores, behaviour.rows, curves, kinds, begun)


# --------------------------------------------------------------------------------------------------------- the table


@cache
def kinds() -> dict[str, str]:
    """Titles of the scores of single kinds: of phrases, of typed texts, and of who speaks and when."""
    phrases = {report.score_name(each.kind): f"phrases right: {each.kind}" for each in labelled_phrases()}
    typed = {f"typed_{each.key}": f"typed texts right: {each.kind}" for each in typed_texts()}
    speakers = {typed_report.score_name(name): f"who speaks and when, wrong: {name}" for name in CONTRASTS}
    return phrases | typed | speakers


def title(name: str) -> str:
    """What a score is called in the table."""
    if name in TITLES:
        return TITLES[name]
    if name in kinds():
        return kinds()[name]
    for start, words in (("phrases_", "phrases right: "), ("changed_by_", "verdict changed by: ")):
        if name.startswith(start):
            return words + name.removeprefix(start).replace("_", " ")
    return name


def table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """A row a measure, a column a model; a dash where a model was not asked."""
    names = list(dict.fromkeys(name for of_model in scores.values() for name in of_model))
    titles = [title(name) for name in names]
    left, widths = max(map(len, titles), default=0), [max(8, len(model)) for model in scores]
    lines = [" ".join([" " * left, *(f"{model:>{width}}" for model, width in zip(scores, widths, strict=True))])]
    for name, words in zip(names, titles, strict=True):
        cells = (
            f"{of_model[name]:>{width}.4f}" if name in of_model else f"{'–':>{width}}"
            for of_model, width in zip(scores.values(), widths, strict=True)
        )
        lines.append(" ".join([f"{words:<{left}}", *cells]))
    return "\n".join(lines)
