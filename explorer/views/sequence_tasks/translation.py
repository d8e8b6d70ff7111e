"""Many to many of two lengths: an English caption to French, by two translators."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.board.payloads import Cell, DiagramStep, Panel, PanelContent, PlotPanel, TablePanel
from explorer.tasks import translator
from explorer.tasks.saved import Trained
from explorer.tasks.translator import CaptionError, Translation
from explorer.tasks.words import MARK
from explorer.views.sequence_tasks import diagram, figures, sentences
from explorer.views.sequence_tasks.diagram import cell, unrolled
from explorer.views.sequence_tasks.sentences import TRANSLATORS

GLANCE = 0.1  # attention from which on a line is drawn


def content(models: Mapping[str, Trained], text: str, width: int) -> PanelContent:
    """The board of a caption: both translations, each unrolled, and where the one with attention looked."""
    try:
        translations = {name: translator.translate(model, text, width) for name, model in models.items()}
    except CaptionError as error:
        return diagram.content(text, str(error))
    summaries = {name: summary(translation) for name, translation in translations.items()}
    panels: list[Panel] = [
        unrolled(
            f"unrolled-{name}", f"Many to many, T_x ≠ T_y: {TRANSLATORS[name]}", summaries[name], cells(translation)
        )
        for name, translation in translations.items()
    ]
    panels += [
        attention(translation, translation.attention)
        for translation in translations.values()
        if translation.attention is not None and translation.output
    ]
    whole = " ".join(f"{TRANSLATORS[name].capitalize()}: {sentence}" for name, sentence in summaries.items())
    return diagram.content(text, whole, [*panels, word_by_word(translations)])


def summary(translation: Translation) -> str:
    """A translation in a sentence."""
    unknown = [token for token, known in zip(translation.tokens, translation.known, strict=True) if not known]
    return sentences.translated(
        translation.translation,
        len(translation.tokens),
        len(translation.output),
        unknown,
        translation.cut,
        translation.attention is not None,
        translation.finished,
    )


def cells(translation: Translation) -> list[DiagramStep]:
    """The cells of a translation: the encoder reads, its last state is handed over, the decoder says."""
    read = [
        cell(token + ("" if known else " ?"), None, "encoder", memory=t > 0)
        for t, (token, known) in enumerate(zip(translation.tokens, translation.known, strict=True))
    ]
    outputs = [*translation.output, "(end)"] if translation.finished else list(translation.output)
    inputs = ["(start)", *outputs][: len(outputs)]
    return read + [
        cell(before, now, "decoder", memory=True, fed=t > 0, looks=looks(translation, t))
        for t, (before, now) in enumerate(zip(inputs, outputs, strict=True))
    ]


def looks(translation: Translation, step: int) -> list[tuple[int, float]]:
    """At which words a translator with attention looked at a step, from 0, and how much, if at least GLANCE."""
    if translation.attention is None or step >= len(translation.attention):
        return []
    weights = enumerate(translation.attention[step])
    return [(place, round(float(weight), 3)) for place, weight in weights if weight >= GLANCE]


def attention(translation: Translation, weights: np.ndarray) -> PlotPanel:
    """The attention matrix, (T_y, T_x)."""
    sentence = sentences.looked(weights, translation.tokens, translation.output)
    return {
        "kind": "plot",
        "id": "attention",
        "title": "Where the decoder looked",
        "alt": f"Heatmap of attention, a row for each French word, a column for each English one. {sentence}",
        "sentence": sentence,
        "figure": figures.attention(weights, translation.tokens, translation.output),
        "table": {
            "columns": ["said", *(f"{t} {token}" for t, token in enumerate(translation.tokens, 1))],
            "rows": [
                [word, *(f"{weight:.3f}" for weight in row)]
                for word, row in zip(translation.output, weights, strict=True)
            ],
        },
    }


def word_by_word(translations: Mapping[str, Translation]) -> TablePanel:
    """Each French word with how sure the decoder was, and what else it might have said."""
    return {
        "kind": "table",
        "id": "said",
        "title": "Word by word",
        "table": {
            "columns": ["Model", "Step", "Word said", "Its probability", "Likeliest words"],
            "rows": [row for name, translation in translations.items() for row in rows(name, translation)],
        },
    }


def rows(name: str, translation: Translation) -> list[list[Cell]]:
    """The words of one translation as rows of the table."""
    steps = zip(translation.output, translation.probability, translation.candidates, strict=True)
    return [
        [
            TRANSLATORS[name],
            str(t),
            word,
            f"{p:.3f}",
            ", ".join(f"{'(end)' if other == MARK else other} {q:.2f}" for other, q in likely[:4]),
        ]
        for t, (word, p, likely) in enumerate(steps, 1)
    ]
