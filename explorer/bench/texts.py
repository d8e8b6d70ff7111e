"""Texts to measure with, the same at each run. No data set comes with the repository, so they are made up."""

from __future__ import annotations

import random
from itertools import accumulate

from explorer.reading.tokenizer import is_word, tokenize
from explorer.reading.vocabulary import Vocabulary

FREQUENT = [
    "the",
    "a",
    "an",
    "of",
    "and",
    "to",
    "is",
    "it",
    "that",
    "in",
    "this",
    "as",
    "with",
    "for",
    "its",
    "but",
    "film",
    "movie",
    "not",
    "isn't",
    "doesn't",
    "never",
    "on",
    "by",
    "you",
    "be",
    "from",
    "has",
    "one",
    "are",
    "at",
    "his",
    "more",
    "than",
    "all",
    "about",
    "or",
    "so",
    "too",
    "their",
    "there",
    "what",
    "into",
    "just",
    "like",
    "no",
    "if",
    "does",
    "was",
    "have",
    "who",
    "up",
    "out",
    "story",
    "most",
]
FEELING = [
    "good",
    "bad",
    "great",
    "boring",
    "funny",
    "dull",
    "wonderful",
    "awful",
    "charming",
    "terrible",
    "moving",
    "stupid",
    "brilliant",
    "weak",
    "fresh",
    "tedious",
    "beautiful",
    "ugly",
    "clever",
    "pointless",
    "warm",
    "cold",
    "smart",
    "lazy",
    "gripping",
    "flat",
    "sweet",
    "annoying",
    "superb",
    "worst",
    "best",
]
CORPUS_WORDS = 16_000  # the vocabulary's first rows are the words of the training texts


def sentences(vocabulary: Vocabulary, count: int, mean: float = 19.0, spread: float = 9.0) -> list[str]:
    """Sentences as long as those of the Stanford Sentiment Treebank (2…52 tokens, 19 on average).

    Two of five words are frequent ones, one of ten has a feeling, the others are drawn from the vocabulary after
    Zipf's law (the k-th with weight 1/k); commas between, a full stop at the end.
    """
    rng = random.Random(0)
    rare = [word for word in vocabulary.words[2:CORPUS_WORDS] if is_word(word) and tokenize(word) == [word]]
    rng.shuffle(rare)
    weights = list(accumulate(1 / k for k in range(20, len(rare) + 20)))
    kinds = {"frequent": 0.42, "feeling": 0.1, "comma": 0.05, "rare": 0.43}

    def word(kind: str) -> str:
        if kind == "rare":
            return rng.choices(rare, cum_weights=weights)[0]
        return "," if kind == "comma" else rng.choice(FREQUENT if kind == "frequent" else FEELING)

    def sentence() -> str:
        length = min(52, max(2, round(rng.gauss(mean, spread))))
        words = [word(kind) for kind in rng.choices(list(kinds), list(kinds.values()), k=length - 1)]
        return " ".join([*words, "."]).capitalize()

    return [sentence() for _ in range(count)]


def reviews(vocabulary: Vocabulary, count: int, tokens: int = 150) -> list[str]:
    """Reviews of exactly so many tokens, several sentences each."""
    supply = tokenize(" ".join(sentences(vocabulary, count * (tokens // 10))))
    return [" ".join(supply[i * tokens : (i + 1) * tokens]) for i in range(count)]


BEGINNING = "The plot is thin and the camera never rests, but the acting is not"
TYPED = "bad,asitcarriesthewholelongevening"  # one key after another, none of them a space

PHRASES = (
    "A quiet film that takes its time and never wastes it",
    "Not bad at all, and far from the mess that I had feared",
    "The jokes are old, the songs are worse, and nobody on the screen seems to care",
    "I laughed once, and that was at the credits",
    "It is hard not to be moved by the last ten minutes of this small story",
    "Good actors, bad lines, and a director who cannot tell one from the other",
    "What a waste of a wonderful cast",
    "The best thing about this movie is that nothing in it is what it seems to be at first",
    "Too long by half an hour, yet I would not miss a scene",
    "Neither as clever as it thinks nor as stupid as the trailer made it look",
)
