"""The panels of Look inside: the cell, its units, what drives one of them, and which words did it."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from explorer.analysis import attribution, measures
from explorer.analysis.backpropagation import recurrent
from explorer.analysis.integrated_gradients import MANY, MOST, IntegratedGradients, integrated_gradients
from explorer.analysis.state_atlas import COMMAND, load_atlas
from explorer.analysis.unit_equations import equations
from explorer.board.payloads import Cell, CellPanel, ChartPanel, ContributionsPanel, PanelContent, TablePanel, TextPanel
from explorer.core.checkpoints import Model, WeightsError
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import Trace
from explorer.reading.reading import Reading
from explorer.views.look_inside import figures, sentences
from explorer.views.shared import phrase
from explorer.views.shared.charts import packed
from explorer.views.shared.units import SORTED

PAGE = "inside"
AT_ONCE = 150  # words up to which everything is computed as one types
QUICK = 40_000  # words, times points on the path of integrated gradients, as one types: half a second of the RNN


def content(model: Model, trace: Trace, show: str, sort: str, unit: int) -> PanelContent:
    """Everything that the board draws for a phrase that has words."""
    parts = attribution.parts(model, trace.activations["hidden"])
    return {
        **phrase.base(trace),
        "summary": sentences.story(trace, model.label, parts.units, parts.bias),
        "panels": [
            cell(model, trace, unit),
            heatmap(model, trace, show, sort, unit),
            trajectory(model, trace, parts.units, unit),
            shares(trace, parts, unit),
            contexts(model, unit),
            attributions(model, trace),
        ],
    }


def cell(model: Model, trace: Trace, unit: int) -> CellPanel:
    """The cell unrolled, and its equations for one unit."""
    inputs, hidden = trace.activations["inputs"], trace.activations["hidden"]
    reach = float(np.quantile(np.abs(inputs), 0.995))  # one loud number would leave all others pale
    written = equations(model, trace, unit)
    unwritten = (
        " The cell's equations are not written out for this network, its readout is." if len(written) == 1 else ""
    )
    return {
        "kind": "cell",
        "id": "cell",
        "title": f"The {model.label} at this step",
        "sentence": f"The strips show all {inputs.shape[1]} numbers of x^<t>, and all {hidden.shape[1]} of a^<t>, "
        "blue below zero and orange above. Go through the steps: the numbers change, the weights never "
        f"do.{unwritten}",
        "label": model.label,
        "weights": recurrent(model).weight_names(),
        "unit": unit,
        "tokens": list(trace.tokens),
        "belief": [float(p) for p in trace.belief],
        "strips": {"inputs": figures.strip(inputs, reach), "hidden": figures.strip(hidden, 1.0)},
        "equations": [
            {
                "formula": equation.formula,
                "numbers": equation.numbers,
                "values": [packed(values) for values in equation.values],
            }
            for equation in written
        ],
    }


def heatmap(model: Model, trace: Trace, show: str, sort: str, unit: int) -> ChartPanel:
    """All units at all steps."""
    values = trace.activations[show]
    order = measures.unit_order(model, values, values, sort)
    return {
        "kind": "chart",
        "id": "units",
        "title": f"Every unit at every step: {model.network.titles()[show]}",
        "alt": f"Heatmap of {len(order)} units by {len(trace)} timesteps: {model.network.titles()[show]} of the "
        f"{model.label}. Unit {unit} is row {1 + int(np.flatnonzero(order == unit)[0])} from the top.",
        "sentence": f"One row is one unit, one column one word. A click picks the unit; unit {unit} is row "
        f"{1 + int(np.flatnonzero(order == unit)[0])} from the top. Rows are sorted by {SORTED[sort]}.",
        "figure": figures.units(trace, show, order),
    }


def trajectory(model: Model, trace: Trace, parts: np.ndarray, unit: int) -> ChartPanel:
    """One unit through the phrase."""
    sentence = sentences.unit(trace, unit, parts[:, unit], float(model.network.readout.weight[0, unit]))
    return {
        "kind": "chart",
        "id": "unit",
        "title": f"Unit {unit} through the phrase",
        "alt": f"Line of the activation of unit {unit} after each step, with bars for its part of the log-odds. "
        f"{sentence}",
        "sentence": sentence,
        "figure": figures.unit(trace, unit, parts[:, unit]),
    }


def shares(trace: Trace, parts: attribution.Parts, unit: int) -> ContributionsPanel:
    """What each unit says for the verdict at the cursor."""
    return {
        "kind": "parts",
        "id": "parts",
        "title": "What each unit says for the verdict",
        "sentence": "A unit's part is its readout weight times its activation. All parts and the bias sum to the "
        "log-odds, whose σ is the belief. Striped bars to the left speak for negative, full ones to the right for "
        "positive.",
        "unit": unit,
        "tokens": list(trace.tokens),
        "belief": [float(p) for p in trace.belief],
        "logit": [float(z) for z in trace.activations["logit"]],
        "parts": packed(parts.units),
        "bias": parts.bias,
    }


def contexts(model: Model, unit: int) -> TablePanel | TextPanel:
    """Where in real reviews a unit was highest and lowest; a sentence where that was not computed for these weights."""
    title = f"What drives unit {unit} in real reviews"
    try:
        sides = load_atlas(model).contexts[unit]
    except WeightsError:
        reason = f"Not computed for these weights yet. The command: {COMMAND}"
        return {"kind": "text", "id": "contexts", "title": title, "sentence": reason}
    rows: list[list[Cell]] = [
        [side, f"{context.value:+.2f}", f"… {context.before}", context.token, f"{context.after} …"]
        for side in ("high", "low")
        for context in sides[side]
    ]
    columns = ["Driven", "Activation", "Words before", "At this word", "Words after"]
    return {
        "kind": "table",
        "id": "contexts",
        "title": title,
        "sentence": sentences.contexts(model.label, unit, sides),
        "table": {"columns": columns, "rows": rows},
    }


# ------------------------------------------------------------------------------------------------- which words did it


def attributions(model: Model, trace: Trace) -> ChartPanel | TextPanel:
    """The three methods side by side: at once for a phrase, on demand for a long review."""
    words = quick(model, trace.reading) if len(trace) <= AT_ONCE else None
    if words is None or not words.whole.trusted:
        title = "Compute which words did it" if words is None else "Look at integrated gradients more closely"
        words = phrase.on_demand(PAGE, "words", title, partial(attributed, model, trace.reading, MANY)) or words
    if words is None:
        reason = (
            f"This review has {len(trace):,} steps. Which of its words did it is computed when you ask: the button is "
            "above."
        )
        return {"kind": "text", "id": "words", "title": "Which words did it", "sentence": reason}
    sentence = sentences.attributed(trace.tokens, words.values, words.whole, attribution.disagreement(words.values))
    return {
        "kind": "chart",
        "id": "words",
        "title": "Which words did it",
        "alt": f"{len(words.values)} bars for each word, in log-odds, up for positive and down for negative. "
        f"{sentence}",
        "sentence": f"{sentence} The change is what the belief moved when the word was read; integrated "
        "gradients, how far the verdict rests on the word's vector; occlusion, what the verdict loses without "
        "the word.",
        "figure": figures.attributions(trace.tokens, words.values),
    }


class Words(NamedTuple):
    """What each method gives each word, (T,) log-odds by its name, and integrated gradients as a whole.

    Integrated gradients that cannot be trusted are not among the values.
    """

    values: dict[str, np.ndarray]
    whole: IntegratedGradients


@lru_cache(maxsize=16)
def quick(model: Model, reading: Reading) -> Words:
    """All three methods as one types; kept, since the time cursor and the controls do not change them."""
    return attributed(model, reading, min(MOST, QUICK // len(reading)), silent)


def attributed(model: Model, reading: Reading, most: int, progress: Progress) -> Words:
    """All three methods, integrated gradients with at most so many points."""
    whole = integrated_gradients(model, reading, most=most, progress=portion(progress, 0.0, 0.8))
    without = attribution.occlusion(model, reading, portion(progress, 0.8, 1.0))
    methods = zip(figures.METHODS, (attribution.changes(model, reading).logit, whole.words, without.words), strict=True)
    return Words({name: values for name, values in methods if values is not whole.words or whole.trusted}, whole)
