"""Attributions: Captum, scipy and the lanes themselves as references, worked numbers, and laws."""

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients
from conftest import small
from scipy.stats import spearmanr

from explorer import TextError, load, trace
from explorer.analysis.attribution import (
    Integrated,
    changes,
    clenshaw_curtis,
    disagreement,
    integrated,
    occlusion,
    parts,
    rank_correlation,
)
from explorer.analysis.backpropagation import read
from explorer.core.checkpoints import Model

TEXT = "It isn't a bad film, the plumbus is very good."


def logit(model: Model, words: list[str]) -> float:
    return float(trace(model, " ".join(words)).activations["logit"][-1])


def test_changes_lead_from_the_bias_to_the_verdict(recurrent: Model) -> None:
    found, whole = changes(recurrent, TEXT), trace(recurrent, TEXT)
    bias = float(recurrent.network.readout.bias)
    np.testing.assert_allclose(bias + found.logit.cumsum(), whole.activations["logit"], rtol=0, atol=1e-5)
    np.testing.assert_allclose(1 / (1 + np.exp(-bias)) + found.belief.cumsum(), whole.belief, rtol=0, atol=1e-6)


# ---------------------------------------------------------------------------------------------- integrated gradients


def test_quadrature_by_hand() -> None:
    places, weights = clenshaw_curtis(2)  # Simpson's rule
    assert places == pytest.approx([0, 0.5, 1]) and weights == pytest.approx([1 / 6, 4 / 6, 1 / 6])


@pytest.mark.parametrize("intervals", [4, 8, 64])
def test_quadrature_is_exact_for_polynomials(intervals: int) -> None:
    places, weights = clenshaw_curtis(intervals)
    for power in range(intervals + 1):
        assert weights @ places**power == pytest.approx(1 / (power + 1))


def test_integrated_gradients_are_complete(recurrent: Model) -> None:
    found = integrated(recurrent, TEXT)
    x = read(recurrent, TEXT)[1]
    ends = recurrent.network.steps(torch.stack([torch.zeros_like(x), x]))[:, -1].double()
    assert found.complete and found.gap <= 1e-3
    assert found.rise == pytest.approx(float(ends[1] - ends[0]), abs=1e-5)
    assert found.words.sum() == pytest.approx(found.rise, rel=1e-3)


def test_integrated_gradients_are_captums(recurrent: Model) -> None:
    x = read(recurrent, TEXT)[1][None]
    other = IntegratedGradients(lambda vectors: recurrent.network.steps(vectors)[:, -1])
    wanted = other.attribute(x, n_steps=400, internal_batch_size=100)[0].sum(1)
    found = integrated(recurrent, TEXT, tolerance=1e-5)
    np.testing.assert_allclose(found.words, wanted.numpy(), rtol=0, atol=1e-3 * abs(found.words).max())


def test_a_linear_lane_gets_its_weights_back() -> None:
    """With numbers this small tanh is its own argument: a^<1> = W x, and word 0 reaches the end through U."""
    model = small("rnn")
    lane = model.network
    lane.core.weight_ih_l0.mul_(1e-3)
    lane.core.bias_ih_l0.zero_(), lane.core.bias_hh_l0.zero_()
    x = read(model, "good film")[1]
    row, u, w = lane.readout.weight[0], lane.core.weight_hh_l0, lane.core.weight_ih_l0
    found = integrated(model, "good film", tolerance=1e-2)
    assert found.words == pytest.approx([float(row @ u @ w @ x[0]), float(row @ w @ x[1])], rel=1e-2)


def test_what_is_not_complete_says_so(recurrent: Model) -> None:
    found = integrated(recurrent, TEXT, tolerance=0.0, most=30)
    assert (found.points, found.complete) == (13, False) and found.gap > 0
    missed = abs(found.words.sum() - found.rise)  # log-odds in single precision: 1e-6
    assert missed <= found.gap * abs(found.rise) + 1e-6


def test_a_step_on_the_path_is_found() -> None:
    """One unit on one word: tanh(40 αx − 12) is flat but for a step at α = 0.3."""
    model = small("rnn", inputs=1, units=1)
    for tensor, value in zip(model.network.parameters(), (1.0, 0.0, 40.0, 0.0, -12.0, 0.0), strict=True):
        tensor.fill_(value)
    model.vectors[model.vocabulary.index["good"]] = 1.0
    found = integrated(model, "good")
    assert found.complete and found.words == pytest.approx([np.tanh(28) - np.tanh(-12)], rel=1e-3)


