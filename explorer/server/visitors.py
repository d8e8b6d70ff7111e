"""Who may ask: the names that the app answers to (Host), and pages of whom the browser may say that they ask (Origin).

A page of a stranger can lead a browser here under a name of its own (DNS rebinding), or open Streamlit's websocket from
its own page. Neither gets an answer.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.messages import _
from explorer.server import share
from explorer.server.hosting import HOSTS

PLAIN = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?", re.ASCII)  # a host with its port
POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1


class Visitors:
    """ASGI middleware: 400 for a name that is not ours, 403 for a stranger's page; both say what a host can do."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = ()):
        self.app = app
        self.hosts = tuple(host.lower().rstrip(".").strip("[]") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origins = headers.get("host", ""), headers.getlist("origin")
        if len(headers.getlist("host")) != 1 or not self.served(host, scope):
            await _refuse(scope, receive, send, 400, self.stranger(host))
        elif not all(self.same(origin, host) for origin in origins):
            await _refuse(scope, receive, send, 403, _("A page of another website asked. The app answers its own."))
        else:
            await self.app(_as_own(scope, host) if origins else scope, receive, send)

    def served(self, host: str, scope: Scope) -> bool:
        """Whether a Host header names this app; its port does not matter."""
        name = name_of(host)
        if name is None:
            return False
        arrived = scope.get("server") or ("",)  # the address of this computer at which the request came in
        return name in ("localhost", arrived[0]) or is_loopback(name) or name in own_names() or self.allowed(name)

    def allowed(self, name: str) -> bool:
        """Whether the host has allowed it."""
        return any(
            allowed in ("*", name) or (allowed.startswith("*.") and name.endswith(allowed[1:]))
            for allowed in self.hosts
        )

    def same(self, origin: str, host: str) -> bool:
        """Whether an Origin is that of the page at this host; a proxy in front may have dropped the port."""
        try:
            place = urlsplit(origin)
        except ValueError:
            return False
        name = name_of(place.netloc)
        if place.scheme not in ("http", "https") or name is None:
            return False
        if place.netloc.lower() == host.lower() or (name == name_of(host) == host.lower().strip("[]")):
            return True
        return "*" not in self.hosts and self.allowed(name)

    def stranger(self, host: str) -> str:
        """What a visitor reads who came under another name, and what the host can do."""
        name = name_of(host)
        if name is None:
            return _("This address is not one that the explorer can answer.")
        return _(
            "The explorer does not answer to the name “{name}”.\n\n"
            "If you run it, and this is your name for it, start it with\n"
            "    python -m explorer --allowed-host {name}\n"
            "or set the environment variable {variable}={name}."
        ).format(name=name, variable=HOSTS)


def name_of(host: str) -> str | None:
    """The name in a Host header, in small letters and without its port; None for what is none.

    >>> name_of("Example.org:8501"), name_of("[::1]:80"), name_of("a/b"), name_of("")
    ('example.org', '::1', None, None)
    """
    if not PLAIN.fullmatch(host):
        return None
    name = host.partition("]")[0][1:] if host.startswith("[") else host.partition(":")[0]
    return name.lower().rstrip(".") or None


def is_loopback(name: str) -> bool:
    """Whether a name is an address that leads from this computer to itself."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=1)
def own_names() -> frozenset[str]:
    """The addresses and names of this computer on its networks; nobody is asked for them."""
    name = socket.gethostname().lower()
    return frozenset({*share.addresses(), name, f"{name.partition('.')[0]}.local"})


def _as_own(scope: Scope, host: str) -> Scope:
    """The request without the origin that was checked here; Streamlit's websocket gets the one that it expects.

    Streamlit would compare it with this computer's address as the internet sees it, and ask a host there.
    """
    scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"origin"]}
    if scope["type"] == "websocket":
        scope["headers"].append((b"origin", f"http://{host}".encode()))
    return scope


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, reason: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
    else:
        await PlainTextResponse(reason, status, {"Cache-Control": "no-store"})(scope, receive, send)
