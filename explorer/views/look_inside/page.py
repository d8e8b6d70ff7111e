"""Look inside: one phrase in one lane. The cell at each step, its units, and which words moved the belief."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis import attribution, measures
from explorer.analysis.backpropagation import recurrent
from explorer.analysis.integrated_gradients import MANY, MOST, IntegratedGradients, integrated_gradients
from explorer.analysis.state_atlas import COMMAND, load_atlas
from explorer.analysis.unit_equations import equations
from explorer.board import events
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import Trace, trace
from explorer.reading.reading import Reading
from explorer.views.look_inside import figures, sentences
from explorer.views.shared import phrase, settings, visit
from explorer.views.shared.charts import packed
from explorer.views.shared.settings import UNIT
from explorer.views.shared.units import SORTED

AT_ONCE = 150  # words up to which everything is computed as one types
QUICK = 40_000  # words, times points on the path of integrated gradients, as one types: half a second of the RNN
PAGE = "inside"
SHOW, SORT = settings.SHOW[PAGE], settings.SORT[PAGE]


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("What is it doing in there?")
    st.markdown(
        "Type a phrase. A **recurrent network** reads it word by word; its **state** is all that it remembers. Move "
        "the time cursor and see what goes into the cell, what comes out, and which words and units moved the belief."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types."""
    text, lane = phrase.controls(PAGE)
    model = phrase.usable(lambda: load(lane))
    if model is None:
        return
    show, sort, unit = controls(model)
    reading = phrase.read(text, model.vocabulary)
    data = phrase.blank(text) if reading is None else show_phrase(model, trace(model, reading), show, sort, unit)
    asked = stage.mount(data | visit.address(PAGE), key="inside", module="inside")
    if (number := events.unit(asked, model.network.units)) is not None:
        visit.put(PAGE, UNIT, number)
        st.rerun(scope="fragment")


def controls(model: Model) -> tuple[str, str, int]:
    """What the heatmap shows, how its rows are sorted, and the unit that is looked at."""
    units, loudest = model.network.units, int(model.network.readout.weight[0].abs().argmax())
    titles = model.network.titles()
    orders = settings.sorts(PAGE)
    unit = visit.chosen(PAGE, UNIT)
    if unit is None or unit >= units:
        visit.put(PAGE, UNIT, loudest)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = visit.control(
            PAGE, SHOW, st.selectbox, "Heatmap shows", options=list(titles), format_func=titles.__getitem__
        )
        sort = visit.control(PAGE, SORT, st.selectbox, "Units sorted by", options=list(orders), format_func=orders.get)
        unit = visit.control(
            PAGE, UNIT, st.number_input, "Unit", 0, units - 1, help="A click in the heatmap picks one too."
        )
    return show, sort, int(unit)


# ------------------------------------------------------------------------------------------- what the board is to show


def show_phrase(model: Model, one: Trace, show: str, sort: str, unit: int) -> dict:
    """Everything that the board draws for a phrase that has words."""
    parts = attribution.parts(model, one.activations["hidden"])
    data = phrase.base(one)
    panels = [
        cell(model, one, unit),
        heatmap(model, one, show, sort, unit),
        course(model, one, parts.units, unit),
        shares(model, one, parts, unit),
        *contexts(model, unit),
        *attributions(model, one),
    ]
    return data | {
        "summary": sentences.story(one, model.label, parts.units, parts.bias),
        "panels": panels,
    }


def cell(model: Model, one: Trace, unit: int) -> dict:
    """The cell unrolled, and its equations for one unit."""
    inputs, hidden = one.activations["inputs"], one.activations["hidden"]
    reach = float(np.quantile(np.abs(inputs), 0.995))  # one loud number would leave all others pale
    found = equations(model, one, unit)
    unwritten = " The cell's equations are not written out for this network, its readout is." if len(found) == 1 else ""
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
        "tokens": list(one.tokens),
        "belief": [float(p) for p in one.belief],
        "strips": {"inputs": figures.strip(inputs, reach), "hidden": figures.strip(hidden, 1.0)},
        "equations": [
            {"formula": each.formula, "numbers": each.numbers, "values": [packed(values) for values in each.values]}
            for each in found
        ],
    }


