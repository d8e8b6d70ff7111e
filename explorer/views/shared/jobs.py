"""Long work beside the page: one pool for all visitors, a progress that each sees and can cancel.

A fragment's run is not interrupted by a click in the same fragment (Streamlit lets it finish), so work that can be
cancelled must not run in it. Work goes on while somebody waits for it: it is given up when its visitor leaves, or asks
for something else. Visitors who ask for the same wait for the same work, and find it done if it was done of late.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.core import allocation, checkpoints
from explorer.core.progress import Progress
from explorer.core.store import Store, size
from explorer.messages import _
from explorer.views.shared import admission

Result = TypeVar("Result")
EVERY = 0.3  # seconds between two looks at how far it is
LOOK = 0.1  # seconds between two looks of work at whether somebody waits for it
WORKERS = max(1, (os.cpu_count() or 1) - 1)  # jobs that go on together; a processor is left to the pages
MEMORY = 600_000_000  # bytes that the jobs that go on may take together
USUAL = 100_000_000  # bytes that a job takes of which nothing is known
KEPT = 16_000_000  # bytes of results that are kept for all visitors


class Cancelled(Exception):
    """The work was given up."""


class Job(Generic[Result]):
    """Work that a pool does. `share` of it is done, 0…1; `error` is what it failed with.

    It is `wanted` while one of those who wait for it, its `visitors`, is there.
    """

    def __init__(self, work: Callable[[Progress], Result], takes: int, there: Callable[[str], bool]):
        """`work` gets a progress to call with the share that is done; that call ends the work once nobody wants it.

        `takes`: the bytes of memory that it needs, about. `there`: whether a visitor is there.
        """
        self.work, self.takes = work, takes
        self.share = 0.0
        self.result: Result | None = None
        self.error: Exception | None = None
        self.given_up = False
        self.visitors: set[str] = set()
        self._there, self._looked = there, 0.0
        self._ended = threading.Event()

    @property
    def running(self) -> bool:
        """Whether it goes on, or waits for that."""
        return not self._ended.is_set()

    @property
    def wanted(self) -> bool:
        return any(self._there(visitor) for visitor in tuple(self.visitors))

    def cancel(self, visitor: str) -> None:
        """This visitor wants it no more; if nobody does, it ends at its next word on the progress."""
        self.visitors.discard(visitor)

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, or for so long."""
        self._ended.wait(seconds)

    def do(self) -> None:
        """Do the work, in this thread."""
        try:
            self._report(0.0)
            self.result = self.work(self._report)
        except Cancelled:
            self.given_up = True
        except Exception as error:  # the page says so; a traceback in a thread nobody sees
            self.error = error
        del self.work  # and with it what it holds
        self._ended.set()

    def _report(self, share: float) -> None:
        if not self.visitors:
            raise Cancelled
        if monotonic() - self._looked > LOOK:
            if not self.wanted:
                raise Cancelled
            self._looked = monotonic()
        self.share = min(max(share, 0.0), 1.0)


class Pool:
    """Does jobs in the order in which they came, so many at a time, as long as they fit into memory together."""

    def __init__(self, workers: int, memory: int, kept: int, there: Callable[[str], bool]):
        """`memory`: bytes of the jobs that go on; `kept`: bytes of results; `there`: whether a visitor is there."""
        self.workers, self.memory, self._there = workers, memory, there
        self.results: Store[Job[Any]] = Store(kept, lambda job: size(job.result))
        self._jobs: dict[Hashable, Job[Any]] = {}  # those that go on or wait, in the order in which they came
        self._going_on: list[Job[Any]] = []
        self._lock = threading.Lock()

    def ask(self, identity: Hashable, visitor: str, work: Callable[[Progress], Result], takes: int) -> Job[Result]:
        """The job that does this work, for this visitor too: a new one, one for which others wait, or one done."""
        done = self.results.find(identity)
        if done is not None:
            return done
        with self._lock:
            self._forget()
            job = self._jobs.get(identity)
            if job is None or not job.wanted:  # one that is being given up is not taken up again
                self._jobs.pop(identity, None)  # so that it stands behind the others
                job = self._jobs[identity] = Job(work, takes, self._there)
            job.visitors.add(visitor)
            self._begin()
        return job

    def before(self, job: Job[Any]) -> int | None:
        """How many wait before a job that waits; None if it does not wait."""
        with self._lock:
            self._begin()
            waiting = [each for each in self._jobs.values() if each not in self._going_on]
        return waiting.index(job) if job in waiting else None

    def _forget(self) -> None:
        """End what waits and nobody wants; the lock is held."""
        for identity, job in list(self._jobs.items()):
            if job not in self._going_on and not job.wanted:
                del self._jobs[identity]
                job.visitors.clear()
                job.do()  # ends at once

    def _begin(self) -> None:
        """Begin what can begin; the lock is held."""
        self._forget()
        for identity, job in self._jobs.items():
            if job in self._going_on:
                continue
            taken = sum(each.takes for each in self._going_on)
            if len(self._going_on) >= self.workers or (self._going_on and taken + job.takes > self.memory):
                return  # those behind it wait as well, so that it gets its turn
            self._going_on.append(job)
            threading.Thread(target=self._do, args=(identity, job), name="long work", daemon=True).start()

    def _do(self, identity: Hashable, job: Job[Any]) -> None:
        with allocation.reused():
            job.do()
        with self._lock:
            self._going_on.remove(job)
            if self._jobs.get(identity) is job:
                del self._jobs[identity]
            if job.error is None and not job.given_up:
                self.results.put(identity, job)
            self._begin()


