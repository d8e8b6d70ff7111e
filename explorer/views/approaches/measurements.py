"""What was measured over many phrases and on real texts, as panels of the page; or a sentence where it was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.analysis.approach_findings import COMMAND, Bin, Findings, load_findings
from explorer.analysis.approaches import AMONG, Moves
from explorer.board.payloads import Panel, PlotPanel, TextPanel
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, WeightsError
from explorer.messages import _
from explorer.networks.registry import labels, network
from explorer.views.approaches import figures, measured_sentences


def findings(models: list[Model]) -> Findings | str:
    """What was measured on real texts; where the file is damaged, what is wrong; empty where there is none of it."""
    try:
        return load_findings(models, checkpoints.FOLDER)
    except WeightsError as error:
        return "" if error.absent else str(error)


def missing(name: str, title: str, sentence: str) -> TextPanel:
    """What stands in the place of a chart of what was not measured for these weights."""
    return {"kind": "text", "id": name, "title": title, "sentence": sentence, "depth": "measure"}


def with_errors(labels: Iterable[str]) -> list[str]:
    """Columns of a table: of each model a value and its standard error."""
    return [name for label in labels for name in (label, _("{model}, standard error").format(model=label))]


def over_phrases(measurements: Findings | str) -> list[Panel]:
    """The same over many phrases: how far beliefs move, and what that is beside what the phrases say."""
    title = _("The same for many phrases: how far the belief moves")
    if isinstance(measurements, str):
        note = _(
            "How beliefs move with the place of a phrase was not measured for these weights yet. The command: {command}"
        )
        return [missing("moved", title, measurements or note.format(command=COMMAND))]
    moves = {name: (network(name).label, move) for name, move in measurements.moves.items()}
    return [moved(title, moves, measurements.phrases), shares(moves, measurements.shares)]


def moved(title: str, moves: Mapping[str, tuple[str, Moves]], phrases: int) -> PlotPanel:
    """How far beliefs move with the place, in the mean over many phrases."""
    sentence = measured_sentences.moved(moves, phrases)
    source = _(
        "Bars are one standard error. The phrases have up to four words and come from the dev trees of the Stanford "
        "Sentiment Treebank."
    )
    return {
        "kind": "plot",
        "id": "moved",
        "depth": "measure",
        "title": title,
        "sentence": " ".join([sentence, measured_sentences.surprise(moves), source]),
        "alt": _("A line a model: mean distance of the belief from that at place 0, by place. {sentence}").format(
            sentence=sentence
        ),
        "figure": figures.moved(moves),
        "table": {
            "columns": [_("Words before"), *with_errors(label for label, _move in moves.values())],
            "rows": [
                [str(k), *(f"{side[k]:.4f}" for _label, move in moves.values() for side in (move.moved, move.error))]
                for k in range(len(AMONG) + 1)
            ],
        },
    }


def shares(moves: Mapping[str, tuple[str, Moves]], again: Mapping[str, list[float]]) -> PlotPanel:
    """The place beside the phrase; `again`: the shares of the place among other neutral words."""
    sentence = " ".join(filter(None, [measured_sentences.shares(moves), measured_sentences.again(moves, again)]))
    columns = [
        _("Model"), _("Variance that the place makes"), _("Phrases on either side"), _("Deviation over places, mean"),
        _("its deviation over phrases"), _("Deviation over phrases"), _("Variance, among other words"),
    ]  # fmt: skip
    return {
        "kind": "plot",
        "id": "shares",
        "depth": "measure",
        "title": _("The place against the phrase"),
        "sentence": sentence,
        "alt": _("Two bars for each of {count} models, in percent. {sentence}").format(
            count=len(moves), sentence=sentence
        ),
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


def accuracies(measurements: Findings | str) -> list[Panel]:
    """How often each model is right on real texts of each length."""
    if isinstance(measurements, str):
        note = _(
            "How often each model is right on texts of each length was not measured for these weights yet. The "
            "command: {command}"
        )
        title = _("Right by length, on real texts")
        return [missing("accuracy-0", title, measurements or note.format(command=COMMAND))]
    return [accuracy(i, name, bins) for i, (name, bins) in enumerate(measurements.lengths.items())]


def accuracy(number: int, texts: str, bins: list[Bin]) -> PlotPanel:
    """How often each model is right on the texts of one set, by their length."""
    measured = {name: label for name, label in labels().items() if name in bins[0].right}
    sentence = measured_sentences.accuracy(bins, measured, texts)
    counted = _(
        "In brackets below each length: how many texts. No model was trained on them. Lengths count words and "
        "punctuation."
    )
    return {
        "kind": "plot",
        "id": f"accuracy-{number}",
        "depth": "measure",
        "title": _("Right by length: {texts}").format(texts=texts),
        "sentence": " ".join(filter(None, [sentence, measured_sentences.fall(bins, measured), counted])),
        "alt": _("A line a model with standard errors: percent right by length of the text. {sentence}").format(
            sentence=sentence
        ),
        "figure": figures.accuracy(bins, measured),
        "table": {
            "columns": [_("Words"), _("Texts"), *with_errors(measured.values())],
            "rows": [
                [
                    group.name,
                    f"{group.count:,}",
                    *(f"{100 * share[name]:.1f}%" for name in measured for share in (group.right, group.error)),
                ]
                for group in bins
            ],
        },
    }
