"""POST answers: what all models say of up to two texts, at every key, as one packet.

The body is JSON: {"texts": [a, b], "model": name}. POST keeps what visitors type out of addresses and logs. Nothing is
computed in the event loop, and nothing for a visitor who has gone or typed on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from explorer.core.repairs import WeightsError
from explorer.core.store import Store
from explorer.messages import _
from explorer.networks.registry import names
from explorer.server.packet import pack
from explorer.views.duel import packets
from explorer.views.duel.answers import Answer, Unwanted, answer

MOST_BYTES = 300_000  # of a body: 50 pages of text, which a fraction of a second is enough for
CACHE_BYTES = 32_000_000  # of the answers that are kept for all visitors
HEADERS = {"Cache-Control": "no-store"}


class Refused(Exception):
    """A body that asks for nothing that can be answered: the status, and a sentence that says why."""

    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class Question:
    """What a body asks for: one or two texts, and the model whose line is chosen."""

    texts: tuple[str, ...]
    model: str


CACHE: Store[Answer | None] = Store(CACHE_BYTES, lambda given: given.size if given else 0)


def asked(body: bytes) -> Question:
    """The question in a body. Raises Refused."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, _("This is not JSON.")) from None
    if not isinstance(found, dict) or set(found) != {"texts", "model"}:
        raise Refused(400, _("The question must have “texts” and “model”, and nothing else."))
    texts, model = found["texts"], found["model"]
    if not isinstance(texts, list) or not 1 <= len(texts) <= 2 or not all(isinstance(text, str) for text in texts):
        raise Refused(400, _("“texts” must be a list of one or two texts."))
    if model not in names():
        raise Refused(400, _("There is no model of this name."))
    return Question(tuple(texts), model)


def packed(question: Question, wanted: Callable[[], bool] = lambda: True) -> bytes:
    """The packet that answers a question. Raises WeightsError, Unwanted."""
    from explorer.core.checkpoints import load

    models = [load(name) for name in names()]
    weights = tuple(models)
    given = [CACHE.get((text, weights), partial(answer, text, models, wanted)) for text in question.texts]
    return pack(*packets.parts(question.texts, given, question.model, packets.about(models)))


async def received(request: Request) -> bytes:
    """The body. Raises Refused as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(413, _("This text is too long. The models read the first 1,000 words."))
    return bytes(body)


async def gone(request: Request) -> None:
    """Returns once the visitor waits no more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def reply(request: Request) -> Response:
    """Answer one question."""
    try:
        question = asked(await received(request))
    except Refused as refused:
        return PlainTextResponse(refused.reason, refused.status, HEADERS)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it
    stop = Event()
    work = asyncio.create_task(asyncio.to_thread(_outcome, question, lambda: not stop.is_set()))
    watch = asyncio.create_task(gone(request))
    await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    watch.cancel()
    return await work


def _outcome(question: Question, wanted: Callable[[], bool]) -> Response:
    try:
        if not wanted():
            raise Unwanted
        return Response(packed(question, wanted), headers=HEADERS, media_type="application/octet-stream")
    except Unwanted:
        return Response(status_code=400)  # nobody reads it
    except WeightsError as error:
        return JSONResponse({"error": str(error)}, 503, HEADERS)


ROUTE = Route("/answers", reply, methods=["POST"])
