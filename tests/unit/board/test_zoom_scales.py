"""The zoom's style sheet has the same scales as the figures."""

import re
from pathlib import Path

import pytest

from explorer.board import assets
from explorer.views.shared.charts import PALETTE

SHEET = (Path(assets.FOLDER) / "zoom" / "zoom.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["diverging", "signed", "sequential"])
def test_scales_are_those_of_the_palette(name: str) -> None:
    written = [
        [(float(place), colour) for place, colour in (stop.split() for stop in stops.split(","))]
        for stops in re.findall(rf"--{name}: ([^;]+);", SHEET)
    ]
    assert written == [PALETTE["light"][name], PALETTE["dark"][name], PALETTE["dark"][name]]
    if name != "sequential":
        ramps = [ramp.split(", ") for ramp in re.findall(rf"--{name}-ramp: ([^;]+);", SHEET)]
        assert ramps == [[colour for _, colour in stops] for stops in written]
