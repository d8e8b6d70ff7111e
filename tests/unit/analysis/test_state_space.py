"""State space: worked numbers, scikit-learn as reference, a cell of known resting point, laws on chance weights."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from small_models import small
from torch import Tensor

from explorer.analysis.state_space import (
    full_states,
    line,
    log_odds,
    plane,
    readout,
    slow_points,
    speed,
    step,
    word_effects,
)
from explorer.core.checkpoints import Model
from explorer.networks.rnn import RNN


class Linear(RNN):
    """A cell without a bend: a' = W x + U a + b, which rests at (1 − U)⁻¹ (W x + b)."""

    def update(self, gates: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
        return {"hidden": gates["preactivation"]}


def linear(U: list[list[float]]) -> Model:
    network = Linear(2, len(U))
    with torch.no_grad():
        network.core.weight_hh_l0.copy_(torch.tensor(U))
        network.core.weight_ih_l0.fill_(0.5)
        network.core.bias_ih_l0.copy_(torch.arange(len(U)) + 1.0)
        network.readout.weight.fill_(1.0)
    return replace(small("rnn"), network=network.eval().requires_grad_(False))


# ------------------------------------------------------------------------------------------------------------ the plane


def test_plane_is_that_of_scikit_learn() -> None:
    states = np.random.default_rng(0).normal(size=(200, 6)) * [5, 3, 1, 1, 0.5, 0.1] + 2
    ours, theirs = plane(states), PCA(2).fit(states)
    assert ours.mean == pytest.approx(theirs.mean_)
    assert ours.explained == pytest.approx(theirs.explained_variance_ratio_)
    turn = np.sign(np.sum(ours.components * theirs.components_, axis=1))
    assert ours.components == pytest.approx(theirs.components_ * turn[:, None])
    assert ours.project(states) == pytest.approx(theirs.transform(states) * turn)


def test_plane_by_hand() -> None:
    flat = plane(np.array([[1.0, 0, 7], [-1, 0, 7], [0, 0.5, 7], [0, -0.5, 7]]), readout=np.array([-1.0, 2, 0]))
    assert flat.explained == pytest.approx([0.8, 0.2])
    assert flat.components == pytest.approx(np.array([[-1, 0, 0], [0, 1, 0]]))  # both towards the readout
    points = np.array([[0.3, -2], [0, 1]])
    assert flat.project(points @ flat.components + flat.mean) == pytest.approx(points)


@pytest.mark.parametrize("states", [np.zeros((2, 4)), np.ones((5, 4)), np.zeros((9, 1)), np.zeros(4)])
def test_no_plane(states: np.ndarray) -> None:
    with pytest.raises(ValueError, match="plane"):
        plane(states)


def test_readout_is_exact_in_the_plane(recurrent: Model) -> None:
    axes = plane(np.random.default_rng(1).normal(size=(30, recurrent.network.units)))
    seen, points = readout(recurrent, axes), np.array([[0.5, -1.5], [2, 0]])
    said = recurrent.network.read(torch.tensor(points @ axes.components + axes.mean, dtype=torch.float32)).numpy()
    assert seen.offset + points @ seen.direction == pytest.approx(said, abs=1e-5)
    assert 0 <= seen.share <= 1


# ------------------------------------------------------------------------------------------------------------- one step


def test_step_is_the_lanes(recurrent: Model) -> None:
    x = recurrent.vectors[[2, 4, 3]]
    states = full_states(recurrent.network, x)
    assert step(recurrent.network, states[:-1], x[1:]).numpy() == pytest.approx(states[1:].numpy(), abs=1e-6)
    assert log_odds(recurrent.network, states).numpy() == pytest.approx(
        recurrent.network.steps(x[None])[0].numpy(), abs=1e-6
    )


# ---------------------------------------------------------------------------------------------------------- slow points


def test_a_linear_cell_rests_where_it_must() -> None:
    U = [[0.5, 0.2], [-0.1, 0.6]]
    model, x = linear(U), np.array([1.0, -0.2])
    starts = np.random.default_rng(2).normal(size=(6, 2))
    found = slow_points(model, starts, x, steps=800, rate=0.1)
    rest = np.linalg.solve(np.eye(2) - np.array(U), [0.4 + 1, 0.4 + 2])
    assert len(found.speed) == 1  # all starts end at one point
    assert found.states[0] == pytest.approx(rest, abs=1e-2)
    assert found.speed[0] < 1e-6
    expected = np.linalg.eigvals(np.array(U))
    assert np.sort_complex(found.eigenvalues[0]) == pytest.approx(np.sort_complex(expected.astype(complex)), abs=1e-6)
    assert found.stable.tolist() == [True]
    assert found.memory[0] == pytest.approx(np.abs(1 / np.log(np.abs(found.eigenvalues[0]))))


def test_a_line_attractor_is_found() -> None:
    model = linear([[1.0, 0.0], [0.0, 0.5]])  # the first unit keeps what it has
    model.network.core.bias_ih_l0[0] = 0.0
    found = slow_points(model, np.array([[-2.0, 0], [0, 1], [1, 1], [3, 2]]), steps=600, rate=0.1)
    assert np.sort(found.states[:, 0]) == pytest.approx([-2, 0, 1, 3], abs=1e-2)
    assert found.states[:, 1] == pytest.approx(np.full(4, 4.0), abs=1e-1)  # 2 / (1 − 0.5)
    assert np.abs(found.eigenvalues[:, 0]) == pytest.approx(np.ones(4))
    assert np.isinf(found.memory[:, 0]).all()
    along = line(model, found.hidden(2))
    assert along.share > 0.999
    assert along.direction == pytest.approx([1, 0], abs=0.05)
    assert along.alignment == pytest.approx(2**-0.5, abs=0.05)
    assert along.slope == pytest.approx(1, abs=0.05)
    assert np.diff(found.logit[np.argsort(along.position)]).min() > 0


def test_slow_points_are_slow(recurrent: Model) -> None:
    states = full_states(recurrent.network, recurrent.vectors[[2, 4, 3, 5, 7, 9]]).numpy()
    found = slow_points(recurrent, states, steps=300, rate=0.05, slowest=1e-2)
    again = speed(recurrent.network, torch.tensor(found.states, dtype=torch.float32), torch.zeros(6))
    assert (np.diff(found.speed) >= 0).all()
    assert (found.speed <= 1e-2).all()
    assert again.numpy() == pytest.approx(found.speed, abs=1e-5)
    assert found.eigenvalues.shape == found.states.shape
    if len(found.states):  # the slopes again, by differences
        s, x = torch.tensor(found.states[0]), torch.zeros(6, dtype=torch.float64)
        network = small(recurrent.name).network.double()
        columns = [
            (step(network, s + 1e-5 * e, x) - step(network, s - 1e-5 * e, x)) / 2e-5 for e in torch.eye(len(s)).double()
        ]
        expected = np.abs(np.linalg.eigvals(torch.stack(columns, 1).numpy()))
        assert np.abs(found.eigenvalues[0]) == pytest.approx(np.sort(expected)[::-1], abs=1e-5)


def test_none_slow_enough_and_wrong_size(recurrent: Model) -> None:
    size = recurrent.network.units * (2 if recurrent.name == "lstm" else 1)
    found = slow_points(recurrent, np.ones((2, size)), steps=1, slowest=-1.0)
    assert found.states.shape == (0, size)
    assert found.stable.shape == (0,)
    with pytest.raises(ValueError, match="starts from states"):
        slow_points(recurrent, np.ones((2, size + 1)))


def test_two_points_are_no_line(recurrent: Model) -> None:
    with pytest.raises(ValueError, match="three states"):
        line(recurrent, np.eye(2, recurrent.network.units))


# ---------------------------------------------------------------------------------------------------------------- words


def test_what_a_word_does(recurrent: Model) -> None:
    states = full_states(recurrent.network, recurrent.vectors[[2, 4, 3, 5]]).numpy()
    found = word_effects(recurrent, "not", states, then=("good", "bad"))
    w = recurrent.network.readout.weight[0].numpy()
    assert found.logit == pytest.approx(found.displacement[:, : recurrent.network.units] @ w, abs=1e-5)
    assert found.mean == pytest.approx(found.displacement.mean(0))
    row = recurrent.vocabulary.index
    texts = [recurrent.vectors[[*[2, 4, 3, 5][: i + 1], row["not"], row["good"]]] for i in range(4)]
    spoken = [recurrent.network.steps(x[None])[0].numpy() for x in texts]
    assert found.then["good"][1] == pytest.approx(np.mean([s[-1] - s[-2] for s in spoken]), abs=1e-5)
    with pytest.raises(ValueError, match="no vector"):
        word_effects(recurrent, "zebra", states)
