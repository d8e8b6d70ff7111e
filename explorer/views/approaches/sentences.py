"""Sentences of the page on the approaches, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.approach_findings import Bin
from explorer.analysis.approaches import Moves, Slots
from explorer.core.tracing import Trace
from explorer.networks.registry import CONCATENATION, network
from explorer.views.shared.wording import counted, listed, percent, quoted

STILL = 0.02  # a belief that moves by less holds still


def named(label: str) -> str:
    """A model within a sentence.

    >>> named("GRU"), named("concatenation")
    ('the GRU', 'the concatenation')
    """
    return f"the {label}"


def plural(count: int, noun: str) -> str:
    """A number of things.

    >>> plural(1, "word"), plural(1000, "word")
    ('1 word', '1,000 words')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# ----------------------------------------------------------------------------------------------------- the average


def story(average: tuple[Trace, Trace | None], recurrent: tuple[Trace, Trace | None], label: str) -> str:
    """What the average and the recurrent model make of the words in two orders."""
    typed, (first, second) = average[0], recurrent
    if average[1] is None or second is None:
        return (
            f"The per-word average gives {typed.probability:.4f}, the {label} {first.probability:.4f}. "
            "There is no other order of these words: to see what an order is worth, type two different words or more."
        )
    return (
        f"Shuffled, the same words get the same number from the per-word average, {typed.probability:.4f}, to the last "
        f"digit; the {label} gives {first.probability:.4f} and {second.probability:.4f}"
        f"{_apart(first.probability, second.probability)}."
    )


def _apart(typed: float, shuffled: float) -> str:
    if typed == shuffled:
        return ", the same as well"
    return ", nearly the same" if abs(typed - shuffled) < STILL else ""


def average(typed: Trace, shuffled: Trace | None, barred: bool = True) -> str:
    """Which words pull the average, and that both orders end at the same number.

    `barred`: whether both orders have bars.
    """
    alone = typed.activations["probability"]
    high, low = int(alone.argmax()), int(alone.argmin())
    if len(typed) == 1:
        start = f"There is one word, {quoted(typed.tokens[0])}: its own probability, {alone[0]:.3f}, is the average."
    else:
        lowest = f"{quoted(typed.tokens[low])} at {alone[low]:.3f}"
        highest = f"{quoted(typed.tokens[high])} at {alone[high]:.3f}"
        ends = f"all at {alone[0]:.3f}" if alone[low] == alone[high] else f"from {lowest} to {highest}"
        differ = ", in both orders: on the way the two lines differ, at the end all words have been counted."
        start = (
            f"Each bar is one word by itself, {ends}. The line is their average so far; "
            f"it ends at {typed.probability:.4f}{differ if shuffled else '.'}"
        )
    both = barred or shuffled is None
    left_out = "" if both else ", so those of the shuffled text, the same ones, are left out here"
    return f"{start} The bar of a word is as high wherever it stands, since the network sees that word alone{left_out}."


def same(totals: tuple[int, int], count: int, beliefs: tuple[float, float]) -> str:
    """Why both orders give the same number; `totals`: the sums in units of 2^-24, of `count` words."""
    rounded = (
        "Each word's probability is rounded to a multiple of 2⁻²⁴, so a sum of them is a whole number of such units"
    )
    if totals[0] == totals[1] and beliefs[0] == beliefs[1]:
        divided = (
            f"Divided by {count:,} it is the same number, digit for digit."
            if count > 1
            else "Of one word it is that word's own."
        )
        return (
            f"A sum does not know the order of what it adds. {rounded}, here {totals[0]:,}, which a computer's numbers "
            f"hold exactly, whatever is added first. {divided}"
        )
    return (
        f"{rounded}. Here they differ, {totals[0]:,} and {totals[1]:,}, which should not be: please report this text."
    )


# -------------------------------------------------------------------------------------------------- the parameters


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
    total = f"{network(CONCATENATION).parameter_sum(config)[0]} = {count[CONCATENATION]:,}"
    return (
        f"{plural(words, 'word')} of {size} numbers {'are' if words > 1 else 'is'} {words * size:,} inputs to the "
        f"first layer of the concatenation: {total} parameters. The {label} on such "
        f"vectors has {count[name]:,} at any number of words, since the same weights serve at each: "
        f"{_times(count[CONCATENATION], count[name])}. {_from(overtaken, label)} This is a what-if, nothing is trained "
        f"for it: the models in this app take {ours['inputs']} numbers a word, the concatenation has {ours['length']} "
        f"slots, and its hidden layer {ours['units']} units, here too."
    )


def _times(many: int, few: int) -> str:
    if many >= few:
        return f"the concatenation has {many / few:,.1f} times as many"
    return f"with so few words the concatenation has fewer, {100 * many / few:.0f} % of them"


def _from(words: int, label: str) -> str:
    if words == 1:
        return f"With vectors of this size the concatenation has more than the {label} from the first word on."
    return f"From {counted(words)} words on the concatenation has more than the {label}."


