"""The map of Sequence tasks: by the lengths of input and output, a small live diagram for each kind of task."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.board.payloads import Card, CardAxes, DiagramStep, Panel, PanelContent
from explorer.core.checkpoints import Model
from explorer.messages import _
from explorer.tasks.saved import Trained
from explorer.views.sequence_tasks import diagram, sentences, translation, verdicts, writing
from explorer.views.shared import cards, phrase
from explorer.views.shared.explained import text as explained
from explorer.views.shared.kept import trace

CELLS = (("one",), ("review",), ("writer",), ("translator", "labels"))  # row by row


def titles() -> dict[str, str]:
    """What the cards are called."""
    return {
        "one": _("One to one: a word"),
        "review": _("Many to one: a review"),
        "writer": _("One to many: a writer"),
        "translator": _("Many to many: a translator"),
        "labels": _("… or a label per word"),
    }


def axes() -> CardAxes:
    """What the columns and the rows of the map are."""
    return {
        "columns": [_("T_x = 1: one word in"), _("T_x > 1: many words in")],
        "rows": [_("T_y = 1: one answer"), _("T_y > 1: many answers")],
    }


def strip(opened: str) -> PanelContent:
    """The names of all cards while one of them is open."""
    return cards.content(cards.panel(_("Kinds of sequence task"), cards.names(list(titles().items())), opened), "")


def content(shown: Sequence[Card], typed: str) -> PanelContent:
    """The map of all kinds."""
    by_name = {card["name"]: card for card in shown}
    cells = [[by_name[name] for name in names] for names in CELLS]
    steps = max(len(steps_of(card)) for card in shown)
    panels: list[Panel] = [
        cards.panel(_("Kinds of sequence task"), cells, axes=axes()),
        explained("words", _("The notation"), sentences.glossary()),
    ]
    return diagram.content(typed, by_name["review"]["sentence"], panels, steps=steps)


def steps_of(card: Card) -> list[DiagramStep]:
    """The steps of a card's diagram; none without one."""
    picture = card["picture"]
    return picture["steps"] if picture is not None and picture["drawing"] == "diagram" else []


def card(name: str, sentence: str, steps: Sequence[DiagramStep] = ()) -> Card:
    """A card with its diagram; without steps there is none, and the sentence says why."""
    picture = diagram.picture(steps, sentence) if steps else None
    return {"name": name, "title": titles()[name], "sentence": sentence, "picture": picture}


def one(model: Model, text: str) -> Card:
    """One word, one answer."""
    read = verdicts.first_word(model, text)
    if read is None:
        return card("one", verdicts.no_word())
    return card("one", sentences.alone(read.tokens[0], read.probability), verdicts.alone(read))


def reviews(model: Model, text: str) -> list[Card]:
    """A review to its sentiment, and a label after each of its words."""
    reading = phrase.read(text, model.vocabulary)
    if reading is None:
        why = phrase.blank(text)["summary"]
        return [card("review", why), card("labels", why)]
    read = trace(model, reading)
    return [
        card("review", sentences.many(read, model.label), verdicts.once(read, model.label)),
        card("labels", sentences.each(read, model.label), verdicts.labelled(read, model.label)),
    ]


def writer(model: Trained | None, begin: str, heat: str, seed: str) -> Card:
    """A first word to a whole sentence."""
    if model is None:
        return card("writer", no_model())
    steps = writing.written(model, begin, heat, seed)
    if isinstance(steps, str):
        return card("writer", steps)
    return card("writer", writing.said(steps, heat), writing.chain(steps))


def translator(model: Trained | None, text: str, width: int) -> Card:
    """An English caption to French, with attention."""
    if model is None:
        return card("translator", no_model())
    said = translation.translated(model, text, width)
    if isinstance(said, str):
        return card("translator", said)
    sentence = _("In French: “{text}”").format(text=said.translation)
    return card("translator", sentence, [{**step, "looks": []} for step in translation.cells(said)])


def no_model() -> str:
    """That a card cannot be live."""
    return _("Its trained model cannot be used.")