def test_progress_rises_to_one_and_can_stop_the_work() -> None:
    shares: list[float] = []
    integrated(small("rnn"), TEXT, tolerance=0.0, most=100, progress=shares.append)
    assert shares == sorted(shares) and shares[-1] == 1.0

    def cancel(share: float) -> None:
        raise InterruptedError

    for stopped in (integrated, occlusion):
        with pytest.raises(InterruptedError):
            stopped(small("rnn"), TEXT, progress=cancel)


# --------------------------------------------------------------------------------------------------------- occlusion


def test_occlusion_is_the_text_without_the_word(recurrent: Model) -> None:
    tokens = list(read(recurrent, TEXT)[0])
    wanted = [logit(recurrent, tokens[:t] + tokens[t + 1 :]) for t in range(len(tokens))]
    found = occlusion(recurrent, TEXT)
    np.testing.assert_allclose(found.logit, wanted, rtol=0, atol=1e-5)
    np.testing.assert_allclose(found.words, logit(recurrent, tokens) - np.array(wanted), rtol=0, atol=1e-5)
    np.testing.assert_allclose(found.belief, 1 / (1 + np.exp(-found.logit)), rtol=0, atol=1e-6)


def test_a_single_word_leaves_the_bias(recurrent: Model) -> None:
    assert occlusion(recurrent, "good").logit == pytest.approx([float(recurrent.network.readout.bias)])


# ------------------------------------------------------------------------------------------------- where they differ


def test_disagreement_by_hand() -> None:
    one, two, three = np.array([4.0, -2.0, 0.1, 1.0]), np.array([3.0, 2.0, -0.1, 1.0]), np.array([4.0, -2.0, 0.1, 1.0])
    first, *others = disagreement({"a": one, "b": two, "c": three})
    assert first.methods == ("a", "b") and first.rank == pytest.approx(0.4)
    assert first.opposed == (1,)  # word 2 differs in sign, but says next to nothing
    assert others[-1].methods == ("a", "c") and others[-1].rank == pytest.approx(1) and not others[-1].opposed


def test_the_clearest_opposition_comes_first() -> None:
    (pair,) = disagreement({"a": np.array([1.0, -0.2, 0.5]), "b": np.array([-0.3, 1.0, -0.9])})
    assert pair.opposed == (2, 0, 1)


def test_ranks_are_scipys() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        a, b = rng.integers(0, 5, 12).astype(float), rng.normal(size=12)
        assert rank_correlation(a, b) == pytest.approx(spearmanr(a, b).statistic)


def test_no_rank_where_all_words_are_alike() -> None:
    (pair,) = disagreement({"a": np.zeros(3), "b": np.array([1.0, 2.0, 3.0])})
    assert pair.rank is None and pair.opposed == ()
    assert rank_correlation(np.array([1.0]), np.array([2.0])) is None
    with pytest.raises(ValueError, match="same words"):
        disagreement({"a": np.zeros(3), "b": np.zeros(4)})


# ------------------------------------------------------------------------------------------------ parts of the logit


def test_parts_sum_to_the_logit(recurrent: Model) -> None:
    whole = trace(recurrent, TEXT).activations
    found = parts(recurrent, whole["hidden"])
    assert found.units.shape == whole["hidden"].shape
    np.testing.assert_allclose(found.units.sum(1) + found.bias, whole["logit"], rtol=0, atol=1e-5)


# --------------------------------------------------------------------------------------------------------------- all


@pytest.mark.parametrize("measure", [changes, integrated, occlusion])
def test_errors(measure) -> None:
    with pytest.raises(TextError):
        measure(small("gru"), " ")
    with pytest.raises(TypeError, match="no state"):
        measure(small("per-word"), "good")


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_shipped_weights(name: str) -> None:
    model, text = load(name), "good, not bad"
    found: Integrated = integrated(model, text)
    assert found.complete and found.words.sum() == pytest.approx(found.rise, rel=1e-3)
    hidden = trace(model, text).activations["hidden"]
    shares = parts(model, hidden)
    np.testing.assert_allclose(shares.units.sum(1) + shares.bias, trace(model, text).activations["logit"], atol=1e-5)
