"""Sentences of the page Memory, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.memory import Dial
from explorer.measures import verdict
from explorer.narration import quoted
from explorer.transplant import Course

FADED = 0.1  # of the gradient to the word just read


def faded(values: np.ndarray) -> int | None:
    """The first distance at which the mean gradient, (T,), is no more than a tenth of that at distance 0; None if never."""
    found = np.flatnonzero(values <= FADED * values[0])
    return int(found[0]) if len(found) else None


def distances(found: Mapping[str, np.ndarray], labels: Mapping[str, str]) -> str:
    """Where each lane's gradients have faded to a tenth."""
    said = []
    for lane, values in found.items():
        distance, last = faded(values), len(values) - 1
        if distance is None:
            said.append(f"the {labels[lane]}'s has not within {last} words (there it is {values[-1] / values[0]:.2g} of it)")
        else:
            said.append(f"the {labels[lane]}'s after {distance} {'word' if distance == 1 else 'words'}")
    return f"A gradient has faded to a tenth of what it is at the word itself: {'; '.join(said)}."


def strongest(norm: np.ndarray, tokens: Sequence[str], label: str) -> str:
    """Which word the last belief hangs on most."""
    row = norm[-1]
    word = int(row.argmax())
    return f"The {label}'s last belief hangs most on {quoted(tokens[word])} (step {word + 1})"


def survivals(found: Mapping[str, Dial], labels: Mapping[str, str], frame: tuple[str, str]) -> str:
    """How many neutral words each lane's negation survives."""
    said = []
    for lane, one in found.items():
        most = len(one.belief) - 1
        if one.survived is None:
            said.append(f"the {labels[lane]} does not call it negative even with none ({one.belief[0]:.2f})")
        elif one.survived == most:
            said.append(f"the {labels[lane]} still calls it negative with all {most} ({one.belief[-1]:.2f})")
        else:
            count = one.survived
            said.append(f"the {labels[lane]} calls it negative with up to {count}, and is at {one.belief[count + 1]:.2f} with one more")
    return f"{quoted(frame[0], 40)} … {quoted(frame[1], 40)} with neutral words between: {'; '.join(said)}."


def transplanted(own: Course, other: Course, first: int, what: str, tokens: Sequence[str]) -> str:
    """What became of the belief after another memory was put in before step `first`, counted from 0."""
    ends, instead = float(own.belief[-1]), float(other.belief[-1])
    change = "the same verdict" if verdict(ends) == verdict(instead) else f"{verdict(instead)} instead of {verdict(ends)}"
    return (
        f"{what} before {quoted(tokens[first])} (step {first + 1}), the belief ends at {instead:.3f} where it ended at {ends:.3f}: "
        f"{change}. The words from there on are the same; only the memory differs."
    )


def identity(largest: float) -> str:
    """The control: the phrase's own state put back in."""
    exact = "exactly 0: nothing changes" if largest == 0 else f"{largest:.1e}"
    return f"Control: with its own memory put back in (tried at up to eight steps), the largest change of the log-odds is {exact}."
