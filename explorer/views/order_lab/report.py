"""The scorecard of order as a report: which constructions each model reads rightly in both orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.board.payloads import Cell, ReportBoard, Section
from explorer.core.checkpoints import load
from explorer.evaluation.scorecard import Row, scorecard
from explorer.messages import _
from explorer.networks.registry import labels, names
from explorer.views.order_lab import figures, sentences
from explorer.views.shared import charts
from explorer.views.shared.comparison import beside
from explorer.views.shared.wording import capital


def scored() -> list[Row]:
    """The scorecard of all models whose cards have figures of order pairs; one that was not measured is left out."""
    cards = {name: load(name).card for name in names()}
    return scorecard({name: card for name, card in cards.items() if card.get("behaviour")})


def measured(rows: Sequence[Row]) -> dict[str, str]:
    """The labels of the models that a scorecard tells of, by name; of all models where it is empty."""
    return {name: label for name, label in labels().items() if not rows or name in rows[0].right}


def by_family(rows: Sequence[Row], models: Sequence[str]) -> dict[str, dict[str, float]]:
    """The share of pairs right in each family of a scorecard's rows, 0…1, by model."""
    shares: dict[str, dict[str, float]] = {}
    for family in dict.fromkeys(row.construction.family for row in rows):
        members = [row for row in rows if row.construction.family == family]
        total = sum(row.count for row in members)
        shares[family] = {name: sum(row.right[name] for row in members) / total for name in models}
    return shares


def report(rows: Sequence[Row]) -> ReportBoard:
    """The scorecard: a picture by family, a table by construction."""
    shown = measured(rows)
    columns = [_("Pattern"), _("Family"), _("Taught in training"), _("Pairs"), *shown.values()]
    section: Section = {
        "id": "scorecard",
        "title": _("A scorecard of order"),
        "sentences": sentences.scores(rows, shown) if rows else [_("Order pairs are not measured yet.")],
        "table": {
            "columns": [*columns, _("A pair to look at (opens side by side)")],
            "rows": [line(row) for row in rows],
        },
    }
    if rows:
        shares = by_family(rows, list(shown))
        section["figure"] = figures.families(shares, shown)
        section["alt"] = in_words(shares, shown)
    return {"palette": charts.PALETTE, "summary": "", "sections": [section]}


def in_words(shares: Mapping[str, Mapping[str, float]], shown: Mapping[str, str]) -> str:
    """The picture by family in words; `shown`: the models' labels by name."""
    start = _("Share of order pairs right by family of patterns, a mark a model.")
    families = [
        _("{family}: {scores}.").format(
            family=capital(family), scores=", ".join(f"{shown[name]} {100 * p:.0f}%" for name, p in share.items())
        )
        for family, share in shares.items()
    ]
    return " ".join([start, *families])


def line(row: Row) -> list[Cell]:
    """A construction as a row of the table."""
    return [
        row.construction.template,
        row.construction.family,
        _("yes") if row.taught else _("no"),
        str(row.count),
        *(_("{right} of {count}").format(right=row.right[name], count=row.count) for name in row.right),
        beside(row.pair.positive, row.pair.negative),
    ]
