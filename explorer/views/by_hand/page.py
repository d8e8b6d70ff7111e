"""By hand: a recurrent network with two units, every product and sum of it, and what follows when a weight is moved."""

from __future__ import annotations

import base64

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis.two_units import PAIRS, WORDS, TwoUnits, columns, load_two_units, run, workbook
from explorer.core import checkpoints
from explorer.core.checkpoints import WeightsError
from explorer.reading.tokenizer import tokenize
from explorer.views.shared import charts, visit
from explorer.views.shared.settings import READABLE, TEXT
from explorer.views.shared.wording import counted, quoted

LONGEST = 50  # words of a phrase that the page writes out
TEXTS = tuple(text.replace(" ,", ",") for pair in PAIRS for text in pair)
PAGE, BOARD = "by-hand", "two_units board"


def page() -> None:
    """The page: a question, the formulas, the controls, and the board that computes."""
    visit.arrive(PAGE)
    st.title("Can you compute a recurrent network by hand?")
    st.markdown(
        "This one has two units, and its words are vectors of two numbers. At each step it mixes the word `x^<t>` "
        "with what it remembers, `a^<t-1>`, at first zeros: `a^<t> = tanh(W x^<t> + U a^<t-1> + b)`. Its belief "
        "P(positive) is `ŷ^<t> = σ(w·a^<t> + c)`, where `σ(z) = 1 / (1 + e^(-z))`. Follow every number; move a "
        "weight and see what breaks."
    )
    board()


