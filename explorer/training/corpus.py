"""The training corpus: vocabulary, first vectors, and every text with its targets, ready for the trainer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from explorer.evaluation import datasets
from explorer.evaluation.scores import short_phrases
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import SPECIAL, UNKNOWN, Vocabulary
from explorer.training import tied_embeddings
from explorer.training.augmentation import neutral_phrases, opinion_phrases, viewpoints
from explorer.training.reviews import split_reviews
from explorer.training.targets import (
    LABELS,
    Example,
    Targets,
    Tokens,
    mixed,
    probability,
    silent_steps,
    teacher_steps,
    undecided,
)
from explorer.training.teacher_texts import (
    LONG_PHRASE,
    reported_sentences,
    substituted_sentences,
    texts_to_label,
    unlabelled_texts,
)
from explorer.training.treebank import (
    neutral_sentences,
    phrases,
    real_words,
    silent_phrases,
    telling_words,
    whole_sentences,
)

WORDS = 100_000  # words with a vector, those of the training texts first
RARE = 6  # a word that only reviews have must occur this often to get a vector of its own
MADE, NEUTRAL = 40_000, 8_000  # phrases made by rules: with a sentiment, and without
FURTHER, FURTHER_NEUTRAL = 32_000, 72_000  # the same by more rules, for the second stage of a training
VIEWPOINTS, LUKEWARM = 16_000, 4_000  # for the second stage too: of two opinions, and of what is neither
DESCRIPTION = 50  # numbers of a word's vector that come from the teacher

MORE = (opinion_phrases.FURTHER, opinion_phrases.SLIGHT, opinion_phrases.MEANING)  # rules of the second stage

Encode = Callable[[Iterable[str]], np.ndarray]  # tokens to rows
MadePhrase = tuple[list[str], float, int]  # tokens, target, how many of the first tokens say nothing yet


@dataclass(frozen=True)
class Corpus:
    """Everything that training reads. The first `tuned` rows of `vectors` are words of training texts.

    `tied`: (V,), the row whose vector a word shares; its own for most. Rows in the examples are such rows already.
    """

    vocabulary: Vocabulary
    vectors: np.ndarray  # (V, E)
    tuned: int
    tied: np.ndarray
    phrases: list[Example]  # of the Treebank
    pieces: list[Example]  # sentences of reviews and changed ones, as the teacher labels them
    made: list[Example]  # by rules
    reviews: list[Example]
    dev: list[tuple[str, int]]
    held_out: list[tuple[str, int]]
    dev_phrases: list[tuple[str, int]] = field(default_factory=list)  # short ones
    further: list[Example] = field(default_factory=list)  # by rules, for the second stage


def build_corpus(data: Path | None, seed: int, labels: np.ndarray | None = None) -> Corpus:
    """Read all data sets. `labels`: the teacher's log-odds of `texts_to_label`. Takes two minutes; raises DataError."""
    pseudo_labels: Targets = {}
    if labels is not None:
        tokens = (tuple(text.split()) for text in texts_to_label(data, seed))
        pseudo_labels = dict(zip(tokens, labels, strict=True))
    targets = phrases(data)
    reviews, aside = split_reviews(data)
    long = [(tokenize(text), LABELS[label]) for _, text, label in reviews]
    made, further = (made_phrases(seed, targets, stage) for stage in (False, True))
    counts_short = Counter(token for tokens in targets for token in tokens)
    counts_short.update(token for tokens, *_ in made for token in tokens)
    counts_long = Counter(token for tokens, _ in long for token in tokens)
    if pseudo_labels:
        counts_long.update(token for tokens in substituted_sentences(data, seed) for token in tokens)
    vocabulary, table, tuned = vector_table(counts_short, counts_long, *datasets.vectors(data), seed)
    names = tied_embeddings.proper_names(text for _, text, _ in reviews)
    tied = tied_embeddings.tie_rows(vocabulary, table, tuned, names)

    def encode(tokens: Iterable[str]) -> np.ndarray:
        rows: np.ndarray = tied[np.array(vocabulary.encode(tokens))]
        return rows

    return Corpus(
        vocabulary,
        table,
        tuned,
        tied,
        phrase_examples(data, targets, pseudo_labels, encode),
        unlabelled_examples(data, seed, targets, pseudo_labels, encode),
        made_examples(made, encode),
        [Example(encode(tokens), target) for tokens, target in long],
        datasets.binary(datasets.sentences("dev", data)),
        [(text, label) for _, text, label in aside],
        short_phrases(datasets.trees("dev", data)),
        [*made_examples(further, encode), *whole_examples(data, seed, targets, pseudo_labels, encode)],
    )


# ----------------------------------------------------------------------------------------------------- words to rows


def vector_table(
    counts_short: Counter[str], counts_long: Counter[str], words: list[str], given: np.ndarray, seed: int
) -> tuple[Vocabulary, np.ndarray, int]:
    """Vocabulary, first vectors and how many rows belong to training words.

    Both the training words and the rest are by falling frequency, which the spelling relies on. Training words without
    a given vector start at the mean plus noise; all unknown words share the mean of rare ones.
    """
    row = {word: i for i, word in enumerate(words)}
    often = [word for word, count in counts_long.items() if word not in counts_short and count >= RARE]
    count = counts_short + counts_long
    trained = sorted([*counts_short, *often], key=lambda word: (-count[word], word))
    seen = set(trained)
    rest = [word for word in words if word not in seen and tokenize(word) == [word]]
    vocabulary = Vocabulary((trained + rest)[:WORDS])
    table = np.zeros((len(vocabulary), given.shape[1]), dtype=np.float32)
    noise = np.random.default_rng(seed).normal(0, 0.1, (len(trained), given.shape[1]))
    mean = given[:WORDS].mean(0)
    for i, word in enumerate(vocabulary.words[len(SPECIAL) :]):
        table[i + len(SPECIAL)] = given[row[word]] if word in row else mean + noise[i]
    table[UNKNOWN] = given[WORDS:].mean(0)
    return vocabulary, table, len(trained) + len(SPECIAL)


