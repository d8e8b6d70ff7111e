"""Writer: the sentences that the language model learns from, its training, its scores beside those of a trigram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from torch import Tensor, nn

from explorer.reading.profanity import profane
from explorer.reading.tokenizer import is_word, tokenize
from explorer.reading.vocabulary import PADDING, SPECIAL, Vocabulary
from explorer.tasks.saved import Trained
from explorer.tasks.words import rows, vocabulary
from explorer.tasks.writer import LIMIT, Writer, log_probability, shifted
from explorer.training import sources
from explorer.training.corpus import split_reviews
from explorer.training.course import Course, by_length
from explorer.training.softmax import Softmax, frequencies
from explorer.training.trigram import Trigram, perplexity

WORDS = 10_000
SHORTEST, LONGEST = 3, LIMIT  # tokens of a sentence
NETWORK = {"vector": 256, "units": 256, "cell": "lstm"}
DROPOUT, RATE, EPOCHS, BATCH = 0.1, 3e-3, 2, 64
LOOK_AT = 1_000  # dev sentences at each check
BAD_AT = [
    "It has read sentences by themselves: it knows no story, no film and no fact, and makes up names, plots and awards.",
    "Grammar holds for a phrase or two; what was said ten words ago is often forgotten, and the end may contradict the start.",
    "It writes opinions of 2011 and before, about films, in lower case; other words than its own it can neither read nor say.",
    "Sentences with crude words were left out by a list, which is never complete. Prejudice of the reviews is not filtered.",
]


# ---------------------------------------------------------------------------------------------------------- the data


def sentences(text: str) -> Iterator[tuple[str, ...]]:
    """The sentences of a review as tokens: whole ones of SHORTEST to LONGEST tokens, without crude words."""
    found: list[str] = []
    for token in tokenize(text):
        if found or is_word(token) or token == '"':
            found.append(token)
        if token in {".", "!", "?"}:
            if SHORTEST <= len(found) <= LONGEST and even(found) and not profane(" ".join(found)):
                yield tuple(found)
            found = []


def even(tokens: list[str]) -> bool:
    """Whether quotes and brackets come in pairs: a sentence cut in the middle of a quotation is none."""
    return tokens.count('"') % 2 == 0 and tokens.count("(") == tokens.count(")")


def read(data: Path | None) -> dict:
    """The corpus as plain values: words, and sentences as rows to train on, for dev and for test. Raises DataError.

    Every tenth review is held out, as for the lanes: of those the odd ones are dev, the even ones test.
    """
    ours, aside = split_reviews(data)
    learnt = [one for _, text, _ in ours for one in sentences(text)]
    learnt += [one for text, _ in sources.sentences("train", data) for one in sentences(text)]
    words = vocabulary(Counter(token for one in learnt for token in one), WORDS)
    parts = {"train": learnt, "dev": of(aside[1::2]), "test": of(aside[::2])}
    return {"words": words.words[len(SPECIAL) :]} | {
        name: [np.array(rows(words, one), np.int32) for one in part] for name, part in parts.items()
    }


def of(reviews: Iterable[tuple[str, str, int]]) -> list[tuple[str, ...]]:
    """All sentences of reviews."""
    return [one for _, text, _ in reviews for one in sentences(text)]


# ------------------------------------------------------------------------------------------------------ the training


class WriterCourse(Course):
    """The writer being trained on `corpus`, what `read` gave."""

    def __init__(self, corpus: dict, seed: int, epochs: int = EPOCHS, network: dict | None = None, batch: int = BATCH):
        self.corpus, self.size = corpus, batch
        count = len(corpus["words"]) + len(SPECIAL)
        self.softmax = Softmax(frequencies(corpus["train"], count))
        self.dev = [one.tolist() for one in corpus["dev"][:: max(1, len(corpus["dev"]) // LOOK_AT)]]
        super().__init__(Writer(count, **(network or NETWORK), dropout=DROPOUT), seed, RATE, epochs)

    def epoch(self, draw: np.random.Generator) -> list[np.ndarray]:
        return by_length([len(one) for one in self.corpus["train"]], self.size, draw)

    def cost(self, batch: np.ndarray) -> Tensor:
        before, after = shifted([self.corpus["train"][i].tolist() for i in batch])
        real = after != PADDING
        features = self.network.features(before)[real]  # (N, E)
        return self.softmax.loss(features, after[real], self.network.table.weight, self.network.bias)

    def score(self, network: nn.Module) -> float:
        """Mean ln P of a word of the dev sentences."""
        total, count = log_probability(network, self.dev)
        return total / count


# ---------------------------------------------------------------------------------------------------------- the card


def scores(network: Writer, corpus: dict) -> dict[str, float]:
    """Perplexity of the writer and of the trigram on the dev and on the test sentences, the same words for both."""
    counted = Trigram([one.tolist() for one in corpus["train"]], len(corpus["words"]) + len(SPECIAL))
    found = {}
    for name in ("dev", "test"):
        part = [one.tolist() for one in corpus[name]]
        found[f"{name}_perplexity"] = perplexity(*log_probability(network, part))
        found[f"{name}_perplexity_trigram"] = perplexity(*counted.log_probability(part))
        found[f"{name}_words"] = sum(len(one) + 1 for one in part)
        found[f"{name}_unknown"] = float(np.mean(np.concatenate(corpus[name]) == 1))
    return found


def about(corpus: dict, network: Writer) -> dict:
    """What the card says besides the scores."""
    return {
        "label": "Writer: a first word to a whole sentence",
        "data": [sources.IMDB.card(), sources.TREES.card()],
        "sentences": {name: len(corpus[name]) for name in ("train", "dev", "test")},
        "measured": "Perplexity a word, ends of sentences counted, the unknown word as one word; the trigram is an interpolated "
        "Kneser-Ney model of the same training sentences and words. Every tenth review is held out: of those the odd ones "
        "are dev, by which the best check is chosen, the even ones test.",
        "bad_at": BAD_AT,
    }


def trained(network: Writer, corpus: dict) -> Trained:
    """The writer with its words."""
    return Trained("writer", network, {"en": Vocabulary(corpus["words"])}, {})
