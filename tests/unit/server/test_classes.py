"""Classes over HTTP: who may do what, what each may see, and how often."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer import load, models, predict
from explorer.classroom.store import ClassStore
from explorer.server import classes
from explorer.server.classes import events, pages, place, rates, requests

PHONE = "0123456789abcdef" * 2
PAIR = ["good, not bad", "bad, not good"]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassStore]:
    kept = ClassStore(tmp_path / "classes.sqlite3")
    monkeypatch.setattr(place, "store", lambda: kept)
    for name in ("GUESSED", "ANSWERED", "BEGUN"):
        monkeypatch.setattr(requests, name, rates.Rate(getattr(requests, name).most))
    yield kept
    kept.close()


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=classes.ROUTES))


class Teacher:
    def __init__(self, client: TestClient):
        self.client = client
        begun = client.post("/class")
        assert begun.status_code == 201
        self.code, secret = begun.json()["code"], begun.json()["secret"]
        self.headers = {"Authorization": f"Bearer {secret}"}

    def does(self, do: str, **more: object) -> int:
        return self.client.post(f"/class/{self.code}", json={"do": do, **more}, headers=self.headers).status_code

    def answered(self, *answer: float, number: int = 1, phone: str = PHONE) -> int:
        sent = {"phone": phone, "number": number, "answer": list(answer)}
        return self.client.post(f"/class/{self.code}/answers", json=sent).status_code

    def state(self) -> dict:
        return json.loads(events.event_of(self.code).decode().removeprefix("data: "))


@pytest.fixture
def teacher(client: TestClient) -> Teacher:
    return Teacher(client)


def test_a_question_from_asking_to_revealing(teacher: Teacher) -> None:
    assert teacher.state() == {"version": 1, "questions": 0, "reviews": 0, "phase": "waiting"}
    assert teacher.does("ask", number=1, texts=PAIR) == 204
    assert teacher.answered(0.9, 0.2) == 204
    state = teacher.state()
    assert (state["phase"], state["texts"], state["answered"]) == ("open", PAIR, 1)
    assert not {"answers", "verdicts"} & set(state)  # nobody knows them before
    assert teacher.does("lock") == 204
    assert teacher.answered(0.5, 0.5) == 409
    assert teacher.does("reveal") == 204
    state = teacher.state()
    assert state["answers"] == [[0.9, 0.2]]
    assert list(state["verdicts"]) == list(models())
    for name, given in state["verdicts"].items():
        assert given == pytest.approx(predict(load(name), PAIR), abs=1e-6)
    assert state["verdicts"]["per-word"][0] == state["verdicts"]["per-word"][1]


def test_a_text_without_a_word_has_no_verdict(teacher: Teacher) -> None:
    assert teacher.does("ask", number=1, texts=["?!"]) == 204
    teacher.does("reveal")
    assert set(teacher.state()["verdicts"].values()) == {None}


def test_only_the_teacher_steers(teacher: Teacher, client: TestClient) -> None:
    other = Teacher(client)
    for headers in ({}, {"Authorization": "Bearer "}, other.headers):
        for method, path in [("post", ""), ("get", "/answers"), ("get", "/reviews")]:
            answer = client.request(method, f"/class/{teacher.code}{path}", headers=headers)
            assert answer.status_code == 403
            assert answer.json()["error"] == "This browser has not started this class."
    assert teacher.state()["version"] == 1


def test_the_secret_is_in_no_page_and_no_event(teacher: Teacher, client: TestClient) -> None:
    secret = teacher.headers["Authorization"].split()[1]
    teacher.does("ask", number=1, texts=PAIR)
    pages = [client.get(path).text for path in ("/class", "/join", f"/join/{teacher.code}")]
    assert secret not in "".join(pages) + events.event_of(teacher.code).decode()


def test_codes_cannot_be_guessed_in_bulk(teacher: Teacher, client: TestClient) -> None:
    wrong = "AAAAA" if teacher.code != "AAAAA" else "BBBBB"
    answers = [client.get(f"/class/{wrong}").status_code for _time in range(requests.GUESSES + 5)]
    assert answers == [404] * requests.GUESSES + [429] * 5
    assert client.get(f"/class/{teacher.code}").status_code == 429  # the right one, too


def test_a_rate_is_of_a_minute() -> None:
    now = [0.0]
    rate = rates.Rate(2, lambda: now[0])
    for _time in range(2):
        assert not rate.spent("a")
        rate.count("a")
    assert rate.spent("a")
    assert not rate.spent("b")
    now[0] = 60
    assert not rate.spent("a")


def test_a_phone_that_sends_too_much_has_to_wait(teacher: Teacher) -> None:
    teacher.does("ask", number=1, texts=PAIR)
    answers = [teacher.answered(0.5, place / 100) for place in range(requests.ANSWERS + 1)]
    assert answers == [204] * requests.ANSWERS + [429]
    assert teacher.answered(0.1, 0.2, phone="f" * 32) == 204


def test_reviews_are_for_the_teacher_alone(teacher: Teacher, client: TestClient) -> None:
    path = f"/class/{teacher.code}/reviews"
    review = "<b>not</b> *bad*\nat all"
    assert client.post(path, json={"phone": PHONE, "review": review}).status_code == 204
    assert teacher.state()["reviews"] == 1
    assert "bad" not in events.event_of(teacher.code).decode()
    found = client.get(path, headers=teacher.headers).json()
    assert [entry["review"] for entry in found] == ["<b>not</b> *bad* at all"]
    assert teacher.does("remove", review=found[0]["number"]) == 204
    assert client.get(path, headers=teacher.headers).json() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b"[" * 39_000, 400),
        (b'{"do": "fly"}', 400),
        (b'{"do": ["ask"]}', 400),
        (b'{"do": "ask", "texts": ["a"]}', 400),
        (b'{"do": "ask", "number": 2, "texts": ["a"]}', 409),
        (b'{"do": "ask", "number": 1, "texts": [" "]}', 400),
        (b'{"do": "ask", "number": 1, "texts": ["a", "b", "c"]}', 400),
        (json.dumps({"do": "ask", "number": 1, "texts": ["a" * 2_001]}).encode(), 413),
        (b" " * 40_001, 413),
    ],
)
def test_what_a_class_cannot_do_is_refused_in_words(
    teacher: Teacher, client: TestClient, body: bytes, status: int
) -> None:
    answer = client.post(f"/class/{teacher.code}", content=body, headers=teacher.headers)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")


def test_the_download_is_no_formula(teacher: Teacher, client: TestClient) -> None:
    teacher.does("ask", number=1, texts=["=HYPERLINK(1)"])
    teacher.answered(0.25)
    answer = client.get(f"/class/{teacher.code}/answers", headers=teacher.headers)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.splitlines()[1] == "1,'=HYPERLINK(1),,1,0.25,"


def test_a_stream_tells_the_state_at_once_each_change_and_the_end(store: ClassStore) -> None:
    async def listened() -> list[dict]:
        code = await asyncio.to_thread(store.begin, "secret")
        heard: list[dict] = []
        async for event in events.events(code):
            if not event.startswith(b"data: "):
                continue
            heard.append(json.loads(event.decode().removeprefix("data: ")))
            if len(heard) == 1:
                store.ask(code, 1, ("dull",), {"gru": [0.1]})  # as another server would, without telling this one
            elif len(heard) == 2:
                store.end(code)
        assert events.WATCHES == {}  # nobody looks any more
        return heard

    assert [state["phase"] for state in asyncio.run(listened())] == ["waiting", "open", "ended"]


def test_a_joining_phone_loads_little(client: TestClient) -> None:
    from explorer.board import assets
    from explorer.server.compression import compressed

    modules = sum(len(compressed(assets.FILES[name])) for name in assets.imports(pages.PAGES["join"][0]))
    page = client.get("/join/ABCDE")
    assert page.status_code == 200
    assert modules + len(page.content) + len(assets.css().encode()) < 500_000
    assert "streamlit" not in page.text.lower()
