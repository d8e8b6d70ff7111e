"""The board's files: which there are, their checksum, and the style sheet of all panels."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import plotly

PREFIX = "assets"
PLOTLY = "plotly.min.js"
FIRST = ("boards/compare.js", "board.js", "panels/chart.js")  # what the first page needs
FOLDER = Path(__file__).resolve().parent / "js"
TESTS = FOLDER / "tests"


def _sources(suffix: str) -> dict[str, Path]:
    """The files of a kind by their address below `js/`, sorted, without the tests."""
    paths = sorted(path for path in FOLDER.rglob(f"*{suffix}") if TESTS not in path.parents)
    return {path.relative_to(FOLDER).as_posix(): path for path in paths}


FILES: dict[str, Path] = _sources(".js") | {PLOTLY: Path(plotly.__file__).parent / "package_data" / PLOTLY}


@lru_cache(maxsize=1)
def css() -> str:
    """All style sheets as one: the board's own first, then those of panels and boards in the order of their names."""
    sheets = _sources(".css")
    base = sheets.pop("board.css")
    return "\n".join(path.read_text(encoding="utf-8") for path in [base, *sheets.values()])


@lru_cache(maxsize=1)
def version() -> str:
    """A checksum of all files: a folder of their address, so that a browser may keep them and never mixes versions."""
    digest = hashlib.sha256(plotly.__version__.encode())
    for name, path in _sources(".js").items():
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
