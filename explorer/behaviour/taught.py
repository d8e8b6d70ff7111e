"""Which constructions of the order pairs training taught: found in the training phrases, and kept in taught.json.

`write` is for whoever changes what is trained on: `python -m explorer.behaviour.taught` asks the training grammar and the forms of `explorer.training.turns`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from pathlib import Path

from explorer.behaviour.orders import CONSTRUCTIONS, Construction
from explorer.reading.tokenizer import tokenize

FILE = Path(__file__).with_name("taught.json")
STRETCH = 6  # tokens that one place of a skeleton takes at most
PLACE = "*"  # stands for 1 … STRETCH tokens
# What a text is about does not make a construction: these words belong to the places.
ABOUT = frozenset([
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "i", "he", "she", "they", "we", "you", "my",
    "his", "her", "their", "our", "film", "films", "movie", "movies", "story", "scene", "scenes", "picture", "acting",
    "cast", "plot", "script", "trailer", "title", "novel",
])  # fmt: skip
SAME = {"n't": "not", "'s": "is", "was": "is", "are": "is", "were": "is", "am": "is", ";": ",", "--": ",", ":": ","}


def plain(tokens: Iterable[str]) -> list[str]:
    """Tokens with forms of "be", of "not" and of the comma made one, so that tense hides nothing."""
    return [SAME.get(token, token) for token in tokens]


def skeleton(construction: Construction) -> list[str]:
    """A construction's words and signs in order, with a PLACE for each run of slots and words of ABOUT.

    >>> skeleton(Construction("contrast", "adjective", "for all its {y} moments , {s} is {x} ."))
    ['for', 'all', '*', 'moments', ',', '*', 'is', '*']
    """
    found: list[str] = []
    for token in plain(PLACE if piece[0] == "{" else piece for piece in construction.template.split()):
        token = PLACE if token in ABOUT else token
        if not (token == PLACE and found[-1:] == [PLACE]):
            found.append(token)
    return found[:-1] if found[-1] == "." else found


@cache
def _pattern(construction: Construction) -> re.Pattern[str]:
    place = rf"\S+(?: \S+){{0,{STRETCH - 1}}}?"
    return re.compile(
        r"(?:^| )" + " ".join(place if t == PLACE else re.escape(t) for t in skeleton(construction)) + r"(?: |$)"
    )


def prepared(training_texts: Iterable[str]) -> list[str]:
    """Training texts as `evidence` reads them: their plain tokens with spaces between, each text once."""
    return list(dict.fromkeys(" ".join(plain(tokenize(text))) for text in training_texts))


def evidence(construction: Construction, texts: Sequence[str]) -> str | None:
    """The first prepared text that contains the construction's skeleton; None if there is none."""
    needed = [token for token in skeleton(construction) if token != PLACE]
    rarest, search = max(needed, key=len), _pattern(construction).search
    for text in texts:  # almost all texts fall at the first, cheap question
        if rarest in text and all(token in text for token in needed) and search(text):
            return text
    return None


def contains(construction: Construction, tokens: Sequence[str]) -> bool:
    """Whether the construction's skeleton is in these tokens."""
    return _pattern(construction).search(" ".join(plain(tokens))) is not None


def taught(construction: Construction, training_texts: Iterable[str]) -> bool:
    """Whether one of the training texts contains the construction's skeleton."""
    return evidence(construction, prepared(training_texts)) is not None


def marks(training_texts: Iterable[str]) -> dict[str, str | None]:
    """For each construction's template the training text that taught it, or None."""
    texts = prepared(training_texts)
    return {one.template: evidence(one, texts) for one in CONSTRUCTIONS}


def write(training_texts: Iterable[str], file: Path = FILE) -> dict[str, str | None]:
    """Find the marks anew and keep them."""
    found = marks(training_texts)
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return found


def stored(file: Path = FILE) -> dict[str, str | None]:
    """The marks as they were kept, a construction each."""
    return json.loads(file.read_text(encoding="utf-8"))


def training_texts(count: int = 24_000, seed: int = 0) -> list[str]:
    """What the training grammar makes, and forms in which parts of real sentences are joined, with words of the grammar."""
    from explorer.training import grammar, turns

    words = grammar.Words(random.Random(seed))
    joined = [
        joint.format(a=words.clause(side), b=words.clause(1 - side), n=f"{start} {words.adjective(side)} scenes")
        for joint, start, side in product(turns.JOINTS, sorted(turns.PHRASE_STARTS), (0, 1))
    ]
    made = grammar.phrases(count, seed, further=(grammar.FURTHER, grammar.SLIGHT))
    return [*(" ".join(tokens) for tokens, *_ in made), *joined]


if __name__ == "__main__":
    found = write(training_texts())
    print(f"{sum(one is not None for one in found.values())} of {len(found)} constructions were taught; see {FILE}.")
