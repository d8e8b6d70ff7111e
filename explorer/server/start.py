"""What the page itself brings along: pages, models, example pairs, and the answers to them. No torch here."""

from __future__ import annotations

import json
from base64 import b64encode

from explorer.board.payloads import ModelEntry, PairEntry, Start
from explorer.core.places import FOLDER
from explorer.networks import registry
from explorer.server import share
from explorer.server.packet import pack
from explorer.views.duel import first
from explorer.views.shared.examples import EXAMPLES, Example
from explorer.views.shared.pages import GROUPS, PAGES


def start() -> Start:
    """All of it, as the browser gets it."""
    return {
        "pages": [page.entry() for page in sorted(PAGES.values(), key=lambda page: GROUPS.index(page.group))],
        "models": [model(name) for name in registry.names()],
        "pairs": [_pair(example) for example in EXAMPLES],
        "first": {
            example.name: b64encode(pack(*parts)).decode()
            for example, parts in zip(EXAMPLES, first.pairs(), strict=True)
        },
        "share": share.shared(),
        "messages": {},
    }


def model(name: str) -> ModelEntry:
    """A model as its card has it; one whose card cannot be read, by its name alone."""
    try:
        card = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        label, parameters = str(card["label"]), int(card["parameters"])
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        label, parameters = name, 0
    recurrent = name not in (registry.AVERAGE, registry.CONCATENATION)
    return {"name": name, "label": label, "recurrent": recurrent, "parameters": parameters}


def _pair(example: Example) -> PairEntry:
    return {"name": example.name, "a": example.a, "b": example.b}
