"""What is measured of one or two phrases, folded below the duel: answers, beliefs, where the runs part, all units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from explorer.analysis import measures
from explorer.board.payloads import Cell, ChartPanel, Panel, PanelContent, ReadPhrase, TablePanel, TextPanel
from explorer.core.checkpoints import Model, WeightsError, load, load_seed, seeds, trained_words
from explorer.core.tracing import Trace, predict
from explorer.evaluation.sentence_kinds import kind as kind_of
from explorer.messages import _
from explorer.networks.registry import AVERAGE, CONCATENATION, names
from explorer.reading.reading import Reading
from explorer.reading.tokenizer import is_word
from explorer.views.duel import figures, inside, run_sentences
from explorer.views.duel.figures import Letter
from explorer.views.shared import charts, phrase, wording
from explorer.views.shared.examples import expected, undecided
from explorer.views.shared.kept import trace
from explorer.views.shared.settings import MOST_STEPS
from explorer.views.shared.units import SORTED

Runs: TypeAlias = Mapping[Letter, Trace]  # of the phrases that have words, A first
LETTERS: tuple[Letter, Letter] = ("a", "b")


@dataclass(frozen=True)
class Shown:
    """What the visitor chose to see: the model, what the heatmaps show and how their rows are sorted, unit, phrase."""

    model: str
    show: str = "hidden"
    sort: str = "weight"
    unit: int | None = None
    of: Letter = "a"


def content(texts: tuple[str, str], shown: Shown) -> PanelContent:
    """Everything that is measured of two texts, of which one may be empty. Raises WeightsError."""
    model = load(shown.model)
    runs = both(model, texts)
    if not runs:
        return blank(texts)
    averages = {letter: trace(load(AVERAGE), read.reading) for letter, read in runs.items()}
    slots = int(load(CONCATENATION).network.config["length"])
    chosen = runs.get(shown.of) or next(iter(runs.values()))
    panels: list[Panel] = [
        answers({AVERAGE: averages, model.name: runs}, texts),
        *reliabilities(model, runs),
        belief(model, runs, averages),
        *parting(runs),
        activations(model, runs, shown.show, shown.sort),
        *inside.panels(model, chosen, shown.unit),
    ]
    return {
        "palette": charts.PALETTE,
        "summary": inside.story(model, chosen),
        "notes": [*notes(runs, slots), *unusable_seeds(model.name)],
        "phrases": [phrase_row(letter, read, slots) for letter, read in runs.items()],
        "steps": max(map(len, runs.values())),
        "typed": texts[0],
        "panels": panels,
    }


def both(model: Model, texts: tuple[str, str]) -> dict[Letter, Trace]:
    """A model's traces of the texts that have words in them."""
    readings = {letter: phrase.read(text, model.vocabulary) for letter, text in zip(LETTERS, texts, strict=True)}
    return {letter: trace(model, reading) for letter, reading in readings.items() if reading is not None}


def blank(texts: tuple[str, str]) -> PanelContent:
    """The board when there is nothing to read, with a sentence that says why and what to do."""
    return phrase.blank(texts[0] if texts[0].strip() else texts[1]) | {"typed": texts[0]}


# -------------------------------------------------------------------------------------------------------------- notes


def notes(runs: Runs, slots: int) -> list[str]:
    """What a reader must know to take the numbers for what they are."""
    named = [(letter.upper(), read.reading) for letter, read in runs.items()]
    return [
        *(cut(letter, reading) for letter, reading in named if reading.cut),
        *(note for letter, reading in named if (note := wording.unknown(reading, letter))),
        *spellings(runs),
        *(filled(letter, len(reading), slots) for letter, reading in named),
    ]


def cut(letter: str, reading: Reading) -> str:
    """How much of a phrase is read."""
    told = _("{letter} has {count} tokens; the page reads the first {most}. Your text is kept as it is.")
    return told.format(letter=letter, count=f"{len(reading) + reading.cut:,}", most=f"{MOST_STEPS:,}")


def filled(letter: str, count: int, slots: int) -> str:
    """How many slots of the concatenation a phrase of so many tokens fills."""
    if count > slots:
        told = _("All words side by side: {letter} fills all {slots} slots, and {rest} words are clipped.")
        return told.format(letter=letter, slots=slots, rest=f"{count - slots:,}")
    told = _("All words side by side: {letter} fills {count} of {slots} slots, {rest} are padding.")
    return told.format(letter=letter, count=count, slots=slots, rest=slots - count)


