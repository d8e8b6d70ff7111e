"""Cards of the task models, folded below their tasks: what each was trained on, how good it is, what it is bad at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.board.payloads import Cell, PlotPanel, TablePanel
from explorer.messages import _
from explorer.tasks.saved import Trained
from explorer.views.sequence_tasks import figures, sentences
from explorer.views.shared.wording import files


def lengths(cards: Mapping[str, dict[str, Any]]) -> PlotPanel:
    """BLEU of both translators by length of the sentence."""
    searched = {label: cards[name]["scores"]["beam_5"] for name, label in sentences.translators().items()}
    most = min(len(score["by_length"]) for score in searched.values())  # two cards need not agree
    parts = {
        label: [(f"{part['from']}–{part['to']}", part["bleu"]) for part in score["by_length"][:most]]
        for label, score in searched.items()
    }
    first = next(iter(searched.values()))
    counts = [str(part["sentences"]) for part in first["by_length"][:most]]
    whole = {label: score["bleu"] for label, score in searched.items()}
    sentence = sentences.bleus(parts, whole, first["signature"])
    names = [name for name, _bleu in next(iter(parts.values()))]
    columns = [[f"{bleu:.1f}" for _name, bleu in values] for values in parts.values()]
    return {
        "kind": "plot",
        "id": "bleu",
        "depth": "measure",
        "title": _("How well the translators do, by length"),
        "sentence": sentence,
        "figure": figures.by_length(parts),
        "alt": _("Bars of BLEU by length of the English sentence, two models side by side. {sentence}").format(
            sentence=sentence
        ),
        "table": {
            "columns": [_("Words"), _("Sentences"), *parts],
            "rows": [list(row) for row in zip(names, counts, *columns, strict=True)],
        },
    }


def facts(model: Trained) -> TablePanel:
    """A model's card as a table, and whether its files are those that were written."""
    card, name = model.card, model.name
    languages = {"en": _("English"), "fr": _("French")}
    rows: list[list[Cell]] = [
        [_("Parameters"), f"{card['parameters']:,}"],
        [_("Words"), ", ".join(f"{languages[language]} {count:,}" for language, count in card["words"].items())],
        [_("Sentences"), ", ".join(f"{part} {count:,}" for part, count in card["sentences"].items())],
        [_("Training command"), card["command"]],
        [_("Minutes of training"), f"{card['minutes']:g}"],
        [_("Seed"), str(card["seed"])],
        *([source["title"], f"{source['licence']}; {source['url']}"] for source in card["data"]),
        *scores(card["scores"]),
        *([_("Bad at"), weakness] for weakness in card["bad_at"]),
        *files(model.checksums),
    ]
    fluency = [sentences.fluency(card["scores"])] if name == "writer" else []
    return {
        "kind": "table",
        "id": f"card-{name}",
        "depth": "measure",
        "title": card["label"],
        "sentences": [*fluency, card["measured"]],
        "table": {"columns": [_("What"), _("Value")], "rows": rows},
    }


def scores(measured: Mapping[str, Any]) -> list[list[Cell]]:
    """The scores of a card as rows."""
    return [score(name, value) for name, value in measured.items()]


def score(name: str, value: Any) -> list[Cell]:
    """One score as a row: a BLEU, a share, a count or a perplexity."""
    if isinstance(value, dict):
        if name.startswith("beam_"):
            return [
                _("BLEU, beam search, width {width}").format(width=name.removeprefix("beam_")),
                f"{value['bleu']:.1f}",
            ]
        return [_("BLEU, {search}").format(search=name.replace("_", " ")), f"{value['bleu']:.1f}"]
    if "unknown" in name:
        part = name.replace("_unknown", "").replace("_", ", ")
        return [_("{part}, words that are unknown").format(part=part), f"{100 * value:.1f}%"]
    return [name.replace("_", ", "), f"{value:,}" if isinstance(value, int) else f"{value:.1f}"]
