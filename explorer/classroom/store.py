"""Where classes are kept: in SQLite, so that a class outlives its server, and several servers of a machine share it."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import time

from explorer.classroom.model import (
    LASTS,
    MOST_PHONES,
    MOST_REVIEWS,
    Phase,
    Question,
    State,
    checked_number,
    closed,
    digest,
    full,
    new_code,
    no_class,
    too_many_reviews,
)

TABLES = """
create table if not exists classes (
    code text primary key, secret text not null, begun real not null,
    version integer not null default 1, current integer not null default 0
) without rowid;
create table if not exists questions (
    code text not null references classes on delete cascade, number integer not null,
    texts text not null, verdicts text not null, phase text not null,
    primary key (code, number)
) without rowid;
create table if not exists answers (
    code text not null references classes on delete cascade, number integer not null,
    phone text not null, answer text not null,
    primary key (code, number, phone)
) without rowid;
create table if not exists reviews (
    id integer primary key, code text not null references classes on delete cascade,
    phone text not null, review text not null
);
"""


def default_file() -> Path:
    """A file of this user's in the system's temporary folder."""
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return Path(tempfile.gettempdir()) / f"recurrent-network-explorer-{user}" / "classes.sqlite3"


class ClassStore:
    """All classes in one file. Each method is a transaction; Refused, 404, where there is no such class."""

    def __init__(self, file: Path):
        self.file = file
        self._lock = Lock()  # one connection for all threads
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection = self._connection or self._open()
            connection = self._connection
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _open(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file.touch(mode=0o600)
        connection = sqlite3.connect(self.file, isolation_level=None, check_same_thread=False, timeout=10)
        connection.executescript("pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on;")
        connection.executescript(f"pragma foreign_keys = on; {TABLES}")
        return connection

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def begin(self, secret: str, now: float | None = None) -> str:
        """A new class for the one who has this secret; its code. Classes that are over are forgotten."""
        now = time() if now is None else now
        with self._transaction() as connection:
            connection.execute("delete from classes where begun < ?", (now - LASTS,))
            while True:
                code = new_code()
                row = (code, digest(secret), now)
                try:
                    connection.execute("insert into classes (code, secret, begun) values (?, ?, ?)", row)
                except sqlite3.IntegrityError:
                    continue  # the code is taken
                return code

    def version(self, code: str, now: float | None = None) -> int | None:
        """The version of a class, None if there is none, or if it has lasted too long."""
        now = time() if now is None else now
        with self._transaction() as connection:
            row = connection.execute(
                "select version from classes where code = ? and begun >= ?", (code, now - LASTS)
            ).fetchone()
            return int(row[0]) if row else None

    def owns(self, code: str, secret: str) -> bool:
        """Whether the class is the one of this secret."""
        with self._transaction() as connection:
            found = connection.execute("select 1 from classes where code = ? and secret = ?", (code, digest(secret)))
            return found.fetchone() is not None

    def state(self, code: str) -> State:
        """The class as it is now."""
        with self._transaction() as connection:
            version, current = _class(connection, code)
            count = connection.execute("select count(*) from questions where code = ?", (code,)).fetchone()[0]
            reviews = connection.execute("select count(*) from reviews where code = ?", (code,)).fetchone()[0]
            question = _question(connection, code, current) if current else None
            answered = connection.execute(
                "select count(*) from answers where code = ? and number = ?", (code, current)
            ).fetchone()[0]
            return State(version, count, question, answered, reviews)

    def ask(self, code: str, number: int, texts: Sequence[str], verdicts: Mapping[str, Sequence[float] | None]) -> None:
        """Question `number`, one more than there are, which all see from now on.

        One that is there already stays as it is: a proxy may send the same twice.
        """
        with self._transaction() as connection:
            _class(connection, code)
            count = connection.execute("select count(*) from questions where code = ?", (code,)).fetchone()[0]
            checked_number(number, count)
            if number > count:
                row = (code, number, json.dumps(texts), json.dumps(verdicts), Phase.OPEN)
                connection.execute("insert into questions values (?, ?, ?, ?, ?)", row)
                connection.execute("update classes set current = ? where code = ?", (number, code))
                _changed(connection, code)

    def show(self, code: str, number: int) -> None:
        """Go to a question; nothing where there is none of this number."""
        with self._transaction() as connection:
            _class(connection, code)
            if connection.execute("select 1 from questions where code = ? and number = ?", (code, number)).fetchone():
                connection.execute("update classes set current = ? where code = ?", (number, code))
                _changed(connection, code)

    def put_phase(self, code: str, phase: Phase) -> None:
        """Open, lock or reveal the question."""
        with self._transaction() as connection:
            _version, current = _class(connection, code)
            connection.execute("update questions set phase = ? where code = ? and number = ?", (phase, code, current))
            _changed(connection, code)

    def clear(self, code: str) -> None:
        """The question as if nobody had answered it."""
        with self._transaction() as connection:
            _version, current = _class(connection, code)
            connection.execute("delete from answers where code = ? and number = ?", (code, current))
            connection.execute(
                "update questions set phase = ? where code = ? and number = ?", (Phase.OPEN, code, current)
            )
            _changed(connection, code)

    def answer(self, code: str, number: int, phone: str, values: Sequence[float]) -> None:
        """The answer of a phone, in the place of the one it gave before, if any.

        Raises Refused for a question that is another one by now (409), or takes no answers any more (409), and for one
        phone too many (429).
        """
        with self._transaction() as connection:
            _version, current = _class(connection, code)
            question = _question(connection, code, current) if current else None
            if refused := closed(question, number, values):
                raise refused
            _room(connection, code, number, phone)
            connection.execute(
                "insert or replace into answers values (?, ?, ?, ?)", (code, number, phone, json.dumps(values))
            )
            _changed(connection, code)

    def answers(self, code: str, number: int) -> list[list[float]]:
        """All answers to a question, in the order of their size, which tells nothing of who gave them."""
        with self._transaction() as connection:
            rows = connection.execute("select answer from answers where code = ? and number = ?", (code, number))
            return sorted(json.loads(row[0]) for row in rows)

    def all_answers(self, code: str) -> list[tuple[Question, list[tuple[int, list[float]]]]]:
        """All questions with their answers; a phone has one number in all of them."""
        with self._transaction() as connection:
            _class(connection, code)
            phones = connection.execute("select distinct phone from answers where code = ? order by phone", (code,))
            number = {row[0]: place for place, row in enumerate(phones, 1)}
            count = connection.execute("select count(*) from questions where code = ?", (code,)).fetchone()[0]
            return [
                (
                    _question(connection, code, place),
                    sorted(
                        (number[phone], json.loads(answer))
                        for phone, answer in connection.execute(
                            "select phone, answer from answers where code = ? and number = ?", (code, place)
                        )
                    ),
                )
                for place in range(1, count + 1)
            ]

    def hand_in(self, code: str, phone: str, review: str) -> None:
        """A review that waits for the teacher. Raises Refused where too many of this phone wait."""
        with self._transaction() as connection:
            _class(connection, code)
            waiting = connection.execute(
                "select count(*), count(*) filter (where phone = ?) from reviews where code = ?", (phone, code)
            ).fetchone()
            if waiting[1] >= MOST_REVIEWS or waiting[0] >= MOST_PHONES:
                raise too_many_reviews()
            connection.execute("insert into reviews (code, phone, review) values (?, ?, ?)", (code, phone, review))
            _changed(connection, code)

    def reviews(self, code: str) -> list[tuple[int, str]]:
        """What waits for the teacher, with numbers to take it by."""
        with self._transaction() as connection:
            rows = connection.execute("select id, review from reviews where code = ? order by id", (code,))
            return [(int(number), str(review)) for number, review in rows]

    def remove_review(self, code: str, number: int) -> None:
        """Take a review away."""
        with self._transaction() as connection:
            connection.execute("delete from reviews where code = ? and id = ?", (code, number))
            _changed(connection, code)

    def end(self, code: str) -> None:
        """Forget the class and all answers."""
        with self._transaction() as connection:
            connection.execute("delete from classes where code = ?", (code,))


def _class(connection: sqlite3.Connection, code: str) -> tuple[int, int]:
    """The version of a class, and the number of its question."""
    row = connection.execute(
        "select version, current from classes where code = ? and begun >= ?", (code, time() - LASTS)
    ).fetchone()
    if row is None:
        raise no_class()
    return int(row[0]), int(row[1])


def _question(connection: sqlite3.Connection, code: str, number: int) -> Question:
    texts, verdicts, phase = connection.execute(
        "select texts, verdicts, phase from questions where code = ? and number = ?", (code, number)
    ).fetchone()
    return Question(number, tuple(json.loads(texts)), json.loads(verdicts), Phase(phase))


def _changed(connection: sqlite3.Connection, code: str) -> None:
    connection.execute("update classes set version = version + 1 where code = ?", (code,))


def _room(connection: sqlite3.Connection, code: str, number: int, phone: str) -> None:
    """Raises Refused where as many phones as there may be have answered."""
    count, own = connection.execute(
        "select count(*), count(*) filter (where phone = ?) from answers where code = ? and number = ?",
        (phone, code, number),
    ).fetchone()
    if count >= MOST_PHONES and not own:
        raise full()
