"""What a model makes of what people type: typed texts by kind, and who speaks and when."""

from __future__ import annotations

import numpy as np

from explorer.analysis.measures import UNSURE
from explorer.evaluation.rows import BAND, Predictor, Report, Row, places_by, row_of, share_right
from explorer.evaluation.seen_texts import seen_texts
from explorer.evaluation.typed_texts import TypedText, typed_texts
from explorer.evaluation.viewpoints import CONTRASTS, Viewpoint, viewpoints

TYPED, VIEWPOINTS = "typed texts", "who speaks and when"  # the sets, as their rows name them
RIGHT_SIDE = "right side of one half"


def report_typed_texts(ask: Predictor) -> Report:
    """Share of typed texts that are right, by kind: on their side of one half, or, if neither, within UNSURE."""
    texts, seen = typed_texts(), seen_texts()
    p = np.nan_to_num(ask([each.text for each in texts]), nan=0.5)  # where there is nothing to read: no verdict
    right = np.array([is_right(each, belief) for each, belief in zip(texts, p, strict=True)])
    known = np.array([each.text in seen for each in texts])
    rows, scores = [], {"typed": float(right.mean()), "typed_not_seen": float(right[~known].mean())}
    for key, places in places_by(each.key for each in texts).items():
        some = [texts[i] for i in places]
        examples: list[Row] = [
            {"text": each.text, "label": each.label, "probability": float(p[i])}
            for each, i in zip(some, places, strict=True)
        ]
        neither = {each.label for each in some} - {"positive", "negative"}
        both = f"{RIGHT_SIDE}; {BAND} if neither" if len(neither) < len({each.label for each in some}) else BAND
        measure = both if neither else RIGHT_SIDE
        rows.append(row_of(some[0].kind, TYPED, right[places], measure, examples, seen=int(known[places].sum())))
        scores[f"typed_{key}"] = float(right[places].mean())
    return Report(scores, rows)


def is_right(text: TypedText, belief: float) -> bool:
    """Whether a belief, P(positive), is what a careful reader says of the text."""
    low, high = UNSURE
    return {"positive": belief > 0.5, "negative": belief < 0.5, "neither": low <= belief <= high}[text.label]


def report_viewpoints(ask: Predictor) -> Report:
    """Share of sentences of two opinions in which the wrong one wins, by contrast; rows by connective and order."""
    texts, seen = viewpoints(), seen_texts()
    p = ask([each.text for each in texts])
    label = np.array([each.label for each in texts])
    right = np.where(label == 1, p > 0.5, p < 0.5)
    rows = []
    for kind, places in places_by(_form(each) for each in texts).items():
        examples: list[Row] = [
            {"text": texts[i].text, "label": ("negative", "positive")[label[i]], "probability": float(p[i])}
            for i in places
        ]
        known = sum(texts[i].text in seen for i in places)
        rows.append(row_of(kind, VIEWPOINTS, right[places], RIGHT_SIDE, examples, seen=known))
    contrast = np.array([each.contrast for each in texts])
    wrong = {score_name(name): float(1 - right[contrast == name].mean()) for name in CONTRASTS}
    return Report({"viewpoints_wrong": 1 - share_right(rows)} | wrong, rows)


def score_name(contrast: str) -> str:
    """A contrast's name among the scores.

    >>> score_name("I and others")
    'viewpoints_wrong_i_and_others'
    """
    return "viewpoints_wrong_" + "_".join(contrast.lower().split())


def _form(viewpoint: Viewpoint) -> str:
    return f"{viewpoint.connective}, {viewpoint.order}"
