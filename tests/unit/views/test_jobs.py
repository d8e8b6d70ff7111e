"""Long work: it tells how far it is, can be given up, and never takes the page with it."""

from threading import Event

import pytest

from explorer.views.shared.jobs import Job


def test_work_tells_its_share_and_leaves_its_result() -> None:
    told, go = Event(), Event()

    def work(progress):
        progress(0.25)
        told.set()
        go.wait(30)
        return "found"

    job = Job(work)
    assert told.wait(30)
    assert job.running
    assert job.share == 0.25
    assert job.result is None
    go.set()
    job.wait(30)
    assert not job.running
    assert job.result == "found"
    assert job.error is None


def test_cancelled_work_ends_at_its_next_word() -> None:
    told, go, after = Event(), Event(), []

    def work(progress):
        told.set()
        go.wait(30)
        progress(0.5)
        after.append("went on")

    job = Job(work)
    assert told.wait(30)
    job.cancel()
    go.set()
    job.wait(30)
    assert not job.running
    assert after == []
    assert job.result is None
    assert job.error is None


@pytest.mark.parametrize("share", [-1.0, 2.0])
def test_a_share_stays_one(share: float) -> None:
    job = Job(lambda progress: progress(share))
    job.wait(30)
    assert 0 <= job.share <= 1


def test_a_failure_is_kept_for_the_page() -> None:
    def work(progress):
        raise ValueError("too odd")

    job = Job(work)
    job.wait(30)
    assert str(job.error) == "too odd"
    assert job.result is None
