"""All behaviours of a model at once: scores by name, and by construction, kind and edit with the texts that fail.

A predictor is any callable from texts to P(positive), (N,), 0…1, so that a model, a word list and a toy are asked
alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from explorer.analysis.measures import UNSURE, verdict
from explorer.core.checkpoints import Model
from explorer.evaluation import fairness, invariance
from explorer.evaluation.common_words import SET as COMMON
from explorer.evaluation.common_words import report_common_words
from explorer.evaluation.labelled_phrases import labelled_phrases
from explorer.evaluation.neutral_phrases import neutral_phrases, neutral_texts
from explorer.evaluation.order_pairs import FIRST, FRESH, order_pairs, training_evidence
from explorer.evaluation.rows import BAND, Predictor, Report, Row, places_by, predictor, prefixes, row_of, share_right
from explorer.evaluation.seen_texts import seen_texts
from explorer.evaluation.typed_report import TYPED, VIEWPOINTS, report_typed_texts, report_viewpoints
from explorer.reading.tokenizer import tokenize

FRESH_PAIRS, NEUTRAL_TEXTS, MORE_GROUPS = "fresh order pairs", "neutral texts", "more groups of people"
SETS = (
    "order pairs", "phrases", "neutral phrases", "invariance", "groups of people", FRESH_PAIRS, NEUTRAL_TEXTS,
    TYPED, VIEWPOINTS, COMMON, MORE_GROUPS,
)  # fmt: skip


def examine(model: Model | Predictor, sentences: Iterable[str] = ()) -> Report:
    """All reports in one. `sentences` are more texts on which to try edits that must not matter."""
    ask = predictor(model)
    reports = [
        report_order_pairs(ask),
        report_labelled_phrases(ask),
        report_neutral_phrases(ask),
        report_invariance(ask, sentences),
        report_fairness(ask),
        report_typed_texts(ask),
        report_order_pairs(ask, FRESH),
        report_neutral_phrases(ask, typed=True),
        report_viewpoints(ask),
        report_common_words(ask),
        report_fairness(ask, further=True),
    ]
    return Report(
        {name: value for report in reports for name, value in report.scores.items()},
        [row for report in reports for row in report.rows],
    )


# ------------------------------------------------------------------------------------------------------- with a label


def report_order_pairs(ask: Predictor, name: str = FIRST) -> Report:
    """Share of a set's order pairs of which both members are on the right side of one half, by construction."""
    pairs, evidence = order_pairs(name), training_evidence()
    family, score = {FIRST: (SETS[0], "pairs"), FRESH: (FRESH_PAIRS, "fresh_pairs")}[name]
    p = ask([text for pair in pairs for text in (pair.positive, pair.negative)]).reshape(-1, 2)
    rows = []
    for construction, places in places_by(pair.construction for pair in pairs).items():
        examples = [
            {"text": pairs[i].positive, "label": "positive", "probability": float(p[i, 0]),
             "other": pairs[i].negative, "other_probability": float(p[i, 1])}
            for i in places
        ]  # fmt: skip
        right = (p[places, 0] > 0.5) & (p[places, 1] < 0.5)
        taught = evidence[construction] is not None
        rows.append(row_of(construction, family, right, "both members right", examples, taught=taught))
    scores = {
        score: share_right(rows),
        f"{score}_taught": share_right(row for row in rows if row["taught"]),
        f"{score}_held_out": share_right(row for row in rows if not row["taught"]),
    }
    return Report({name: share for name, share in scores.items() if share == share}, rows)


def report_labelled_phrases(ask: Predictor) -> Report:
    """Share of labelled phrases on the right side of one half, by kind."""
    phrases = labelled_phrases()
    p = ask([phrase.text for phrase in phrases])
    rows = []
    for kind, places in places_by(phrase.kind for phrase in phrases).items():
        examples = [
            {
                "text": phrases[i].text,
                "label": ("negative", "positive")[phrases[i].label],
                "probability": float(p[i]),
            }
            for i in places
        ]
        right = np.array([p[i] > 0.5 if phrases[i].label else p[i] < 0.5 for i in places])
        rows.append(row_of(kind, SETS[1], right, "right side of one half", examples))
    return Report({"phrases": share_right(rows)} | {score_name(row["kind"]): share_right([row]) for row in rows}, rows)


def score_name(kind: str) -> str:
    """A kind's name among the scores.

    >>> score_name("no, never, nothing, without")
    'phrases_no_never_nothing_without'
    """
    return "phrases_" + "_".join(token for token in tokenize(kind) if token.isalnum())


# ---------------------------------------------------------------------------------------------------- without a label


