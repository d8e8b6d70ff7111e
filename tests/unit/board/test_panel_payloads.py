"""The hand-written payloads: a panel of every kind, and all as declared."""

import json
from typing import get_args, get_type_hints

from boards import mismatches
from panel_payloads import BOARDS, PANELS

from explorer.board import payloads


def kinds() -> list[str]:
    return sorted(get_args(get_type_hints(panel)["kind"])[0] for panel in get_args(payloads.Panel))


def test_there_is_a_panel_of_every_kind_and_all_are_as_declared() -> None:
    assert sorted({panel["kind"] for panel in PANELS}) == kinds()
    for name, data in BOARDS.items():
        assert mismatches(json.loads(json.dumps(data)), payloads.BOARDS[name]) == []
