"""Classes: what is kept of them, what is taken, and what comes late."""

import csv
import io
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis_server import redis_server

from explorer.classroom import model
from explorer.classroom.model import CODE, LASTS, MOST_REVIEWS, Phase, Refused
from explorer.classroom.places import Classes, opened
from explorer.classroom.redis_store import RedisStore
from explorer.classroom.store import ClassStore

VERDICTS = {"gru": [0.9, 0.1]}
PHONES = [f"{place:032x}" for place in range(100)]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ClassStore]:
    """Classes in a file."""
    kept = ClassStore(tmp_path / "classes" / "classes.sqlite3")
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Debian's Redis."""
    with redis_server(tmp_path_factory.mktemp("redis")) as address:
        yield address


@pytest.fixture(params=["file", "redis"])
def store(request: pytest.FixtureRequest) -> Iterator[Classes]:
    """Classes in either place."""
    if request.param == "file":
        yield request.getfixturevalue("file")
        return
    kept = RedisStore(request.getfixturevalue("database"))
    yield kept
    kept.client.flushall()
    kept.close()


@pytest.fixture
def code(store: Classes) -> str:
    return store.begin("secret")


def asked(store: Classes, code: str) -> None:
    store.ask(code, store.state(code).questions + 1, ("good, not bad", "bad, not good"), VERDICTS)


def test_a_class_begins_without_a_question(store: Classes, code: str) -> None:
    assert CODE.fullmatch(code)
    state = store.state(code)
    assert (state.question, state.answered, state.questions, state.reviews) == (None, 0, 0, 0)
    assert store.owns(code, "secret")
    assert not store.owns(code, "another")
    assert not store.owns("ABCDE" if code != "ABCDE" else "EDCBA", "secret")


def test_every_change_that_can_be_seen_is_another_version(store: Classes, code: str) -> None:
    versions = [store.version(code)]
    for change in (
        lambda: asked(store, code),
        lambda: store.answer(code, 1, PHONES[0], (0.2, 0.8)),
        lambda: store.put_phase(code, Phase.LOCKED),
        lambda: store.put_phase(code, Phase.REVEALED),
        lambda: store.hand_in(code, PHONES[0], "a fine film"),
        lambda: store.remove_review(code, store.reviews(code)[0][0]),
        lambda: store.clear(code),
        lambda: asked(store, code),
        lambda: store.show(code, 1),
    ):
        change()
        versions.append(store.version(code))
    assert versions == sorted(set(versions))


def test_a_later_answer_of_a_phone_takes_the_place_of_its_first(store: Classes, code: str) -> None:
    asked(store, code)
    store.answer(code, 1, PHONES[0], (0.2, 0.8))
    store.answer(code, 1, PHONES[1], (0.3, 0.3))
    store.answer(code, 1, PHONES[0], (0.9, 0.1))
    assert store.answers(code, 1) == [[0.3, 0.3], [0.9, 0.1]]
    assert store.state(code).answered == 2


@pytest.mark.parametrize("phase", [Phase.LOCKED, Phase.REVEALED])
def test_a_closed_question_takes_no_answers(store: Classes, code: str, phase: Phase) -> None:
    asked(store, code)
    store.answer(code, 1, PHONES[0], (0.2, 0.8))
    store.put_phase(code, phase)
    with pytest.raises(Refused, match="no more answers") as refused:
        store.answer(code, 1, PHONES[0], (0.5, 0.5))
    assert refused.value.status == 409
    assert store.answers(code, 1) == [[0.2, 0.8]]


def test_a_late_answer_is_to_no_other_question(store: Classes, code: str) -> None:
    asked(store, code)
    store.ask(code, 2, ("dull",), {"gru": [0.1]})
    with pytest.raises(Refused, match="over"):
        store.answer(code, 1, PHONES[0], (0.2, 0.8))
    with pytest.raises(Refused, match="number for each text"):
        store.answer(code, 2, PHONES[0], (0.2, 0.8))
    assert store.answers(code, 1) == store.answers(code, 2) == []


def test_back_and_next_keep_answers_and_what_was_revealed(store: Classes, code: str) -> None:
    asked(store, code)
    store.answer(code, 1, PHONES[0], (0.2, 0.8))
    store.put_phase(code, Phase.REVEALED)
    store.ask(code, 2, ("dull",), {"gru": [0.1]})
    shown = [(3, 2, Phase.OPEN), (1, 1, Phase.REVEALED), (0, 1, Phase.REVEALED), (2, 2, Phase.OPEN)]
    for asked_for, number, phase in shown:
        store.show(code, asked_for)
        question = store.state(code).question
        assert question is not None
        assert (question.number, question.phase) == (number, phase)
    store.show(code, 1)
    assert store.state(code).answered == 1
    store.clear(code)
    state = store.state(code)
    assert state.question is not None
    assert (state.answered, state.question.phase) == (0, Phase.OPEN)


