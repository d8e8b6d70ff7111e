"""Where classes are kept, as the environment says: a file of SQLite, or Redis."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from explorer.classroom.model import Phase, Question, State
from explorer.classroom.store import ClassStore, default_file
from explorer.messages import _

VARIABLE = "EXPLORER_STORE"  # redis://host:6379, or the path of a file


class Classes(Protocol):
    """What both places can do; `ClassStore` says what each of it means."""

    def close(self) -> None: ...
    def begin(self, secret: str) -> str: ...
    def version(self, code: str) -> int | None: ...
    def owns(self, code: str, secret: str) -> bool: ...
    def state(self, code: str) -> State: ...
    def ask(
        self, code: str, number: int, texts: Sequence[str], verdicts: Mapping[str, Sequence[float] | None]
    ) -> None: ...
    def show(self, code: str, number: int) -> None: ...
    def put_phase(self, code: str, phase: Phase) -> None: ...
    def clear(self, code: str) -> None: ...
    def answer(self, code: str, number: int, phone: str, values: Sequence[float]) -> None: ...
    def answers(self, code: str, number: int) -> list[list[float]]: ...
    def all_answers(self, code: str) -> list[tuple[Question, list[tuple[int, list[float]]]]]: ...
    def hand_in(self, code: str, phone: str, review: str) -> None: ...
    def reviews(self, code: str) -> list[tuple[int, str]]: ...
    def remove_review(self, code: str, number: int) -> None: ...
    def end(self, code: str) -> None: ...


def opened(environment: Mapping[str, str] = os.environ) -> Classes:
    """The place that the environment names. Raises SystemExit with one line where it cannot be."""
    place = environment.get(VARIABLE, "")
    if not place.startswith(("redis://", "rediss://", "unix://")):
        return ClassStore(Path(place) if place else default_file())
    from explorer.classroom.redis_store import RedisStore

    try:
        return RedisStore(place)
    except ImportError:
        raise SystemExit(_("{variable} names Redis: pip install redis").format(variable=VARIABLE)) from None


def faults() -> tuple[type[Exception], ...]:
    """What is raised where a place cannot be used now."""
    if "redis" not in sys.modules:  # it is imported where it is asked for
        return sqlite3.Error, OSError
    from redis import RedisError

    return sqlite3.Error, OSError, RedisError
