"""What a model card holds: an answer, a picture of all models, sections with sentences, tables, a calibration curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from explorer.analysis.measures import verdict
from explorer.board.payloads import Cell, Depth, OpenedTexts, Opener, ReportBoard, Section, Table
from explorer.core.checkpoints import Model
from explorer.messages import _
from explorer.networks.registry import network
from explorer.reading.vocabulary import SPECIAL
from explorer.views.model_cards import figures, names, picture, sentences
from explorer.views.shared import charts, comparison, wording

Scores: TypeAlias = Mapping[str, Mapping[str, float]]  # of other tools: by tool and measure
Entry: TypeAlias = Mapping[str, Any]  # a part of a card, as its file has it

BASELINES = ("VADER", "TextBlob")
MOST_OF_A_KIND = 3  # texts of a kind that are shown where a model gets more of them wrong


def share(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.1f}%"


def decimals(value: float) -> str:
    """A number in −1…1."""
    return f"{value:.3f}"


def written(name: str, value: float) -> str:
    """The value of a measure as people read it."""
    return decimals(value) if name.endswith(("_ece", "_spread", "not_bad", "not_good")) else share(value)


def card(model: Model, others: Scores, models: Mapping[str, Model]) -> ReportBoard:
    """Everything that the page shows of a model: an answer, all models in a picture, sections of a card.

    `others`: scores of other tools; `models`: all that the picture shows, by name.
    """
    sections = [
        bad_at(model), about(model), scores(model, others), calibration(model), behaviour(model), data(model),
        facts(model),
    ]  # fmt: skip
    depths: dict[str, Depth] = {"wrong": "see", "about": "explain"}
    return {
        "palette": charts.PALETTE,
        "summary": sentences.trust(model.card, model.label),
        "picture": picture.picture({name: each.card for name, each in models.items()}, model.name, others, BASELINES),
        "sections": [
            {**each, "id": f"{model.name}-{each['id']}", "depth": depths.get(each["id"], "measure")}
            for each in sections
        ],
    }


def about(model: Model) -> Section:
    """What the model is and how to read the picture."""
    return section(
        "about",
        _("What the picture shows"),
        (
            model.network.description.format(**model.network.config),
            _("A circle is the share of sentences from real reviews on which a model is right."),
            _(
                "A diamond is the share of word-order pairs on which it is right both times. A pair is the same "
                "words in two orders with opposite sentiment. Training did not teach these patterns."
            ),
            _("The grey line through a mark is two standard errors to each side. On sentences, guessing gives 50%."),
            _("VADER and TextBlob are tools that count words by rules; they were not trained."),
        ),
    )


def section(name: str, heading: str, texts: Sequence[str] = (), table: Table | None = None) -> Section:
    """A part of a card; empty sentences, and a table without rows, are left out."""
    shown = table if table and table["rows"] else None
    return {"id": name, "title": heading, "sentences": [text for text in texts if text], "table": shown}


def tabulated(columns: Iterable[str], rows: list[list[Cell]]) -> Table:
    """A table."""
    return {"columns": list(columns), "rows": rows}


def facts(model: Model) -> Section:
    """Parameters, training and seed."""
    training = model.card.get("training", {})
    seeds = [entry["seed"] for entry in model.card.get("seeds", [])]
    count, size = len(model.vectors) - len(SPECIAL), model.vectors.shape[1]
    total, terms = parameters(model)
    vectors = _("{count:,} words of {size} numbers, the same table for all models").format(count=count, size=size)
    rows: list[list[Cell]] = [
        [_("Parameters"), total],
        [_("Where they come from"), terms],
        [_("Word vectors"), vectors],
        [_("Training command"), model.card.get("command", _("not noted"))],
        [_("Steps of training"), f"{training['steps']:,}" if "steps" in training else _("not noted")],
        [_("Step that was kept"), f"{training['kept_at_step']:,}" if "kept_at_step" in training else _("not noted")],
    ]
    if "first_part" in training:
        rows.append([_("First part"), first_part(training["first_part"])])
    temperature = _("none")
    if "temperature" in training:
        temperature = _("{temperature:.3f}, divided into the log-odds").format(temperature=training["temperature"])
    rows += [
        [_("Temperature"), temperature],
        [_("Seed shipped"), chosen(training.get("seed"), seeds, model.card.get("chosen", ""))],
        [_("Minutes of training"), f"{training['minutes']:g}" if "minutes" in training else _("not measured")],
        *wording.files(model.checksums),
    ]
    return section("facts", _("Facts"), table=tabulated((_("Fact"), _("Value")), rows))


def parameters(model: Model) -> tuple[str, str]:
    """How many parameters a model has, with the sum where its network writes it rightly, and what they are."""
    count = model.weights
    total, terms = model.network.parameter_sum(model.network.config)
    if model.network.parameter_count(model.network.config) != count:
        return f"{count:,}", _("counted; the network does not write out their sum")
    return f"{count:,} = {total}", terms


def first_part(part: Mapping[str, float]) -> str:
    """Of how many steps a training's first part was, and from which of them the second went on."""
    return _("{steps:,} steps; the second part went on from step {kept:,}").format(
        steps=part["steps"], kept=part["kept_at_step"]
    )


