"""Transplant: a text's own state changes nothing, to the bit; another's state is all that the other text leaves."""

import numpy as np
import pytest
from small_models import small

from explorer import TextError, load, predict, trace
from explorer.analysis.interventions import rest_state, resume, trajectory, transplant
from explorer.core.checkpoints import Model

TEXT, DONOR = "the film is not good , it is bad", "it is a very good film , not bad"


def test_the_trajectory_is_the_traces(recurrent: Model) -> None:
    found, whole = trajectory(recurrent, TEXT), trace(recurrent, TEXT)
    assert found.tokens == whole.tokens
    assert found.first == 0
    np.testing.assert_allclose(found.belief, whole.belief, rtol=0, atol=1e-6)
    for name, values in found.states.items():
        assert values.shape == (len(whole) + 1, recurrent.network.units)
        assert not values[0].any()
        np.testing.assert_allclose(values[1:], whole.activations[name], rtol=0, atol=1e-5)


def identity(model: Model, text: str) -> None:
    own = trajectory(model, text)
    for step in range(len(own.tokens)):
        found = transplant(model, text, step, text, step)
        assert found.tokens == own.tokens[step:]
        assert found.first == step
        assert np.array_equal(found.logit, own.logit[step:])
        assert np.array_equal(found.belief, own.belief[step:])
        for name, values in found.states.items():
            assert np.array_equal(values, own.states[name][step:])
        clamped = resume(model, text, step, own.before(step), {"hidden": {}})
        assert np.array_equal(clamped.logit, own.logit[step:])


def test_a_texts_own_state_changes_nothing_to_the_bit(recurrent: Model) -> None:
    identity(recurrent, TEXT)


def test_the_state_is_all_that_is_left_of_the_words_before(recurrent: Model) -> None:
    found = transplant(recurrent, TEXT, 4, DONOR, 5)
    words = DONOR.split()[:5] + TEXT.split()[4:]
    np.testing.assert_allclose(found.belief, trace(recurrent, " ".join(words)).belief[5:], rtol=0, atol=1e-6)


def test_after_a_reset_the_rest_is_a_text_of_its_own(recurrent: Model) -> None:
    found = resume(recurrent, TEXT, 6, rest_state(recurrent))
    np.testing.assert_allclose(found.belief, trace(recurrent, " ".join(TEXT.split()[6:])).belief, rtol=0, atol=1e-6)
    assert found.belief[-1] == pytest.approx(predict(recurrent, ["it is bad"])[0], abs=1e-6)


def test_a_unit_is_set_once_and_clamped_for_good(recurrent: Model) -> None:
    own, units = trajectory(recurrent, TEXT), {"hidden": {2: 0.9, 5: -0.3}}
    state = {name: values.copy() for name, values in own.before(3).items()}
    state["hidden"][[2, 5]] = np.float32([0.9, -0.3])
    once = resume(recurrent, TEXT, 3, state)
    held = resume(recurrent, TEXT, 3, own.before(3), units)
    start = own.states["hidden"][3].copy()
    start[[2, 5]] = np.float32([0.9, -0.3])
    assert np.array_equal(once.states["hidden"][0], start)
    assert np.array_equal(held.states["hidden"][0], start)
    assert (held.states["hidden"][:, [2, 5]] == np.float32([0.9, -0.3])).all()
    assert (once.states["hidden"][1:, 2] != np.float32(0.9)).all()
    assert not np.array_equal(once.logit, own.logit[3:])
    assert not np.array_equal(held.logit, once.logit)


def test_what_is_clamped_is_what_is_read_out(recurrent: Model) -> None:
    network = recurrent.network
    every = {"hidden": dict.fromkeys(range(network.units), 0.0)}
    found = resume(recurrent, TEXT, 1, trajectory(recurrent, TEXT).before(1), every)
    assert (found.logit == network.readout.bias.numpy()).all()


def test_the_cell_of_an_lstm_is_a_part_of_its_state() -> None:
    model = small("lstm")
    own = trajectory(model, TEXT)
    found = resume(model, TEXT, 3, own.before(3), {"cell": {1: 2.0}})
    assert (found.states["cell"][:, 1] == 2.0).all()
    assert not np.array_equal(found.logit, own.logit[3:])


def test_errors() -> None:
    gru, state = small("gru"), rest_state(small("gru"))
    with pytest.raises(TextError):
        resume(gru, "", 0, state)
    with pytest.raises(TypeError, match="no state"):
        trajectory(small("per-word"), TEXT)
    for step in (-1, len(TEXT.split())):
        with pytest.raises(IndexError, match="steps 0 to 8"):
            resume(gru, TEXT, step, state)
    with pytest.raises(IndexError, match="has none"):
        transplant(gru, TEXT, 0, DONOR, 99)
    with pytest.raises(IndexError):
        resume(gru, TEXT, 0, state, {"hidden": {99: 0.0}})
    with pytest.raises(KeyError):
        resume(gru, TEXT, 0, state, {"cell": {0: 0.0}})
    for wrong in ({"hidden": np.zeros(3)}, state | {"cell": np.zeros(7)}):
        with pytest.raises(ValueError, match="state is hidden of 7 units"):
            resume(gru, TEXT, 0, wrong)


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_shipped_weights(name: str) -> None:
    model = load(name)
    identity(model, "good, not bad")
    own = trajectory(model, "good, not bad")
    np.testing.assert_allclose(own.belief, trace(model, "good, not bad").belief, rtol=0, atol=1e-6)
