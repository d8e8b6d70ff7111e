"""The map of Average or concatenate: four small live pictures of a phrase, a sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.analysis import approaches
from explorer.board.payloads import Card, PanelContent, PlaceLine
from explorer.messages import _
from explorer.networks.registry import AVERAGE, CONCATENATION, network
from explorer.views.approaches import panels, sentences
from explorer.views.approaches.panels import Question
from explorer.views.shared import cards, phrase
from explorer.views.shared.explained import text as explained


def titles(parameters: Mapping[str, int], name: str, slots: int) -> dict[str, str]:
    """What the cards are called; `parameters` by model, `slots` of the concatenation, `name` of the recurrent one."""
    return {
        "order": _("Same number"),
        "weights": sentences.times_title(parameters[CONCATENATION], parameters[name]),
        "slots": _("Always {count} slots").format(count=slots),
        "places": _("Different place, different answer"),
    }


def strip(question: Question, opened: str) -> PanelContent:
    """The names of all cards while one of them is open."""
    named = titles(question.parameters, question.name, question.shipped[CONCATENATION]["length"])
    return cards.content(cards.panel(_("Four cards"), cards.names(list(named.items())), opened), "")


def content(question: Question) -> PanelContent:
    """All four cards of a phrase."""
    named = titles(question.parameters, question.name, question.shipped[CONCATENATION]["length"])
    shown = [order(named["order"], question), weights(named["weights"], question)]
    shown += [slots(named["slots"], question), places(named["places"], question)]
    average = question.orders(AVERAGE)[0]
    return {
        **phrase.base(average),
        "summary": shown[0]["sentence"],
        "bare": True,
        "panels": [
            cards.panel(_("Four cards"), [[card] for card in shown]),
            explained("story", _("Two simple answers"), sentences.story()),
            explained("words", _("Words"), sentences.glossary()),
        ],
    }


def order(title: str, question: Question) -> Card:
    """The same words in two orders."""
    drawing = panels.both_orders(question)
    return cards.card("order", title, panels.same_number(question), {"drawing": "orders", **drawing})


def weights(title: str, question: Question) -> Card:
    """The first layers to scale."""
    return cards.card("weights", title, panels.needed(question), {"drawing": "layers", **panels.to_scale(question)})


def slots(title: str, question: Question) -> Card:
    """The text in the slots of the concatenation."""
    length = question.models[CONCATENATION].network.config["length"]
    tokens = question.reading.tokens
    sentence = sentences.fill(approaches.slots(tokens, length))
    # of a long text no more than what is needed to tell that some of it is lost
    shown = list(tokens)
    return cards.card("slots", title, sentence, {"drawing": "slots", "slots": length, "tokens": shown, "alt": sentence})


def places(title: str, question: Question) -> Card:
    """The phrase at every place among neutral words, by the average, the concatenation and the recurrent model."""
    beliefs = panels.everywhere(question, (AVERAGE, CONCATENATION, question.name))
    sentence = sentences.other_place(beliefs, question.name)
    lines: list[PlaceLine] = [
        {
            "label": short(name),
            "look": (style.colour, style.dash, style.marker),
            "belief": [round(float(p), 4) for p in belief],
        }
        for name, (_label, belief) in beliefs.items()
        for style in (network(name).style,)
    ]
    alt = _("A line a model: P(positive) by the number of neutral words before the phrase. {sentence}")
    picture = {
        "drawing": "places",
        "alt": alt.format(sentence=sentence),
        "place": question.choice.place,
        "lines": lines,
    }
    return cards.card("places", title, sentence, picture)  # type: ignore[arg-type]


def short(name: str) -> str:
    """A model's name at the end of its line."""
    return _("average") if name == AVERAGE else network(name).label
