"""Sentences of the page Memory, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.measures import verdict
from explorer.analysis.memory import Dial
from explorer.messages import _, ngettext
from explorer.views.shared.wording import percent, quoted

FADED = 0.1  # of the gradient to the word just read
LONG = 40  # letters of a phrase that is quoted


# ------------------------------------------------------------------------------------------------------- the transplant


def given(model: str, donor: str, first: int, before: float, after: float) -> str:
    """What became of the belief, 0…1, after another phrase's memory was put in before step `first`, from 0."""
    values = {"model": model, "donor": quoted(donor, LONG), "place": f"{first:,}", "after": percent(after)}
    if percent(after) == percent(before):
        return (
            _("Give the {model} the memory of {donor} after step {place}, and it still ends at {after}.")
            if first
            else _("Give the {model} the memory of {donor} before step 1, and it still ends at {after}.")
        ).format(**values)
    return (
        _("Give the {model} the memory of {donor} after step {place}, and it ends at {after} instead of {before}.")
        if first
        else _("Give the {model} the memory of {donor} before step 1, and it ends at {after} instead of {before}.")
    ).format(**values, before=percent(before))


def wiped(model: str, word: str, before: float, after: float) -> str:
    """The same after the memory was put back to rest."""
    values = {"word": quoted(word), "model": model, "after": percent(after)}
    if percent(after) == percent(before):
        return _("Just before {word} the {model}'s memory is wiped. It still ends at {after}.").format(**values)
    return _("Just before {word} the {model}'s memory is wiped. It ends at {after} instead of {before}.").format(
        **values, before=percent(before)
    )


def held(model: str, units: Sequence[int], value: float, word: str, before: float, after: float) -> str:
    """The same while units are held at an activation, −1…1."""
    sentence = ngettext(
        "From {word} on, unit {units} of the {model} is held at {value}. It ends at {after} instead of {before}.",
        "From {word} on, units {units} of the {model} are held at {value}. It ends at {after} instead of {before}.",
        len(units),
    )
    return sentence.format(
        word=quoted(word), units=", ".join(map(str, units)), model=model, value=f"{value:+.2f}",
        after=percent(after), before=percent(before),
    )  # fmt: skip


def identity(largest: float, tried: int) -> str:
    """The control: the phrase's own state put back in before each of so many steps."""
    if largest == 0:
        return ngettext(
            "With its own memory put back in before this step, nothing changes: the difference is exactly 0.",
            "With its own memory put back in before each of {count} steps, nothing changes: the difference is exactly "
            "0.",
            tried,
        ).format(count=tried)
    return ngettext(
        "With its own memory put back in before this step, the log-odds change by {change} at most.",
        "With its own memory put back in before each of {count} steps, the log-odds change by {change} at most.",
        tried,
    ).format(count=tried, change=f"{largest:.1e}")


def impossible(first: int, steps: int, taken: int, length: int) -> str:
    """What to do where there is no step `first`, of `steps` of the phrase, or `taken`, of `length` of the donor.

    Empty where there are both. A phrase's steps are counted from 1; 0 of the donor is before its first.

    >>> impossible(99, 4, 2, 4)
    'The phrase has 4 steps. Another memory can be put in before steps 1 to 4, not before step 99.'
    """
    sentences = []
    if first > steps:
        sentences.append(
            ngettext(
                "The phrase has {count} step. Another memory can be put in before step 1, not before step {first}.",
                "The phrase has {count} steps. Another memory can be put in before steps 1 to {count}, not before step "
                "{first}.",
                steps,
            ).format(count=f"{steps:,}", first=f"{first:,}")
        )
    if taken > length:
        sentences.append(
            ngettext(
                "The other phrase has {count} step. Its memory can be taken after steps 0 to {count}, not after step "
                "{taken}.",
                "The other phrase has {count} steps. Its memory can be taken after steps 0 to {count}, not after step "
                "{taken}.",
                length,
            ).format(count=f"{length:,}", taken=f"{taken:,}")
        )
    return " ".join(sentences)


# ------------------------------------------------------------------------------------------------------------- the dial