def _is_there(visitor: str) -> bool:
    """Whether a visitor has the page open; without a server, in a test, everybody has."""
    return not runtime.exists() or runtime.get_instance().is_active_session(visitor)


POOL = Pool(WORKERS, MEMORY, KEPT, _is_there)
_run = threading.local()  # `asked`: the keys of what this thread's run of a page has asked for


def _visitor() -> str:
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""


@contextmanager
def asked_for() -> Iterator[None]:
    """A run of a page: what an earlier run has asked for, and this one does not, is given up at its end."""
    if getattr(_run, "asked", None) is not None:
        yield  # a part of a larger run
        return
    _run.asked = set()
    try:
        yield
        for key in set(st.session_state.get("jobs", {})) - _run.asked:
            st.session_state["jobs"].pop(key)[1].cancel(_visitor())
    finally:
        _run.asked = None


def on_demand(
    key: str, identity: tuple[Hashable, ...], label: str, work: Callable[[Progress], Result], takes: int = USUAL
) -> Result | None:
    """What `work` finds, once the visitor has asked for it by a button named `label`; None before and while it runs.

    `identity` is what the result belongs to, for all visitors: with another one, work that still runs is given up and
    the button is back. `takes`: the bytes of memory that it needs, about.
    """
    # one place, whatever stands in it: else all that comes below would be taken down and put up again
    with st.container():
        return _on_demand(key, identity, label, work, takes)


def _on_demand(
    key: str, identity: tuple[Hashable, ...], label: str, work: Callable[[Progress], Result], takes: int
) -> Result | None:
    if getattr(_run, "asked", None) is not None:
        _run.asked.add(key)
    jobs: dict[str, tuple[tuple[Hashable, ...], Job[Any]]] = st.session_state.setdefault("jobs", {})
    if key in jobs and (jobs[key][0] != identity or jobs[key][1].given_up):
        jobs.pop(key)[1].cancel(_visitor())
    if key not in jobs:
        if not st.button(label, key=f"ask {key}"):
            return None
        jobs[key] = identity, POOL.ask((key, *identity, checkpoints.FOLDER), _visitor(), work, takes)
        with admission.TURNS.aside():
            jobs[key][1].wait(EVERY)  # short work is shown at once
    job: Job[Result] = jobs[key][1]
    if job.running:
        _waiting(key, job)
        return None
    if job.error is not None:
        st.error(_("This could not be computed. Your text is kept. Change it, or reload the page."))
        st.text(f"{type(job.error).__name__}: {job.error}")
        return None
    return job.result


@st.fragment(run_every=EVERY)
def _waiting(key: str, job: Job[Any]) -> None:
    """The progress bar, looked at again and again by itself, with a button to cancel."""
    if not job.running:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.share, _how_far(job), width="stretch")
        if st.button(_("Cancel"), key=f"cancel {key}"):
            job.cancel(_visitor())
            del st.session_state["jobs"][key]
            st.rerun()


def _how_far(job: Job[Any]) -> str:
    before = POOL.before(job)
    if before is None:
        return _("Computing … {share:.0f}%").format(share=100 * job.share)
    if before == 0:
        return _("Waiting for other work to end. You are next.")
    return _("Waiting for other work to end. {count} before you.").format(count=before)
