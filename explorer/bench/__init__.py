"""Benches: how fast the explorer is, as ratios to something plain that is measured beside it. Smaller is better.

`python -m explorer bench` runs them all. A file a kind: the models alone in
`compute.py`, gradients and attributions in `inside.py`, all orders of a phrase in `order.py`, the writer in
`tasks.py`; in a real browser keys in `keys.py`, the zoom's frames in `frames.py`, starts in `starts.py`, what comes
over the wire in `network.py`; a class of visitors without one in `visitors.py`. `bare_chart.py` and `bare_start.py`
are the plain pages of the comparison; `registry.py` has the names and goals.
"""

from __future__ import annotations

import json
from pathlib import Path

from explorer.bench.registry import BENCHES, Bench, CouldNotRun
from explorer.bench.timing import say

__all__ = ["BENCHES", "Bench", "CouldNotRun", "run"]


def run(names: list[str], json_file: Path | None = None) -> int:
    """Run the benches of these names (none: all), print a table, write `{"name": ratio}` to `json_file`.

    Gives 0 if all are within their goals, 1 if one is over or could not run. Raises ValueError for an unknown name.
    """
    if unknown := [name for name in names if name not in BENCHES]:
        raise ValueError(f"There is no bench named {', '.join(unknown)}. There are: {', '.join(BENCHES)}.")
    rows = []
    for name in names or list(BENCHES):
        rows.append(take(BENCHES[name]))
        if json_file:
            json_file.write_text(json.dumps(results(rows), indent=2) + "\n", encoding="utf-8")
    print(table(rows))
    return 0 if all(verdict == "ok" for *_, verdict in rows) else 1


Row = tuple[str, float | None, float, str]  # name, ratio, goal, verdict


def take(bench: Bench) -> Row:
    """Run one bench. What stops it becomes its verdict, so that the others still run."""
    say(f"{bench.name}: {bench.compares}")
    try:
        ratio = bench.measure()
    except CouldNotRun as error:
        return bench.name, None, bench.goal, f"could not run: {error}"
    except Exception as error:  # a fault of the bench or of what it measures: reported, without ending the others
        return bench.name, None, bench.goal, f"could not run: {type(error).__name__}: {error}".splitlines()[0]
    return bench.name, ratio, bench.goal, "ok" if ratio <= bench.goal else "over"


def results(rows: list[Row]) -> dict[str, float | None]:
    """Ratio by name; null where a bench could not run."""
    return {name: None if ratio is None else round(ratio, 4) for name, ratio, *_ in rows}


def table(rows: list[Row]) -> str:
    """The rows as a table of text."""
    cells = [("bench", "ratio", "goal", "")]
    cells += [
        (name, "-" if ratio is None else f"{ratio:.4g}", f"{goal:g}", verdict) for name, ratio, goal, verdict in rows
    ]
    first = max(len(row[0]) for row in cells)
    return "\n".join(
        f"{name:<{first}}  {ratio:>8}  {goal:>6}  {verdict}".rstrip() for name, ratio, goal, verdict in cells
    )
