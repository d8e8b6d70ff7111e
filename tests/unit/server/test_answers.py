"""The route that answers what all models say of up to two texts."""

import asyncio
import json
import logging
import struct

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from explorer.core.checkpoints import WeightsError, load
from explorer.core.tracing import trace
from explorer.networks.registry import names
from explorer.server import answers
from explorer.views.duel.answers import Unwanted, answer


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=[answers.ROUTE]))


def opened(packet: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """A packet's header and arrays."""
    (length,) = struct.unpack_from("<I", packet)
    header = json.loads(packet[4 : 4 + length])
    arrays = {
        name: np.frombuffer(packet, "<f4", int(np.prod(place["shape"])), 4 + length + place["offset"]).reshape(
            place["shape"]
        )
        for name, place in header["arrays"].items()
    }
    return header, arrays


def post(client: TestClient, *texts: str, model: str = "gru") -> tuple[dict, dict[str, np.ndarray]]:
    response = client.post("/answers", json={"texts": list(texts), "model": model})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return opened(response.content)


def test_every_model_says_what_its_trace_says(client: TestClient) -> None:
    text = "Good, not bad: I cannot frobnicate it 😀!"
    header, arrays = post(client, text)
    assert [about["name"] for about in header["models"]] == names()
    for row, name in enumerate(names()):
        traced = trace(load(name), text)
        np.testing.assert_allclose(arrays["a"][row], traced.belief, atol=1e-6)
        assert header["texts"][0]["ends"][name] == pytest.approx(traced.probability, abs=1e-6)
        assert tuple(header["texts"][0]["tokens"]) == traced.tokens


def test_the_same_words_get_the_same_number_to_the_last_bit(client: TestClient) -> None:
    header, _ = post(client, "good, not bad", "bad, not good")
    a, b = (text["ends"] for text in header["texts"])
    assert a["per-word"] == b["per-word"]
    assert header["sentence"].endswith("The GRU reads in order and says 97% and 1%.")


def test_equal_texts_agree_to_the_last_bit_in_every_model(client: TestClient) -> None:
    answers.CACHE.clear()
    header, _ = post(client, "it was not as bad as i feared", "It was  not as bad as I feared")
    assert header["texts"][0]["ends"] == header["texts"][1]["ends"]


def test_spans_count_as_a_browser_does(client: TestClient) -> None:
    header, _ = post(client, "😀 good")
    assert header["texts"][0]["spans"] == [0, 2, 3, 7]


def test_a_text_without_a_word_gets_no_verdict(client: TestClient) -> None:
    header, arrays = post(client, "", "?!")
    assert [text["ends"] for text in header["texts"]] == [None, None]
    assert arrays["a"].shape == (len(names()), 0)


def test_a_long_text_is_read_up_to_its_thousandth_word(client: TestClient) -> None:
    header, arrays = post(client, "fine " * 1_200, "fine")
    text = header["texts"][0]
    assert (len(text["tokens"]), text["cut"], text["clipped"]) == (1_000, 200, 50)
    assert arrays["a"].shape == (len(names()), 1_000)
    assert header["notes"][0].startswith("A is long")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"1", b'"x"', b"\xff", b"[" * 100_000,
        b'{"texts": ["a"]}', b'{"model": "gru"}', b'{"texts": ["a"], "model": "gru", "more": 1}',
        b'{"texts": [], "model": "gru"}', b'{"texts": ["a", "b", "c"], "model": "gru"}',
        b'{"texts": [1], "model": "gru"}', b'{"texts": "a", "model": "gru"}',
        b'{"texts": ["a"], "model": "../gru"}', b'{"texts": ["a"], "model": ["gru"]}',
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused_with_a_sentence(client: TestClient, body: bytes) -> None:
    response = client.post("/answers", content=body)
    assert response.status_code == 400
    assert response.text.endswith(".")
    assert response.headers["content-type"].startswith("text/plain")


def test_a_body_that_is_too_long_is_not_read_to_its_end(client: TestClient) -> None:
    def endless():  # the server must stop it
        for sent in range(1_000):
            assert sent < 30
            yield b"x" * 100_000

    response = client.post("/answers", content=b'{"texts": ["' + b"x" * answers.MOST_BYTES + b'"], "model": "gru"}')
    assert response.status_code == 413
    request = Request({"type": "http", "method": "POST", "headers": []}, receive_of(endless()))
    assert asyncio.run(answers.reply(request)).status_code == 413


def receive_of(chunks):
    async def receive():
        return {"type": "http.request", "body": next(chunks), "more_body": True}

    return receive


def test_lone_surrogates_are_no_error(client: TestClient) -> None:
    response = client.post("/answers", content=b'{"texts": ["\\ud800 good"], "model": "gru"}')
    assert opened(response.content)[0]["texts"][0]["tokens"] == ["good"]


def test_get_is_not_a_way_to_ask(client: TestClient) -> None:
    assert client.get("/answers").status_code == 405


def test_missing_weights_are_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(question, wanted):
        raise WeightsError("The weights are missing. Get them back.")

    monkeypatch.setattr(answers, "packed", broken)
    response = client.post("/answers", json={"texts": ["a"], "model": "gru"})
    assert response.status_code == 503
    assert response.json() == {"error": "The weights are missing. Get them back."}


def test_what_is_typed_is_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, "my secret diary")
    assert "diary" not in caplog.text


def test_who_has_gone_gets_nothing_computed() -> None:
    models = [load(name) for name in names()]
    with pytest.raises(Unwanted):
        answer("good", models, lambda: False)


def test_a_visitor_who_leaves_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []

    def slow(question, wanted):
        while wanted():
            pass
        heard.append("stopped")
        raise Unwanted

    messages = [
        {"type": "http.request", "body": b'{"texts": ["a"], "model": "gru"}', "more_body": False},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return messages.pop(0)

    monkeypatch.setattr(answers, "packed", slow)
    asyncio.run(answers.reply(Request({"type": "http", "method": "POST", "headers": []}, receive)))
    assert heard == ["stopped"]
