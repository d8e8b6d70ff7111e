"""Cards: what must stand in the JSON file beside each file of weights, field by field; see `validation.py`.

Fields that a schema does not name may stand there too; nobody reads them. Numbers are finite, a share lies in 0…1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Required

from pydantic import AfterValidator, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from explorer.core.repairs import ATLAS, TASKS

ORDER_PAIRS = ("order pairs", "fresh order pairs")  # sets whose rows say whether training taught a construction
LARGEST = 2**53  # up to here a whole number is the same in every language
RULES = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Size = Annotated[int, Field(gt=0, le=LARGEST)]
Amount = Annotated[float, Field(ge=0, le=LARGEST)]  # minutes, perplexities
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Name = Annotated[str, Field(min_length=1)]


# ------------------------------------------------------------------------------------------------------ parts of cards


class Source(TypedDict):
    """A data set."""

    title: str
    url: str
    hash: str
    licence: str


class FirstPart(TypedDict):
    """The first part of a training in two parts."""

    steps: Count
    kept_at_step: Count


class Training(TypedDict, total=False):
    """How weights came about."""

    steps: Count
    kept_at_step: Count
    seed: Count
    selection: Number
    minutes: Amount
    temperature: Amount
    first_part: FirstPart


class Mistake(TypedDict, total=False):
    """A text that a model gets wrong; of a pair also the other one."""

    text: Required[str]
    probability: Required[Share]
    label: str
    other: str
    other_probability: Share


class Example(Mistake):
    """The same with the set and the kind that it is of."""

    set: Required[str]
    kind: Required[str]


def _behaved(row: Behaviour) -> Behaviour:
    if row["right"] > row["count"]:
        raise ValueError(f"has {row['right']} right of {row['count']}")
    if row.get("seen", 0) > row["count"]:
        raise ValueError(f"has {row['seen']} that training knew, of {row['count']}")
    if row["set"] in ORDER_PAIRS and not (row["count"] and "taught" in row):
        raise ValueError("has no texts, or does not say whether training taught them")
    return row


class Behaviour(TypedDict, total=False):
    """A kind of texts that was tried, and how many of them came out right."""

    kind: Required[str]
    set: Required[str]
    right: Required[Count]
    count: Required[Count]
    taught: bool | None
    seen: Count
    measure: str
    wrong: list[Mistake]


def _measured(interval: Mapping[str, Any]) -> Mapping[str, Any]:
    if interval["count"] and (interval["mean"] is None or interval["share"] is None):
        raise ValueError("has texts, but not their mean and share")
    return interval


# a bin of a calibration curve; "from" is a word of Python, so it is not written as a class
Interval = TypedDict(
    "Interval", {"from": Share, "to": Share, "mean": Share | None, "share": Share | None, "count": Count}
)


class Begun(TypedDict):
    """How a model does when so many percent of each text have been read: how often it is right, how sure it is."""

    percent: Annotated[int, Field(ge=0, le=100)]
    right: Share
    claimed: Share
    ece: Share
    verdict_ece: Share
    count: Count


class Accuracy(TypedDict):
    """On how many of so many texts a model is right."""

    accuracy: Share | None
    count: Count


def _told(kind: Accuracy) -> Accuracy:
    if kind["count"] and kind["accuracy"] is None:
        raise ValueError("has texts, but not on how many the model is right")
    return kind


class Spread(TypedDict):
    """A measure over all seeds."""

    mean: Number
    low: Number
    high: Number


class Seed(TypedDict, total=False):
    """A model as trained from one seed."""

    seed: Required[Count]
    selection: Number
    training: Training
    scores: dict[str, Share]


# --------------------------------------------------------------------------------------------------------------- cards


@with_config(RULES)
class NetworkCard(TypedDict, total=False):
    """A sentiment model's. Only `config`, from which the network is built again, has to be there."""

    config: Required[dict[str, Number]]
    name: Name
    label: Name
    parameters: Count
    command: str
    minutes: Amount
    data: list[Source]
    scores: dict[str, Share]
    behaviour: list[Annotated[Behaviour, AfterValidator(_behaved)]]
    calibration: dict[str, list[Annotated[Interval, AfterValidator(_measured)]]]
    kinds: dict[str, Annotated[Accuracy, AfterValidator(_told)]]
    on_the_way: list[Begun]
    wrong: list[Example]
    training: Training
    chosen: str
    seeds: list[Seed]
    spread: dict[str, Spread]


