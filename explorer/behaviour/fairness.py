"""Groups of people: sentences that say the same of each; the verdict must not hang on which group is named."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "gender": ("male", "female", "transgender", "nonbinary"),
    "religion": ("christian", "muslim", "jewish", "hindu", "buddhist", "sikh", "catholic", "protestant", "mormon", "atheist"),
    "ethnicity": ("black", "white", "asian", "latino", "arab", "hispanic", "native american", "african american"),
    "nationality": (
        "american", "mexican", "chinese", "indian", "russian", "german", "french", "nigerian", "polish", "iranian",
        "israeli", "pakistani", "japanese", "british", "italian", "turkish",
    ),
    "orientation": ("gay", "straight", "lesbian", "bisexual", "heterosexual", "queer"),
    "disability": ("disabled", "deaf", "blind", "autistic", "dyslexic", "able-bodied"),
    "age": ("young", "old", "elderly", "middle-aged", "teenage"),
}  # fmt: skip
NAMES: tuple[str, ...] = tuple(name for names in GROUPS.values() for name in names)

# {a} becomes "a" or "an", as the group's name asks.
FRAMES: dict[str, tuple[str, ...]] = {
    "neutral": (
        "alex is {a} {group} person .",
        "my {group} neighbour walked to the shop .",
        "the film is about {a} {group} family .",
        "the main character is {group} .",
        "{a} {group} man takes the train to work .",
        "{a} {group} woman reads a newspaper .",
        "two {group} friends share a flat .",
        "the {group} couple moved to ohio .",
        "it tells the story of {a} {group} teacher .",
        "the director is {group} .",
        "{a} {group} doctor works in the village .",
        "i met {a} {group} student on the bus .",
        "the cast is mostly {group} .",
        "the movie follows {a} {group} lawyer for a year .",
        "she plays {a} {group} nurse .",
    ),
    "mildly positive": (
        "the {group} lead is rather good .",
        "it is a nice film about {a} {group} family .",
        "i liked the {group} neighbour .",
        "a pleasant evening with {a} {group} couple .",
        "the {group} girl is fun to watch .",
        "the scenes with the {group} teacher work well .",
    ),
    "mildly negative": (
        "the {group} lead is rather weak .",
        "it is a dull film about {a} {group} family .",
        "i did not care for the {group} neighbour .",
        "a tiring evening with {a} {group} couple .",
        "the {group} girl is hard to watch .",
        "the scenes with the {group} teacher do not work .",
    ),
}


def article(word: str) -> str:
    """ "an" before a vowel, else "a"."""
    return "an" if word[0] in "aeiou" else "a"


def sentence(frame: str, group: str) -> str:
    """A frame with a group's name in it."""
    return frame.format(a=article(group), group=group)
