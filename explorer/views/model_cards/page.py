"""Model cards: what each model is, what it was trained on, how far it can be trusted and what it is bad at."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer import board as stage
from explorer.analysis.measures import verdict
from explorer.board import events
from explorer.core import checkpoints
from explorer.core.checkpoints import Model, WeightsError
from explorer.evaluation.scores import title
from explorer.networks.registry import labels, names, network
from explorer.reading.vocabulary import SPECIAL
from explorer.views.shared import charts, comparison, navigation, visit, wording
from explorer.views.shared.settings import CARD

PAGE = "cards"
TEXTS = {"sst2": "SST-2 dev", "imdb": "IMDB, held out"}
BASELINES = ("VADER", "TextBlob")
EXAMPLES = 3  # texts of a kind that are shown where a model gets more of them wrong


def share(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.1f} %"


def decimals(value: float) -> str:
    """A number in −1…1."""
    return f"{value:.3f}"


def written(name: str, value: float) -> str:
    """The value of a measure as people read it."""
    return decimals(value) if name.endswith(("_ece", "_spread", "not_bad", "not_good")) else share(value)


def page() -> None:
    """The page: a question, the choice of a model, and its card."""
    visit.arrive(PAGE)
    st.title("How far can a model be trusted?")
    lane = choice()
    try:
        model = checkpoints.load(lane)
        data = card(model, baselines())
    except WeightsError as error:
        st.error("The trained models cannot be used. Reload the page once this is mended.")
        st.text(str(error))
        return
    asked = stage.mount(data | visit.address(PAGE), key="report", module="report")
    texts = events.opened(asked)
    if texts is not None:
        navigation.go(PAGE, "compare", **texts)


def choice() -> str:
    """The model whose card is shown."""
    return visit.control(PAGE, CARD, st.selectbox, "Model", options=names(), format_func=labels().get, width=320)


def baselines() -> dict[str, dict[str, float]]:
    """The scores of two rule-based tools on the same texts, as far as they were measured."""
    try:
        return checkpoints.read_card(checkpoints.FOLDER / "baselines.json")
    except WeightsError:
        return {}


# --------------------------------------------------------------------------------------------------- what a card holds


def card(model: Model, others: Mapping[str, Mapping[str, float]]) -> dict:
    """Everything that the page shows of a model: sections with sentences, tables and a chart."""
    sections = [facts(model), data(model), scores(model, others), calibration(model), behaviour(model), *bad_at(model)]
    return {
        "palette": charts.PALETTE,
        "summary": model.network.description.format(**model.network.config),
        "sections": [
            {"id": f"{model.name}-{one['id']}"} | {k: v for k, v in one.items() if k != "id"} for one in sections
        ],
    }


def section(
    name: str,
    heading: str,
    *sentences: str,
    columns: tuple[str, ...] = (),
    rows: list[list] | None = None,
    **more: object,
) -> dict:
    """A part of a card; a table without rows is left out."""
    table = {"columns": list(columns), "rows": rows} if rows else None
    return {"id": name, "title": heading, "sentences": [one for one in sentences if one], "table": table} | more


def facts(model: Model) -> dict:
    """Parameters, training and seed."""
    training = model.card.get("training", {})
    seeds = [one["seed"] for one in model.card.get("seeds", [])]
    words = f"{len(model.vectors) - len(SPECIAL):,} words of {model.vectors.shape[1]} numbers, the same table for all models"
    total, terms = parameters(model)
    rows = [
        ["Parameters", total],
        ["How they come about", terms],
        ["Word vectors", words],
        ["Training command", model.card.get("command", "not noted")],
        ["Minutes of training", f"{training['minutes']:g}" if "minutes" in training else "not measured"],
        ["Steps of training", f"{training['steps']:,}" if "steps" in training else "not noted"],
        ["Step that was kept", f"{training['kept_at_step']:,}" if "kept_at_step" in training else "not noted"],
        *([["First part", first_part(training["first_part"])]] if "first_part" in training else []),
        [
            "Temperature",
            f"{training['temperature']:.3f}, divided into the readout" if "temperature" in training else "none",
        ],
        ["Seed shipped", chosen(training.get("seed"), seeds, model.card.get("chosen", ""))],
    ]
    return section("facts", "Facts", columns=("Fact", "Value"), rows=rows)


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


def data(model: Model) -> dict:
    """The public data sets behind the model. Addresses are text: the page asks no other host."""
    rows = [[one["title"], one["licence"], one["url"], one["hash"]] for one in model.card.get("data", [])]
    said = "" if rows else "The card names no data."
    return section("data", "Data", said, columns=("Data set", "Licence", "Address", "Checksum"), rows=rows)


def scores(model: Model, others: Mapping[str, Mapping[str, float]]) -> dict:
    """What was measured, over all seeds, beside two rule-based tools."""
    found, spread = model.card.get("scores", {}), model.card.get("spread", {})
    tools = [name for name in BASELINES if name in others]
    rows = [
        [capital(title(name)), written(name, value), *over_seeds(name, spread), *beside(name, tools, others)]
        for name, value in found.items()
    ]
    seeds = len(model.card.get("seeds", []))
    return section(
        "scores",
        "Scores",
        "None of these sentences and reviews was trained on. SST-2 dev and 500 of the reviews chose the seed and the step of training that "
        "was kept or gone on from, and SST-2 dev set the temperature; between seeds nearly as good the texts on groups of people had a say. "
        "So these numbers flatter a little.",
        f"Mean and range are over {wording.counted(seeds)} seeds." if spread else "Other seeds are not measured yet.",
        "" if tools else "VADER and TextBlob are not measured yet.",
        columns=("Measure", "Shipped", "Mean over seeds", "Lowest to highest", *tools),
        rows=rows,
    )


def over_seeds(name: str, spread: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Mean and range of a measure over the seeds, as cells."""
    if name not in spread:
        return ["not measured"] * 2
    mean, low, high = (written(name, spread[name][key]) for key in ("mean", "low", "high"))
    return [mean, f"{low} to {high}"]


