"""The phrase and the model that all pages share: their controls, what the board shows of them, long work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

import streamlit as st

from explorer.board.payloads import PanelBoard, PanelContent, ReadPhrase
from explorer.core.checkpoints import WeightsError
from explorer.core.tracing import Trace
from explorer.messages import _
from explorer.networks.registry import network
from explorer.reading.reading import Reading, readable
from explorer.reading.tokenizer import tokenize, unread
from explorer.reading.vocabulary import Vocabulary
from explorer.views.shared import bar, charts, visit, wording
from explorer.views.shared.settings import MODEL, MOST_STEPS, OTHER_PHRASE, PHRASE

Result = TypeVar("Result")


def controls(page: str) -> tuple[str, str]:
    """The text and the model that the visitor chose in the bar; call it inside a fragment of the page."""
    bar.bar(page)
    tell_memoryless(page)
    return visit.value(page, PHRASE), visit.value(page, MODEL)


def tell_memoryless(page: str) -> None:
    """Say which model is shown in the place of one that keeps no memory from word to word, if such a one was asked for.

    The duel shows it above, so there it is only what is folded below that is about another.
    """
    name = visit.current().memoryless
    if name is None:
        return
    told = (
        _("The {asked} keeps no memory from word to word. The numbers below are about the {shown} instead.")
        if page == "compare"
        else _("The {asked} keeps no memory from word to word. This page shows the {shown} instead.")
    )
    st.info(told.format(asked=network(name).label, shown=network(visit.value(page, MODEL)).label))


def pair(page: str) -> tuple[str, str, str]:
    """Both texts and the model of the first page; call it inside a fragment of the page."""
    bar.bar(page)
    return visit.value(page, PHRASE), visit.value(page, OTHER_PHRASE), visit.value(page, MODEL)


def read(text: str, vocabulary: Vocabulary) -> Reading | None:
    """The text as the pages read it, its first 1,000 tokens; None if there is no word in it."""
    reading = readable(text, vocabulary, MOST_STEPS)
    return reading if reading is not None and reading.words else None


def usable(read: Callable[[], Result]) -> Result | None:
    """What `read` makes of the models; None, and a message, where they cannot be used."""
    try:
        return read()
    except WeightsError as error:
        st.error(_("The trained models cannot be used. Your phrase is kept. Reload the page once this is mended."))
        st.text(str(error))
        return None


def optional(read: Callable[[], Result]) -> Result | None:
    """What `read` makes of a file that a page can do without; None where it is not there.

    Where it is damaged, a message says so.
    """
    try:
        return read()
    except WeightsError as error:
        if not error.absent:
            st.warning(_("A part of this page cannot be shown, because a file is damaged."))
            st.text(str(error))
        return None


def blank(text: str) -> PanelContent:
    """The board when there is nothing to read, with a sentence that says why and what to do."""
    signs = _("There are no words in this text, only signs. Type a few words.")
    return _content(
        signs if tokenize(text) or unread(text) else _("There is no text yet. Type a few words."), [], [], 0, text
    )


def base(trace: Trace) -> PanelContent:
    """What every board shows of a phrase; `summary` and `panels` are the page's own."""
    return _content("", notes(trace.reading), [row(trace)], len(trace), trace.text)


def _content(summary: str, notes: list[str], phrases: list[ReadPhrase], steps: int, text: str) -> PanelContent:
    return {
        "palette": charts.PALETTE,
        "summary": summary,
        "notes": notes,
        "phrases": phrases,
        "steps": steps,
        "typed": text,
        "panels": [],
    }


def board(page: str, content: PanelContent) -> PanelBoard:
    """What a page sends to its board."""
    return {**content, **visit.address(page)}


def notes(reading: Reading) -> list[str]:
    """What a reader must know to take the numbers for what they are."""
    count = len(reading)
    cut = _("Your text has {all} words and signs. This page reads the first {count}. Your text is kept as it is.")
    sentences = [
        cut.format(all=f"{count + reading.cut:,}", count=f"{count:,}") if reading.cut else None,
        wording.unknown(reading),
        wording.corrected(reading.changes),
        wording.skipped(reading.unread),
    ]
    return [sentence for sentence in sentences if sentence]


def row(trace: Trace, phrase: Literal["A", "B", ""] = "", clipped: int | None = None) -> ReadPhrase:
    """A phrase as it was read, for the strip of words; `phrase` is its letter where there are two.

    `clipped`: how many tokens the concatenation reads, if not all.
    """
    return {
        "phrase": phrase,
        "tokens": list(trace.tokens),
        "unknown": list(trace.reading.unknown),
        "read": trace.reading.replaced,
        "clipped": clipped,
        "belief": [round(float(p), 4) for p in trace.belief],
    }
