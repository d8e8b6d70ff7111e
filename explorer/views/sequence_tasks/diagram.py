"""Diagrams of unrolled networks: their cells with the notation, small and whole, and the boards that they stand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from explorer.board.payloads import DiagramPicture, DiagramStep, Panel, PanelContent, UnrolledPanel
from explorer.messages import _
from explorer.views.sequence_tasks import sentences
from explorer.views.shared import charts

DRAWN = 40  # steps of each part of a network that a diagram draws
START, END = _("(start)"), _("(end)")


def content(
    typed: str, summary: str, panels: Sequence[Panel] = (), notes: Sequence[str] = (), steps: int = 0
) -> PanelContent:
    """A board whose diagrams show all words themselves; `steps` of the longest run."""
    return {
        "palette": charts.PALETTE,
        "summary": summary,
        "notes": list(notes),
        "phrases": [],
        "steps": steps,
        "typed": typed,
        "bare": True,
        "panels": list(panels),
    }


def cell(
    input: str | None,
    output: str | None,
    part: str,
    memory: bool = False,
    fed: bool = False,
    looks: Sequence[tuple[int, float]] = (),
    belief: float | None = None,
) -> DiagramStep:
    """One step of a diagram; `looks`: at which cells of the encoder, from 0, and how much, 0…1.

    `belief`: P(positive) where the output is one; `named` gives its names.
    """
    return {
        "input": input, "output": output, "names": ("", "", ""), "belief": belief, "part": part, "memory": memory,
        "fed": fed, "looks": list(looks),
    }  # fmt: skip


def named(steps: Sequence[DiagramStep]) -> list[DiagramStep]:
    """The steps with x⟨t⟩, a⟨t⟩ and ŷ⟨t⟩, each counted from 1; an output that is the next input keeps its name.

    >>> steps = [cell("a", None, "RNN"), cell("b", "c", "RNN"), cell("c", "d", "RNN", fed=True)]
    >>> [step["names"] for step in named(steps)]
    [('x⟨1⟩', 'a⟨1⟩', ''), ('x⟨2⟩', 'a⟨2⟩', 'ŷ⟨1⟩'), ('ŷ⟨1⟩', 'a⟨3⟩', 'ŷ⟨2⟩')]
    """
    if len(steps) == 1:
        return [{**steps[0], "names": ("x", "a", "ŷ")}]
    read = said = 0
    shown: list[DiagramStep] = []
    for t, step in enumerate(steps, 1):
        given = step["input"] is not None and step["input"] != START and not step["fed"]
        of = f"ŷ⟨{said}⟩" if step["fed"] else f"x⟨{read + 1}⟩" if given else ""
        read += given
        said += step["output"] is not None
        shown.append({**step, "names": (of, f"a⟨{t}⟩", f"ŷ⟨{said}⟩" if step["output"] is not None else "")})
    return shown


def picture(steps: Sequence[DiagramStep], sentence: str) -> DiagramPicture:
    """A small diagram."""
    alt = _("Unrolled diagram of {count} cells, inputs below, outputs above. {sentence}")
    return {"drawing": "diagram", "alt": alt.format(count=len(steps), sentence=sentence), "steps": ends(named(steps))}


def drawn(steps: Sequence[DiagramStep]) -> list[DiagramStep]:
    """All steps of a network, of which the browser draws those around the one that is seen; of two parts that look at
    each other the first DRAWN of each.
    """
    split = parts(steps)
    return split[0] if len(split) == 1 else [step for part in split for step in part[:DRAWN]]


def ends(steps: Sequence[DiagramStep]) -> list[DiagramStep]:
    """DRAWN steps of each part, its last one among them: a small diagram has a gap before that one anyway."""
    return [step for part in parts(steps) for step in _ends(part)]


def _ends(part: list[DiagramStep]) -> list[DiagramStep]:
    left_out = len(part) - DRAWN
    return part if left_out <= 0 else [*part[: DRAWN - 1], {**part[-1], "skipped": left_out}]


def parts(steps: Sequence[DiagramStep]) -> list[list[DiagramStep]]:
    """The steps of each part of a network."""
    names = dict.fromkeys(step["part"] for step in steps)
    return [[step for step in steps if step["part"] == name] for name in names]


def unrolled(
    name: str, title: str, description: str, steps: Sequence[DiagramStep], sentence: str | None = None
) -> UnrolledPanel:
    """A diagram of DRAWN steps of each part, with all of them as the table behind it.

    `sentence`: what stands below it, if not what must be known to read it.
    """
    every = named(steps)
    shown = drawn(every)
    counts = Counter(step["part"] for step in every)
    more = sentences.drawn(DRAWN, counts) if len(counts) > 1 else sentences.drawn_around(DRAWN, len(every))
    lines = [sentences.lines()] if any(step["looks"] for step in shown) else []
    alt = _("Unrolled diagram of {count} cells, inputs below, outputs above. {sentence}")
    return {
        "kind": "unrolled",
        "id": name,
        "title": title,
        "alt": " ".join([alt.format(count=len(steps), sentence=description), *more]),
        "sentence": " ".join([*lines, *more]) if sentence is None else sentence,
        "steps": shown,
        "table": {
            "columns": [_("Step"), _("Cell"), _("Input"), _("Output")],
            "rows": [
                [str(t), step["part"], step["input"] or "–", step["output"] or "–"] for t, step in enumerate(every, 1)
            ],
        },
    }
