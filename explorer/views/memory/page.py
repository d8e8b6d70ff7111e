"""Memory: how far back each recurrent lane remembers, and the proof that the state is the memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis import interventions, memory
from explorer.core.checkpoints import Model, load
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import Trace, trace
from explorer.networks.registry import labels, network, recurrent_names
from explorer.reading.reading import Reading, readable
from explorer.views.memory import figures, sentences
from explorer.views.shared import jobs, phrase, visit
from explorer.views.shared.charts import packed, words
from explorer.views.shared.settings import AFTER, AT, DONOR, ENDING, FRAME, STEP, UNITS, WAY, WAYS, Setting

AT_ONCE = 100  # words up to which the gradients are computed as one types
CONTROLS = 2_000  # steps that are read again at most for the control of the transplant
WHOLE, RESET, CLAMP = WAYS
PAGE = "memory"


def page() -> None:
    """The page: a question, the controls, and the board that answers."""
    visit.arrive(PAGE)
    st.title("What does it remember, and for how long?")
    st.markdown(
        "All that a **recurrent network** knows of the words so far is its **state**. See how much each belief still "
        "hangs on each earlier word, how many neutral words a negation survives, and what happens when one phrase "
        "gets the memory of another."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types."""
    text, lane = phrase.controls(PAGE)
    models = phrase.usable(lambda: {name: load(name) for name in recurrent_names()})
    if models is None:
        return
    model = models[lane]
    reading = phrase.read(text, model.vocabulary)
    count = len(reading) if reading else 1
    left, right = st.columns(2)
    with left.container(border=True):
        asked = transplant_controls(count, model)
    with right.container(border=True):
        frame = dial_controls()
    if reading is None:
        stage.mount(phrase.blank(text) | visit.address(PAGE), key="memory", module="inside")
        return
    one = trace(model, reading)
    panels = [*gradients(models, one), dial(models, frame, lane), graft(model, one, asked)]
    summary = " ".join(panel["summary"] for panel in panels if panel.get("summary"))
    data = phrase.base(one) | {"summary": summary, "panels": panels}
    stage.mount(data | visit.address(PAGE), key="memory", module="inside")


def box(setting: Setting[str], label: str, placeholder: str) -> str:
    """A box for a text; what is typed goes to the page at once."""
    return visit.control(PAGE, setting, st.text_input, label, live="100ms", placeholder=placeholder)


def transplant_controls(count: int, model: Model) -> dict:
    """Whose memory is put in, where, and which units are held; `count`: steps of the phrase.

    `impossible`: a sentence, where the numbers that were typed are more than there are steps; they stay as they were typed.
    """
    donor = phrase.read(box(DONOR, "Transplant: the donor, whose memory is taken", "another phrase"), model.vocabulary)
    length = len(donor) if donor else 0
    units = model.network.units
    way = visit.control(PAGE, WAY, st.selectbox, "What is put in", options=list(WAYS), format_func=WAYS.get)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = visit.control(PAGE, STEP, st.number_input, "Before step", 1, 9_999, first=count)
        taken = visit.control(
            PAGE, AFTER, st.number_input, "Donor's memory after step", 0, 9_999,
            first=max(0, min(length, count - 1)), disabled=way != WHOLE,
        )  # fmt: skip
    impossible = sentences.impossible(first, count, taken if way == WHOLE else 0, length)
    if impossible:
        st.warning(impossible)
    held: list[int] = []
    value = 0.0
    if way == CLAMP:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            visit.put(PAGE, UNITS, tuple(unit for unit in visit.value(PAGE, UNITS) if unit < units))
            held = list(
                visit.control(
                    PAGE, UNITS, st.multiselect, "Units that are held", options=range(units), placeholder="Choose units"
                )
            )
            value = visit.control(PAGE, AT, st.slider, "At the activation", -1.0, 1.0, step=0.05)
    return {"donor": donor, "way": way, "first": first - 1, "taken": taken, "held": held, "value": value,
            "impossible": impossible}  # fmt: skip


def dial_controls() -> tuple[str, str]:
    """The two halves of the phrase that neutral words are put between."""
    return (
        box(FRAME, "Forgetting dial: before the neutral words", "nothing before them"),
        box(ENDING, "and after them", "good"),
    )


# ------------------------------------------------------------------------------------------- what the board is to show


