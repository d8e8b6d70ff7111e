"""POST answers as a browser asks: over one connection that stays, and that ends with a question given up."""

from __future__ import annotations

import asyncio
import json
from asyncio import StreamReader, StreamWriter

from explorer.bench.registry import CouldNotRun

MODEL = "gru"  # whose line is chosen


class Questioner:
    """Asks one server. A question must be answered or given up before the next."""

    def __init__(self, port: int):
        self.port = port
        self.connection: tuple[StreamReader, StreamWriter] | None = None

    async def ask(self, texts: list[str]) -> bytes:
        """The packet that answers the texts. Cancelled, it gives the question up, and the connection with it.

        Raises CouldNotRun for any other answer.
        """
        if self.connection is not None and self.connection[0].at_eof():
            self.close()  # the server ends a connection on which nothing was asked for a while
        try:
            reader, writer = self.connection or await asyncio.open_connection("localhost", self.port)
            self.connection = reader, writer
            writer.write(request(self.port, texts))
            return await packet(reader)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the connection."""
        if self.connection is not None:
            self.connection[1].close()
        self.connection = None


def request(port: int, texts: list[str]) -> bytes:
    """A question about these texts."""
    body = json.dumps({"texts": texts, "model": MODEL}).encode()
    head = f"POST /answers HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def packet(reader: StreamReader) -> bytes:
    """The body of the next answer. Raises CouldNotRun if that is none, asyncio.IncompleteReadError at an early end."""
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().splitlines()
    fields = dict(line.split(": ", 1) for line in lines if line)
    body = await reader.readexactly(int(fields["content-length"]))
    if status.split(" ")[1] != "200":
        raise CouldNotRun(f"the answer to a question was {status!r}: {body[:200]!r}")
    return body
