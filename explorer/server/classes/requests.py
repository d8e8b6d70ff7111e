"""The requests of a class: what its teacher does, and what its phones send."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from explorer.classroom import model
from explorer.classroom.model import CODE, Phase, Refused
from explorer.classroom.places import faults
from explorer.core.repairs import WeightsError
from explorer.messages import _
from explorer.server.classes import place
from explorer.server.classes.events import events, look
from explorer.server.classes.rates import Rate

MOST_BYTES = 40_000  # of a body
GUESSES = 30  # wrong codes a minute from one address
ANSWERS = 60  # messages a minute from one phone
STARTED = 30  # classes a minute that one address may start
HEADERS = {"Cache-Control": "no-store"}
STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would keep events back
GUESSED, ANSWERED, BEGUN = Rate(GUESSES), Rate(ANSWERS), Rate(STARTED)

Handler = Callable[[Request], Awaitable[Response]]


def answering(handler: Handler) -> Handler:
    """A handler that answers with a sentence and its status where a class refuses something."""

    @wraps(handler)
    async def reply(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return JSONResponse({"error": refused.reason}, refused.status, HEADERS)
        except WeightsError as error:
            return JSONResponse({"error": str(error)}, 503, HEADERS)
        except faults():
            return JSONResponse({"error": _("The place where classes are kept does not answer.")}, 503, HEADERS)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it

    return reply


async def body(request: Request) -> dict[str, Any]:
    """The body, a JSON object. Raises Refused."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise Refused(413, _("This is too long."))
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        raise Refused(400, _("This is not JSON.")) from None
    if not isinstance(found, dict):
        raise Refused(400, _("This is not JSON."))
    return found


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _code(request: Request) -> str:
    """The code in the address, of a class that there is. Raises Refused; who guesses codes has to wait."""
    code = str(request.path_params["code"]).upper()
    address = _address(request)
    if GUESSED.spent(address):
        raise Refused(429, _("Too many wrong codes. Wait a minute, then look at the code again."))
    if not CODE.fullmatch(code) or await asyncio.to_thread(place.store().version, code) is None:
        GUESSED.count(address)
        raise Refused(404, _("There is no class with this code. It may be over."))
    return code


async def _own(request: Request) -> str:
    """The same for the teacher of the class, who says its secret. Raises Refused."""
    code = await _code(request)
    secret = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not await asyncio.to_thread(place.store().owns, code, secret):
        GUESSED.count(_address(request))
        raise Refused(403, _("This browser has not started this class."))
    return code


@answering
async def begin(request: Request) -> Response:
    """POST class: a new class, {"code", "secret"}. The secret is told once, to the teacher's browser."""
    if BEGUN.spent(_address(request)):
        raise Refused(429, _("Too many classes were started. Wait a minute."))
    BEGUN.count(_address(request))
    secret = secrets.token_urlsafe(24)
    code = await asyncio.to_thread(place.store().begin, secret)
    return JSONResponse({"code": code, "secret": secret}, 201, HEADERS)


@answering
async def exists(request: Request) -> Response:
    """GET class/CODE: whether there is such a class."""
    await _code(request)
    return Response(status_code=204, headers=HEADERS)


@answering
async def stream(request: Request) -> Response:
    """GET class/CODE/events."""
    return StreamingResponse(events(await _code(request)), media_type="text/event-stream", headers=STREAM)


@answering
async def answer(request: Request) -> Response:
    """POST class/CODE/answers: {"phone", "number", "answer": [P, …]}."""
    code, found = await _code(request), await body(request)
    phone = _phone(found)
    values, number = model.checked_answer(found.get("answer")), found.get("number")
    if not isinstance(number, int):
        raise Refused(400, _("An answer is to a question."))
    await asyncio.to_thread(place.store().answer, code, number, phone, values)
    return Response(status_code=204, headers=HEADERS)


@answering
async def hand_in(request: Request) -> Response:
    """POST class/CODE/reviews: {"phone", "review"}."""
    code, found = await _code(request), await body(request)
    phone = _phone(found)
    await asyncio.to_thread(place.store().hand_in, code, phone, model.checked_review(found.get("review")))
    return Response(status_code=204, headers=HEADERS)


def _phone(found: dict[str, Any]) -> str:
    """Who sends this. Raises Refused for one that sends too much."""
    phone = model.checked_phone(found.get("phone"))
    if ANSWERED.spent(phone):
        raise Refused(429, _("That was a lot at once. Wait a minute."))
    ANSWERED.count(phone)
    return phone


@answering
async def steer(request: Request) -> Response:
    """POST class/CODE: {"do": "ask", "number", "texts"}, {"do": "show", "number"}, {"do": "remove", "review"}, a step.

    All of it names what is meant, so that what arrives twice counts once.
    """
    code, found = await _own(request), await body(request)
    do, number = found.get("do"), found.get("number")
    if do == "ask" and isinstance(number, int):
        texts = model.checked_texts(found.get("texts"))
        await asyncio.to_thread(_ask, code, number, texts)
    elif do == "show" and isinstance(number, int):
        await asyncio.to_thread(place.store().show, code, number)
    elif do == "remove" and isinstance(found.get("review"), int):
        await asyncio.to_thread(place.store().remove_review, code, found["review"])
    elif isinstance(do, str) and do in STEPS:
        await asyncio.to_thread(STEPS[do], code)
    else:
        raise Refused(400, _("A class cannot do this."))
    await look(code)
    return Response(status_code=204, headers=HEADERS)


STEPS: dict[str, Callable[[str], None]] = {
    "lock": lambda code: place.store().put_phase(code, Phase.LOCKED),
    "open": lambda code: place.store().put_phase(code, Phase.OPEN),
    "reveal": lambda code: place.store().put_phase(code, Phase.REVEALED),
    "clear": lambda code: place.store().clear(code),
    "end": lambda code: place.store().end(code),
}


def _ask(code: str, number: int, texts: tuple[str, ...]) -> None:
    place.store().ask(code, number, texts, verdicts(texts))


def verdicts(texts: tuple[str, ...]) -> dict[str, list[float] | None]:
    """P(positive) of each text by model, None where a text has no word. Raises WeightsError."""
    from explorer.core.checkpoints import load
    from explorer.networks.registry import names
    from explorer.views.duel.answers import answer as answered

    models = [load(name) for name in names()]
    given = [answered(text, models) for text in texts]
    if any(answer is None for answer in given):
        return dict.fromkeys(names())
    return {name: [float(answer.ends[name]) for answer in given if answer] for name in names()}


@answering
async def reviews(request: Request) -> Response:
    """GET class/CODE/reviews: what waits for the teacher."""
    found = await asyncio.to_thread(place.store().reviews, await _own(request))
    return JSONResponse([{"number": number, "review": review} for number, review in found], headers=HEADERS)


@answering
async def download(request: Request) -> Response:
    """GET class/CODE/answers: all answers as CSV, for the teacher."""
    rows = model.table(await asyncio.to_thread(place.store().all_answers, await _own(request)))
    file = io.StringIO()
    csv.writer(file).writerows([[_harmless(cell) for cell in row] for row in rows])
    return Response(file.getvalue(), media_type="text/csv", headers=HEADERS)


def _harmless(cell: str | float) -> str | float:
    """A text that a spreadsheet does not take for a formula.

    >>> _harmless("=1+1"), _harmless("good"), _harmless(0.5)
    ("'=1+1", 'good', 0.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
