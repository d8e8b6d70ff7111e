"""Evaluate: what models and word lists get right, measured on data that they did not train on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from explorer.behaviour import report
from explorer.behaviour.kinds import by_kind
from explorer.behaviour.phrases import phrases
from explorer.core.checkpoints import Model
from explorer.training import sources

HELD_OUT_EVERY = 10  # every tenth review of the training half of IMDB is never trained on
BINS = 15
EXAMPLES = 2  # failures of a row that a card tells
SHORT = 4  # words of a constituent that counts as a short phrase
Predictor = Callable[[Sequence[str]], np.ndarray]

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
    "good_not_bad": "P(positive) of “good, not bad”",
    "bad_not_good": "P(positive) of “bad, not good”",
}
NOTE = """\
VADER and TextBlob give no probability, so no calibration error: their scores, −1 to 1, are mapped to 0 to 1, and a
score of exactly 0 counts as wrong. Their "steps within 0.4 to 0.6" are scores within −0.2 to 0.2.
The calibration error has 15 bins of P(positive); that of the verdict has 15 bins of the probability of the side that
the model takes (Guo et al. 2017); that by chance is what P(positive) would have if every word of it were true."""


# --------------------------------------------------------------------------------------------------- single measures


def held_out(reviews: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The reviews that serve measurement: every tenth, by name, so half positive and half negative."""
    return reviews[::HELD_OUT_EVERY]


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    """Share of texts on whose right side of one half the probability lies; exactly one half is wrong."""
    return float(np.mean(np.where(label == 1, probability > 0.5, probability < 0.5)))


def calibration_error(probability: np.ndarray, label: np.ndarray, bins: int = BINS) -> float:
    """Expected calibration error of P(positive), 0…1 (Naeini et al. 2015; equal bins of the probability).

    The mean over texts of the gap between mean probability and share of positive texts in the text's bin.
    """
    filled = [one for one in reliability(probability, label, bins) if one["count"]]
    return sum(one["count"] * abs(one["mean"] - one["share"]) for one in filled) / len(probability)


def verdict_error(probability: np.ndarray, label: np.ndarray) -> float:
    """Expected calibration error of the verdict, 0…1 (Guo et al. 2017, eq. 3): bins of the probability of the side taken."""
    side = probability > 0.5
    return calibration_error(np.where(side, probability, 1 - probability), (side == label).astype(int))


def chance_error(probability: np.ndarray, draws: int = 200, seed: int = 0) -> float:
    """The calibration error, 0…1, that texts as many as these have on average if every probability is exactly true.

    The mean of it over `draws` of labels from the probabilities: what an error is to be compared with.
    """
    drawn = np.random.default_rng(seed).random((draws, len(probability))) < probability
    return float(np.mean([calibration_error(probability, label.astype(int)) for label in drawn]))


def reliability(probability: np.ndarray, label: np.ndarray, bins: int = BINS) -> list[dict]:
    """The calibration curve: for each of equal bins of P(positive) "from", "to", "mean", "share", "count".

    "mean" is the mean probability and "share" the share of positive texts among the bin's "count"; None in an empty bin.
    """
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    count = np.bincount(bin_of, minlength=bins)
    mean, share = (
        np.bincount(bin_of, weights=of, minlength=bins) / np.maximum(count, 1) for of in (probability, label)
    )
    return [
        {
            "from": i / bins, "to": (i + 1) / bins, "mean": float(mean[i]) if n else None,
            "share": float(share[i]) if n else None, "count": int(n),
        }
        for i, n in enumerate(count)
    ]  # fmt: skip


