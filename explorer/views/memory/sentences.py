"""Sentences of the page Memory, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.interventions import Trajectory
from explorer.analysis.measures import verdict
from explorer.analysis.memory import Dial
from explorer.views.shared.wording import quoted

FADED = 0.1  # of the gradient to the word just read


def faded(values: np.ndarray) -> int | None:
    """The first distance at which the mean gradient, (T,), is no more than a tenth of that at distance 0, if any."""
    small = np.flatnonzero(values <= FADED * values[0])
    return int(small[0]) if len(small) else None


def distances(norms: Mapping[str, np.ndarray], labels: Mapping[str, str]) -> str:
    """Where each model's gradients have faded to a tenth."""
    if len(next(iter(norms.values()))) == 1:
        return "One word alone has no distance over which a gradient could fade."
    fadings = [f"the {labels[name]}'s {_fading(values)}" for name, values in norms.items()]
    return f"How soon a gradient fades to a tenth of what it is at the word itself: {'; '.join(fadings)}."


def _fading(values: np.ndarray) -> str:
    distance, last = faded(values), len(values) - 1
    if distance is not None:
        return f"after {steps(distance)}"
    lowest = values.min() / values[0]
    kept = f"at least {100 * lowest:.0f} % of it is left" if lowest < 0.995 else "it never falls below it"
    return f"not within {steps(last)} ({kept})"


def steps(count: int) -> str:
    """A number of words, as it is written in a sentence."""
    return f"{count:,} {'word' if count == 1 else 'words'}"


def strongest(words: Mapping[str, int], tokens: Sequence[str]) -> str:
    """Which word the last belief hangs on most; `words`: its position from 0, by the model's label."""
    named = {label: f"{quoted(tokens[word])} (step {word + 1})" for label, word in words.items()}
    if len(set(words.values())) == 1:
        return f"In every model the last belief hangs most on {next(iter(named.values()))}."
    hangs = [f"that of the {label} on {word}" for label, word in named.items()]
    return f"The last belief hangs most on one word: {', '.join(hangs)}."


def matrix(cells: np.ndarray, block: int, label: str) -> str:
    """A matrix in words, for those who do not see it: its size, and where it is strongest and weakest."""
    read = np.where(np.tri(len(cells), dtype=bool), cells, np.nan)
    (top, word), (low, faint) = (divmod(int(find(read)), len(read)) for find in (np.nanargmax, np.nanargmin))

    def place(cell: int) -> str:
        return f"step {cell + 1}" if block == 1 else f"steps {cell * block + 1} and on"

    return (
        f"{label}: {len(cells)} by {len(cells)} cells, empty above the diagonal. Largest, {cells[top, word]:.2g}: "
        f"the belief after {place(top)}, the word of {place(word)}. Smallest, {cells[low, faint]:.2g}: the belief "
        f"after {place(low)}, the word of {place(faint)}."
    )


def survivals(dials: Mapping[str, Dial], labels: Mapping[str, str], frame: tuple[str, str]) -> str:
    """How many neutral words each model's negation survives."""
    clauses = []
    for name, dial in dials.items():
        most = len(dial.belief) - 1
        if dial.survived is None:
            clauses.append(f"the {labels[name]} does not call it negative even with none ({dial.belief[0]:.2f})")
        elif dial.survived == most:
            clauses.append(f"the {labels[name]} still calls it negative with all {most} ({dial.belief[-1]:.2f})")
        else:
            count, more = dial.survived, dial.belief[dial.survived + 1]
            clauses.append(
                f"the {labels[name]} calls it negative with up to {count}, and is at {more:.2f} with one more"
            )
    start = f"{quoted(frame[0], 40)} … {quoted(frame[1], 40)} with neutral words between" if frame[0].strip() else (
        f"Nothing, then neutral words, then {quoted(frame[1], 40)}"
    )  # fmt: skip
    return f"{start}: {'; '.join(clauses)}."


def transplanted(own: Trajectory, other: Trajectory, first: int, what: str, tokens: Sequence[str]) -> str:
    """What became of the belief after another memory was put in before step `first`, counted from 0."""
    ends, instead = float(own.belief[-1]), float(other.belief[-1])
    change = (
        "the same verdict" if verdict(ends) == verdict(instead) else f"{verdict(instead)} instead of {verdict(ends)}"
    )
    return (
        f"{what} before {quoted(tokens[first])} (step {first + 1}), the belief ends at {instead:.3f} instead of "
        f"{ends:.3f}: {change}. The words from there on are the same; only the memory differs."
    )


def held(units: Sequence[int], value: float) -> str:
    """Which units are clamped, as the beginning of a sentence."""
    return (
        f"With {'unit' if len(units) == 1 else 'units'} {', '.join(map(str, units))} held at {value:+.2f} from the "
        "state"
    )


def identity(largest: float, tried: int) -> str:
    """The control: the phrase's own state put back in before each of so many steps."""
    exact = "exactly 0: nothing changes" if largest == 0 else f"{largest:.1e}"
    where = f"before this step and {tried - 1} other{'s' if tried > 2 else ''}" if tried > 1 else "before this step"
    return f"Control: with its own memory put back in {where}, the largest change of any log-odds is {exact}."


def impossible(first: int, steps: int, taken: int, length: int) -> str:
    """What to do where there is no step `first`, of `steps` of the phrase, or `taken`, of `length` of the donor.

    Empty where there are both. A phrase's steps are counted from 1; 0 of the donor is before its first.

    >>> impossible(99, 4, 2, 4)
    'The phrase has 4 steps. Another memory can be put in before steps 1 to 4, not before step 99.'
    """
    sentences = []
    if first > steps:
        possible = f"steps 1 to {steps:,}" if steps > 1 else "step 1"
        sentences.append(
            f"The phrase has {steps:,} step{'s' if steps > 1 else ''}. Another memory can be put in before {possible}, "
            f"not before step {first:,}."
        )
    if taken > length:
        sentences.append(
            f"The donor has {length:,} step{'' if length == 1 else 's'}. Its memory can be taken after steps 0 to "
            f"{length:,}, not after step {taken:,}."
        )
    return " ".join(sentences)
