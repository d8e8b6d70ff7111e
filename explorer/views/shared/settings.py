"""The settings of all pages, each declared once: type, first value, pages, and whether it goes into the link.

What a visit has chosen is kept in `visit.py`; the address bar and the JavaScript get their names and texts from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from explorer.analysis import approaches, measures, memory
from explorer.analysis.two_units import PARAMETERS
from explorer.messages import _
from explorer.networks.registry import names, recurrent_names
from explorer.views.shared.examples import EXAMPLES
from explorer.views.shared.units import shown_names

MOST_STEPS = 1_000  # words of a phrase that the pages read
LINK_LIMIT = 6_000  # characters; browsers and servers take little more in an address
KEPT = "kept"  # the parameter that stands for texts too long for an address; only the visit itself knows them

Value = TypeVar("Value")


class Kind(Protocol[Value]):
    """A type of settings: how a value is written into an address, and which texts are values."""

    def parse(self, text: str) -> Value | None:
        """The value that a text stands for; None for what is none. It comes from a browser and can be anything."""

    def write(self, value: Value) -> str:
        """The text that stands for a value; `parse` reads it back."""


@dataclass(frozen=True)
class Text:
    """A text; a link brings back those that `linkable` lets through."""

    linkable: Callable[[str], bool] = lambda text: True

    def parse(self, text: str) -> str | None:
        return text if self.linkable(text) else None

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Choice:
    """One of some texts. They are asked for at each use, since models can be registered later.

    `former`: what old links call them.
    """

    choices: Callable[[], Iterable[str]]
    former: Mapping[str, str] = field(default_factory=dict)

    def parse(self, text: str) -> str | None:
        value = self.former.get(text, text)
        return value if value in tuple(self.choices()) else None

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`, not below 0."""

    low: int
    high: int

    def parse(self, text: str) -> int | None:
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            return None
        return int(text) if self.low <= int(text) <= self.high else None

    def write(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True)
class Hundredths:
    """A number from `low` to `high` in steps of `step` hundredths; hundredths in the address."""

    low: float
    high: float
    step: int

    def parse(self, text: str) -> float | None:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            return None
        whole = int(digits) - int(digits) % self.step
        value = (-whole if text.startswith("-") else whole) / 100
        return value if self.low <= value <= self.high else None

    def write(self, value: float) -> str:
        return str(round(100 * value))


@dataclass(frozen=True)
class Wholes:
    """A list of different whole numbers from 0 to `high`; what is none is left out."""

    high: int

    def parse(self, text: str) -> tuple[int, ...] | None:
        numbers = (Whole(0, self.high).parse(part) for part in text.split(","))
        return tuple(dict.fromkeys(number for number in numbers if number is not None)) or None

    def write(self, value: tuple[int, ...]) -> str:
        return ",".join(map(str, value))


@dataclass(frozen=True)
class Changes:
    """Some of `count` numbers that are not as they were at first: pairs of a number's place, from 0, and its
    hundredths, −100 · `reach` to 100 · `reach`; "24.-241_32.7" in the address. What is none is left out."""

    count: int
    reach: int

    def parse(self, text: str) -> tuple[tuple[int, int], ...] | None:
        changes = {}
        for part in text.split("_", 2 * self.count)[: 2 * self.count]:
            place, _, hundredths = part.partition(".")
            number = Whole(0, self.count - 1).parse(place)
            value = Hundredths(-self.reach, self.reach, 1).parse(hundredths)
            if number is not None and value is not None:
                changes[number] = round(100 * value)
        return tuple(sorted(changes.items())) or None

    def write(self, value: tuple[tuple[int, int], ...]) -> str:
        return "_".join(f"{place}.{hundredths}" for place, hundredths in value)


