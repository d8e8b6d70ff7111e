"""All models in one picture: on how many sentences and order pairs each is right, with standard errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from explorer.board.payloads import Cell, Dot, DotPicture, DotRow
from explorer.messages import _
from explorer.networks.registry import labels
from explorer.views.model_cards import sentences
from explorer.views.shared.wording import capital

SENTENCES, PAIRS = "sst2", "pairs_held_out"  # the measures, by their names in a card


def picture(
    cards: Mapping[str, Mapping[str, Any]], chosen: str, others: Mapping[str, Mapping[str, float]], tools: Sequence[str]
) -> DotPicture:
    """A row a model, and a row for each of the `tools` that was measured on the same texts.

    `others`: scores by tool and measure.
    """
    counts = sizes(cards)
    named = labels()
    scores = {capital(named.get(name, name)): card.get("scores", {}) for name, card in cards.items()}
    scores |= {tool: others[tool] for tool in tools if tool in others}
    rows: list[DotRow] = [
        {
            "label": label,
            "chosen": label == capital(named.get(chosen, chosen)),
            "dots": [dot(measured.get(name), counts.get(name, 0)) for name in (SENTENCES, PAIRS)],
        }
        for label, measured in scores.items()
    ]
    return {
        "title": _("How often each model is right"),
        "sentence": sentences.weak_spot(cards[chosen], named.get(chosen, chosen)),
        "alt": in_words(rows),
        "columns": [_("sentences\nright"), _("word order\nright")],
        "rows": rows,
        "table": {
            "columns": [
                _("Model"), _("Sentences from reviews right"), _("Standard error"), _("Word-order pairs right"),
                _("Standard error"),
            ],
            "rows": [[row["label"], *cells(row["dots"])] for row in rows],
        },
    }  # fmt: skip


def sizes(cards: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """How many sentences and pairs of patterns not taught were measured, by the name of the measure."""
    counts: dict[str, int] = {}
    for card in cards.values():
        bins = card.get("calibration", {}).get(SENTENCES, [])
        pairs = [row for row in card.get("behaviour", []) if row["set"] == "order pairs" and not row.get("taught")]
        counts[SENTENCES] = sum(interval["count"] for interval in bins) or counts.get(SENTENCES, 0)
        counts[PAIRS] = sum(row["count"] for row in pairs) or counts.get(PAIRS, 0)
    return counts


def dot(share: float | None, count: int) -> Dot:
    """A share right of so many texts, with the standard error √(p(1 − p) / n) that it has if they are independent."""
    if share is None:
        return {"share": None, "error": 0.0, "said": "–"}
    error = sqrt(share * (1 - share) / count) if count else 0.0
    return {"share": round(share, 4), "error": round(error, 4), "said": f"{100 * share:.0f}%"}


def cells(dots: Sequence[Dot]) -> list[Cell]:
    """The shares and their errors as cells."""
    return [
        cell
        for each in dots
        for cell in (
            ("–", "–") if each["share"] is None else (f"{100 * each['share']:.1f}%", f"{100 * each['error']:.1f}%")
        )
    ]


def in_words(rows: Sequence[DotRow]) -> str:
    """The picture as text."""
    told = [
        _("{model}: {sentences} of sentences, {pairs} of word-order pairs.").format(
            model=row["label"], sentences=row["dots"][0]["said"], pairs=row["dots"][1]["said"]
        )
        for row in rows
    ]
    return " ".join([_("How often each model is right, on one scale from 0 to 100%."), *told])
