"""The panels of Memory: the transplant, the forgetting dial, gradients of beliefs with respect to words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from explorer.analysis import interventions, memory
from explorer.board.payloads import (
    Cell,
    MatrixPanel,
    Panel,
    PanelContent,
    PlotPanel,
    TablePanel,
    TextPanel,
    TransplantPanel,
)
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress, portion, silent
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.networks.registry import labels, network
from explorer.reading.reading import Reading, readable
from explorer.views.memory import figures, sentences
from explorer.views.memory.figures import Donor
from explorer.views.shared import jobs, kept, phrase
from explorer.views.shared.charts import PALETTE, packed, words
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


def apart(summary: str, panels: list[Panel]) -> PanelContent:
    """What a board shows that follows no phrase."""
    return {
        "palette": PALETTE, "summary": summary, "notes": [], "phrases": [], "steps": 0, "typed": "", "panels": panels,
        "reading": "hidden",
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------- the transplant


def transplant_board(model: Model, trace: Trace, asked: Transplant) -> PanelContent:
    """The phrase with another memory from a step on, how to read that, and the numbers behind it."""
    shown = phrase.base(trace)
    shown["reading"] = "below"
    missing = missing_part(asked)
    if missing:
        shown["panels"] = [{"kind": "text", "id": "transplant", "title": transplant_title(), "sentence": missing}]
        return shown
    own = interventions.trajectory(model, trace.reading)
    other = transplanted(model, trace, own, asked)
    shown["summary"] = outcome(model, trace, own, other, asked)
    shown["panels"] = [
        picture(model, trace, own, other, asked, shown["summary"]),
        transplant_guide(),
        beliefs_table(trace, own, other, asked.first),
        {
            "kind": "text", "id": "control", "depth": "measure", "title": _("The check"),
            "sentence": sentences.identity(*largest_change(model, trace, own, asked.first)),
        },
    ]  # fmt: skip
    return shown


def transplant_title() -> str:
    return _("Swap its memory")


def missing_part(asked: Transplant) -> str:
    """What is to be done before anything can be put in; empty where all is there."""
    if asked.way == WHOLE and asked.donor is None:
        return _("Type another phrase into the box “Memory of”: the transplant needs one.")
    if asked.way == CLAMP and not asked.held:
        return _("No unit is held yet. Choose some in the box “Units that are held”.")
    return asked.impossible


def transplanted(
    model: Model, trace: Trace, own: interventions.Trajectory, asked: Transplant
) -> interventions.Trajectory:
    """The trajectory with the memory that is asked for."""
    if asked.way == WHOLE and asked.donor is not None:
        return interventions.transplant(model, trace.reading, asked.first, asked.donor, asked.taken)
    if asked.way == RESET:
        return interventions.resume(model, trace.reading, asked.first, interventions.rest_state(model))
    clamp = {"hidden": dict.fromkeys(asked.held, asked.value)}
    return interventions.resume(model, trace.reading, asked.first, own.before(asked.first), clamp)


def outcome(
    model: Model,
    trace: Trace,
    own: interventions.Trajectory,
    other: interventions.Trajectory,
    asked: Transplant,
) -> str:
    """What became of the belief, in a sentence."""
    word, before, after = trace.tokens[asked.first], float(own.belief[-1]), float(other.belief[-1])
    if asked.way == CLAMP:
        return sentences.held(model.label, asked.held, asked.value, word, before, after)
    if asked.way == RESET or asked.donor is None or asked.taken == 0:
        return sentences.wiped(model.label, word, before, after)
    donor, taken = asked.donor, asked.taken
    text = donor.text if taken == len(donor) else " ".join(donor.tokens[:taken])
    return sentences.given(model.label, text, asked.first, before, after)


def picture(
    model: Model,
    trace: Trace,
    own: interventions.Trajectory,
    other: interventions.Trajectory,
    asked: Transplant,
    sentence: str,
) -> TransplantPanel:
    """Both lines, and the donor's words before the step at which its memory is put in."""
    alt = _(
        "Two lines of P(positive) over the words, one as the phrase is, one with the other memory from step {step} on."
    ).format(step=asked.first + 1)
    return {
        "kind": "transplant",
        "id": "transplant",
        "title": transplant_title(),
        "alt": f"{alt} {sentence}",
        "figure": figures.transplanted(
            trace.tokens, own.belief, other.belief, asked.first, lines(asked.way), donated(model, asked)
        ),
    }  # fmt: skip


