"""The answers to the example pairs, stored so that the first picture waits for neither torch nor the models.

`python -m explorer.views.duel.first` writes `first_answers.json` anew; a test says when it must be.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from explorer.views.duel import packets
from explorer.views.duel.answers import Answer, Read
from explorer.views.shared.examples import EXAMPLES

FILE = Path(__file__).resolve().parent / "first_answers.json"
DIGITS = 4  # of the beliefs on the way; last words are stored in full
MODEL = "gru"  # whose line is chosen at first


def pairs() -> list[tuple[dict[str, Any], dict[str, np.ndarray]]]:
    """Header and arrays of the packet of each example pair, in the order of EXAMPLES."""
    stored = _stored()
    models = stored["models"]
    found = []
    for example in EXAMPLES:
        texts = example.a, example.b
        given = [_answer(stored["texts"][text]) for text in texts]
        header, arrays = packets.parts(texts, given, MODEL, models)
        found.append((header, dict(arrays)))
    return found


def write() -> None:
    """Run the models over the example pairs and store what they say."""
    from explorer.core.checkpoints import load
    from explorer.networks.registry import names
    from explorer.views.duel.answers import answer

    models = [load(name) for name in names()]
    texts = [text for example in EXAMPLES for text in (example.a, example.b)]
    stored = {
        "models": packets.about(models),
        "texts": {text: _written(given) for text in texts if (given := answer(text, models))},
    }
    FILE.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return stored


def _written(given: Answer) -> dict[str, Any]:
    return {
        "tokens": given.read.tokens,
        "read": given.read.read,
        "unknown": given.read.unknown,
        "spans": given.read.spans,
        "cut": given.read.cut,
        "ends": dict(given.ends),
        "beliefs": np.round(given.beliefs, DIGITS).tolist(),
    }


def _answer(stored: dict[str, Any]) -> Answer:
    read = Read(
        tuple(stored["tokens"]),
        tuple(stored["read"]),
        tuple(stored["unknown"]),
        tuple((start, end) for start, end in stored["spans"]),
        stored["cut"],
    )
    return Answer(read, stored["ends"], np.array(stored["beliefs"]))


if __name__ == "__main__":
    write()
