"""Turns of script runs: how many at a time, who is next, who is dropped."""

from threading import Event, Thread

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from explorer.views.shared import admission
from explorer.views.shared.admission import PATIENCE, Turns


class Runner:
    """A thread that takes a turn and keeps it until it is told to end."""

    def __init__(self, turns: Turns, kind: str):
        self.inside, self.go = Event(), Event()
        self.thread = Thread(target=self.run, args=(turns, kind), daemon=True)
        self.thread.start()

    def run(self, turns: Turns, kind: str) -> None:
        with turns.turn(kind):
            self.inside.set()
            self.go.wait(30)

    def end(self) -> None:
        self.go.set()
        self.thread.join(30)


def until(condition) -> None:
    """Returns once it holds."""
    for _ in range(3000):
        if condition():
            return
        Event().wait(0.01)
    raise AssertionError("it never came to that")


def test_no_more_than_so_many_go_on_and_the_next_begins_when_one_ends():
    turns = Turns(2)
    first, second = Runner(turns, "page"), Runner(turns, "page")
    assert first.inside.wait(30)
    assert second.inside.wait(30)
    third = Runner(turns, "page")
    until(lambda: turns.waiting == 1)
    assert not third.inside.is_set()
    first.end()
    assert third.inside.wait(30)
    second.end()
    third.end()
    assert (turns.going_on, turns.waiting) == (0, 0)


def test_short_work_goes_before_long_work_that_came_first_and_like_work_in_its_order():
    turns = Turns(1)
    turns.takes = {"long": 100.0, "short": 0.001}
    busy = Runner(turns, "long")
    assert busy.inside.wait(30)
    came = []
    for kind in ("long", "short", "long", "short"):
        came.append(Runner(turns, kind))
        until(lambda: turns.waiting == len(came))
    order = []
    busy.end()
    while len(order) < len(came):
        until(lambda: any(each.inside.is_set() for number, each in enumerate(came) if number not in order))
        number = next(number for number, each in enumerate(came) if each.inside.is_set() and number not in order)
        order.append(number)
        came[number].end()
    assert order == [1, 3, 0, 2]


def test_long_work_that_waited_long_enough_goes_before_short_work_that_comes_later(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("explorer.views.shared.admission.monotonic", lambda: now[0])
    turns = Turns(1)
    turns.takes = {"long": 1.0, "short": 0.1}
    busy = Runner(turns, "long")
    assert busy.inside.wait(30)
    long = Runner(turns, "long")
    until(lambda: turns.waiting == 1)
    now[0] = PATIENCE * 0.95  # later than this the long one is due before the short one
    short = Runner(turns, "short")
    until(lambda: turns.waiting == 2)
    busy.end()
    assert long.inside.wait(30)
    assert not short.inside.is_set()
    long.end()
    assert short.inside.wait(30)
    short.end()


def test_a_turn_within_a_turn_is_the_same():
    turns = Turns(1)
    with turns.turn("page"), turns.turn("fragment"):
        assert turns.going_on == 1
    assert turns.going_on == 0


def test_what_is_no_longer_wanted_ends_before_it_begins_and_gives_its_turn_back():
    turns = Turns(1)

    def left() -> None:
        raise LookupError("the visitor has left")

    with pytest.raises(LookupError), turns.turn("page", left):
        raise AssertionError("it began")
    assert (turns.going_on, turns.waiting) == (0, 0)


def test_who_asks_for_something_newer_keeps_the_place():
    turns = Turns(1)

    def newer() -> None:
        raise LookupError("something newer is asked for")

    order = []
    busy = Runner(turns, "page")
    assert busy.inside.wait(30)
    waits, again, dropped = Event(), Event(), Event()

    def changes_its_mind() -> None:
        def wanted() -> None:
            waits.set()
            assert again.wait(30)
            newer()

        with pytest.raises(LookupError), turns.turn("page", wanted):
            raise AssertionError("it began")
        dropped.set()
        with turns.turn("page"):
            order.append("first")

    first = Thread(target=changes_its_mind, daemon=True)
    first.start()
    assert waits.wait(30)

    def comes_later() -> None:
        with turns.turn("page"):
            order.append("second")

    second = Thread(target=comes_later, daemon=True)
    second.start()
    until(lambda: turns.waiting == 2)
    again.set()
    assert dropped.wait(30)
    until(lambda: turns.waiting == 2)
    busy.end()
    first.join(30)
    second.join(30)
    assert order == ["first", "second"]
    assert turns.going_on == 0


def test_aside_others_go_on():
    turns = Turns(1)
    with turns.turn("page"):
        with turns.aside():
            other = Runner(turns, "page")
            assert other.inside.wait(30)
            other.end()
        assert turns.going_on == 1


# ----------------------------------------------------------------------------------------------- what is asked for next


class Context:
    """What Streamlit knows of a run of the fragment "f", as far as it is looked at."""

    fragment_ids_this_run = ("f",)

    def __init__(self, *asked: RerunData):
        self.script_requests = ScriptRequests()
        for each in asked:
            self.script_requests.request_rerun(each)


@pytest.mark.parametrize(
    ("asked", "superseded"),
    [
        ((), False),
        ((RerunData(fragment_id="f"),), True),
        ((RerunData(fragment_id="f"), RerunData(fragment_id="f")), True),
        ((RerunData(fragment_id="other"),), False),
        ((RerunData(fragment_id="f", is_auto_rerun=True),), False),  # a clock, not the visitor
    ],
)
def test_a_newer_input_into_the_same_fragment_is_seen(monkeypatch, asked, superseded) -> None:
    monkeypatch.setattr(admission, "get_script_run_ctx", lambda: Context(*asked))
    assert admission._superseded() is superseded


@pytest.mark.parametrize(
    ("values", "clicked"),
    [
        ({"box": "text", "bar": {"asked": None, "typed": {"number": 1}}}, False),
        ({"bar": {"asked": {"go": "memory"}}}, True),
        ({"ask orders": True}, True),
    ],
)
def test_a_click_is_seen_which_must_not_be_dropped(monkeypatch, values, clicked) -> None:
    monkeypatch.setattr(admission.st, "session_state", values)
    assert admission._clicked() is clicked
