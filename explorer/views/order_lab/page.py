"""The order lab: all orders of the words, the smallest edits that turn a verdict, and a scorecard of order."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis.counterfactuals import KINDS, Counterfactuals, counterfactuals
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import MOST, Permutations, beliefs, permutations
from explorer.board import events
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.core.progress import Progress, portion
from explorer.core.tracing import predict
from explorer.evaluation.scorecard import Row, recognised, scorecard
from explorer.networks.registry import labels, names, network, recurrent_names
from explorer.reading.reading import Reading, readable
from explorer.reading.tokenizer import tokenize
from explorer.views.order_lab import figures, sentences
from explorer.views.shared import charts, comparison, navigation, phrase, visit
from explorer.views.shared.settings import PHRASE

PAGE, BOARD = "order", "order lab"
LONGEST = 200  # tokens that the lab reads
STEPS, FEWEST, SAMPLE = 20_000, 100, 1_000  # words of a sample that a lane reads at once; orders of a sample
EXTREMES, PARTED = 5, 6  # rows of the tables
Beliefs = dict[str, np.ndarray]


def page() -> None:
    """The page: a question, the phrase, the board that answers, and the scorecard."""
    visit.arrive(PAGE)
    st.title("How much is in the order?")
    st.markdown(
        "Take the words of one phrase and read them in every order. To a model that cannot remember they are all the same; to a "
        "recurrent network they are not. Move the words below and see what each model makes of it."
    )
    board()
    try:
        card = report(scored())
    except WeightsError:
        return  # the board says so
    follow(stage.mount(card, key="scorecard", module="report"))


@st.fragment
def board() -> None:
    """All that changes as one types or moves a word."""
    # known before the board is drawn: one run asks and answers
    take_order(st.session_state.get(BOARD, {}).get("asked"))
    text, lane = phrase.controls(PAGE)
    models = phrase.usable(lambda: {name: load(name) for name in names()})
    if models is None:
        return
    reading = readable(text, models[lane].vocabulary, LONGEST)
    data = phrase.blank(text) if reading is None or not reading.words else show(models, lane, reading)
    follow(stage.mount(data | visit.address(PAGE), key=BOARD, module="lab"))


def take_order(asked: object) -> None:
    """Put the words in the order to which they were moved; what comes from a browser can be anything."""
    order = events.order(asked)
    if order is not None and Counter(order) == Counter(tokenize(visit.value(PAGE, PHRASE))):
        with visit.undoable(PAGE):
            visit.put(PAGE, PHRASE, " ".join(order))


def follow(asked: object) -> None:
    """Go where a link or a point asks to: two texts in Compare."""
    texts = events.opened(asked)
    if texts is not None and "b" in texts:
        navigation.go(PAGE, "compare", a=texts["a"], b=texts["b"])


# ------------------------------------------------------------------------------------------- what the board is to show


def show(models: dict[str, Model], lane: str, reading: Reading) -> dict:
    """Everything that the board draws for a phrase that has words."""
    typed = {name: float(predict(model, [reading])[0]) for name, model in models.items()}
    orders, distributions = everything(models, reading)
    edits = counterfactuals(models, reading)
    return {
        "palette": charts.PALETTE,
        "summary": sentences.story(orders, distributions, typed, lane, labels()),
        "notes": notes(reading),
        "phrases": [],
        "steps": 0,
        "typed": reading.text,
        "panels": [
            chips(reading, typed),
            spread(orders, distributions, typed, reading.joined),
            extremes(orders, distributions[lane], lane, reading.joined),
            smallest(edits, reading.joined),
            parting(edits, reading.joined),
            expected(reading.text),
        ],
    }


def notes(reading: Reading) -> list[str]:
    """What a reader must know of the text as it was read."""
    return [note.replace("the page reads", "the lab reads") for note in phrase.notes(reading)]


def everything(models: dict[str, Model], reading: Reading) -> tuple[Permutations, Beliefs]:
    """Orders of these words and what each model believes of them; kept while only the order of the words changes.

    Up to ALL words they are all orders; of more a sample, and a larger one once the visitor has asked for it.
    """
    alphabetic = in_alphabetic_order(reading)
    key = (alphabetic.tokens, *models.values())
    kept = st.session_state.get("orders")
    if kept is None or kept[0] != key:
        orders = permutations(alphabetic, most=min(SAMPLE, max(FEWEST, STEPS // len(reading))))
        kept = key, (orders, {name: beliefs(model, orders) for name, model in models.items()})
        st.session_state["orders"] = kept
    orders, distributions = kept[1]
    if orders.complete:
        return orders, distributions
    more = phrase.on_demand(PAGE, "orders", f"Read {MOST:,} orders", partial(many, models, alphabetic))
    return more or (orders, distributions)


def in_alphabetic_order(reading: Reading) -> Reading:
    """The same for all orders of the words, so that what was found out of one order holds for the next."""
    tokens = list(reading.tokens)
    for place, word in zip(reading.words, sorted(tokens[place] for place in reading.words), strict=True):
        tokens[place] = word
    return Reading.of_tokens(tokens, reading.vocabulary)


def many(models: dict[str, Model], reading: Reading, progress: Progress) -> tuple[Permutations, Beliefs]:
    """A large sample of orders through all models."""
    orders, distributions, count = permutations(reading, most=MOST), {}, len(models)
    for place, (name, model) in enumerate(models.items()):
        distributions[name] = beliefs(model, orders, portion(progress, place / count, (place + 1) / count))
    return orders, distributions


def chips(reading: Reading, typed: dict[str, float]) -> dict:
    """The words as chips that can be moved, with what each lane says of the order in which they stand."""
    return {
        "kind": "chips",
        "id": "chips",
        "title": "The words, in an order of your own",
        "sentence": "Drag a word, or go to it with the Tab key and move it with the arrow keys. The box above and everything below follow.",
        "tokens": list(reading.tokens),
        "beliefs": [[network(name).label, f"{p:.3f}", verdict(p)] for name, p in typed.items()],
    }


def spread(orders: Permutations, distributions: Beliefs, typed: dict[str, float], text: str) -> dict:
    """How the beliefs are spread over the orders."""
    columns = ["Model", "As typed", "Lowest", "Highest", "Mean", "Standard deviation", "Orders with a higher belief"]
    rows = [
        [network(name).label, f"{typed[name]:.4f}", f"{p.min():.4f}", f"{p.max():.4f}", f"{p.mean():.4f}", deviation(p),
         f"{int((p > typed[name] + 1e-7).sum()):,} of {len(p):,}"]
        for name, p in distributions.items()
    ]  # fmt: skip
    return {
        "kind": "cloud",
        "id": "spread",
        "title": "What each model makes of the orders",
        "alt": sentences.alt(orders, distributions, typed, labels()),
        "sentence": f"{sentences.read(orders)}. {sentences.honest(figures.DOTS, orders)}",
        "figure": figures.spread(labels(), orders, distributions, typed, text),
        "typed": text,
        "table": {"columns": columns, "rows": rows},
    }


def deviation(beliefs: np.ndarray) -> str:
    """The spread of the beliefs as a cell: exactly 0 where they are all the same number."""
    return "0 exactly" if np.ptp(beliefs) == 0 else f"{beliefs.std():.4f}"


def opened(text: str, beside: str) -> dict:
    """A cell that opens a text in Compare beside the typed one."""
    asked = {"a": beside, "b": text}
    return {"text": text, "asked": asked, "href": f"./{comparison.link(asked) or ''}"}


def extremes(orders: Permutations, p: np.ndarray, lane: str, text: str) -> dict:
    """The most positive and the most negative orders of the chosen lane."""
    order = np.argsort(-p, kind="stable")
    picked = order if len(order) <= 2 * EXTREMES else [*order[:EXTREMES], *order[-EXTREMES:]]
    return {
        "kind": "table",
        "id": "extremes",
        "title": f"The most positive and the most negative orders, as the {network(lane).label} reads them",
        "table": {
            "columns": ["Place", "Order (opens in Compare)", "P(positive)"],
            "rows": [
                [f"{int(np.flatnonzero(order == i)[0]) + 1:,}", opened(orders.text(i), text), f"{p[i]:.4f}"]
                for i in picked
            ],
        },
    }


def smallest(found: Counterfactuals, text: str) -> dict:
    """The smallest edit of each kind that turns each lane's verdict."""
    first = {name: {kind: found.smallest(name, kind) for kind in KINDS} for name in labels()}
    least = {name: min((i for i in kinds.values() if i is not None), default=None) for name, kinds in first.items()}
    rows = [
        [network(name).label, f"{found.typed[name]:.3f}", sentences.edited(found.edits[i]), opened(found.edits[i].text, text),
         f"{found.beliefs[name][i]:.3f}"]
        for name, kinds in first.items()
        for i in sorted(i for i in kinds.values() if i is not None)
    ]  # fmt: skip
    panel = {"id": "flips", "title": "The smallest edits that turn a verdict"}
    said = (
        "Tried: two words change places, a negation moves, a word gives way to one with a near vector; the smallest edit of each kind "
        f"is shown. {sentences.flipped(found, least, labels())}"
    )
    if not rows:
        return panel | {"kind": "text", "sentence": said}
    columns = ["Model", "P(positive) as typed", "Edit", "Text after it (opens in Compare)", "P(positive) after it"]
    return panel | {"kind": "table", "sentences": [said], "table": {"columns": columns, "rows": rows}}


