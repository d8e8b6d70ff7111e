"""Classes in Redis, for several servers that share one class and no disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

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

PREFIX = "explorer:class:"
TRIES = 1000  # of a change that others get in the way of; the last one always succeeds for somebody


class RedisStore:
    """All classes in one database, with the methods of `ClassStore`; Redis itself forgets a class after four hours.

    A class is a hash (`secret`, `version`, `current`, `questions`, the last review's number and each question), a hash
    of answers for each question, and a hash of reviews.
    """

    def __init__(self, url: str):
        """`url`: redis://, rediss:// or unix://. Raises ImportError without the package `redis`."""
        from redis import Redis

        self.client = Redis.from_url(url, decode_responses=True)

    def close(self) -> None:
        """Close all connections; the next call opens one."""
        self.client.close()

    def begin(self, secret: str) -> str:
        """A new class for the one who has this secret; its code."""
        while True:
            code = new_code()
            if self.client.hsetnx(PREFIX + code, "secret", digest(secret)):
                with self.client.pipeline() as pipeline:
                    pipeline.hset(PREFIX + code, mapping={"version": "1", "current": "0", "questions": "0"})
                    pipeline.expire(PREFIX + code, LASTS)
                    pipeline.execute()
                return code

    def version(self, code: str) -> int | None:
        """The version of a class, None if there is none."""
        found = self.client.hget(PREFIX + code, "version")
        return int(found) if found else None

    def owns(self, code: str, secret: str) -> bool:
        """Whether the class is the one of this secret."""
        return self.client.hget(PREFIX + code, "secret") == digest(secret)

    def state(self, code: str) -> State:
        """The class as it is now."""
        held = self._held(code)
        question = _question(held, int(held["current"]))
        answered = self.client.hlen(_answers(code, question.number)) if question else 0
        return State(int(held["version"]), int(held["questions"]), question, answered, self.client.hlen(_reviews(code)))

    def ask(self, code: str, number: int, texts: Sequence[str], verdicts: Mapping[str, Sequence[float] | None]) -> None:
        """Question `number`, one more than there are, which all see from now on; one that is there stays as it is."""

        def change(held: dict[str, str], pipeline: Any) -> None:
            count = int(held["questions"])
            checked_number(number, count)
            if number > count:
                question = json.dumps({"texts": texts, "verdicts": verdicts, "phase": Phase.OPEN})
                fields = {f"question:{number}": question, "questions": number, "current": number}
                pipeline.hset(PREFIX + code, mapping=fields)

        self._change(code, change)

    def show(self, code: str, number: int) -> None:
        """Go to a question; nothing where there is none of this number."""

        def change(held: dict[str, str], pipeline: Any) -> None:
            if 1 <= number <= int(held["questions"]):
                pipeline.hset(PREFIX + code, "current", number)

        self._change(code, change)

    def put_phase(self, code: str, phase: Phase) -> None:
        """Open, lock or reveal the question."""
        self._change(code, lambda held, pipeline: _put_phase(code, held, pipeline, phase))

    def clear(self, code: str) -> None:
        """The question as if nobody had answered it."""

        def change(held: dict[str, str], pipeline: Any) -> None:
            _put_phase(code, held, pipeline, Phase.OPEN)
            pipeline.delete(_answers(code, int(held["current"])))

        self._change(code, change)

    def answer(self, code: str, number: int, phone: str, values: Sequence[float]) -> None:
        """The answer of a phone, in the place of the one it gave before, if any. Raises Refused."""
        place = _answers(code, number)

        def change(held: dict[str, str], pipeline: Any) -> None:
            if refused := closed(_question(held, int(held["current"])), number, values):
                raise refused
            if self.client.hlen(place) >= MOST_PHONES and not self.client.hexists(place, phone):
                raise full()
            pipeline.hset(place, phone, json.dumps(values))
            pipeline.expire(place, LASTS)

        self._change(code, change)

    def answers(self, code: str, number: int) -> list[list[float]]:
        """All answers to a question, in the order of their size, which tells nothing of who gave them."""
        return sorted(json.loads(answer) for answer in self.client.hvals(_answers(code, number)))

    def all_answers(self, code: str) -> list[tuple[Question, list[tuple[int, list[float]]]]]:
        """All questions with their answers; a phone has one number in all of them."""
        held = self._held(code)
        questions = [_question(held, number) for number in range(1, int(held["questions"]) + 1)]
        given = [self.client.hgetall(_answers(code, question.number)) for question in questions if question]
        places = {phone: place for place, phone in enumerate(sorted({phone for each in given for phone in each}), 1)}
        return [
            (question, sorted((places[phone], json.loads(answer)) for phone, answer in each.items()))
            for question, each in zip(questions, given, strict=True)
            if question
        ]

    def hand_in(self, code: str, phone: str, review: str) -> None:
        """A review that waits for the teacher. Raises Refused where too many of this phone wait."""
        place = _reviews(code)

        def change(held: dict[str, str], pipeline: Any) -> None:
            waiting = [json.loads(value)[0] for value in self.client.hvals(place)]
            if waiting.count(phone) >= MOST_REVIEWS or len(waiting) >= MOST_PHONES:
                raise too_many_reviews()
            number = int(held.get("review", 0)) + 1
            pipeline.hset(PREFIX + code, "review", number)
            pipeline.hset(place, str(number), json.dumps([phone, review]))
            pipeline.expire(place, LASTS)

        self._change(code, change)

    def reviews(self, code: str) -> list[tuple[int, str]]:
        """What waits for the teacher, with numbers to take it by."""
        return sorted(
            (int(number), json.loads(value)[1]) for number, value in self.client.hgetall(_reviews(code)).items()
        )

    def remove_review(self, code: str, number: int) -> None:
        """Take a review away."""
        self._change(code, lambda _held, pipeline: pipeline.hdel(_reviews(code), str(number)))

    def end(self, code: str) -> None:
        """Forget the class and all answers."""
        questions = int(self.client.hget(PREFIX + code, "questions") or 0)
        answers = [_answers(code, number) for number in range(1, questions + 1)]
        self.client.delete(PREFIX + code, _reviews(code), *answers)

    def _held(self, code: str) -> dict[str, str]:
        held = self.client.hgetall(PREFIX + code)
        if "version" not in held:
            raise no_class()
        return {str(name): str(value) for name, value in held.items()}

    def _change(self, code: str, change: Callable[[dict[str, str], Any], object]) -> None:
        """Change a class, all of it or, where another server was quicker, again from what that one left."""
        from redis import WatchError

        for _try in range(TRIES):
            with self.client.pipeline() as pipeline:
                pipeline.watch(PREFIX + code)  # type: ignore[no-untyped-call]
                held = self._held(code)
                pipeline.multi()
                change(held, pipeline)
                pipeline.hincrby(PREFIX + code, "version", 1)
                try:
                    pipeline.execute()
                except WatchError:
                    continue
                return
        raise WatchError(code)


def _answers(code: str, number: int) -> str:
    return f"{PREFIX}{code}:answers:{number}"


def _reviews(code: str) -> str:
    return f"{PREFIX}{code}:reviews"


def _question(held: Mapping[str, str], number: int) -> Question | None:
    found = json.loads(held.get(f"question:{number}", "null"))
    return found and Question(number, tuple(found["texts"]), found["verdicts"], Phase(found["phase"]))


def _put_phase(code: str, held: Mapping[str, str], pipeline: Any, phase: Phase) -> None:
    name = f"question:{held['current']}"
    if name in held:
        pipeline.hset(PREFIX + code, name, json.dumps(json.loads(held[name]) | {"phase": phase}))
