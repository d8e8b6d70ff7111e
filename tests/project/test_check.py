"""The one check command: every step runs, and what failed is told at the end."""

from __future__ import annotations

import pytest

from tests import check


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Made-up steps, one that fails and one that cannot run; the list tells which ran."""
    ran: list[str] = []

    def passes() -> int:
        """Always."""
        ran.append("passes")
        return 0

    def fails() -> int:
        """Never."""
        ran.append("fails")
        return 3

    def lacks() -> int:
        """Needs npm."""
        ran.append("lacks")
        raise RuntimeError("npm is not installed")

    monkeypatch.setattr(check, "STEPS", {"fails": fails, "lacks": lacks, "passes": passes})
    return ran


def test_all_steps_run_and_failures_are_told(steps: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 1
    assert steps == ["fails", "lacks", "passes"]
    summary = capsys.readouterr().out.split("== summary\n")[1].splitlines()
    assert [(line.split()[0], line.split(" s  ")[1]) for line in summary] == [
        ("fails", "exit status 3"), ("lacks", "npm is not installed"), ("passes", "ok")
    ]  # fmt: skip


def test_one_step(steps: list[str]) -> None:
    assert check.main(["passes"]) == 0
    assert steps == ["passes"]


def test_unknown_step(steps: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        check.main(["sing"])
    assert "there is no step sing" in capsys.readouterr().err
    assert steps == []


def test_a_failing_tool_fails_its_step() -> None:
    assert check.module("ruff", "--version") == 0
    assert check.module("ruff", "sing") != 0
