"""Admission: of all visitors' script runs only a few go on at a time.

All runs compete for one interpreter lock, and each that goes on slows the others and takes memory. A visitor has one
run at a time (Streamlit folds what comes meanwhile into one further run), so nobody is served twice before another. A
run that waits is dropped before it begins where its visitor has left, or has asked for something newer, which takes
its place in the queue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from time import monotonic

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

# runs that go on together: while one computes outside the interpreter, another uses it; one or two at a time were
# slower, more than four not clearly faster (bench/README.md)
AT_ONCE = 4
PATIENCE = 10  # how often as long as a run takes it may wait behind others
USUAL = 0.1  # seconds that a run takes of which nothing is known
OLD = 0.8  # the share of what was known in the mean of late
LOOK = 1.0  # seconds between two looks at whether a run that waits is still wanted; each costs those that go on


class Turns:
    """Gives turns to threads, at most `most` at a time.

    Each may wait in proportion to how long its kind of work has taken of late, so that short work does not queue
    behind long work; who has waited longer than that goes first, so that long work gets its turn as well.
    """

    def __init__(self, most: int):
        self.most, self.going_on = most, 0
        self.takes: dict[Hashable, float] = {}  # seconds of each kind of work, the mean of late
        self._waiting: dict[tuple[float, int], threading.Event] = {}
        self._lock = threading.Lock()
        self._own = threading.local()  # `kind` and `begun` of a thread's turn; `place`, which it keeps

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @contextmanager
    def turn(self, kind: Hashable, wanted: Callable[[], object] = bool) -> Iterator[None]:
        """Within, this thread has a turn; a thread that has one goes on with it.

        `wanted` is called now and then while it waits, and once when its turn comes. What it raises ends the wait;
        the thread has its old place when it comes again.
        """
        if self._has_turn():
            yield
            return
        self._come(kind, wanted)
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Within, others go on, while this thread waits for something else; then it has a turn again."""
        if not self._has_turn():
            yield
            return
        kind = self._leave()
        try:
            yield
        finally:
            self._come(kind, bool)

    def _has_turn(self) -> bool:
        return getattr(self._own, "begun", None) is not None

    def _come(self, kind: Hashable, wanted: Callable[[], object]) -> None:
        place = getattr(self._own, "place", None)
        if place is None:
            place = monotonic() + PATIENCE * self.takes.get(kind, USUAL), threading.get_ident()
        self._own.place, called = place, threading.Event()
        with self._lock:
            self._waiting[place] = called
            self._call()
        try:
            while not called.wait(LOOK):
                wanted()
            wanted()
        except BaseException:
            with self._lock:
                self._waiting.pop(place, None)
                self.going_on -= called.is_set()
                self._call()
            raise
        self._own.place, self._own.kind, self._own.begun = None, kind, monotonic()

    def _leave(self) -> Hashable:
        kind: Hashable = self._own.kind
        took, self._own.begun = monotonic() - self._own.begun, None
        with self._lock:
            self.takes[kind] = took + OLD * (self.takes.get(kind, took) - took)
            self.going_on -= 1
            self._call()
        return kind

    def _call(self) -> None:
        """Give free turns to those who may wait no longer, then to the next; the lock is held."""
        while self._waiting and self.going_on < self.most:
            self._waiting.pop(min(self._waiting)).set()
            self.going_on += 1


TURNS = Turns(AT_ONCE)


def turn(kind: str) -> AbstractContextManager[None]:
    """Within, the run of a page that calls this goes on; before that, it waits until it may. `kind`: what it draws."""
    return TURNS.turn(kind, _still_wanted)


def _still_wanted() -> None:
    """Ends the run, through Streamlit, if its visitor has left or has asked for something newer."""
    st.session_state.get("visit")  # a look into the session, at which Streamlit ends a run that is to end
    if _superseded() and not _clicked():
        st.rerun(scope="fragment")  # with the newer values, which Streamlit keeps until this run ends


def _superseded() -> bool:
    """Whether the visitor's newest input asks for the fragment that this run is of.

    Streamlit lets a fragment's run finish before the next, also one that has not begun. It does not tell what is asked
    for next; if a later version keeps it elsewhere, nothing is dropped here.
    """
    context = get_script_run_ctx()
    requests = context.script_requests if context is not None else None
    asked = getattr(requests, "_rerun_data", None)
    waiting = getattr(getattr(requests, "_state", None), "value", "") == "RERUN"
    if context is None or asked is None or not waiting or asked.is_auto_rerun:
        return False
    return bool(set(asked.fragment_id_queue) & set(context.fragment_ids_this_run or ()))


def _clicked() -> bool:
    """Whether a click asks for this run: unlike a text, it does not come again with the next run."""
    return any(value is True or _asked(value) for value in st.session_state.values())


def _asked(value: object) -> bool:
    """Whether a value of the session is of a board on which something was clicked."""
    return isinstance(value, Mapping) and value.get("asked") is not None
