"""Classes over HTTP: the two small pages, what the teacher does, what phones answer, and a stream that tells all.

A joining phone loads a page of its own, which is no Streamlit session. Whoever looks at a class holds a stream of
server-sent events (HTML Living Standard, 9.2) open: each event is the whole state of the class, so that a phone that
comes back, after the server died or the Wi-Fi was away, knows all that it needs from the next event on.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import lru_cache, partial
from html import escape
from threading import Event, current_thread, main_thread
from time import monotonic
from types import FrameType
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from explorer.board import assets
from explorer.classroom import model
from explorer.classroom.model import CODE, Phase, Refused, State
from explorer.classroom.places import Classes, faults, opened
from explorer.core.repairs import WeightsError
from explorer.messages import _
from explorer.server.start import start

MOST_BYTES = 40_000  # of a body
LOOK = 0.25  # seconds between two looks at whether another server has changed a class
ALIVE = 15  # seconds after which a stream without news says that it is alive
GUESSES = 30  # wrong codes a minute from one address
ANSWERS = 60  # messages a minute from one phone
STARTED = 30  # classes a minute that one address may start
HEADERS = {"Cache-Control": "no-store"}
STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would keep events back

PAGES = {"class": ("classroom/teacher.js", _("Your class")), "join": ("classroom/phone.js", _("Join a class"))}


@lru_cache(maxsize=1)
def store() -> Classes:
    """The classes of this server, and of others that share its file or its Redis."""
    return opened()


class Rate:
    """How often something was done of late by one who is named; the names are forgotten after a minute."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic):
        self.most, self.clock = most, clock
        self._since, self._counts = clock(), dict[str, int]()

    def spent(self, name: str) -> bool:
        """Whether it was done as often as may be."""
        now = self.clock()
        if now - self._since >= 60:
            self._since, self._counts = now, {}
        return self._counts.get(name, 0) >= self.most

    def count(self, name: str) -> None:
        """It was done once more."""
        self.spent(name)
        self._counts[name] = self._counts.get(name, 0) + 1


GUESSED, ANSWERED, BEGUN = Rate(GUESSES), Rate(ANSWERS), Rate(STARTED)


# -------------------------------------------------------------------------------------------------------- the stream


class Watch:
    """Those who look at one class: its newest event, made once for all of them."""

    def __init__(self) -> None:
        self.news = asyncio.Event()  # of the next change: each has its own, so that all hear of it at once
        self.version: int | None = -1
        self.event = b""
        self.watchers = 0
        self.looking: asyncio.Task[None] | None = None

    def tell(self, version: int | None, event: bytes) -> None:
        """All who look hear of this."""
        self.version, self.event = version, event
        news, self.news = self.news, asyncio.Event()
        news.set()


WATCHES: dict[str, Watch] = {}  # by code, of classes at which somebody looks


async def look(code: str) -> None:
    """Tell those who look at a class what it is now, if it has changed."""
    watch = WATCHES.get(code)
    version = await asyncio.to_thread(store().version, code)
    if watch is None or version == watch.version:
        return
    try:
        event = await asyncio.to_thread(event_of, code)
    except Refused:
        version, event = None, _event({"phase": "ended"})
    watch.tell(version, event)


async def _keep_looking(code: str) -> None:
    while not ENDING.is_set():
        with suppress(*faults()):  # it may be back at the next look
            await look(code)
        await asyncio.sleep(LOOK)
    WATCHES[code].tell(None, b"")  # a browser that hears no end comes again by itself


ENDING = Event()  # the server is about to end


def end_with_the_server() -> None:
    """Streams end as soon as the process is told to: the server waits for all answers that are on their way."""

    def end(number: int, frame: FrameType | None, before: Callable[[int, FrameType | None], object]) -> None:
        ENDING.set()
        before(number, frame)

    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)
        if callable(before) and current_thread() is main_thread():
            signal.signal(number, partial(end, before=before))


def event_of(code: str) -> bytes:
    """The state of a class as an event. Raises Refused where there is none."""
    state = store().state(code)
    question = state.question
    revealed = question is not None and question.phase is Phase.REVEALED
    answers = store().answers(code, question.number) if question is not None and revealed else []
    return _event(told(state, answers))