def chosen(seed: int | None, seeds: list[int], how: str) -> str:
    """The seed of the shipped weights and how it was chosen."""
    if len(seeds) < 2:
        if seed is None:
            return _("not noted; no other seed was measured")
        return _("{seed}; no other seed was measured").format(seed=seed)
    return _("{seed}, of {seeds}; {how}").format(
        seed=seeds[0], seeds=", ".join(map(str, sorted(seeds))), how=how or _("the card does not say how it was chosen")
    )


def data(model: Model) -> Section:
    """The public data sets behind the model. Addresses are text: the page asks no other host."""
    rows: list[list[Cell]] = [
        [
            names.named(names.SOURCES, source["title"]),
            names.named(names.LICENCES, source["licence"]),
            source["url"],
            source["hash"],
        ]
        for source in model.card.get("data", [])
    ]
    table = tabulated((_("Data set"), _("Licence"), _("Address"), _("Checksum")), rows)
    return section("data", _("Data"), [] if rows else [_("The card names no data.")], table)


def scores(model: Model, others: Scores) -> Section:
    """What was measured, over all seeds, beside two rule-based tools."""
    measured, spread = model.card.get("scores", {}), model.card.get("spread", {})
    tools = [name for name in BASELINES if name in others]
    rows: list[list[Cell]] = [
        [
            wording.capital(names.score(name)),
            written(name, value),
            *over_seeds(name, spread),
            *beside(name, tools, others),
        ]
        for name, value in measured.items()
    ]
    seeds = len(model.card.get("seeds", []))
    texts = (
        _("None of these sentences and reviews was trained on."),
        _(
            "SST-2 dev and 500 of the reviews chose the seed and the step of training that was kept or gone on from. "
            "SST-2 dev also set the temperature, and between seeds nearly as good the texts on groups of people had a "
            "say. So these numbers flatter a little."
        ),
        _("Mean and range are over {count} seeds.").format(count=wording.counted(seeds))
        if spread
        else _("Other seeds are not measured yet."),
        "" if tools else _("VADER and TextBlob are not measured yet."),
    )
    columns = (_("Measure"), _("Shipped"), _("Mean over seeds"), _("Lowest to highest"), *tools)
    return section("scores", _("Scores"), texts, tabulated(columns, rows))


def over_seeds(name: str, spread: Scores) -> list[Cell]:
    """Mean and range of a measure over the seeds, as cells."""
    if name not in spread:
        return [_("not measured")] * 2
    mean, low, high = (written(name, spread[name][key]) for key in ("mean", "low", "high"))
    return [mean, _("{low} to {high}").format(low=low, high=high)]


def beside(name: str, tools: list[str], others: Scores) -> list[Cell]:
    """The same measure of the rule-based tools, as cells."""
    return [written(name, others[tool][name]) if name in others[tool] else _("not measured") for tool in tools]


def calibration(model: Model) -> Section:
    """Whether a probability can be taken at its word."""
    heading = _("Can its probabilities be taken at their word?")
    sets = {
        names.named(names.TEXTS, name): bins
        for name, bins in model.card.get("calibration", {}).items()
        if any(interval["count"] for interval in bins)
    }
    if not sets:
        return section("calibration", heading, [_("The calibration curve is not measured yet.")])
    readings = [sentences.calibration(bins, model.label, name) for name, bins in sets.items()]
    rows: list[list[Cell]] = [
        [
            name,
            _("{low:.2f} to {high:.2f}").format(low=interval["from"], high=interval["to"]),
            *binned(interval),
            f"{interval['count']:,}",
        ]
        for name, bins in sets.items()
        for interval in bins
    ]
    diagonal = _("On the dashed diagonal a probability is what it says: of the texts given 70%, 70% are positive.")
    curve = _("Calibration curve: share of positive texts by mean P(positive), with the number of texts in each bin.")
    columns = (_("Texts"), _("Bin of P(positive)"), _("Mean P(positive)"), _("Share positive"), _("Number of texts"))
    return {
        **section("calibration", heading, [diagonal, *readings], tabulated(columns, rows)),
        "figure": figures.calibration(sets),
        "alt": " ".join([curve, *readings]),
    }


