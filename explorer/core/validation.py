"""Validation: a card that was read is as its schema says, so whoever shows it needs no checks of its own."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from explorer.core.cards import RULES, SCHEMAS
from explorer.core.repairs import ATLAS, fault

SHOWN = 40  # letters of a wrong value that a message has
Place = tuple[int | str, ...]  # of a field: keys and positions, from the outside in


def validate(card: Any, file: Path) -> None:
    """Raises WeightsError for a card that is not as its file's schema says; it names the field."""
    try:
        json.dumps(card, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise fault(file, f"holds half a character ({error.object[error.start]!a}), which cannot be shown") from None
    name = ATLAS if file.stem.startswith(ATLAS) else file.stem if file.stem in SCHEMAS else ""
    try:
        _adapter(name).validate_python(card)
    except ValidationError as error:
        # of the kinds that a value may be, the one that it came nearest to
        place, wrong = max(
            ((_place(card, each["loc"], each["type"]), each) for each in error.errors(include_url=False)),
            key=lambda pair: len(pair[0]),
        )
        raise fault(file, _reason(wrong["type"], wrong["msg"], wrong["input"]), written(place)) from None


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    own = hasattr(SCHEMAS[name], "__pydantic_config__")  # one that is no class has no rules
    return TypeAdapter(SCHEMAS[name], config=None if own else RULES)


def written(place: Place) -> str:
    """A place in a card as people write it.

    >>> written(("data", 0, "title"))
    'data[0].title'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def _place(card: Any, steps: Place, kind: str) -> Place:
    """Where an error of a kind lies: the steps that lead there, without the names of types among them."""
    place: Place = ()
    for step in steps:
        inner: Any = dict(enumerate(card)) if isinstance(card, list) else card
        if isinstance(inner, dict) and step in inner:
            card, place = inner[step], (*place, step)
    return (*place, steps[-1]) if kind == "missing" else place


def _reason(kind: str, message: str, value: Any) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    told, shown = re.sub("[Ii]nput should", "should", message), repr(value)
    return f"{told[0].lower()}{told[1:]}, it is {shown if len(shown) <= SHOWN else f'{shown[:SHOWN]} …'}"
