"""Long work beside the page: a thread with a progress that the visitor sees and can cancel.

A fragment's run is not interrupted by a click in the same fragment (Streamlit lets it finish), so work that can be
cancelled must not run in it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Any, Generic, TypeVar

import streamlit as st

from explorer.core.progress import Progress

Result = TypeVar("Result")
EVERY = 0.3  # seconds between two looks at how far it is


class Cancelled(Exception):
    """The work was given up."""


class Job(Generic[Result]):
    """Work that runs in a thread of its own. `share` of it is done, 0…1; `error` is what it failed with."""

    def __init__(self, work: Callable[[Progress], Result]):
        """`work` gets a progress to call with the share that is done; that call ends the work once it is cancelled."""
        self.share = 0.0
        self.result: Result | None = None
        self.error: Exception | None = None
        self._stop = Event()
        self._thread = Thread(target=self._run, args=(work,), name="long work", daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Progress], Result]) -> None:
        try:
            self.result = work(self._report)
        except Cancelled:
            pass
        except Exception as error:  # the page says so; a traceback in a thread nobody sees
            self.error = error

    def _report(self, share: float) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.share = min(max(share, 0.0), 1.0)

    def cancel(self) -> None:
        """Give up; the thread ends at its next word on the progress."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, or for so long."""
        self._thread.join(seconds)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()


def on_demand(key: str, identity: tuple[object, ...], label: str, work: Callable[[Progress], Result]) -> Result | None:
    """What `work` finds, once the visitor has asked for it by a button named `label`; None before and while it runs.

    `identity` is what the result belongs to: with another one, work that still runs is given up and the button is back.
    """
    # one place, whatever stands in it: else all that comes below would be taken down and put up again
    with st.container():
        return _on_demand(key, identity, label, work)


def _on_demand(key: str, identity: tuple[object, ...], label: str, work: Callable[[Progress], Result]) -> Result | None:
    jobs: dict[str, tuple[tuple[object, ...], Job[Any]]] = st.session_state.setdefault("jobs", {})
    if key in jobs and jobs[key][0] != identity:
        jobs.pop(key)[1].cancel()
    if key not in jobs:
        if not st.button(label, key=f"ask {key}"):
            return None
        jobs[key] = identity, Job(work)
        jobs[key][1].wait(EVERY)  # short work is shown at once
    job: Job[Result] = jobs[key][1]
    if job.running:
        _waiting(key, job)
        return None
    if job.error is not None:
        st.error("This could not be computed. Your text is kept; change it, or reload the page.")
        st.text(f"{type(job.error).__name__}: {job.error}")
        return None
    return job.result


@st.fragment(run_every=EVERY)
def _waiting(key: str, job: Job[Any]) -> None:
    """The progress bar, looked at again and again by itself, with a button to cancel."""
    if not job.running:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.share, f"Computing … {100 * job.share:.0f} %", width="stretch")
        if st.button("Cancel", key=f"cancel {key}"):
            job.cancel()
            del st.session_state["jobs"][key]
            st.rerun()
