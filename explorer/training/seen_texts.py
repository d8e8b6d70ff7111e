"""Which texts of the sets training knew: looked for among its phrases and rules, kept with the sets.

A text counts as seen if training made this very text, if it is a phrase of the training trees, or if the whole of it
has the form of a rule: the rule's own words in their order, with one to six tokens in each of its places. Commas and
full stops do not count, forms of "be" and of "not" are one. That errs on the side of "seen". A rule with fewer than OWN
words of its own ("{s} is {x}", "{x}, but {y}") is no form to be known by.

For whoever changes what is trained on: `python -m explorer.training.seen_texts [DATA]` looks again; DATA is the folder
of the public data, as for `train`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from explorer.evaluation.seen_texts import SEEN_TEXTS, marked_texts
from explorer.evaluation.skeletons import STRETCH, plain
from explorer.reading.tokenizer import tokenize
from explorer.training import treebank
from explorer.training.augmentation import neutral_phrases, opinion_phrases
from explorer.training.targets import Tokens
from explorer.training.taught_constructions import SHIPPED, training_texts

OWN = 3  # words of a rule from which it is a form to be known by
IN_TREES = "a phrase of the Treebank"  # what marks one
SIGNS = frozenset([",", ".", "!"])
PLACE = "xplacex"  # a place of a rule, as a word that nobody writes
NEUTRAL_TEXTS = 24_000  # made phrases that say nothing, among which texts are looked for


def bare(text: str) -> str:
    """A text's plain tokens with spaces between, without the signs that do not make a form.

    >>> bare("It wasn't dull, was it?")
    'it is not dull is it ?'
    """
    return " ".join(token for token in plain(tokenize(text)) if token not in SIGNS)


@cache
def form(rule: str) -> re.Pattern[str] | None:
    """What a text of a rule's form matches as a whole; None for a rule with too few words of its own."""
    tokens = bare(re.sub(r"\{[^}]*\}", f" {PLACE} ", rule)).split()
    if sum(token != PLACE for token in tokens) < OWN:
        return None
    stretch = rf"\S+(?: \S+){{0,{STRETCH - 1}}}?"
    return re.compile(" ".join(stretch if token == PLACE else re.escape(token) for token in tokens))


def rules(more: Sequence[str]) -> list[str]:
    """All rules of the grammar, the first ones and those of `more`: with a sentiment, and without."""
    with_sentiment = [rule for kind in opinion_phrases.WEIGHTS for rule in opinion_phrases.rules(kind, more)]
    return [*with_sentiment, *neutral_phrases.rules(further=True, typed=opinion_phrases.MEANING in more)]


@cache
def made_texts(more: tuple[str, ...]) -> frozenset[str]:
    """Bare texts that training made by the first rules and those of `more`: with a sentiment, and without."""
    typed = opinion_phrases.MEANING in more
    calm = neutral_phrases.neutral_phrases(NEUTRAL_TEXTS, 0, further=True, typed=typed)
    silent = (" ".join(tokens) for tokens in calm)
    return frozenset(map(bare, [*training_texts(more=more), *silent]))


def find_seen(texts: Iterable[str], more: Sequence[str] = SHIPPED) -> dict[str, str]:
    """Those of the texts that training knew, each with the rule or the text of training that is like it."""
    made = made_texts(tuple(more))
    forms = [(rule, pattern) for rule in rules(more) if (pattern := form(rule)) is not None]
    seen = {}
    for text in texts:
        tokens = bare(text)
        if tokens in made:
            seen[text] = tokens
        elif fitting := next((rule for rule, pattern in forms if pattern.fullmatch(tokens)), None):
            seen[text] = fitting
    return seen


def find_phrases(texts: Iterable[str], trees: Iterable[Tokens]) -> dict[str, str]:
    """Those of the texts that are phrases of the training trees, given as tokens, each with IN_TREES."""
    phrases = {bare(" ".join(tokens)) for tokens in trees}
    return {text: IN_TREES for text in texts if bare(text) in phrases}


def write_seen(trees: Iterable[Tokens], file: Path = SEEN_TEXTS) -> dict[str, str]:
    """Look for what was seen and keep it where `evaluation.seen_texts` reads it. Raises OSError.

    `trees`: the phrases of the training trees.
    """
    seen = find_phrases(marked_texts(), trees) | find_seen(marked_texts())
    file.write_text(json.dumps(seen, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return seen


if __name__ == "__main__":
    known = write_seen(treebank.phrases(Path(sys.argv[1]) if sys.argv[1:] else None))
    print(f"{len(known)} of {len(marked_texts())} texts were known to training; see {SEEN_TEXTS}.")