def lines(way: str) -> tuple[str, str]:
    """What is done to the memory, and what that makes of the line."""
    names = {
        WHOLE: (_("memory swapped"), _("swapped")),
        RESET: (_("memory wiped"), _("wiped")),
        CLAMP: (_("units held"), _("held")),
    }
    return names[way]


def donated(model: Model, asked: Transplant) -> Donor | None:
    """The last words that the donor read before its memory was taken."""
    if asked.way != WHOLE or asked.donor is None or asked.taken == 0:
        return None
    start = max(0, asked.taken - figures.TAIL)
    read = interventions.trajectory(model, asked.donor)
    return Donor(read.tokens[start : asked.taken], read.belief[start : asked.taken])


def transplant_guide() -> TextPanel:
    return {
        "kind": "text",
        "id": "transplant-guide",
        "depth": "explain",
        "title": _("What happens here"),
        "sentence": _(
            "All that a recurrent network knows of the words so far is its memory, the activation a⟨t⟩. Up to the "
            "dashed line it reads the dotted words of the other phrase. There its memory is put into your phrase, and "
            "it reads on. From there the words are the same on both lines. Only the memory differs, so the distance "
            "between the lines is the memory's doing. Inside the grey band (40% to 60%) the model is undecided."
        ),
    }


def beliefs_table(
    trace: Trace, own: interventions.Trajectory, other: interventions.Trajectory, first: int
) -> TablePanel:
    """P(positive) after each word, as it was and with the other memory."""
    swapped = [*[""] * first, *(f"{belief:.4f}" for belief in other.belief)]
    steps = enumerate(zip(trace.tokens, own.belief, swapped, strict=True), 1)
    rows: list[list[Cell]] = [[f"{t} {token}", f"{belief:.4f}", after] for t, (token, belief, after) in steps]
    return {
        "kind": "table",
        "id": "transplant-numbers",
        "depth": "measure",
        "title": _("P(positive) with either memory"),
        "table": {"columns": [_("Step"), _("as it was"), _("with the other memory")], "rows": rows},
    }


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


# ------------------------------------------------------------------------------------------------------------- the dial


def dial_board(models: dict[str, Model], frame: tuple[str, str], name: str) -> PanelContent:
    """The belief with more and more neutral words between the halves of a phrase."""
    title = _("How many words does a “not” survive?")
    vocabulary = models[name].vocabulary
    before, after = readable(frame[0], vocabulary), phrase.read(frame[1], vocabulary)
    if after is None:
        reason = _("Type a word into the box “… and after them”, such as “good”: something must be denied.")
        return apart("", [{"kind": "text", "id": "dial", "title": title, "sentence": reason}])
    dials = {each: memory.dial(model, before, after) for each, model in models.items()}
    plain = memory.dial(models[name], None, after).belief if before else None
    told = {each: sentences.survival(dial, labels()[each], frame) for each, dial in dials.items()}
    beliefs = {each: dial.belief for each, dial in dials.items()}
    alt = _("A line for each model: P(positive) by the number of neutral words.")
    drawn: PlotPanel = {
        "kind": "plot",
        "id": "dial",
        "title": title,
        "sentence": told[name],
        "alt": " ".join([alt, *told.values()]),
        "figure": figures.dials(beliefs, labels(), None if plain is None else (name, plain)),
    }
    return apart("", [drawn, dial_guide(), *dial_numbers(beliefs, plain, name, " ".join(told.values()))])


def dial_guide() -> TextPanel:
    return {
        "kind": "text",
        "id": "dial-guide",
        "depth": "explain",
        "title": _("What is put between"),
        "sentence": _(
            "The words between are neutral: “{start} …”, {count} in all. They say nothing for or against the film. "
            "So a model that stays below the grey band still remembers the “not”. The grey line is the same without "
            "the first words: with nothing to remember."
        ).format(start=" ".join(memory.NEUTRAL[:8]), count=len(memory.NEUTRAL)),
    }


def dial_numbers(
    beliefs: dict[str, np.ndarray], plain: np.ndarray | None, name: str, told: str
) -> list[TextPanel | TablePanel]:
    """What each model does, in a sentence each and as a table."""
    columns = [network(each).label for each in beliefs]
    curves = list(beliefs.values())
    if plain is not None:
        columns = [*columns, _("{model} without the first words").format(model=network(name).label)]
        curves = [*curves, plain]
    rows: list[list[Cell]] = [
        [str(k), *(f"{belief[k]:.4f}" for belief in curves)] for k in range(len(memory.NEUTRAL) + 1)
    ]
    return [
        {
            "kind": "text",
            "id": "dial-models",
            "depth": "measure",
            "title": _("The “not” in each model"),
            "sentence": told,
        },
        {
            "kind": "table",
            "id": "dial-numbers",
            "depth": "measure",
            "title": _("P(positive) by the number of neutral words"),
            "table": {"columns": [_("Neutral words"), *columns], "rows": rows},
        },
    ]


