"""Sentences of the page on the approaches, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.approaches import Slots
from explorer.core.tracing import Trace
from explorer.messages import _, ngettext
from explorer.networks.registry import AVERAGE, CONCATENATION, network
from explorer.views.shared.wording import listed, percent, quoted

STILL = 0.02  # a belief that moves by less holds still


# -------------------------------------------------------------------------------------------------------- what to read


def story() -> str:
    """What the two simple answers are, and what a recurrent network does instead."""
    return _(
        "Two simple answers come before a recurrent network. Averaging judges each word alone, so the order is lost. "
        "Concatenation puts the vectors of all words side by side: the order is there, but the first layer is huge, "
        "the length is fixed, and what is learnt about a word in one place is not known in another. A recurrent "
        "network reads one word at a time with the same weights, and remembers."
    )


def glossary() -> str:
    """The words of the page."""
    return _(
        "P(positive): the probability, from 0% to 100%, that a review is positive. Weight: a number that training "
        "sets; "
        "with the biases they are the parameters of a model. Vector: the numbers that stand for a word. Slot: the "
        "place "
        "of one word in the input of the concatenation. Padding: zeros in a slot without a word."
    )


READ = {
    "order": lambda: _(
        "Each bar is one word, judged alone: up for positive, down for negative. The average only adds up the bars, so "
        "it cannot know where they stood. The large numbers are P(positive). Press Play to see them word by word."
    ),
    "weights": lambda: _(
        "Each block holds the weights for one place of a word: one column for each number of its vector, one row for "
        "each hidden unit. The concatenation needs a block for every place. The recurrent model has one matrix for the "
        "word, W, and one for its own last activation, U, and uses both again at every word."
    ),
    "slots": lambda: _(
        "The concatenation has a fixed number of slots. A short review leaves most of them empty: they hold zeros, as "
        "padding. A long review is cut off at ✂, and the rest is never read. Press Play to fill the slots."
    ),
    "places": lambda: _(
        "Your phrase stands among neutral words that are always the same; the slider moves it from their start to "
        "their "
        "end. A model that knows a phrase wherever it stands draws a flat line. In the grey band, 40% to 60%, a model "
        "is undecided."
    ),
}


# ----------------------------------------------------------------------------------------------------- the average


def same_number(average: tuple[Trace, Trace | None], recurrent: tuple[Trace, Trace | None], label: str) -> str:
    """What the average and the recurrent model make of the words in two orders."""
    share = percent(average[0].probability)
    first, other = recurrent
    if average[1] is None or other is None:
        return _("The average says {share}. There is no other order of these words: type two different ones.").format(
            share=share
        )
    answers = {
        "share": share,
        "model": label,
        "first": percent(first.probability),
        "second": percent(other.probability),
    }
    if abs(first.probability - other.probability) < STILL:
        return _("In another order the average still says {share}. The {model} hardly moves either.").format(**answers)
    return _("In another order the average still says {share}. The {model} goes from {first} to {second}.").format(
        **answers
    )


def average(typed: Trace, shuffled: Trace | None, barred: bool = True) -> str:
    """Which words pull the average, and that both orders end at the same number.

    `barred`: whether both orders have bars.
    """
    alone = typed.activations["probability"]
    high, low = int(alone.argmax()), int(alone.argmin())
    numbers = {
        "first": quoted(typed.tokens[0]),
        "low": quoted(typed.tokens[low]),
        "lowest": f"{alone[low]:.3f}",
        "high": quoted(typed.tokens[high]),
        "highest": f"{alone[high]:.3f}",
        "end": f"{typed.probability:.4f}",
    }
    if len(typed) == 1:
        return _("There is one word, {first}: its own probability, {lowest}, is the average.").format(**numbers)
    if shuffled is None:
        return _(
            "Each bar is one word by itself, from {low} at {lowest} to {high} at {highest}. The line is their average "
            "so far; it ends at {end}."
        ).format(**numbers)
    if barred:
        return _(
            "Each bar is one word by itself, from {low} at {lowest} to {high} at {highest}; it is as high wherever its "
            "word stands. The lines are the average so far of both orders. They differ on the way and end together, "
            "at {end}."
        ).format(**numbers)
    return _(
        "Each bar is one word by itself, from {low} at {lowest} to {high} at {highest}. The bars of the shuffled text "
        "are the same ones, so they are left out here. The lines are the average so far of both orders. They differ on "
        "the way and end together, at {end}."
    ).format(**numbers)


def same(totals: tuple[int, int], count: int, beliefs: tuple[float, float]) -> str:
    """Why both orders give the same number; `totals`: the sums in units of 2^-24, of `count` words."""
    if totals[0] != totals[1] or beliefs[0] != beliefs[1]:
        return _(
            "The sums of both orders differ, {first} and {second} units of 2⁻²⁴, which should not be: please report "
            "this text."
        ).format(first=f"{totals[0]:,}", second=f"{totals[1]:,}")
    return ngettext(
        "Each word's probability is rounded to a multiple of 2⁻²⁴. There is one word, {total} such units: the average "
        "is "
        "that word's own probability.",
        "A sum does not know the order of what it adds. Each word's probability is rounded to a multiple of 2⁻²⁴, so "
        "the sum is a whole number of such units, here {total}, which a computer's numbers hold exactly, whatever is "
        "added first. Divided by {count} it is the same number, digit for digit.",
        count,
    ).format(total=f"{totals[0]:,}", count=f"{count:,}")


# -------------------------------------------------------------------------------------------------- the parameters


def times_title(many: int, few: int) -> str:
    """How many times the parameters, as a title."""
    if many < few:
        return _("Fewer weights, so far")
    times = many / few
    return _("{times} times the weights").format(times=f"{times:.0f}" if times >= 9.5 else f"{times:.1f}")


def weights(words: int, size: int, many: int, few: int, label: str) -> str:
    """What the concatenation needs for so many words, and the recurrent model for any number."""
    return ngettext(
        "At {words} word of {size} numbers the concatenation needs {many} weights; the {model} reads any number "
        "with {few}.",
        "At {words} words of {size} numbers the concatenation needs {many} weights; the {model} reads any number "
        "with {few}.",
        words,
    ).format(words=words, size=size, many=f"{many:,}", few=f"{few:,}", model=label)


def own(slots: int, size: int, many: int, few: int) -> str:
    """How large the trained models are, beside those that are supposed."""
    return _("Ours, for {slots} words of {size} numbers, have {many} and {few}.").format(
        slots=slots, size=size, many=f"{many:,}", few=f"{few:,}"
    )


def counts(
    supposed: Mapping[str, Mapping[str, int]],
    count: Mapping[str, int],
    name: str,
    label: str,
    overtaken: int,
    shipped: Mapping[str, Mapping[str, int]],
) -> str:
    """How many parameters the concatenation has against a recurrent model; configs and counts by model."""
    config, ours = supposed[CONCATENATION], shipped[CONCATENATION]
    words, size = config["length"], config["inputs"]
    numbers = {
        "words": words,
        "size": size,
        "inputs": f"{words * size:,}",
        "sum": network(CONCATENATION).parameter_sum(config)[0],
        "total": f"{count[CONCATENATION]:,}",
        "model": label,
        "few": f"{count[name]:,}",
        "from": overtaken,
        "own": ours["inputs"],
        "slots": ours["length"],
        "units": ours["units"],
    }
    inputs = ngettext(
        "{words} word of {size} numbers is {inputs} inputs to the first layer of the concatenation: {sum} = {total} "
        "parameters. The {model} on such vectors has {few} at any number of words, since the same weights serve at "
        "each. "
        "From {from} words on the concatenation has more. This is a what-if, nothing is trained for it: the models in "
        "this app take {own} numbers a word, the concatenation has {slots} slots and {units} hidden units, here too.",
        "{words} words of {size} numbers are {inputs} inputs to the first layer of the concatenation: {sum} = {total} "
        "parameters. The {model} on such vectors has {few} at any number of words, since the same weights serve at "
        "each. "
        "From {from} words on the concatenation has more. This is a what-if, nothing is trained for it: the models in "
        "this app take {own} numbers a word, the concatenation has {slots} slots and {units} hidden units, here too.",
        words,
    )
    return inputs.format(**numbers)


def layers(supposed: Mapping[str, Mapping[str, int]], name: str, label: str) -> str:
    """What is drawn to scale: the first layer of the concatenation, W and U of the recurrent model."""
    config, cell = supposed[CONCATENATION], supposed[name]
    words, size, units = config["length"], config["inputs"], config["units"]
    return ngettext(
        "Everything is drawn to one scale. Above, the first layer of the concatenation, {whole} wide and {units} high: "
        "{words} block of {size} by {units}. Below, W, {size} wide and {tall} high, and U, {own} wide and {tall} high, "
        "of the {model}: used again at every word.",
        "Everything is drawn to one scale. Above, the first layer of the concatenation, {whole} wide and {units} high: "
        "{words} blocks of {size} by {units}, one for each place of a word, in lines like a text. Below, W, {size} "
        "wide "
        "and {tall} high, and U, {own} wide and {tall} high, of the {model}: used again at every word.",
        words,
    ).format(
        words=words, size=size, units=units, whole=f"{words * size:,}", own=cell["units"], model=label,
        tall=network(name).first_layer(cell) // cell["inputs"],
    )  # fmt: skip


def captions(supposed: Mapping[str, Mapping[str, int]], name: str, label: str) -> tuple[str, str]:
    """What stands above the drawn matrices of the concatenation and of the recurrent model."""
    config, cell = supposed[CONCATENATION], supposed[name]
    tall = network(name).first_layer(cell) // cell["inputs"]
    return (
        _("Concatenation: {count} weights in the first layer").format(
            count=f"{network(CONCATENATION).first_layer(config):,}"
        ),
        _("{model}: {count} weights, the same at every word").format(
            model=label, count=f"{tall * (cell['inputs'] + cell['units']):,}"
        ),
    )


# --------------------------------------------------------------------------------------------------------- the slots


def fill(text: Slots) -> str:
    """How a text fills the slots, in a line."""
    count, lost = len(text.filled), len(text.lost)
    numbers = {"slots": count + text.padding, "count": f"{count + lost:,}", "empty": text.padding, "lost": f"{lost:,}"}
    if text.padding:
        return ngettext(
            "The concatenation always has {slots} slots. Your {count} word or sign leaves {empty} of them empty.",
            "The concatenation always has {slots} slots. Your {count} words and signs leave {empty} of them empty.",
            count,
        ).format(**numbers)
    if not lost:
        return _("The concatenation always has {slots} slots. Your text fills exactly all of them.").format(**numbers)
    return _(
        "The concatenation always has {slots} slots. Your text has {count} words and signs: {lost} are cut off "
        "and never read."
    ).format(**numbers)


def filled(text: Slots, label: str) -> str:
    """How a text fills the slots and what is lost, in shares, beside the steps of a recurrent model."""
    count, lost = len(text.filled), len(text.lost)
    every = count + text.padding
    numbers = {"count": f"{count:,}", "empty": text.padding, "lost": f"{lost:,}", "all": f"{count + lost:,}"}
    if text.padding:
        return ngettext(
            "{count} of {slots} slots is filled; the other {empty}, {share} of them, hold zeros as padding. "
            "The {model} makes {count} step, no more.",
            "{count} of {slots} slots are filled; the other {empty}, {share} of them, hold zeros as padding. "
            "The {model} makes {count} steps, no more.",
            count,
        ).format(**numbers, slots=every, share=percent(text.padding / every), model=label)
    if not text.lost:
        return _("Exactly all {slots} slots are filled. One word more would be lost.").format(slots=every)
    return ngettext(
        "All {slots} slots are filled; {lost} word behind them is clipped: {share} of the text is never read. "
        "The {model} reads all {all}.",
        "All {slots} slots are filled; {lost} words behind them are clipped: {share} of the text is never read. "
        "The {model} reads all {all}.",
        lost,
    ).format(**numbers, slots=every, share=percent(lost / (lost + every)), model=label)


# ------------------------------------------------------------------------------------------ the same phrase elsewhere


def points(belief: np.ndarray) -> int:
    """How far a belief moves over all places, in percentage points."""
    return round(100 * float(np.ptp(belief)))


def other_place(beliefs: Mapping[str, tuple[str, np.ndarray]], name: str) -> str:
    """How far the concatenation, the recurrent model and the average move with the place of the phrase."""
    average = float(np.ptp(beliefs[AVERAGE][1]))
    numbers = {
        "count": len(beliefs[AVERAGE][1]) - 1,
        "concatenation": points(beliefs[CONCATENATION][1]),
        "model": beliefs[name][0],
        "points": points(beliefs[name][1]),
        "average": round(100 * average, 1),
    }
    if average == 0:
        return _(
            "Move the phrase among {count} neutral words, and the concatenation swings by {concatenation} points, the "
            "{model} by {points}. The average does not move."
        ).format(**numbers)
    return _(
        "Move the phrase among {count} neutral words, and the concatenation swings by {concatenation} points, the "
        "{model} by {points}, the average by {average}."
    ).format(**numbers)


def place(tokens: Sequence[str], among: Sequence[str], k: int, beliefs: Mapping[str, tuple[str, np.ndarray]]) -> str:
    """The text with the phrase at place k, and what each model says of it."""
    before, after = " ".join(among[:k][-4:]), " ".join(among[k:][:4])
    left = f"{'… ' if k > 4 else ''}{before} " if k else ""
    right = f" {after}{' …' if len(among) - k > 4 else ''}" if k < len(among) else ""
    answers = ", ".join(f"{label} {percent(belief[k])}" for label, belief in beliefs.values())
    text = f"“{left}[{quoted(' '.join(tokens), 60)[1:-1]}]{right}”"
    return _("{before} neutral words before, {behind} behind: {text}. P(positive): {answers}.").format(
        before=k, behind=len(among) - k, text=text, answers=answers
    )


def elsewhere(beliefs: Mapping[str, tuple[str, np.ndarray]]) -> str:
    """How far the belief of each model moves with the place."""
    ranges = {label: float(np.ptp(belief)) for label, belief in beliefs.values()}
    moves = listed([f"{label} {move:.3f}" for label, move in ranges.items()])
    still = [label for label, move in ranges.items() if move < STILL]
    if not still:
        return _(
            "From its lowest to its highest belief over all places, each model moves by: {moves}. None holds still."
        ).format(moves=moves)
    return _(
        "From its lowest to its highest belief over all places, each model moves by: {moves}. Still (under {least}): "
        "{still}."
    ).format(moves=moves, least=STILL, still=listed(still))


def too_long(total: int, slots: int) -> str:
    """That the concatenation does not read such a text to its end."""
    return _(
        "These texts have {total} words, {more} more than the concatenation has slots: it never reads the last."
    ).format(total=total, more=total - slots)


def moved_in_part(typed: int, count: int) -> str:
    """That only the beginning of a long text is moved."""
    return _("Of the {typed} words typed, the first {count} are moved here.").format(typed=f"{typed:,}", count=count)


def neutral(among: Sequence[str]) -> str:
    """Which words stand around the phrase."""
    return _(
        "The {count} neutral words are always the same, “{words}”: those not before the phrase are behind it."
    ).format(count=len(among), words=" ".join(among))


# ------------------------------------------------------------------------------------------------------- any length


def lengths(slots: int) -> str:
    """What each approach does with one word and with a thousand."""
    return _(
        "A review of one word: the average is that word's own probability, {padding} of the concatenation's {slots} "
        "slots are padding, a recurrent model makes one step. A review of 1,000 words: in the average each word counts "
        "a thousandth, the concatenation reads the first {slots} and loses {lost}, a recurrent model makes 1,000 steps "
        "with the same weights."
    ).format(padding=slots - 1, slots=slots, lost=1_000 - slots)


def own_length(slots: int, own: int) -> str:
    """What of the typed text the concatenation reads."""
    if own > slots:
        return _("Of yours, with {own} words, the concatenation reads {share}.").format(
            own=f"{own:,}", share=percent(slots / own)
        )
    return _("All of yours fits, and {empty} slots stay empty.").format(empty=slots - own)
