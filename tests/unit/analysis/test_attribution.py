"""Attributions: Captum, scipy and the networks themselves as references, worked numbers, and laws."""

import numpy as np
import pytest
from scipy.stats import spearmanr
from small_models import small

from explorer import TextError, load, trace
from explorer.analysis.attribution import (
    changes,
    disagreement,
    occlusion,
    parts,
    rank_correlation,
)
from explorer.core.checkpoints import Model
from explorer.core.tracing import as_reading

TEXT = "It isn't a bad film, the plumbus is very good."


def logit(model: Model, words: list[str]) -> float:
    return float(trace(model, " ".join(words)).activations["logit"][-1])


def test_changes_lead_from_the_bias_to_the_verdict(recurrent: Model) -> None:
    found, whole = changes(recurrent, TEXT), trace(recurrent, TEXT)
    bias = float(recurrent.network.readout.bias)
    np.testing.assert_allclose(bias + found.logit.cumsum(), whole.activations["logit"], rtol=0, atol=1e-5)
    np.testing.assert_allclose(1 / (1 + np.exp(-bias)) + found.belief.cumsum(), whole.belief, rtol=0, atol=1e-6)


# --------------------------------------------------------------------------------------------------------- occlusion


def test_occlusion_is_the_text_without_the_word(recurrent: Model) -> None:
    tokens = list(as_reading(recurrent, TEXT).tokens)
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
    assert first.methods == ("a", "b")
    assert first.rank == pytest.approx(0.4)
    assert first.opposed == (1,)  # word 2 differs in sign, but says next to nothing
    assert others[-1].methods == ("a", "c")
    assert others[-1].rank == pytest.approx(1)
    assert not others[-1].opposed


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
    assert pair.rank is None
    assert pair.opposed == ()
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


@pytest.mark.parametrize("measure", [changes, occlusion])
def test_errors(measure) -> None:
    with pytest.raises(TextError):
        measure(small("gru"), " ")
    with pytest.raises(TypeError, match="no state"):
        measure(small("per-word"), "good")


@pytest.mark.parametrize("measure", [changes, occlusion])
def test_a_reading_will_do_for_a_text(measure, recurrent: Model) -> None:
    wanted, found = measure(recurrent, TEXT), measure(recurrent, as_reading(recurrent, TEXT))
    assert np.array_equal(found.logit, wanted.logit)


def test_progress_rises_to_one_and_can_stop_the_work() -> None:
    shares: list[float] = []
    occlusion(small("rnn"), TEXT, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def cancel(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        occlusion(small("rnn"), TEXT, progress=cancel)


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_shipped_weights(name: str) -> None:
    model, text = load(name), "good, not bad"
    whole = trace(model, text).activations
    shares = parts(model, whole["hidden"])
    np.testing.assert_allclose(shares.units.sum(1) + shares.bias, whole["logit"], atol=1e-5)
