"""Sentences of the page on the approaches, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.analysis.approach_findings import Bin
from explorer.analysis.approaches import Moves, Slots
from explorer.core.tracing import Trace
from explorer.networks.registry import CONCATENATION, network
from explorer.views.shared.wording import counted, percent, quoted

STILL = 0.02  # a belief that moves by less holds still


def named(label: str) -> str:
    """A lane within a sentence.

    >>> named("GRU"), named("concatenation")
    ('the GRU', 'the concatenation')
    """
    return f"the {label}"


def listed(names: Sequence[str]) -> str:
    """Names with commas and a last "and".

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def plural(count: int, noun: str) -> str:
    """A number of things.

    >>> plural(1, "word"), plural(1000, "word")
    ('1 word', '1,000 words')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# ----------------------------------------------------------------------------------------------------- the average


def story(average: tuple[Trace, Trace | None], recurrent: tuple[Trace, Trace | None], label: str) -> str:
    """What the average and the recurrent lane make of the words in two orders."""
    (typed, other), (one, two) = average, recurrent
    if other is None or two is None:
        return (
            f"The per-word average gives {typed.probability:.4f}, the {label} {one.probability:.4f}. "
            "There is no other order of these words: to see what an order is worth, type two different words or more."
        )
    return (
        f"Shuffled, the same words get the same number from the per-word average, {typed.probability:.4f}, to the last digit; "
        f"the {label} gives {one.probability:.4f} and {two.probability:.4f}{_apart(one.probability, two.probability)}."
    )


def _apart(one: float, two: float) -> str:
    if one == two:
        return ", the same as well"
    return ", nearly the same" if abs(one - two) < STILL else ""


def average(typed: Trace, other: Trace | None, barred: bool = True) -> str:
    """Which words pull the average, and that both orders end at the same number; `barred`: whether both orders have bars."""
    alone = typed.activations["probability"]
    high, low = int(alone.argmax()), int(alone.argmin())
    if len(typed) == 1:
        start = f"There is one word, {quoted(typed.tokens[0])}: its own probability, {alone[0]:.3f}, is the average."
    else:
        ends = (
            f"from {quoted(typed.tokens[low])} at {alone[low]:.3f} to {quoted(typed.tokens[high])} at {alone[high]:.3f}"
        )
        ends = f"all at {alone[0]:.3f}" if alone[low] == alone[high] else ends
        start = f"Each bar is one word by itself, {ends}. The line is their average so far; it ends at {typed.probability:.4f}"
        start += (
            ", in both orders: on the way the two lines differ, at the end all words have been counted."
            if other
            else "."
        )
    left_out = "" if barred or other is None else ", so those of the shuffled text, the same ones, are left out here"
    return f"{start} The bar of a word is as high wherever it stands, since the network sees that word alone{left_out}."


def same(total: int, other_total: int, count: int, typed: float, other: float) -> str:
    """Why both orders give the same number; `total`: the sums in units of 2^-24, of `count` words."""
    rounded = (
        "Each word's probability is rounded to a multiple of 2⁻²⁴, so a sum of them is a whole number of such units"
    )
    if total == other_total and typed == other:
        divided = (
            f"Divided by {count:,} it is the same number, digit for digit."
            if count > 1
            else "Of one word it is that word's own."
        )
        return (
            f"A sum does not know the order of what it adds. {rounded}, here {total:,}, which a computer's numbers hold "
            f"exactly, whatever is added first. {divided}"
        )
    return f"{rounded}. Here they differ, {total:,} and {other_total:,}, which should not be: please report this text."


# -------------------------------------------------------------------------------------------------- the parameters


def counts(
    supposed: Mapping[str, Mapping[str, int]],
    count: Mapping[str, int],
    lane: str,
    label: str,
    overtaken: int,
    shipped: Mapping[str, Mapping[str, int]],
) -> str:
    """How many parameters the concatenation has against a recurrent lane; configs and counts by lane."""
    config, ours = supposed[CONCATENATION], shipped[CONCATENATION]
    words, size = config["length"], config["inputs"]
    total = f"{network(CONCATENATION).parameter_sum(config)[0]} = {count[CONCATENATION]:,}"
    return (
        f"{plural(words, 'word')} of {size} numbers {'are' if words > 1 else 'is'} {words * size:,} inputs to the first "
        f"layer of the concatenation: {total} parameters. The {label} on such "
        f"vectors has {count[lane]:,} at any number of words, since the same weights serve at each: "
        f"{_times(count[CONCATENATION], count[lane])}. {_from(overtaken, label)} This is a what-if, nothing is trained for it: "
        f"the models in this app take {ours['inputs']} numbers a word, the concatenation has {ours['length']} slots, and its "
        f"hidden layer {ours['units']} units, here too."
    )


def _times(many: int, few: int) -> str:
    if many >= few:
        return f"the concatenation has {many / few:,.1f} times as many"
    return f"with so few words the concatenation has fewer, {100 * many / few:.0f} % of them"


def _from(words: int, label: str) -> str:
    if words == 1:
        return f"With vectors of this size the concatenation has more than the {label} from the first word on."
    return f"From {counted(words)} words on the concatenation has more than the {label}."


def layers(supposed: Mapping[str, Mapping[str, int]], lane: str, label: str) -> str:
    """What is drawn to scale: the first layer of the concatenation, W and U of the recurrent lane."""
    config, cell = supposed[CONCATENATION], supposed[lane]
    words, size, units = config["length"], config["inputs"], config["units"]
    tall = network(lane).first_layer(cell) // cell["inputs"]
    return (
        f"The blocks and the matrices of the {label} are to one scale. Above, the first layer of the concatenation, "
        f"{words * size:,} wide and {units} high: {network(CONCATENATION).first_layer(config):,} weights. It is drawn as "
        f"{plural(words, 'block')} of {size} by {units}, one for each place of a word, in lines as a text; the strip below "
        f"is the same in one piece, to a scale of its own where it is long. Below, W, {cell['inputs']} wide and {tall} high, "
        f"and U, {cell['units']} wide and {tall} high, of the {label}: used again at every word."
    )


def filled(found: Slots, label: str) -> str:
    """How a text fills the slots, and what is lost."""
    count, lost = len(found.filled), len(found.lost)
    every = count + found.padding
    fills = f"The concatenation has {every} slots. {_tokens(count)} fill{'' if count > 1 else 's'} {_slots(count)}"
    if found.padding:
        rest = f"the other {found.padding}, {percent(found.padding / every)} of them, hold zeros as padding"
        return f"{fills}; {rest}. Nothing is lost. The {label} makes {plural(count, 'step')}, no more."
    if not found.lost:
        return f"{fills}: exactly all of them. One word more would be lost."
    share = f"{percent(lost / (lost + every))} of the text is never read"
    clipped = f"{_tokens(lost)} behind them {'are' if lost > 1 else 'is'} clipped: {share}"
    return f"{fills}; {clipped}. The {label} reads all {lost + every:,}."


def _tokens(count: int) -> str:
    return f"{plural(count, 'word')} or sign{'s' if count > 1 else ''}"


def _slots(count: int) -> str:
    return f"slots 1 to {count}" if count > 1 else "slot 1"


# ------------------------------------------------------------------------------------------- the same phrase elsewhere


def place(tokens: Sequence[str], among: Sequence[str], k: int, found: Mapping[str, tuple[str, np.ndarray]]) -> str:
    """The text with the phrase at place k, and what each lane says of it and by how much it moved from place 0."""
    before, after = " ".join(among[:k][-4:]), " ".join(among[k:][:4])
    left = f"{'… ' if k > 4 else ''}{before} " if k else ""
    right = f" {after}{' …' if len(among) - k > 4 else ''}" if k < len(among) else ""
    said = ", ".join(f"{label} {belief[k]:.3f} ({belief[k] - belief[0]:+.3f})" for label, belief in found.values())
    text = f"“{left}[{quoted(' '.join(tokens), 60)[1:-1]}]{right}”"
    return f"{k} neutral words before, {len(among) - k} behind: {text}. P(positive), and the move from place 0: {said}."


def elsewhere(found: Mapping[str, tuple[str, np.ndarray]], cut: int | None, slots: int, count: int) -> str:
    """How far the belief of each lane moves with the place; `count` words are moved, `cut`: words typed if those were more."""
    ranges = {label: float(np.ptp(belief)) for label, belief in found.values()}
    still = [label for label, move in ranges.items() if move < STILL]
    said = listed([f"{label} {move:.3f}" for label, move in ranges.items()])
    holds = f"{_upper(listed([named(label) for label in still]))} hold{'s' if len(still) == 1 else ''} still (under {STILL})."
    start = f"From its lowest to its highest belief over all places, each model moves by: {said}. "
    start += holds if still else "None holds still."
    total = len(next(iter(found.values()))[1]) - 1 + count
    if total > slots:
        more = f"{total - slots} more than the concatenation has slots"
        start += f" These texts have {total} words, {more}: it never reads the last."
    if cut is not None:
        start += f" Of the {cut:,} words and signs typed, the first {count} are moved here."
    return start


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def moved(found: Mapping[str, tuple[str, Moves]], phrases: int) -> str:
    """The move with the place in the mean over many phrases."""
    far = {label: float(one.moved[1:].mean()) for label, one in found.values() if one.moved.any()}
    said = listed([f"{label} {move:.3f}" for label, move in far.items()])
    fixed = [named(label) for label, one in found.values() if not one.moved.any()]
    never = f" {_upper(listed(fixed))} never moves: it adds up the same words." if fixed else ""
    start = f"Over {phrases:,} short phrases, the mean distance of a belief from that at place 0: {said}."
    return f"{start}{never} {_surprise(found)}"


def _surprise(found: Mapping[str, tuple[str, Moves]]) -> str:
    """Whether the recurrent lanes hold still beside the concatenation, in plain numbers."""
    concat = float(found[CONCATENATION][1].moved[1:].mean())
    others = [(label, float(one.moved[1:].mean())) for lane, (label, one) in found.items() if network(lane).recurrent]
    low, high = min(move for _, move in others), max(move for _, move in others)
    if high < STILL:
        return f"The recurrent models hold nearly still, the concatenation moves by {concat:.3f}."
    beside = "less than" if high < concat else "as much as" if low < concat else "more than"
    return (
        "Shared weights alone do not make a recurrent model hold still: at another place the phrase meets another state, and "
        f"other words follow it. In plain numbers the recurrent models move {beside} the concatenation, {low:.3f} to {high:.3f} "
        f"beside {concat:.3f}. What the place is worth beside what the phrase says, the next chart tells."
    )


def shares(found: Mapping[str, tuple[str, Moves]], again: Mapping[str, Sequence[float]]) -> str:
    """How much of what a lane says comes from the place rather than the phrase; `again`: the shares among other words."""
    split = listed([f"{label} {100 * one.share:.0f} %" for label, one in found.values()])
    sides = listed([f"{label} {100 * one.sides:.0f} %" for label, one in found.values()])
    spread = listed([f"{label} {one.between:.3f}" for label, one in found.values()])
    return (
        f"Of the variance of all these beliefs the place makes: {split}; the phrase makes the rest. Phrases whose side of one "
        f"half depends on the place: {sides}. A model that says nearly the same of all phrases is easily moved across one "
        f"half; the standard deviation of the phrases' mean beliefs is {spread}.{_again(found, again)}"
    )


def _again(found: Mapping[str, tuple[str, Moves]], again: Mapping[str, Sequence[float]]) -> str:
    """Whether the same comes out among other neutral words."""
    moving = {lane: some for lane, some in again.items() if max(some, default=0) > 0}
    if not moving:
        return ""
    said = listed(
        [f"{found[lane][0]} {100 * min(some):.0f} to {100 * max(some):.0f} %" for lane, some in moving.items()]
    )
    clauses = range(min(map(len, moving.values())))
    most = {max(moving, key=lambda lane: moving[lane][i]) for i in clauses}
    each = f", in each of them most in {named(found[most.pop()][0])}" if len(most) == 1 and len(moving) > 1 else ""
    return (
        f" Among {counted(len(clauses))} other clauses of neutral words the place makes {said} of the variance{each}."
    )


# ------------------------------------------------------------------------------------------------------- any length


def lengths(slots: int, own: int) -> str:
    """What each approach does with one word and with a thousand."""
    padding = f"{slots - 1} of the concatenation's {slots} slots are padding"
    return (
        f"A review of one word: the average is that word's own probability, {padding}, a recurrent model makes one step. A "
        f"review of 1,000 words: in the average each word counts a thousandth, the concatenation reads the first {slots} and "
        f"loses {1_000 - slots}, a recurrent model makes 1,000 steps with the same weights. Yours has {_tokens(own)}: "
        f"{_yours(slots, own)}"
    )


def _yours(slots: int, own: int) -> str:
    if own > slots:
        return f"the concatenation reads {percent(slots / own)} of it."
    return f"all of it fits, and {slots - own} slots stay empty." if own < slots else "it fits exactly."


def accuracy(bins: Sequence[Bin], labels: Mapping[str, str], texts: str) -> str:
    """How often the lanes are right on short and on long texts."""
    first, last = bins[0], bins[-1]
    if len(bins) == 1:
        return f"All {first.count:,} {texts} have {first.name} words: {_right(first, labels)}."
    said = (
        f"Right on {texts} of {first.name} words ({first.count:,}): {_right(first, labels)}. "
        f"Of {last.name} words ({last.count:,}): {_right(last, labels)}."
    )
    solid = [one for one in bins if one.count >= 100]
    if len(solid) > 1:
        falls = {label: solid[0].right[lane] - solid[-1].right[lane] for lane, label in labels.items()}
        most = max(falls, key=falls.get)
        points = f"{named(most)} falls most, by {100 * falls[most]:.0f} points"
        change = points if falls[most] > 0 else "no model is right less often"
        said += f" From {solid[0].name} to {solid[-1].name} words, bins of a hundred texts or more, {change}."
    small = min(bins, key=lambda one: one.count)
    widest = f"of {small.count:,} texts ({small.name} words) it is up to {100 * max(small.error.values()):.0f} points"
    return f"{said} Bars are one standard error; {widest}."


def _right(one: Bin, labels: Mapping[str, str]) -> str:
    return listed([f"{label} {100 * one.right[lane]:.0f} %" for lane, label in labels.items()])
