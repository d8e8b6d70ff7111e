"""Panels of one phrase in one model: a unit through it, what drives that unit, and which words did it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from explorer.analysis import attribution
from explorer.analysis.integrated_gradients import MANY, MOST, IntegratedGradients, integrated_gradients
from explorer.analysis.state_atlas import COMMAND, load_atlas
from explorer.board.payloads import Cell, ChartPanel, ContributionsPanel, Figure, Panel, TablePanel, TextPanel
from explorer.core.checkpoints import Model, WeightsError
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.reading.reading import Reading
from explorer.views.duel import inside_figures as figures
from explorer.views.duel import inside_sentences as sentences
from explorer.views.shared import jobs, kept
from explorer.views.shared.charts import packed

AT_ONCE = 150  # words up to which everything is computed as one types
TAKES = 550_000_000  # bytes of all three methods on a review of 1,000 words, about
QUICK = 40_000  # words, times points on the path of integrated gradients, as one types: half a second of the RNN


def story(model: Model, trace: Trace) -> str:
    """The phrase as the model read it, in words."""
    parts = attribution.parts(model, trace.activations["hidden"])
    return sentences.story(trace, model.label, parts.units, parts.bias)


def loudest(model: Model) -> int:
    """The unit that counts most for the verdict: the one to look at first."""
    return int(model.network.readout.weight[0].abs().argmax())


def panels(model: Model, trace: Trace, unit: int | None) -> list[Panel]:
    """One unit through a phrase, what it says for the verdict, what drives it; `unit`: None for the loudest."""
    number = loudest(model) if unit is None or unit >= model.network.units else unit
    parts = attribution.parts(model, trace.activations["hidden"])
    return [trajectory(model, trace, parts.units, number), shares(trace, parts, number), contexts(model, number)]


def unit_heatmap(trace: Trace, show: str, order: np.ndarray) -> Figure:
    """All units at all steps of one phrase."""
    return figures.units(trace, show, order)


def trajectory(model: Model, trace: Trace, parts: np.ndarray, unit: int) -> ChartPanel:
    """One unit through the phrase."""
    sentence = sentences.unit(trace, unit, parts[:, unit], float(model.network.readout.weight[0, unit]))
    alt = _("Line of the activation of unit {unit} after each step, with bars for its part of the log-odds.")
    return {
        "kind": "chart",
        "id": "unit",
        "title": _("Unit {unit} through the phrase").format(unit=unit),
        "alt": f"{alt.format(unit=unit)} {sentence}",
        "sentence": sentence,
        "figure": figures.unit(trace, unit, parts[:, unit]),
    }


def shares(trace: Trace, parts: attribution.Parts, unit: int) -> ContributionsPanel:
    """What each unit says for the verdict at the cursor."""
    return {
        "kind": "parts",
        "id": "parts",
        "title": _("What each unit says for the verdict"),
        "sentence": _(
            "A unit's part is its weight in the verdict times its activation. All parts and the bias sum to the "
            "log-odds, whose σ is the belief. Striped bars to the left speak for negative, full ones to the right for "
            "positive."
        ),
        "unit": unit,
        "tokens": list(trace.tokens),
        "belief": [float(p) for p in trace.belief],
        "logit": [float(z) for z in trace.activations["logit"]],
        "parts": packed(parts.units),
        "bias": parts.bias,
    }


def contexts(model: Model, unit: int) -> TablePanel | TextPanel:
    """Where in real reviews a unit was highest and lowest; a sentence where that was not computed for these weights."""
    title = _("What drives unit {unit} in real reviews").format(unit=unit)
    try:
        sides = load_atlas(model).contexts[unit]
    except WeightsError as error:
        reason = _("Not computed for these weights yet. The command: {command}").format(command=COMMAND)
        reason = reason if error.absent else str(error)
        return {"kind": "text", "id": "contexts", "title": title, "sentence": reason}
    rows: list[list[Cell]] = [
        [told, f"{context.value:+.2f}", f"… {context.before}", context.token, f"{context.after} …"]
        for side, told in (("high", _("high")), ("low", _("low")))
        for context in sides[side]
    ]
    columns = [_("Driven"), _("Activation"), _("Words before"), _("At this word"), _("Words after")]
    return {
        "kind": "table",
        "id": "contexts",
        "title": title,
        "sentence": sentences.contexts(model.label, unit, sides),
        "table": {"columns": columns, "rows": rows},
    }


# ------------------------------------------------------------------------------------------------- which words did it


def attributions(model: Model, reading: Reading) -> ChartPanel | TextPanel:
    """The three methods side by side: at once for a phrase, on demand for a long review."""
    words = quick(model, reading) if len(reading) <= AT_ONCE else None
    if words is None or not words.whole.trusted:
        title = _("Compute which words did it") if words is None else _("Look at integrated gradients more closely")
        work = partial(attributed, model, reading, MANY)
        words = jobs.on_demand("words", (reading.text, model.name), title, work, TAKES) or words
    title = _("Which words did it")
    if words is None:
        told = _("This review has {count} steps. Which of its words did it is computed when you ask.")
        return {"kind": "text", "id": "words", "title": title, "sentence": told.format(count=f"{len(reading):,}")}
    sentence = sentences.attributed(reading.tokens, words.values, words.whole, attribution.disagreement(words.values))
    alt = _("{count} bars for each word, in log-odds, up for positive and down for negative.")
    more = _(
        "The change is what the belief moved when the word was read; integrated gradients, how far the verdict rests "
        "on the word's vector; occlusion, what the verdict loses without the word."
    )
    return {
        "kind": "chart",
        "id": "words",
        "title": title,
        "alt": f"{alt.format(count=len(words.values))} {sentence}",
        "sentence": f"{sentence} {more}",
        "figure": figures.attributions(reading.tokens, words.values),
    }


class Words(NamedTuple):
    """What each method gives each word, (T,) log-odds by its name, and integrated gradients as a whole.

    Integrated gradients that cannot be trusted are not among the values.
    """

    values: dict[str, np.ndarray]
    whole: IntegratedGradients


def quick(model: Model, reading: Reading) -> Words:
    """All three methods as one types; kept, since the time cursor and the controls do not change them."""
    most = min(MOST, QUICK // len(reading))
    return kept.result(("words", model, reading), lambda: attributed(model, reading, most, silent))


def attributed(model: Model, reading: Reading, most: int, progress: Progress) -> Words:
    """All three methods, integrated gradients with at most so many points."""
    whole = integrated_gradients(model, reading, most=most, progress=portion(progress, 0.0, 0.8))
    without = attribution.occlusion(model, reading, portion(progress, 0.8, 1.0))
    methods = zip(figures.METHODS, (attribution.changes(model, reading).logit, whole.words, without.words), strict=True)
    return Words({name: values for name, values in methods if values is not whole.words or whole.trusted}, whole)
