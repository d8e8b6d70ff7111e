"""Models: worked numbers for cells of one unit, torch's own layers as a reference, and laws."""

import subprocess
import sys
from itertools import permutations
from math import exp, tanh
from pathlib import Path

import pytest
import torch
from small_models import SLOTS, small
from torch import nn

from explorer import models as names
from explorer import predict, trace
from explorer.analysis.backpropagation import Adjoint, JointAdjoint
from explorer.core.checkpoints import Model
from explorer.networks import registry
from explorer.networks.base import probability
from explorer.networks.recurrent import Recurrent
from explorer.networks.registry import build, labels, networks, recurrent_names

ROOT = Path(__file__).resolve().parents[3]


def close(found: torch.Tensor, wanted: torch.Tensor) -> None:
    torch.testing.assert_close(found, wanted, rtol=0, atol=1e-5)


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def unit(name: str, w: list[float], u: list[float], b: list[float], c: list[float]) -> nn.Module:
    """A cell of one unit on words of one number, with these weights and the biases of input and of state."""
    network = build(name, inputs=1, units=1).eval().requires_grad_(False)
    core = network.core
    for tensor, values in zip(
        (core.weight_ih_l0, core.weight_hh_l0, core.bias_ih_l0, core.bias_hh_l0), (w, u, b, c), strict=True
    ):
        tensor.copy_(torch.tensor(values).view_as(tensor))
    return network


WORDS_OF_ONE = torch.tensor([[1.0], [-2.0]])


def test_rnn_by_hand() -> None:
    found = unit("rnn", [0.5], [2.0], [0.1], [0.2]).unroll(WORDS_OF_ONE)["hidden"]
    first = tanh(0.5 + 0.3)
    close(found[:, 0], torch.tensor([first, tanh(-1.0 + 2 * first + 0.3)]))


def test_gru_by_hand() -> None:
    found = unit("gru", [0.5, 1, -1], [0.3, -0.4, 0.8], [0.1, 0.2, 0.3], [0.4, 0.5, 0.6]).unroll(WORDS_OF_ONE)["hidden"]
    old, wanted = 0.0, []
    for x in (1.0, -2.0):
        r, z = sigmoid(0.5 * x + 0.3 * old + 0.5), sigmoid(x - 0.4 * old + 0.7)
        n = tanh(-x + 0.3 + r * (0.8 * old + 0.6))
        old = (1 - z) * n + z * old
        wanted.append(old)
    close(found[:, 0], torch.tensor(wanted))


@pytest.mark.parametrize(("bias", "kept"), [(40.0, 1.0), (-40.0, 0.0)])
def test_gru_keeps_its_state_where_the_update_gate_is_one(bias: float, kept: float) -> None:
    network = small("gru").network
    old = {"hidden": torch.full((network.units,), 0.7)}
    network.core.bias_ih_l0[network.units : 2 * network.units] = bias
    gates = network.gates(network.project(torch.ones(network.inputs)), old["hidden"])
    close(gates["update"], torch.full((network.units,), kept))
    close(network.update(gates, old)["hidden"], old["hidden"] if kept else gates["candidate"])


def test_the_gru_tells_which_way_its_update_gate_mixes() -> None:
    assert (
        "Where its update gate z is 1 it keeps the old state, where z is 0 it takes the candidate"
        in registry.network("gru").description
    )
    assert registry.network("gru").titles()["update"] == "update gate (1 keeps the old state)"


def test_lstm_by_hand() -> None:
    network = unit("lstm", [0.5, 1, -1, 0.2], [0.3, -0.4, 0.8, 0.1], [0.1, 0.2, 0.3, 0.4], [0, 0, 0, 0])
    found = network.unroll(WORDS_OF_ONE)
    a = c = 0.0
    for t, x in enumerate((1.0, -2.0)):
        i, f = sigmoid(0.5 * x + 0.3 * a + 0.1), sigmoid(x - 0.4 * a + 0.2)
        g, o = tanh(-x + 0.8 * a + 0.3), sigmoid(0.2 * x + 0.1 * a + 0.4)
        c = f * c + i * g
        a = o * tanh(c)
        close(torch.stack([found["cell"][t, 0], found["hidden"][t, 0]]), torch.tensor([c, a]))


