"""Every kind of long work looks often at whether somebody still wants it, so it ends within a second.

Counted in work, not in seconds: between two looks there are at most so many multiplications and additions.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from threading import Event

import numpy as np
import pytest
from boards import typed
from streamlit.testing.v1 import AppTest
from torch.utils.flop_counter import FlopCounterMode

from explorer import load
from explorer.analysis.permutations import MOST, permutations
from explorer.core.checkpoints import Model
from explorer.core.progress import Progress
from explorer.networks.registry import names, recurrent_names
from explorer.reading.reading import Reading, read
from explorer.tasks import saved
from explorer.tasks.translator import LONGEST, translate
from explorer.views.duel import inside
from explorer.views.memory import panels as memory
from explorer.views.order_lab import panels as orders
from explorer.views.shared import jobs
from explorer.views.shared.jobs import Pool

LARGEST = 10**9  # multiplications and additions between two looks: a slow core does them in a third of a second
LOOKS = 8  # of work at its visitor, after which it has ended
Work = Callable[[Progress], object]


def review(model: Model, length: int) -> Reading:
    """A text of so many words, most of them different."""
    words = model.vocabulary.words[100:900]
    return read(" ".join(np.random.default_rng(0).choice(words, length)), model.vocabulary, length)


def work_of(kind: str, length: int) -> Work:
    """Long work as the pages ask for it."""
    models = {name: load(name) for name in (names() if kind == "orders" else recurrent_names())}
    reading = review(models["gru"], length)
    if kind == "orders":
        return partial(orders.many, models, orders.in_alphabetic_order(reading))
    if kind == "gradients":
        return memory.all_gradients(models, reading)
    return partial(inside.attributed, models[kind], reading, 100)


# a sample of orders takes as much a word of a short text as of a long one
LONG = {"orders": 12, "gradients": 110, **dict.fromkeys(recurrent_names(), 300)}


@pytest.mark.parametrize("kind", LONG)
def test_there_is_little_work_between_two_looks(kind: str) -> None:
    work, seen = work_of(kind, LONG[kind]), [0]
    with FlopCounterMode(display=False) as done:
        work(lambda share: seen.append(done.get_total_flops()))
        seen.append(done.get_total_flops())
    assert seen[-1] > LARGEST  # there is something to be ended
    assert max(later - earlier for earlier, later in pairwise(seen)) < LARGEST


def test_drawing_orders_looks_at_each() -> None:
    shares: list[float] = []
    permutations(review(load("gru"), 1_000), progress=shares.append)
    assert len(shares) >= MOST - 1


@pytest.mark.parametrize("name", ["translator", "translator-attention"])
def test_a_translation_is_too_little_work_to_be_ended(name: str) -> None:
    with FlopCounterMode(display=False) as done:
        translate(saved.load(name), "a dog and a man run near the water " * LONGEST, 5)
    assert 0 < done.get_total_flops() < 2 * LARGEST


@pytest.mark.parametrize("kind", LONG)
def test_each_kind_ends_soon_after_its_visitor_has_left(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there, left, looks, clock = {"ann"}, Event(), [0], iter(range(10**9))
    monkeypatch.setattr(jobs, "monotonic", lambda: next(clock) * jobs.LOOK / 3)  # three looks at the clock a tenth
    begun, work = Event(), work_of(kind, LONG[kind])

    def watched(progress: Progress) -> object:
        def look(share: float) -> None:
            looks[0] += left.is_set()
            progress(share)
            if share > 0.1:
                begun.set()
                left.wait(30)

        return work(look)

    job = Pool(1, 1000, 0, there.__contains__).ask(kind, "ann", watched, 0)
    assert begun.wait(60)
    there.remove("ann")
    left.set()
    job.wait(60)
    assert job.given_up
    assert looks[0] <= LOOKS


def test_it_ends_when_its_visitor_asks_for_another_text(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, asked, ended = Event(), Event(), Event()

    def endless(models: object, reading: Reading) -> Work:
        def work(progress: Progress) -> object:
            try:
                while True:
                    progress(0.5)
                    begun.set()
                    asked.wait(60)
            finally:
                ended.set()

        return work

    app = AppTest.from_string("from explorer.views.memory import page\npage.page()", default_timeout=60)
    typed(app.run(), "memory", phrase="good , not bad " * 100)
    monkeypatch.setattr(memory, "all_gradients", endless)
    next(button for button in app.button if button.label == "Compute the gradients").click().run()
    assert begun.wait(60)
    typed(app, "memory", phrase="bad , not good " * 100)
    asked.set()
    assert ended.wait(60)
    assert [button.label for button in app.button if button.label == "Compute the gradients"]
