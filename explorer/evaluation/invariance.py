"""Edits that must not change a verdict: names, places, numbers, slips of the finger, links, signs, capitals, spaces.

Each edit gives pairs of texts, before and after. Edits of spelling and signs work on any sentence; names, places and
numbers are exchanged in sentences of our own, which say nothing, something good or something bad.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from explorer.evaluation.data_files import read_set
from explorer.reading.tokenizer import tokenize

LONG_WORD = 5  # letters of a word in which a slip of the finger still leaves the word to be seen
Pairs = list[tuple[str, str]]  # before and after


def fillers() -> dict[str, tuple[str, ...]]:
    """Names, places and numbers for our own sentences; the first one is what the others are compared with."""
    by_place: dict[str, tuple[str, ...]] = read_set("invariance")["fillers"]
    return by_place


def plain_sentences() -> list[str]:
    """Our own sentences with the first filler of each kind."""
    first = {place: words[0] for place, words in fillers().items()}
    return [frame.format(**first) for frame in read_set("invariance")["frames"]]


def exchanged(place: str) -> Pairs:
    """Our own sentences with the first filler of a kind, and with each other one."""
    first = {name: words[0] for name, words in fillers().items()}
    return [
        (frame.format(**first), frame.format(**first | {place: other}))
        for frame in read_set("invariance")["frames"]
        if f"{{{place}}}" in frame
        for other in fillers()[place][1:]
    ]


def _swap(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


SLIPS: dict[str, Callable[[str, int], str]] = {  # of a word and a place inside it, its first and last letter left alone
    "two letters swapped": _swap,
    "a letter doubled": lambda word, at: word[:at] + word[at] + word[at:],
    "a letter dropped": lambda word, at: word[:at] + word[at + 1 :],
}


def slip(text: str, how: str, seed: int) -> str | None:
    """The text with one slip in one of its long words; None if it has no word in which the slip would show."""
    draw, words = random.Random(f"{how} {seed} {text}"), text.split()
    places = [
        (i, at)
        for i, word in enumerate(words)
        if len(word) >= LONG_WORD and word.isalpha()
        for at in range(1, len(word) - 2)
        if SLIPS[how](word, at) != word
    ]
    if not places:
        return None
    i, at = draw.choice(places)
    return " ".join([*words[:i], SLIPS[how](words[i], at), *words[i + 1 :]])


def _without_stop(text: str) -> str:
    return text.rstrip(" .!?")


ENDINGS: dict[str, Callable[[str], str]] = {  # not for questions: another sign would change what they say
    "final stop dropped": _without_stop,
    "ends with a stop": lambda text: f"{_without_stop(text)} .",
    "ends with !": lambda text: f"{_without_stop(text)} !",
    "ends with ...": lambda text: f"{_without_stop(text)} ...",
}
EDITS: dict[str, Callable[[str], str]] = {
    "a link added": lambda text: f"{text} https://example.com/watch?v=12",
    "a link before": lambda text: f"www.example.com {text}",
    "all capitals": str.upper,
    "capital first letters": str.title,
    "more spaces": lambda text: f"  {text.replace(' ', '   ')} ",
}


def edits(sentences: Iterable[str], seed: int = 0) -> dict[str, Pairs]:
    """Before and after by kind of edit, for our own sentences and those given.

    An edit that leaves a text alone is left out, and so is a kind of edit that changes no text. Names, places and
    numbers are exchanged in our own sentences only.
    """
    texts = [*plain_sentences(), *sentences]
    statements = [text for text in texts if not text.rstrip().endswith("?")]
    pairs: dict[str, list[tuple[str, str | None]]] = {place: [*exchanged(place)] for place in fillers()}
    pairs |= {how: [(text, slip(text, how, seed)) for text in texts] for how in SLIPS}
    pairs |= {kind: [(text, edit(text)) for text in statements] for kind, edit in ENDINGS.items()}
    pairs |= {kind: [(text, edit(text)) for text in texts] for kind, edit in EDITS.items()}
    changing = {
        kind: [(before, after) for before, after in some if after and after != before and tokenize(after)]
        for kind, some in pairs.items()
    }
    return {kind: some for kind, some in changing.items() if some}