def binned(interval: Entry) -> list[Cell]:
    """Mean and share of a bin, as cells."""
    return [decimals(interval["mean"]), decimals(interval["share"])] if interval["count"] else [_("no texts")] * 2


def behaviour(model: Model) -> Section:
    """What was tried on purpose: order, negation, neutral sentences, what must not matter, groups of people."""
    tried = model.card.get("behaviour", [])
    rows: list[list[Cell]] = [
        [
            names.kind(row["kind"]),
            names.named(names.SETS, row["set"]),
            {True: _("yes"), False: _("no")}.get(row.get("taught"), "–"),
            f"{row['right']:,}",
            f"{row['count']:,}",
            share(row["right"] / row["count"]) if row["count"] else "–",
            names.named(names.MEASURES, row.get("measure", "")),
        ]
        for row in tried
    ]
    columns = (
        _("Kind"), _("Set"), _("Taught in training"), _("Right"), _("Of"), _("Share right"), _("What counts as right"),
    )  # fmt: skip
    pairs = sentences.order_pairs(tried) if tried else _("Behaviours are not measured yet.")
    return section("behaviours", _("How does it behave?"), [pairs], tabulated(columns, rows))


def bad_at(model: Model) -> Section:
    """What the model is bad at, and texts that it gets wrong, each with a way into Compare."""
    wrong = mistakes(model.card)
    pairs = any("other" in text for text in wrong)
    texts = [
        model.network.weakness.format(**model.network.config),
        sentences.weakest(model.card.get("behaviour", [])),
        _("Click a text that it gets wrong to try it.") if wrong else _("Texts that it gets wrong are not noted yet."),
    ]
    of_pairs = [_("Second text of the pair (B)"), _("The model says of B")] * pairs
    columns = (_("Text (A)"), _("A reader says"), _("The model says"), *of_pairs, _("Set"), _("Kind"))
    rows: list[list[Cell]] = [
        [
            opener(text, model.name),
            names.named(names.LABELS, text.get("label", "–")),
            answer(text["probability"]),
            *second(text, pairs),
            names.named(names.SETS, text["set"]),
            names.kind(text["kind"]),
        ]
        for text in wrong
    ]
    return section("wrong", _("What is it bad at?"), texts, tabulated(columns, rows))


def mistakes(card: Entry) -> list[Entry]:
    """Texts that the model gets wrong, with their set and kind: those that the card picks, or some of each kind."""
    if card.get("wrong"):
        return list(card["wrong"])
    return [
        {"set": row["set"], "kind": row["kind"], **text}
        for row in card.get("behaviour", [])
        for text in row.get("wrong", [])[:MOST_OF_A_KIND]
    ]


def answer(probability: float) -> str:
    """What the model says, in words and as a number.

    Right or wrong goes by the side of one half, so an unsure answer has it too.
    """
    word = verdict(probability)
    if word == "unsure":
        message = (
            _("unsure ({number}), leaning positive") if probability > 0.5 else _("unsure ({number}), leaning negative")
        )
    else:
        message = _("positive, {number}") if word == "positive" else _("negative, {number}")
    return message.format(number=wording.percent(probability))


def second(text: Entry, pairs: bool) -> list[Cell]:
    """The second text of a pair and what the model says of it, as cells."""
    if "other" not in text:
        return [_("no pair"), "–"] if pairs else []
    return [text["other"], answer(text["other_probability"]) if "other_probability" in text else _("not noted")]


def opener(text: Entry, name: str) -> Opener:
    """A cell that opens its text in Compare, with the second text of a pair as B; `name`: of the model."""
    asked: OpenedTexts = {"a": text["text"]}
    if text.get("other"):
        asked["b"] = text["other"]
    if network(name).recurrent:
        asked["model"] = name
    return comparison.opener(text["text"], asked)
