"""Runs of pages: each waits for its turn, and gives up the long work that it does not ask for any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import streamlit as st

from explorer.views.shared import admission, jobs


@contextmanager
def run(kind: str) -> Iterator[None]:
    """A run of a page, or of its fragment; `kind`: what it draws, of which it is known how long it takes."""
    with admission.turn(kind), jobs.asked_for():
        yield


def fragment(function: Callable[[], None]) -> Callable[[], None]:
    """As `st.fragment`, for all of a page that changes as one types; a function without arguments."""

    @wraps(function)
    def admitted() -> None:
        with run(function.__module__):
            function()

    drawn: Callable[[], None] = st.fragment(admitted)
    return drawn
