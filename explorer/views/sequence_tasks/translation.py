"""Many to many of two lengths: an English caption to French, by two translators."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np

from explorer.board.payloads import Cell, DiagramStep, Panel, PanelContent, PlotPanel, TablePanel
from explorer.messages import _
from explorer.tasks import translator
from explorer.tasks.saved import Trained
from explorer.tasks.translator import CaptionError, Translation
from explorer.tasks.words import MARK
from explorer.views.sequence_tasks import diagram, figures, sentences, task_cards
from explorer.views.sequence_tasks.diagram import END, START, cell, unrolled
from explorer.views.shared.explained import text as explained

GLANCE = 0.1  # attention from which on a line is drawn
LOOKING, BLIND = "translator-attention", "translator"


@lru_cache(maxsize=64)  # what is typed elsewhere on the page does not change it
def translated(model: Trained, text: str, width: int) -> Translation | str:
    """The translation of a caption, or why there is none."""
    try:
        return translator.translate(model, text, width)
    except CaptionError as error:
        return str(error)


def content(models: Mapping[str, Trained], text: str, width: int) -> PanelContent:
    """The board of a caption: the translation with attention, and folded below it the one without."""
    looking, blind = (translated(models[name], text, width) for name in (LOOKING, BLIND))
    if isinstance(looking, str) or isinstance(blind, str):
        return diagram.content(text, str(looking))
    steps = cells(looking)
    panels: list[Panel] = [
        unrolled("unrolled-translator-attention", _("English in, French out"), summary(looking), steps),
        explained("read", _("How to read it"), sentences.read_translator()),
        {
            **unrolled("unrolled-translator", _("The same without attention"), summary(blind), cells(blind)),
            "sentence": summary(blind),
            "depth": "explain",
        },
        *([attention(looking, looking.attention)] if looking.attention is not None and looking.output else []),
        speech(),
        word_by_word({LOOKING: looking, BLIND: blind}),
        task_cards.lengths({name: models[name].card for name in sentences.translators()}),
        *(task_cards.facts(models[name]) for name in sentences.translators()),
    ]
    notes = list(dict.fromkeys([*caveats(looking), *caveats(blind)]))
    whole = sentences.both(looking.translation, blind.translation)
    return diagram.content(text, whole, panels, notes, min(len(steps), len(diagram.drawn(steps))))


def summary(translation: Translation) -> str:
    """A translation in a sentence."""
    return sentences.translated(
        translation.translation, len(translation.tokens), len(translation.output), translation.attention is not None
    )


def caveats(translation: Translation) -> list[str]:
    """What must be known of a translation beside its words."""
    unknown = [token for token, known in zip(translation.tokens, translation.known, strict=True) if not known]
    return sentences.caveats(unknown, translation.cut, translation.finished, "<unk>" in translation.output)


def cells(translation: Translation) -> list[DiagramStep]:
    """The cells of a translation: the encoder reads, its last state is handed over, the decoder says."""
    read = [
        cell(token if known else f"{token} ?", None, _("encoder"), memory=t > 0)
        for t, (token, known) in enumerate(zip(translation.tokens, translation.known, strict=True))
    ]
    outputs = [*translation.output, END] if translation.finished else list(translation.output)
    inputs = [START, *outputs][: len(outputs)]
    return read + [
        cell(before, now, _("decoder"), memory=True, fed=t > 0, looks=looks(translation, t))
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
        "depth": "measure",
        "title": _("Where the decoder looked"),
        "alt": _("Heatmap of attention, a row for each French word, a column for each English one. {sentence}").format(
            sentence=sentence
        ),
        "sentence": sentence,
        "figure": figures.attention(weights, translation.tokens, translation.output),
        "table": {
            "columns": [_("said"), *(f"{t} {token}" for t, token in enumerate(translation.tokens, 1))],
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
        "depth": "measure",
        "title": _("Word by word"),
        "table": {
            "columns": [_("Model"), _("Step"), _("Word said"), _("Its probability"), _("Likeliest words")],
            "rows": [row for name, translation in translations.items() for row in rows(name, translation)],
        },
    }


def rows(name: str, translation: Translation) -> list[list[Cell]]:
    """The words of one translation as rows of the table."""
    steps = zip(translation.output, translation.probability, translation.candidates, strict=True)
    return [
        [
            sentences.translators()[name],
            str(t),
            word,
            f"{p:.3f}",
            ", ".join(f"{END if other == MARK else other} {q:.2f}" for other, q in likely[:4]),
        ]
        for t, (word, p, likely) in enumerate(steps, 1)
    ]


def speech() -> Panel:
    """Speech to text: a diagram without a model."""
    frames = [cell(_("frame {number}").format(number=t), None, _("encoder"), memory=t > 1) for t in range(1, 7)]
    words = [START, _("the"), _("film"), END]
    heard = [cell(before, now, _("decoder"), memory=True, fed=t > 0) for t, (before, now) in enumerate(pairwise(words))]
    title = _("Another many-to-many task: speech to text")
    panel = unrolled("speech", title, sentences.speech(), [*frames, *heard], sentences.speech())
    return {**panel, "depth": "explain"}
