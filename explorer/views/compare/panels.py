"""What the board of Compare shows of two texts: notes, verdicts, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np

from explorer.analysis import measures
from explorer.analysis.measures import verdict
from explorer.board.payloads import CompareChart, CompareContent, ReadPhrase
from explorer.board.payloads import Verdict as VerdictRow
from explorer.core.checkpoints import Model, WeightsError, load, load_seed, seeds, trained_words
from explorer.core.tracing import Trace, predict, trace
from explorer.evaluation.sentence_kinds import kind as kind_of
from explorer.networks.registry import AVERAGE, CONCATENATION, names, network
from explorer.reading.reading import Reading, readable
from explorer.reading.tokenizer import is_word
from explorer.views.compare import figures, sentences
from explorer.views.shared import charts, phrase, settings, wording
from explorer.views.shared.examples import expected, undecided
from explorer.views.shared.settings import MODEL, MOST_STEPS, PHRASE
from explorer.views.shared.units import SORTED

Traces: TypeAlias = tuple[Trace, Trace]  # of A and of B
Band: TypeAlias = tuple[np.ndarray, np.ndarray]  # beliefs of all seeds at every step, (S, T_a) and (S, T_b)
Letter: TypeAlias = Literal["A", "B"]
LETTERS: tuple[Letter, Letter] = ("A", "B")


def content(a: str, b: str, name: str, show: str, sort: str) -> CompareContent:
    """Everything that the board draws for two texts; `name`: of the recurrent model. Raises WeightsError."""
    models = {each: load(each) for each in names()}
    model = models[name]
    first, second = (readable(text, model.vocabulary, MOST_STEPS) for text in (a, b))
    if first is None or second is None or not first.words or not second.words:
        return blank((first, second))
    readings = first, second
    traces, averages = both(model, readings), both(models[AVERAGE], readings)
    known = {name: traces, AVERAGE: averages}
    labels = expected(a, b)
    slots = models[CONCATENATION].network.config["length"]
    return {
        "palette": charts.PALETTE,
        "summary": sentences.lesson(traces, averages, model.label),
        "notes": [*notes(traces, slots), *reliabilities(model, traces)],
        "verdicts": [
            verdict_row(each, answers(each, readings, known.get(each.name)), labels, each is model, a)
            for each in models.values()
        ],
        "phrases": [phrase_row(letter, read, slots) for letter, read in zip(LETTERS, traces, strict=True)],
        "steps": max(map(len, traces)),
        "charts": panels(model, traces, averages, all_seeds(name, traces), show, sort),
    }


def blank(readings: tuple[Reading | None, Reading | None]) -> CompareContent:
    """The board when there is nothing to compare, with a sentence that says why and what to do."""
    reasons = [
        f"Phrase {letter} {'is empty' if reading is None else 'has no words, only signs'}."
        for letter, reading in zip(LETTERS, readings, strict=True)
        if reading is None or not reading.words
    ]
    return {
        "palette": charts.PALETTE,
        "summary": f"{' '.join(reasons)} Type a few words, or choose an example above.",
        "notes": [],
        "verdicts": [],
        "phrases": [],
        "steps": 0,
        "charts": [],
    }


def both(model: Model, readings: tuple[Reading, Reading]) -> Traces:
    """A model's traces of both phrases."""
    return trace(model, readings[0]), trace(model, readings[1])


def answers(model: Model, readings: tuple[Reading, Reading], traces: Traces | None) -> tuple[float, float]:
    """P(positive) of both texts, from the traces if there are any.

    Each text is read by itself, so that equal ones agree to the bit.
    """
    if traces:
        return traces[0].probability, traces[1].probability
    a, b = (float(predict(model, [reading])[0]) for reading in readings)
    return a, b


def all_seeds(name: str, shown: Traces) -> Band | None:
    """The beliefs of all seeds of a model at every step of both phrases, the shipped seed first.

    None where fewer than three seeds are kept, or where one of them cannot be used: the page does without the band.
    """
    try:
        others = [load_seed(name, seed) for seed in seeds(name)[1:]]
    except WeightsError:
        return None
    if len(others) < 2:
        return None
    a, b = (np.stack([read.belief, *(trace(model, read.reading).belief for model in others)]) for read in shown)
    return a, b


# -------------------------------------------------------------------------------------------------------------- notes


def notes(traces: Traces, slots: int) -> list[str]:
    """What a reader must know to take the numbers for what they are."""
    named = list(zip(LETTERS, traces, strict=True))
    cut = [
        f"{letter}: {len(read) + read.reading.cut:,} tokens; the page reads the first {MOST_STEPS:,}. "
        "Your text is kept as it is."
        for letter, read in named
        if read.reading.cut
    ]
    unknown = [note for letter, read in named if (note := wording.unknown(read.reading, letter))]
    fills = "; ".join(filled(letter, len(read), slots) for letter, read in named)
    return [*cut, *unknown, *spellings(*traces), f"Concatenation: {fills}."]


def filled(letter: str, count: int, slots: int) -> str:
    """How many slots of the concatenation a phrase of so many tokens fills."""
    if count > slots:
        return f"{letter} fills all {slots} slots and {count - slots} words are clipped"
    return f"{letter} fills {count} of {slots} slots, {slots - count} are padding"


def spellings(a: Trace, b: Trace) -> list[str]:
    """The tokens of both phrases that were read as other words, as sentences."""
    corrections = [wording.corrected(read.reading, letter) for letter, read in zip(LETTERS, (a, b), strict=True)]
    return [note for note in corrections if note]


