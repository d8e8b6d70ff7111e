"""One to one, many to one, and many to many of one length: words to verdicts."""

from __future__ import annotations

from explorer.board.payloads import PanelContent
from explorer.core.checkpoints import Model
from explorer.core.tracing import trace
from explorer.reading.reading import Reading
from explorer.reading.tokenizer import is_word, tokenize
from explorer.views.sequence_tasks import diagram, sentences
from explorer.views.sequence_tasks.diagram import cell, unrolled
from explorer.views.shared import phrase


def single(model: Model, text: str) -> PanelContent:
    """The board of one word: the first that was typed, read by the network of the per-word average."""
    words = [token for token in tokenize(text) if is_word(token)]
    if not words:
        return diagram.content(text, "There is no word yet. Type one.")
    read = trace(model, Reading.of_tokens(words[:1], model.vocabulary))
    steps = [cell(words[0], f"{read.probability:.2f}", "feedforward")]
    summary = sentences.alone(words[0], read.probability, len(words) - 1)
    panel = unrolled("one", "One word, one answer", summary, steps)
    return diagram.content(text, summary, [panel], phrase.notes(read.reading))


def review(model: Model, text: str) -> PanelContent:
    """The board of a review: one verdict at its end, and one after each of its words."""
    reading = phrase.read(text, model.vocabulary)
    if reading is None:
        return phrase.blank(text)
    read, part = trace(model, reading), model.label
    last = len(read) - 1
    beliefs = list(enumerate(zip(read.tokens, (f"{p:.2f}" for p in read.belief), strict=True)))
    whole = [cell(token, p if t == last else None, part, memory=t > 0) for t, (token, p) in beliefs]
    each = [cell(token, p, part, memory=t > 0) for t, (token, p) in beliefs]
    first, second = sentences.many(read, part), sentences.each(read, part)
    return {
        **phrase.base(read),
        "summary": f"{first} {second}",
        "panels": [
            unrolled("whole", f"Many to one: a review to its sentiment, by the {part}", first, whole),
            unrolled("each", f"Many to many, T_x = T_y: a label after each word, by the {part}", second, each),
        ],
    }
