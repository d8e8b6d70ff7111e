"""Writer: the sentences that the language model learns from, its training, its scores beside those of a trigram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from explorer.evaluation import datasets
from explorer.reading.profanity import profane
from explorer.reading.tokenizer import is_word, tokenize
from explorer.reading.vocabulary import PADDING, SPECIAL, Vocabulary
from explorer.tasks.saved import Trained
from explorer.tasks.words import rows, vocabulary
from explorer.tasks.writer import LIMIT, Writer, log_probability, shifted
from explorer.training.reviews import Review, split_reviews
from explorer.training.sampled_softmax import SampledSoftmax, frequencies
from explorer.training.task_trainer import TaskTrainer, batches_by_length
from explorer.training.trigram import Trigram, perplexity

WORDS = 10_000
SHORTEST, LONGEST = 3, LIMIT  # tokens of a sentence
NETWORK = {"vector": 256, "units": 256, "cell": "lstm"}
DROPOUT, RATE, EPOCHS, BATCH = 0.1, 3e-3, 2, 64
DEV_SENTENCES = 1_000  # at each validation
BAD_AT = [
    (
        "It has read sentences by themselves: it knows no story, no film and no fact, and makes up names, "
        "plots and awards."
    ),
    (
        "Grammar holds for a phrase or two; what was said ten words ago is often forgotten, and the end may "
        "contradict the start."
    ),
    (
        "It writes opinions of 2011 and before, about films, in lower case; other words than its own it can "
        "neither read nor say."
    ),
    (
        "Sentences with crude words were left out by a list, which is never complete. Prejudice of the "
        "reviews is not filtered."
    ),
]


# ---------------------------------------------------------------------------------------------------------- the data


def sentences(text: str) -> Iterator[tuple[str, ...]]:
    """The sentences of a review as tokens: whole ones of SHORTEST to LONGEST tokens, without crude words."""
    sentence: list[str] = []
    for token in tokenize(text):
        if sentence or is_word(token) or token == '"':
            sentence.append(token)
        if token in {".", "!", "?"}:
            if SHORTEST <= len(sentence) <= LONGEST and is_balanced(sentence) and not profane(" ".join(sentence)):
                yield tuple(sentence)
            sentence = []


def is_balanced(tokens: list[str]) -> bool:
    """Whether quotes and brackets come in pairs: a sentence cut in the middle of a quotation is none."""
    return tokens.count('"') % 2 == 0 and tokens.count("(") == tokens.count(")")


def read(data: Path | None) -> dict[str, Any]:
    """The corpus as plain values: words, and sentences as rows to train on, for dev and for test. Raises DataError.

    Every tenth review is held out, as for the other models: of those the odd ones are dev, the even ones test.
    """
    reviews, aside = split_reviews(data)
    train = sentences_of(reviews)
    train += [sentence for text, _ in datasets.sentences("train", data) for sentence in sentences(text)]
    words = vocabulary(Counter(token for sentence in train for token in sentence), WORDS)
    parts = {"train": train, "dev": sentences_of(aside[1::2]), "test": sentences_of(aside[::2])}
    return {"words": words.words[len(SPECIAL) :]} | {
        name: [np.array(rows(words, sentence), np.int32) for sentence in part] for name, part in parts.items()
    }


def sentences_of(reviews: Iterable[Review]) -> list[tuple[str, ...]]:
    """All sentences of reviews."""
    return [sentence for _, text, _ in reviews for sentence in sentences(text)]


# ------------------------------------------------------------------------------------------------------ the training


class WriterTrainer(TaskTrainer[Writer]):
    """The writer being trained on `corpus`, what `read` gave."""

    def __init__(
        self,
        corpus: dict[str, Any],
        seed: int,
        epochs: int = EPOCHS,
        network: dict[str, Any] | None = None,
        batch: int = BATCH,
    ):
        self.corpus, self.size = corpus, batch
        count = len(corpus["words"]) + len(SPECIAL)
        self.softmax = SampledSoftmax(frequencies(corpus["train"], count))
        self.dev = [row.tolist() for row in corpus["dev"][:: max(1, len(corpus["dev"]) // DEV_SENTENCES)]]
        super().__init__(Writer(count, **(network or NETWORK), dropout=DROPOUT), seed, RATE, epochs)

    def epoch(self, draw: np.random.Generator) -> list[np.ndarray]:
        return batches_by_length([len(sentence) for sentence in self.corpus["train"]], self.size, draw)

    def batch_loss(self, batch: np.ndarray) -> Tensor:
        before, after = shifted([self.corpus["train"][i].tolist() for i in batch])
        real = after != PADDING
        features = self.network.features(before)[real]  # (N, E)
        return self.softmax.loss(features, after[real], self.network.table.weight, self.network.bias)

    def score(self, network: Writer) -> float:
        """Mean ln P of a word of the dev sentences."""
        total, count = log_probability(network, self.dev)
        return total / count


# ---------------------------------------------------------------------------------------------------------- the card


def scores(network: Writer, corpus: dict[str, Any]) -> dict[str, float]:
    """Perplexity of the writer and of the trigram on the dev and on the test sentences, the same words for both."""
    trigram = Trigram([sentence.tolist() for sentence in corpus["train"]], len(corpus["words"]) + len(SPECIAL))
    by_name: dict[str, float] = {}
    for name in ("dev", "test"):
        part = [sentence.tolist() for sentence in corpus[name]]
        by_name[f"{name}_perplexity"] = perplexity(*log_probability(network, part))
        by_name[f"{name}_perplexity_trigram"] = perplexity(*trigram.log_probability(part))
        by_name[f"{name}_words"] = sum(len(sentence) + 1 for sentence in part)
        by_name[f"{name}_unknown"] = float(np.mean(np.concatenate(corpus[name]) == 1))
    return by_name


def about(corpus: dict[str, Any], network: Writer) -> dict[str, Any]:
    """What the card says besides the scores."""
    return {
        "label": "Writer: a first word to a whole sentence",
        "data": [datasets.IMDB.card(), datasets.TREES.card()],
        "sentences": {name: len(corpus[name]) for name in ("train", "dev", "test")},
        "measured": "Perplexity a word, ends of sentences counted, the unknown word as one word; the trigram is an "
        "interpolated Kneser-Ney model of the same training sentences and words. Every tenth review is held out: of "
        "those the odd ones are dev, by which the best weights are chosen, the even ones test.",
        "bad_at": BAD_AT,
    }


def trained(network: Writer, corpus: dict[str, Any]) -> Trained:
    """The writer with its words."""
    return Trained("writer", network, {"en": Vocabulary(corpus["words"])}, {})