def reliabilities(model: Model, traces: Sequence[Trace]) -> list[str]:
    """How often the chosen model was right on sentences of the kinds that were typed, where that was measured.

    Of strange words, nothing.
    """
    measured = {kind: result for kind, result in model.card.get("kinds", {}).items() if result["count"]}
    first, second = (reliable_kind(read, measured) for read in traces)
    kinds = {"A and B": first} if first == second else {"A": first, "B": second}
    return [
        sentences.reliability(letters, kind, measured[kind], model.label) for letters, kind in kinds.items() if kind
    ]


def reliable_kind(read: Trace, measured: Mapping[str, object]) -> str | None:
    """The kind of a text, if it was measured and says something about this text."""
    kind = kind_of(read.tokens)
    return kind if kind in measured and understood(read) and not undecided(read.text) else None


def understood(read: Trace) -> bool:
    """Whether nearly all of a text was typed in words that training read, and half of it at least are words."""
    pairs = zip(read.tokens, read.read, strict=True)
    typed = [token for token, word in pairs if token == word and token in trained_words()]
    return len(typed) > (1 - wording.UNKNOWN_SHARE) * len(read) and 2 * sum(map(is_word, typed)) >= len(read)


# ------------------------------------------------------------------------------------------------ verdicts and phrases


def verdict_row(
    model: Model, answer: tuple[float, float], labels: tuple[str | None, str | None], chosen: bool, text: str
) -> VerdictRow:
    """A model's answers to both phrases, with how often it is right on real sentences; `text`: phrase A as typed."""
    a, b = answer
    score = model.card.get("scores", {}).get("sst2")
    return {
        "model": model.name,
        "name": model.label,
        "chosen": chosen,
        "a": a,
        "b": b,
        "verdicts": [sentences.wrong(a, labels[0]), sentences.wrong(b, labels[1])],
        "difference": difference(a, b),
        "measured": f"{100 * score:.1f} %" if score is not None else "not measured",
        "inside": inside(model.name, text),
    }


def difference(a: float, b: float) -> str:
    """A − B as text: exactly zero only where it is, and no sign where it rounds to zero."""
    if a == b:
        return "0 exactly"
    return "under 0.001" if abs(a - b) < 0.001 else f"{a - b:+.3f}"


def inside(name: str, text: str) -> str | None:
    """The address of the page that looks inside a model while it reads a text; None for one that has no state."""
    if not network(name).recurrent:
        return None
    query = settings.query("inside", {PHRASE: text, MODEL: name})
    return f"inside{query or ''}"


def phrase_row(letter: Letter, read: Trace, slots: int) -> ReadPhrase:
    """A phrase as it was read: its tokens, what is unknown, where the concatenation stops reading, its beliefs."""
    return phrase.row(read, letter, slots if len(read) > slots else None)


# ------------------------------------------------------------------------------------------------------------- charts


def panels(
    model: Model, traces: Traces, averages: Traces, band: Band | None, show: str, sort: str
) -> list[CompareChart]:
    """The pictures, each with its title, the sentence below it and a text for those who cannot see it."""
    return [
        belief(traces, averages, band, model.label),
        parting(*traces),
        activations(model, traces, show, sort),
    ]


def ends(a: Trace, b: Trace) -> str:
    """Where both beliefs end."""
    return (
        f"A ends at {a.probability:.2f} ({verdict(a.probability)}), B at {b.probability:.2f} ({verdict(b.probability)})"
    )


def belief(traces: Traces, averages: Traces, band: Band | None, label: str) -> CompareChart:
    """P(positive) word by word, beside the average."""
    shades = banded(band, label)
    return {
        "id": "belief",
        "title": "The belief, word by word",
        "alt": f"Line chart of P(positive) after each step, {label} against the running per-word average. "
        f"{ends(*traces)}.{shades} " + " ".join(spellings(*traces)),
        "sentence": sentences.courses(*traces, label)
        + " Dotted: the running per-word average. In the grey band, 0.4 to 0.6, a belief is no verdict."
        + shades,
        "figure": figures.belief(*traces, averages, label, band),
    }


def banded(band: Band | None, label: str) -> str:
    """What the seed bands are, and where the seeds do not agree about a verdict; empty without bands."""
    if band is None:
        return ""
    count = wording.counted(len(band[0]))
    disagreements = [
        sentences.disagreement(beliefs[:, -1].tolist(), letter) for letter, beliefs in zip(LETTERS, band, strict=True)
    ]
    start = (
        f"Shaded, B's hatched: from the lowest to the highest belief of {count} {label}s trained alike "
        f"from {count} seeds."
    )
    return " ".join(["", start, *filter(None, disagreements)])


def parting(a: Trace, b: Trace) -> CompareChart:
    """The gap of the beliefs and the distance of the hidden states."""
    gap = measures.parting(a, b)
    reading = sentences.partings(gap, a, b)
    return {
        "id": "parting",
        "title": "Where the two runs part",
        "alt": "Bars for the gap between the two beliefs and a line for the distance of the hidden states, "
        f"step by step. {reading}",
        "sentence": f"{reading} The distance of the hidden states is ‖a − b‖ / (‖a‖ + ‖b‖): 0 the same, 1 opposite.",
        "figure": figures.parting(gap, a, b),
    }


def activations(model: Model, traces: Traces, show: str, sort: str) -> CompareChart:
    """Every unit at every step of both phrases."""
    a, b = traces
    units = measures.unit_order(model, a.activations[show], b.activations[show], sort)
    return {
        "id": "activations",
        "title": f"Every unit at every step: {model.network.titles()[show]} of the {model.label}",
        "alt": f"Two heatmaps, {len(units)} units by timesteps, A above B, on one colour scale. {ends(a, b)}.",
        "sentence": f"One row is one unit, one column one word. Both phrases have the same rows "
        f"and the same colours. Rows are sorted by {SORTED[sort]}.",
        "figure": figures.activations(a, b, show, units),
    }
