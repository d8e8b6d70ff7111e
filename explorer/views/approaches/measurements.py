"""What was measured over many phrases and on real texts, as panels of the page; or a sentence where it was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.analysis.approach_findings import COMMAND, Bin, Findings, load_findings
from explorer.analysis.approaches import AMONG, Moves
from explorer.board.payloads import Panel, PlotPanel, TextPanel
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, WeightsError
from explorer.networks.registry import labels, network
from explorer.views.approaches import figures, sentences


def findings(models: list[Model]) -> Findings | None:
    """What was measured on real texts; None where it was not measured for these weights."""
    try:
        return load_findings(models, checkpoints.FOLDER)
    except WeightsError:
        return None


def missing(name: str, title: str, what: str) -> TextPanel:
    """What stands in the place of a chart of what was not measured for these weights."""
    note = f"{what} was not measured for these weights yet. The command: {COMMAND}"
    return {"kind": "text", "id": name, "title": title, "sentence": note}


def with_errors(labels: Iterable[str]) -> list[str]:
    """Columns of a table: of each model a value and its standard error."""
    return [f"{label}{side}" for label in labels for side in ("", ", standard error")]


def over_phrases(measurements: Findings | None) -> list[Panel]:
    """The same over many phrases: how far beliefs move, and what that is beside what the phrases say."""
    title = "The same for many phrases: how far the belief moves"
    if measurements is None:
        return [missing("moved", title, "How beliefs move with the place of a phrase")]
    moves = {name: (network(name).label, move) for name, move in measurements.moves.items()}
    return [moved(title, moves, measurements.phrases), shares(moves, measurements.shares)]


def moved(title: str, moves: Mapping[str, tuple[str, Moves]], phrases: int) -> PlotPanel:
    """How far beliefs move with the place, in the mean over many phrases."""
    sentence = sentences.moved(moves, phrases)
    return {
        "kind": "plot",
        "id": "moved",
        "title": title,
        "sentence": f"{sentence} Bars are one standard error. The phrases have up to four words and come from the dev "
        "trees of the Stanford Sentiment Treebank.",
        "alt": f"A line a model: mean distance of the belief from that at place 0, by place. {sentence}",
        "figure": figures.moved(moves),
        "table": {
            "columns": ["Words before", *with_errors(label for label, _ in moves.values())],
            "rows": [
                [str(k), *(f"{side[k]:.4f}" for _, move in moves.values() for side in (move.moved, move.error))]
                for k in range(len(AMONG) + 1)
            ],
        },
    }


def shares(moves: Mapping[str, tuple[str, Moves]], again: Mapping[str, list[float]]) -> PlotPanel:
    """The place beside the phrase; `again`: the shares of the place among other neutral words."""
    sentence = sentences.shares(moves, again)
    columns = [
        "Model", "Variance that the place makes", "Phrases on either side", "Deviation over places, mean",
        "its deviation over phrases", "Deviation over phrases", "Variance, among other words",
    ]  # fmt: skip
    return {
        "kind": "plot",
        "id": "shares",
        "title": "The place against the phrase",
        "sentence": sentence,
        "alt": f"Two bars for each of {len(moves)} models, in percent. {sentence}",
        "figure": figures.shares(moves),
        "table": {
            "columns": columns,
            "rows": [
                [
                    label,
                    *(f"{n:.4f}" for n in (move.share, move.sides, move.spread, move.spread_sd, move.between)),
                    ", ".join(f"{share:.4f}" for share in again[name]),
                ]
                for name, (label, move) in moves.items()
            ],
        },
    }


def accuracies(measurements: Findings | None) -> list[Panel]:
    """How often each model is right on real texts of each length."""
    if measurements is None:
        what = "How often each model is right on texts of each length"
        return [missing("accuracy-0", "Right by length, on real texts", what)]
    return [accuracy(i, name, bins) for i, (name, bins) in enumerate(measurements.lengths.items())]


def accuracy(number: int, texts: str, bins: list[Bin]) -> PlotPanel:
    """How often each model is right on the texts of one set, by their length."""
    measured = {name: label for name, label in labels().items() if name in bins[0].right}
    sentence = sentences.accuracy(bins, measured, texts)
    return {
        "kind": "plot",
        "id": f"accuracy-{number}",
        "title": f"Right by length: {texts}",
        "sentence": f"{sentence} In brackets below each length: how many texts. No model was trained on them. Lengths "
        "count words and signs.",
        "alt": f"A line a model with standard errors: percent right by length of the text. {sentence}",
        "figure": figures.accuracy(bins, measured),
        "table": {
            "columns": ["Words", "Texts", *with_errors(measured.values())],
            "rows": [
                [
                    group.name,
                    f"{group.count:,}",
                    *(f"{100 * share[name]:.1f} %" for name in measured for share in (group.right, group.error)),
                ]
                for group in bins
            ],
        },
    }
