"""The panels of Memory: gradients of beliefs with respect to words, the forgetting dial, the transplant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from explorer.analysis import interventions, memory
from explorer.board.payloads import Cell, ChartPanel, MatrixPanel, Panel, PanelContent, PlotPanel, TextPanel
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import Trace
from explorer.networks.registry import labels, network
from explorer.reading.reading import Reading, readable
from explorer.views.memory import figures, sentences
from explorer.views.shared import jobs, phrase
from explorer.views.shared.charts import packed, words
from explorer.views.shared.settings import WAYS

AT_ONCE = 100  # words up to which the gradients are computed as one types
CONTROLS = 2_000  # steps that are read again at most for the control of the transplant
WHOLE, RESET, CLAMP = WAYS


class Transplant(NamedTuple):
    """Which memory is put in: the `donor`'s after its step `taken`, one at rest, or the phrase's own with units held.

    `way`: one of WAYS. `first`: the step before which it is put in, from 0. `held` units are clamped at `value`, −1…1.
    `impossible`: a sentence where there are no such steps, else empty.
    """

    donor: Reading | None
    way: str
    first: int
    taken: int
    held: tuple[int, ...]
    value: float
    impossible: str


def content(
    models: dict[str, Model], name: str, trace: Trace, frame: tuple[str, str], asked: Transplant
) -> PanelContent:
    """Everything that the board draws for a phrase that has words; `frame`: what the dial's gap lies between."""
    panels = [*gradients(models, trace), dial(models, frame, name), transplant(models[name], trace, asked)]
    summaries = (panel.get("summary") for panel in panels)
    summary = " ".join(summary for summary in summaries if summary)
    return {**phrase.base(trace), "summary": summary, "panels": panels}


# ----------------------------------------------------------------------------------------------------------- gradients


def gradients(models: dict[str, Model], trace: Trace) -> list[Panel]:
    """The T-by-T gradients of all models and how they fade with distance: at once, or on demand for a long review."""
    work = all_gradients(models, trace.reading)
    parts: dict[str, Part] | None
    if len(trace) <= AT_ONCE:
        parts = work(silent)
    else:  # all models at once, so another model asks for nothing new
        parts = jobs.on_demand("gradients", (trace.text,), "Compute the gradients", work)
    if parts is None:
        count = f"{len(trace):,}"
        reason = (
            f"This review has {count} steps, so {count} by {count} gradients: computed when you ask, by the button "
            "above."
        )
        return [{"kind": "text", "id": "gradients", "title": "What each belief hangs on", "sentence": reason}]
    return [matrix(parts, trace), fading({name: part.distances for name, part in parts.items()})]


@dataclass(frozen=True, eq=False)
class Part:
    """What the page keeps of a model's (T, T) norms.

    `cells`: the means of `block` by `block` steps; `distances`: the mean at each distance, (T,); `word`: the one
    that the last belief hangs on most, from 0.
    """

    cells: np.ndarray
    block: int
    distances: np.ndarray
    word: int


def part(norm: np.ndarray) -> Part:
    """The part that is kept: a visitor's three matrices of 1,000 words would take 12 MB."""
    return Part(*figures.averaged(norm), memory.by_distance(norm), int(norm[-1].argmax()))


def all_gradients(models: dict[str, Model], reading: Reading) -> Callable[[Progress], dict[str, Part]]:
    """The work of all models, as a function of the progress that it reports."""

    def work(progress: Progress) -> dict[str, Part]:
        count = len(models)
        return {
            name: part(memory.gradients(model, reading, portion(progress, i / count, (i + 1) / count)).norm)
            for i, (name, model) in enumerate(models.items())
        }

    return work


def matrix(parts: dict[str, Part], trace: Trace) -> MatrixPanel:
    """The three matrices side by side on one logarithmic scale."""
    block = next(iter(parts.values())).block
    high = float(np.log10(max(part.cells.max() for part in parts.values()) + 1e-30))
    sentence = sentences.strongest({network(name).label: part.word for name, part in parts.items()}, trace.tokens)
    blocks = f" {block} steps by {block} words are averaged into one cell." if block > 1 else ""
    return {
        "kind": "matrix",
        "id": "gradients",
        "title": "What each belief hangs on",
        "summary": sentence,
        "sentence": "Row: the belief after a step; column: a word read by then; colour: the norm of the gradient of "
        "the log-odds with respect to the word's vector, on one logarithmic scale for all models, with what is "
        f"under a ten-thousandth of the largest at its lower end. The framed row is that of the time cursor.{blocks} "
        f"{sentence}",
        "steps": len(trace),
        "block": block,
        "words": cell_names(trace.tokens, block),
        "low": high - figures.DEPTH,
        "high": high,
        "models": [
            {
                "label": network(name).label,
                "look": network(name).style[:3],
                "values": packed(part.cells),
                "alt": sentences.matrix(part.cells, part.block, network(name).label),
            }
            for name, part in parts.items()
        ],
    }


def cell_names(tokens: tuple[str, ...], block: int) -> list[str]:
    """What a cell of the matrices is called: its step and word, or its steps."""
    if block == 1:
        return [f"{t} {word}" for t, word in enumerate(words(tokens), 1)]
    return [f"{t + 1}–{min(t + block, len(tokens))}" for t in range(0, len(tokens), block)]


