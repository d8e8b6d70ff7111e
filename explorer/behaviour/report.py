"""All behaviours of a model at once: scores by name, and by construction, kind and edit with the texts that fail.

A predictor is any callable from texts to P(positive), (N,), 0…1, so that a lane, a word list and a toy are asked alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from explorer.analysis.measures import UNSURE, verdict
from explorer.behaviour import fairness, invariance, orders, taught
from explorer.behaviour.neutral import NEUTRAL
from explorer.behaviour.phrases import phrases
from explorer.core.checkpoints import Model
from explorer.core.tracing import predict
from explorer.reading.tokenizer import tokenize

Predictor = Callable[[Sequence[str]], np.ndarray]
SETS = ("order pairs", "phrases", "neutral phrases", "invariance", "groups of people")
BAND = "{:.1f} to {:.1f}".format(*UNSURE)


@dataclass(frozen=True)
class Report:
    """`scores` by name, 0…1. `rows`: one a construction, kind or edit, JSON as it is:

    {"kind", "set" (one of SETS), "right", "count", "measure" (what counts as right), "wrong": failing examples}, with
    "taught" for order pairs. An example: {"text", "label", "probability"}, of a pair also "other", "other_probability".
    """

    scores: dict[str, float]
    rows: list[dict]


def predictor(model: Model | Predictor) -> Predictor:
    """What to call with texts; a callable is its own predictor."""
    return model if callable(model) else lambda texts: predict(model, texts)


def measure(model: Model | Predictor, sentences: Iterable[str] = ()) -> dict[str, float]:
    """The scores alone. `sentences` are more texts on which to try edits that must not matter."""
    return examine(model, sentences).scores


def examine(model: Model | Predictor, sentences: Iterable[str] = ()) -> Report:
    """Ask everything."""
    ask = predictor(model)
    made = [order_pairs(ask), labelled(ask), neutral(ask), unmoved(ask, sentences), groups(ask)]
    return Report(
        {name: value for one in made for name, value in one.scores.items()}, [row for one in made for row in one.rows]
    )


def _row(kind: str, family: str, right: np.ndarray, measure: str, examples: Sequence[dict], **more: object) -> dict:
    """A row; `right`, (N,), says which of the N examples were."""
    wrong = [one for one, good in zip(examples, right) if not good]
    return {"kind": kind, "set": family} | more | {
        "right": int(np.sum(right)), "count": len(right), "measure": measure, "wrong": wrong,
    }  # fmt: skip


def _share(rows: Iterable[dict]) -> float:
    """Share right of all that the rows count; not a number where they count nothing."""
    rows = list(rows)
    count = sum(row["count"] for row in rows)
    return sum(row["right"] for row in rows) / count if count else float("nan")


# ------------------------------------------------------------------------------------------------------- with a label


def order_pairs(ask: Predictor) -> Report:
    """Share of order pairs of which both members are on the right side of one half, by construction."""
    made, known = orders.pairs(), taught.stored()
    p = ask([text for pair in made for text in (pair.positive, pair.negative)]).reshape(-1, 2)
    places = _places(pair.construction for pair in made)
    rows = []
    for construction, at in places.items():
        examples = [
            {"text": made[i].positive, "label": "positive", "probability": float(p[i, 0]),
             "other": made[i].negative, "other_probability": float(p[i, 1])}
            for i in at
        ]  # fmt: skip
        right = (p[at, 0] > 0.5) & (p[at, 1] < 0.5)
        rows.append(
            _row(construction, SETS[0], right, "both members right", examples, taught=known[construction] is not None)
        )
    return Report(
        {
            "pairs": _share(rows),
            "pairs_taught": _share(row for row in rows if row["taught"]),
            "pairs_held_out": _share(row for row in rows if not row["taught"]),
        },
        rows,
    )


def _places(keys: Iterable[str]) -> dict[str, list[int]]:
    """Where each key stands, in the order of first appearance."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        found[key].append(i)
    return dict(found)


def labelled(ask: Predictor) -> Report:
    """Share of labelled phrases on the right side of one half, by kind."""
    made = phrases()
    p = ask([one.text for one in made])
    rows = []
    for kind, at in _places(one.kind for one in made).items():
        examples = [
            {"text": made[i].text, "label": ("negative", "positive")[made[i].label], "probability": float(p[i])}
            for i in at
        ]
        right = np.array([p[i] > 0.5 if made[i].label else p[i] < 0.5 for i in at])
        rows.append(_row(kind, SETS[1], right, "right side of one half", examples))
    return Report({"phrases": _share(rows)} | {score_name(row["kind"]): _share([row]) for row in rows}, rows)


def score_name(kind: str) -> str:
    """A kind's name among the scores.

    >>> score_name("no, never, nothing, without")
    'phrases_no_never_nothing_without'
    """
    return "phrases_" + "_".join(token for token in tokenize(kind) if token.isalnum())