def order(model: Model | Predictor, constructions: Sequence[str] = ()) -> float:
    """Share of order pairs of which both members are on the right side of one half; of all constructions or of some."""
    rows = report.order_pairs(report.predictor(model)).rows
    asked = [row for row in rows if not constructions or row["kind"] in constructions]
    return sum(row["right"] for row in asked) / sum(row["count"] for row in asked)


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
    """

    scores: dict[str, float]
    behaviour: list[dict]
    calibration: dict[str, list[dict]]
    kinds: dict[str, tuple[float, int]]

    def as_json(self) -> dict:
        """The same as plain lists and numbers."""
        kinds = {kind: {"accuracy": right, "count": count} for kind, (right, count) in self.kinds.items()}
        return {"scores": self.scores, "behaviour": self.behaviour, "calibration": self.calibration, "kinds": kinds}

    def for_card(self) -> dict:
        """The same, of the texts that fail only the first EXAMPLES of a row, in a list of their own: "wrong"."""
        rows = [{key: value for key, value in row.items() if key != "wrong"} for row in self.behaviour]
        wrong = [
            {"set": row["set"], "kind": row["kind"], **one} for row in self.behaviour for one in row["wrong"][:EXAMPLES]
        ]
        return self.as_json() | {"behaviour": rows, "wrong": wrong}


def texts(data: Path | None, split: str = "dev") -> Texts:
    """The texts of a split. "dev": the Treebank's dev split and the held-out tenth of IMDB's training half; "test": the test
    splits. Raises DataError."""
    sentences = sources.binary(sources.sentences(split, data))
    reviews = held_out(sources.reviews(data)) if split == "dev" else sources.reviews(data, "test")
    return Texts(sentences, [(text, label) for _, text, label in reviews], short_phrases(sources.trees(split, data)))


def short_phrases(trees: Sequence[str]) -> list[tuple[str, int]]:
    """Constituents of up to SHORT words that are not whole sentences, each once, those that are neutral on average left out."""
    grades: defaultdict[str, list[int]] = defaultdict(list)
    for tree in trees:
        for text, grade in list(sources.constituents(tree))[:-1]:
            if len(text.split()) <= SHORT:
                grades[text.lower()].append(grade)
    return [(text, int(np.mean(found) > 2)) for text, found in grades.items() if np.mean(found) != 2]


def examine(model: Model | Predictor, of: Texts) -> Examination:
    """Everything: the public texts, the behaviours, the calibration curves, the kinds of sentence."""
    ask, gives_probability = report.predictor(model), isinstance(model, Model)
    asked = {"sst2": of.sentences, "imdb": of.reviews}
    label = {name: np.array([label for _, label in found]) for name, found in asked.items()}
    probability = {name: ask([text for text, _ in found]) for name, found in asked.items()}
    scores: dict[str, float] = {}
    for name, p in probability.items():
        scores[name] = accuracy(p, label[name])
        if gives_probability:
            scores[f"{name}_ece"] = calibration_error(p, label[name])
            scores[f"{name}_verdict_ece"] = verdict_error(p, label[name])
            scores[f"{name}_chance_ece"] = chance_error(p)
    found = report.examine(ask, [text for text, _ in of.sentences])
    scores |= found.scores
    if gives_probability:
        scores |= zip(("good_not_bad", "bad_not_good"), ask(["good, not bad", "bad, not good"]).tolist())
    curves = {name: reliability(p, label[name]) for name, p in probability.items()} if gives_probability else {}
    return Examination(scores, found.rows, curves, by_kind(ask, of.sentences + of.reviews + of.phrases))


def evaluate(model: Model | Predictor, data: Path | None, split: str = "dev") -> dict[str, float]:
    """All scores of a model by name, each 0…1; see `texts` for the split."""
    return examine(model, texts(data, split)).scores


def scores(model: Model | Predictor, short: list[tuple[str, int]], long: list[tuple[str, int]]) -> dict[str, float]:
    """The scores on sentences with labels, on reviews with labels, and on the sets of our own."""
    return examine(model, Texts(short, long)).scores


# --------------------------------------------------------------------------------------------------------- the table


@cache
def kinds() -> dict[str, str]:
    """The kinds of phrases by the name of their score."""
    return {report.score_name(one.kind): one.kind for one in phrases()}


def title(name: str) -> str:
    """What a score is called in the table."""
    if name in TITLES:
        return TITLES[name]
    if name in kinds():
        return f"phrases right: {kinds()[name]}"
    for start, said in (("phrases_", "phrases right: "), ("changed_by_", "verdict changed by: ")):
        if name.startswith(start):
            return said + name.removeprefix(start).replace("_", " ")
    return name


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """A row a measure, a column a model; a dash where a model was not asked."""
    rows = list(dict.fromkeys(name for scores in found.values() for name in scores))
    titles = [title(name) for name in rows]
    left, wide = max(map(len, titles), default=0), [max(8, len(name)) for name in found]
    lines = [" ".join([" " * left, *(f"{name:>{w}}" for name, w in zip(found, wide))])]
    for name, said in zip(rows, titles):
        cells = (
            f"{scores[name]:>{w}.4f}" if name in scores else f"{'–':>{w}}" for scores, w in zip(found.values(), wide)
        )
        lines.append(" ".join([f"{said:<{left}}", *cells]))
    return "\n".join(lines)
