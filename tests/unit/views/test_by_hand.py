"""The page By hand: what it sends to the browser, what it takes from there, and that both compute the same."""

import base64
import io
from pathlib import Path
from urllib.parse import urlencode

import boards
import numpy as np
import pytest
from boards import boarded
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from explorer.analysis.two_units import PAIRS, PARAMETERS, WORDS, TwoUnits, columns, load_two_units
from explorer.core import checkpoints
from explorer.views.by_hand.panels import LONGEST
from explorer.views.by_hand.spreadsheet import spreadsheet

PAGE = "from explorer.views.by_hand import page\npage.page()"
LESSON = ["good", ",", "not", "bad"], ["bad", ",", "not", "good"]


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=60)


@pytest.fixture
def trained() -> TwoUnits:
    return load_two_units()


@pytest.fixture
def asked(trained: TwoUnits) -> dict:
    """What the browser sends for a spreadsheet."""
    given = {name: values.tolist() for name, values in trained.as_dict().items()}
    return {"number": 7, "weights": given, "phrases": [list(tokens) for tokens in LESSON]}


def examples(app: AppTest):
    """The choice of an example."""
    return next(box for box in app.selectbox if box.label == "Phrases to try")


def typed(app: AppTest, text: str) -> dict:
    return boarded(boards.typed(app.run(), "by-hand", text=text))


def tokens(data: dict) -> list[list[str]]:
    return [phrase["tokens"] for phrase in data["phrases"]]


def test_at_first_both_orders_stand_side_by_side(app: AppTest, trained: TwoUnits) -> None:
    data = boarded(app.run())
    assert tokens(data) == [*map(list, LESSON)]
    assert [phrase["phrase"] for phrase in data["phrases"]] == ["A", "B"]
    assert data["columns"] == columns(trained)
    assert data["trouble"] is None
    assert data["file"] is None
    assert all((trained.as_dict()[name] == np.array(values)).all() for name, values in data["weights"].items())
    assert data["moved"] == []


def test_every_text_can_be_chosen_and_brings_the_other_of_its_pair(app: AppTest) -> None:
    app.run()
    for pair in PAIRS:
        for text, other in (pair, pair[::-1]):
            examples(app).set_value(text.replace(" ,", ",")).run()
            assert tokens(boarded(app)) == [text.split(), other.split()]
            assert examples(app).value == text.replace(" ,", ",")
    boards.typed(app, "by-hand", text="the very good film")
    assert examples(app).value is None


@pytest.mark.parametrize("text", ["bad,not good", "BAD ,not   good", "bad, not good"])
def test_text_is_read_as_everywhere_else(app: AppTest, text: str) -> None:
    assert tokens(typed(app, text)) == [LESSON[1], LESSON[0]]


def test_a_phrase_of_no_pair_stands_alone(app: AppTest) -> None:
    data = typed(app, "the very good film")
    assert tokens(data) == [["the", "very", "good", "film"]]
    assert data["phrases"][0]["phrase"] == ""
    assert data["steps"] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no text"), ("   ", "no text"), ("good movie", "“movie”"), ("it isn't bad", "“n't”"),
        ("<b>good</b> *film*", "“<”"), ("😀", "😀"),
    ],
)  # fmt: skip
def test_what_it_cannot_read_is_said_and_kept(app: AppTest, text: str, said: str) -> None:
    data = typed(app, text)
    assert said in data["trouble"]
    assert all(word in data["trouble"] for word in WORDS)
    assert tokens(data) == [*map(list, LESSON)]
    assert "What you see below is “good, not bad”" in data["trouble"]
    assert data["typed"] == text
    assert data["link"] == f"?{urlencode({'text': text})}"


def test_a_long_text_is_cut_and_kept(app: AppTest) -> None:
    text = "very " * 70 + "good"
    data = typed(app, text)
    assert tokens(data) == [["very"] * LONGEST]
    assert "71 tokens" in data["notes"][0]
    assert data["typed"] == text


def test_missing_weights_are_said_without_a_traceback(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    app.run()
    assert not app.exception
    assert "cannot be used" in app.error[0].value


def test_a_link_moves_weights(app: AppTest, trained: TwoUnits) -> None:
    assert trained.parameters == PARAMETERS
    app.query_params["weights"] = "25.-150_32.-402"
    data = boarded(app.run())
    assert data["moved"] == [[25, -150], [32, -402]]
    assert data["address"]["query"] == "?weights=25.-150_32.-402"
    assert data["parameter"] == "weights"


@pytest.mark.parametrize(
    "asked", ["", "x", "33.0", "0.501", "0.-501", "0.1.5", "-1.5", "_" * 9_999, "0", ".", "²." + "5"]
)
def test_weights_of_a_link_that_are_none(app: AppTest, asked: str) -> None:
    app.query_params["weights"] = asked
    assert boarded(app.run())["moved"] == []


# ------------------------------------------------------------------------------------------------- asked by the browser


def opened(file: dict) -> dict[str, float]:
    """The weights in a spreadsheet by their names."""
    book = load_workbook(io.BytesIO(base64.b64decode(file["data"])))
    assert book.sheetnames == ["Weights", "Phrase 1", "Phrase 2"]
    return {line[4].value: line[5].value for line in book["Weights"].iter_rows(min_row=2)}


def test_the_spreadsheet_has_the_weights_that_were_moved(trained: TwoUnits, asked: dict) -> None:
    asked["weights"]["U"][0][1] = -1.25
    asked["weights"]["c"] = 2
    file = spreadsheet(trained, asked)
    found = opened(file)
    assert file["number"] == 7
    assert found["U12"] == -1.25
    assert found["c"] == 2
    assert found["W11"] == trained.W[0, 0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("b", [1.0]), ("b", [1.0, 2.0, 3.0]), ("b", [None, 1.0]), ("b", ["1", "2"]), ("b", [float("inf"), 0.0]),
        ("b", [10**400, 0]), ("b", [[1.0], 2.0]), ("b", None), ("c", True), ("c", float("nan")), ("c", {}),
        ("W", [[1, 2], [3]]), ("embedding", [[1.0, 2.0]]),
    ],
)  # fmt: skip
def test_weights_that_are_none(trained: TwoUnits, asked: dict, name: str, value: object) -> None:
    asked["weights"][name] = value
    file = spreadsheet(trained, asked)
    assert "data" not in file
    assert f"“{name}” should be finite numbers" in file["trouble"]


@pytest.mark.parametrize(
    "change",
    [
        {"weights": None}, {"weights": []}, {"phrases": None}, {"phrases": []}, {"phrases": [["good"]] * 3},
        {"phrases": ["good"]}, {"phrases": [[]]}, {"phrases": [["movie"]]}, {"phrases": [[["good"]]]},
        {"phrases": [[1]]},
        {"phrases": [["good"] * 51]}, {"phrases": [["=HYPERLINK()"]]},
    ],
)  # fmt: skip
def test_requests_that_are_none(trained: TwoUnits, asked: dict, change: dict) -> None:
    file = spreadsheet(trained, asked | change)
    assert "data" not in file
    assert file["trouble"].startswith("There is no spreadsheet: ")
    assert file["number"] == 7


@pytest.mark.parametrize("number", [None, "7", [7]])
def test_a_request_without_a_number(trained: TwoUnits, asked: dict, number: object) -> None:
    assert spreadsheet(trained, asked | {"number": number})["number"] is None
