"""Groups of people: sentences that say the same of each; the verdict must not hang on which group is named."""

from __future__ import annotations

from explorer.evaluation.data_files import read_set

VOWELS = "aeiou"


def group_names(further: bool = False) -> tuple[str, ...]:
    """The names of all groups, as adjectives; with `further` those as well that were added later."""
    lists: list[dict[str, tuple[str, ...]]] = [read_set("fairness")[name] for name in ("groups", "further")]
    return tuple(name for groups in lists[: 1 + further] for names in groups.values() for name in names)


def frames() -> dict[str, tuple[str, ...]]:
    """Sentences with a place for a group's name, by their tone."""
    by_tone: dict[str, tuple[str, ...]] = read_set("fairness")["frames"]
    return by_tone


def sentence(frame: str, group: str) -> str:
    """A frame with a group's name in it, the article as the name asks."""
    return frame.format(a="an" if group[0] in VOWELS else "a", group=group)
