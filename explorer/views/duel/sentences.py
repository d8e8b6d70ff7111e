"""What there is to notice about two texts: one sentence, true for whatever was typed, and notes. Never markup."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from explorer.analysis.measures import PARTED, verdict
from explorer.messages import _
from explorer.networks.registry import AVERAGE, CONCATENATION, network
from explorer.views.duel.answers import MOST_STEPS, Answer
from explorer.views.shared.wording import UNKNOWN_SHARE, corrected, foreign, percent, quoted, skipped

Answers: TypeAlias = tuple[Answer | None, Answer | None]  # to A and to B; None where no word was typed
Labels: TypeAlias = tuple[str | None, str | None]  # what a reader says of A and of B, where that is known
NAMED = 4  # words that a note names at most


def sentence(answers: Answers, model: str, labels: Labels = (None, None)) -> str:
    """The one sentence below the picture; `model`: whose line is chosen."""
    a, b = answers
    if a is None or b is None:
        return _alone(a or b, model)
    cases = (
        strange(a, b),
        identical(a, b),
        missed(a, b, model, labels),
        orders(a, b, model),
        unsure(a, b),
        disagreement(a, b),
        alike(a, b, model),
        different(a, b, model),
    )
    return next(text for text in cases if text)


def called(model: str) -> str:
    """A model as a sentence calls it, after "the"."""
    names = {
        AVERAGE: _("average"),
        CONCATENATION: _("side-by-side network"),
        "rnn": "RNN",
        "gru": "GRU",
        "lstm": "LSTM",
    }
    return names.get(model) or network(model).label  # the class of a registered one is there already


def _alone(given: Answer | None, model: str) -> str:
    """Of one text, or of none."""
    if given is None:
        return _("Type a sentence in each box, or press Another pair.")
    if len(given.read.unknown) == len(given.read.tokens):
        return _("No model knows a word of this, so the numbers say nothing about it.")
    end = given.ends[model]
    told = {
        "positive": _("The {model} thinks this is positive: {percent}. Type a second sentence to compare."),
        "negative": _("The {model} thinks this is negative: {percent}. Type a second sentence to compare."),
        "unsure": _("The {model} is unsure about this: {percent}. Type a second sentence to compare."),
    }
    return told[verdict(end)].format(model=called(model), percent=percent(end))


def strange(a: Answer, b: Answer) -> str | None:
    """Where so few words are known that the numbers say little."""
    all_of = [len(each.read.unknown) == len(each.read.tokens) for each in (a, b)]
    if any(all_of):
        told = {
            (True, True): _("No model knows any of these words, so the numbers say nothing about them."),
            (True, False): _("No model knows a word of A, so its numbers say nothing about it."),
            (False, True): _("No model knows a word of B, so its numbers say nothing about it."),
        }
        return told[all_of[0], all_of[1]]
    many = [len(each.read.unknown) >= UNKNOWN_SHARE * len(each.read.tokens) for each in (a, b)]
    if not any(many):
        return None
    told = {
        (True, True): _("Many of these words are unknown to the models. Take the numbers with care."),
        (True, False): _("Many words of A are unknown to the models. Take its numbers with care."),
        (False, True): _("Many words of B are unknown to the models. Take its numbers with care."),
    }
    return told[many[0], many[1]]


def identical(a: Answer, b: Answer) -> str | None:
    """Where both texts are the same to the models."""
    if a.read.read != b.read.read:
        return None
    if a.read.tokens == b.read.tokens:
        return _("Both sentences are the same, so every model gives both the same number.")
    return _("The models read both sentences as the same words, so each gives both the same number.")


def missed(a: Answer, b: Answer, model: str, labels: Labels) -> str | None:
    """Where a reader's answer is known, and the chosen model gives another."""
    wrong = [
        (letter, label, given.ends[model])
        for letter, label, given in zip("AB", labels, (a, b), strict=True)
        if label is not None and verdict(given.ends[model]) != label
    ]
    if not wrong:
        return None
    if len(wrong) == 2:
        told = _("The {model} is wrong about both: it says {a} for A and {b} for B.")
        return told.format(model=called(model), a=percent(a.ends[model]), b=percent(b.ends[model]))
    letter, label, end = wrong[0]
    texts = {
        "positive": _("A reader would call {letter} positive. The {model} misses it: it says {percent}."),
        "negative": _("A reader would call {letter} negative. The {model} misses it: it says {percent}."),
        "unsure": _("{letter} says neither good nor bad, but the {model} says {percent}."),
    }
    return texts[label].format(letter=letter, model=called(model), percent=percent(end))


