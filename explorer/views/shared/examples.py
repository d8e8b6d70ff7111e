"""Pairs of phrases for a class, with the sentiment that a reader gives each; None where readers would differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """Two phrases, what a reader says of them, and what to look at."""

    name: str
    a: str
    b: str
    expected: tuple[str | None, str | None]


REVIEW_A = (
    "I had been looking forward to this film for months, and for the first half hour I thought that I had wasted my "
    "money. The opening is slow, the jokes are tired and the lead looks bored. Then something happens that I did not "
    "see coming: the story stops trying to be clever and simply watches its people. The daughter, who had been a "
    "cliché until then, gets a scene in a kitchen that is as good as anything I have seen this year, and from there "
    "on the film never puts a foot wrong. The music is quiet and exact, the camera is patient, and the ending, which "
    "could so easily have been sentimental, is honest and moving. I left the cinema wanting to call my sister. It is "
    "not a perfect film, but it is a wonderful one, and I will be watching it again."
)
REVIEW_B = (
    "I had been looking forward to this film for months, and for the first half hour I thought that it would be the "
    "best of the year. The opening is patient and beautiful, the jokes are fresh and the lead is wonderful. Then "
    "something happens that I did not see coming: the story stops watching its people and tries to be clever. The "
    "daughter, who had been a delight until then, gets a scene in a kitchen that is as bad as anything I have seen "
    "this year, and from there on the film never puts a foot right. The music is loud and obvious, the camera is "
    "restless, and the ending, which could so easily have been honest, is sentimental and dull. I left the cinema "
    "wanting my money back. It is not the worst film, but it is a tedious one, and I will not be watching it again."
)
EXAMPLES = (
    Example("good, not bad", "good, not bad", "bad, not good", ("positive", "negative")),
    Example("Expected and got", "i expected rubbish and got a masterpiece", "i expected a masterpiece and got rubbish",
            ("positive", "negative")),
    Example("Started and ended", "it started badly but ended brilliantly", "it started brilliantly but ended badly",
            ("positive", "negative")),
    Example("But", "the acting is weak but the story is wonderful", "the story is wonderful but the acting is weak",
            (None, None)),
    Example("Not at all", "not bad at all, the film is good", "not good at all, the film is bad",
            ("positive", "negative")),
    Example("Less and more", "less boring than funny", "less funny than boring", ("positive", "negative")),
    Example("Says nothing", "the film is about a man", "a man is about the film", ("unsure", "unsure")),
    Example("Unknown words", "a frobnicated zzyzx of a film", "the film was blorptastic", (None, None)),
    Example("Two long reviews", REVIEW_A, REVIEW_B, ("positive", "negative")),
)  # fmt: skip


def expected(a: str, b: str) -> tuple[str | None, str | None]:
    """What a reader says of two phrases, if they are of an example (in either order); else None and None."""
    labels = _labels()
    return labels.get(a.strip()), labels.get(b.strip())


def undecided(text: str) -> bool:
    """Whether a text is of an example to which there is no right answer."""
    labels = _labels()
    return text.strip() in labels and labels[text.strip()] not in ("positive", "negative")


def _labels() -> dict[str, str | None]:
    """What a reader says of each text of the examples."""
    return {
        text: label
        for example in EXAMPLES
        for text, label in zip((example.a, example.b), example.expected, strict=True)
    }
