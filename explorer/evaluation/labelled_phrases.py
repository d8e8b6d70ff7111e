"""Single phrases with a label, by kind: negation near and far, contrast, questions, intensifiers, "no" and the like.

Nothing is ironic: each phrase means what it says, and a careful reader gives it the label that it has here.
"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.evaluation.data_files import read_set

DISTANT = 10  # tokens between the negation and its word from which it is very far
NEGATIONS = frozenset(["not", "no", "nobody", "none"])


@dataclass(frozen=True)
class Phrase:
    """A text and its label: 1 positive, 0 negative."""

    text: str
    label: int
    kind: str


def labelled_phrases() -> list[Phrase]:
    """All phrases of all kinds."""
    by_hand: dict[str, dict[str, tuple[str, ...]]] = read_set("labelled_phrases")["by_hand"]
    phrases = [
        Phrase(text, label, kind)
        for kind, sides in by_hand.items()
        for side, label in (("positive", 1), ("negative", 0))
        for text in sides[side]
    ]
    return phrases + distant_negations()


def distant_negations() -> list[Phrase]:
    """Negations far from what they negate: each template with each word of both sides."""
    content = read_set("labelled_phrases")
    return [
        Phrase(template.format(word), label, "negation very far" if distance(template) >= DISTANT else "negation far")
        for template in content["far"]
        for opposites in content["words"]
        for word, label in zip(opposites, (0, 1), strict=True)
    ]


def distance(template: str) -> int:
    """Tokens between a template's negation and the place of its word, 5 … 18."""
    tokens = template.split()
    return tokens.index("{}") - next(i for i, token in enumerate(tokens) if token in NEGATIONS) - 1
