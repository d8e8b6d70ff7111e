"""Damaged files: a message on every page that names the file, never a traceback; and one line on the command line."""

import copy
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from boards import all_boarded, panel
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from explorer import WeightsError, load, models
from explorer.__main__ import main
from explorer.core import checkpoints, manifest
from explorer.core.places import FOLDER
from explorer.core.repairs import ALONE, MANIFEST, TASKS, command
from explorer.core.validation import validate
from explorer.evaluation.scorecard import scorecard
from explorer.server import answers, levels, start
from explorer.tasks import NETWORKS, saved
from explorer.tasks.saved import TaskNetwork, Trained
from explorer.training.plans import PLANS
from explorer.views.duel import panels
from explorer.views.model_cards import sections
from explorer.views.order_lab.report import report
from explorer.views.sequence_tasks import task_cards
from explorer.views.shared.pages import PAGES

CLIENT = TestClient(Starlette(routes=[answers.ROUTE, levels.ROUTE]))


def linked(folder: Path, **damaged: bytes | str) -> Path:
    """Links to the shipped files, but for some with another content, "/" and "." of their names written as "_"."""
    (folder / "seeds").mkdir()
    for file in (*FOLDER.glob("*.*"), *FOLDER.glob("seeds/*")):
        name = file.relative_to(FOLDER).as_posix()
        content = damaged.get(name.replace("/", "_").replace(".", "_").replace("-", "_"))
        if content is None:
            (folder / name).symlink_to(file)
        else:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def shipped(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def flipped(name: str) -> bytes:
    """A shipped file with one bit of its last kilobyte changed."""
    content = bytearray(shipped(name))
    content[-500] ^= 1
    return bytes(content)


def wrong(name: str, **fields: object) -> str:
    return json.dumps(json.loads(shipped(name)) | fields)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two folders, each made once: its models are read once too."""
    broken = linked(
        tmp_path_factory.mktemp("broken"),
        gru_json=wrong("gru.json", scores={"sst2": "high"}),
        writer_safetensors=flipped("writer.safetensors"),
        translator_attention_json="{",
        twin_json=wrong("twin.json", weights=3),
    )
    partly = linked(
        tmp_path_factory.mktemp("partly"),
        states_rnn_safetensors=flipped("states-rnn.safetensors"),
        approaches_json=wrong("approaches.json", phrases="many"),
        baselines_json=wrong("baselines.json", VADER={"sst2": "high"}),
        seeds_gru_1_safetensors=flipped("seeds/gru-1.safetensors"),
    )
    return {"broken": broken, "partly": partly}


def placed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(checkpoints, "FOLDER", folder)
    monkeypatch.setattr(saved, "FOLDER", folder)
    return folder


@pytest.fixture
def broken(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder whose GRU, writer, translator and network of two units are damaged."""
    return placed(folders["broken"], monkeypatch)


@pytest.fixture
def partly(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which what pages can do without is damaged."""
    return placed(folders["partly"], monkeypatch)


def page(name: str, **address: str) -> AppTest:
    """A page as it is drawn, its numbers opened."""
    package = PAGES[name].package
    app = AppTest.from_string(f"from explorer.views.{package} import page\npage.page()", default_timeout=120)
    app.session_state["compare.measure"] = True
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(text.value for text in app.text)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_is_damaged(name: str, broken: Path) -> None:
    app = page(name)
    assert app.error
    file, repair = ("twin.json", "train --all") if name == "by-hand" else ("gru.json", "train --all")
    assert f"{broken / file}, field " in said(app)
    assert f"python -m explorer {repair}" in said(app)
    if name == "tasks":
        assert f"{broken / 'writer.safetensors'} is not the file that was written" in said(app)
        assert f"{broken / 'translator-attention.json'} is not a card in JSON" in said(app)
        assert "train --task writer" in said(app)
        assert "train --task translator-attention" in said(app)


def test_a_line_and_status_1(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "good", "--model", "gru"]) == 1
    line = capsys.readouterr().err
    assert line.startswith(
        f"explorer: {broken / 'gru.json'}, field scores.sst2: should be a valid number, it is 'high'"
    )
    assert line.count("\n") == 1
    assert main(["manifest", "--folder", str(broken)]) == 1
    states = dict(row.split(maxsplit=1) for row in capsys.readouterr().out.splitlines())
    changed = ["gru.json", "translator-attention.json", "twin.json", "writer.safetensors"]
    assert [file for file, state in states.items() if state != "verified"] == changed


def test_the_routes_answer_with_the_reason(broken: Path) -> None:
    replies = (
        CLIENT.post("/answers", json={"texts": ["a"], "model": "gru"}),
        CLIENT.post("/levels", json={"text": "a", "model": "gru"}),
    )
    for reply in replies:
        assert reply.status_code == 503
        assert f"{broken / 'gru.json'}, field scores.sst2" in reply.json()["error"]


@pytest.mark.parametrize("content", ['{"label": "RNN", "parameters": 1e999}', "[" * 100_000, "3", ""])
def test_what_the_browser_gets_at_first_does_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setattr(start, "FOLDER", tmp_path)
    (tmp_path / "rnn.json").write_text(content)
    assert start.model("rnn") == {"name": "rnn", "label": "rnn", "recurrent": True, "parameters": 0}


def test_a_damaged_atlas_is_not_called_missing(partly: Path) -> None:
    app = page("space", model="rnn")
    assert "a file is damaged" in app.warning[0].value
    assert f"{partly / 'states-rnn.safetensors'} is not the file that was written" in said(app)
    assert "python -m explorer states rnn" in said(app)
    assert not page("space", model="lstm").warning


def test_damaged_findings_are_not_called_missing(partly: Path) -> None:
    shown = all_boarded(page("approaches", card="places"))[-1]
    sentence = panel(shown, "moved")["sentence"]
    assert sentence.startswith(f"{partly / 'approaches.json'}, field phrases: should be a valid integer")
    assert "python -m explorer approaches" in sentence


def test_damaged_scores_of_other_tools(partly: Path) -> None:
    app = page("cards", model="gru")
    assert f"{partly / 'baselines.json'}, field VADER.sst2: " in said(app)
    (data,) = all_boarded(app)
    assert data["sections"]


def test_a_damaged_seed_is_a_note(partly: Path) -> None:
    app = page("compare", model="gru")
    assert f"{partly / 'seeds' / 'gru-1.safetensors'} is not the file" in json.dumps(all_boarded(app))


# ------------------------------------------------------------------------------------- a card that passes can be shown

VALUES = (None, 3, -1, 0, "x", "", [], {}, True, 1e300, 0.5, [1], {"a": 1}, 10**30, "\ud800", [None])
TRANSLATORS = ("translator", "translator-attention")


def places(value: object, place: tuple = ()) -> Iterator[tuple]:
    """Where something stands in a card; of lists in their first two entries."""
    if place:
        yield place
    entries = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for step, inner in entries:
        yield from places(inner, (*place, step))


def changed(about: dict, chance: random.Random) -> dict:
    """A card with one thing in it of another value, or left out."""
    about = copy.deepcopy(about)
    *steps, last = chance.choice(list(places(about)))
    inner = about
    for step in steps:
        inner = inner[step]
    value = chance.choice((*VALUES, places))
    if value is places:
        del inner[last]
    else:
        inner[last] = value
    return about


def shown(name: str, about: dict) -> object:
    """What the pages make of a card."""
    if name == "baselines":
        return sections.card(load("gru"), about, {"gru": load("gru")})
    if name in NETWORKS:
        facts = task_cards.facts(Trained(name, TaskNetwork(), {}, about))
        both = {other: about if other == name else json.loads(shipped(f"{other}.json")) for other in TRANSLATORS}
        return facts, task_cards.lengths(both) if name in TRANSLATORS else None
    model = replace(load(name), card=about)
    runs = panels.both(model, ("good, not bad", "is it bad?")) if model.network.recurrent else {}
    rows = scorecard({name: about}) if about.get("behaviour") else []
    made = report(rows), panels.reliabilities(model, runs), panels.accuracy(model)
    return made, sections.card(model, {}, {"rnn": load("rnn"), name: model})


@pytest.mark.parametrize("name", ["gru", "concat", *NETWORKS, "baselines"])
def test_a_card_that_passes_its_schema_can_be_shown(name: str) -> None:
    about, chance, passed = json.loads(shipped(f"{name}.json")), random.Random(name), 0
    for _ in range(60):
        card = changed(about, chance)
        try:
            validate(card, FOLDER / f"{name}.json")
        except WeightsError:
            continue
        passed += 1
        assert json.dumps(shown(name, card)).encode()
    assert 0 < passed < 45


# ----------------------------------------------------------------------------------------------- what is shipped, told


def test_the_shipped_files_are_those_that_are_listed() -> None:
    states = manifest.states(FOLDER)
    assert set(states.values()) == {"verified"}
    assert {f"{name}.{end}" for name in (*models(), *NETWORKS, "vectors") for end in ("json", "safetensors")} < set(
        states
    )


@pytest.mark.parametrize("name", ["gru", "concat"])
def test_cards_show_that_files_are_verified(name: str) -> None:
    (data,) = all_boarded(page("cards", model=name))
    rows = [row for section in data["sections"] if section["table"] for row in section["table"]["rows"]]
    told = [row[1] for row in rows if row[0] == "File"]
    assert len(told) == 3
    assert all(text.endswith("…, verified") for text in told)


def test_a_models_files_are_its_own_its_card_and_the_vectors() -> None:
    found = load("rnn").checksums
    assert [checksum.file for checksum in found] == ["rnn.safetensors", "rnn.json", "vectors.safetensors"]
    assert all(checksum.sha256 == manifest.sha256(FOLDER / checksum.file) for checksum in found)


def test_every_file_has_a_command_that_the_command_line_knows() -> None:
    assert set(TASKS) == set(NETWORKS)
    assert {*ALONE, "gru"} == set(PLANS)
    from explorer.cli import parser

    for name in (*manifest.states(FOLDER), MANIFEST):
        words = command(FOLDER / name).removeprefix("python -m explorer ").split()
        arguments = parser().parse_args(words)
        stem = Path(name).stem
        if stem in TASKS:
            assert arguments.task == stem
        elif stem.rpartition("-")[0] == "states":
            assert arguments.names == [stem.removeprefix("states-")]
        elif stem.removesuffix("-1").removesuffix("-2").removesuffix("-0") in ALONE:
            assert arguments.names == [stem.rstrip("-012")]
