"""One to many: a first word to a whole sentence, by the writer."""

from __future__ import annotations

from explorer.board.payloads import ChartPanel, ChoicesPanel, ChoiceStep, DiagramStep, PanelContent
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace, trace
from explorer.reading.reading import Reading
from explorer.tasks import writer
from explorer.tasks.saved import Trained
from explorer.tasks.words import MARK
from explorer.tasks.writer import StartError, Step
from explorer.views.sequence_tasks import figures, sentences
from explorer.views.sequence_tasks.diagram import cell, unrolled
from explorer.views.shared import phrase
from explorer.views.shared.settings import SEED
from explorer.views.shared.wording import quoted


def written(model: Trained, start: str, heat: str, seed: str) -> list[Step] | str:
    """The steps of a sentence, or why there is none."""
    if SEED.parse(seed) is None:
        return f"The seed is a whole number from 0 to 99999, not {quoted(seed)}."
    try:
        return list(writer.write(model, start, int(seed), float(heat)))
    except StartError as error:
        return str(error)


def content(model: Model, start: str, steps: list[Step], heat: str, seed: str, took: str | None) -> PanelContent:
    """The board of a sentence: what was written, what could have come at each step, what a model believes of it."""
    spoken = [step for step in steps if not step.is_end]
    read = trace(model, Reading.of_tokens((step.token for step in spoken), model.vocabulary))
    given = sum(step.given for step in steps)
    text = f"“{writer.sentence(steps)}”"
    summary = sentences.written(text, given, len(spoken), steps[-1].is_end, float(heat), int(seed))
    return {
        **phrase.base(read),
        "typed": start,
        "summary": summary,
        "notes": [took] if took else [],
        "phrases": [{**phrase.row(read), "label": "The sentence as written"}],
        "steps": len(spoken),
        "panels": [
            unrolled("writer", "One to many: a first word to a sentence", summary, chain(steps)),
            choices(spoken),
            mood(model, read),
        ],
    }


def chain(steps: list[Step]) -> list[DiagramStep]:
    """The cells of a sentence: each word is the next input; the first reads the edge of the sentence."""
    inputs = ["(start)", *(step.token for step in steps[:-1])]
    outputs = [None if step.given else "(end)" if step.is_end else step.token for step in steps]
    return [
        cell(before, now, "writer", memory=t > 0, fed=t > 0 and not steps[t - 1].given)
        for t, (before, now) in enumerate(zip(inputs, outputs, strict=True))
    ]


def choices(steps: list[Step]) -> ChoicesPanel:
    """What could have come at each step."""
    return {
        "kind": "choices",
        "id": "choices",
        "title": "What could come next",
        "sentence": "Move the time cursor to a place. A word's button puts it there and lets the writer go on from "
        "it. The end of the sentence and words beyond the likeliest ten are among all others.",
        "steps": [choice(step) for step in steps],
    }


def choice(step: Step) -> ChoiceStep:
    """The words that could have come at one step; the end is among the rest."""
    words = [(word, p) for word, p in step.candidates if word != MARK]
    return {
        "token": step.token,
        "given": step.given,
        "candidates": [(word, round(p, 5)) for word, p in words],
        "rest": round(max(0.0, 1 - sum(p for _, p in words)), 5),
    }


def mood(model: Model, read: Trace) -> ChartPanel:
    """What a model believes of the sentence after each word."""
    sentence = sentences.mood(read, model.label)
    return {
        "kind": "chart",
        "id": "mood",
        "title": f"What the {model.label} believes of it so far",
        "alt": f"Line chart of P(positive) after each word that was written. {sentence}",
        "sentence": sentence,
        "figure": figures.beliefs(model.label, read.belief, read.tokens),
    }