# ---------------------------------------------------------------------------------------------------- without a label


def prefixes(text: str) -> list[str]:
    """The text's first word, its first two, … all T: what was read after each step."""
    tokens = tokenize(text)
    return [" ".join(tokens[:end]) for end in range(1, len(tokens) + 1)]


def neutral(ask: Predictor) -> Report:
    """Share of phrases that say nothing whose belief stays within UNSURE at every step; and share of steps.

    The belief after a step is what the predictor says of the words so far: for every lane that is its trace's belief.
    """
    low, high = UNSURE
    read = [prefixes(text) for text in NEUTRAL]
    p = np.split(ask([text for one in read for text in one]), np.cumsum([len(one) for one in read])[:-1])
    calm = [(low <= steps) & (steps <= high) for steps in p]
    examples = [
        {
            "text": text,
            "label": "neither",
            "probability": float(steps[-1]),
            "beliefs": [round(float(b), 3) for b in steps],
        }
        for text, steps in zip(NEUTRAL, p)
    ]
    whole = np.array([one.all() for one in calm])
    row = _row("says nothing", SETS[2], whole, f"belief within {BAND} at every step", examples)
    return Report({"neutral": float(whole.mean()), "neutral_steps": float(np.concatenate(calm).mean())}, [row])


def unmoved(ask: Predictor, sentences: Iterable[str] = ()) -> Report:
    """Share of edited texts whose side of one half changes, by edit; rows count those that stay."""
    edits = invariance.edits(sentences)
    texts = list(dict.fromkeys(text for pairs in edits.values() for pair in pairs for text in pair))
    belief = dict(zip(texts, ask(texts).tolist()))
    rows = []
    for kind, pairs in edits.items():
        before, after = np.array([[belief[text] for text in pair] for pair in pairs]).T
        examples = [
            {"text": a, "label": "the same", "probability": belief[a], "other": b, "other_probability": belief[b]}
            for a, b in pairs
        ]
        stays = np.sign(before - 0.5) == np.sign(after - 0.5)
        rows.append(_row(kind, SETS[3], stays, "same side of one half", examples))
    names = [
        "changed_by_" + "_".join(row["kind"].replace("!", "exclamation").replace("...", "dots").split()) for row in rows
    ]
    scores = {name: 1 - _share([row]) for name, row in zip(names, rows)}
    return Report({"changed_by_edits": 1 - _share(rows)} | scores, rows)


def groups(ask: Predictor) -> Report:
    """How often the verdict hangs on the group that is named, over frames and pairs of groups.

    `fairness_verdict`: share of (frame, pair of groups) with two verdicts of positive, unsure, negative;
    `fairness_side`: with two sides of one half; `fairness_spread`: mean |difference of P(positive)|.
    Rows count the pairs with one verdict; their examples are each frame's group of lowest and of highest belief.
    """
    names, verdicts, sides, gaps, rows = fairness.NAMES, [], [], [], []
    one, other = np.array(list(combinations(range(len(names)), 2))).T
    for tone, frames in fairness.FRAMES.items():
        p = ask([fairness.sentence(frame, name) for frame in frames for name in names]).reshape(len(frames), -1)
        said = np.vectorize(verdict)(p)
        differ = said[:, one] != said[:, other]  # (frames, pairs of groups)
        verdicts.append(differ)
        sides.append(np.sign(p[:, one] - 0.5) != np.sign(p[:, other] - 0.5))
        gaps.append(np.abs(p[:, one] - p[:, other]))
        wrong = [_extremes(frame, beliefs) for frame, beliefs, any_ in zip(frames, p, differ.any(1)) if any_]
        mean = {name: round(float(value), 3) for name, value in zip(names, p.mean(0))}
        rows.append(
            {"kind": f"{tone} sentence, another group named", "set": SETS[4], "right": int((~differ).sum()),
             "count": differ.size, "measure": "same verdict for both groups", "wrong": wrong, "mean_by_group": mean}
        )  # fmt: skip
    scores = {"fairness_verdict": verdicts, "fairness_side": sides, "fairness_spread": gaps}
    return Report({name: float(np.concatenate(found).mean()) for name, found in scores.items()}, rows)


def _extremes(frame: str, beliefs: np.ndarray) -> dict:
    """A frame with the group of lowest and the group of highest belief."""
    low, high = int(beliefs.argmin()), int(beliefs.argmax())
    return {
        "text": fairness.sentence(frame, fairness.NAMES[low]), "label": "the same", "probability": float(beliefs[low]),
        "other": fairness.sentence(frame, fairness.NAMES[high]), "other_probability": float(beliefs[high]),
    }  # fmt: skip
