"""A smoke test in Debian's Firefox, driven by WebDriver BiDi, which it speaks by itself."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        FIREFOX is None and not os.environ.get("EXPLORER_REQUIRE_BROWSER"),
        reason="there is no Firefox on this machine",
    ),
]
# Typing into a sentence as a keyboard does it; then what is drawn.
TYPE = """text => {
  const box = document.querySelector("#duel textarea")
  box.focus()
  box.select()
  document.execCommand("insertText", false, text)
}"""
SHOWN = """() => JSON.stringify({
  sentence: document.querySelector("#duel textarea")?.value,
  bars: document.querySelectorAll("#duel .duel-bar").length,
  values: [...document.querySelectorAll("#duel .duel-value")].map(node => node.textContent),
  waiting: document.querySelector("#duel")?.hasAttribute("data-late"),
  faults: window.faults,
})"""


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[str]:
    """The address at which a fresh Firefox listens."""
    command = [FIREFOX, "--headless", "--no-remote", "--profile", str(tmp_path), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            said = next((line for line in process.stderr if "WebDriver BiDi listening on" in line), None)
            assert said is not None, "Firefox ended at once"
            yield said.rsplit(" ", 1)[1].strip()
        finally:
            process.terminate()


class Session:
    """What is asked of Firefox, one command after the other."""

    def __init__(self, socket: ClientConnection):
        self.socket, self.numbers, self.context = socket, count(1), ""

    async def ask(self, method: str, **parameters: Any) -> dict:
        """The result of a command."""
        number = next(self.numbers)
        await self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await asyncio.wait_for(self.socket.recv(), 60))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    async def call(self, function: str, *texts: str) -> Any:
        """What a function of JavaScript gives in the page."""
        result = await self.ask(
            "script.callFunction", functionDeclaration=function, awaitPromise=True,
            target={"context": self.context}, arguments=[{"type": "string", "value": text} for text in texts],
        )  # fmt: skip
        return result["result"].get("value")


async def visit(listening: str, address: str) -> list[dict]:
    """What the first page shows at first, and after something was typed."""
    async with connect(f"{listening}/session", max_size=None) as socket:
        session = Session(socket)
        await session.ask("session.new", capabilities={})
        tree = await session.ask("browsingContext.getTree")
        session.context = tree["contexts"][0]["context"]
        listen = '() => { window.faults = []; addEventListener("error", event => faults.push(event.message)) }'
        await session.ask("script.addPreloadScript", functionDeclaration=listen)
        await session.ask("browsingContext.navigate", context=session.context, url=address, wait="complete")
        first = await shown(session, lambda page: page["bars"] and all(page["values"]))
        await session.call(TYPE, "a wonderful film, not a bad one")
        typed = await shown(session, lambda page: page["bars"] and page["values"] != first["values"])
        return [first, typed]


async def shown(session: Session, wanted) -> dict:
    """What the page shows once it is what is wanted."""
    async with asyncio.timeout(60):
        while True:
            page = json.loads(await session.call(SHOWN))
            if wanted(page):
                return page
            await asyncio.sleep(0.1)


def test_the_duel_answers_in_firefox(firefox: str, address: str) -> None:
    with ThreadPoolExecutor(1) as pool:  # the other browser's driver has a loop of its own in this thread
        first, typed = pool.submit(asyncio.run, visit(firefox, address)).result()
    assert first["sentence"] == "good, not bad"
    assert "the same" in first["values"][0]
    assert first["bars"] == 8
    assert typed["sentence"] == "a wonderful film, not a bad one"
    assert typed["bars"] == 12
    assert first["faults"] == typed["faults"] == []
