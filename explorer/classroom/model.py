"""What a class is: a code to join with, one question after the other, and an answer per phone and question."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from explorer.messages import _

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which are read as 1 and 0 from the back row
LENGTH = 5  # letters of a code: 24⁵, about 8 million codes
LASTS = 4 * 60 * 60  # seconds that a class left open lasts
LONGEST_TEXT = 2_000  # characters of a question's text
LONGEST_REVIEW = 300  # characters of what a phone hands in
MOST_QUESTIONS = 100  # of a class
MOST_PHONES = 500  # that answer in a class
MOST_REVIEWS = 3  # of one phone that wait for the teacher
CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
PHONE = re.compile(r"[0-9a-f]{32}")  # what a phone calls itself: random, and of one class


class Phase(StrEnum):
    """Where a question stands. Answers are taken while it is open, and shown once it is revealed."""

    OPEN = "open"
    LOCKED = "locked"
    REVEALED = "revealed"


class Refused(ValueError):
    """What a class does not take: a sentence that says why, and the HTTP status that means it."""

    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class Question:
    """One or two texts; `verdicts`: P(positive) of each text by model, None for a text without a word."""

    number: int  # 1 for the first of a class
    texts: tuple[str, ...]
    verdicts: dict[str, list[float] | None]
    phase: Phase


@dataclass(frozen=True)
class State:
    """A class as it is now. `version` grows with every change that its phones or its teacher can see."""

    version: int
    questions: int
    question: Question | None
    answered: int  # phones that have answered the question
    reviews: int  # that wait for the teacher


def no_class() -> Refused:
    """Why nothing can be done with a class."""
    return Refused(404, _("There is no class with this code. It may be over."))


def full() -> Refused:
    """Why a phone cannot answer any more."""
    return Refused(429, _("This class is full."))


def too_many_reviews() -> Refused:
    """Why a phone cannot hand in any more."""
    return Refused(429, _("Your reviews wait for the teacher. Hand in another one later."))


def closed(question: Question | None, number: int, values: Sequence[float]) -> Refused | None:
    """Why these values cannot answer question `number` while all see `question`; None if they can."""
    if question is None or number != question.number:
        return Refused(409, _("This question is over. Here comes the next one."))
    if question.phase is not Phase.OPEN:
        return Refused(409, _("This question takes no more answers."))
    if len(values) != len(question.texts):
        return Refused(400, _("An answer has a number for each text."))
    return None


def checked_number(number: int, count: int) -> None:
    """Raises Refused if question `number` cannot follow on `count` questions."""
    if not 1 <= number <= count + 1:
        raise Refused(409, _("Another question was asked meanwhile."))
    if number > MOST_QUESTIONS:
        raise Refused(409, _("A class has at most {count} questions.").format(count=MOST_QUESTIONS))


def new_code() -> str:
    """A code that nobody can foresee."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def digest(secret: str) -> str:
    """What is kept of a teacher's secret: not the secret itself."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def checked_texts(found: Any) -> tuple[str, ...]:
    """The texts of a question. Raises Refused."""
    if not isinstance(found, list) or not 1 <= len(found) <= 2 or not all(isinstance(text, str) for text in found):
        raise Refused(400, _("A question has one or two texts."))
    texts = tuple(" ".join(text.split()) for text in found)
    if not all(texts):
        raise Refused(400, _("Type a sentence first."))
    if max(map(len, texts)) > LONGEST_TEXT:
        raise Refused(413, _("A text of a question has at most {count} characters.").format(count=LONGEST_TEXT))
    return texts


def checked_answer(found: Any) -> tuple[float, ...]:
    """P(positive) of each text as a phone says it, 0…1. Raises Refused."""
    if not isinstance(found, list) or not 1 <= len(found) <= 2:
        raise Refused(400, _("An answer has a number for each text."))
    if not all(isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 for value in found):
        raise Refused(400, _("An answer is a number from 0 to 1."))
    return tuple(round(float(value), 4) for value in found)


def checked_review(found: Any) -> str:
    """What a phone hands in. Raises Refused."""
    review = " ".join(found.split()) if isinstance(found, str) else ""
    if not review:
        raise Refused(400, _("Type a sentence first."))
    if len(review) > LONGEST_REVIEW:
        raise Refused(413, _("A review has at most {count} characters.").format(count=LONGEST_REVIEW))
    return review


def checked_phone(found: Any) -> str:
    """What a phone calls itself. Raises Refused."""
    if not isinstance(found, str) or not PHONE.fullmatch(found):
        raise Refused(400, _("This phone has no name of its own. Reload the page."))
    return found


def table(answers: Sequence[tuple[Question, Sequence[tuple[int, Sequence[float]]]]]) -> list[list[str | float]]:
    """All answers as rows for a spreadsheet, with a head; phones are numbered, in no order that tells who they are."""
    rows: list[list[str | float]] = [["question", "text A", "text B", "phone", "answer A", "answer B"]]
    for question, given in answers:
        a, b = (*question.texts, "")[:2]
        for phone, values in given:
            rows.append([question.number, a, b, phone, *values, *[""] * (2 - len(values))])
    return rows
