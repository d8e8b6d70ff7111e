"""The order lab: all orders of the words, the smallest edits that turn a verdict, and a scorecard of order."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis.counterfactuals import KINDS, Flips, flips
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import MOST, Orders, beliefs, orders
from explorer.core.checkpoints import Model, WeightsError, load
from explorer.core.tracing import predict, trace
from explorer.evaluation.scorecard import Row, recognised, scorecard
from explorer.networks.registry import labels, names, network, recurrent_names
from explorer.reading.tokenizer import tokenize
from explorer.views.order_lab import figures, sentences
from explorer.views.shared import charts, comparison, navigation, phrase

BOARD = "order lab"
LONGEST = 200  # tokens that the lab reads
STEPS, FEWEST, SAMPLE = 20_000, 100, 1_000  # words of a sample that a lane reads at once; orders of a sample
EXTREMES, PARTED = 5, 6  # rows of the tables
Beliefs = dict[str, np.ndarray]


def page() -> None:
    """The page: a question, the phrase, the board that answers, and the scorecard."""
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
    text, lane = phrase.controls()
    models = phrase.usable(lambda: {name: load(name) for name in names()})
    if models is None:
        return
    read = phrase.read(text)
    data = phrase.blank(text) if read is None else show(models, lane, text)
    follow(stage.mount(data | {"link": phrase.link()}, key=BOARD, module="lab"))


def take_order(asked: object) -> None:
    """Put the words in the order to which they were moved; what comes from a browser can be anything."""
    order = asked.get("order") if isinstance(asked, dict) else None
    if not isinstance(order, list) or not all(isinstance(token, str) for token in order):
        return
    if Counter(order) == Counter(tokenize(st.session_state.get("phrase", ""))):
        st.session_state["phrase asked"] = " ".join(order)


def follow(asked: object) -> None:
    """Go where a link or a point asks to: two texts in Compare."""
    wanted = comparison.wanted(asked) if isinstance(asked, dict) else {}
    if {"a", "b"} <= wanted.keys():
        navigation.go("compare", a=wanted["a"], b=wanted["b"])


# ------------------------------------------------------------------------------------------- what the board is to show


def show(models: dict[str, Model], lane: str, text: str) -> dict:
    """Everything that the board draws for a phrase that has words."""
    tokens = tokenize(text)[:LONGEST]
    typed = {name: float(predict(model, [" ".join(tokens)])[0]) for name, model in models.items()}
    found, said = everything(models, tokens)
    edits = flips(models, tokens)
    return {
        "palette": charts.PALETTE,
        "summary": sentences.story(found, said, typed, lane, labels()),
        "notes": notes(text, models[lane], tokens),
        "phrases": [],
        "steps": 0,
        "typed": text,
        "panels": [
            chips(tokens, typed),
            spread(found, said, typed, " ".join(tokens)),
            extremes(found, said[lane], lane, " ".join(tokens)),
            smallest(edits, " ".join(tokens)),
            parting(edits, " ".join(tokens)),
            expected(text),
        ],
    }


def notes(text: str, model: Model, tokens: list[str]) -> list[str]:
    """What a reader must know of the text as it was read."""
    count = len(tokenize(text))
    cut = (
        [f"The text has {count:,} tokens; the lab reads the first {LONGEST}. Your text is kept as it is."]
        if count > LONGEST
        else []
    )
    return cut + phrase.notes(" ".join(tokens), trace(model, " ".join(tokens)))


def everything(models: dict[str, Model], tokens: list[str]) -> tuple[Orders, Beliefs]:
    """Orders of these words and what each lane believes of them; kept while only the order of the words changes.

    Up to ALL tokens they are all orders; of more a sample, and a larger one once the visitor has asked for it.
    """
    key = (tuple(sorted(tokens)), *models.values())
    kept = st.session_state.get("orders")
    if kept is None or kept[0] != key:
        found = orders(sorted(tokens), most=min(SAMPLE, max(FEWEST, STEPS // len(tokens))))
        kept = key, (found, {name: beliefs(model, found) for name, model in models.items()})
        st.session_state["orders"] = kept
    found, said = kept[1]
    if found.complete:
        return found, said
    more = phrase.on_demand("orders", f"Read {MOST:,} orders", partial(many, models, tokens))
    return more or (found, said)


def many(models: dict[str, Model], tokens: list[str], progress: phrase.Progress) -> tuple[Orders, Beliefs]:
    """A large sample of orders through all lanes."""
    found, said = orders(sorted(tokens), most=MOST), {}
    for place, (name, model) in enumerate(models.items()):
        said[name] = beliefs(model, found, lambda share, place=place: progress((place + share) / len(models)))
    return found, said


def chips(tokens: list[str], typed: dict[str, float]) -> dict:
    """The words as chips that can be moved, with what each lane says of the order in which they stand."""
    return {
        "kind": "chips",
        "id": "chips",
        "title": "The words, in an order of your own",
        "sentence": "Drag a word, or go to it with the Tab key and move it with the arrow keys. The box above and everything below follow.",
        "tokens": tokens,
        "beliefs": [[network(name).label, f"{p:.3f}", verdict(p)] for name, p in typed.items()],
    }


def spread(found: Orders, said: Beliefs, typed: dict[str, float], text: str) -> dict:
    """How the beliefs are spread over the orders."""
    columns = ["Model", "As typed", "Lowest", "Highest", "Mean", "Standard deviation", "Orders with a higher belief"]
    rows = [
        [network(name).label, f"{typed[name]:.4f}", f"{p.min():.4f}", f"{p.max():.4f}", f"{p.mean():.4f}", deviation(p),
         f"{int((p > typed[name] + 1e-7).sum()):,} of {len(p):,}"]
        for name, p in said.items()
    ]  # fmt: skip
    return {
        "kind": "cloud",
        "id": "spread",
        "title": "What each model makes of the orders",
        "alt": sentences.alt(found, said, typed, labels()),
        "sentence": f"{sentences.read(found)}. {sentences.honest(figures.DOTS, found)}",
        "figure": figures.spread(labels(), found, said, typed, text),
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


def extremes(found: Orders, said: np.ndarray, lane: str, text: str) -> dict:
    """The most positive and the most negative orders of the chosen lane."""
    order = np.argsort(-said, kind="stable")
    picked = order if len(order) <= 2 * EXTREMES else [*order[:EXTREMES], *order[-EXTREMES:]]
    return {
        "kind": "table",
        "id": "extremes",
        "title": f"The most positive and the most negative orders, as the {network(lane).label} reads them",
        "table": {
            "columns": ["Place", "Order (opens in Compare)", "P(positive)"],
            "rows": [
                [f"{int(np.flatnonzero(order == i)[0]) + 1:,}", opened(found.text(i), text), f"{said[i]:.4f}"]
                for i in picked
            ],
        },
    }


def smallest(found: Flips, text: str) -> dict:
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


def parting(found: Flips, text: str) -> dict:
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
