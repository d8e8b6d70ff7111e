"""The store: one computation for many who ask at once, and a bound in bytes."""

from concurrent.futures import ThreadPoolExecutor
from sys import getsizeof
from threading import Event

import numpy as np
import pytest

from explorer import load, trace
from explorer.core.store import OVERHEAD, Store, size
from explorer.reading.reading import read


def test_many_who_ask_at_once_get_what_was_made_once() -> None:
    store: Store[object] = Store(10_000)
    begun, go, made = Event(), Event(), []

    def make() -> object:
        begun.set()
        go.wait(30)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(store.get, "question", make) for _ in range(8)]
        assert begun.wait(30)
        go.set()
        answers = [each.result(30) for each in asked]
    assert len(made) == 1
    assert all(answer is made[0] for answer in answers)


def test_who_gives_up_leaves_the_question_to_the_next() -> None:
    store: Store[str] = Store(10_000)
    begun, go = Event(), Event()

    def gives_up() -> str:
        begun.set()
        go.wait(30)
        raise LookupError("typed on")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.get, "question", gives_up)
        assert begun.wait(30)
        second = pool.submit(store.get, "question", lambda: "answer")
        go.set()
        assert second.result(30) == "answer"
        with pytest.raises(LookupError):
            first.result(30)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    store: Store[bytes] = Store(3 * (OVERHEAD + 1000 + getsizeof("a")), len)
    for key in "abc":
        store.put(key, bytes(1000))
    store.find("a")
    store.put("d", bytes(1000))
    assert [key for key in "abcd" if store.find(key) is not None] == ["a", "c", "d"]
    assert store.bytes <= store.most


def test_what_is_too_large_is_given_but_not_kept() -> None:
    store: Store[bytes] = Store(100, len)
    assert store.get("large", lambda: bytes(1000)) == bytes(1000)
    assert (len(store), store.bytes) == (0, 0)


def test_the_texts_of_questions_count() -> None:
    text = "x" * 9_000
    for key in (text, ("question", text), (load("gru"), read(text, load("gru").vocabulary))):
        store: Store[bytes] = Store(100_000, len)
        store.put(key, b"")
        assert 9_000 < store.bytes < 10_000


def test_the_same_key_put_twice_counts_once() -> None:
    store: Store[bytes] = Store(10_000, len)
    store.put("a", bytes(1000))
    store.put("a", bytes(10))
    assert store.bytes == OVERHEAD + 10 + getsizeof("a")
    store.clear()
    assert (len(store), store.bytes) == (0, 0)


def test_a_trace_is_as_large_as_its_arrays_and_little_more() -> None:
    read = trace(load("gru"), "good, not bad")
    arrays = read.belief.nbytes + sum(values.nbytes for values in read.activations.values())
    assert arrays < size(read) < arrays + 10_000
    assert size(np.zeros(0)) == OVERHEAD
