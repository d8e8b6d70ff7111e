"""Which of the texts that models are measured on training knew, or knew the form of; kept beside the sets."""

from __future__ import annotations

import json
from pathlib import Path

from explorer.evaluation.data_files import FOLDER
from explorer.evaluation.neutral_phrases import neutral_texts
from explorer.evaluation.typed_texts import typed_texts
from explorer.evaluation.viewpoints import viewpoints

SEEN_TEXTS = FOLDER / "seen.json"


def marked_texts() -> list[str]:
    """The texts of the sets whose texts are marked one by one, in order: typed, neutral, who speaks and when."""
    return [*(each.text for each in typed_texts()), *neutral_texts(), *(each.text for each in viewpoints())]


def seen_texts(file: Path = SEEN_TEXTS) -> dict[str, str]:
    """Those of `marked_texts` that training knew, each with the rule or the text that taught it.

    `explorer.training.seen_texts` finds them. Raises OSError, and ValueError if the file is not JSON.
    """
    seen: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return seen