def gradients(models: dict[str, Model], one: Trace) -> list[dict]:
    """The T-by-T gradients of all lanes and how they fade with distance: at once, or on demand for a long review."""
    work = all_gradients(models, one.reading)
    if len(one) <= AT_ONCE:
        found = work(silent)
    else:  # all lanes at once, so another lane asks for nothing new
        found = jobs.on_demand("gradients", (one.text,), "Compute the gradients", work)
    if found is None:
        count = f"{len(one):,}"
        said = (
            f"This review has {count} steps, so {count} by {count} gradients: computed when you ask, by the button "
            "above."
        )
        return [{"kind": "text", "id": "gradients", "title": "What each belief hangs on", "sentence": said}]
    return [matrix(found, one), fading({lane: part.distances for lane, part in found.items()})]


@dataclass(frozen=True, eq=False)
class Part:
    """What the page keeps of a lane's (T, T) norms: `cells` of `block` by `block` steps, the mean at each distance, (T,), and
    the word that the last belief hangs on most."""

    cells: np.ndarray
    block: int
    distances: np.ndarray
    word: int


def part(norm: np.ndarray) -> Part:
    """The part that is kept: a visitor's three matrices of 1,000 words would take 12 MB."""
    return Part(*figures.averaged(norm), memory.by_distance(norm), int(norm[-1].argmax()))


def all_gradients(models: dict[str, Model], reading: Reading) -> Callable[[Progress], dict[str, Part]]:
    """The work of all lanes, as a function of the progress that it tells."""

    def work(progress: Progress) -> dict[str, Part]:
        count = len(models)
        return {
            name: part(memory.gradients(model, reading, portion(progress, i / count, (i + 1) / count)).norm)
            for i, (name, model) in enumerate(models.items())
        }

    return work


def matrix(found: dict[str, Part], one: Trace) -> dict:
    """The three matrices side by side on one logarithmic scale."""
    block = next(iter(found.values())).block
    high = float(np.log10(max(part.cells.max() for part in found.values()) + 1e-30))
    said = sentences.strongest({network(lane).label: part.word for lane, part in found.items()}, one.tokens)
    blocks = f" {block} steps by {block} words are averaged into one cell." if block > 1 else ""
    return {
        "kind": "matrix",
        "id": "gradients",
        "title": "What each belief hangs on",
        "summary": said,
        "sentence": "Row: the belief after a step; column: a word read by then; colour: the norm of the gradient of "
        "the log-odds with respect to the word's vector, on one logarithmic scale for all models, with what is "
        f"under a ten-thousandth of the largest at its lower end. The framed row is that of the time cursor.{blocks} "
        f"{said}",
        "steps": len(one),
        "block": block,
        "words": cell_names(one.tokens, block),
        "low": high - figures.DEPTH,
        "high": high,
        "models": [
            {
                "label": network(lane).label,
                "look": network(lane).style[:3],
                "values": packed(part.cells),
                "alt": sentences.matrix(part.cells, part.block, network(lane).label),
            }
            for lane, part in found.items()
        ],
    }


def cell_names(tokens: tuple[str, ...], block: int) -> list[str]:
    """What a cell of the matrices is called: its step and word, or its steps."""
    if block == 1:
        return [f"{t} {word}" for t, word in enumerate(words(tokens), 1)]
    return [f"{t + 1}–{min(t + block, len(tokens))}" for t in range(0, len(tokens), block)]


def fading(found: dict[str, np.ndarray]) -> dict:
    """The mean gradient at each distance."""
    said = sentences.distances(found, labels())
    rows = [
        [str(d), *(f"{values[d]:.3e}" for values in found.values())] for d in range(len(next(iter(found.values()))))
    ]
    return {
        "kind": "plot",
        "id": "fading",
        "title": "How the gradient fades with distance",
        "summary": said,
        "sentence": f"{said} The mean is over all pairs of a belief and a word so far apart; the longest distances "
        "have few pairs. A gradient that shrinks by the same factor at every step is a straight line here: the "
        "vanishing gradient. It says that a small change of the word no longer counts, not that the word is "
        "forgotten: that is what the dial below asks.",
        "alt": "A line a model: mean gradient norm by the steps between word and belief, on a logarithmic scale. "
        f"{said}",
        "figure": figures.distances(found, labels()),
        "table": {"columns": ["Steps from word to belief", *(network(lane).label for lane in found)], "rows": rows},
    }


