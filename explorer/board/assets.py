"""The board's files: which there are, their checksum, and the style sheet of all panels."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import lru_cache
from pathlib import Path

import plotly

PREFIX = "assets"
PLOTLY, STYLES, ICON = "plotly.min.js", "styles.css", "icon.svg"
SHELL = "shell/shell.js"  # what the page itself starts
IMPORT = re.compile(r'^(?:import\s+(?:[^"]*?\sfrom\s+)?|export\s[^"]*?\sfrom\s+)"(\.[^"]+)"', re.MULTILINE)
FOLDER = Path(__file__).resolve().parent / "js"
TESTS = FOLDER / "tests"


def _sources(suffix: str) -> dict[str, Path]:
    """The files of a kind by their address below `js/`, sorted, without the tests."""
    paths = sorted(path for path in FOLDER.rglob(f"*{suffix}") if TESTS not in path.parents)
    return {path.relative_to(FOLDER).as_posix(): path for path in paths}


FILES: dict[str, Path] = (
    _sources(".js") | _sources(".svg") | {PLOTLY: Path(plotly.__file__).parent / "package_data" / PLOTLY}
)


@lru_cache(maxsize=1)
def css() -> str:
    """All style sheets as one: the board's own first, then those of panels and boards in the order of their names."""
    sheets = _sources(".css")
    base = [sheets.pop(name) for name in ("tokens.css", "board.css")]
    return "\n".join(path.read_text(encoding="utf-8") for path in [*base, *sheets.values()])


def imports(name: str) -> list[str]:
    """The modules that a module needs, itself first: the browser is told of them at once, not one after the other."""
    found = {name: None}
    queue = [name]
    for module in queue:
        source = FILES[module].read_text(encoding="utf-8")
        for path in IMPORT.findall(source):
            needed = posixpath.normpath(posixpath.join(posixpath.dirname(module), path))
            if needed not in found:
                found[needed] = None
                queue.append(needed)
    return list(found)


@lru_cache(maxsize=1)
def version() -> str:
    """A checksum of all files: a folder of their address, so that a browser may keep them and never mixes versions."""
    digest = hashlib.sha256(plotly.__version__.encode())
    for name, path in (_sources(".js") | _sources(".css") | _sources(".svg")).items():
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
