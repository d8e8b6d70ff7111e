"""QR codes: drawn by segno as the standard says, and nothing but addresses of a readable length."""

import asyncio
import json
import re
from xml.etree import ElementTree

import pytest
import segno
from starlette.applications import Starlette

from explorer.server import qr

APP = Starlette(routes=[qr.ROUTE])
LINK = "http://192.168.1.7:8501/?a=good%2C+not+bad&b=bad%2C+not+good"


def post(body: bytes, parts: int = 1) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to a request that comes in so many parts."""
    size = -(-len(body) // parts) or 1
    waiting = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/qr", "query_string": b"", "root_path": "", "headers": []}
    asyncio.run(APP(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def dark(drawing: bytes) -> set[tuple[int, int]]:
    """The dark modules of a code, as (row, column) within its white border: the strokes of its path, one row each."""
    path = next(node for node in ElementTree.fromstring(drawing).iter() if node.get("stroke"))
    found, column, row = set(), 0, 0
    for command, numbers in re.findall(r"([Mmh])([\d. -]+)", path.get("d")):
        first, second = ([float(number) for number in re.findall(r"-?[\d.]+", numbers)] + [0])[:2]
        if command == "h":
            found |= {(row - qr.BORDER, column + i - qr.BORDER) for i in range(int(first))}
            column += int(first)
        else:
            column, row = (0, 0) if command == "M" else (column, row)
            column, row = column + int(first), row + int(second)
    return found


def test_the_drawing_has_the_modules_of_the_code() -> None:
    status, headers, body = post(json.dumps({"text": LINK}).encode())
    code = segno.make(LINK, error="l", mode="byte", micro=False)
    modules = {(r, c) for r, row in enumerate(code.matrix) for c, module in enumerate(row) if module}
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert dark(body) == modules
    size = len(code.matrix) + 2 * qr.BORDER
    assert ElementTree.fromstring(body).get("viewBox") == f"0 0 {size} {size}"
    assert post(json.dumps({"text": LINK}).encode(), parts=7)[2] == body


def test_the_longest_address_has_a_code_that_a_phone_reads() -> None:
    longest = "http://h/" + "é" * ((qr.LONGEST - 9) // 2)
    assert len(longest.encode()) == qr.LONGEST
    status, _, body = post(json.dumps({"text": longest}, ensure_ascii=False).encode())
    assert status == 200
    assert ElementTree.fromstring(body).get("viewBox") == "0 0 125 125"  # 117 modules and the border
    assert post(json.dumps({"text": longest + "x"}).encode())[0] == 204


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[1]", 400),
        (b"null", 400),
        (b"\xff\xfe\x00", 400),
        (b"[" * 5000, 400),
        (b'{"text": 3}', 400),
        (b'{"text": "javascript:alert(1)"}', 400),
        (b'{"text": "http://h/\\ud800"}', 400),
        (b'{"text": "http://' + b"h" * 100_000 + b'"}', 204),
    ],
)
def test_what_is_no_address_has_no_code(body: bytes, status: int) -> None:
    assert post(body, parts=3)[0] == status
