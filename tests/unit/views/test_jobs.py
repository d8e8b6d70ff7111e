"""Long work: one pool for all; it tells how far it is, ends when nobody waits for it, never takes the page with it."""

import threading
from collections.abc import Callable
from threading import Event

import pytest

from explorer.views.shared.jobs import Job, Pool

TAKES = 100  # bytes


class Work:
    """Work that begins, waits until it is told to go on, and gives a result."""

    def __init__(self, result: object = "found"):
        self.result, self.begun, self.go, self.times = result, Event(), Event(), 0

    def __call__(self, progress: Callable[[float], None]) -> object:
        self.times += 1
        progress(0.25)
        self.begun.set()
        while not self.go.wait(0.01):
            progress(0.5)
        progress(0.75)
        return self.result


@pytest.fixture
def visitors() -> set[str]:
    """Who is there."""
    return {"ann", "bob"}


@pytest.fixture
def pool(visitors: set[str]) -> Pool:
    return Pool(workers=1, memory=1000, kept=10_000, there=visitors.__contains__)


def ended(job: Job) -> Job:
    job.wait(30)
    assert not job.running
    return job


def test_work_tells_its_share_and_leaves_its_result(pool: Pool) -> None:
    work = Work()
    job = pool.ask("question", "ann", work, TAKES)
    assert work.begun.wait(30)
    assert job.running
    assert job.share in (0.25, 0.5)
    assert job.result is None
    work.go.set()
    assert ended(job).result == "found"
    assert job.error is None


def test_the_same_question_of_two_is_worked_on_once_and_kept(pool: Pool) -> None:
    work = Work()
    first = pool.ask("question", "ann", work, TAKES)
    assert work.begun.wait(30)
    assert pool.ask("question", "bob", work, TAKES) is first
    work.go.set()
    ended(first)
    while len(pool.results) == 0:
        Event().wait(0.01)
    assert pool.ask("question", "eve", work, TAKES) is first
    assert work.times == 1


def test_it_goes_on_while_one_of_two_wants_it_and_ends_when_neither_does(pool: Pool) -> None:
    work = Work()
    job = pool.ask("question", "ann", work, TAKES)
    pool.ask("question", "bob", work, TAKES)
    assert work.begun.wait(30)
    job.cancel("ann")
    assert job.running
    job.cancel("bob")
    assert ended(job).given_up
    assert (job.result, job.error) == (None, None)


def test_it_ends_when_its_visitor_has_left(pool: Pool, visitors: set[str]) -> None:
    work = Work()
    job = pool.ask("question", "ann", work, TAKES)
    assert work.begun.wait(30)
    visitors.remove("ann")
    assert ended(job).given_up


def test_one_after_the_other_and_each_knows_its_place(pool: Pool, visitors: set[str]) -> None:
    works = [Work(number) for number in range(4)]
    jobs = [pool.ask(number, "ann" if number != 2 else "bob", work, TAKES) for number, work in enumerate(works)]
    assert works[0].begun.wait(30)
    assert [pool.before(job) for job in jobs] == [None, 0, 1, 2]
    visitors.remove("bob")
    assert [pool.before(job) for job in jobs] == [None, 0, None, 1]
    assert jobs[2].given_up
    for work in works:
        work.go.set()
    assert [ended(job).result for job in jobs] == [0, 1, None, 3]
    assert works[2].times == 0


def test_what_does_not_fit_into_memory_waits(visitors: set[str]) -> None:
    pool = Pool(workers=3, memory=1000, kept=0, there=visitors.__contains__)
    works = [Work() for _ in range(3)]
    jobs = [pool.ask(number, "ann", works[number], takes) for number, takes in enumerate((600, 600, 100))]
    assert works[0].begun.wait(30)
    assert [pool.before(job) for job in jobs] == [None, 0, 1]  # the small one does not overtake the large one
    works[0].go.set()
    assert works[1].begun.wait(30)
    assert works[2].begun.wait(30)
    for work in works:
        work.go.set()
    for job in jobs:
        ended(job)


def test_what_is_asked_for_again_after_it_was_given_up_begins_anew(pool: Pool) -> None:
    work = Work()
    first = pool.ask("question", "ann", work, TAKES)
    first.cancel("ann")
    second = pool.ask("question", "ann", work, TAKES)
    work.go.set()
    assert ended(second).result == "found"
    assert ended(first) is not second


@pytest.mark.parametrize("share", [-1.0, 2.0])
def test_a_share_stays_one(pool: Pool, share: float) -> None:
    job = pool.ask("question", "ann", lambda progress: progress(share), TAKES)
    assert 0 <= ended(job).share <= 1


def test_a_failure_is_kept_for_the_page_and_for_nobody_else(pool: Pool) -> None:
    def work(progress: Callable[[float], None]) -> None:
        raise ValueError("too odd")

    job = ended(pool.ask("question", "ann", work, TAKES))
    assert str(job.error) == "too odd"
    assert job.result is None
    for thread in threading.enumerate():
        if thread.name == "long work":
            thread.join(30)
    assert len(pool.results) == 0
