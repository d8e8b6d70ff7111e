"""Edits that must not change a verdict: names, places, numbers, slips of the finger, links, signs, capitals, spaces.

Each edit gives pairs of texts, before and after. Edits of spelling and signs work on any sentence; names, places and
numbers are exchanged in FRAMES, which say nothing, something good or something bad.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from explorer.reading.tokenizer import tokenize

LONG_WORD = 5  # letters of a word in which a slip of the finger still leaves the word to be seen
FRAMES: tuple[str, ...] = (
    "{name} plays a man who moves to {place} in {number} .",
    "the film is set in {place} and {name} is the lead .",
    "{name} and two friends leave {place} after {number} years .",
    "we meet {name} on a train to {place} .",
    "{name} wrote it in {number} while living in {place} .",
    "{name} is wonderful in this film about {place} .",
    "a great story from {place} , told by {name} in {number} minutes .",
    "{name} makes all {number} minutes in {place} a joy .",
    "i loved {name} as the doctor from {place} .",
    "the {number} scenes in {place} are beautiful , and so is what {name} does .",
    "{name} is terrible in this film about {place} .",
    "a dull story from {place} , told by {name} in {number} minutes .",
    "{name} makes all {number} minutes in {place} a chore .",
    "i hated {name} as the doctor from {place} .",
    "the {number} scenes in {place} are ugly , and {name} is no help .",
)
FILLERS: dict[str, tuple[str, ...]] = {  # the first one is what the others are compared with
    "name": ("john", "mary", "ahmed", "mei", "olga", "jamal", "priya", "carlos", "fatima", "hans", "yuki", "kofi", "david"),
    "place": ("boston", "paris", "lagos", "tokyo", "mumbai", "berlin", "texas", "cairo", "moscow", "lima", "ohio", "detroit"),
    "number": ("90", "7", "100", "1,200", "45", "12", "3", "2010", "1999", "64"),
}  # fmt: skip
Pairs = list[tuple[str, str]]  # before and after


def exchanged(what: str) -> Pairs:
    """FRAMES with the first filler of a kind, and with each other one."""
    first, *others = FILLERS[what]
    usual = {name: words[0] for name, words in FILLERS.items()}
    return [
        (frame.format(**usual | {what: first}), frame.format(**usual | {what: other}))
        for frame in FRAMES
        if f"{{{what}}}" in frame
        for other in others
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

    An edit that leaves a text alone is left out, and so is a kind of edit that changes no text. Names, places and numbers come with our own sentences only.
    """
    usual = {name: words[0] for name, words in FILLERS.items()}
    texts = [*(frame.format(**usual) for frame in FRAMES), *sentences]
    found: dict[str, Pairs] = {what: exchanged(what) for what in FILLERS}
    found |= {how: [(text, slip(text, how, seed)) for text in texts] for how in SLIPS}
    plain = [text for text in texts if not text.rstrip().endswith("?")]
    found |= {name: [(text, edit(text)) for text in plain] for name, edit in ENDINGS.items()}
    found |= {name: [(text, edit(text)) for text in texts] for name, edit in EDITS.items()}
    changing = {
        kind: [(before, after) for before, after in pairs if after and after != before and tokenize(after)]
        for kind, pairs in found.items()
    }
    return {kind: pairs for kind, pairs in changing.items() if pairs}
