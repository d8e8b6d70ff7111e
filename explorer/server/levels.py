"""POST `levels`: what a model computed for a text, for the levels of the zoom; one unit at one step on request.

The body is JSON. {"text", "model"} and perhaps "from", the first step to send, from 1, are answered with a window of
the run: tokens and beliefs of all steps, the activations of as many steps as fit into LARGEST bytes. With {"text",
"model", "step", "unit"} (step from 1, unit from 0) the answer holds the unit's equations and their products. Answers
are packets (see `packet.py`); texts come in a body, so that they stay out of logs. torch is loaded with the first
request, in a thread.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from explorer.core.repairs import WeightsError
from explorer.core.store import Store
from explorer.server.packet import pack

if TYPE_CHECKING:
    from explorer.core.checkpoints import Model
    from explorer.core.tracing import Trace
    from explorer.networks.recurrent import Recurrent

LONGEST_BODY = 300_000  # bytes of a request, as of POST answers
LARGEST = 900_000  # bytes of activations in an answer
KEPT = 32_000_000  # bytes of answers that are kept for all visitors
MOST = 10**6  # no step and no unit is larger


class RequestError(ValueError):
    """A request that cannot be answered."""


@dataclass(frozen=True)
class Asked:
    """A request: a window of a run that begins at step `first`, or a unit at a step. Steps from 1, units from 0."""

    text: str
    model: str
    first: int = 1
    step: int | None = None
    unit: int | None = None


def parsed(body: bytes) -> Asked:
    """A request as it came from a browser, which can send anything. Raises RequestError."""
    try:
        given = json.loads(body)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise RequestError("the request is no JSON") from None
    if not isinstance(given, dict) or not given.keys() <= {"text", "model", "from", "step", "unit"}:
        raise RequestError("the request has unknown fields")
    text, model = given.get("text"), given.get("model")
    if not isinstance(text, str) or not isinstance(model, str):
        raise RequestError("text and model are texts")
    if ("step" in given) != ("unit" in given):
        raise RequestError("step and unit come together")
    first = _whole(given.get("from", 1), 1)
    if "step" not in given:
        return Asked(text, model, first)
    return Asked(text, model, first, _whole(given["step"], 1), _whole(given["unit"], 0))


def _whole(value: object, low: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= MOST:
        raise RequestError(f"from and step are whole numbers from 1, unit from 0, all up to {MOST}")
    return value


# ------------------------------------------------------------------------------------------------------------ answers


def answer(asked: Asked) -> bytes:
    """The packet for a request. Raises RequestError, WeightsError."""
    from explorer.core.checkpoints import load
    from explorer.networks.registry import names

    if asked.model not in names():
        raise RequestError("there is no such model")
    model = load(asked.model)
    read = _traced(model, asked.text)
    if read is None:
        return pack({"tokens": [], "recurrent": model.network.recurrent}, {})
    if asked.step is None or asked.unit is None:
        return _window(model, read, asked.first)
    return _unit(model, read, asked.step, asked.unit)


def _traced(model: Model, text: str) -> Trace | None:
    """The run of a model over a text, kept for the clicks that follow; None if there is nothing to read."""
    from explorer.reading.reading import readable
    from explorer.views.shared.kept import trace
    from explorer.views.shared.settings import MOST_STEPS

    reading = readable(text, model.vocabulary, MOST_STEPS)
    return trace(model, reading) if reading is not None and reading.words else None


def _window(model: Model, read: Trace, first: int) -> bytes:
    """Steps `first` … of a run, and the states of the step before it (zeros at the first)."""
    header: dict[str, Any] = {
        "model": model.name,
        "label": model.label,
        "recurrent": model.network.recurrent,
        "tokens": list(read.tokens),
        "read": {str(place): word for place, word in read.reading.replaced.items()},
        "unknown": list(read.reading.unknown),
    }
    arrays = {"belief": read.belief}
    if not model.network.recurrent:
        return pack(header, arrays)
    network: Recurrent = model.network  # type: ignore[assignment]  # as it says of itself
    shown = [quantity for quantity in network.quantities if quantity.shape == "(T, H)"]
    most = max(1, LARGEST // (4 * len(shown) * network.units))
    start = min(first, max(len(read) - most + 1, 1)) - 1
    for quantity in shown:
        values = read.activations[quantity.name]
        before = values[start - 1] if start else np.zeros_like(values[0])
        arrays[quantity.name] = np.vstack([before, values[start : start + most]])  # (1 + N, H)
    return pack(
        header
        | {
            "first": start + 1,
            "units": network.units,
            "weights": network.weight_names(),
            "bias": float(network.readout.bias),
            "quantities": [
                {"name": q.name, "symbol": q.symbol, "title": q.title, "gate": q.range == (0.0, 1.0)} for q in shown
            ],
        },
        arrays | {"readout": network.readout.weight[0].numpy()},
    )


def _unit(model: Model, read: Trace, step: int, unit: int) -> bytes:
    """A unit's equations at a step, and the products of each weighted sum in them. Raises RequestError."""
    from explorer.analysis.unit_step import unit_step

    try:
        found = unit_step(model, read, unit, step - 1)
    except (IndexError, TypeError) as error:
        raise RequestError(str(error)) from None
    equations = [
        {
            "formula": line.formula,
            "numbers": line.numbers,
            "values": line.values,
            "sums": {str(place): number for place, number in line.sums.items()},
        }
        for line in found.equations
    ]
    sums = [{"of": total.of, "symbol": total.symbol, "bias": total.bias} for total in found.sums]
    arrays: dict[str, np.ndarray] = {}
    for number, total in enumerate(found.sums):
        arrays |= {f"factors{number}": total.factors, f"weights{number}": total.weights}
    header = {"model": model.name, "label": model.label, "unit": unit, "step": step}
    return pack({**header, "word": read.tokens[step - 1], "equations": equations, "sums": sums}, arrays)


ANSWERS: Store[bytes] = Store(KEPT, len)


def kept(asked: Asked) -> bytes:
    """The answer to a request; the same request of any visitors is computed once. Raises as `answer` does."""
    from explorer.core.checkpoints import FOLDER

    return ANSWERS.get((asked, FOLDER), lambda: answer(asked))


async def levels(request: Request) -> Response:
    """The route: 400 for what is no request, 413 for too long a one, 503 where the models cannot be used."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                return JSONResponse({"error": "the text is too long"}, 413)
    except ClientDisconnect:  # typed on meanwhile: nobody waits for the answer
        return Response(status_code=400)
    try:
        packet = await asyncio.to_thread(_answered, bytes(body))
    except RequestError as error:
        return JSONResponse({"error": str(error)}, 400)
    except WeightsError as error:
        return JSONResponse({"error": str(error)}, 503)
    return Response(packet, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


def _answered(body: bytes) -> bytes:
    """The answer to a body. Raises RequestError, WeightsError."""
    return kept(parsed(body))


ROUTE = Route("/levels", levels, methods=["POST"])
