"""What a first visit brings over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explorer.bench.browser import DUEL, HEIGHT, LIMIT, WIDTH, chromium
from explorer.bench.servers import OURS, serve
from explorer.bench.timing import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AFTER = 2_000  # milliseconds after the answer
ANSWERED = "#duel[data-drawn]"  # by the server, after the picture that comes with the page


def first_load_mb() -> float:
    """Megabytes (10^6 bytes) on the wire of a first visit, until the duel is answered and 2 s more. Not a ratio."""
    with serve(OURS) as app, chromium() as browser:
        first_load(browser, app.address, ANSWERED)  # once the models are loaded nothing comes later than it would
        sizes = first_load(browser, app.address, f"{DUEL}{ANSWERED.removeprefix('#duel')}")
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:15]
    say("\n".join(f"  {size / 1e6:6.3f} MB {name}" for name, size in largest))
    return sum(sizes.values()) / 1e6


def first_load(browser: Browser, address: str, sign: str) -> dict[str, int]:
    """Bytes received by address: of each file as it came over the wire, headers included, and of the websocket."""
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def count(name: str, size: float) -> None:
        sizes[name] = sizes.get(name, 0) + int(size)

    def frame(event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        count("websocket", len(payload) * 3 // 4 if event["response"]["opcode"] == 2 else len(payload))  # 2 is base64

    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
        wire.on("Network.loadingFinished", lambda e: count(names.get(e["requestId"], "?"), e["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", frame)
        wire.send("Network.enable")
        page.goto(address, wait_until="commit")
        page.wait_for_selector(sign, state="attached", timeout=LIMIT)
        page.wait_for_timeout(AFTER)
    finally:
        context.close()
    return {name.removeprefix(address): size for name, size in sizes.items()}
