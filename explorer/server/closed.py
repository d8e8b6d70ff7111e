"""What Streamlit serves and the app does not need: closed, so that nobody fills the memory or reads along.

No page takes files, so nothing is uploaded; numbers about the process are nobody's; Streamlit's interface for programs
would be a second way in.
"""

from __future__ import annotations

import logging

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSED = ("_stcore/upload_file", "_stcore/metrics", "_stcore/agent")
UNSUPPORTED = 1003  # RFC 6455, 7.4.1: data of a kind that is not taken
WEBSOCKET_LOG = "streamlit.web.server.starlette.starlette_websocket"


class Closed:
    """ASGI middleware: no such page for what is closed."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and closed(scope["path"]):
            await PlainTextResponse("not found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def closed(path: str) -> bool:
    """Whether a path is one of CLOSED or below it, however its slashes are written.

    >>> closed("/_stcore/upload_file/a/b"), closed("//_stcore//metrics"), closed("/_stcore/health")
    (True, True, False)
    """
    plain = "/".join(part for part in path.lower().split("/") if part)
    return any(plain == name or plain.startswith(f"{name}/") for name in CLOSED)


class Frames:
    """ASGI middleware: a websocket that is sent text is closed; Streamlit takes only bytes, and logs a traceback."""

    def __init__(self, app: ASGIApp):
        self.app = app
        logging.getLogger(WEBSOCKET_LOG).addFilter(_in_one_line)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        ended = False

        async def checked() -> Message:
            nonlocal ended
            message = await receive()
            if message["type"] != "websocket.receive" or message.get("bytes") is not None:
                return message
            if not ended:
                ended = True
                await send({"type": "websocket.close", "code": UNSUPPORTED})
            return {"type": "websocket.disconnect", "code": UNSUPPORTED}

        async def open_still(message: Message) -> None:
            if not ended:
                await send(message)

        await self.app(scope, checked, open_still)


def _in_one_line(record: logging.LogRecord) -> bool:
    """Bytes that are no message are a stranger's doing: a line in the log, without the way through our code."""
    record.exc_info = None
    return True