@dataclass(frozen=True, eq=False)
class Setting(Generic[Value]):
    """One thing that can be set on one page, or on several that share it.

    `name` is its parameter in links, on some pages another one (`called`); `aliases` are names that old links have.
    `unset` stands for a first value that depends on other settings: the page then knows it, and nothing goes into the
    link.
    """

    name: str
    kind: Kind[Value]
    default: Value
    pages: tuple[str, ...]
    linked: bool = True
    aliases: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    unset: bool = False

    def place(self, page: str) -> str:
        """Where a visit keeps it: by its name where pages share it, else below the name of its page."""
        return self.name if len(self.pages) > 1 else f"{page}.{self.name}"

    def key(self, page: str) -> str:
        """The key of its control on a page."""
        return f"{page}.{self.name}"

    def parameter(self, page: str) -> str:
        """What a link to the page calls it."""
        return self.called.get(page, self.name)

    def parameters(self, page: str) -> tuple[str, ...]:
        """All that a link to the page may call it, the name of today first."""
        return tuple(dict.fromkeys((self.parameter(page), self.name, *self.aliases)))

    def parse(self, text: object) -> Value | None:
        """The value that an address or a browser asks for; None for what is none."""
        return self.kind.parse(text) if isinstance(text, str) else None

    def write(self, value: Value) -> str:
        """The value as a link has it."""
        return self.kind.write(value)


def sorts(page: str) -> dict[str, str]:
    """The orders of units on a page and what they are called; only Compare has two phrases that can differ."""
    titles = {
        "weight": _("for positive or negative"),
        "likeness": _("likeness"),
        "parting": _("difference of A and B"),
        "number": _("number of the unit"),
    }
    return {name: titles[name] for name in measures.ORDERS if page == "compare" or name != "parting"}


def _opened(page: str) -> Setting[str]:
    """The card of a page that is open, "" while all are seen."""
    return Setting("card", Choice(lambda: CARDS[page]), "", (page,))


MODIFIERS = ("not", "very", "but", "n't", "never", "too", "hardly")
SLOW_INPUTS = ("none", "zero", "mean")  # none shown; those of a zero vector; those of the mean word
TRIED_ON = ("states of the phrase", "slow points")
BEAMS = {"1": _("greedy: the likeliest word each time"), "5": _("beam search, width 5")}
TEMPERATURES = tuple(f"{tenth / 10:g}" for tenth in range(0, 21, 2))
MOST_WORDS, SIZES = 500, (50, 300)  # of the what-if of concatenation: words that are concatenated, numbers a word
MOST_SEEDS = 100_000
WAYS = ("donor", "rest", "held")  # whose memory is put in: a donor's, none, the phrase's own with units held
CARDS = {  # of the pages that are maps of cards
    "approaches": ("order", "weights", "slots", "places"),
    "tasks": ("one", "review", "writer", "translator", "labels"),
}
READING = ("compare", "approaches", "order", "memory", "space", "tasks")  # pages that read the visit's phrase

# of the whole visit
PHRASE = Setting("phrase", Text(), EXAMPLES[0].a, READING, aliases=("a",), called={"compare": "a"})
MODEL = Setting("model", Choice(recurrent_names), "gru", READING, aliases=("lane",))
# of a page
SHOW = Setting("show", Choice(shown_names), "hidden", ("compare",))
SORT = Setting("sort", Choice(lambda: sorts("compare")), "weight", ("compare",))
OF = Setting("of", Choice(lambda: ("a", "b")), "a", ("compare",))  # of the two phrases, the one that is looked into
OTHER_PHRASE = Setting("b", Text(), EXAMPLES[0].b, ("compare",))
UNIT = Setting("unit", Whole(0, 999), 0, ("compare",), unset=True)  # at first the loudest
# the numbers of the story, and the order that makes “bad, not good” of “good, not bad”
WORDS = Setting("words", Whole(1, MOST_WORDS), 150, ("approaches",))
SIZE = Setting("size", Whole(*SIZES), 300, ("approaches",))
PLACE = Setting("place", Whole(0, len(approaches.AMONG)), 0, ("approaches",))
ORDER = Setting("order", Whole(0, 999_999), 86, ("approaches",))
OPENED = {page: _opened(page) for page in CARDS}
DONOR = Setting("donor", Text(), "bad, not good", ("memory",))
FRAME = Setting("frame", Text(), memory.FRAME[0], ("memory",))
ENDING = Setting("ending", Text(), memory.FRAME[1], ("memory",))
WAY = Setting("way", Choice(lambda: WAYS, dict(zip("012", WAYS, strict=True))), "donor", ("memory",))
STEP = Setting("step", Whole(1, 9_999), 1, ("memory",), unset=True)  # at first the last of the phrase
AFTER = Setting("after", Whole(0, 9_999), 0, ("memory",), unset=True)  # at first as many as stand before that step
UNITS: Setting[tuple[int, ...]] = Setting("units", Wholes(999), (), ("memory",))
AT = Setting("at", Hundredths(-1.0, 1.0, 5), 0.0, ("memory",))
OTHER = Setting("other", Text(), EXAMPLES[0].b, ("space",))
MODIFIER = Setting("word", Choice(lambda: MODIFIERS), MODIFIERS[0], ("space",))
ANOTHER = Setting("another", Text(lambda text: text not in MODIFIERS), "", ("space",), aliases=("word",))
SLOW_INPUT = Setting("given", Choice(lambda: SLOW_INPUTS), "none", ("space",), linked=False)
TRIED = Setting("start", Choice(lambda: TRIED_ON), TRIED_ON[1], ("space",), linked=False)
TEXT = Setting("text", Text(), "good, not bad", ("by-hand",))
# the last text of which every word was known
READABLE = Setting("readable", Text(), "good, not bad", ("by-hand",), linked=False)
# the weights that were moved, by their number among all of them; sliders go as far
WEIGHTS: Setting[tuple[tuple[int, int], ...]] = Setting("weights", Changes(PARAMETERS, 5), (), ("by-hand",))
SINGLE = Setting("single", Text(), "wonderful", ("tasks",))
BEGIN = Setting("begin", Text(), "The", ("tasks",))
HEAT = Setting("heat", Choice(lambda: TEMPERATURES), "0.6", ("tasks",))
SEED = Setting("seed", Text(lambda text: Whole(0, MOST_SEEDS - 1).parse(text) is not None), "1", ("tasks",))
CAPTION = Setting("caption", Text(), "A little girl in a red dress is playing with a dog in the park.", ("tasks",))
BEAM = Setting("beam", Choice(lambda: BEAMS), "5", ("tasks",))
CARD = Setting("model", Choice(names), "gru", ("cards",), aliases=("lane",))

