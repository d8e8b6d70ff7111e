"""Benches of the models alone: no server, no browser, one thread."""

from __future__ import annotations

from itertools import cycle

import torch

from explorer.analysis.backpropagation import recurrent
from explorer.bench.registry import CouldNotRun
from explorer.bench.texts import reviews, sentences
from explorer.bench.timing import compare, say
from explorer.core.checkpoints import Model, load
from explorer.core.tracing import one_thread, predict, trace
from explorer.networks.base import probability
from explorer.networks.registry import recurrent_names
from explorer.reading.tokenizer import tokenize


def vectors(model: Model, text: str) -> torch.Tensor:
    """The word vectors of a text, (1, T, E)."""
    return model.vectors[model.vocabulary.encode(tokenize(text))][None]


def trace_vs_nn() -> float:
    """A full trace of a 150-word review over the plain forward of the same torch.nn layer on the same vectors.

    Both start from the word vectors: the trace's part that is timed gives all hidden states, gates, the cell, and the
    belief after each step. The worst of the recurrent models counts. Progress also tells the ratio of
    `explorer.trace(model, text)` from end to end, which splits the text and looks the vectors up as well.
    """
    with one_thread(), torch.inference_mode():
        ratios = {name: _trace_vs_nn(load(name)) for name in recurrent_names()}
    return max(ratios.values())


def _trace_vs_nn(model: Model) -> float:
    network = recurrent(model)
    texts = reviews(model.vocabulary, 10)
    given = cycle([vectors(model, text) for text in texts])

    def layer() -> object:
        return network.core(next(given))

    def full() -> object:
        return probability(network.activations(next(given)[0])["logit"])

    ratio = compare(full, layer, repetitions=300, warm=20)
    read = cycle(texts)
    whole = compare(lambda: trace(model, next(read)), layer, repetitions=300, warm=20)
    say(f"  {model.name} {ratio:.2f}, with text and look-up {whole:.2f}")
    return ratio


def trace_vs_prefixes() -> float:
    """The belief after each of 150 words in one pass of the GRU over running every prefix anew."""
    model = load("gru")
    network = recurrent(model)
    x = vectors(model, reviews(model.vocabulary, 1)[0])

    def one_pass() -> list[torch.Tensor]:
        return list(torch.sigmoid(network.steps(x))[0])

    def prefixes() -> list[torch.Tensor]:
        return [torch.sigmoid(network.read(network.states(x[:, :t])[0, -1])) for t in range(1, x.shape[1] + 1)]

    with one_thread(), torch.inference_mode():
        gap = (torch.stack(one_pass()) - torch.stack(prefixes())).abs().max()
        if gap > 1e-4:
            raise CouldNotRun(f"the two ways give different beliefs, {gap:.1e} apart")
        return compare(one_pass, prefixes, repetitions=15)


def score_vs_vader() -> float:
    """`explorer.predict(load("gru"), sentences)` over VADER's polarity_scores on the same 10,000 sentences."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError as error:
        raise CouldNotRun("vaderSentiment is not installed (pip install -r requirements.txt)") from error
    model, vader = load("gru"), SentimentIntensityAnalyzer()
    texts = sentences(model.vocabulary, 10_000)
    predict(model, texts[:200])  # whatever is done once a process
    return compare(
        lambda: predict(model, texts), lambda: [vader.polarity_scores(text) for text in texts], repetitions=5, warm=0
    )
