"""The README is true: its scores are those of the cards, its counts those of the models, its files those that are there."""

import re
from pathlib import Path

import pytest

from explorer import load, models
from explorer.bench import BENCHES
from explorer.evaluation.baselines import BASELINES
from explorer.weights import FOLDER, read_card

ROOT = Path(__file__).resolve().parent.parent
BEHAVIOUR = ("neutral", "phrases", "changed_by_edits", "fairness_verdict")
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(start: str) -> list[str]:
    return [line for line in TEXT.splitlines() if line.startswith(start)]


@pytest.mark.parametrize("name", models())
def test_scores_and_parameters(name: str) -> None:
    counts, scores = rows(f"| `{name}` |")
    card = load(name).card
    s = card["scores"]
    assert counts.endswith(f"| {card['parameters']:,} |")
    assert [cell.strip() for cell in scores.split("|")[2:-1]] == [
        f"{100 * s['sst2']:.1f} %", f"{s['sst2_ece']:.3f}", f"{100 * s['imdb']:.1f} %", f"{100 * s['pairs_taught']:.0f} %",
        f"{100 * s['pairs_held_out']:.0f} %", f"{s['good_not_bad']:.2f}", f"{s['bad_not_good']:.2f}",
    ]  # fmt: skip


def table(start: str) -> dict[str, list[str]]:
    """The cells of each row of the table whose head starts so, by the row's first cell."""
    body = TEXT[TEXT.index(start) :].split("\n\n")[0].splitlines()[2:]
    return {
        first.strip(" `"): [cell.strip() for cell in cells]
        for _, first, *cells, _ in (line.split("|") for line in body)
    }


def test_means_over_seeds_and_behaviour() -> None:
    found = table("| | SST-2 dev | IMDB | order pairs, not taught |")
    for name in models():
        card = load(name).card
        spread = [card["spread"][measure] for measure in ("sst2", "imdb", "pairs_held_out")]
        behaviour = [card["scores"][measure] for measure in BEHAVIOUR]
        assert found.pop(card["label"]) == [
            *(f"{100 * one['mean']:.1f} ({100 * one['low']:.1f} … {100 * one['high']:.1f})" for one in spread),
            *(f"{100 * one:.1f} %" for one in behaviour),
        ]
    assert set(found) == set(BASELINES)


@pytest.mark.parametrize("name", BASELINES)
def test_scores_of_word_lists(name: str) -> None:
    s = read_card(FOLDER / "baselines.json")[name]
    first, second = table("| | SST-2 dev | ECE |")[name], table("| | SST-2 dev | IMDB | order pairs")[name]
    order = [f"{100 * s['pairs_taught']:.0f} %", f"{100 * s['pairs_held_out']:.0f} %"]
    assert first == [f"{100 * s['sst2']:.1f} %", "–", f"{100 * s['imdb']:.1f} %", *order, "–", "–"]
    assert second == [
        *(f"{100 * s[measure]:.1f}" for measure in ("sst2", "imdb", "pairs_held_out")),
        *(f"{100 * s[measure]:.1f} %" for measure in BEHAVIOUR),
    ]


def test_every_file_has_its_sentence() -> None:
    table = TEXT.split("## The files")[1]
    for path in sorted((ROOT / "explorer").rglob("*.*")):
        if path.suffix in {".py", ".js", ".css"}:
            name = path.relative_to(ROOT).as_posix()
            folder = path.parent.relative_to(ROOT).as_posix() + "/"
            row = next((line for line in table.splitlines() if line.startswith((f"| `{name}`", f"| `{folder}`"))), "")
            assert name in row or f"`{path.name}`" in row or path.name == "__init__.py" and row, name


def test_every_named_file_is_there() -> None:
    for name in re.findall(r"^\| `((?:explorer|pretrained|tests)/[^`]*)`", TEXT, re.MULTILINE):
        assert (ROOT / name).exists(), name


def test_bench_table_names_every_bench_with_its_goal() -> None:
    table = TEXT.split("## Benchmarks")[1].split("## The files")[0]
    goals = {name: float(goal) for name, goal in re.findall(r"^\| `(\w+)` \| \S+ \| (\S+) \|", table, re.MULTILINE)}
    assert goals == {name: bench.goal for name, bench in BENCHES.items()}
