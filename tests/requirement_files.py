"""What the project says it needs: requirements.txt, tests/requirements.txt, the extras of pyproject.toml."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def listed(file: str) -> list[str]:
    """The requirements in a file, without comments."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
APP, TESTS = listed("requirements.txt"), listed("tests/requirements.txt")
EXTRAS = [requirement for extra in PROJECT["optional-dependencies"].values() for requirement in extra]
