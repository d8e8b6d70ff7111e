"""Translator: the captions that the translators learn from, their training, their BLEU."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from torch import Tensor

from explorer.evaluation import datasets
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import PADDING, SPECIAL, UNKNOWN, Vocabulary
from explorer.tasks import french
from explorer.tasks.saved import Trained
from explorer.tasks.translator import LIMIT, LONGEST, Translator, log_probability, tensors, translate
from explorer.tasks.words import rows, vocabulary
from explorer.training.sampled_softmax import SampledSoftmax, frequencies
from explorer.training.task_trainer import TaskTrainer, batches_by_length
from explorer.training.trigram import perplexity

LEAST = 3  # a word must occur this often in the training captions to have a row
NETWORK = {"vector": 160, "units": 256}
DROPOUT, RATE, EPOCHS, BATCH = 0.3, 3e-3, 18, 96
WIDTH = 5  # of the beam that is measured beside the greedy search
LENGTHS = ((1, 10), (11, 15), (16, LONGEST))  # tokens of the source by which BLEU is told
BAD_AT = [
    (
        "It knows what captions of photographs say: people, clothes, dogs, what they do where. Of all else "
        "it makes a caption."
    ),
    (
        "A word that occurs less than three times in the captions is unknown to it, and what it says in its "
        "place is a guess."
    ),
    "Numbers, names, negation, questions, the past and the future hardly occur in captions and go wrong.",
]
WITHOUT = (
    "Without attention one state of 256 numbers must hold the whole sentence: long captions lose their later parts."
)

Pair = tuple[list[int], list[int]]


# ---------------------------------------------------------------------------------------------------------- the data


def read(data: Path | None) -> dict[str, Any]:
    """The corpus as plain values: words of both languages, pairs of rows to train on, the captions of val. Raises
    DataError."""
    captions = [(tokenize(source), french.tokenize(target)) for source, target in datasets.captions("train", data)]
    pairs = [(source, target) for source, target in captions if 0 < len(source) <= LONGEST and 0 < len(target) < LIMIT]
    words = [vocabulary(Counter(token for pair in pairs for token in pair[side]), least=LEAST) for side in (0, 1)]
    return {
        "en": words[0].words[len(SPECIAL) :],
        "fr": words[1].words[len(SPECIAL) :],
        "train": [(rows(words[0], source), rows(words[1], target)) for source, target in pairs],
        "val": datasets.captions("val", data),
    }


def words(corpus: dict[str, Any]) -> dict[str, Vocabulary]:
    """The vocabulary of each language."""
    return {language: Vocabulary(corpus[language]) for language in ("en", "fr")}


def as_rows(corpus: dict[str, Any]) -> list[Pair]:
    """The val captions as rows; a word is read as the translator reads it for anyone."""
    vocabularies = words(corpus)
    return [
        (vocabularies["en"].encode(tokenize(source)[:LONGEST]), rows(vocabularies["fr"], french.tokenize(target)))
        for source, target in corpus["val"]
    ]


# ------------------------------------------------------------------------------------------------------ the training


class TranslatorTrainer(TaskTrainer[Translator]):
    """A translator being trained on `corpus`, what `read` gave."""

    def __init__(
        self,
        corpus: dict[str, Any],
        seed: int,
        attention: bool,
        epochs: int = EPOCHS,
        network: dict[str, Any] | None = None,
        batch: int = BATCH,
    ):
        self.corpus, self.size, self.val = corpus, batch, as_rows(corpus)
        counts = [len(corpus[language]) + len(SPECIAL) for language in ("en", "fr")]
        self.softmax = SampledSoftmax(frequencies([target for _, target in corpus["train"]], counts[1]))
        sizes: dict[str, Any] = network or NETWORK
        translator = Translator(counts[0], counts[1], attention=attention, dropout=DROPOUT, **sizes)
        super().__init__(translator, seed, RATE, epochs)

    def epoch(self, draw: np.random.Generator) -> list[np.ndarray]:
        """Like lengths of the French side together, and of those like lengths of the English side."""
        lengths = [100 * len(target) + len(source) for source, target in self.corpus["train"]]
        return batches_by_length(lengths, self.size, draw)

    def batch_loss(self, batch: np.ndarray) -> Tensor:
        rows, lengths, before, after = tensors([self.corpus["train"][i] for i in batch])
        real = after != PADDING
        features = self.network.features(rows, lengths, before)[real]  # (N, E)
        return self.softmax.loss(features, after[real], self.network.saying.weight, self.network.bias)

    def score(self, network: Translator) -> float:
        """Mean ln P of a word of the val translations."""
        total, count = log_probability(network, self.val)
        return total / count


# -------------------------------------------------------------------------------------------------------- the scores


def bleu(translations: list[str], references: list[str]) -> tuple[float, str]:
    """BLEU of a corpus, 0…100, and sacreBLEU's signature (Post 2018). Raises DataError where sacreBLEU is not
    installed."""
    metric = library().metrics.BLEU()
    return float(metric.corpus_score(translations, [references]).score), str(metric.get_signature())


def library() -> ModuleType:
    """sacreBLEU, which only this measurement needs. Raises DataError."""
    try:
        import sacrebleu
    except ImportError as error:
        raise datasets.DataError("BLEU needs sacrebleu: pip install '.[training]'") from error
    return sacrebleu


def measure(model: Trained, pairs: list[tuple[str, str]], width: int) -> dict[str, Any]:
    """BLEU of captions against their translations, of all and by the source's length in tokens (with how many they
    are)."""
    translations = [translate(model, source, width).translation for source, _ in pairs]
    lengths = np.array([len(tokenize(source)) for source, _ in pairs])
    score, signature = bleu(translations, [reference for _, reference in pairs])
    by_length: list[dict[str, Any]] = []
    for low, high in LENGTHS:
        chosen = np.flatnonzero((low <= lengths) & (lengths <= high))
        if len(chosen):
            part = bleu([translations[i] for i in chosen], [pairs[i][1] for i in chosen])[0]
            by_length.append({"from": low, "to": high, "sentences": len(chosen), "bleu": part})
    return {"bleu": score, "signature": signature, "by_length": by_length}


def scores(name: str, network: Translator, corpus: dict[str, Any]) -> dict[str, Any]:
    """Perplexity and BLEU on the val captions, greedy and with a beam."""
    val, model = as_rows(corpus), trained(name, network, corpus)
    searches = {"greedy": 1, f"beam_{WIDTH}": WIDTH}
    by_search = {search: measure(model, corpus["val"], width) for search, width in searches.items()}
    unknown = [np.mean(np.concatenate([pair[side] for pair in val]) == UNKNOWN) for side in (0, 1)]
    return {
        "val_perplexity": perplexity(*log_probability(network, val)),
        **by_search,
        "val_unknown_en": float(unknown[0]),
        "val_unknown_fr": float(unknown[1]),
    }


# ---------------------------------------------------------------------------------------------------------- the card


def about(corpus: dict[str, Any], network: Translator) -> dict[str, Any]:
    """What the card says besides the scores."""
    attention = network.align is not None
    return {
        "label": f"Translator, English captions to French, {'with' if attention else 'without'} attention",
        "data": [source.card() for source in datasets.CAPTIONS.values()],
        "sentences": {"train": len(corpus["train"]), "val": len(corpus["val"])},
        "measured": "BLEU of sacreBLEU on detokenised, cased text of the validation split. The best weights are chosen "
        "by the perplexity on the same split, so the figures flatter a little. The encoder reads left to right, as the "
        "other models do.",
        "bad_at": BAD_AT + ([] if attention else [WITHOUT]),
    }


def trained(name: str, network: Translator, corpus: dict[str, Any]) -> Trained:
    """The translator with its words."""
    return Trained(name, network, words(corpus), {})
