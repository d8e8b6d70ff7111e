"""Trace: the names and shapes of what it keeps, and its agreement with predict."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from small_models import SLOTS, WORDS, small

from explorer import TextError, models, predict, trace
from explorer.core.checkpoints import Model
from explorer.core.tracing import BATCH_TOKENS
from explorer.networks.registry import networks
from explorer.reading.reading import read
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import Vocabulary

TEXT = "It isn't a bad film, the plumbus is very good."
SMALL = {name: small(name) for name in models()}
NAMES = {
    "per-word": ["inputs", "features", "logit", "probability", "average"],
    "concat": ["inputs", "features", "logit", "padded", "clipped"],
    "rnn": ["inputs", "preactivation", "hidden", "logit"],
    "gru": ["inputs", "reset", "update", "candidate", "hidden", "logit"],
    "lstm": ["inputs", "input", "forget", "candidate", "output", "cell", "hidden", "logit"],
}


def test_names_are_pinned() -> None:
    assert {name: [quantity.name for quantity in network.quantities] for name, network in networks().items()} == NAMES


def test_shapes_are_as_documented(model: Model) -> None:
    found = trace(model, TEXT)
    size = {"T": len(found), "E": model.network.inputs, "H": model.network.units, "N": SLOTS}
    assert list(found.activations) == NAMES[model.name]
    for quantity in model.network.quantities:
        shape = tuple(size[letter] for letter in re.findall("[TEHN]", quantity.shape.split(")")[0]))
        assert found.activations[quantity.name].shape == shape, quantity.name


def test_values_are_in_the_declared_ranges(model: Model) -> None:
    found = trace(model, TEXT)
    for quantity in model.network.quantities:
        low, high = quantity.range
        values = found.activations[quantity.name]
        assert low <= values.min() <= values.max() <= high, quantity.name


def test_what_was_read(model: Model) -> None:
    found = trace(model, TEXT)
    assert found.tokens == tuple(tokenize(TEXT))
    assert found.text == TEXT
    assert found.name == model.name
    assert found.known.tolist() == [token in WORDS for token in found.tokens]
    assert found.read == tuple(token if token in WORDS else "<unk>" for token in found.tokens)
    assert found.probability == found.belief[-1]
    assert found.belief.dtype == np.float64


def test_a_slip_is_read_as_the_word_that_was_meant(model: Model) -> None:
    slip, meant = trace(model, "a goood flim"), trace(model, "a good film")
    assert slip.tokens == ("a", "goood", "flim")
    assert slip.read == meant.tokens
    assert slip.known.all()
    assert np.array_equal(slip.belief, meant.belief)
    assert predict(model, ["a goood flim"]) == predict(model, ["a good film"])


def test_belief_at_a_step_is_the_prediction_for_the_words_so_far(model: Model) -> None:
    found = trace(model, TEXT)
    parts = [" ".join(found.tokens[: t + 1]) for t in range(len(found))]
    np.testing.assert_allclose(found.belief, predict(model, parts), rtol=0, atol=1e-6)


def test_a_reading_will_do_for_a_text(model: Model) -> None:
    reading = read(TEXT, model.vocabulary)
    found, wanted = trace(model, reading), trace(model, TEXT)
    assert found.reading is reading
    assert found.reading == wanted.reading
    assert np.array_equal(found.belief, wanted.belief)
    assert np.array_equal(predict(model, [reading, "bad"]), predict(model, [TEXT, "bad"]))
    with pytest.raises(TypeError, match="list of texts"):
        predict(model, reading)


def test_a_reading_by_another_vocabulary_is_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="another vocabulary"):
        trace(model, read(TEXT, Vocabulary(["good"])))
    assert len(trace(model, read(TEXT, Vocabulary(WORDS)))) == 13  # the same words will do


def test_nothing_in_a_trace_can_be_changed(model: Model) -> None:
    found = trace(model, TEXT)
    for array in (found.known, found.belief, *found.activations.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(TypeError):
        found.activations["hidden"] = found.belief


def test_a_trace_leaves_the_model_as_it_was(model: Model) -> None:
    before = model.vectors.clone()
    first, second = trace(model, TEXT), trace(model, TEXT)
    assert torch.equal(model.vectors, before)
    assert np.array_equal(first.belief, second.belief)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "<br />"])
def test_nothing_to_read(model: Model, text: str) -> None:
    with pytest.raises(TextError, match="nothing to read"):
        trace(model, text)
    assert np.isnan(predict(model, ["good", text])).tolist() == [False, True]


def test_predict_keeps_the_order_and_takes_any_iterable(model: Model) -> None:
    texts = ["good " * n + end for n in (7, 1, 30) for end in ("bad", "film")]
    alone = [predict(model, [text])[0] for text in texts]
    np.testing.assert_allclose(predict(model, iter(texts)), alone, rtol=0, atol=1e-6)
    assert predict(model, []).shape == (0,)


def test_predict_of_a_text_longer_than_a_batch(model: Model) -> None:
    long = "not bad " * (BATCH_TOKENS // 2 + 5)
    assert predict(model, [long, "good"])[0] == pytest.approx(trace(model, long).probability, abs=1e-5)


def test_predict_gives_threads_back() -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        predict(SMALL["gru"], ["good"])
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_one_string_is_not_many() -> None:
    with pytest.raises(TypeError, match="list of texts"):
        predict(SMALL["gru"], "good")


@given(st.text())
def test_every_text_has_a_belief(text: str) -> None:
    for model in SMALL.values():
        (probability,) = predict(model, [text])
        if tokenize(text):
            belief = trace(model, text).belief
            assert np.isfinite(belief).all()
            assert (belief >= 0).all()
            assert (belief <= 1).all()
            assert probability == pytest.approx(belief[-1], abs=1e-6)
        else:
            assert np.isnan(probability)


def test_as_json(model: Model) -> None:
    found = trace(model, TEXT)
    said = found.as_json()
    assert list(said) == ["model", "text", "tokens", "read", "known", "belief", "probability", "activations"]
    assert said["belief"] == found.belief.tolist()
    assert said["tokens"] == list(found.tokens)
    assert said["read"] == list(found.read)
    assert set(said["activations"]) == set(NAMES[model.name])
