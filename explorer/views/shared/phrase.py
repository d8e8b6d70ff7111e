"""The phrase and the lane that the pages looking inside share: their controls, what the board shows of them, long work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from explorer.core.checkpoints import WeightsError
from explorer.core.progress import Progress
from explorer.core.tracing import Trace
from explorer.networks.registry import labels, recurrent_names
from explorer.reading.reading import Reading, readable
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import Vocabulary
from explorer.views.shared import charts, jobs, wording
from explorer.views.shared.settings import KEPT, LINK_LIMIT, MOST_STEPS, Setting

SETTINGS = {
    "phrase": Setting("good, not bad"),
    "lane": Setting("gru", lambda value: value in recurrent_names()),
}
Result = TypeVar("Result")


def controls() -> tuple[str, str]:
    """The text and the lane that the visitor chose; call it inside a fragment."""
    for name in SETTINGS:
        if f"{name} asked" in st.session_state:  # by a link on another page, where the control of this name was in use
            st.session_state[name] = st.session_state.pop(f"{name} asked")
    remember(SETTINGS)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.text_input("Phrase or review", key="phrase", live="100ms", placeholder="Type or paste a review", **KEPT)
    right.selectbox("Recurrent model", recurrent_names(), key="lane", format_func=labels().get, **KEPT)
    return st.session_state["phrase"], st.session_state["lane"]


def remember(settings: dict[str, Setting]) -> None:
    """Give each setting that this visit does not have yet the value that the address asks for, or its first one."""
    for name, setting in settings.items():
        if name not in st.session_state:
            asked = st.query_params.get(name, setting.first)
            st.session_state[name] = asked if setting.allowed(asked) else setting.first


def read(text: str, vocabulary: Vocabulary) -> Reading | None:
    """The text as the pages read it, its first 1,000 tokens; None if there is no word in it."""
    reading = readable(text, vocabulary, MOST_STEPS)
    return reading if reading is not None and reading.words else None


def link(more: dict[str, str] | None = None, firsts: dict[str, str] | None = None) -> str | None:
    """The query that brings the page back, with `more` settings of its own where they differ from their `firsts`.

    None if it would be too long for an address.
    """
    values = {name: st.session_state[name] for name in SETTINGS} | (more or {})
    first = {name: setting.first for name, setting in SETTINGS.items()} | (firsts or {})
    query = urlencode({name: value for name, value in values.items() if value != first.get(name)})
    return f"?{query}" if len(query) <= LINK_LIMIT else None


def usable(read: Callable[[], Result]) -> Result | None:
    """What `read` makes of the models; None, and a message, where they cannot be used."""
    try:
        return read()
    except WeightsError as error:
        st.error("The trained models cannot be used. Your phrase is kept; reload the page once this is mended.")
        st.text(str(error))
        return None


def blank(text: str) -> dict:
    """The board when there is nothing to read, with a sentence that says why and what to do."""
    reason = "There are no words in this text, only signs." if tokenize(text) else "There is no text yet."
    return _board(f"{reason} Type a few words.", [], [], 0, text)


def base(trace: Trace) -> dict:
    """What every board shows of a phrase; `summary` and `panels` are the page's own."""
    return _board("", notes(trace.reading), [row(trace)], len(trace), trace.text)


def _board(summary: str, said: list[str], phrases: list[dict], steps: int, text: str) -> dict:
    return {
        "palette": charts.PALETTE,
        "summary": summary,
        "notes": said,
        "phrases": phrases,
        "steps": steps,
        "typed": text,
        "link": link(),
        "panels": [],
    }


def notes(reading: Reading) -> list[str]:
    """What a reader must know to take the numbers for what they are."""
    count = len(reading)
    cut = (
        f"The text has {count + reading.cut:,} tokens; the page reads the first {count:,}. Your text is kept as it is."
    )
    sentences = [
        cut if reading.cut else None,
        wording.unknown(reading, "Unknown"),
        wording.corrected(reading, "Corrected"),
    ]
    return [sentence for sentence in sentences if sentence]


def row(trace: Trace, phrase: str = "") -> dict:
    """A phrase as it was read, for the strip of words; `phrase` is its letter where there are two."""
    return {
        "phrase": phrase,
        "tokens": list(trace.tokens),
        "unknown": list(trace.reading.unknown),
        "read": trace.reading.replaced,
        "clipped": None,
        "belief": [round(float(p), 4) for p in trace.belief],
    }


def on_demand(key: str, label: str, work: Callable[[Progress], Result]) -> Result | None:
    """What `work` finds for this phrase and lane, once the visitor has asked for it by a button; None before and on the way.

    `work` gets a progress to call with the share that is done, 0…1; through that call it can be cancelled.
    """
    return jobs.on_demand(key, (st.session_state["phrase"], st.session_state["lane"]), label, work)