def layers(supposed: Mapping[str, Mapping[str, int]], name: str, label: str) -> str:
    """What is drawn to scale: the first layer of the concatenation, W and U of the recurrent model."""
    config, cell = supposed[CONCATENATION], supposed[name]
    words, size, units = config["length"], config["inputs"], config["units"]
    tall = network(name).first_layer(cell) // cell["inputs"]
    return (
        f"The blocks and the matrices of the {label} are to one scale. Above, the first layer of the concatenation, "
        f"{words * size:,} wide and {units} high: {network(CONCATENATION).first_layer(config):,} weights. It is drawn "
        f"as {plural(words, 'block')} of {size} by {units}, one for each place of a word, in lines as a text; the "
        f"strip below is the same in one piece, to a scale of its own where it is long. Below, W, {cell['inputs']} "
        f"wide and {tall} high, and U, {cell['units']} wide and {tall} high, of the {label}: used again at every word."
    )


def filled(text: Slots, label: str) -> str:
    """How a text fills the slots, and what is lost."""
    count, lost = len(text.filled), len(text.lost)
    every = count + text.padding
    fills = f"The concatenation has {every} slots. {_tokens(count)} fill{'' if count > 1 else 's'} {_slots(count)}"
    if text.padding:
        rest = f"the other {text.padding}, {percent(text.padding / every)} of them, hold zeros as padding"
        return f"{fills}; {rest}. Nothing is lost. The {label} makes {plural(count, 'step')}, no more."
    if not text.lost:
        return f"{fills}: exactly all of them. One word more would be lost."
    share = f"{percent(lost / (lost + every))} of the text is never read"
    clipped = f"{_tokens(lost)} behind them {'are' if lost > 1 else 'is'} clipped: {share}"
    return f"{fills}; {clipped}. The {label} reads all {lost + every:,}."


def _tokens(count: int) -> str:
    return f"{plural(count, 'word')} or sign{'s' if count > 1 else ''}"


def _slots(count: int) -> str:
    return f"slots 1 to {count}" if count > 1 else "slot 1"


# ------------------------------------------------------------------------------------------ the same phrase elsewhere


def place(tokens: Sequence[str], among: Sequence[str], k: int, beliefs: Mapping[str, tuple[str, np.ndarray]]) -> str:
    """The text with the phrase at place k, and what each model says of it and by how much it moved from place 0."""
    before, after = " ".join(among[:k][-4:]), " ".join(among[k:][:4])
    left = f"{'… ' if k > 4 else ''}{before} " if k else ""
    right = f" {after}{' …' if len(among) - k > 4 else ''}" if k < len(among) else ""
    moves = ", ".join(f"{label} {belief[k]:.3f} ({belief[k] - belief[0]:+.3f})" for label, belief in beliefs.values())
    text = f"“{left}[{quoted(' '.join(tokens), 60)[1:-1]}]{right}”"
    return (
        f"{k} neutral words before, {len(among) - k} behind: {text}. P(positive), and the move from place 0: {moves}."
    )


def elsewhere(beliefs: Mapping[str, tuple[str, np.ndarray]], cut: int | None, slots: int, count: int) -> str:
    """How far the belief of each model moves with the place.

    `count`: how many words are moved; `cut`: how many were typed, if those were more.
    """
    ranges = {label: float(np.ptp(belief)) for label, belief in beliefs.values()}
    still = [label for label, move in ranges.items() if move < STILL]
    moves = listed([f"{label} {move:.3f}" for label, move in ranges.items()])
    names = _upper(listed([named(label) for label in still]))
    holds = f"{names} hold{'s' if len(still) == 1 else ''} still (under {STILL})."
    start = f"From its lowest to its highest belief over all places, each model moves by: {moves}. "
    start += holds if still else "None holds still."
    total = len(next(iter(beliefs.values()))[1]) - 1 + count
    if total > slots:
        more = f"{total - slots} more than the concatenation has slots"
        start += f" These texts have {total} words, {more}: it never reads the last."
    if cut is not None:
        start += f" Of the {cut:,} words and signs typed, the first {count} are moved here."
    return start


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def moved(moves: Mapping[str, tuple[str, Moves]], phrases: int) -> str:
    """The move with the place in the mean over many phrases."""
    means = {label: float(move.moved[1:].mean()) for label, move in moves.values() if move.moved.any()}
    distances = listed([f"{label} {mean:.3f}" for label, mean in means.items()])
    fixed = [named(label) for label, move in moves.values() if not move.moved.any()]
    never = f" {_upper(listed(fixed))} never moves: it adds up the same words." if fixed else ""
    start = f"Over {phrases:,} short phrases, the mean distance of a belief from that at place 0: {distances}."
    return f"{start}{never} {_surprise(moves)}"