@torch.inference_mode()
def test_three_ways_through_a_recurrence_agree(recurrent: Model) -> None:
    network, x = recurrent.network, torch.randn(9, recurrent.network.inputs)
    loop, fast = network.unroll(x), network.activations(x)
    close(loop["hidden"], network.core(x[None])[0][0])
    assert set(fast) - set(loop) == {"inputs", "logit"}
    for name, values in loop.items():
        close(fast[name], values)
    close(fast["logit"], network.steps(x[None])[0])


@torch.inference_mode()
def test_a_padded_batch_says_what_each_text_says_alone(model: Model) -> None:
    lengths = torch.tensor([1, 2, 2, 5, 8])
    rows = torch.randint(1, len(model.vocabulary), (5, 8)) * (torch.arange(8) < lengths[:, None])
    alone = [row[None, :length] for row, length in zip(rows, lengths, strict=True)]
    together = model.network.probability(model.vectors, rows, lengths)
    close(
        together,
        torch.cat([model.network.probability(model.vectors, row, torch.tensor([row.shape[1]])) for row in alone]),
    )
    logits = torch.cat([model.network.steps(model.vectors[row])[:, -1] for row in alone])
    close(model.network(model.vectors[rows], lengths), logits)
    close(together, torch.sigmoid(logits.double()))


def test_the_average_does_not_see_the_order() -> None:
    model = small("per-word")
    texts = [" ".join(words) for words in permutations(["good", ",", "not", "bad", "very", "unheard"])]
    assert len(set(predict(model, texts))) == 1
    assert {trace(model, text).probability for text in texts} == {predict(model, texts[:1])[0]}
    assert {predict(model, [text])[0] for text in texts[:50]} == {predict(model, texts[:1])[0]}


def test_recurrent_networks_see_the_order(recurrent: Model) -> None:
    first, second = predict(recurrent, ["good , not bad", "bad , not good"])
    assert abs(first - second) > 1e-3


@torch.inference_mode()
@pytest.mark.parametrize("count", [1, SLOTS - 1, SLOTS, SLOTS + 3])
def test_concatenation_is_one_layer_on_padded_words(count: int) -> None:
    network = small("concat").network
    x = torch.randn(count, network.inputs)
    found = network.activations(x)
    for t in range(count):
        slots = torch.zeros(SLOTS, network.inputs)
        slots[: min(t + 1, SLOTS)] = x[: min(t + 1, SLOTS)]
        features = torch.relu(network.first(slots.flatten()))
        close(found["features"][t], features)
        close(found["logit"][t], network.readout(features)[0])
    assert found["padded"].tolist() == [slot >= count for slot in range(SLOTS)]
    assert found["clipped"].tolist() == [word >= SLOTS for word in range(count)]


@pytest.mark.parametrize(("name", "parts"), [("rnn", 1), ("gru", 3), ("lstm", 4)])
def test_parameters_of_a_recurrent_network(name: str, parts: int) -> None:
    e, h = 6, 7
    assert sum(tensor.numel() for tensor in small(name).network.parameters()) == parts * (h * e + h * h + 2 * h) + h + 1


@pytest.mark.parametrize(("name", "words"), [("per-word", 1), ("concat", SLOTS)])
def test_parameters_of_a_feedforward_network(name: str, words: int) -> None:
    e, h = 6, 7
    assert sum(tensor.numel() for tensor in small(name).network.parameters()) == words * h * e + h + h + 1


@pytest.mark.parametrize("name", names())
def test_the_sum_as_written_is_the_number_of_parameters(name: str) -> None:
    network = small(name).network
    total, terms = network.parameter_sum(network.config)
    count = sum(tensor.numel() for tensor in network.parameters())
    assert eval(total.replace("·", "*")) == network.parameter_count(network.config) == count
    assert terms.endswith("readout")


