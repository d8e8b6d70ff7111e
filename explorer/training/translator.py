"""Translator: the captions that the translators learn from, their training, their BLEU."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from torch import Tensor, nn

from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import PADDING, SPECIAL, UNKNOWN, Vocabulary
from explorer.tasks import french
from explorer.tasks.saved import Trained
from explorer.tasks.translator import LIMIT, LONGEST, Translator, log_probability, tensors, translate
from explorer.tasks.words import rows, vocabulary
from explorer.training import sources
from explorer.training.course import Course, by_length
from explorer.training.softmax import Softmax, frequencies
from explorer.training.trigram import perplexity

LEAST = 3  # a word must occur this often in the training captions to have a row
NETWORK = {"vector": 160, "units": 256}
DROPOUT, RATE, EPOCHS, BATCH = 0.3, 3e-3, 18, 96
WIDTH = 5  # of the beam that is measured beside the greedy search
LENGTHS = ((1, 10), (11, 15), (16, LONGEST))  # tokens of the source by which BLEU is told
BAD_AT = [
    "It knows what captions of photographs say: people, clothes, dogs, what they do where. Of all else it makes a caption.",
    "A word that occurs less than three times in the captions is unknown to it, and what it says in its place is a guess.",
    "Numbers, names, negation, questions, the past and the future hardly occur in captions and go wrong.",
]
WITHOUT = (
    "Without attention one state of 256 numbers must hold the whole sentence: long captions lose their later parts."
)

Pair = tuple[list[int], list[int]]


# ---------------------------------------------------------------------------------------------------------- the data


def read(data: Path | None) -> dict:
    """The corpus as plain values: words of both languages, pairs of rows to train on, the captions of val. Raises DataError."""
    learnt = [(tokenize(english), french.tokenize(said)) for english, said in sources.captions("train", data)]
    learnt = [(read, said) for read, said in learnt if 0 < len(read) <= LONGEST and 0 < len(said) < LIMIT]
    words = [vocabulary(Counter(token for pair in learnt for token in pair[side]), least=LEAST) for side in (0, 1)]
    return {
        "en": words[0].words[len(SPECIAL) :],
        "fr": words[1].words[len(SPECIAL) :],
        "train": [(rows(words[0], read), rows(words[1], said)) for read, said in learnt],
        "val": sources.captions("val", data),
    }


def words(corpus: dict) -> dict[str, Vocabulary]:
    """The vocabulary of each language."""
    return {language: Vocabulary(corpus[language]) for language in ("en", "fr")}


def as_rows(corpus: dict) -> list[Pair]:
    """The val captions as rows; a word is read as the translator reads it for anyone."""
    found = words(corpus)
    return [
        (found["en"].encode(tokenize(english)[:LONGEST]), rows(found["fr"], french.tokenize(said)))
        for english, said in corpus["val"]
    ]


# ------------------------------------------------------------------------------------------------------ the training


class TranslatorCourse(Course):
    """A translator being trained on `corpus`, what `read` gave."""

    def __init__(
        self,
        corpus: dict,
        seed: int,
        attention: bool,
        epochs: int = EPOCHS,
        network: dict | None = None,
        batch: int = BATCH,
    ):
        self.corpus, self.size, self.val = corpus, batch, as_rows(corpus)
        counts = [len(corpus[language]) + len(SPECIAL) for language in ("en", "fr")]
        self.softmax = Softmax(frequencies([said for _, said in corpus["train"]], counts[1]))
        made = Translator(*counts, **(network or NETWORK), attention=attention, dropout=DROPOUT)
        super().__init__(made, seed, RATE, epochs)

    def epoch(self, draw: np.random.Generator) -> list[np.ndarray]:
        """Like lengths of the French side together, and of those like lengths of the English side."""
        return by_length([100 * len(said) + len(read) for read, said in self.corpus["train"]], self.size, draw)

    def cost(self, batch: np.ndarray) -> Tensor:
        rows, lengths, before, after = tensors([self.corpus["train"][i] for i in batch])
        real = after != PADDING
        features = self.network.features(rows, lengths, before)[real]  # (N, E)
        return self.softmax.loss(features, after[real], self.network.saying.weight, self.network.bias)

    def score(self, network: nn.Module) -> float:
        """Mean ln P of a word of the val translations."""
        total, count = log_probability(network, self.val)
        return total / count


# -------------------------------------------------------------------------------------------------------- the scores


def bleu(said: list[str], right: list[str]) -> tuple[float, str]:
    """BLEU of a corpus, 0…100, and sacreBLEU's signature (Post 2018). Raises DataError where sacreBLEU is not installed."""
    measure = library().metrics.BLEU()
    return float(measure.corpus_score(said, [right]).score), str(measure.get_signature())


def library():
    """sacreBLEU, which only this measurement needs. Raises DataError."""
    try:
        import sacrebleu
    except ImportError as error:
        raise sources.DataError("BLEU needs sacrebleu: pip install -r explorer/training/requirements.txt") from error
    return sacrebleu


def measure(model: Trained, pairs: list[tuple[str, str]], width: int) -> dict:
    """BLEU of captions against their translations, of all and by the source's length in tokens (with how many they are)."""
    said = [translate(model, english, width).translation for english, _ in pairs]
    lengths = np.array([len(tokenize(english)) for english, _ in pairs])
    score, signature = bleu(said, [right for _, right in pairs])
    found = {"bleu": score, "signature": signature, "by_length": []}
    for low, high in LENGTHS:
        chosen = np.flatnonzero((low <= lengths) & (lengths <= high))
        if len(chosen):
            part = bleu([said[i] for i in chosen], [pairs[i][1] for i in chosen])[0]
            found["by_length"].append({"from": low, "to": high, "sentences": len(chosen), "bleu": part})
    return found


def scores(name: str, network: Translator, corpus: dict) -> dict:
    """Perplexity and BLEU on the val captions, greedy and with a beam."""
    val, model = as_rows(corpus), trained(name, network, corpus)
    found = {"val_perplexity": perplexity(*log_probability(network, val))}
    found |= {
        search: measure(model, corpus["val"], width) for search, width in (("greedy", 1), (f"beam_{WIDTH}", WIDTH))
    }
    unknown = [np.mean(np.concatenate([pair[side] for pair in val]) == UNKNOWN) for side in (0, 1)]
    return found | {"val_unknown_en": float(unknown[0]), "val_unknown_fr": float(unknown[1])}


# ---------------------------------------------------------------------------------------------------------- the card


def about(corpus: dict, network: Translator) -> dict:
    """What the card says besides the scores."""
    attention = network.align is not None
    return {
        "label": f"Translator, English captions to French, {'with' if attention else 'without'} attention",
        "data": [source.card() for source in sources.CAPTIONS.values()],
        "sentences": {"train": len(corpus["train"]), "val": len(corpus["val"])},
        "measured": "BLEU of sacreBLEU on detokenised, cased text of the validation split. The best check is chosen by the "
        "perplexity on the same split, so the figures flatter a little. The encoder reads left to right, as the lanes do.",
        "bad_at": BAD_AT + ([] if attention else [WITHOUT]),
    }


def trained(name: str, network: Translator, corpus: dict) -> Trained:
    """The translator with its words."""
    return Trained(name, network, words(corpus), {})