def survival(dial: Dial, model: str, frame: tuple[str, str]) -> str:
    """How many neutral words a model's negation survives."""
    whole = quoted(f"{frame[0].strip()} … {frame[1].strip()}".strip(), LONG)
    most = len(dial.belief) - 1
    if dial.survived is None:
        return _("The {model} does not call {phrase} negative, even with no words between ({percent}).").format(
            model=model, phrase=whole, percent=percent(float(dial.belief[0]))
        )
    if dial.survived == most:
        return _("The {model} still calls {phrase} negative with {count} neutral words between ({percent}).").format(
            model=model, phrase=whole, count=most, percent=percent(float(dial.belief[-1]))
        )
    after = float(dial.belief[dial.survived + 1])
    message = (
        ngettext(
            "The {model} calls {phrase} negative with up to {count} neutral word between. At {next} it says {percent}, "
            "undecided for the first time.",
            "The {model} calls {phrase} negative with up to {count} neutral words between. At {next} it says "
            "{percent}, undecided for the first time.",
            dial.survived,
        )
        if verdict(after) == "unsure"
        else ngettext(
            "The {model} calls {phrase} negative with up to {count} neutral word between. At {next} it says {percent}, "
            "positive for the first time.",
            "The {model} calls {phrase} negative with up to {count} neutral words between. At {next} it says "
            "{percent}, positive for the first time.",
            dial.survived,
        )
    )
    return message.format(
        model=model, phrase=whole, count=dial.survived, next=dial.survived + 1, percent=percent(after)
    )


# ------------------------------------------------------------------------------------------------------------ gradients


def faded(values: np.ndarray) -> int | None:
    """The first distance at which the mean gradient, (T,), is no more than a tenth of that at distance 0, if any."""
    small = np.flatnonzero(values <= FADED * values[0])
    return int(small[0]) if len(small) else None


def distance(values: np.ndarray, model: str) -> str:
    """Where a model's gradients, (T,) by distance, have faded to a tenth."""
    if len(values) == 1:
        return _("One word alone has no distance over which a gradient could fade.")
    steps, last = faded(values), len(values) - 1
    if steps is not None:
        return ngettext(
            "In the {model}, less than a tenth of the gradient is left {count} word back.",
            "In the {model}, less than a tenth of the gradient is left {count} words back.",
            steps,
        ).format(model=model, count=f"{steps:,}")
    lowest = float(values.min() / values[0])
    if lowest >= 0.995:
        return _("In the {model} the first word still counts at the end.").format(model=model)
    return ngettext(
        "In the {model}, {percent} or more of the gradient is left {count} word back.",
        "In the {model}, {percent} or more of the gradient is left over {count} words.",
        last,
    ).format(model=model, percent=f"{100 * lowest:.0f}%", count=f"{last:,}")


def strongest(words: Mapping[str, int], tokens: Sequence[str]) -> str:
    """Which word the last belief hangs on most; `words`: its position from 0, by the model's label."""
    if len(set(words.values())) == 1:
        return _("In every model the final verdict depends most on {word}.").format(
            word=quoted(tokens[next(iter(words.values()))])
        )
    places: dict[int, list[str]] = {}
    for label, word in words.items():
        places.setdefault(word, []).append(label)
    named = [
        _("{word} ({models})").format(word=quoted(tokens[word]), models=", ".join(labels))
        for word, labels in places.items()
    ]
    return _("The final verdict depends most on: {words}.").format(words=", ".join(named))


def matrix(cells: np.ndarray, block: int, label: str) -> str:
    """A matrix in words, for those who do not see it: its size, and where it is strongest and weakest."""
    read = np.where(np.tri(len(cells), dtype=bool), cells, np.nan)
    (top, word), (low, faint) = (divmod(int(find(read)), len(read)) for find in (np.nanargmax, np.nanargmin))

    def place(cell: int) -> int:
        return cell * block + 1

    return _(
        "{model}: {size} by {size} cells, empty above the diagonal. Largest, {largest}: the belief after step {top}, "
        "the word of step {word}. Smallest, {smallest}: the belief after step {low}, the word of step {faint}."
    ).format(
        model=label, size=len(cells), largest=f"{cells[top, word]:.2g}", top=place(top), word=place(word),
        smallest=f"{cells[low, faint]:.2g}", low=place(low), faint=place(faint),
    )  # fmt: skip
