"""Which constructions of the order pairs training taught: looked for in the training phrases, kept with the pairs.

For whoever changes what is trained on: `python -m explorer.training.taught_constructions` looks again.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

from explorer.evaluation.order_pairs import FIRST, FRESH, TRAINING_EVIDENCE, Construction, constructions
from explorer.evaluation.skeletons import PLACE, pattern, plain, skeleton
from explorer.reading.tokenizer import tokenize
from explorer.training.augmentation import denials, opinion_phrases, viewpoints

# The stages of the grammar from which the shipped weights come. When weights are trained anew, those of their training
# stand here, and both commands that look for what was taught are run again.
SETS = (FIRST, FRESH)
SHIPPED = (opinion_phrases.FURTHER, opinion_phrases.SLIGHT)


def prepared(texts: Iterable[str]) -> list[str]:
    """Training texts as `evidence` reads them: their plain tokens with spaces between, each text once."""
    return list(dict.fromkeys(" ".join(plain(tokenize(text))) for text in texts))


def evidence(construction: Construction, texts: Sequence[str]) -> str | None:
    """The first prepared text that contains the construction's skeleton; None if there is none."""
    needed = [token for token in skeleton(construction) if token != PLACE]
    longest, search = max(needed, key=len), pattern(construction).search
    for text in texts:  # almost all texts fall at the first, cheap question
        if longest in text and all(token in text for token in needed) and search(text):
            return text
    return None


def find_evidence(texts: Iterable[str]) -> dict[str, str | None]:
    """For each construction's template the training text that taught it, or None."""
    ready = prepared(texts)
    return {
        construction.template: evidence(construction, ready) for name in SETS for construction in constructions(name)
    }


def write_evidence(texts: Iterable[str], file: Path = TRAINING_EVIDENCE) -> dict[str, str | None]:
    """Look for the evidence and keep it where `order_pairs.training_evidence` reads it. Raises OSError."""
    by_template = find_evidence(texts)
    file.write_text(json.dumps(by_template, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return by_template


def training_texts(count: int = 24_000, seed: int = 0, more: Sequence[str] = SHIPPED) -> list[str]:
    """What the rules make, the first ones and those of `more`, and forms in which parts of real sentences are joined,
    with words of the rules. With MEANING among `more` also sentences of two opinions, and lukewarm ones."""
    filler = opinion_phrases.Filler(random.Random(seed))
    joints, starts = denials.forms().joints, sorted(denials.forms().phrase_starts)
    joined = [
        joint.format(a=filler.clause(side), b=filler.clause(1 - side), n=f"{start} {filler.adjective(side)} scenes")
        for joint, start, side in product(joints, starts, (0, 1))
    ]
    phrases = [*opinion_phrases.opinion_phrases(count, seed, more=more)]
    if opinion_phrases.MEANING in more:
        phrases += [*viewpoints.viewpoint_phrases(count, seed), *opinion_phrases.lukewarm_phrases(count // 4, seed)]
    return [*(" ".join(phrase.tokens) for phrase in phrases), *joined]


if __name__ == "__main__":
    by_template = write_evidence(training_texts())
    taught = sum(text is not None for text in by_template.values())
    print(f"{taught} of {len(by_template)} constructions were taught; see {TRAINING_EVIDENCE}.")
