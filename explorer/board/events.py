"""What comes back from the browser: a type for each event, and a function for each that checks it.

A browser can send anything, so each function takes an `object` and gives the event, or None where it is not one. None
of them raises, whatever it gets. What an event means (which words there are, which models) is for the page to check,
unless the page gives it along here.
"""

from __future__ import annotations

import math
from collections.abc import Container
from typing import NotRequired, TypeAlias, TypedDict, get_args

from explorer.board.payloads import OpenedTexts, SliderName, Weights

LONGEST = 100_000  # characters of a text that comes back
MOST_FIELDS = 20  # texts of the bar
MOST_WORDS = 1_000  # words of a phrase, and numbers of a list
SLIDERS: tuple[SliderName, ...] = get_args(SliderName)


class ChosenUnit(TypedDict):
    """A click on a row of a heatmap or on a unit's button."""

    unit: int


class MovedWords(TypedDict):
    """The words of the phrase in the order to which they were moved."""

    order: list[str]


class ChosenWord(TypedDict):
    """A word of the writer's choices, and its place in the sentence, from 1."""

    place: int
    word: str


class MovedSliders(TypedDict):
    """Where the sliders stand that were moved."""

    words: NotRequired[int]
    size: NotRequired[int]
    place: NotRequired[int]


class OpenedCard(TypedDict):
    """A card that is to be opened; "" closes the one that is open."""

    card: str


class SpreadsheetRequest(TypedDict):
    """The weights as they were moved and the phrases; `number` comes back with the answer."""

    number: int
    weights: Weights
    phrases: list[list[str]]


class TypedTexts(TypedDict):
    """What stands in the bar, by its names in links; `number` grows with every change."""

    number: int
    texts: dict[str, str]


class GoTo(TypedDict):
    """A page that was chosen in the navigation."""

    go: str


PanelEvent: TypeAlias = ChosenUnit | MovedWords | ChosenWord | MovedSliders | OpenedTexts | OpenedCard


def typed(asked: object) -> TypedTexts | None:
    """What was typed or chosen in the bar."""
    number, texts = _whole(_field(asked, "number"), 1, 2**53), _field(asked, "texts")
    if number is None or not isinstance(texts, dict) or len(texts) > MOST_FIELDS:
        return None
    checked = {name: text for name, text in texts.items() if isinstance(name, str) and _text(text) is not None}
    return {"number": number, "texts": checked}


def gone(asked: object, pages: Container[str]) -> str | None:
    """The page to which the navigation leads."""
    page = _field(asked, "go")
    return page if isinstance(page, str) and page in pages else None


def unit(asked: object, units: int) -> int | None:
    """The unit that was chosen, 0 … units − 1."""
    return _whole(_field(asked, "unit"), 0, units - 1)


def order(asked: object) -> list[str] | None:
    """The words in the order to which they were moved."""
    return _words(_field(asked, "order"))


def opened(asked: object) -> OpenedTexts | None:
    """The texts to open in Compare: A alone, or A and B, with a model's name if one was given."""
    a, b, model = (_text(_field(asked, name)) for name in ("a", "b", "model"))
    if a is None:
        return None
    texts: OpenedTexts = {"a": a}
    if b is not None:
        texts["b"] = b
    if model is not None:
        texts["model"] = model
    return texts


def word(asked: object, places: int) -> ChosenWord | None:
    """The word that was chosen for one of `places` places, from 1."""
    place, chosen = _whole(_field(asked, "place"), 1, places), _text(_field(asked, "word"))
    return None if place is None or chosen is None else {"place": place, "word": chosen}


def sliders(asked: object) -> MovedSliders:
    """Where the sliders stand that were moved, 0 or more; empty where none was."""
    moved: MovedSliders = {}
    for name in SLIDERS:
        value = _whole(_field(asked, name), 0, 10**9)
        if value is not None:
            moved[name] = value
    return moved


def opened_card(asked: object, names: Container[str]) -> str | None:
    """The card that is to be opened, "" for none of them."""
    name = _text(_field(asked, "card"))
    return name if name == "" or name in names else None


def request_number(asked: object) -> int | None:
    """The number of a request for a spreadsheet; it may be there where the rest is not as it should be."""
    return _whole(_field(asked, "number"), 0, 2**53)


def spreadsheet(asked: object) -> SpreadsheetRequest | None:
    """A request for a spreadsheet: finite numbers for all weights, one or two phrases of at least a word.

    Whether the shapes are those of the network, and the words its own, is for the page to say.
    """
    number, weights = request_number(asked), _weights(_field(asked, "weights"))
    phrases = _field(asked, "phrases")
    if number is None or weights is None or not isinstance(phrases, list) or len(phrases) not in (1, 2):
        return None
    checked = [tokens for tokens in map(_words, phrases) if tokens]
    return {"number": number, "weights": weights, "phrases": checked} if len(checked) == len(phrases) else None


# ------------------------------------------------------------------------------------------------------------- values


def _field(asked: object, name: str) -> object:
    return asked.get(name) if isinstance(asked, dict) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= LONGEST else None


def _whole(value: object, low: int, high: int) -> int | None:
    """A whole number from `low` to `high`; true and false are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None


def _words(value: object) -> list[str] | None:
    if not isinstance(value, list) or len(value) > MOST_WORDS:
        return None
    words = [text for text in map(_text, value) if text is not None]
    return words if len(words) == len(value) else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e30:
        return None
    return float(value) if math.isfinite(value) else None


def _vector(value: object) -> list[float] | None:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_WORDS:
        return None
    numbers = [number for number in map(_number, value) if number is not None]
    return numbers if len(numbers) == len(value) else None


def _matrix(value: object) -> list[list[float]] | None:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_WORDS:
        return None
    rows = [row for row in map(_vector, value) if row is not None]
    return rows if len(rows) == len(value) and len(set(map(len, rows))) == 1 else None


def _weights(value: object) -> Weights | None:
    embedding, w_matrix, u_matrix = (_matrix(_field(value, name)) for name in ("embedding", "W", "U"))
    bias, readout = (_vector(_field(value, name)) for name in ("b", "w"))
    c = _number(_field(value, "c"))
    if embedding is None or w_matrix is None or u_matrix is None or bias is None or readout is None or c is None:
        return None
    return {"embedding": embedding, "W": w_matrix, "U": u_matrix, "b": bias, "w": readout, "c": c}