def _surprise(moves: Mapping[str, tuple[str, Moves]]) -> str:
    """Whether the recurrent models hold still beside the concatenation, in plain numbers."""
    concat = float(moves[CONCATENATION][1].moved[1:].mean())
    others = [float(move.moved[1:].mean()) for name, (_, move) in moves.items() if network(name).recurrent]
    low, high = min(others), max(others)
    if high < STILL:
        return f"The recurrent models hold nearly still, the concatenation moves by {concat:.3f}."
    beside = "less than" if high < concat else "as much as" if low < concat else "more than"
    return (
        "Shared weights alone do not make a recurrent model hold still: at another place the phrase meets another "
        f"state, and other words follow it. In plain numbers the recurrent models move {beside} the concatenation, "
        f"{low:.3f} to {high:.3f} beside {concat:.3f}. What the place is worth beside what the phrase says, the next "
        "chart tells."
    )


def shares(moves: Mapping[str, tuple[str, Moves]], again: Mapping[str, Sequence[float]]) -> str:
    """How much of what a model says comes from the place and not the phrase; `again`: the shares among other words."""
    split = listed([f"{label} {100 * move.share:.0f} %" for label, move in moves.values()])
    sides = listed([f"{label} {100 * move.sides:.0f} %" for label, move in moves.values()])
    spread = listed([f"{label} {move.between:.3f}" for label, move in moves.values()])
    return (
        f"Of the variance of all these beliefs the place makes: {split}; the phrase makes the rest. Phrases whose side "
        f"of one half depends on the place: {sides}. A model that says nearly the same of all phrases is easily moved "
        f"across one half; the standard deviation of the phrases' mean beliefs is {spread}.{_again(moves, again)}"
    )


def _again(moves: Mapping[str, tuple[str, Moves]], again: Mapping[str, Sequence[float]]) -> str:
    """Whether the same comes out among other neutral words."""
    moving = {name: values for name, values in again.items() if max(values, default=0) > 0}
    if not moving:
        return ""
    ranges = listed(
        [f"{moves[name][0]} {100 * min(values):.0f} to {100 * max(values):.0f} %" for name, values in moving.items()]
    )
    clauses = range(min(map(len, moving.values())))
    most = {max(moving, key=lambda name: moving[name][i]) for i in clauses}
    each = f", in each of them most in {named(moves[most.pop()][0])}" if len(most) == 1 and len(moving) > 1 else ""
    return (
        f" Among {counted(len(clauses))} other clauses of neutral words the place makes {ranges} of the variance{each}."
    )


# ------------------------------------------------------------------------------------------------------- any length


def lengths(slots: int, own: int) -> str:
    """What each approach does with one word and with a thousand."""
    padding = f"{slots - 1} of the concatenation's {slots} slots are padding"
    return (
        f"A review of one word: the average is that word's own probability, {padding}, a recurrent model makes one "
        f"step. A review of 1,000 words: in the average each word counts a thousandth, the concatenation reads the "
        f"first {slots} and loses {1_000 - slots}, a recurrent model makes 1,000 steps with the same weights. Yours "
        f"has {_tokens(own)}: {_yours(slots, own)}"
    )


def _yours(slots: int, own: int) -> str:
    if own > slots:
        return f"the concatenation reads {percent(slots / own)} of it."
    return f"all of it fits, and {slots - own} slots stay empty." if own < slots else "it fits exactly."


def accuracy(bins: Sequence[Bin], labels: Mapping[str, str], texts: str) -> str:
    """How often the models are right on short and on long texts."""
    first, last = bins[0], bins[-1]
    if len(bins) == 1:
        return f"All {first.count:,} {texts} have {first.name} words: {_right(first, labels)}."
    ends = (
        f"Right on {texts} of {first.name} words ({first.count:,}): {_right(first, labels)}. "
        f"Of {last.name} words ({last.count:,}): {_right(last, labels)}."
    )
    small = min(bins, key=lambda texts: texts.count)
    widest = f"of {small.count:,} texts ({small.name} words) it is up to {100 * max(small.error.values()):.0f} points"
    return f"{ends}{_fall(bins, labels)} Bars are one standard error; {widest}."


def _fall(bins: Sequence[Bin], labels: Mapping[str, str]) -> str:
    """Which model is right less often on long texts; empty where there are too few of them."""
    solid = [texts for texts in bins if texts.count >= 100]
    if len(solid) < 2:
        return ""
    falls = {label: solid[0].right[name] - solid[-1].right[name] for name, label in labels.items()}
    label, fall = max(falls.items(), key=lambda item: item[1])
    change = f"{named(label)} falls most, by {100 * fall:.0f} points" if fall > 0 else "no model is right less often"
    return f" From {solid[0].name} to {solid[-1].name} words, bins of a hundred texts or more, {change}."


def _right(texts: Bin, labels: Mapping[str, str]) -> str:
    return listed([f"{label} {100 * texts.right[name]:.0f} %" for name, label in labels.items()])
