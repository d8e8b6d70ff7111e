"""The one check, the same on a contributor's machine and in CI: `python -m tests.check [STEP ...]`.

Every step runs even if one before it failed; at the end stands what failed, and the exit status is 1. `--fix` lets
ruff and prettier mend what they can beforehand.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOARD = ROOT / "explorer" / "board"  # the JavaScript and its tools


def module(name: str, *arguments: str) -> int:
    """A tool that is a Python module; its exit status."""
    return subprocess.run([sys.executable, "-m", name, *arguments], cwd=ROOT, check=False).returncode


def lint() -> int:
    """Rules of pyproject.toml."""
    return module("ruff", "check", "--output-format", "concise")


def style() -> int:
    """The one format of all Python files."""
    return module("ruff", "format", "--check")


def types() -> int:
    """Strict types of explorer/."""
    return module("mypy")


def imports() -> int:
    """The directions of imports in pyproject.toml."""
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode


def npm(*arguments: str) -> int:
    """npm in the board's folder. Raises RuntimeError where it or the folder lacks."""
    program = shutil.which("npm")
    if program is None:
        raise RuntimeError("npm is not installed (on Debian: apt install nodejs npm)")
    if not (BOARD / "package.json").exists():
        raise RuntimeError(f"{BOARD / 'package.json'} is missing")
    return subprocess.run([program, *arguments], cwd=BOARD, check=False).returncode


def npm_packages() -> int:
    """The tools of package-lock.json, installed where what is there is older."""
    installed, locked = BOARD / "node_modules" / ".package-lock.json", BOARD / "package-lock.json"
    if installed.exists() and locked.exists() and installed.stat().st_mtime >= locked.stat().st_mtime:
        return 0
    return npm("ci", "--no-audit", "--no-fund")


def javascript() -> int:
    """tsc, eslint, prettier and the unit tests of the JavaScript."""
    return npm_packages() or npm("run", "check")


def tests() -> int:
    """pytest; Debian's chromium is needed for some."""
    return module("pytest", "--durations", "15")


def fix() -> None:
    """What ruff and prettier can mend by themselves."""
    module("ruff", "check", "--fix", "--quiet")
    module("ruff", "format", "--quiet")
    if shutil.which("npm") and (BOARD / "package.json").exists() and npm_packages() == 0:
        npm("exec", "--", "prettier", "--write", "--log-level", "warn", ".")


STEPS: dict[str, Callable[[], int]] = {
    "lint": lint,
    "format": style,
    "types": types,
    "imports": imports,
    "javascript": javascript,
    "tests": tests,
}


def verdict(name: str) -> str:
    """Run a step under a headline; "" if it passed, else why it did not."""
    print(f"== {name}: {STEPS[name].__doc__}", flush=True)
    try:
        status = STEPS[name]()
    except RuntimeError as error:
        return str(error)
    return f"exit status {status}" if status else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the steps that are asked for (none: all)."""
    parser = argparse.ArgumentParser(prog="python -m tests.check", description="Run the project's checks.")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"{', '.join(STEPS)} (default: all)")
    parser.add_argument("--fix", action="store_true", help="first let ruff and prettier mend what they can")
    arguments = parser.parse_args(argv)
    if unknown := [name for name in arguments.steps if name not in STEPS]:
        parser.error(f"there is no step {', '.join(unknown)}, there are {', '.join(STEPS)}")
    if arguments.fix:
        fix()
    failures: dict[str, str] = {}
    lines = []
    for name in arguments.steps or STEPS:
        start = time.monotonic()
        if reason := verdict(name):
            failures[name] = reason
        lines.append(f"{name:<10}  {time.monotonic() - start:6.1f} s  {reason or 'ok'}")
    print("== summary", *lines, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
