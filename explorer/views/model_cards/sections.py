"""What a model card holds: sections with sentences, tables and a calibration curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from explorer.analysis.measures import verdict
from explorer.board.payloads import Cell, OpenedTexts, Opener, ReportBoard, Section, Table
from explorer.core.checkpoints import Model
from explorer.evaluation.scores import title
from explorer.networks.registry import network
from explorer.reading.vocabulary import SPECIAL
from explorer.views.model_cards import figures, sentences
from explorer.views.shared import charts, comparison, wording

Scores: TypeAlias = Mapping[str, Mapping[str, float]]  # of other tools: by tool and measure
Entry: TypeAlias = Mapping[str, Any]  # a part of a card, as its file has it

TEXTS = {"sst2": "SST-2 dev", "imdb": "IMDB, held out"}
BASELINES = ("VADER", "TextBlob")
FLATTERED = (
    "None of these sentences and reviews was trained on. SST-2 dev and 500 of the reviews chose the seed and the step "
    "of training that was kept or gone on from, and SST-2 dev set the temperature; between seeds nearly as good the "
    "texts on groups of people had a say. So these numbers flatter a little."
)
MOST_OF_A_KIND = 3  # texts of a kind that are shown where a model gets more of them wrong


def share(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.1f} %"


def decimals(value: float) -> str:
    """A number in −1…1."""
    return f"{value:.3f}"


def written(name: str, value: float) -> str:
    """The value of a measure as people read it."""
    return decimals(value) if name.endswith(("_ece", "_spread", "not_bad", "not_good")) else share(value)


def card(model: Model, others: Scores) -> ReportBoard:
    """Everything that the page shows of a model: sections with sentences, tables and a chart."""
    sections = [facts(model), data(model), scores(model, others), calibration(model), behaviour(model), bad_at(model)]
    return {
        "palette": charts.PALETTE,
        "summary": model.network.description.format(**model.network.config),
        "sections": [{**section, "id": f"{model.name}-{section['id']}"} for section in sections],
    }


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
    rows: list[list[Cell]] = [
        ["Parameters", total],
        ["How they come about", terms],
        ["Word vectors", f"{count:,} words of {size} numbers, the same table for all models"],
        ["Training command", model.card.get("command", "not noted")],
        ["Minutes of training", f"{training['minutes']:g}" if "minutes" in training else "not measured"],
        ["Steps of training", f"{training['steps']:,}" if "steps" in training else "not noted"],
        ["Step that was kept", f"{training['kept_at_step']:,}" if "kept_at_step" in training else "not noted"],
    ]
    if "first_part" in training:
        rows.append(["First part", first_part(training["first_part"])])
    temperature = f"{training['temperature']:.3f}, divided into the readout" if "temperature" in training else "none"
    rows += [
        ["Temperature", temperature],
        ["Seed shipped", chosen(training.get("seed"), seeds, model.card.get("chosen", ""))],
    ]
    return section("facts", "Facts", table=tabulated(("Fact", "Value"), rows))


def parameters(model: Model) -> tuple[str, str]:
    """How many parameters a model has, with the sum where its network writes it rightly, and what they are."""
    count = sum(tensor.numel() for tensor in model.network.parameters())
    total, terms = model.network.parameter_sum(model.network.config)
    if model.network.parameter_count(model.network.config) != count:
        return f"{count:,}", "counted; the network does not write out their sum"
    return f"{count:,} = {total}", terms


def first_part(part: Mapping[str, float]) -> str:
    """Of how many steps a training's first part was, and from which of them the second went on."""
    return f"{part['steps']:,} steps; the second part went on from step {part['kept_at_step']:,}"


def chosen(seed: int | None, seeds: list[int], how: str) -> str:
    """The seed of the shipped weights and how it was chosen."""
    if len(seeds) < 2:
        return f"{'not noted' if seed is None else seed}; no other seed was measured"
    return f"{seeds[0]}, of {', '.join(map(str, sorted(seeds)))}; {how or 'the card does not say how it was chosen'}"


def data(model: Model) -> Section:
    """The public data sets behind the model. Addresses are text: the page asks no other host."""
    rows: list[list[Cell]] = [
        [source["title"], source["licence"], source["url"], source["hash"]] for source in model.card.get("data", [])
    ]
    table = tabulated(("Data set", "Licence", "Address", "Checksum"), rows)
    return section("data", "Data", [] if rows else ["The card names no data."], table)


def scores(model: Model, others: Scores) -> Section:
    """What was measured, over all seeds, beside two rule-based tools."""
    measured, spread = model.card.get("scores", {}), model.card.get("spread", {})
    tools = [name for name in BASELINES if name in others]
    rows: list[list[Cell]] = [
        [capital(title(name)), written(name, value), *over_seeds(name, spread), *beside(name, tools, others)]
        for name, value in measured.items()
    ]
    seeds = len(model.card.get("seeds", []))
    texts = (
        FLATTERED,
        f"Mean and range are over {wording.counted(seeds)} seeds." if spread else "Other seeds are not measured yet.",
        "" if tools else "VADER and TextBlob are not measured yet.",
    )
    columns = ("Measure", "Shipped", "Mean over seeds", "Lowest to highest", *tools)
    return section("scores", "Scores", texts, tabulated(columns, rows))