@st.fragment
def board() -> None:
    """All that changes as one types. Weights are moved in the browser; only a spreadsheet is asked for here."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    text = visit.control(PAGE, TEXT, left.text_input, "Phrase", live="100ms", placeholder=f"Words: {' '.join(WORDS)}")
    named = text if text in TEXTS else None
    visit.examples(PAGE, right.selectbox, "Phrases to try", TEXTS, named, take_example, "Choose one")
    try:
        network = load_two_units(checkpoints.FOLDER)
    except WeightsError as error:
        st.error("The weights cannot be used. Your phrase is kept; reload the page once this is mended.")
        st.text(str(error))
        return
    asked = st.session_state.get(BOARD, {}).get("asked")  # known before the board is drawn, so one run asks and answers
    if isinstance(asked, dict):
        st.session_state["two_units file"] = spreadsheet(network, asked)
    if not trouble(tokenize(text)[:LONGEST]):
        visit.put(PAGE, READABLE, text)
    data = board_of(network, text, visit.value(PAGE, READABLE))
    stage.mount(
        data | {"file": st.session_state.get("two_units file")} | visit.address(PAGE), key=BOARD, module="two_units"
    )


def take_example(text: str) -> None:
    """Put a phrase to try into the box."""
    visit.put(PAGE, TEXT, text)


# ------------------------------------------------------------------------------------------- what the board is to show


def board_of(network: TwoUnits, text: str, readable: str) -> dict:
    """Everything that the board starts from: the phrases as tokens, the trained weights, and the texts to be right about.

    `readable` is drawn in the place of a text that this network cannot read, so that the network and its weights stay.
    """
    tokens = tokenize(text)
    read = tokens[:LONGEST]
    said = trouble(read)
    if said:
        said = f"{said} Shown below: {quoted(readable)}."
    phrases = beside(tokenize(readable)[:LONGEST] if said else read)
    letters = "AB" if len(phrases) > 1 else [""]
    long = f"The text has {len(tokens):,} tokens; the page reads the first {LONGEST}. Your text is kept as it is."
    return {
        "palette": charts.PALETTE,
        "trouble": said,
        "notes": [long] if len(tokens) > LONGEST and not said else [],
        "phrases": [row(letter, one) for letter, one in zip(letters, phrases)],
        "steps": max(map(len, phrases), default=0),
        "columns": columns(network),
        "words": WORDS,
        "pairs": PAIRS,
        "lesson": PAIRS[4],  # good , not bad and bad , not good
        "weights": {name: values.tolist() for name, values in network.as_dict().items()},
        "figure": figure(network, phrases) if phrases else None,
        "typed": text,
    }


def trouble(tokens: list[str]) -> str | None:
    """Why these tokens cannot be read, and what can; None if they can."""
    known = " ".join("“,”" if word == "," else word for word in WORDS)
    if not tokens:
        return f"There is no text yet. Type some of the {counted(len(WORDS))} words that this network knows: {known}"
    strange = list(dict.fromkeys(token for token in tokens if token not in WORDS))
    if not strange:
        return None
    names = ", ".join(map(quoted, strange[:5])) + (" and more" if len(strange) > 5 else "")
    return f"This network does not know {names}. It knows {counted(len(WORDS))} words: {known}"


def beside(tokens: list[str]) -> list[list[str]]:
    """The phrase, and behind it the other one if it is of a pair."""
    pairs = [[text.split() for text in pair] for pair in PAIRS]
    return next(([tokens, pair[1 - pair.index(tokens)]] for pair in pairs if tokens in pair), [tokens])


def row(letter: str, tokens: list[str]) -> dict:
    """A phrase as the strip of words takes it; its beliefs are computed in the browser."""
    return {"phrase": letter, "tokens": tokens, "unknown": [], "read": {}, "clipped": None}


def figure(network: TwoUnits, phrases: list[list[str]]) -> dict:
    """The course of the belief in each phrase, with the trained weights; the browser puts in what the moved ones give."""
    names = ["A", "B"] if len(phrases) > 1 else ["P(positive)"]
    courses = [
        charts.course(look, name, run(network, tokens).belief, tokens)
        for look, name, tokens in zip("ab", names, phrases)
    ]
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5, "layer": "below"}
    belief = {"range": [-0.03, 1.03], "tickvals": [0, 0.25, 0.5, 0.75, 1], "title": {"text": "P(positive)"}}
    return {
        "data": courses,
        "layout": {
            "height": 300,
            "xaxis": charts.time_axis(phrases),
            "yaxis": belief | {"zeroline": False, "fixedrange": True},
            "shapes": [half | {"line": {"color": "@line", "width": 1, "dash": "dash"}}],
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container"},
        },
    }


# ----------------------------------------------------------------------------------- the spreadsheet that is asked for


def spreadsheet(network: TwoUnits, asked: dict) -> dict:
    """What the browser gets for its request: the file in base64, or a sentence that says what was wrong with it.

    `asked` comes from a browser and can hold anything: {"number", "weights", "phrases"}. The number comes back, so that
    the browser knows its own request.
    """
    number = asked.get("number")
    answer: dict = {"number": number if isinstance(number, int) else None}
    try:
        file = workbook(moved(network, asked.get("weights")), *asked_phrases(asked.get("phrases")))
    except ValueError as error:
        return answer | {"trouble": f"There is no spreadsheet: {error}"}
    return answer | {"data": base64.b64encode(file).decode()}


def moved(network: TwoUnits, given: object) -> TwoUnits:
    """The weights as they were moved in a browser. Raises ValueError unless they are finite numbers in the network's shapes."""
    found = given if isinstance(given, dict) else {}
    return TwoUnits(
        **{name: _numbers(name, found.get(name), values.shape) for name, values in network.as_dict().items()}
    )


def _numbers(name: str, given: object, shape: tuple[int, ...]) -> np.ndarray:
    try:
        found = np.array(given)
    except ValueError:  # lists of unequal lengths
        found = np.array(None)
    if found.shape != shape or found.dtype.kind not in "if" or not np.isfinite(found).all():
        raise ValueError(f"“{name}” should be finite numbers of the shape {shape}.")
    return found.astype(float)


def asked_phrases(given: object) -> list[list[str]]:
    """One or two phrases as lists of words. Raises ValueError for anything else, and for words that are unknown or too many."""
    if not isinstance(given, list) or len(given) not in (1, 2):
        raise ValueError("it takes one or two phrases.")
    for tokens in given:
        if (
            not isinstance(tokens, list)
            or not 1 <= len(tokens) <= LONGEST
            or any(token not in WORDS for token in tokens)
        ):
            raise ValueError(f"a phrase is 1 to {LONGEST} of the words {' '.join(WORDS)}")
    return given