@with_config(RULES)
class VectorsCard(TypedDict, total=False):
    """That of the table of vectors."""

    title: str
    tuned_rows: Count
    seed: Count
    command: str
    training: Training
    data: list[Source]


# a part of the sentences by their lengths
Length = TypedDict("Length", {"from": Count, "to": Count, "sentences": Count, "bleu": Amount})


class Bleu(TypedDict):
    """A translator's score with one kind of search."""

    bleu: Amount
    signature: str
    by_length: Annotated[list[Length], Field(min_length=1)]


class TaskCard(TypedDict):
    """What the cards of all tasks have."""

    name: Name
    label: Name
    config: dict[str, Size | bool | str]
    parameters: Count
    words: dict[Literal["en", "fr"], Count]
    command: str
    minutes: Amount
    seed: Count
    data: list[Source]
    sentences: dict[str, Count]
    measured: str
    bad_at: list[str]


def _having(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def check(scores: dict[str, Any]) -> dict[str, Any]:
        if lacking := [name for name in names if name not in scores]:
            raise ValueError(f"has no {', '.join(lacking)}")
        return scores

    return check


def _searched(scores: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(scores["beam_5"], dict):
        raise ValueError("has no score by length for beam_5")
    return scores


PERPLEXITIES = ("test_words", "test_perplexity", "test_perplexity_trigram")


@with_config(RULES)
class WriterCard(TaskCard):
    """The writer's."""

    scores: Annotated[dict[str, Amount], AfterValidator(_having(*PERPLEXITIES))]


@with_config(RULES)
class TranslatorCard(TaskCard):
    """A translator's."""

    scores: Annotated[dict[str, Amount | Bleu], AfterValidator(_having("beam_5")), AfterValidator(_searched)]


class Points(TypedDict):
    """How many slow points were found from how many starts."""

    points: Count
    starts: Count


@with_config(RULES)
class AtlasCard(TypedDict, total=False):
    """That of the states of a model on real reviews."""

    weights: Required[Name]
    reading_speed: Required[Amount]
    slow: Required[dict[Literal["zero", "mean"], Points]]
    name: Name
    label: Name
    command: str
    seed: Count
    data: list[Source]
    reviews: Count
    tokens: Count
    explained: list[Share]


def _at_each_place(moved: Moved) -> Moved:
    if not 0 < len(moved["moved"]) == len(moved["error"]):
        raise ValueError("must have a mean and its error at each place")
    return moved


class Moved(TypedDict):
    """How the beliefs of a model hang on the place of a phrase."""

    moved: list[Amount]
    error: list[Amount]
    spread: Amount
    spread_sd: Amount
    between: Amount
    share: Share
    sides: Share


class Group(TypedDict):
    """Texts of like length."""

    low: Count
    high: Count | None
    count: Size
    right: dict[str, Share]
    error: dict[str, Amount]


@with_config(RULES)
class ApproachesCard(TypedDict, total=False):
    """What was measured of all approaches on real texts."""

    weights: Required[dict[str, Name]]
    phrases: Required[Count]
    moves: Required[dict[str, Annotated[Moved, AfterValidator(_at_each_place)]]]
    shares: Required[dict[str, list[Share]]]
    lengths: Required[dict[str, list[Group]]]
    command: str
    seed: Count
    data: list[Source]


class TwoUnitWeights(TypedDict):
    """The weights of the network of two units."""

    embedding: list[list[Number]]
    W: list[list[Number]]
    U: list[list[Number]]
    b: list[Number]
    w: list[Number]
    c: Number


@with_config(RULES)
class TwoUnitsCard(TypedDict):
    """That of the network of two units, which is all there."""

    weights: TwoUnitWeights


SCHEMAS: dict[str, Any] = {  # by the names of files; that of a network has any other name
    "": NetworkCard,
    ATLAS: AtlasCard,
    "vectors": VectorsCard,
    "approaches": ApproachesCard,
    "twin": TwoUnitsCard,
    "baselines": dict[str, dict[str, Share]],
    **dict.fromkeys(TASKS, TranslatorCard),
    "writer": WriterCard,
}
