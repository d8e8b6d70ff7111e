"""The contract with the browser: the committed declarations are those of the types, and pages send what is declared."""

from typing import Any, Literal, NotRequired, TypedDict, get_args, get_type_hints

import pytest
from boards import all_boarded, mismatches
from streamlit.testing.v1 import AppTest

from explorer.board import declarations, payloads
from explorer.views.shared.pages import PAGES


def test_the_committed_declarations_are_those_of_the_types() -> None:
    """`python -m explorer.board.declarations` writes them anew."""
    assert declarations.FILE.read_text(encoding="utf-8") == declarations.declarations()


def test_each_panel_is_of_a_kind_of_its_own() -> None:
    kinds = [get_args(get_type_hints(panel)["kind"]) for panel in get_args(payloads.Panel)]
    assert all(len(kind) == 1 for kind in kinds)
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_sends_what_is_declared(name: str) -> None:
    script = f"from explorer.views.shared.pages import PAGES\nPAGES[{name!r}].draw()"
    app = AppTest.from_string(script, default_timeout=120)
    app.session_state[f"{name}.measure"] = True  # what is folded is sent once it is opened
    assert all_boarded(app.run())


class Small(TypedDict):
    """For the tests."""

    kind: Literal["small"]
    numbers: list[float]
    pair: tuple[str, int]
    read: dict[int, str]
    more: NotRequired[str | None]


SMALL = {"kind": "small", "numbers": [1, 2.5], "pair": ["a", 1], "read": {"0": "b"}}


@pytest.mark.parametrize(
    ("declared", "typescript"),
    [
        (str | None, "string | null"),
        (list[str | int], "(string | number)[]"),
        (list[list[float]], "number[][]"),
        (tuple[str, bool], "[string, boolean]"),
        (dict[int, str], "Record<number, string>"),
        (Literal["a", "b"], '"a" | "b"'),
        (payloads.Trace, "Trace"),
        (payloads.Cell, "Cell"),
        (list[Small], "Small[]"),
    ],
)
def test_a_type_in_typescript(declared: Any, typescript: str) -> None:
    assert declarations.typescript(declared) == typescript


def test_an_interface_in_typescript() -> None:
    lines = declarations.interface(Small).splitlines()
    assert lines[:4] == ["/**", " * For the tests.", " */", "export interface Small {"]
    assert '  kind: "small"' in lines
    assert "  more?: string | null" in lines
    assert lines[-1] == "}"


def test_a_type_without_typescript_is_an_error() -> None:
    with pytest.raises(TypeError, match="complex"):
        declarations.typescript(list[complex])


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "large"},
        {"numbers": ["1"]},
        {"numbers": [True]},
        {"pair": ["a"]},
        {"pair": ["a", 1.5]},
        {"read": {"zero": "b"}},
        {"more": 3},
        {"strange": 1},
    ],
)
def test_what_is_not_declared_is_found(change: dict) -> None:
    assert mismatches(SMALL, Small) == [] == mismatches(SMALL | {"more": None}, Small)
    assert mismatches(SMALL | change, Small) != []
    assert mismatches({name: value for name, value in SMALL.items() if name != "pair"}, Small) == [
        "payload.pair is missing"
    ]