def test_nothing_is_left_of_a_class_that_has_ended(store: Classes, code: str) -> None:
    store.ask(code, 1, ("my own sentence",), {"gru": [0.5]})
    store.answer(code, 1, PHONES[77], (0.25,))
    store.hand_in(code, PHONES[77], "what nobody may read")
    other = store.begin("other")
    store.end(code)
    assert store.version(code) is None
    with pytest.raises(Refused, match="no class with this code") as refused:
        store.state(code)
    assert refused.value.status == 404
    assert store.version(other) is not None
    traces = ("my own sentence", PHONES[77], "what nobody may read")
    if isinstance(store, RedisStore):
        keys = store.client.keys("*")
        assert [key for key in keys if code in key] == []
        return
    assert isinstance(store, ClassStore)
    store.close()  # which writes all into the one file
    kept = b"".join(path.read_bytes() for path in store.file.parent.iterdir())
    for trace in traces:
        assert trace.encode() not in kept


def test_a_class_in_a_file_is_over_after_four_hours(file: ClassStore) -> None:
    code = file.begin("secret", now=1000.0)
    assert file.version(code, now=1000.0 + LASTS) is not None
    assert file.version(code, now=1001.0 + LASTS) is None
    with pytest.raises(Refused):
        file.state(code)
    file.begin("next")
    with sqlite3.connect(file.file) as connection:
        assert connection.execute("select count(*) from classes where code = ?", (code,)).fetchone() == (0,)
    connection.close()


def test_a_class_in_redis_is_over_after_four_hours(database: str) -> None:
    kept = RedisStore(database)
    code = kept.begin("secret")
    asked(kept, code)
    kept.answer(code, 1, PHONES[0], (0.2, 0.8))
    kept.hand_in(code, PHONES[0], "a fine film")
    assert {LASTS - 60 < kept.client.ttl(key) <= LASTS for key in kept.client.keys(f"*{code}*")} == {True}
    kept.client.delete(f"explorer:class:{code}")  # as Redis does
    assert kept.version(code) is None
    with pytest.raises(Refused):
        kept.state(code)
    kept.close()


def test_the_file_is_for_its_user_alone(file: ClassStore) -> None:
    file.begin("secret")
    assert file.file.stat().st_mode & 0o077 == 0
    assert file.file.parent.stat().st_mode & 0o077 == 0


def test_the_environment_names_the_place(tmp_path: Path) -> None:
    named = opened({"EXPLORER_STORE": str(tmp_path / "a.sqlite3")})
    assert isinstance(named, ClassStore)
    assert named.file == tmp_path / "a.sqlite3"
    assert isinstance(opened({"EXPLORER_STORE": "redis://localhost:1"}), RedisStore)
    assert isinstance(opened({}), ClassStore)


def test_what_one_phone_hands_in_is_limited(store: Classes, code: str) -> None:
    for place in range(MOST_REVIEWS):
        store.hand_in(code, PHONES[0], f"review {place}")
    with pytest.raises(Refused, match="wait for the teacher"):
        store.hand_in(code, PHONES[0], "one more")
    store.hand_in(code, PHONES[1], "of another phone")
    store.remove_review(code, store.reviews(code)[0][0])
    store.hand_in(code, PHONES[0], "now")
    assert [review for _number, review in store.reviews(code)] == ["review 1", "review 2", "of another phone", "now"]


def test_threads_and_processes_lose_no_answer_and_count_none_twice(
    store: Classes, code: str, request: pytest.FixtureRequest
) -> None:
    asked(store, code)
    place = str(store.file) if isinstance(store, ClassStore) else request.getfixturevalue("database")
    line = (
        "import sys; from explorer.classroom.places import opened\n"
        "store = opened({'EXPLORER_STORE': sys.argv[1]})\n"
        "for place in range(50, 100):\n"
        "    for again in range(2): store.answer(sys.argv[2], 1, f'{place:032x}', (0.5, place / 100))"
    )
    other = subprocess.Popen([sys.executable, "-c", line, place, code])

    def answer(phones: list[str]) -> None:
        for phone in phones:
            store.answer(code, 1, phone, (0.5, int(phone, 16) / 100))

    threads = [threading.Thread(target=answer, args=(PHONES[place:50:4],)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.wait(60) == 0
    assert [values[1] for values in store.answers(code, 1)] == [place / 100 for place in range(100)]


def test_the_table_has_a_row_an_answer_and_tells_of_no_phone(store: Classes, code: str) -> None:
    asked(store, code)
    store.answer(code, 1, PHONES[7], (0.2, 0.8))
    store.answer(code, 1, PHONES[5], (0.25, 1))
    store.ask(code, 2, ("dull",), {"gru": [0.1]})
    store.answer(code, 2, PHONES[7], (0.0,))
    rows = model.table(store.all_answers(code))
    assert rows[1:] == [
        [1, "good, not bad", "bad, not good", 1, 0.25, 1],
        [1, "good, not bad", "bad, not good", 2, 0.2, 0.8],
        [2, "dull", "", 2, 0.0, ""],
    ]
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    assert len({len(row) for row in csv.reader(io.StringIO(file.getvalue()))}) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=6,
)


@given(JSON)
def test_whatever_comes_is_taken_as_it_should_be_or_refused(found: object) -> None:
    for check in (model.checked_texts, model.checked_answer, model.checked_review, model.checked_phone):
        with suppress(Refused):
            taken = check(found)
            assert taken
            if check is model.checked_answer:
                assert all(0 <= value <= 1 for value in taken)
            else:
                assert all(isinstance(text, str) and text.strip() == text != "" for text in taken)