def heatmap(model: Model, one: Trace, show: str, sort: str, unit: int) -> dict:
    """All units at all steps."""
    values = one.activations[show]
    order = measures.unit_order(model, values, values, sort)
    return {
        "kind": "chart",
        "id": "units",
        "title": f"Every unit at every step: {model.network.titles()[show]}",
        "alt": f"Heatmap of {len(order)} units by {len(one)} timesteps: {model.network.titles()[show]} of the "
        f"{model.label}. Unit {unit} is row {1 + int(np.flatnonzero(order == unit)[0])} from the top.",
        "sentence": f"One row is one unit, one column one word. A click picks the unit; unit {unit} is row "
        f"{1 + int(np.flatnonzero(order == unit)[0])} from the top. Rows are sorted by {SORTED[sort]}.",
        "figure": figures.units(one, show, order),
    }


def course(model: Model, one: Trace, parts: np.ndarray, unit: int) -> dict:
    """One unit through the phrase."""
    said = sentences.unit(one, unit, parts[:, unit], float(model.network.readout.weight[0, unit]))
    return {
        "kind": "chart",
        "id": "unit",
        "title": f"Unit {unit} through the phrase",
        "alt": f"Line of the activation of unit {unit} after each step, with bars for its part of the log-odds. {said}",
        "sentence": said,
        "figure": figures.unit(one, unit, parts[:, unit]),
    }


def shares(model: Model, one: Trace, parts: attribution.Parts, unit: int) -> dict:
    """What each unit says for the verdict at the cursor."""
    return {
        "kind": "parts",
        "id": "parts",
        "title": "What each unit says for the verdict",
        "sentence": "A unit's part is its readout weight times its activation. All parts and the bias sum to the "
        "log-odds, whose σ is the belief. Striped bars to the left speak for negative, full ones to the right for "
        "positive.",
        "unit": unit,
        "tokens": list(one.tokens),
        "belief": [float(p) for p in one.belief],
        "logit": [float(z) for z in one.activations["logit"]],
        "parts": packed(parts.units),
        "bias": parts.bias,
    }


def contexts(model: Model, unit: int) -> list[dict]:
    """Where in real reviews a unit was highest and lowest; a sentence where that was not computed for these weights."""
    title = f"What drives unit {unit} in real reviews"
    try:
        found = load_atlas(model).contexts[unit]
    except WeightsError:
        said = f"Not computed for these weights yet. The command: {COMMAND}"
        return [{"kind": "text", "id": "contexts", "title": title, "sentence": said}]
    rows = [
        [side, f"{one.value:+.2f}", f"… {one.before}", one.token, f"{one.after} …"]
        for side in ("high", "low")
        for one in found[side]
    ]
    columns = ["Driven", "Activation", "Words before", "At this word", "Words after"]
    said = sentences.contexts(model.label, unit, found)
    return [
        {
            "kind": "table",
            "id": "contexts",
            "title": title,
            "sentence": said,
            "table": {"columns": columns, "rows": rows},
        }
    ]


# ------------------------------------------------------------------------------------------------- which words did it


def attributions(model: Model, one: Trace) -> list[dict]:
    """The three methods side by side: at once for a phrase, on demand for a long review."""
    words = quick(model, one.reading) if len(one) <= AT_ONCE else None
    if words is None or not words.whole.trusted:
        title = "Compute which words did it" if words is None else "Look at integrated gradients more closely"
        words = phrase.on_demand(PAGE, "words", title, partial(attributed, model, one.reading, MANY)) or words
    if words is None:
        reason = (
            f"This review has {len(one):,} steps. Which of its words did it is computed when you ask: the button is "
            "above."
        )
        return [{"kind": "text", "id": "words", "title": "Which words did it", "sentence": reason}]
    sentence = sentences.attributed(one.tokens, words.values, words.whole, attribution.disagreement(words.values))
    return [
        {
            "kind": "chart",
            "id": "words",
            "title": "Which words did it",
            "alt": f"{len(words.values)} bars for each word, in log-odds, up for positive and down for negative. "
            f"{sentence}",
            "sentence": f"{sentence} The change is what the belief moved when the word was read; integrated "
            "gradients, how far the verdict rests on the word's vector; occlusion, what the verdict loses without "
            "the word.",
            "figure": figures.attributions(one.tokens, words.values),
        }
    ]


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
