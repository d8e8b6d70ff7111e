"""Diagrams of unrolled networks, and the board of this page that they stand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from explorer.board.payloads import DiagramStep, Panel, PanelContent, UnrolledPanel
from explorer.views.sequence_tasks import sentences
from explorer.views.shared import charts

DRAWN = 40  # steps of each part of a network that a diagram draws


def content(typed: str, summary: str, panels: Sequence[Panel] = (), notes: Sequence[str] = ()) -> PanelContent:
    """A board without a phrase under the time cursor."""
    return {
        "palette": charts.PALETTE,
        "summary": summary,
        "notes": list(notes),
        "phrases": [],
        "steps": 0,
        "typed": typed,
        "panels": list(panels),
    }


def cell(
    input: str | None,
    output: str | None,
    part: str,
    memory: bool = False,
    fed: bool = False,
    looks: Sequence[tuple[int, float]] = (),
) -> DiagramStep:
    """One step of a diagram; `looks`: at which cells of the row before, from 0, and how much, 0…1."""
    return {
        "input": input,
        "output": output,
        "names": ("", "", ""),
        "belief": None,
        "part": part,
        "memory": memory,
        "fed": fed,
        "looks": list(looks),
    }


def unrolled(
    name: str, title: str, description: str, steps: list[DiagramStep], sentence: str | None = None
) -> UnrolledPanel:
    """A diagram of the first DRAWN steps of each part, with all of them as the table behind it.

    `sentence`: what stands below it, if not what must be known to read it.
    """
    parts = Counter(step["part"] for step in steps)
    drawn = [step for part in parts for step in islice((step for step in steps if step["part"] == part), DRAWN)]
    more = sentences.drawn(DRAWN, parts)
    lines = sentences.LINES if any(step["looks"] for step in drawn) else ""
    return {
        "kind": "unrolled",
        "id": name,
        "title": title,
        "alt": f"Unrolled diagram: {len(steps)} cells from left to right, inputs below, outputs above. "
        f"{description}{more}",
        "sentence": f"{lines}{more}".strip() if sentence is None else sentence,
        "steps": drawn,
        "table": {
            "columns": ["Step", "Cell", "Input", "Output"],
            "rows": [
                [str(t), step["part"], step["input"] or "–", step["output"] or "–"] for t, step in enumerate(steps, 1)
            ],
        },
    }
