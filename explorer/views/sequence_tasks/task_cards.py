"""Cards of the task models: what each was trained on, how good it is, and what it is bad at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer import board
from explorer.board.payloads import Cell, ReportBoard, Section
from explorer.core.checkpoints import WeightsError
from explorer.tasks import NETWORKS, saved
from explorer.views.sequence_tasks import figures, sentences
from explorer.views.sequence_tasks.sentences import TRANSLATORS
from explorer.views.shared import charts

LANGUAGES = {"en": "English", "fr": "French"}


def mount() -> None:
    """All cards as one report; nothing where there are no models, which the boards above say."""
    try:
        models = {name: saved.load(name) for name in NETWORKS}
    except WeightsError:
        return
    board.mount(report({name: model.card for name, model in models.items()}), key="task cards", module="report")


def report(cards: Mapping[str, dict[str, Any]]) -> ReportBoard:
    """The cards as sections of a report, BLEU by length first."""
    sections = [lengths(cards), *(facts(name, card) for name, card in cards.items())]
    return {"palette": charts.PALETTE, "summary": "", "sections": sections}


def lengths(cards: Mapping[str, dict[str, Any]]) -> Section:
    """BLEU of both translators by length of the sentence."""
    searched = {TRANSLATORS[name]: cards[name]["scores"]["beam_5"] for name in TRANSLATORS}
    parts = {
        label: [(f"{part['from']}–{part['to']}", part["bleu"]) for part in score["by_length"]]
        for label, score in searched.items()
    }
    first = next(iter(searched.values()))
    counts = [str(part["sentences"]) for part in first["by_length"]]
    whole = {label: score["bleu"] for label, score in searched.items()}
    sentence = sentences.bleus(parts, whole, first["signature"])
    names = [name for name, _ in next(iter(parts.values()))]
    columns = [[f"{bleu:.1f}" for _, bleu in values] for values in parts.values()]
    return {
        "id": "bleu",
        "title": "How well the translators do, by length",
        "sentences": [sentence],
        "figure": figures.by_length(parts),
        "alt": f"Bars of BLEU by length of the English sentence, two models side by side. {sentence}",
        "table": {
            "columns": ["Words", "Sentences", *parts],
            "rows": [list(row) for row in zip(names, counts, *columns, strict=True)],
        },
    }


def facts(name: str, card: dict[str, Any]) -> Section:
    """A model's card as a section."""
    rows: list[list[Cell]] = [
        ["Parameters", f"{card['parameters']:,}"],
        ["Words", ", ".join(f"{LANGUAGES[language]} {count:,}" for language, count in card["words"].items())],
        ["Sentences", ", ".join(f"{part} {count:,}" for part, count in card["sentences"].items())],
        ["Training command", card["command"]],
        ["Minutes of training", f"{card['minutes']:g}"],
        ["Seed", str(card["seed"])],
        *([source["title"], f"{source['licence']}; {source['url']}"] for source in card["data"]),
        *scores(card["scores"]),
        *(["Bad at", weakness] for weakness in card["bad_at"]),
    ]
    fluency = [sentences.fluency(card["scores"])] if name == "writer" else []
    return {
        "id": name,
        "title": card["label"],
        "sentences": [*fluency, card["measured"]],
        "table": {"columns": ["What", "Value"], "rows": rows},
    }


def scores(measured: Mapping[str, Any]) -> list[list[Cell]]:
    """The scores of a card as rows."""
    return [score(name, value) for name, value in measured.items()]


def score(name: str, value: Any) -> list[Cell]:
    """One score as a row: a BLEU, a share, a count or a perplexity."""
    if isinstance(value, dict):
        return [f"BLEU, {name.replace('_', ' of ')}", f"{value['bleu']:.1f}"]
    if "unknown" in name:
        return [f"{name.replace('_unknown', ', words that are unknown').replace('_', ', ')}", f"{100 * value:.1f} %"]
    return [name.replace("_", ", "), f"{value:,}" if isinstance(value, int) else f"{value:.1f}"]