def orders(a: Answer, b: Answer, model: str) -> str | None:
    """The lesson: the same words in two orders, the same to the average, and the chosen model tells them apart."""
    if not same_words(a, b) or a.ends[AVERAGE] != b.ends[AVERAGE]:
        return None
    if model == AVERAGE:
        return _("The average gives both orders the same number, to the last digit. It cannot know what came first.")
    if abs(a.ends[model] - b.ends[model]) < PARTED:
        return None
    if model == CONCATENATION:
        return _(
            "The average gives both orders the same number, to the last digit. "
            "Side by side, every word has a place of its own."
        )
    told = _(
        "The average gives both orders the same number, to the last digit. "
        "The {model} reads in order and says {a} and {b}."
    )
    return told.format(model=called(model), a=percent(a.ends[model]), b=percent(b.ends[model]))


def unsure(a: Answer, b: Answer) -> str | None:
    """Where no model has a verdict on either."""
    ends = [end for given in (a, b) for end in given.ends.values()]
    if any(verdict(end) != "unsure" for end in ends):
        return None
    return _("No model can say: all answers lie in the grey band.")


def disagreement(a: Answer, b: Answer) -> str | None:
    """Where one model calls a text positive and another calls it negative, the average aside."""
    told = {
        (True, True): _("The models disagree about both sentences: compare their lines."),
        (True, False): _("The models disagree about A: some call it positive, some negative."),
        (False, True): _("The models disagree about B: some call it positive, some negative."),
    }
    split = [
        {"positive", "negative"} <= {verdict(end) for name, end in given.ends.items() if name != AVERAGE}
        for given in (a, b)
    ]
    return told.get((split[0], split[1]))


def alike(a: Answer, b: Answer, model: str) -> str | None:
    """Where the words are the same, and the chosen model makes little of their order."""
    if not same_words(a, b) or abs(a.ends[model] - b.ends[model]) >= PARTED:
        return None
    if a.ends[model] == b.ends[model]:
        told = _("The same words in two orders: the average cannot tell them apart, and neither does the {model}.")
    else:
        told = _("The same words in two orders: the average cannot tell them apart, and the {model} hardly does.")
    return told.format(model=called(model))


def different(a: Answer, b: Answer, model: str) -> str:
    """Where the words are not the same."""
    if Counter(a.read.words) == Counter(b.read.words):
        return _("The same words, but not the same punctuation, so even the average can differ.")
    if a.ends[model] == b.ends[model]:
        told = _("These two use different words, yet the {model} gives both the same number.")
        return told.format(model=called(model))
    if abs(a.ends[model] - b.ends[model]) < PARTED:
        told = _("These two use different words, yet the {model} hardly tells them apart.")
        return told.format(model=called(model))
    if any(a.ends[name] == b.ends[name] for name in a.ends):
        return _("These two use different words, yet not every model tells them apart.")
    return _("These two use different words, so this does not test word order. For that, use the same words in both.")


def same_words(a: Answer, b: Answer) -> bool:
    """Whether one text, as read, is an order of the other's words and signs."""
    return Counter(a.read.read) == Counter(b.read.read)


# -------------------------------------------------------------------------------------------------------------- notes


def notes(answers: Answers, slots: int | None) -> list[str]:
    """What one must know to take the numbers for what they are; `slots`: words that fit side by side."""
    lines = []
    for letter, given in zip("AB", answers, strict=True):
        if given is None:
            continue
        lines += [cut(letter, given), unknown(letter, given), corrected(given.read.changes, letter)]
        lines += [skipped(given.read.unread, letter), clipped(letter, given, slots)]
    return [line for line in lines if line]


def cut(letter: str, given: Answer) -> str | None:
    """That a text is longer than the models read."""
    if not given.read.cut:
        return None
    told = _("{letter} is long: the models read its first {count} words and signs. Your text is kept as it is.")
    return told.format(letter=letter, count=f"{MOST_STEPS:,}")


def unknown(letter: str, given: Answer) -> str | None:
    """Which words have no vector."""
    words = list(dict.fromkeys(given.read.tokens[place] for place in given.read.unknown))
    if not words:
        return None
    if given.read.language is not None:
        return foreign(given.read.language, letter)
    listed = ", ".join(quoted(word) for word in words[:NAMED])
    if len(words) > NAMED:
        told = _("Marked “?” in {letter}: words that the models do not know ({words} and more).")
    elif len(words) > 1 or " " in words[0]:
        told = _("Marked “?” in {letter}: words that the models do not know ({words}).")
    else:
        told = _("Marked “?” in {letter}: a word that the models do not know ({words}).")
    return told.format(letter=letter, words=listed)


def clipped(letter: str, given: Answer, slots: int | None) -> str | None:
    """That the concatenation does not see the end of a text."""
    if slots is None or len(given.read.tokens) <= slots:
        return None
    told = _("“All words side by side” reads only the first {slots} of {letter}'s {count} words and signs.")
    return told.format(slots=slots, count=f"{len(given.read.tokens):,}", letter=letter)