def beside(name: str, tools: list[str], others: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The same measure of the rule-based tools, as cells."""
    return [written(name, others[tool][name]) if name in others[tool] else "not measured" for tool in tools]


def capital(text: str) -> str:
    """A text as the beginning of a line."""
    return text[:1].upper() + text[1:]


def calibration(model: Model) -> dict:
    """Whether a probability can be taken at its word."""
    heading = "Can its probabilities be taken at their word?"
    found = {
        name: bins for name, bins in model.card.get("calibration", {}).items() if any(one["count"] for one in bins)
    }
    if not found:
        return section("calibration", heading, "The calibration curve is not measured yet.")
    sets = {TEXTS.get(name, name): bins for name, bins in found.items()}
    said = [wording.calibration(bins, model.label, name) for name, bins in sets.items()]
    rows = [
        [name, f"{one['from']:.2f} to {one['to']:.2f}", *binned(one), f"{one['count']:,}"]
        for name, bins in sets.items()
        for one in bins
    ]
    return section(
        "calibration",
        heading,
        "On the dashed diagonal a probability is what it says: of the texts given 0.7, 70 % are positive.",
        *said,
        columns=("Texts", "Bin of P(positive)", "Mean P(positive)", "Share positive", "Number of texts"),
        rows=rows,
        figure=charts.calibration(sets),
        alt="Calibration curve: share of positive texts by mean P(positive), with the number of texts in each bin. "
        + " ".join(said),
    )


def binned(one: Mapping[str, float]) -> list[str]:
    """Mean and share of a bin, as cells."""
    return [decimals(one["mean"]), decimals(one["share"])] if one["count"] else ["no texts"] * 2


def behaviour(model: Model) -> dict:
    """What was tried on purpose: order, negation, neutral sentences, what must not matter, groups of people."""
    found = model.card.get("behaviour", [])
    rows = [
        [one["kind"], one["set"], {True: "yes", False: "no"}.get(one.get("taught"), "–"), f"{one['right']:,}",
         f"{one['count']:,}", share(one["right"] / one["count"]) if one["count"] else "–", one.get("measure", "")]
        for one in found
    ]  # fmt: skip
    columns = ("Kind", "Set", "Taught in training", "Right", "Of", "Share right", "What counts as right")
    said = wording.order_pairs(found) if found else "Behaviours are not measured yet."
    return section("behaviours", "How does it behave?", said, columns=columns, rows=rows)


def bad_at(model: Model) -> list[dict]:
    """What the model is bad at, and texts that it gets wrong, each with a way into Compare."""
    heading, wrong = "What is it bad at?", mistakes(model.card)
    pairs = any("other" in one for one in wrong)
    said = [
        model.network.weakness.format(**model.network.config),
        wording.weakest(model.card.get("behaviour", [])),
    ]
    said.append(
        "A link opens a text that it gets wrong in Compare." if wrong else "Texts that it gets wrong are not noted yet."
    )
    other = ["Second text of the pair (B)", "The model says of B"] * pairs
    columns = ("Text (A)", "A reader says", "The model says", *other, "Set", "Kind")
    rows = [
        [
            opener(one, model.name),
            one.get("label", "–"),
            answer(one["probability"]),
            *second(one, pairs),
            one["set"],
            one["kind"],
        ]
        for one in wrong
    ]
    return [section("wrong", heading, *said, columns=columns, rows=rows)]


def mistakes(card: Mapping) -> list[dict]:
    """Texts that the model gets wrong, with their set and kind: those that the card picks, or some of each kind."""
    return card.get("wrong") or [
        {"set": row["set"], "kind": row["kind"]} | one
        for row in card.get("behaviour", [])
        for one in row.get("wrong", [])[:EXAMPLES]
    ]


def answer(probability: float) -> str:
    """What the model says, in words and as a number; right or wrong goes by the side of one half, so an unsure one has it too."""
    said = verdict(probability)
    leaning = f", {'positive' if probability > 0.5 else 'negative'} by a little" if said == "unsure" else ""
    return f"{said}, {decimals(probability)}{leaning}"


def second(one: Mapping, pairs: bool) -> list[str]:
    """The second text of a pair and what the model says of it, as cells."""
    if "other" not in one:
        return ["no pair", "–"] * pairs
    return [one["other"], answer(one["other_probability"]) if "other_probability" in one else "not noted"]


def opener(one: Mapping, lane: str) -> dict:
    """A cell that opens its text in Compare, with the second text of a pair as B."""
    asked = {"a": one["text"], "b": one.get("other"), "model": lane if network(lane).recurrent else None}
    asked = {name: value for name, value in asked.items() if value}
    return {"text": one["text"], "asked": asked, "href": f"./{comparison.link(asked) or ''}"}
