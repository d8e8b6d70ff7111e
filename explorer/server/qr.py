"""QR codes: the drawing of an address that a phone's camera reads."""

from __future__ import annotations

import asyncio
import io
import json
from functools import lru_cache

import segno
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

LONGEST = 1273  # bytes: the largest code (version 25, level L, 117 modules) that a phone reads across a room
BODY = 4 * LONGEST  # bytes of a request at most: JSON may write a character with more bytes than the code does
BORDER = 4  # modules of white around the code, as the standard asks


class TooLongError(ValueError):
    """A text that no code of a readable size holds."""


@lru_cache(maxsize=64)
def draw(text: str) -> bytes:
    """The code of a text as SVG, black on white in any theme; its size is that of the box around it.

    The error correction is the highest that fits without another module. Raises TooLongError over `LONGEST` bytes.
    """
    if len(text.encode()) > LONGEST:
        raise TooLongError(text)
    code = segno.make(text, error="l", mode="byte", encoding="utf-8", micro=False)
    file = io.BytesIO()
    code.save(file, kind="svg", border=BORDER, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return file.getvalue()


async def text_of(request: Request) -> str:
    """The address in a request, `{"text": "http://…"}`.

    Raises TooLongError for a body that is too long to be one that fits, ValueError for anything else than an address.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY:
            raise TooLongError
    asked = json.loads(body)
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str) or not text.startswith(("http://", "https://")):
        raise ValueError("not an address")
    return text


async def serve(request: Request) -> Response:
    """Draw the code beside the event loop: no content for an address that is too long, 400 for what is no address."""
    try:
        drawing = await asyncio.to_thread(draw, await text_of(request))
    except TooLongError:
        return Response(status_code=204)  # no fault: a browser would note an error in its console
    except (ValueError, RecursionError):  # no JSON, no address, half a character
        return PlainTextResponse("not an address", status_code=400)
    except ClientDisconnect:
        return Response(status_code=400)
    return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


ROUTE = Route("/qr", serve, methods=["POST"])