def dial(models: dict[str, Model], frame: tuple[str, str], lane: str) -> dict:
    """The belief with more and more neutral words between the halves of a phrase."""
    title = "The forgetting dial"
    vocabulary = models[lane].vocabulary
    before, after = readable(frame[0], vocabulary), phrase.read(frame[1], vocabulary)
    if after is None:
        said = "The dial needs a word behind the neutral words, such as “good”. Type one into the box “and after them”."
        return {"kind": "text", "id": "dial", "title": title, "sentence": said}
    found = {name: memory.dial(model, before, after) for name, model in models.items()}
    plain = memory.dial(models[lane], None, after).belief if before else None
    said = sentences.survivals(found, labels(), frame)
    beliefs = {name: one.belief for name, one in found.items()}
    columns = [network(name).label for name in beliefs]
    curves = list(beliefs.values())
    if plain is not None:
        columns, curves = [*columns, f"{network(lane).label}, nothing before the gap"], [*curves, plain]
    rows = [[str(k), *(f"{belief[k]:.4f}" for belief in curves)] for k in range(len(memory.NEUTRAL) + 1)]
    return {
        "kind": "plot",
        "id": "dial",
        "title": title,
        "summary": said,
        "sentence": f"{said} The neutral words are “{' '.join(memory.NEUTRAL[:8])} …”, {len(memory.NEUTRAL)} in all.",
        "alt": f"A line a model: P(positive) by the number of neutral words. {said}",
        "figure": figures.dials(beliefs, labels(), None if plain is None else (lane, plain)),
        "table": {"columns": ["Neutral words", *columns], "rows": rows},
    }


def graft(model: Model, one: Trace, asked: dict) -> dict:
    """The belief with another memory from a step on."""
    title = "The transplant: another memory from one step on"
    if asked["way"] == WHOLE and asked["donor"] is None:
        said = "The transplant needs a donor: type a phrase into its box above."
        return {"kind": "text", "id": "transplant", "title": title, "sentence": said}
    if asked["impossible"]:
        return {"kind": "text", "id": "transplant", "title": title, "sentence": asked["impossible"]}
    own, first = interventions.trajectory(model, one.reading), asked["first"]
    other, what = transplanted(model, one, own, asked)
    said = sentences.transplanted(own, other, first, what, one.tokens)
    control = sentences.identity(*largest_change(model, one, own, first))
    return {
        "kind": "chart",
        "id": "transplant",
        "title": title,
        "summary": said,
        "sentence": f"{said} {control}",
        "alt": "Two lines of P(positive) over the steps, one as it is, one with the other memory "
        f"from step {first + 1} on. {said}",
        "figure": figures.transplanted(one.tokens, own.belief, other.belief, first),
    }


def transplanted(
    model: Model, one: Trace, own: interventions.Trajectory, asked: dict
) -> tuple[interventions.Trajectory, str]:
    """The trajectory with the memory that is asked for, and what that memory is, in words."""
    first = asked["first"]
    if asked["way"] == WHOLE:
        donor, taken = asked["donor"], asked["taken"]
        shown = donor.text if len(donor.text) <= 40 else donor.text[:39] + "…"
        return (
            interventions.transplant(model, one.reading, first, donor, taken),
            f"With the {model.label}'s memory of “{shown}” after its step {taken} put in",
        )
    if asked["way"] == RESET:
        return interventions.resume(
            model, one.reading, first, interventions.rest_state(model)
        ), "With the memory put back to rest"
    clamp = {"hidden": dict.fromkeys(asked["held"], asked["value"])}
    held = sentences.held(asked["held"], asked["value"])
    return interventions.resume(model, one.reading, first, own.before(first), clamp), held


def largest_change(model: Model, one: Trace, own: interventions.Trajectory, first: int) -> tuple[float, int]:
    """The control: the largest change of any log-odds when a phrase's own state is put back in, and at how many steps it was.

    At step `first`, and at up to seven others, fewer in a long review.
    """
    others = min(7, len(one), CONTROLS // len(one))
    steps = {first, *np.linspace(0, len(one) - 1, others).astype(int).tolist()}
    again = [
        interventions.resume(model, one.reading, step, own.before(step)).logit - own.logit[step:]
        for step in sorted(steps)
    ]
    return max(float(np.abs(change).max()) for change in again), len(steps)
