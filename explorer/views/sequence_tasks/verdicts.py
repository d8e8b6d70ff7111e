"""One to one, many to one, and many to many of one length: words to verdicts."""

from __future__ import annotations

from explorer.board.payloads import DiagramStep, Panel, PanelContent
from explorer.core.checkpoints import Model
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.reading.reading import Reading
from explorer.reading.tokenizer import is_word, tokenize
from explorer.views.sequence_tasks import diagram, sentences
from explorer.views.sequence_tasks.diagram import DRAWN, cell, unrolled
from explorer.views.shared import phrase
from explorer.views.shared.explained import text as explained
from explorer.views.shared.kept import trace
from explorer.views.shared.wording import percent


def first_word(model: Model, text: str) -> Trace | None:
    """The first word that was typed, read by the network of the per-word average; None without any."""
    words = [token for token in tokenize(text) if is_word(token)]
    return trace(model, Reading.of_tokens(words[:1], model.vocabulary)) if words else None


def alone(read: Trace) -> list[DiagramStep]:
    """The one cell of one word."""
    return [cell(read.tokens[0], percent(read.probability), _("network"), belief=float(read.probability))]


def no_word() -> str:
    """That there is nothing to read."""
    return _("There is no word yet. Type one.")


def single(model: Model, text: str) -> PanelContent:
    """The board of one word."""
    read = first_word(model, text)
    if read is None:
        return diagram.content(text, no_word())
    count = sum(map(is_word, tokenize(text)))
    summary = sentences.alone(read.tokens[0], read.probability)
    notes = [*([sentences.first_word()] if count > 1 else []), *phrase.notes(read.reading)]
    panels: list[Panel] = [
        unrolled("one", _("One word, one answer"), summary, alone(read)),
        explained("read", _("How to read it"), sentences.read_one()),
    ]
    return diagram.content(text, summary, panels, notes, 1)


def once(read: Trace, part: str) -> list[DiagramStep]:
    """The cells of a text with one verdict, at its end."""
    last = len(read) - 1
    return [
        {**step, "output": step["output"] if t == last else None, "belief": step["belief"] if t == last else None}
        for t, step in enumerate(labelled(read, part))
    ]


def labelled(read: Trace, part: str) -> list[DiagramStep]:
    """The cells of a text with a verdict after each word."""
    beliefs = enumerate(zip(read.tokens, map(float, read.belief), strict=True))
    return [cell(token, percent(p), part, memory=t > 0, belief=p) for t, (token, p) in beliefs]


def review(model: Model, text: str) -> PanelContent:
    """The board of a review: one verdict at its end."""
    reading = phrase.read(text, model.vocabulary)
    if reading is None:
        return phrase.blank(text)
    read = trace(model, reading)
    summary = sentences.many(read, model.label)
    title = _("Many to one: a review to its sentiment, by the {model}").format(model=model.label)
    panels: list[Panel] = [
        unrolled("whole", title, summary, once(read, model.label)),
        explained("read", _("How to read it"), sentences.read_review()),
    ]
    return {**phrase.base(read), "summary": summary, "bare": len(read) <= DRAWN, "panels": panels}


def labels(model: Model, text: str) -> PanelContent:
    """The board of a review with a verdict after each word."""
    reading = phrase.read(text, model.vocabulary)
    if reading is None:
        return phrase.blank(text)
    read = trace(model, reading)
    summary = sentences.each(read, model.label)
    title = _("Many to many, T_x = T_y: a label after each word, by the {model}").format(model=model.label)
    panels: list[Panel] = [
        unrolled("each", title, summary, labelled(read, model.label)),
        explained("read", _("How to read it"), sentences.read_labels()),
    ]
    return {**phrase.base(read), "summary": summary, "bare": len(read) <= DRAWN, "panels": panels}
