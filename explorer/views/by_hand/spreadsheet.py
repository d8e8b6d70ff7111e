"""The spreadsheet that is asked for: what a browser sends is checked, and a workbook goes back."""

from __future__ import annotations

import base64

import numpy as np

from explorer.analysis.two_units import WORDS, TwoUnits, workbook
from explorer.board.payloads import SpreadsheetFile
from explorer.views.by_hand.panels import LONGEST


def spreadsheet(network: TwoUnits, asked: dict[str, object]) -> SpreadsheetFile:
    """What the browser gets for its request: the file in base64, or a sentence that says what was wrong with it.

    `asked` comes from a browser and can hold anything: {"number", "weights", "phrases"}. The number comes back, so that
    the browser knows its own request.
    """
    number = asked.get("number")
    answer: SpreadsheetFile = {"number": number if isinstance(number, int) else None}
    try:
        file = workbook(moved(network, asked.get("weights")), *asked_phrases(asked.get("phrases")))
    except ValueError as error:
        answer["trouble"] = f"There is no spreadsheet: {error}"
    else:
        answer["data"] = base64.b64encode(file).decode()
    return answer


def moved(network: TwoUnits, given: object) -> TwoUnits:
    """The weights as they were moved in a browser. Raises ValueError unless finite and in its shapes."""
    weights = given if isinstance(given, dict) else {}
    return TwoUnits(
        **{name: _numbers(name, weights.get(name), values.shape) for name, values in network.as_dict().items()}
    )


def _numbers(name: str, given: object, shape: tuple[int, ...]) -> np.ndarray:
    try:
        numbers = np.array(given)
    except ValueError:  # lists of unequal lengths
        numbers = np.array(None)
    if numbers.shape != shape or numbers.dtype.kind not in "if" or not np.isfinite(numbers).all():
        raise ValueError(f"“{name}” should be finite numbers of the shape {shape}.")
    return numbers.astype(float)


def asked_phrases(given: object) -> list[list[str]]:
    """One or two phrases as lists of words. Raises ValueError for anything else, and for unknown or too many words."""
    if not isinstance(given, list) or len(given) not in (1, 2):
        raise ValueError("it takes one or two phrases.")
    for tokens in given:
        if (
            not isinstance(tokens, list)
            or not 1 <= len(tokens) <= LONGEST
            or any(token not in WORDS for token in tokens)
        ):
            raise ValueError(f"a phrase is 1 to {LONGEST} of the words {' '.join(WORDS)}")
    return given