def over_seeds(name: str, spread: Scores) -> list[Cell]:
    """Mean and range of a measure over the seeds, as cells."""
    if name not in spread:
        return ["not measured"] * 2
    mean, low, high = (written(name, spread[name][key]) for key in ("mean", "low", "high"))
    return [mean, f"{low} to {high}"]


def beside(name: str, tools: list[str], others: Scores) -> list[Cell]:
    """The same measure of the rule-based tools, as cells."""
    return [written(name, others[tool][name]) if name in others[tool] else "not measured" for tool in tools]


def capital(text: str) -> str:
    """A text as the beginning of a line."""
    return text[:1].upper() + text[1:]


def calibration(model: Model) -> Section:
    """Whether a probability can be taken at its word."""
    heading = "Can its probabilities be taken at their word?"
    sets = {
        TEXTS.get(name, name): bins
        for name, bins in model.card.get("calibration", {}).items()
        if any(interval["count"] for interval in bins)
    }
    if not sets:
        return section("calibration", heading, ["The calibration curve is not measured yet."])
    readings = [sentences.calibration(bins, model.label, name) for name, bins in sets.items()]
    rows: list[list[Cell]] = [
        [name, f"{interval['from']:.2f} to {interval['to']:.2f}", *binned(interval), f"{interval['count']:,}"]
        for name, bins in sets.items()
        for interval in bins
    ]
    diagonal = "On the dashed diagonal a probability is what it says: of the texts given 0.7, 70 % are positive."
    columns = ("Texts", "Bin of P(positive)", "Mean P(positive)", "Share positive", "Number of texts")
    return {
        **section("calibration", heading, [diagonal, *readings], tabulated(columns, rows)),
        "figure": figures.calibration(sets),
        "alt": "Calibration curve: share of positive texts by mean P(positive), with the number of texts in each bin. "
        + " ".join(readings),
    }


def binned(interval: Entry) -> list[Cell]:
    """Mean and share of a bin, as cells."""
    return [decimals(interval["mean"]), decimals(interval["share"])] if interval["count"] else ["no texts"] * 2


def behaviour(model: Model) -> Section:
    """What was tried on purpose: order, negation, neutral sentences, what must not matter, groups of people."""
    tried = model.card.get("behaviour", [])
    rows: list[list[Cell]] = [
        [
            row["kind"],
            row["set"],
            {True: "yes", False: "no"}.get(row.get("taught"), "–"),
            f"{row['right']:,}",
            f"{row['count']:,}",
            share(row["right"] / row["count"]) if row["count"] else "–",
            row.get("measure", ""),
        ]
        for row in tried
    ]
    columns = ("Kind", "Set", "Taught in training", "Right", "Of", "Share right", "What counts as right")
    pairs = sentences.order_pairs(tried) if tried else "Behaviours are not measured yet."
    return section("behaviours", "How does it behave?", [pairs], tabulated(columns, rows))


def bad_at(model: Model) -> Section:
    """What the model is bad at, and texts that it gets wrong, each with a way into Compare."""
    wrong = mistakes(model.card)
    pairs = any("other" in text for text in wrong)
    texts = [
        model.network.weakness.format(**model.network.config),
        sentences.weakest(model.card.get("behaviour", [])),
        "A link opens a text that it gets wrong in Compare."
        if wrong
        else "Texts that it gets wrong are not noted yet.",
    ]
    of_pairs = ["Second text of the pair (B)", "The model says of B"] * pairs
    columns = ("Text (A)", "A reader says", "The model says", *of_pairs, "Set", "Kind")
    rows: list[list[Cell]] = [
        [
            opener(text, model.name),
            text.get("label", "–"),
            answer(text["probability"]),
            *second(text, pairs),
            text["set"],
            text["kind"],
        ]
        for text in wrong
    ]
    return section("wrong", "What is it bad at?", texts, tabulated(columns, rows))


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
    leaning = f", {'positive' if probability > 0.5 else 'negative'} by a little" if word == "unsure" else ""
    return f"{word}, {decimals(probability)}{leaning}"


def second(text: Entry, pairs: bool) -> list[Cell]:
    """The second text of a pair and what the model says of it, as cells."""
    if "other" not in text:
        return ["no pair", "–"] if pairs else []
    return [text["other"], answer(text["other_probability"]) if "other_probability" in text else "not noted"]


def opener(text: Entry, name: str) -> Opener:
    """A cell that opens its text in Compare, with the second text of a pair as B; `name`: of the model."""
    asked: OpenedTexts = {"a": text["text"]}
    if text.get("other"):
        asked["b"] = text["other"]
    if network(name).recurrent:
        asked["model"] = name
    return comparison.opener(text["text"], asked)