# --------------------------------------------------------------------------------------------------- texts to examples


def phrase_examples(data: Path | None, targets: Targets, pseudo_labels: Targets, encode: Encode) -> list[Example]:
    """The Treebank's phrases, with targets on the way for those that say nothing and, by the teacher, for sentences."""
    silent, whole, telling = silent_phrases(data), set(whole_sentences(data)), telling_words(targets)

    def steps(tokens: Tokens) -> np.ndarray | None:
        if tokens in silent and len(tokens) > 1:
            return silent_steps(len(tokens), len(tokens))
        if not pseudo_labels or tokens not in whole:
            return None
        beliefs = [probability(pseudo_labels[tokens[: stop + 1]]) for stop in range(len(tokens))]
        return teacher_steps(beliefs, tokens, telling)

    def label(tokens: Tokens) -> float | None:
        return pseudo_labels.get(tokens) if len(tokens) >= LONG_PHRASE or tokens in whole else None

    return [Example(encode(tokens), mixed(y, label(tokens)), steps(tokens)) for tokens, y in targets.items()]


def unlabelled_examples(
    data: Path | None, seed: int, targets: Targets, pseudo_labels: Targets, encode: Encode
) -> list[Example]:
    """What only the teacher can speak for; a text is to say nothing all the way if it is undecided and no word in it
    tells."""
    telling = telling_words(targets)
    texts = unlabelled_texts(data, seed) if pseudo_labels else ()
    examples = []
    for tokens in texts:
        target = probability(pseudo_labels[tokens])
        silent = undecided(target) and telling.isdisjoint(tokens)
        examples.append(Example(encode(tokens), target, silent_steps(len(tokens) if silent else 0, len(tokens))))
    return examples


def made_phrases(seed: int, targets: Targets, further: bool) -> list[MadePhrase]:
    """Phrases made by rules, those with a sentiment and those that say nothing."""
    count, neutral = (FURTHER, FURTHER_NEUTRAL) if further else (MADE, NEUTRAL)
    real = real_words(targets)
    opinions = [*opinion_phrases.opinion_phrases(count, seed, *real, more=MORE if further else ())]
    if further:
        opinions += viewpoints.viewpoint_phrases(VIEWPOINTS, seed, *real)
        opinions += opinion_phrases.lukewarm_phrases(LUKEWARM, seed)
    silent = (
        (tokens, 0.5, len(tokens)) for tokens in neutral_phrases.neutral_phrases(neutral, seed, further, typed=further)
    )
    return [*opinions, *silent]


def whole_examples(
    data: Path | None, seed: int, targets: Targets, pseudo_labels: Targets, encode: Encode
) -> list[Example]:
    """For the second stage: whole neutral sentences, which are to stay at one half all the way, and real sentences
    rewritten to hold two opinions, of which rule and teacher speak together."""
    neutral = [Example(encode(tokens), 0.5, silent_steps(len(tokens), len(tokens))) for tokens in
               neutral_sentences(data, targets)]  # fmt: skip
    reported = [
        Example(encode(phrase.tokens), mixed(phrase.target, pseudo_labels.get(tuple(phrase.tokens))),
                silent_steps(phrase.silent, len(phrase.tokens)))
        for phrase in reported_sentences(data, seed)
    ]  # fmt: skip
    return [*neutral, *reported]


def made_examples(made: Iterable[MadePhrase], encode: Encode) -> list[Example]:
    """The same as examples."""
    return [Example(encode(tokens), target, silent_steps(count, len(tokens))) for tokens, target, count in made]


# -------------------------------------------------------------------------------------- what the teacher makes of words


def with_descriptions(corpus: Corpus, descriptions: np.ndarray) -> Corpus:
    """The corpus with what the teacher makes of each word, (V − 2, D), beside its vector, as DESCRIPTION numbers more.

    These are the directions in which the words of the training texts spread most, as large on average as the vectors;
    tied words share theirs. Padding and unknown words stand in the middle.
    """
    trained = corpus.tuned - len(SPECIAL)
    centred = descriptions.astype(np.float32) - descriptions[:trained].mean(0, dtype=np.float32)
    _, directions = np.linalg.eigh(centred[:trained].T @ centred[:trained])  # by rising variance
    columns = centred @ _signed(directions[:, ::-1][:, :DESCRIPTION])
    columns *= corpus.vectors[len(SPECIAL) : corpus.tuned].std() / columns[:trained].std()
    more = np.concatenate([np.zeros((len(SPECIAL), columns.shape[1]), np.float32), columns])
    tied_embeddings.average_tied(corpus.tied, more, corpus.tuned)
    return replace(corpus, vectors=np.concatenate([corpus.vectors, more], 1))


def _signed(directions: np.ndarray) -> np.ndarray:
    """Directions as columns, (D, K), each with its largest number positive: an eigenvector may come with either
    sign."""
    largest = np.abs(directions).argmax(0)
    signed: np.ndarray = directions * np.sign(directions[largest, np.arange(directions.shape[1])])
    return signed
