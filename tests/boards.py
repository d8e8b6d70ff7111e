"""What the tests of pages without a browser share: what a page sent to its board, checked against its declared type."""

import base64
import json
from types import UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import numpy as np
from streamlit.testing.v1 import AppTest

from explorer.board import payloads
from explorer.views.shared import settings


def boarded(app: AppTest) -> dict:
    """What the page sent to the browser."""
    (data,) = all_boarded(app)
    return data


def all_boarded(app: AppTest) -> list[dict]:
    """What the page sent to each of its places, in their order; the bar is none of them."""
    assert not app.exception
    places = [component.proto for component in app.get("bidi_component")]
    return [data for proto in places if (data := checked(proto)) and proto.component_name != "explorer.bar"]


def checked(proto: Any) -> dict:
    """What one place got; fails the test unless it is of the type that its board takes."""
    data = json.loads(proto.json)
    faults = mismatches(data, payloads.BOARDS[proto.component_name.removeprefix("explorer.")])
    assert faults == []
    return data


def mismatches(value: object, declared: Any, place: str = "payload") -> list[str]:
    """Where a value, as JSON brings it, is not of a declared type; empty if it is.

    Of a union of TypedDicts with a `kind`, or a `drawing`, the one of that kind counts.
    """
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Annotated, NotRequired):
        return mismatches(value, arguments[0], place)
    if origin in (Union, UnionType):
        return _of_union(value, arguments, place)
    if is_typeddict(declared):
        return _of_fields(value, declared, place)
    if origin is Literal:
        return [] if value in arguments else [f"{place}: {value!r} is none of {arguments}"]
    if origin is list:
        items = value if isinstance(value, list) else None
        return _wrong(value, declared, place) if items is None else _each(items, [arguments[0]] * len(items), place)
    if origin is tuple:
        fits = isinstance(value, list) and len(value) == len(arguments)
        return _each(value, arguments, place) if fits else _wrong(value, declared, place)
    if origin is dict:
        if not isinstance(value, dict):
            return _wrong(value, declared, place)
        keys = [f"{place}: key {key!r}" for key in value if arguments[0] is int and not key.isdecimal()]
        return keys + _each(list(value.values()), [arguments[1]] * len(value), place)
    if declared is Any:
        return []
    wanted = {float: (int, float), type(None): (type(None),)}.get(declared, (declared,))
    fits = isinstance(value, wanted) and (declared is bool or not isinstance(value, bool))
    return [] if fits else _wrong(value, declared, place)


def _wrong(value: object, declared: Any, place: str) -> list[str]:
    return [f"{place}: {str(value)[:80]} is no {declared}"]


def _each(values: list, declared: Any, place: str) -> list[str]:
    pairs = enumerate(zip(values, declared, strict=True))
    return [fault for i, (value, one) in pairs for fault in mismatches(value, one, f"{place}[{i}]")]


def _of_union(value: object, members: tuple, place: str) -> list[str]:
    for tag in ("kind", "drawing"):
        if isinstance(value, dict) and tag in value:
            members = tuple(one for one in members if value[tag] in get_args(get_type_hints(one).get(tag)))
    faults = [mismatches(value, one, place) for one in members]
    return [] if [] in faults else min(faults, key=len, default=[f"{place}: there is no such kind"])


def _of_fields(value: object, declared: Any, place: str) -> list[str]:
    if not isinstance(value, dict):
        return _wrong(value, declared.__name__, place)
    hints = get_type_hints(declared, include_extras=True)
    faults = [f"{place}.{name} is not declared" for name in value.keys() - hints.keys()]
    needed = {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}
    faults += [f"{place}.{name} is missing" for name in needed - value.keys()]
    for name in hints.keys() & value.keys():
        faults += mismatches(value[name], hints[name], f"{place}.{name}")
    return faults


def typed(app: AppTest, page: str, **texts: str) -> AppTest:
    """The page after the visitor has typed or chosen this in the bar, by the names that links have for it."""
    visit = app.session_state["visit"]
    for setting, value in settings.parsed(page, texts).items():
        visit.values[setting.place(page)] = value
    return app.run()


def worked(app: AppTest) -> AppTest:
    """The page once the long work that it was asked for is done."""
    assert app.session_state["jobs"]
    for _, job in app.session_state["jobs"].values():
        job.wait(120)
        assert not job.running, "the work took too long"
    return app.run()


def panel(data: dict, name: str) -> dict:
    """One panel of a board by its id."""
    return next(one for one in data["panels"] if one["id"] == name)


def numbers(packed: dict) -> np.ndarray:
    """A packed array as it was."""
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4").reshape([int(n) for n in packed["shape"].split(",")])


def coloured(value: object, palette: dict) -> object:
    """What the stage does: the palette's values in the place of their names."""
    if isinstance(value, str) and value.startswith("@"):
        return palette[value[1:]]
    if isinstance(value, dict):
        return {key: one if key in {"text", "ticktext"} else coloured(one, palette) for key, one in value.items()}
    return [coloured(one, palette) for one in value] if isinstance(value, list) else value