# ----------------------------------------------------------------------------------------------------------- gradients


def gradients_board(models: dict[str, Model], trace: Trace, name: str) -> PanelContent:
    """The T-by-T gradients of all models and how they fade with distance: at once, or on demand for a long review."""
    shown = phrase.base(trace)
    shown["reading"], shown["notes"] = "hidden", []
    work = all_gradients(models, trace.reading)
    parts: dict[str, Part] | None
    if len(trace) <= AT_ONCE:
        parts = kept.result(("gradients", *models.values(), trace.reading), lambda: work(silent))
    else:  # all models at once, so another model asks for nothing new
        parts = jobs.on_demand("gradients", (trace.text,), _("Compute the gradients"), work)
    if parts is None:
        reason = _(
            "This review has {count} steps, so {count} by {count} gradients. Press the button above to compute them."
        ).format(count=f"{len(trace):,}")
        shown["panels"] = [{"kind": "text", "id": "gradients", "title": gradients_title(), "sentence": reason}]
        return shown
    norms = {each: part.distances for each, part in parts.items()}
    shown["panels"] = [fading(norms, name), matrix(parts, trace), *guides(parts), *fading_numbers(norms)]
    return shown


def gradients_title() -> str:
    return _("Which words does each belief hang on?")


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
    return {
        "kind": "matrix",
        "id": "gradients",
        "title": gradients_title(),
        "sentence": sentences.strongest({network(name).label: part.word for name, part in parts.items()}, trace.tokens),
        "steps": len(trace),
        "block": block,
        "words": cell_names(trace.tokens, block),
        "low": high - figures.depth([part.cells for part in parts.values()]),
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


def fading(norms: dict[str, np.ndarray], name: str) -> PlotPanel:
    """The mean gradient at each distance."""
    sentence = sentences.distance(norms[name], network(name).label)
    alt = _("A line for each model: the mean gradient by the words between word and belief, on a logarithmic scale.")
    return {
        "kind": "plot",
        "id": "fading",
        "title": _("How far back does it look?"),
        "sentence": sentence,
        "alt": f"{alt} {sentence}",
        "figure": figures.distances(norms, labels()),
    }


def guides(parts: dict[str, Part]) -> list[TextPanel]:
    """How to read the matrices and the lines."""
    block = next(iter(parts.values())).block
    cells = _(
        "A row is the belief after a word. A column is a word read by then. The darker a cell, the more that belief "
        "would change if the word changed a little: the norm of the gradient of the log-odds with respect to the "
        "word's vector. All models share one logarithmic scale; what is under a ten-thousandth of the largest has the "
        "colour at its lower end. The framed row is the step that the player shows. Click a row to go there."
    )
    averaged = _("{block} steps by {block} words are averaged into one cell.").format(block=block)
    lines = _(
        "Each point is the mean over all pairs of a belief and a word so far apart. The longest distances have few "
        "pairs. A gradient that shrinks by the same factor at every step is a straight line here: the vanishing "
        "gradient. It says that a small change of the word no longer counts. It does not say that the word is "
        "forgotten: that is what the picture of the “not” above asks."
    )
    return [
        {"kind": "text", "id": "fading-guide", "depth": "explain", "title": _("The lines"), "sentence": lines},
        {"kind": "text", "id": "gradients-guide", "depth": "explain", "title": _("The squares"),
         "sentence": f"{cells} {averaged}" if block > 1 else cells},
    ]  # fmt: skip


def fading_numbers(norms: dict[str, np.ndarray]) -> list[TextPanel | TablePanel]:
    """How soon each model's gradient fades, in a sentence each and as a table."""
    told = [sentences.distance(values, network(name).label) for name, values in norms.items()]
    rows: list[list[Cell]] = [
        [str(d), *(f"{values[d]:.3e}" for values in norms.values())] for d in range(len(next(iter(norms.values()))))
    ]
    return [
        {"kind": "text", "id": "fading-models", "depth": "measure", "title": _("The gradient in each model"),
         "sentence": " ".join(dict.fromkeys(told))},
        {
            "kind": "table",
            "id": "fading-numbers",
            "depth": "measure",
            "title": _("Mean gradient by distance"),
            "table": {"columns": [_("Words back"), *(network(name).label for name in norms)], "rows": rows},
        },
    ]  # fmt: skip
