"""The wheel, installed into an empty environment and run from another folder."""

from __future__ import annotations

import doctest
import json
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest
import streamlit as st
import torch
from requirement_files import APP, PROJECT

from explorer import load, trace
from explorer.server import application

pytestmark = pytest.mark.xdist_group("wheel")  # what its fixtures make is made once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built without a network: the build tool is one of the tests' requirements."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an empty environment with the wheel in it.

    What the package needs is not installed anew, that would be gigabytes: a .pth file leads to the packages that the
    tests run with. The environment's own come before them.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    commands = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", commands / "python", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True, capture_output=True)
    (packages,) = folder.glob("[lL]ib/**/site-packages")
    (packages / "tests.pth").write_text(f"{Path(torch.__file__).parents[1]}\n")
    return commands


def run(command: Path, *arguments: str, folder: Path) -> str:
    """What a command prints, started in `folder`."""
    return subprocess.run([command, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_wheel_names_what_the_app_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    lines = [line.replace("'", '"') for line in metadata.get_all("Requires-Dist", [])]  # hatchling's quotes of markers
    required = [line for line in lines if "extra ==" not in line]
    assert sorted(required) == sorted(line for line in APP if not line.startswith("pytest"))
    assert metadata.get_all("Provides-Extra") == list(PROJECT["optional-dependencies"])
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Version"] == PROJECT["version"]


def packed(wheel: Path) -> set[str]:
    """The files of the wheel, without what tells about it."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.mark.parametrize(
    "pattern",
    [
        "reading/profanity.toml", "evaluation/data/*", "training/data/*", "training/augmentation/data/*",
        "board/js/**/*.js", "board/loader/*.js", "board/js/**/*.css", ".streamlit/config.toml",
        "../pretrained/*.safetensors", "../pretrained/*.json",
    ],
)  # fmt: skip
def test_wheel_holds_what_is_read_when_it_runs(wheel: Path, pattern: str) -> None:
    paths = [path.resolve().relative_to(ROOT) for path in (ROOT / "explorer").glob(pattern)]
    files = {path.as_posix() for path in paths if "tests" not in path.parts and "__pycache__" not in path.parts}
    assert files
    assert {name.replace("pretrained/", "explorer/pretrained/", 1) for name in files} <= packed(wheel)


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    files = packed(wheel)
    tracked = subprocess.run(
        ["git", "ls-files", "explorer", "pretrained"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    there = {
        name.replace("pretrained/", "explorer/pretrained/", 1) if name.startswith("pretrained/") else name
        for name in tracked
        if (ROOT / name).exists()
    }
    development = {name for name in there if name.startswith("explorer/board/")}  # what only checks the JavaScript
    assert {name for name in there - files if name not in development or name.endswith((".py", ".css"))} == set()
    assert not any("node_modules" in name or ".test." in name or "/tests/" in name for name in files)


def test_trace_from_another_folder(scripts: Path, tmp_path: Path) -> None:
    printed = json.loads(run(scripts / "explorer", "trace", "good, not bad", "--brief", folder=tmp_path))
    expected = trace(load("gru"), "good, not bad").as_json()
    assert printed["tokens"] == ["good", ",", "not", "bad"]
    assert printed["belief"] == pytest.approx(expected["belief"])


def test_help_and_home_of_the_installed_package(scripts: Path, tmp_path: Path) -> None:
    assert run(scripts / "explorer", "--help", folder=tmp_path).startswith("usage: explorer ")
    program = (
        "import explorer, explorer.core.checkpoints; print(explorer.__file__); print(explorer.core.checkpoints.FOLDER)"
    )
    home, models = run(scripts / "python", "-c", program, folder=tmp_path).splitlines()
    assert Path(home).is_relative_to(scripts.parent)
    assert Path(models) == Path(home).parent / "pretrained"


@pytest.fixture
def address(scripts: Path, tmp_path: Path) -> Iterator[str]:
    """The installed app, served from another folder."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with (tmp_path / "log").open("wb") as log:
        command = [scripts / "explorer", "--no-browser", "--port", str(port)]
        server = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
        yield f"http://localhost:{port}"
        server.terminate()
        server.wait(20)


def test_the_installed_app_answers(address: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                assert answer.read() == b"ok"
            break
        except OSError:
            assert time.monotonic() < deadline, "the app did not answer"
            time.sleep(0.1)
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert b"<html" in answer.read()


def test_options_as_its_example_says() -> None:
    assert doctest.testmod(application).attempted == 1


def test_the_apps_settings_go_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the app is started; Streamlit by itself looks beside the command and in the folder one is in."""
    configs: list[dict[str, object]] = []
    monkeypatch.setattr(st.App, "run", lambda _, config: configs.append(config))
    application.run(8600, "0.0.0.0", browser=False)
    (config,) = configs
    assert config["server.port"] == 8600
    assert config["server.address"] == "0.0.0.0"
    assert config["server.headless"] is True
    assert config["browser.gatherUsageStats"] is False
    assert config["client.showErrorDetails"] == "none"
    assert {"theme.light.primaryColor", "theme.dark.primaryColor"} <= set(config)
