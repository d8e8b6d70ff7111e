"""What comes back from the browser: what is an event, and that nothing else is, nor raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.board import events

MODELS = {"rnn": 1, "gru": 2}  # a dictionary: it cannot be asked for a list
WEIGHTS = {"embedding": [[1, 2.5], [0, -1]], "W": [[1, 2]], "U": [[0.5]], "b": [0], "w": [1], "c": -0.5}
REQUEST = {"number": 7, "weights": WEIGHTS, "phrases": [["good"], ["bad", "good"]]}
CHECKS = {
    "unit": lambda asked: events.unit(asked, 8),
    "order": events.order,
    "opened": events.opened,
    "word": lambda asked: events.word(asked, 3),
    "sliders": events.sliders,
    "request_number": events.request_number,
    "spreadsheet": events.spreadsheet,
}
NAMES = [
    "unit",
    "order",
    "a",
    "b",
    "lane",
    "place",
    "word",
    "words",
    "size",
    "number",
    "weights",
    "phrases",
    *WEIGHTS,
]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from([*NAMES, *MODELS])
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
)


@pytest.mark.parametrize("name", CHECKS)
@given(asked=JSON)
def test_nothing_that_a_browser_can_send_raises(name: str, asked: object) -> None:
    CHECKS[name](asked)


@given(asked=JSON, name=st.sampled_from(sorted(REQUEST)))
def test_a_request_with_anything_in_a_place_does_not_raise(asked: object, name: str) -> None:
    events.spreadsheet(REQUEST | {name: asked})


@pytest.mark.parametrize("value", [8, -1, "1", 1.0, True, None, [1]])
def test_a_unit_that_there_is(value: object) -> None:
    assert events.unit({"unit": 7}, 8) == 7
    assert events.unit({"unit": value}, 8) is None


def test_words_in_their_order() -> None:
    assert events.order({"order": ["bad", "good"]}) == ["bad", "good"]
    assert events.order({"order": ["bad", ["good"]]}) is None is events.order({"order": "bad"})
    assert events.order({"order": ["a"] * (events.MOST_WORDS + 1)}) is None


def test_texts_to_open() -> None:
    assert events.opened({"a": "x", "b": "y", "model": "gru"}) == {"a": "x", "b": "y", "model": "gru"}
    assert events.opened({"a": "x", "b": 1, "model": ["gru"]}) == {"a": "x"}
    assert events.opened({"b": "y"}) is None is events.opened({"a": "x" * (events.LONGEST + 1)})


@pytest.mark.parametrize(
    "asked", [{"place": 1}, {"place": 4, "word": "w"}, {"place": 1, "word": ["w"]}, {"place": True, "word": "w"}]
)
def test_a_word_at_a_place(asked: object) -> None:
    assert events.word({"place": 3, "word": "w"}, 3) == {"place": 3, "word": "w"}
    assert events.word(asked, 3) is None


def test_sliders_that_were_moved() -> None:
    assert events.sliders({"words": 20, "size": 2.5, "place": False, "other": 1}) == {"words": 20}
    assert events.sliders(None) == {} == events.sliders({"words": -1})


def test_a_request_for_a_spreadsheet() -> None:
    assert events.spreadsheet(REQUEST) == REQUEST
    assert events.request_number(REQUEST | {"weights": 1}) == 7


@pytest.mark.parametrize(
    "change",
    [
        {"number": "7"},
        {"number": None},
        {"phrases": []},
        {"phrases": [["a"], ["b"], ["c"]]},
        {"phrases": [[]]},
        {"phrases": [["a", 1]]},
        {"weights": {**WEIGHTS, "c": float("nan")}},
        {"weights": {**WEIGHTS, "c": float("inf")}},
        {"weights": {**WEIGHTS, "c": True}},
        {"weights": {**WEIGHTS, "c": 10**400}},
        {"weights": {**WEIGHTS, "b": []}},
        {"weights": {**WEIGHTS, "W": [[1, 2], [3]]}},
        {"weights": {**WEIGHTS, "W": [[1, "2"]]}},
        {"weights": {name: value for name, value in WEIGHTS.items() if name != "U"}},
    ],
)
def test_a_request_that_is_not_whole(change: dict) -> None:
    assert events.spreadsheet(REQUEST | change) is None
