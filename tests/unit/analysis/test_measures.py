"""Measures: worked numbers and laws."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from small_models import WORDS

from explorer import load, trace
from explorer.analysis.measures import ORDERS, Parting, parting, unit_order, verdict
from explorer.core.tracing import Trace
from explorer.reading.reading import read
from explorer.reading.vocabulary import Vocabulary


def handmade(tokens: str, belief: list[float], hidden: list[list[float]]) -> Trace:
    return Trace("rnn", read(tokens, Vocabulary(WORDS)), np.array(belief), {"hidden": np.array(hidden)})


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "negative"), (0.39, "negative"), (0.4, "unsure"), (0.6, "unsure"), (0.61, "positive")],
)
def test_verdict(probability: float, said: str) -> None:
    assert verdict(probability) == said


def test_parting_by_hand() -> None:
    a = handmade("the good film", [0.5, 0.9, 0.8], [[1, 0], [3, 4], [1, 1]])
    b = handmade("the bad", [0.5, 0.2], [[1, 0], [-3, -4]])
    gap = parting(a, b)
    assert gap.belief == pytest.approx([0, 0.7])
    assert gap.state == pytest.approx([0, 1])  # opposite states are as far apart as can be
    assert (gap.first_word, gap.beliefs_part, gap.widest) == (1, 1, 1)


def test_a_phrase_does_not_part_from_itself() -> None:
    one = trace(load("lstm"), "a film that is not bad")
    gap = parting(one, one)
    assert not gap.belief.any()
    assert not gap.state.any()
    assert (gap.first_word, gap.beliefs_part) == (None, None)


def test_the_widest_gap_is_one_that_is_there() -> None:
    a, b = (trace(load("gru"), text) for text in ("good, not bad", "bad, not good"))
    gap: Parting = parting(a, b)
    assert gap.belief[gap.widest] == gap.belief.max() == pytest.approx(np.abs(a.belief - b.belief).max())


@pytest.mark.parametrize("by", ORDERS)
def test_every_order_has_each_unit_once(by: str) -> None:
    model = load("rnn")
    a, b = (trace(model, text).activations["hidden"] for text in ("good, not bad", "bad"))
    assert sorted(unit_order(model, a, b, by)) == list(range(model.network.units))


def test_weight_order_is_the_readouts() -> None:
    model = load("gru")
    hidden = trace(model, "fine").activations["hidden"]
    weights = model.network.readout.weight[0].numpy()[unit_order(model, hidden, hidden, "weight")]
    assert (np.diff(weights) <= 0).all()


def test_likeness_is_the_first_principal_component() -> None:
    model = load("gru")
    a, b = (trace(model, text).activations["hidden"] for text in ("good, not bad at all", "it started badly"))
    loading = PCA(1).fit(np.concatenate([a, b])).components_[0]
    ours = loading[unit_order(model, a, b, "likeness")]
    assert (np.diff(ours) <= 1e-6).all() or (np.diff(ours) >= -1e-6).all()
