"""Models of the tasks with chance weights, beside the shipped models, for the tests of their page."""

from pathlib import Path

import torch

from explorer.reading.vocabulary import Vocabulary
from explorer.tasks.saved import Trained, save
from explorer.tasks.translator import Translator
from explorer.tasks.words import MARK
from explorer.tasks.writer import Writer

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = Vocabulary(
    (
        MARK,
        *[
            "the",
            "a",
            "film",
            "dog",
            "girl",
            "is",
            "was",
            "good",
            "bad",
            "not",
            "very",
            "and",
            ",",
            ".",
            "!",
            "it",
            "i",
            "in",
            "park",
            "red",
        ],
    )
)
FRENCH = Vocabulary(
    (
        MARK,
        *[
            "le",
            "la",
            "un",
            "une",
            "chien",
            "fille",
            "film",
            "est",
            "pas",
            "très",
            "et",
            ",",
            ".",
            "l'",
            "homme",
            "dans",
            "parc",
            "rouge",
        ],
    )
)
LENGTHS = [{"from": 1, "to": 10, "sentences": 3, "bleu": 30.5}, {"from": 11, "to": 50, "sentences": 2, "bleu": 20.25}]
BLEU = {"bleu": 25.0, "signature": "nrefs:1", "by_length": LENGTHS}
WRITER_SCORES = {"test_perplexity": 71.5, "test_perplexity_trigram": 98.5, "test_words": 1234}
DATA = [{"title": "Some data", "url": "https://example.org", "hash": "x", "licence": "free"}]


def fabricated(folder: Path) -> Path:
    """A folder like `pretrained/` with a writer and two translators of chance weights in it."""
    folder.mkdir(exist_ok=True)
    for path in (ROOT / "pretrained").iterdir():
        if path.stem not in {"writer", "translator", "translator-attention"}:
            (folder / path.name).symlink_to(path)
    torch.manual_seed(1)
    save(
        Trained(
            "writer", Writer(len(ENGLISH), 8, 10), {"en": ENGLISH}, card("writer", WRITER_SCORES, {"en": len(ENGLISH)})
        ),
        folder,
    )
    for name, attention in (("translator", False), ("translator-attention", True)):
        network = Translator(len(ENGLISH), len(FRENCH), 8, 10, attention)
        words = {"en": ENGLISH, "fr": FRENCH}
        known = card(
            name,
            {"val_perplexity": 5.0, "greedy": BLEU, "beam_5": BLEU | {"bleu": 26.0}},
            {"en": len(ENGLISH), "fr": len(FRENCH)},
        )
        save(Trained(name, network, words, known), folder)
    return folder


def card(name: str, scores: dict, words: dict[str, int]) -> dict:
    """A card with what the page reads of one."""
    if name == "writer":
        config = {"words": len(ENGLISH), "vector": 8, "units": 10, "cell": "lstm"}
    else:
        config = {
            "source": len(ENGLISH),
            "target": len(FRENCH),
            "vector": 8,
            "units": 10,
            "attention": name != "translator",
        }
    return {
        "name": name, "label": f"The {name}", "config": config, "parameters": 123, "words": words,
        "command": f"train --task {name}", "minutes": 1.5, "seed": 0, "scores": scores, "data": DATA,
        "sentences": {"train": 9}, "measured": "Somehow.", "bad_at": ["Much."],
        "training": {},
    }  # fmt: skip