IN_BAR: tuple[Setting[Any], ...] = (PHRASE, OTHER_PHRASE, MODEL, TEXT, CARD)  # what the bar shows and edits
SETTINGS: tuple[Setting[Any], ...] = (
    PHRASE, MODEL, OTHER_PHRASE, SHOW, SORT, OF, UNIT, *OPENED.values(), WORDS, SIZE, PLACE, ORDER, DONOR, FRAME,
    ENDING, WAY, STEP, AFTER, UNITS, AT, OTHER, MODIFIER, ANOTHER, SLOW_INPUT, TRIED, TEXT, READABLE, WEIGHTS, SINGLE,
    BEGIN, HEAT, SEED, CAPTION, BEAM, CARD,
)  # fmt: skip


def of_page(page: str) -> list[Setting[Any]]:
    """The settings of a page, those of the whole visit first."""
    return [setting for setting in SETTINGS if page in setting.pages]


def parameters() -> list[str]:
    """All that links of this app may have in their query; anything else in an address is another's."""
    names = {name for setting in SETTINGS for page in setting.pages for name in setting.parameters(page)}
    return sorted(names | {KEPT})


def parsed(page: str, asked: Mapping[str, object]) -> dict[Setting[Any], Any]:
    """Of what an address or a link on another page asks for, the settings of a page, with values that they can take.

    `asked` comes from a browser and can hold anything.
    """
    values: dict[Setting[Any], Any] = {}
    for setting in of_page(page):
        texts = (asked[name] for name in setting.parameters(page) if name in asked)
        value = setting.parse(next(texts, None)) if setting.linked else None
        if value is not None:
            values[setting] = value
    return values


def memoryless(page: str, asked: Mapping[str, object]) -> str | None:
    """The model without a memory that an address or the duel asks for, where a page shows recurrent ones alone."""
    if page not in MODEL.pages:
        return None
    name = next((asked[parameter] for parameter in MODEL.parameters(page) if parameter in asked), None)
    return name if isinstance(name, str) and name in names() and name not in recurrent_names() else None


def written(page: str, values: Mapping[Setting[Any], Any]) -> dict[str, str]:
    """The parameters of a link to a page with these values: those that are not as they are at first."""
    return {
        setting.parameter(page): setting.write(value)
        for setting, value in values.items()
        if setting.linked and value is not None and (setting.unset or value != setting.default)
    }


def query(page: str, values: Mapping[Setting[Any], Any]) -> str | None:
    """The query of a link to a page with these values; None if it would be too long for an address."""
    text = urlencode(written(page, values))
    return f"?{text}" if len(text) <= LINK_LIMIT else None
