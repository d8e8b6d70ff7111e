"""Sections of a model card on what people type, kind by kind, and on its belief when part of a review is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from explorer.board.payloads import Cell, Section
from explorer.core.checkpoints import Model
from explorer.evaluation.common_words import ALONE, FRAMED
from explorer.evaluation.common_words import SET as COMMON
from explorer.evaluation.report import FRESH_PAIRS, NEUTRAL_TEXTS
from explorer.evaluation.typed_report import TYPED, VIEWPOINTS
from explorer.messages import _
from explorer.views.model_cards import figures, names
from explorer.views.model_cards.tables import section, share, tabulated
from explorer.views.shared.wording import quoted

Row = Mapping[str, Any]  # of a card's behaviour, or of what it says of reviews begun


# ---------------------------------------------------------------------------------------------------- what people type


def typed(model: Model) -> Section:
    """How often the model is right on texts as people type them, kind by kind, the worst first."""
    heading = _("Does it understand what people type?")
    tried = [row for row in model.card.get("behaviour", []) if row["count"]]
    kinds = by_share([*(row for row in tried if row["set"] == TYPED), *summed(tried)])
    if not kinds:
        return section("typed", heading, [_("Texts as people type them are not measured yet.")])
    told = sentences(tried, model.label)
    rows: list[list[Cell]] = [
        [name(row), f"{row['right']:,}", f"{row['count']:,}", share(row["right"] / row["count"]), known(row)]
        for row in kinds
    ]
    columns = (_("Kind"), _("Right"), _("Of"), _("Share right"), _("Of a form that training knew"))
    bars = [(name(row), row["right"] / row["count"]) for row in kinds]
    alt = _("A bar a kind of text, as long as the share that the {model} gets right, the worst kind first.").format(
        model=model.label
    )
    return {
        **section("typed", heading, told, tabulated(columns, rows)),
        "figure": figures.shares_right(bars),
        "alt": " ".join([alt, *told]),
    }


def summed(tried: Sequence[Row]) -> list[Row]:
    """The other sets of what people type, a row each."""
    rows: list[Row] = []
    for family in (VIEWPOINTS, FRESH_PAIRS, NEUTRAL_TEXTS):
        some = [row for row in tried if row["set"] == family]
        if some:
            totals = {key: sum(row[key] for row in some) for key in ("right", "count")}
            rows.append({"set": family, "kind": "", **totals} | seen(some))
    return rows


def seen(rows: Sequence[Row]) -> dict[str, int]:
    """Of how many texts training knew the form, where the rows say so: pairs are marked by construction."""
    if all("taught" in row for row in rows):
        return {"seen": sum(row["count"] for row in rows if row["taught"])}
    return {"seen": sum(row["seen"] for row in rows)} if all("seen" in row for row in rows) else {}


def by_share(rows: Sequence[Row]) -> list[Row]:
    """Rows by rising share right."""
    return sorted(rows, key=lambda row: row["right"] / row["count"])


def name(row: Row) -> str:
    """What a kind, or a whole set, is called."""
    titles = {
        VIEWPOINTS: _("two opinions in a sentence"),
        FRESH_PAIRS: _("the same words in two orders"),
        NEUTRAL_TEXTS: _("says nothing, at every word"),
    }
    return titles.get(row["set"], names.kind(row["kind"]))


def known(row: Row) -> str:
    """Of how many texts of a row training knew the form."""
    return f"{row['seen']:,}" if "seen" in row else "–"


def sentences(tried: Sequence[Row], label: str) -> list[str]:
    """What the picture says, and plainly where the model is wrong."""
    of = {
        family: [row for row in tried if row["set"] == family] for family in (TYPED, VIEWPOINTS, NEUTRAL_TEXTS, COMMON)
    }
    told = [_("We wrote all these texts ourselves, as people type. The table says of how many training knew the form.")]
    if rows := of[TYPED]:
        worst = by_share(rows)[0]
        told += [
            _("Of {count:,} typed texts the {model} gets {share} right.").format(
                count=sum(row["count"] for row in rows), model=label, share=whole(right(rows))
            ),
            _("It is worst on {kind}: it gets {right} of {count} right.").format(
                kind=quoted(worst["kind"], 60), right=worst["right"], count=worst["count"]
            ),
        ]
    if rows := of[VIEWPOINTS]:
        told.append(
            _("“I love it, but my friends hate it” is praise. In such sentences the wrong opinion wins {share} of the "
              "time.").format(share=whole(1 - right(rows)))
        )  # fmt: skip
    if rows := of[NEUTRAL_TEXTS]:
        told.append(
            _(
                "A text that says nothing should leave it unsure after every word. That holds for {share} of them."
            ).format(share=whole(right(rows)))
        )
    if leaning := [text for row in of[COMMON][:1] for text in row.get("wrong", [])[:2]]:
        words = ", ".join(f"{quoted(text['text'], 40)} {whole(text['probability'])}" for text in leaning)
        told.append(_("Some common words lean all by themselves. The worst: {words}.").format(words=words))
    return told


def right(rows: Sequence[Row]) -> float:
    """Share right of all that the rows count."""
    return float(sum(row["right"] for row in rows) / sum(row["count"] for row in rows))


def whole(value: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * value:.0f}%"


def leaning(model: Model) -> Section:
    """Common words that say nothing, and which of them lean most, alone and in a sentence."""
    heading = _("Which common words lean?")
    rows = [row for row in model.card.get("behaviour", []) if row["set"] == COMMON and row["count"]]
    if not rows:
        return section("leaning", heading, [_("Common words are not measured yet.")])
    messages = {
        ALONE: _("Alone, {share} of {count:,} common words leave it unsure, as they should."),
        FRAMED: _("In the sentence “this is the word …”, {share} of {count:,} common words leave it unsure."),
    }
    told = [
        messages[row["kind"]].format(share=whole(row["right"] / row["count"]), count=row["count"])
        for row in rows
        if row["kind"] in messages
    ]
    worst = [text for row in rows for text in row.get("wrong", [])]
    table = tabulated(
        (_("The worst of them"), _("P(positive)")), [[text["text"], f"{text['probability']:.2f}"] for text in worst]
    )
    return section("leaning", heading, told, table)


# ------------------------------------------------------------------------------------------------------ reviews begun


def begun(model: Model) -> Section:
    """How often the model is right, and how sure it claims to be, when part of a review is read."""
    heading = _("How sure is it on the way?")
    rows: list[Row] = model.card.get("on_the_way", [])
    if not rows:
        return section("begun", heading, [_("Its belief on the way is not measured yet.")])
    told = [
        _("These are held-out reviews, read word by word. The two lines should lie on each other."),
        *(gap(row, model.label) for row in rows if row["percent"] in (25, 100)),
    ]
    cells: list[list[Cell]] = [
        [
            f"{row['percent']}%",
            *(share(row[key]) for key in ("right", "claimed")),
            *(f"{row[key]:.3f}" for key in ("ece", "verdict_ece")),
            f"{row['count']:,}",
        ]
        for row in rows
    ]
    columns = (
        _("Part read"), _("Right"), _("Claims to be right"), _("Calibration error (ECE)"),
        _("Calibration error of the verdict"), _("Reviews"),
    )  # fmt: skip
    alt = _("Two lines over the part of a review that is read: how often the verdict is right, and how sure it claims.")
    return {
        **section("begun", heading, told, tabulated(columns, cells)),
        "figure": figures.on_the_way(rows),
        "alt": " ".join([alt, *told]),
    }


def gap(row: Row, label: str) -> str:
    """How right and how sure a model is after a part of a review."""
    message = (
        _("At the end of a review the {model} is right {right} of the time and claims {claimed}.")
        if row["percent"] == 100
        else _("A quarter into a review the {model} is right {right} of the time and claims {claimed}.")
    )
    return message.format(model=label, right=whole(row["right"]), claimed=whole(row["claimed"]))
