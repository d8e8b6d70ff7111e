"""What is imported is declared, each requirement once and with its version; what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from requirement_files import APP, EXTRAS, ROOT, TESTS

# run as commands or by pytest itself, so that no file imports them
TOOLS = {"pytest-xdist", "ruff", "mypy", "import-linter", "pytest-timeout"}
OF_STREAMLIT = {"uvloop"}  # it takes it by itself where it is there
PINNED = re.compile(r"[A-Za-z0-9-]+==[0-9][0-9.]*(; sys_platform != \"win32\")?")


def normal(name: str) -> str:
    """A distribution's name as registries compare it, without its version."""
    return re.sub(r"[-_.]+", "-", name.partition("==")[0]).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(requirement) for requirement in requirements}


def imported(node: ast.AST, late: bool = False) -> Iterator[tuple[str, bool]]:
    """Every imported module's first name, and whether it is imported late: in a function, or for type checkers only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name.partition(".")[0], late) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            yield child.module.partition(".")[0], late
        typing = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        yield from imported(child, late or typing or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def distributions(folder: str) -> frozenset[tuple[str, bool]]:
    """The distributions that the Python files of a folder import from, and whether late."""
    files = [path for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    ours = sys.stdlib_module_names | {path.stem for path in files} | {"explorer", "tests"}
    modules = {each for path in files for each in imported(ast.parse(path.read_text(encoding="utf-8")))}
    known = packages_distributions()
    return frozenset((normal(known.get(module, [module])[0]), late) for module, late in modules if module not in ours)


def test_worked_example() -> None:
    program = "import a.b\nfrom c import d\nif TYPE_CHECKING:\n    import e\ndef f():\n    import g\nfrom . import h\n"
    assert list(imported(ast.parse(program))) == [("a", False), ("c", False), ("e", True), ("g", True)]


def test_what_the_app_imports_at_once_is_in_its_list() -> None:
    assert {name for name, late in distributions("explorer") if not late} <= names(APP) - {"pytest"}


def test_what_it_imports_later_is_declared() -> None:
    """The teacher, the benches and the baselines need more; they import it when they run and say what lacks."""
    assert {name for name, _ in distributions("explorer")} <= names([*APP, *EXTRAS, *TESTS])


def test_what_the_tests_import_is_declared() -> None:
    assert {name for name, _ in distributions("tests")} <= names([*APP, *EXTRAS, *TESTS])


@pytest.mark.parametrize("requirements", [APP, TESTS, EXTRAS], ids=["app", "tests", "extras"])
def test_nothing_is_declared_in_vain(requirements: list[str]) -> None:
    build = names(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"])
    used = {name for folder in ("explorer", "tests") for name, _ in distributions(folder)}
    assert names(requirements) <= used | TOOLS | OF_STREAMLIT | build


def test_each_is_declared_once_with_its_version() -> None:
    every = [*APP, *TESTS, *EXTRAS]
    assert len(names(every)) == len(every)
    assert [requirement for requirement in every if not PINNED.fullmatch(requirement)] == []


def test_tests_build_with_what_the_package_builds_with() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert set(build) <= set(TESTS)
