"""Equations of one unit: the numbers that the page writes out, computed again from the trace and the weights."""

import re

import numpy as np
import pytest
from small_models import small

from explorer.analysis.unit_equations import equations
from explorer.core.checkpoints import Model
from explorer.core.tracing import trace
from explorer.networks.registry import networks

TEXT = "it is not good , not bad"
EVALUATED = {"tanh": np.tanh, "σ": lambda z: 1 / (1 + np.exp(-z))}


def computed(numbers: str, values: tuple[np.ndarray, ...]) -> np.ndarray:
    """The right side of an equation as it is written, for all steps at once."""
    left = numbers.split(" = ")[0]
    left = re.sub(r"\{(\d+)\}", r"v[\1]", left).replace("·", "*").replace("−", "-")
    return eval(left, {"v": [one.astype(float) for one in values], **EVALUATED})


def test_every_equation_as_written_gives_its_result(recurrent: Model) -> None:
    one = trace(recurrent, TEXT)
    for unit in range(recurrent.network.units):
        for found in equations(recurrent, one, unit):
            assert computed(found.numbers, found.values) == pytest.approx(found.values[-1], abs=1e-5), found.formula


def test_results_are_those_of_the_trace(recurrent: Model) -> None:
    one = trace(recurrent, TEXT)
    results = {found.formula[0]: found.values[-1] for found in equations(recurrent, one, 3)}
    computed_by_units = [quantity for quantity in recurrent.network.quantities if quantity.shape == "(T, H)"]
    assert len(computed_by_units) >= 2
    for quantity in computed_by_units:
        assert np.array_equal(results[quantity.symbol], one.activations[quantity.name][:, 3])
    assert results["ŷ"] == pytest.approx(one.belief, abs=1e-6)


def test_the_first_step_has_no_memory(recurrent: Model) -> None:
    one = trace(recurrent, "good")
    bias = recurrent.network.core.bias_hh_l0.detach().numpy().reshape(-1, recurrent.network.units)
    gates = equations(recurrent, one, 0)[: len(bias)]
    assert gates[-1 if recurrent.name != "gru" else 0].values[1][0] == pytest.approx(
        bias[-1 if recurrent.name == "lstm" else 0, 0]
    )


def test_a_worked_unit() -> None:
    model = small("rnn", units=2)
    network = model.network
    for tensor in (network.core.weight_ih_l0, network.core.bias_ih_l0, network.core.bias_hh_l0):
        tensor.fill_(0.0)
    network.core.bias_ih_l0[0] = 0.5
    network.core.weight_hh_l0.copy_(network.core.weight_hh_l0.new_tensor([[2.0, 0.0], [0.0, 0.0]]))
    total, hidden, _ = equations(model, trace(model, "good bad"), 0)
    assert total.values[2] == pytest.approx([0.5, 2 * np.tanh(0.5) + 0.5])
    assert hidden.values[1] == pytest.approx(np.tanh(total.values[2]))


def test_what_is_not_there_is_refused(recurrent: Model) -> None:
    one = trace(recurrent, TEXT)
    with pytest.raises(IndexError, match="units 0 to 6, not 7"):
        equations(recurrent, one, 7)
    feedforward = small("concat")
    with pytest.raises(TypeError):
        equations(feedforward, trace(feedforward, TEXT), 0)


def test_the_weights_are_named_as_the_equations_name_them() -> None:
    told = {name: network.weight_names() for name, network in networks().items() if network.recurrent}
    assert told == {"rnn": "W, U, b, c", "gru": "W, U, b, c of r, z, n", "lstm": "W, U, b, c of i, f, g, o"}