def spellings(runs: Runs) -> list[str]:
    """What was read differently from how it was typed, and what was not read, as sentences."""
    corrections = [
        note
        for letter, read in runs.items()
        for note in (
            wording.corrected(read.reading.changes, letter.upper()),
            wording.skipped(read.reading.unread, letter.upper()),
        )
    ]
    return [note for note in corrections if note]


def reliabilities(model: Model, runs: Runs) -> list[TextPanel]:
    """How often the chosen model was right on sentences of the kinds that were typed, where that was measured.

    Of strange words, nothing.
    """
    measured = {kind: result for kind, result in model.card.get("kinds", {}).items() if result["count"]}
    kinds = {letter.upper(): reliable_kind(read, measured) for letter, read in runs.items()}
    if len(kinds) == 2 and len(set(kinds.values())) == 1:
        kinds = {_("A and B"): next(iter(kinds.values()))}
    sentences = [
        run_sentences.reliability(letters, kind, measured[kind], model.label) for letters, kind in kinds.items() if kind
    ]
    if not sentences:
        return []
    title = _("How far the {model} can be trusted here").format(model=model.label)
    return [{"kind": "text", "id": "reliability", "title": title, "sentence": " ".join(sentences)}]


def reliable_kind(read: Trace, measured: Mapping[str, object]) -> str | None:
    """The kind of a text, if it was measured and says something about this text."""
    kind = kind_of(read.tokens)
    return kind if kind in measured and understood(read) and not undecided(read.text) else None


def understood(read: Trace) -> bool:
    """Whether nearly all of a text was typed in words that training read, and half of it at least are words."""
    pairs = zip(read.tokens, read.read, strict=True)
    typed = [token for token, word in pairs if token == word and token in trained_words()]
    return len(typed) > (1 - wording.UNKNOWN_SHARE) * len(read) and 2 * sum(map(is_word, typed)) >= len(read)


# ------------------------------------------------------------------------------------------------ answers and phrases


def answers(known: Mapping[str, Runs], texts: tuple[str, str]) -> TablePanel:
    """What each model says of each phrase, and how often it is right on real sentences.

    `known`: runs by the names of models, for which nothing need be computed. Each text is read by itself, so that equal
    ones agree to the bit.
    """
    letters = list(known[AVERAGE])
    labels = dict(zip(LETTERS, expected(*texts), strict=True))
    rows: list[list[Cell]] = []
    for name in names():
        model = load(name)
        ends = {letter: known[name][letter].probability for letter in letters} if name in known else {
            letter: float(predict(model, [known[AVERAGE][letter].reading])[0]) for letter in letters
        }  # fmt: skip
        row: list[Cell] = [model.label]
        for letter in letters:
            row += [f"{ends[letter]:.4f}", run_sentences.answer(ends[letter], labels[letter])]
        if len(letters) == 2:
            row.append(difference(*ends.values()))
        rows.append([*row, accuracy(model)])
    columns = [_("Model")]
    for letter in letters:
        columns += [
            _("P(positive) of {letter}").format(letter=letter.upper()),
            _("Verdict on {letter}").format(letter=letter.upper()),
        ]
    columns += [_("Difference")] if len(letters) == 2 else []
    return {
        "kind": "table",
        "id": "answers",
        "title": _("What each model says"),
        "sentence": _("Between 40% and 60% a model is called unsure."),
        "table": {"columns": [*columns, _("Right on real sentences")], "rows": rows},
    }


def accuracy(model: Model) -> str:
    """How often a model is right on sentences of real reviews that it was not trained on."""
    score = model.card.get("scores", {}).get("sst2")
    return f"{100 * score:.1f}%" if score is not None else _("not measured")


def difference(a: float, b: float) -> str:
    """A − B as text: exactly zero only where it is, and no sign where it rounds to zero."""
    if a == b:
        return _("0 exactly")
    return _("under 0.001") if abs(a - b) < 0.001 else f"{a - b:+.3f}"


def phrase_row(letter: Letter, read: Trace, slots: int) -> ReadPhrase:
    """A phrase as it was read: its tokens, what is unknown, where the concatenation stops reading, its beliefs."""
    return phrase.row(read, "A" if letter == "a" else "B", slots if len(read) > slots else None)


