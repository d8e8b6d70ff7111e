"""Common words that say nothing by themselves: the belief in one of them should rest near one half."""

from __future__ import annotations

import numpy as np

from explorer.analysis.measures import UNSURE
from explorer.evaluation.data_files import read_set
from explorer.evaluation.rows import BAND, Predictor, Report, Row, row_of

SET = "common words"  # as its rows name it
FRAME = "this is the word {word} ."  # says nothing, whatever word it is
ALONE, FRAMED = "alone", "in “{frame}”".format(frame=FRAME.format(word="…"))
WORST = 20  # words that a row tells


def common_words() -> tuple[str, ...]:
    """Of the 3,000 most frequent words those that say nothing, the most frequent first."""
    words: tuple[str, ...] = read_set("common_words")["words"]
    return words


def report_common_words(ask: Predictor) -> Report:
    """Share of words whose belief lies within UNSURE, alone and in the frame; the mean distance from one half.

    Rows hold the WORST as examples, the one that leans most first.
    """
    words, (low, high) = common_words(), UNSURE
    rows: list[Row] = []
    scores: dict[str, float] = {}
    for kind, name, frame in ((ALONE, "words", "{word}"), (FRAMED, "words_framed", FRAME)):
        p = ask([frame.format(word=word) for word in words])
        order = np.argsort(-np.abs(p - 0.5), kind="stable")
        calm = (low <= p) & (p <= high)
        examples: list[Row] = [
            {"text": frame.format(word=words[i]), "label": "neither", "probability": float(p[i])} for i in order
        ]
        row = row_of(kind, SET, calm[order], f"belief within {BAND}", examples)
        rows.append(row | {"wrong": row["wrong"][:WORST]})
        scores |= {name: float(calm.mean()), f"{name}_lean": float(np.abs(p - 0.5).mean())}
    return Report(scores, rows)