def parting(found: Counterfactuals, text: str) -> dict:
    """The edits on which the recurrent lanes part."""
    lanes = recurrent_names()
    split = found.widest(lanes, PARTED)
    panel = {"id": "parting", "title": "Where the recurrent models disagree"}
    if not split:
        return panel | {"kind": "text", "sentence": sentences.parted(0)}
    rows = [
        [
            sentences.edited(found.edits[i]),
            opened(found.edits[i].text, text),
            *(f"{found.beliefs[name][i]:.3f}" for name in lanes),
        ]
        for i in split
    ]
    columns = ["Edit", "Text after it (opens in Compare)", *(network(name).label for name in lanes)]
    return panel | {
        "kind": "table",
        "sentences": [sentences.parted(len(split))],
        "table": {"columns": columns, "rows": rows},
    }


def expected(text: str) -> dict:
    """What to expect of the construction that was typed."""
    rows = scored()
    return {
        "kind": "text",
        "id": "expected",
        "title": "What to expect of this construction",
        "sentence": sentences.expectation(recognised(text), rows, measured(rows)),
    }


# ----------------------------------------------------------------------------------------------------- the scorecard


def scored() -> list[Row]:
    """The scorecard of all models whose cards have figures of order pairs; a model that was not measured is left out."""
    cards = {name: load(name).card for name in names()}
    return scorecard({name: card for name, card in cards.items() if card.get("behaviour")})


