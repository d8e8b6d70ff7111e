"""The documentation is true: its scores are those of the cards, its counts those of the models, its links lead on."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

from explorer import load, models
from explorer.bench import BENCHES
from explorer.cli import parser
from explorer.core.checkpoints import FOLDER, read_card
from explorer.evaluation.baselines import BASELINES
from explorer.tasks import NETWORKS
from tests import check

ROOT = Path(__file__).resolve().parents[2]
BEHAVIOUR = ("neutral", "phrases", "changed_by_edits", "fairness_verdict")
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in (".", ".github", "explorer", "pretrained")
    for path in sorted((ROOT / folder).glob("*.md" if folder == "." else "**/*.md"))
    if "node_modules" not in path.parts
}
README = DOCUMENTS["README.md"]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table, without the backquotes of the first."""
    lines = (line for line in text.splitlines() if line.startswith("| "))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def table(text: str, head: str) -> dict[str, list[str]]:
    """The other cells of each row of the table whose head starts so, by the row's first cell."""
    body = text[text.index(head) :].split("\n\n")[0].splitlines()[2:]
    return {first.strip("`"): cells for first, *cells in rows("\n".join(body))}


SCORES = table(README, "| | SST-2 dev | ECE |")
TYPED = table(DOCUMENTS["pretrained/README.md"], "| | typed texts | fresh pairs |")
SPREAD = table(DOCUMENTS["pretrained/README.md"], "| | SST-2 dev | IMDB | order pairs, not taught |")


def test_the_readme_is_short() -> None:
    assert len(README.encode()) <= 8000


@pytest.mark.parametrize("name", models())
def test_parameters(name: str) -> None:
    assert table(README, "| name | what it is |")[name][-1] == f"{load(name).card['parameters']:,}"


@pytest.mark.parametrize("name", NETWORKS)
def test_parameters_of_other_tasks(name: str) -> None:
    counts = table(DOCUMENTS["explorer/tasks/README.md"], "| name | task |")
    assert counts[name][-1] == f"{read_card(FOLDER / f'{name}.json')['parameters']:,}"


@pytest.mark.parametrize("name", models())
def test_scores(name: str) -> None:
    s = load(name).card["scores"]
    assert SCORES[name] == [
        f"{100 * s['sst2']:.1f} %",
        f"{s['sst2_ece']:.3f}",
        f"{100 * s['imdb']:.1f} %",
        f"{100 * s['pairs_taught']:.0f} %",
        f"{100 * s['pairs_held_out']:.0f} %",
        f"{s['good_not_bad']:.2f}",
        f"{s['bad_not_good']:.2f}",
    ]


def test_what_people_type() -> None:
    measures = ("typed", "fresh_pairs", "neutral_texts", "viewpoints_wrong", "words", "words_framed")
    tools = read_card(FOLDER / "baselines.json")
    cards = {load(name).card["label"]: load(name).card for name in models()}
    assert set(TYPED) == {*cards, *tools}
    for name, cells in TYPED.items():
        scores = cards[name]["scores"] if name in cards else tools[name]
        quarter = [row for row in cards.get(name, {}).get("on_the_way", []) if row["percent"] == 25]
        begun = [f"{100 * row['right']:.1f} %, {100 * row['claimed']:.1f} %, {row['ece']:.3f}" for row in quarter]
        measured = [f"{100 * scores[measure]:.1f} %" for measure in (*measures, "more_groups_verdict")]
        assert cells == [*measured[:-1], *(begun or ["–"]), measured[-1]], name


def test_means_over_seeds_and_behaviour() -> None:
    for name in models():
        card = load(name).card
        spread = [card["spread"][measure] for measure in ("sst2", "imdb", "pairs_held_out")]
        assert SPREAD[card["label"]] == [
            *(f"{100 * s['mean']:.1f} ({100 * s['low']:.1f} … {100 * s['high']:.1f})" for s in spread),
            *(f"{100 * card['scores'][measure]:.1f} %" for measure in BEHAVIOUR),
        ]
    assert set(SPREAD) == {load(name).card["label"] for name in models()} | set(BASELINES)
    assert set(SCORES) == set(models()) | set(BASELINES)


@pytest.mark.parametrize("name", BASELINES)
def test_scores_of_word_lists(name: str) -> None:
    s = read_card(FOLDER / "baselines.json")[name]
    order = [f"{100 * s['pairs_taught']:.0f} %", f"{100 * s['pairs_held_out']:.0f} %"]
    assert SCORES[name] == [f"{100 * s['sst2']:.1f} %", "–", f"{100 * s['imdb']:.1f} %", *order, "–", "–"]
    assert SPREAD[name] == [
        *(f"{100 * s[measure]:.1f}" for measure in ("sst2", "imdb", "pairs_held_out")),
        *(f"{100 * s[measure]:.1f} %" for measure in BEHAVIOUR),
    ]


def test_bench_table_names_every_bench_with_its_goal() -> None:
    goals = {name: float(cells[1]) for name, cells in table(DOCUMENTS["explorer/bench/README.md"], "| bench |").items()}
    assert goals == {name: bench.goal for name, bench in BENCHES.items()}


def test_every_room_has_its_row() -> None:
    """A room is a file or a folder directly in explorer/."""
    told = {name.rstrip("/") for name in table(DOCUMENTS["explorer/README.md"], "| room |")}
    there = {path.name for path in (ROOT / "explorer").iterdir() if any(path.glob("**/*.py")) or path.suffix == ".py"}
    assert there - {"__init__.py", "__main__.py"} == told


def test_every_file_says_what_it_is_for() -> None:
    files = [
        path
        for path in (ROOT / "explorer").rglob("*.*")
        if not {"node_modules", "tests"} & set(path.relative_to(ROOT).parts)
    ]
    silent = [
        *(path for path in files if path.suffix == ".py" and not ast.get_docstring(ast.parse(path.read_text("utf-8")))),
        *(path for path in files if path.suffix == ".js" and not path.read_text("utf-8").startswith(("//", "/*"))),
    ]
    assert silent == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_what_is_there(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", DOCUMENTS[document])
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_can_be_typed(document: str) -> None:
    """Every `python -m explorer …` of a document is understood by the command line."""
    for line in re.findall(r"-m explorer(?!\.)\b([^`\n]*)", DOCUMENTS[document]):
        arguments = shlex.split(re.sub(r"\[(.*?)\]", r"\1", line), comments=True)
        if "--help" not in arguments:
            parser().parse_args(arguments)


def test_contributing_names_the_steps_of_the_check() -> None:
    steps = table(DOCUMENTS[".github/CONTRIBUTING.md"], "| step |")
    assert list(steps) == list(check.STEPS)


def test_no_command_told_to_visitors_names_a_folder() -> None:
    """A path would be one of a developer's machine; DIR stands for the visitor's own."""
    commands = [
        (path.name, command)
        for path in sorted((ROOT / "explorer").rglob("*.py"))
        for command in re.findall(r"python -m explorer [^\"'`\n]*", path.read_text(encoding="utf-8"))
    ]
    assert commands
    assert [(file, command) for file, command in commands if "/" in command] == []