# ------------------------------------------------------------------------------------------------------------- charts


def belief(model: Model, runs: Runs, averages: Runs) -> ChartPanel:
    """P(positive) word by word, beside the average, with the range over the seeds."""
    bands = seed_beliefs(model.name, runs)
    courses = " ".join(run_sentences.course(read, letter.upper(), model.label) for letter, read in runs.items())
    told = [courses, *banded(bands, model.label)]
    alt = _("Line chart of P(positive) after each step, the {model} against the running average of words.")
    more = _("Dotted: the running average of words. Inside the grey band (40–60%) the model is undecided.")
    return {
        "kind": "chart",
        "id": "belief",
        "title": _("The belief, word by word"),
        "alt": " ".join([alt.format(model=model.label), *told, *spellings(runs)]),
        "sentence": " ".join([courses, more, *told[1:]]),
        "figure": figures.belief(runs, averages, model.label, bands),
    }


def unusable_seeds(name: str) -> list[str]:
    """What is wrong with the weights of the other seeds, in one sentence; nothing where they can be used."""
    try:
        for seed in seeds(name)[1:]:
            load_seed(name, seed)
    except WeightsError as error:
        return [str(error)] if error.file and not error.absent else []
    return []


def seed_beliefs(name: str, runs: Runs) -> dict[Letter, np.ndarray]:
    """The beliefs of all seeds of a model at every step of each phrase, (S, T), the shipped seed first.

    Empty where fewer than three seeds are kept, or where one of them cannot be used: the page does without the band.
    """
    try:
        others = [load_seed(name, seed) for seed in seeds(name)[1:]]
    except WeightsError:
        return {}
    if len(others) < 2:
        return {}
    return {
        letter: np.stack([read.belief, *(trace(model, read.reading).belief for model in others)])
        for letter, read in runs.items()
    }


def banded(bands: Mapping[Letter, np.ndarray], label: str) -> list[str]:
    """What the seed bands are, and where the seeds do not agree about a verdict; empty without bands."""
    if not bands:
        return []
    count = len(next(iter(bands.values())))
    told = _(
        "Shaded, B's hatched: from the lowest to the highest belief of {count} {model}s, trained from {count} seeds."
    )
    ends = {letter: beliefs[:, -1].tolist() for letter, beliefs in bands.items()}
    differing = [run_sentences.disagreement(each, letter.upper()) for letter, each in ends.items()]
    return [told.format(count=count, model=label), *(sentence for sentence in differing if sentence)]


def parting(runs: Runs) -> list[ChartPanel]:
    """The gap of the beliefs and the distance of the memories, where there are two phrases."""
    if len(runs) < 2:
        return []
    a, b = runs["a"], runs["b"]
    gap = measures.parting(a, b)
    told = run_sentences.partings(gap, a, b)
    alt = _("Bars for the gap between the two beliefs and a line for the distance of the memories, step by step.")
    more = _("The distance of two memories is ‖a − b‖ / (‖a‖ + ‖b‖): 0 the same, 1 opposite.")
    return [
        {
            "kind": "chart",
            "id": "parting",
            "title": _("Where the two runs part"),
            "alt": f"{alt} {told}",
            "sentence": f"{told} {more}",
            "figure": figures.parting(gap, a, b),
        }
    ]


def activations(model: Model, runs: Runs, show: str, sort: str) -> ChartPanel:
    """Every unit at every step of one phrase, or of both on one colour scale."""
    title = model.network.titles()[show]
    traces = list(runs.values())
    order = measures.unit_order(model, traces[0].activations[show], traces[-1].activations[show], sort)
    if len(runs) == 2:
        figure = figures.activations(traces[0], traces[1], show, order)
        alt = _("Two heatmaps, {count} units by timesteps, A above B, on one colour scale: {title} of the {model}.")
    else:
        figure = inside.unit_heatmap(traces[0], show, order)
        alt = _("Heatmap of {count} units by timesteps: {title} of the {model}.")
    told = _("One row is one unit, one column one word. A click picks the unit. {order}")
    return {
        "kind": "chart",
        "id": "activations",
        "title": _("Every unit at every step: {title} of the {model}").format(title=title, model=model.label),
        "alt": alt.format(count=len(order), title=title, model=model.label),
        "sentence": told.format(order=SORTED[sort]),
        "figure": figure,
    }
