"""One to many: a first word to a whole sentence, by the writer."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from explorer.board.payloads import (
    Cell,
    ChartPanel,
    ChoicesPanel,
    ChoiceStep,
    DiagramStep,
    Panel,
    PanelContent,
    TablePanel,
)
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.reading.reading import Reading
from explorer.tasks import writer
from explorer.tasks.saved import Trained
from explorer.tasks.words import MARK
from explorer.tasks.writer import StartError, Step
from explorer.views.sequence_tasks import diagram, figures, sentences, task_cards
from explorer.views.sequence_tasks.diagram import END, START, cell, unrolled
from explorer.views.shared import phrase
from explorer.views.shared.explained import text as explained
from explorer.views.shared.kept import trace
from explorer.views.shared.settings import SEED


@lru_cache(maxsize=64)  # what is typed elsewhere on the page does not change it
def written(model: Trained, start: str, heat: str, seed: str) -> tuple[Step, ...] | str:
    """The steps of a sentence, or why there is none."""
    if SEED.parse(seed) is None:
        return sentences.no_seed(seed)
    try:
        return tuple(writer.write(model, start, int(seed), float(heat)))
    except StartError as error:
        return str(error)


def said(steps: tuple[Step, ...], heat: str) -> str:
    """What was written."""
    given = sum(step.given for step in steps)
    count = sum(not step.is_end for step in steps)
    text = f"“{writer.sentence(list(steps))}”"
    return (sentences.wrote if float(heat) else sentences.took_likeliest)(text, given, count)


def content(
    model: Model, writing: Trained, start: str, steps: tuple[Step, ...], heat: str, took: str | None
) -> PanelContent:
    """The board of a sentence: what could have come at each step, how it was written, what a model believes of it."""
    spoken = [step for step in steps if not step.is_end]
    read = trace(model, Reading.of_tokens((step.token for step in spoken), model.vocabulary))
    summary = said(steps, heat)
    panels: list[Panel] = [
        choices(spoken),
        unrolled("writer", _("One to many: a first word to a sentence"), summary, chain(steps)),
        explained("read", _("How to read it"), f"{sentences.read_writer()} {sentences.ended(steps[-1].is_end)}"),
        mood(model, read),
        music(),
        likeliest(spoken),
        task_cards.facts(writing),
    ]
    return {
        **phrase.base(read),
        "typed": start,
        "summary": summary,
        "notes": [took] if took else [],
        "phrases": [{**phrase.row(read), "label": _("The sentence as written")}],
        "steps": len(steps),
        "bare": True,
        "panels": panels,
    }


def chain(steps: tuple[Step, ...]) -> list[DiagramStep]:
    """The cells of a sentence: each word is the next input; the first reads the edge of the sentence."""
    inputs = [START, *(step.token for step in steps[:-1])]
    outputs = [None if step.given else END if step.is_end else step.token for step in steps]
    return [
        cell(before, now, _("writer"), memory=t > 0, fed=t > 0 and not steps[t - 1].given)
        for t, (before, now) in enumerate(zip(inputs, outputs, strict=True))
    ]


def choices(steps: list[Step]) -> ChoicesPanel:
    """What could have come at each step."""
    return {
        "kind": "choices",
        "id": "choices",
        "title": _("What could come next"),
        "steps": [choice(step) for step in steps],
    }


def likeliest(steps: list[Step]) -> TablePanel:
    """The same as a table: every place with its likeliest words."""
    every = [(str(place), choice(step)) for place, step in enumerate(steps, 1)]
    rows: list[list[Cell]] = [
        [place, word, f"{100 * p:.1f}%"]
        for place, step in every
        for word, p in (*step["candidates"], (_("all other words"), step["rest"]))
    ]
    columns = [_("Place"), _("Word"), _("Probability")]
    return {
        "kind": "table",
        "id": "likeliest",
        "depth": "measure",
        "title": _("What could have come, at every place"),
        "table": {"columns": columns, "rows": rows},
    }


def choice(step: Step) -> ChoiceStep:
    """The words that could have come at one step; the end is among the rest."""
    words = [(word, p) for word, p in step.candidates if word != MARK]
    return {
        "token": step.token,
        "given": step.given,
        "candidates": [(word, round(p, 5)) for word, p in words],
        "rest": round(max(0.0, 1 - sum(p for _word, p in words)), 5),
    }


def mood(model: Model, read: Trace) -> ChartPanel:
    """What a model believes of the sentence after each word."""
    sentence = sentences.mood(read, model.label)
    return {
        "kind": "chart",
        "id": "mood",
        "depth": "explain",
        "title": _("What the {model} believes of it so far").format(model=model.label),
        "alt": _("Line chart of P(positive) after each word that was written. {sentence}").format(sentence=sentence),
        "sentence": sentence,
        "figure": figures.beliefs(model.label, read.belief, read.tokens),
    }


def music() -> Panel:
    """A note to a piece of music: a diagram without a model."""
    notes = [START, "C", "E", "G", END]
    tune = [cell(before, now, "RNN", memory=t > 0, fed=t > 0) for t, (before, now) in enumerate(pairwise(notes))]
    title = _("Another one-to-many task: a note to a piece of music")
    return {**diagram.unrolled("music", title, sentences.music(), tune, sentences.music()), "depth": "explain"}
