"""Two units: worked numbers, slopes against differences, a spreadsheet whose formulas give the same."""

import io
import math
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from openpyxl import load_workbook

from explorer import WeightsError
from explorer.analysis.two_units import (
    PAIRS,
    WORDS,
    TwoUnits,
    load_two_units,
    right,
    run,
    save_two_units,
    workbook,
)
from explorer.networks.rnn import RNN
from explorer.training import two_units as training


@pytest.fixture
def simple() -> TwoUnits:
    """Weights with which one can compute in the head."""
    embedding = np.zeros((len(WORDS), 2))
    embedding[WORDS.index("good")] = 1, 2
    return TwoUnits(
        embedding, W=np.array([[1.0, 0.5], [0, -1]]), U=np.array([[0.0, 1], [2, 0]]), b=np.array([-2.0, 2]),
        w=np.array([3.0, -1]), c=np.array(0.25),
    )  # fmt: skip


def test_worked_numbers(simple: TwoUnits) -> None:
    steps = run(simple, ["good", "film"])
    assert steps.from_word[0].tolist() == [[1, 1], [0, -2]]
    assert steps.total[0].tolist() == [0, 0]
    assert steps.hidden[0].tolist() == [0, 0]
    assert steps.logit[0] == 0.25
    assert steps.belief[0] == pytest.approx(1 / (1 + math.exp(-0.25)))
    assert steps.total[1].tolist() == [-2, 2]  # nothing from the word, nothing from the state: the bias
    assert steps.to_logit[1] == pytest.approx([3 * math.tanh(-2), -math.tanh(2)])
    third = run(simple, ["good", "film", "film"])
    assert third.from_state[2] == pytest.approx(np.array([[0, math.tanh(2)], [2 * math.tanh(-2), 0]]))


def test_it_is_the_rnn() -> None:
    network = load_two_units()
    reference = RNN(network.embedding.shape[1], len(network.b)).double()
    given = {
        "core.weight_ih_l0": network.W,
        "core.weight_hh_l0": network.U,
        "core.bias_ih_l0": network.b,
        "core.bias_hh_l0": 0 * network.b,
    }
    given |= {"readout.weight": network.w[None], "readout.bias": network.c[None]}
    reference.load_state_dict({name: torch.tensor(values) for name, values in given.items()})
    steps = run(network, ["the", "film", "is", "not", "very", "bad"])
    with torch.no_grad():
        expected = reference.unroll(torch.tensor(steps.x))
    assert steps.hidden == pytest.approx(expected["hidden"].numpy(), abs=1e-6)


def test_the_trained_network_negates() -> None:
    network = load_two_units()
    assert all(right(network).values())
    assert len(right(network)) == 2 * len(PAIRS)
    assert run(network, ["good", ",", "not", "bad"]).belief[-1] > 0.8
    assert run(network, ["bad", ",", "not", "good"]).belief[-1] < 0.2
    assert all((values.round(2) == values).all() for values in network.as_dict().values())


def test_moved_weights_are_seen() -> None:
    mute = replace(
        load_two_units(), embedding=np.zeros((len(WORDS), 2))
    )  # all words alike: of each pair one must be wrong
    found = right(mute)
    assert not any(found[a] and found[b] for a, b in PAIRS)


@pytest.mark.parametrize("tokens", [[], ["good", "movie"]])
def test_what_it_cannot_read(simple: TwoUnits, tokens: list[str]) -> None:
    with pytest.raises(ValueError, match="network"):
        run(simple, tokens)


def test_round_trip_and_damage(simple: TwoUnits, tmp_path: Path) -> None:
    save_two_units(simple, {"seed": 1}, tmp_path)
    again = load_two_units(tmp_path)
    assert all((again.as_dict()[name] == values).all() for name, values in simple.as_dict().items())
    save_two_units(replace(simple, b=np.zeros(3)), {}, tmp_path)
    with pytest.raises(WeightsError, match="shapes"):
        load_two_units(tmp_path)
    (tmp_path / "twin.json").write_text('{"weights": 3}')
    with pytest.raises(WeightsError, match="weights"):
        load_two_units(tmp_path)


