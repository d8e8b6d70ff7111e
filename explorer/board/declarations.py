"""The types of `payloads.py` and `events.py` as TypeScript.

`python -m explorer.board.declarations` writes them to `js/payloads.d.ts`.
"""

from __future__ import annotations

import inspect
import types
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from explorer.board import events, payloads

FILE = Path(__file__).resolve().parent / "js" / "payloads.d.ts"
ALIASES: dict[str, Any] = {
    "Cell": payloads.Cell,
    "Panel": payloads.Panel,
    "SliderName": payloads.SliderName,
    "PanelEvent": events.PanelEvent,
}
HEAD = """// Written by `python -m explorer.board.declarations` from payloads.py and events.py; change those.
import type {{ {names} }} from "./plotly_types.js"
"""
SIMPLE = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def declarations() -> str:
    """The whole file: an interface for each TypedDict in the order of the sources, then the unions."""
    found = [value for module in (payloads, events) for value in vars(module).values() if is_typeddict(value)]
    interfaces = [declared for declared in dict.fromkeys(found) if not declared.__name__.startswith("_")]
    parts = [interface(declared) for declared in interfaces]
    parts += [f"export type {name} = {typescript(alias, expand=True)}\n" for name, alias in ALIASES.items()]
    names = sorted(typescript(declared) for declared in (payloads.Trace, payloads.Layout))
    return "\n".join([HEAD.format(names=", ".join(names)), *parts])


def interface(declared: Any) -> str:
    """A TypedDict as an interface, with its docstring and its inherited fields."""
    fields = get_type_hints(declared, include_extras=True)
    lines = [field(name, hint) for name, hint in fields.items()]
    return "\n".join([comment(declared), f"export interface {declared.__name__} {{", *lines, "}", ""])


def comment(declared: Any) -> str:
    """The docstring as a comment."""
    lines = inspect.cleandoc(declared.__doc__).splitlines()
    return "\n".join(["/**", *(f" * {line}".rstrip() for line in lines), " */"])


def field(name: str, hint: Any) -> str:
    """One field; one that may be left out has a question mark."""
    optional = get_origin(hint) is NotRequired
    return f"  {name}{'?' if optional else ''}: {typescript(get_args(hint)[0] if optional else hint)}"


def typescript(hint: Any, expand: bool = False) -> str:
    """A Python type as TypeScript writes it; `expand`: an alias as what it stands for.

    Raises TypeError for a type that there is no word for here.
    """
    if not expand:
        for name, alias in ALIASES.items():
            if hint == alias:
                return name
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return str(arguments[1].name)
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in arguments)
    if origin in (Union, types.UnionType):
        return " | ".join(map(typescript, arguments))
    if origin is list:
        item = typescript(arguments[0])
        return f"({item})[]" if " | " in item else f"{item}[]"
    if origin is tuple:
        return f"[{', '.join(map(typescript, arguments))}]"
    if origin is dict and arguments[0] in (str, int):
        return f"Record<{typescript(arguments[0])}, {typescript(arguments[1])}>"
    raise TypeError(f"{hint} has no TypeScript here")


if __name__ == "__main__":
    FILE.write_text(declarations(), encoding="utf-8")
