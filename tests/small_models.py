"""Small models with chance weights, which need no training, for all tests of what models do."""

import torch

from explorer.core.checkpoints import Model
from explorer.networks.registry import build
from explorer.reading.vocabulary import Vocabulary

WORDS = ("good", "bad", "not", ",", ".", "it", "is", "n't", "a", "film", "the", "very")
SLOTS = 5  # words that the small concatenation reads


def small(name: str, inputs: int = 6, units: int = 7) -> Model:
    """A model with chance weights, its biases not zero."""
    torch.manual_seed(3)
    network = build(name, inputs=inputs, units=units, **({"length": SLOTS} if name == "concat" else {}))
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.7)
    vectors = torch.randn(len(WORDS) + 2, inputs)
    vectors[0] = 0
    return Model(name, network.eval().requires_grad_(False), Vocabulary(WORDS), vectors, {"config": network.config})