def fading(norms: dict[str, np.ndarray]) -> PlotPanel:
    """The mean gradient at each distance."""
    sentence = sentences.distances(norms, labels())
    rows: list[list[Cell]] = [
        [str(d), *(f"{values[d]:.3e}" for values in norms.values())] for d in range(len(next(iter(norms.values()))))
    ]
    return {
        "kind": "plot",
        "id": "fading",
        "title": "How the gradient fades with distance",
        "summary": sentence,
        "sentence": f"{sentence} The mean is over all pairs of a belief and a word so far apart; the longest distances "
        "have few pairs. A gradient that shrinks by the same factor at every step is a straight line here: the "
        "vanishing gradient. It says that a small change of the word no longer counts, not that the word is "
        "forgotten: that is what the dial below asks.",
        "alt": "A line a model: mean gradient norm by the steps between word and belief, on a logarithmic scale. "
        f"{sentence}",
        "figure": figures.distances(norms, labels()),
        "table": {"columns": ["Steps from word to belief", *(network(name).label for name in norms)], "rows": rows},
    }


# ----------------------------------------------------------------------------------------------- dial and transplant


def dial(models: dict[str, Model], frame: tuple[str, str], name: str) -> PlotPanel | TextPanel:
    """The belief with more and more neutral words between the halves of a phrase."""
    title = "The forgetting dial"
    vocabulary = models[name].vocabulary
    before, after = readable(frame[0], vocabulary), phrase.read(frame[1], vocabulary)
    if after is None:
        reason = (
            "The dial needs a word behind the neutral words, such as “good”. Type one into the box “and after them”."
        )
        return {"kind": "text", "id": "dial", "title": title, "sentence": reason}
    dials = {each: memory.dial(model, before, after) for each, model in models.items()}
    plain = memory.dial(models[name], None, after).belief if before else None
    sentence = sentences.survivals(dials, labels(), frame)
    beliefs = {each: dial.belief for each, dial in dials.items()}
    columns = [network(each).label for each in beliefs]
    curves = list(beliefs.values())
    if plain is not None:
        columns, curves = [*columns, f"{network(name).label}, nothing before the gap"], [*curves, plain]
    rows: list[list[Cell]] = [
        [str(k), *(f"{belief[k]:.4f}" for belief in curves)] for k in range(len(memory.NEUTRAL) + 1)
    ]
    return {
        "kind": "plot",
        "id": "dial",
        "title": title,
        "summary": sentence,
        "sentence": f"{sentence} The neutral words are “{' '.join(memory.NEUTRAL[:8])} …”, "
        f"{len(memory.NEUTRAL)} in all.",
        "alt": f"A line a model: P(positive) by the number of neutral words. {sentence}",
        "figure": figures.dials(beliefs, labels(), None if plain is None else (name, plain)),
        "table": {"columns": ["Neutral words", *columns], "rows": rows},
    }


def transplant(model: Model, trace: Trace, asked: Transplant) -> ChartPanel | TextPanel:
    """The belief with another memory from a step on."""
    title = "The transplant: another memory from one step on"
    if asked.way == WHOLE and asked.donor is None:
        reason = "The transplant needs a donor: type a phrase into its box above."
        return {"kind": "text", "id": "transplant", "title": title, "sentence": reason}
    if asked.way == CLAMP and not asked.held:
        reason = "No unit is held yet: choose some in the box above."
        return {"kind": "text", "id": "transplant", "title": title, "sentence": reason}
    if asked.impossible:
        return {"kind": "text", "id": "transplant", "title": title, "sentence": asked.impossible}
    own = interventions.trajectory(model, trace.reading)
    other, what = transplanted(model, trace, own, asked)
    sentence = sentences.transplanted(own, other, asked.first, what, trace.tokens)
    control = sentences.identity(*largest_change(model, trace, own, asked.first))
    return {
        "kind": "chart",
        "id": "transplant",
        "title": title,
        "summary": sentence,
        "sentence": f"{sentence} {control}",
        "alt": "Two lines of P(positive) over the steps, one as it is, one with the other memory "
        f"from step {asked.first + 1} on. {sentence}",
        "figure": figures.transplanted(trace.tokens, own.belief, other.belief, asked.first),
    }


def transplanted(
    model: Model, trace: Trace, own: interventions.Trajectory, asked: Transplant
) -> tuple[interventions.Trajectory, str]:
    """The trajectory with the memory that is asked for, and what that memory is, in words."""
    first, donor = asked.first, asked.donor
    if asked.way == WHOLE and donor is not None:
        shown = donor.text if len(donor.text) <= 40 else donor.text[:39] + "…"
        return (
            interventions.transplant(model, trace.reading, first, donor, asked.taken),
            f"With the {model.label}'s memory of “{shown}” after its step {asked.taken} put in",
        )
    if asked.way == RESET:
        rest = interventions.rest_state(model)
        return interventions.resume(model, trace.reading, first, rest), "With the memory put back to rest"
    clamp = {"hidden": dict.fromkeys(asked.held, asked.value)}
    held = sentences.held(asked.held, asked.value)
    return interventions.resume(model, trace.reading, first, own.before(first), clamp), held


def largest_change(model: Model, trace: Trace, own: interventions.Trajectory, first: int) -> tuple[float, int]:
    """The control: a phrase's own state is put back in, and the largest change of any log-odds is taken.

    Before step `first`, and before up to seven others, fewer in a long review; also gives at how many steps it was.
    """
    others = min(7, len(trace), CONTROLS // len(trace))
    steps = {first, *np.linspace(0, len(trace) - 1, others).astype(int).tolist()}
    again = [
        interventions.resume(model, trace.reading, step, own.before(step)).logit - own.logit[step:]
        for step in sorted(steps)
    ]
    return max(float(np.abs(change).max()) for change in again), len(steps)