def measured(rows: list[Row]) -> dict[str, str]:
    """The labels of the models that a scorecard tells of, by name; of all models where it is empty."""
    return {name: label for name, label in labels().items() if not rows or name in rows[0].right}


def report(rows: list[Row]) -> dict:
    """The scorecard as a report: a picture by family, a table by construction."""
    shown = measured(rows)
    shares = figures.by_family(rows, list(shown))
    said = sentences.scores(rows, shown) if rows else ["Order pairs are not measured yet."]
    words = [
        f"{family}: {', '.join(f'{network(name).label} {100 * p:.0f} %' for name, p in lanes.items())}"
        for family, lanes in shares.items()
    ]
    section = {
        "id": "scorecard",
        "title": "A scorecard of order",
        "sentences": said,
        "table": {
            "columns": [
                "Construction",
                "Family",
                "Taught in training",
                "Pairs",
                *shown.values(),
                "A pair to look at (opens in Compare)",
            ],
            "rows": [line(row) for row in rows],
        },
    }
    if rows:
        section |= {
            "figure": figures.families(shares, shown),
            "alt": f"Share of order pairs right by family of constructions, a mark a model. {'; '.join(words)}.",
        }
    return {"palette": charts.PALETTE, "summary": "", "sections": [section]}


def line(row: Row) -> list:
    """A construction as a row of the table."""
    right = [f"{row.right[name]} of {row.count}" for name in row.right]
    construction, taught = row.construction, "yes" if row.taught else "no"
    return [
        construction.template,
        construction.family,
        taught,
        str(row.count),
        *right,
        opened(row.pair.negative, row.pair.positive),
    ]
