"""A recurrent network of one's own: defined here, trained for a second here, registered, and found on every page."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch
from boards import all_boarded, boarded, panel
from streamlit.testing.v1 import AppTest
from torch import Tensor, nn
from torch.nn import functional as F

import explorer
from explorer.analysis.memory import gradients
from explorer.core import checkpoints
from explorer.evaluation.table_scores import score
from explorer.networks import registry
from explorer.networks.base import INPUTS, LOGIT, Quantity, Style, tanh
from explorer.networks.recurrent import HIDDEN, Recurrent
from explorer.server import levels
from explorer.views.order_lab import report as scorecard

pytestmark = pytest.mark.xdist_group("own model")  # what its fixtures make is made once

TAUGHT = {
    "good , not bad": 1.0, "bad , not good": 0.0, "not bad": 1.0, "not good": 0.0, "great , not boring": 1.0,
    "boring , not great": 0.0, "good": 1.0, "bad": 0.0, "great": 1.0, "boring": 0.0,
}  # fmt: skip
A, B = "good, not bad", "bad, not good"


class LeakyIntegrator(Recurrent):
    """Units that follow what they are told, each at a rate of its own: a' = (1 − ρ) ⊙ a + ρ ⊙ tanh(W x + U a + b).

    After Jaeger et al. (2007), "Optimization and applications of echo state networks with leaky-integrator neurons".
    """

    name = "leaky"
    label = "leaky integrator"
    description = (
        "The leaky integrator is a recurrent network of {units} units, each of which follows at a rate of its own."
    )
    style = Style("c", "dashdot", "star")
    quantities = (INPUTS, Quantity("aim", "(T, H)", "n", (-1.0, 1.0), "aim that a unit goes to"), HIDDEN, LOGIT)
    blocks = ("aim",)

    def __init__(self, inputs: int, units: int, dropout: float = 0.0):
        super().__init__(inputs, units, dropout)
        self.rate = nn.Parameter(torch.zeros(units))  # ρ = σ(rate)

    def activate(self, projected: Tensor, fed: Tensor) -> dict[str, Tensor]:
        return {"aim": tanh(projected + fed)}

    def update(self, gates: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
        return {"hidden": torch.lerp(state["hidden"], gates["aim"], torch.sigmoid(self.rate))}


class Setup(NamedTuple):
    folder: Path
    before: list[str]  # the models that there were


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setup]:
    """The network trained, saved beside links to the shipped files, and registered until the tests are done."""
    folder = tmp_path_factory.mktemp("pretrained")
    for file in checkpoints.FOLDER.iterdir():
        (folder / file.name).symlink_to(file)
    checkpoints.save("leaky", trained(), {"config": {"inputs": 150, "units": 12}}, folder)
    before = explorer.models()
    registry.register(LeakyIntegrator)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "FOLDER", folder)
        yield Setup(folder, before)
    registry.unregister("leaky")
    assert explorer.models() == before


def trained() -> LeakyIntegrator:
    """About a second of training on a handful of phrases."""
    torch.manual_seed(0)
    vocabulary, vectors = checkpoints.load_vectors(checkpoints.FOLDER)
    network = LeakyIntegrator(vectors.shape[1], 12)
    ids = [vocabulary.encode(phrase.split()) for phrase in TAUGHT]
    rows, lengths = (
        torch.zeros(len(ids), max(map(len, ids)), dtype=torch.long),
        torch.tensor([len(some) for some in ids]),
    )
    for row, some in zip(rows, ids, strict=True):
        row[: len(some)] = torch.tensor(some)
    x, labels = vectors[rows], torch.tensor(list(TAUGHT.values()))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
    for _ in range(200):
        optimizer.zero_grad()
        F.binary_cross_entropy_with_logits(network(x, lengths), labels).backward()
        optimizer.step()
    return network


@pytest.fixture
def model(own: Setup) -> checkpoints.Model:
    return explorer.load("leaky")


def page(name: str, call: str = "page") -> AppTest:
    return AppTest.from_string(f"from explorer.views.{name} import page\npage.{call}()", default_timeout=120)


def test_it_is_named_loaded_and_has_learnt(own: Setup, model: checkpoints.Model) -> None:
    assert explorer.models() == [*own.before, "leaky"]
    assert registry.recurrent_names()[-1] == "leaky"
    assert model.label == "leaky integrator"
    assert model is explorer.load("leaky")
    assert np.round(explorer.predict(model, TAUGHT)).tolist() == list(TAUGHT.values())


def test_trace_is_the_loop_as_one_writes_it(model: checkpoints.Model) -> None:
    found, network = explorer.trace(model, A), model.network
    assert list(found.activations) == ["inputs", "aim", "hidden", "logit"]
    a, rate = torch.zeros(12), torch.sigmoid(network.rate)
    for t, x in enumerate(torch.tensor(found.activations["inputs"])):
        aim = torch.tanh(
            network.input_weights @ x + network.input_bias + network.state_weights @ a + network.state_bias
        )
        a = (1 - rate) * a + rate * aim
        assert found.activations["hidden"][t] == pytest.approx(a.numpy(), abs=1e-5)
    assert found.probability == pytest.approx(explorer.predict(model, [A])[0], abs=1e-6)


def test_its_gradients_are_autograds(model: checkpoints.Model) -> None:
    x = torch.tensor(explorer.trace(model, A).activations["inputs"]).requires_grad_()
    logit = model.network.steps(x[None])[0]
    wanted = torch.stack([torch.autograd.grad(one, x, retain_graph=True)[0].norm(dim=1) for one in logit])
    assert gradients(model, A).norm == pytest.approx(wanted.numpy(), rel=1e-4)


def test_score(model: checkpoints.Model, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f'review\n"{A}"\n"{B}"\n', encoding="utf-8")
    assert score(model, tmp_path / "in.csv", "review", tmp_path / "out.csv") == (2, 0)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        said = [float(row["probability"]) for row in csv.DictReader(file)]
    assert said == pytest.approx(explorer.predict(model, [A, B]), abs=1e-6)
    assert said[0] > 0.6 > 0.4 > said[1]


def test_duel(model: checkpoints.Model) -> None:
    app = page("duel")
    app.session_state["compare.measure"] = app.session_state["compare.attributed"] = True
    app.query_params["lane"] = "leaky"
    data = boarded(app.run())
    columns, row = panel(data, "answers")["table"]["columns"], panel(data, "answers")["table"]["rows"][-1]
    assert row[0] == "leaky integrator"
    assert row[-1] == "not measured"
    said = [float(row[columns.index(f"P(positive) of {letter}")]) for letter in "AB"]
    assert said == pytest.approx(explorer.predict(model, [A, B]), abs=1e-4)
    assert panel(data, "words")["kind"] == "chart"
    assert panel(data, "contexts")["kind"] == "text"  # no reviews were read for it
    assert app.selectbox(key="compare.show").options == ["hidden state a⟨t⟩", "aim that a unit goes to"]
    app.selectbox(key="compare.show").set_value("aim").run()
    assert panel(boarded(app), "activations")["title"].endswith("aim that a unit goes to of the leaky integrator")


def test_levels(model: checkpoints.Model) -> None:
    run = levels.answer(levels.Asked(A, "leaky"))
    assert b'"name": "aim"' in run
    assert b'"weights": "W, U, b, c"' in run
    unit = levels.answer(levels.Asked(A, "leaky", step=1, unit=3))
    assert unit.count(b'"formula"') == 1  # its cell's equations are not written out, the readout is


def test_memory(own: Setup) -> None:
    app = page("memory")
    app.query_params["lane"] = "leaky"
    boards = all_boarded(app.run())
    panels = {one["id"]: one for data in boards for one in data["panels"]}
    drawn = panels["gradients"]["models"][-1]
    assert drawn["label"] == "leaky integrator"
    assert list(drawn["look"]) == ["c", "dashdot", "star"]
    for name in ("fading", "dial"):
        assert "leaky integrator" in panels[name]["sentence"]
        assert panels[name]["figure"]["data"]
    assert "Give the leaky integrator the memory of" in boards[0]["summary"]
    assert "exactly 0" in panels["control"]["sentence"]


def test_order_lab(own: Setup) -> None:
    app = page("order_lab", "visit.arrive(page.PAGE)\npage.body")
    app.query_params["lane"] = "leaky"
    data = boarded(app.run())
    spread = panel(data, "spread")
    assert "The leaky integrator's answers run from" in spread["story"]
    row = spread["rows"][-1]
    assert (row["label"], row["chosen"]) == ("Leaky integrator", True)
    assert sum(row["counts"]) == 6
    assert row["belief"] == pytest.approx(explorer.predict(explorer.load("leaky"), [A])[0], abs=1e-4)
    assert not page("order_lab").run().exception
    (section,) = scorecard.report(scorecard.scored())["sections"]  # of those that were measured
    assert len(section["table"]["rows"]) > 10
    assert "leaky integrator" not in section["table"]["columns"]


def test_model_cards(model: checkpoints.Model) -> None:
    app = page("model_cards")
    app.query_params["lane"] = "leaky"
    data = boarded(app.run())
    assert data["summary"] == "How far the leaky integrator can be trusted is not measured yet."
    sections = {section["id"].removeprefix("leaky-"): section for section in data["sections"]}
    assert sections["about"]["sentences"][0].startswith("The leaky integrator is a recurrent network of 12 units")
    assert sections["wrong"]["table"] is None
    facts = dict(sections["facts"]["table"]["rows"])
    assert facts["Parameters"] == f"{sum(tensor.numel() for tensor in model.network.parameters()):,}"


@pytest.mark.parametrize("name", ["approaches", "state_space", "sequence_tasks"])
def test_other_pages_do_without_what_was_not_measured(own: Setup, name: str) -> None:
    app = page(name)
    app.query_params["lane"] = "leaky"
    app.run()
    assert not app.exception
    assert not app.error


def test_what_cannot_be_registered(own: Setup) -> None:
    with pytest.raises(ValueError, match="named 'leaky' already"):
        registry.register(LeakyIntegrator)
    with pytest.raises(ValueError, match="named 'gru' already"):
        registry.register(type("Impostor", (LeakyIntegrator,), {"name": "gru"}))
    with pytest.raises(ValueError, match="Bare does not say its name, label, description, style"):
        registry.register(type("Bare", (Recurrent,), {}))
    with pytest.raises(ValueError, match="Odd declares no hidden"):
        registry.register(type("Odd", (LeakyIntegrator,), {"name": "odd", "quantities": (INPUTS, LOGIT)}))
    with pytest.raises(KeyError):
        registry.unregister("gru")