def told(state: State, answers: list[list[float]]) -> dict[str, Any]:
    """What all may see of a class: answers and verdicts only once they are revealed."""
    question = state.question
    shown: dict[str, Any] = {"version": state.version, "questions": state.questions, "reviews": state.reviews}
    if question is None:
        return shown | {"phase": "waiting"}
    shown |= {"phase": question.phase, "number": question.number, "texts": question.texts, "answered": state.answered}
    return shown | {"answers": answers, "verdicts": question.verdicts} if question.phase is Phase.REVEALED else shown


def _event(content: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


async def events(code: str) -> AsyncIterator[bytes]:
    """The events of a class, the first at once; the last one says that it has ended."""
    watch = WATCHES.setdefault(code, Watch())
    watch.watchers += 1
    if watch.looking is None:
        watch.looking = asyncio.create_task(_keep_looking(code))
    try:
        await look(code)
        yield b"retry: 1000\n\n"
        version: int | None = -2
        while version is not None:
            if watch.version == version:
                try:
                    async with asyncio.timeout(ALIVE):
                        await watch.news.wait()
                except TimeoutError:
                    yield b": alive\n\n"
                continue
            version = watch.version
            yield watch.event
    finally:
        watch.watchers -= 1
        if watch.watchers == 0 and watch.looking is not None:
            watch.looking.cancel()
            del WATCHES[code]


# ------------------------------------------------------------------------------------------------------- the requests


Handler = Callable[[Request], Awaitable[Response]]


def answering(handler: Handler) -> Handler:
    """A handler that answers with a sentence and its status where a class refuses something."""

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
    if not CODE.fullmatch(code) or await asyncio.to_thread(store().version, code) is None:
        GUESSED.count(address)
        raise Refused(404, _("There is no class with this code. It may be over."))
    return code


async def _own(request: Request) -> str:
    """The same for the teacher of the class, who says its secret. Raises Refused."""
    code = await _code(request)
    secret = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not await asyncio.to_thread(store().owns, code, secret):
        GUESSED.count(_address(request))
        raise Refused(403, _("This browser has not started this class."))
    return code


async def begin(request: Request) -> Response:
    """POST class: a new class, {"code", "secret"}. The secret is told once, to the teacher's browser."""
    if BEGUN.spent(_address(request)):
        raise Refused(429, _("Too many classes were started. Wait a minute."))
    BEGUN.count(_address(request))
    secret = secrets.token_urlsafe(24)
    code = await asyncio.to_thread(store().begin, secret)
    return JSONResponse({"code": code, "secret": secret}, 201, HEADERS)


async def exists(request: Request) -> Response:
    """GET class/CODE: whether there is such a class."""
    await _code(request)
    return Response(status_code=204, headers=HEADERS)


async def stream(request: Request) -> Response:
    """GET class/CODE/events."""
    return StreamingResponse(events(await _code(request)), media_type="text/event-stream", headers=STREAM)


async def answer(request: Request) -> Response:
    """POST class/CODE/answers: {"phone", "number", "answer": [P, …]}."""
    code, found = await _code(request), await body(request)
    phone = _phone(found)
    values, number = model.checked_answer(found.get("answer")), found.get("number")
    if not isinstance(number, int):
        raise Refused(400, _("An answer is to a question."))
    await asyncio.to_thread(store().answer, code, number, phone, values)
    return Response(status_code=204, headers=HEADERS)


async def hand_in(request: Request) -> Response:
    """POST class/CODE/reviews: {"phone", "review"}."""
    code, found = await _code(request), await body(request)
    phone = _phone(found)
    await asyncio.to_thread(store().hand_in, code, phone, model.checked_review(found.get("review")))
    return Response(status_code=204, headers=HEADERS)


def _phone(found: dict[str, Any]) -> str:
    """Who sends this. Raises Refused for one that sends too much."""
    phone = model.checked_phone(found.get("phone"))
    if ANSWERED.spent(phone):
        raise Refused(429, _("That was a lot at once. Wait a minute."))
    ANSWERED.count(phone)
    return phone


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
        await asyncio.to_thread(store().show, code, number)
    elif do == "remove" and isinstance(found.get("review"), int):
        await asyncio.to_thread(store().remove_review, code, found["review"])
    elif isinstance(do, str) and do in STEPS:
        await asyncio.to_thread(STEPS[do], code)
    else:
        raise Refused(400, _("A class cannot do this."))
    await look(code)
    return Response(status_code=204, headers=HEADERS)


STEPS: dict[str, Callable[[str], None]] = {
    "lock": lambda code: store().put_phase(code, Phase.LOCKED),
    "open": lambda code: store().put_phase(code, Phase.OPEN),
    "reveal": lambda code: store().put_phase(code, Phase.REVEALED),
    "clear": lambda code: store().clear(code),
    "end": lambda code: store().end(code),
}


def _ask(code: str, number: int, texts: tuple[str, ...]) -> None:
    store().ask(code, number, texts, verdicts(texts))


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


async def reviews(request: Request) -> Response:
    """GET class/CODE/reviews: what waits for the teacher."""
    found = await asyncio.to_thread(store().reviews, await _own(request))
    return JSONResponse([{"number": number, "review": review} for number, review in found], headers=HEADERS)


async def download(request: Request) -> Response:
    """GET class/CODE/answers: all answers as CSV, for the teacher."""
    rows = model.table(await asyncio.to_thread(store().all_answers, await _own(request)))
    file = io.StringIO()
    csv.writer(file).writerows([[_harmless(cell) for cell in row] for row in rows])
    return Response(file.getvalue(), media_type="text/csv", headers=HEADERS)


def _harmless(cell: str | float) -> str | float:
    """A text that a spreadsheet does not take for a formula.

    >>> _harmless("=1+1"), _harmless("good"), _harmless(0.5)
    ("'=1+1", 'good', 0.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


# --------------------------------------------------------------------------------------------------------- the pages


async def page(request: Request) -> Response:
    """GET class, join and join/CODE."""
    name = request.url.path.strip("/").split("/")[0]
    return HTMLResponse(
        html(name, "../" if "code" in request.path_params else "./"), headers={"Cache-Control": "no-cache"}
    )


@lru_cache(maxsize=8)
def html(name: str, up: str) -> str:
    """A page without Streamlit. `up`: the way to the folder of all pages."""
    module, title = PAGES[name]
    folder = f"{up}{assets.PREFIX}/{assets.version()}"
    data = json.dumps(start() | {"first": {}, "pages": []}, ensure_ascii=False).replace("<", "\\u003c")
    modules = "".join(f'<link rel="modulepreload" href="{folder}/{needed}">' for needed in assets.imports(module))
    return (
        '<!doctype html><html lang="en" data-page="class"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {escape(_('Recurrent network explorer'))}</title>"
        f'<link rel="icon" href="{folder}/{assets.ICON}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{folder}/{assets.STYLES}">{modules}'
        f'<script type="application/json" id="explorer-start">{data}</script>'
        f'<script type="module" src="{folder}/{module}"></script></head>'
        f'<body class="room"><main id="room"></main><noscript>{escape(_("Allow JavaScript for this page."))}</noscript>'
        "</body></html>"
    )


ROUTES = [
    Route("/class", page, methods=["GET"]),
    Route("/class", answering(begin), methods=["POST"]),
    Route("/class/{code}", answering(exists), methods=["GET"]),
    Route("/class/{code}", answering(steer), methods=["POST"]),
    Route("/class/{code}/events", answering(stream), methods=["GET"]),
    Route("/class/{code}/answers", answering(answer), methods=["POST"]),
    Route("/class/{code}/answers", answering(download), methods=["GET"]),
    Route("/class/{code}/reviews", answering(hand_in), methods=["POST"]),
    Route("/class/{code}/reviews", answering(reviews), methods=["GET"]),
    Route("/join", page, methods=["GET"]),
    Route("/join/{code}", page, methods=["GET"]),
]