def report_neutral_phrases(ask: Predictor, typed: bool = False) -> Report:
    """Share of phrases that say nothing whose belief stays within UNSURE at every step; and share of steps. `typed`:
    of the texts as people type them instead.

    The belief after a step is what the predictor says of the words so far: for every model that is its trace's belief.
    """
    low, high = UNSURE
    family, score, texts = (
        (NEUTRAL_TEXTS, "neutral_texts", neutral_texts()) if typed else (SETS[2], "neutral", neutral_phrases())
    )
    read = [prefixes(text) for text in texts]
    ends = np.cumsum([len(begun) for begun in read])
    beliefs = np.split(ask([text for begun in read for text in begun]), ends[:-1])
    calm = [(low <= steps) & (steps <= high) for steps in beliefs]
    examples = [
        {
            "text": text,
            "label": "neither",
            "probability": float(steps[-1]),
            "beliefs": [round(float(belief), 3) for belief in steps],
        }
        for text, steps in zip(texts, beliefs, strict=True)
    ]
    whole = np.array([steps.all() for steps in calm])
    row = row_of("says nothing", family, whole, f"belief within {BAND} at every step", examples)
    if typed:
        row["seen"] = sum(text in seen_texts() for text in texts)
    return Report({score: float(whole.mean()), f"{score}_steps": float(np.concatenate(calm).mean())}, [row])


def report_invariance(ask: Predictor, sentences: Iterable[str] = ()) -> Report:
    """Share of edited texts whose side of one half changes, by edit; rows count those that stay."""
    edits = invariance.edits(sentences)
    texts = list(dict.fromkeys(text for pairs in edits.values() for pair in pairs for text in pair))
    belief = dict(zip(texts, ask(texts).tolist(), strict=True))
    rows = []
    for kind, pairs in edits.items():
        before, after = np.array([[belief[text] for text in pair] for pair in pairs]).T
        examples = [
            {"text": a, "label": "the same", "probability": belief[a], "other": b, "other_probability": belief[b]}
            for a, b in pairs
        ]
        stays = np.sign(before - 0.5) == np.sign(after - 0.5)
        rows.append(row_of(kind, SETS[3], stays, "same side of one half", examples))
    names = [
        "changed_by_" + "_".join(row["kind"].replace("!", "exclamation").replace("...", "dots").split()) for row in rows
    ]
    scores = {name: 1 - share_right([row]) for name, row in zip(names, rows, strict=True)}
    return Report({"changed_by_edits": 1 - share_right(rows)} | scores, rows)


def report_fairness(ask: Predictor, further: bool = False) -> Report:
    """How often the verdict hangs on the group that is named, over frames and pairs of groups.

    `fairness_verdict`: share of (frame, pair of groups) with two verdicts of positive, unsure, negative;
    `fairness_side`: with two sides of one half; `fairness_spread`: mean |difference of P(positive)|.
    Rows count the pairs with one verdict; their examples are each frame's group of lowest and of highest belief.
    """
    names, family = fairness.group_names(further), MORE_GROUPS if further else SETS[4]
    first, second = np.array(list(combinations(range(len(names)), 2))).T
    verdicts, sides, gaps, rows = [], [], [], []
    for tone, frames in fairness.frames().items():
        p = ask([fairness.sentence(frame, name) for frame in frames for name in names]).reshape(len(frames), -1)
        words = np.vectorize(verdict)(p)
        differ = words[:, first] != words[:, second]  # (frames, pairs of groups)
        verdicts.append(differ)
        sides.append(np.sign(p[:, first] - 0.5) != np.sign(p[:, second] - 0.5))
        gaps.append(np.abs(p[:, first] - p[:, second]))
        wrong = [
            _extremes(frame, beliefs, names)
            for frame, beliefs, differs in zip(frames, p, differ.any(1), strict=True)
            if differs
        ]
        mean = {name: round(float(value), 3) for name, value in zip(names, p.mean(0), strict=True)}
        rows.append(
            {"kind": f"{tone} sentence, another group named", "set": family, "right": int((~differ).sum()),
             "count": differ.size, "measure": "same verdict for both groups", "wrong": wrong, "mean_by_group": mean}
        )  # fmt: skip
    parts = {"verdict": verdicts, "side": sides, "spread": gaps}
    start = "more_groups" if further else "fairness"
    return Report({f"{start}_{name}": float(np.concatenate(values).mean()) for name, values in parts.items()}, rows)


def _extremes(frame: str, beliefs: np.ndarray, names: Sequence[str]) -> Row:
    """A frame with the group of lowest and the group of highest belief."""
    low, high = int(beliefs.argmin()), int(beliefs.argmax())
    return {
        "text": fairness.sentence(frame, names[low]), "label": "the same", "probability": float(beliefs[low]),
        "other": fairness.sentence(frame, names[high]), "other_probability": float(beliefs[high]),
    }  # fmt: skip