# ------------------------------------------------------------------------------------------------------------- training


def test_targets() -> None:
    assert training.targets(["it", "good", ",", "not", "bad"]) == pytest.approx(
        [0.5, 0.95, 0.95, math.nan, 0.95], nan_ok=True
    )
    assert training.targets(["not", "very", "good", "film"]) == pytest.approx(
        [math.nan, math.nan, 0.05, 0.05], nan_ok=True
    )


def test_slopes_are_those_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "RESTARTS", 2)
    at, (rows, target, share) = training.chance(5), training.lesson()

    def loss() -> np.ndarray:
        logit = training.forward(at, rows)[2]
        return (share.T[:, None] * (np.logaddexp(0, logit) - target.T[:, None] * logit)).sum((0, 2))

    found, _ = training.gradients(at, rows, target, share)
    for name, values in at.items():
        where = (slice(None), *(size - 1 for size in values.shape[1:]))
        values[where] += 1e-5
        up = loss()
        values[where] -= 2e-5
        down = loss()
        values[where] += 1e-5
        assert found[name][where] == pytest.approx((up - down) / 2e-5, abs=1e-7), name


def test_the_same_seed_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "RESTARTS", 2)
    one, other = training.learn(3, steps=5), training.learn(3, steps=5)
    assert all((one[name] == other[name]).all() for name in one)
    assert (training.learn(4, steps=5)["W"] != one["W"]).all()


# --------------------------------------------------------------------------------------------------------- spreadsheets


def evaluated(book: bytes, folder: Path, sheet: str) -> list[dict[str, float]]:
    """The numbers of a sheet by column, as the `formulas` package computes them, which knows nothing of the network."""
    path = folder / "two_units.xlsx"
    path.write_bytes(book)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of that package's own making
        import formulas

        model = formulas.ExcelModel().loads(str(path)).finish()
        solution = model.calculate()
    shown = load_workbook(path)[sheet]
    names = [cell.value for cell in shown[1]]
    cell_of = f"'[two_units.xlsx]{sheet.upper()}'!"
    return [
        {name: solution[cell_of + cell.coordinate].value[0, 0] for name, cell in zip(names, row, strict=True)}
        for row in shown.iter_rows(min_row=2)
    ]


def test_formulas_give_the_same_and_follow_a_weight(tmp_path: Path) -> None:
    network, tokens = load_two_units(), ["good", ",", "not", "bad"]
    book = workbook(network, tokens)
    steps, found = run(network, tokens), evaluated(book, tmp_path, "Phrase 1")
    assert [row["P(positive)"] for row in found] == pytest.approx(steps.belief)
    assert [row["a2"] for row in found] == pytest.approx(steps.hidden[:, 1])

    opened = load_workbook(io.BytesIO(book))
    weights = {row[4].value: row[5] for row in opened["Weights"].iter_rows(min_row=2)}
    weights["U12"].value = 1.25  # by hand, as in a class
    opened["Phrase 1"]["B2"].value = "bad"
    changed, U = io.BytesIO(), network.U.copy()
    opened.save(changed)
    U[0, 1] = 1.25
    expected = run(replace(network, U=U), ["bad", ",", "not", "bad"])
    assert [row["P(positive)"] for row in evaluated(changed.getvalue(), tmp_path, "Phrase 1")] == pytest.approx(
        expected.belief
    )


def test_a_sheet_a_phrase(simple: TwoUnits) -> None:
    opened = load_workbook(io.BytesIO(workbook(simple, ["good"], ["bad", "film"])))
    assert opened.sheetnames == ["Weights", "Phrase 1", "Phrase 2"]
    assert opened["Phrase 2"].max_row == 3
    with pytest.raises(ValueError, match="phrase"):
        workbook(simple)
