"""The validation score, by which the best check and the best seed are chosen, and the temperature fitted on dev
texts."""

from __future__ import annotations

import numpy as np
import torch

from explorer.core.checkpoints import Model
from explorer.core.tracing import predict
from explorer.evaluation.metrics import accuracy
from explorer.networks.base import Network
from explorer.training.corpus import Corpus

REVIEWS = 500
DESCRIPTION = f"the mean of the accuracies on SST-2 dev and on {REVIEWS} of the reviews held out"


def text_accuracy(model: Model, texts: list[tuple[str, int]]) -> float:
    """Accuracy on texts with labels, 0…1."""
    return accuracy(predict(model, [text for text, _ in texts]), np.array([label for _, label in texts]))


def validation_score(corpus: Corpus, model: Model) -> float:
    """DESCRIPTION, 0…1: what says which of two models is better."""
    parts = [text_accuracy(model, corpus.dev)]
    if corpus.held_out:
        parts.append(text_accuracy(model, corpus.held_out[:: max(1, len(corpus.held_out) // REVIEWS)]))
    return float(np.mean(parts))


def fit_temperature(network: Network, logits: np.ndarray, label: np.ndarray) -> float:
    """Divide the log-odds by the temperature that fits the dev labels best (Guo et al. 2017); returns it."""
    candidates = np.exp(np.linspace(np.log(0.2), np.log(5), 300))
    signed = np.where(label == 1, logits, -logits)
    best = float(min(candidates, key=lambda t: np.logaddexp(0, -signed / t).mean()))
    with torch.no_grad():
        network.readout.weight.div_(best)
        network.readout.bias.div_(best)
    return best