def test_names_and_config() -> None:
    assert names() == ["per-word", "concat", "rnn", "gru", "lstm"]
    for name in names():
        network = small(name).network
        again = build(name, **network.config)
        assert {key: t.shape for key, t in again.state_dict().items()} == {
            k: t.shape for k, t in network.state_dict().items()
        }
    with pytest.raises(KeyError):
        build("transformer", inputs=1, units=1)


@torch.inference_mode()
def test_derivatives_by_hand_are_those_by_autograd(recurrent: Model) -> None:
    network = recurrent.network
    run = network.activations(torch.randn(9, network.inputs))
    by_hand, by_autograd = network.derivatives(run), Recurrent.derivatives(network, run)
    for found, wanted in ((by_hand.sums, by_autograd.sums), (by_hand.states, by_autograd.states)):
        for name, (blocks, slopes) in found.items():
            close(slopes, wanted[name].slopes[:, blocks])
            if name != "hidden":  # the activation hears of these blocks by this state
                close(slopes * by_hand.within["hidden", name].unsqueeze(-2), wanted["hidden"].slopes[:, blocks])
    for (state, before), slopes in by_hand.kept.items():
        close(slopes, by_autograd.kept[state, before])


@torch.inference_mode()
@pytest.mark.parametrize("name", recurrent_names())
def test_a_cell_without_a_layer_of_torch_and_without_derivatives_does_the_same(name: str) -> None:
    fast = small(name).network
    plain_methods = {"layer": None, "derivatives": Recurrent.derivatives}
    plain = type("Plain", (type(fast),), plain_methods)(**fast.config).requires_grad_(False)
    plain.load_state_dict(fast.state_dict())
    x = torch.randn(2, 7, fast.inputs)
    close(plain.steps(x), fast.steps(x))
    for quantity, values in fast.activations(x[0]).items():
        close(plain.activations(x[0])[quantity], values)
    joint = [JointAdjoint(network, network.activations(x[0])) for network in (plain, fast)]
    for t in reversed(range(7)):
        close(*(adjoint.back(t) for adjoint in joint))
    projected = [network.project(x.transpose(0, 1)) for network in (plain, fast)]
    runs = [
        network.run(values, network.rest(2)) | {"projected": values}
        for network, values in zip((plain, fast), projected, strict=True)
    ]
    separate = [Adjoint(network, run, 2) for network, run in zip((plain, fast), runs, strict=True)]
    for adjoint in separate:
        adjoint.add(slice(None))
    for t in reversed(range(7)):
        close(*(adjoint.back(t) for adjoint in separate))


def test_every_network_tells_of_itself() -> None:
    for name, found in networks().items():
        assert found.name == name
        assert found.label == labels()[name]
        assert found.label in found.description
        assert found.weakness
        assert found.description.format(length=50, units=7).endswith(".")
    assert (
        len({found.style[:2] for found in networks().values()})
        == len({found.style.marker for found in networks().values()})
        == 5
    )
    assert [name for name in names() if registry.network(name).recurrent] == recurrent_names() == ["rnn", "gru", "lstm"]


def test_names_cost_no_torch() -> None:
    code = "import sys, explorer.networks.registry as r; assert len(r.names()) == 5; print('torch' in sys.modules)"
    end = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert end.stdout == "False\n"


def test_a_probability_is_the_same_to_the_bit_wherever_its_logit_stands() -> None:
    logit = 3 * torch.randn(41, generator=torch.Generator().manual_seed(0))
    whole = probability(logit)
    assert whole.dtype == torch.float64
    close(whole, torch.sigmoid(logit.double()))
    for start in range(41):
        assert torch.equal(probability(logit[start:].clone()), whole[start:])
    assert probability(torch.tensor([0.0, 1e30, -1e30])).tolist() == [0.5, 1, 0]
