"""Ratings: how much of what there was to give a text gives: stars, "n out of m", n/10."""

from __future__ import annotations

import re

_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_VALUES = {name: float(i) for i, name in enumerate(_NAMES)} | {"half": 0.5, "no": 0.0, "hundred": 100.0}
_N = r"\d{1,3}(?:[.,]\d{1,2})?"
_NUMBER = rf"(?:{_N}|{'|'.join(_VALUES)})"
_JEST = (11, 100, 110)  # out of ten
_FULL, _EMPTY = "★⭐🌟✭✮✯", "☆✩⚝"

# In a piece of text without a space. Of fractions and dates (1/2, 24/7, 9/11, 50/50, 10/10/2020) none is a rating: it
# is out of 5, 10 or 100, and out of 4 with half points.
_TENTHS = r"(?:[.,]\d{1,2})?"
_SLASH = rf"(?:10|\d{_TENTHS}|11|100|110)/10|[0-4]{_TENTHS}/5|5/5|(?:100|\d{{1,2}}{_TENTHS})/100|\d[.,]5/4"
SLASHED = rf"(?:(?<![\w./-])-(?!-))?(?<![\w./])(?:{_SLASH})(?![\w/]|[.,:]\d)"
HYPHENED = rf"(?<![\w-]){_NUMBER}-stars?(?![\w-])"
DRAWN = rf"[{_FULL}]+(?:\.5)?[{_EMPTY}]*|[{_EMPTY}]{{5}}(?![{_EMPTY}])"
PIECE = f"{SLASHED}|{HYPHENED}|{DRAWN}"

_HALF = r"(?:\ (?:and\ a\ half|1\ /\ 2))?"
_UNIT = r"(?:\ (?:stars?|points?))?"
_NO_PLURAL = "(?:stars|points|is|was|as|this|its|has|does|us|yes|less|plus|perhaps|thanks|always)"
_PEOPLE = rf"\ (?:of|people)\ |\ (?!{_NO_PLURAL}\ )[a-z]+s\ "  # behind "9 out of 10"
_NO_PART = "".join(rf"(?<!{word}\ )" for word in ("part", "season", "episode", "chapter", "page", "the"))
_SEVERAL = re.compile(
    rf"""(?<=\ )(?:
      (?P<out>{_NUMBER}{_HALF}{_UNIT}\ out\ of\ (?:a\ possible\ |a\ )?{_NUMBER}){_UNIT}(?!{_PEOPLE})
    | (?P<of>{_NUMBER}\ (?:stars?\ )?(?:of|/)\ {_NUMBER}\ stars?)
    | (?P<of_stars>{_NUMBER}\ stars?\ (?:of|/|-)\ {_NUMBER})
    | (?P<slash>(?<!/\ )(?:{_N})\ /\ (?:100|10|5)(?!\ [/\w]))
    | (?P<points>{_NO_PART}{_N}\ of\ (?:100|10|5)(?!\ \w))
    | (?P<some>(?:{_N}(?:/(?:5|10))?|{"|".join(_VALUES)}|half\ a){_HALF}\ stars?)
    | (?P<drawn>[{_FULL}{_EMPTY}](?:\ [{_FULL}{_EMPTY}])+)
    | (?P<signs>(?:\*\ ){{1,5}}out\ of\ (?:\*(?:\ \*){{3,4}}|[45]))
    )(?=\ )""",
    re.VERBOSE,
)
_TRIGGER = re.compile(rf"\bstars?\b|out of|\d ?/ |\d of \d|[{_FULL}{_EMPTY}] |\* \*")

# The words between which "two stars" are a rating, not people or lights in the sky.
_WORDS_BEFORE = (
    "give gives gave giving given rate rated rating score scores scored deserves deserve deserved gets get got earns "
    "earn earned it film movie this show only just a an mere measly solid strong weak easy big full about maybe "
    "around barely hardly at well worth another almost nearly award awarded and out verdict review overall "
    "'s is"
)
_WORDS_AFTER = (
    "out from for at because and but only max tops overall rating review film movie show in if though although i "
    "easily maximum minimum top alone at most instead here performance entertainment stuff to this it "
    ", . ! ? : ; - -- ) \" ' ..."
)
_WORDS_OF_PEOPLE = "of who are is were was have had has that play plays shine general hotel chef 's &"  # behind it
_BEFORE, _AFTER, _NO_STARS = (frozenset(words.split()) for words in (_WORDS_BEFORE, _WORDS_AFTER, _WORDS_OF_PEOPLE))


def share(token: str) -> float | None:
    """What a rating gives of what there was to give, 0…1, or more in jest; None if a token is no rating.

    >>> share("3/10"), share("★★★☆"), share("two stars"), share("4.5 out of 5"), share("24/7")
    (0.3, 0.75, 0.4, 0.9, None)
    """
    if token[0] in _FULL + _EMPTY:
        return _drawn(token.replace(" ", "")) if re.fullmatch(rf"[{_FULL}{_EMPTY} .5]+", token) else None
    if "/" not in token and "star" not in token and " of " not in token:
        return None
    several = _SEVERAL.match(f" {token} ", 1)
    if not (re.fullmatch(PIECE, token) or (several and several.end() == len(token) + 1)):
        return None
    if token.startswith("*"):
        stars, _, places = token.partition(" out of ")
        return stars.count("*") / (places.count("*") or float(places))
    plain = token.replace("half a star", "half star").replace(" and a half", ".5").replace(" 1 / 2", ".5")
    numbers = [_value(number) for number in re.findall(rf"(?<![\w.])-?{_NUMBER}(?![\w])(?:\.5)?", plain)]
    if len(numbers) < 2:
        numbers.append(5.0 if numbers[0] <= 5 else 10.0)
    given, most = numbers[:2]
    return max(given, 0.0) / most if most in (4, 5, 6, 10, 100) and (given <= most or given in _JEST) else None


def _value(number: str) -> float:
    name = number.removesuffix(".5")
    if name in _VALUES:
        return _VALUES[name] + (0.5 if name != number else 0)
    return float(number.replace(",", "."))


def _drawn(stars: str) -> float:
    full = sum(stars.count(star) for star in _FULL) + (0.5 if stars.rstrip(_EMPTY).endswith(".5") else 0)
    empty = sum(stars.count(star) for star in _EMPTY)
    return full / (full + empty if empty else max(5, full))


def merged(tokens: list[str]) -> list[tuple[int, int]]:
    """Where several tokens are one rating: the places of the first and of the one behind the last, in order."""
    joined = f" {' '.join(tokens)} "
    if not _TRIGGER.search(joined):
        return []
    found = []
    spaces = place = 0  # so many spaces before this place
    for match in _SEVERAL.finditer(joined):
        inside = match.group().count(" ")
        spaces += joined.count(" ", place, match.start())
        first, behind = spaces - 1, spaces + inside
        spaces, place = spaces + inside, match.end()
        if share(match.group()) is not None and _meant(match, tokens, first, behind):
            found.append((first, behind))
    return found


def _meant(match: re.Match[str], tokens: list[str], first: int, behind: int) -> bool:
    """Whether what looks like a rating is one where it stands."""
    before = tokens[first - 1] if first else "."
    after = tokens[behind] if behind < len(tokens) else "."
    if match["some"] is None:
        return True
    sign = not any(map(str.isalnum, before))
    if after in _NO_STARS:
        return False
    singular = match["some"].endswith("star") and not match["some"].startswith(("one ", "1 ", "half", "zero", "no "))
    return ((sign or before in _BEFORE) and (after in _AFTER or not after[:1].isalnum())) or singular
