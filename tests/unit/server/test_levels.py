"""The route of the zoom's levels: what it answers, what it refuses, and how large an answer gets."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer import load, trace
from explorer.core import checkpoints
from explorer.core.store import OVERHEAD, Store
from explorer.networks.registry import recurrent_names
from explorer.server import levels

CLIENT = TestClient(Starlette(routes=[levels.ROUTE]))


def unpacked(packet: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    (length,) = struct.unpack_from("<I", packet)
    header = json.loads(packet[4 : 4 + length])
    arrays = {
        name: np.frombuffer(packet, "<f4", int(np.prod(place["shape"])), 4 + length + place["offset"]).reshape(
            place["shape"]
        )
        for name, place in header["arrays"].items()
    }
    return header, arrays


def asked(**fields: object) -> tuple[dict, dict[str, np.ndarray]]:
    response = CLIENT.post("/levels", json=fields)
    assert response.status_code == 200, response.text
    return unpacked(response.content)


@pytest.mark.parametrize("name", recurrent_names())
def test_a_run_is_that_of_the_trace(name: str) -> None:
    header, arrays = asked(text="good, not bad", model=name)
    read = trace(load(name), "good, not bad")
    assert header["tokens"] == list(read.tokens)
    assert arrays["belief"] == pytest.approx(read.belief, abs=1e-7)
    for quantity in header["quantities"]:
        values = arrays[quantity["name"]]
        assert not values[0].any()  # before the first word
        assert np.array_equal(values[1:], read.activations[quantity["name"]])
    logit = arrays["hidden"][1:].astype(float) @ arrays["readout"] + header["bias"]
    assert logit == pytest.approx(read.activations["logit"], abs=1e-4)


@pytest.mark.parametrize("name", recurrent_names())
@pytest.mark.parametrize("step", [1, 3])
def test_the_products_sum_to_what_the_equation_shows(name: str, step: int) -> None:
    header, arrays = asked(text="good, not bad", model=name, step=step, unit=42)
    opened = [
        (line["values"][int(place)], number) for line in header["equations"] for place, number in line["sums"].items()
    ]
    assert len(opened) == len(header["sums"]) >= 2
    for shown, number in opened:
        products = arrays[f"factors{number}"].astype(float) * arrays[f"weights{number}"]
        assert products.sum() + header["sums"][number]["bias"] == pytest.approx(shown, abs=1e-5)


@pytest.mark.parametrize("name", recurrent_names())
def test_a_long_review_comes_in_windows_below_a_megabyte(name: str) -> None:
    text = "good bad not " * 500
    whole = trace(load(name), " ".join(text.split()[:1000]))
    seen = 0
    while seen < 1000:
        packet = CLIENT.post("/levels", json={"text": text, "model": name, "from": seen + 1}).content
        assert len(packet) < 1_000_000
        header, arrays = unpacked(packet)
        first, values = header["first"], arrays["hidden"]
        assert first <= seen + 1
        assert np.array_equal(values[1:], whole.activations["hidden"][first - 1 : first + len(values) - 2])
        if first > 1:
            assert np.array_equal(values[0], whole.activations["hidden"][first - 2])
        assert first + len(values) - 2 > seen
        seen = first + len(values) - 2
    assert len(header["tokens"]) == 1000


def test_a_model_without_a_memory_says_so() -> None:
    header, arrays = asked(text="good, not bad", model="per-word")
    assert header["recurrent"] is False
    assert list(arrays) == ["belief"]


@pytest.mark.parametrize("text", ["", " \t", "?!"])
def test_nothing_to_read_has_no_steps(text: str) -> None:
    assert asked(text=text, model="gru")[0]["tokens"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[", b"[]", b"\xff", b"null", b'{"text": 1, "model": "gru"}', b'{"text": "a"}',
        b'{"text": "a", "model": "../gru"}', b'{"text": "a", "model": "gru", "from": 0}',
        b'{"text": "a", "model": "gru", "from": true}', b'{"text": "a", "model": "gru", "from": 1e3}',
        b'{"text": "a", "model": "gru", "step": 1}', b'{"text": "a", "model": "gru", "step": 2, "unit": 1}',
        b'{"text": "a", "model": "gru", "step": 1, "unit": 128}',
        b'{"text": "a", "model": "gru", "step": 1, "unit": -1}',
        b'{"text": "a", "model": "per-word", "step": 1, "unit": 1}', b'{"text": "a", "model": "gru", "more": 1}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(body: bytes) -> None:
    response = CLIENT.post("/levels", content=body)
    assert response.status_code == 400
    assert response.json()["error"]


def test_too_long_a_body_is_refused() -> None:
    body = json.dumps({"text": "a" * levels.LONGEST_BODY, "model": "gru"})
    assert CLIENT.post("/levels", content=body).status_code == 413


def test_missing_weights_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    response = CLIENT.post("/levels", json={"text": "a", "model": "gru"})
    assert response.status_code == 503
    assert "vectors.safetensors is missing" in response.json()["error"]


def test_the_same_request_is_computed_once_and_old_answers_go(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[str] = []

    def answer(request: levels.Asked) -> bytes:
        computed.append(request.text)
        return b"x" * 40

    monkeypatch.setattr(levels, "answer", answer)
    store: Store[bytes] = Store(2 * (OVERHEAD + 40 + sys.getsizeof("a")), len)
    monkeypatch.setattr(levels, "ANSWERS", store)
    for text in ("a", "b", "a", "c", "a", "b"):
        assert levels.kept(levels.Asked(text, "gru")) == b"x" * 40
        assert store.bytes <= store.most
    assert computed == ["a", "b", "c", "b"]  # "a" was asked for again, so "b" went first


def test_importing_it_loads_no_torch() -> None:
    code = "import sys, explorer.server.levels; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
