"""The training corpus: vocabulary, first vectors, and every text with its target, ready for `fit`."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import SPECIAL, UNKNOWN, Vocabulary
from explorer.training import edits, everyday, grammar, kin, sources, turns
from explorer.training.evaluate import held_out, short_phrases

WORDS = 100_000  # words with a vector, those of the training texts first
RARE = 6  # a word that only reviews have must occur this often to get a vector of its own
PHRASES_LABELLED, PIECES, EDITS = 60_000, 100_000, 150_000  # phrases, sentences, edits that the teacher reads
TURNED, JOINED = 50_000, 30_000  # the same: sentences with a denial turned, and parts joined
LONG_PHRASE = 5  # tokens from which the teacher knows more of a phrase than three annotators do
PIECE = (5, 32)  # tokens of a sentence taken from a review
MADE, QUIET = 40_000, 8_000  # phrases made by the grammar: with a sentiment, and without
FURTHER, FURTHER_QUIET = 24_000, 72_000  # the same by more rules, for the second part of a training
GRADES = (0.05, 0.2, 0.5, 0.8, 0.95)  # targets of the Treebank's five grades
CERTAIN = (0.05, 0.95)  # targets of a review's label
WIDER = 50  # numbers of a word's vector that come from the teacher
PASSES, TEACHER_QUIET, TEACHER_MADE = 3, 12_000, 2_000  # of the teacher; neutral phrases, and by two sets of rules each
TEACHER_PHRASE = (3, 20)  # tokens of a phrase that the teacher is taught
UNDECIDED = (0.4, 0.6)  # targets between these say nothing
TEACHER_SHARE = 0.6  # of a target that annotators and teacher give together


Targets = dict[tuple[str, ...], float]  # of a text as tokens: P(positive), or of the teacher log-odds
Encode = Callable[[Iterable[str]], np.ndarray]  # tokens to rows


class Example(NamedTuple):
    """A text to learn from: rows of its T words, P(positive) at its end, and P(positive) after each word, (T,), NaN where open."""

    rows: np.ndarray
    target: float
    steps: np.ndarray | None = None


@dataclass(frozen=True)
class Corpus:
    """Everything that training reads. The first `tuned` rows of `vectors` are words of training texts.

    `kin`: (V,), the row whose vector a word shares; its own for most. Rows in the examples are such rows already.
    """

    vocabulary: Vocabulary
    vectors: np.ndarray  # (V, E)
    tuned: int
    kin: np.ndarray
    phrases: list[Example]  # of the Treebank
    pieces: list[Example]  # sentences of reviews, edited and turned ones, as the teacher sees them
    made: list[Example]  # by the grammar
    reviews: list[Example]
    dev: list[tuple[str, int]]
    held_out: list[tuple[str, int]]
    dev_phrases: list[tuple[str, int]] = field(default_factory=list)  # short ones
    further: list[Example] = field(default_factory=list)  # by the grammar, for the second part


# ------------------------------------------------------------------------------------------------ texts, as they are


def phrases(data: Path | None) -> dict[tuple[str, ...], float]:
    """Every labelled phrase of the training trees as tokens, duplicates merged, their grades averaged to a target."""
    grades: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for tree in sources.trees("train", data):
        for text, grade in sources.constituents(tree):
            grades[tuple(tokenize(text))].append(grade)
    return {tokens: float(np.interp(np.mean(found), range(5), GRADES)) for tokens, found in grades.items() if tokens}


def quiet(data: Path | None) -> set[tuple[str, ...]]:
    """Phrases of the training trees of which every part is neutral: they say nothing after any word."""
    found: set[tuple[str, ...]] = set()
    loud: set[tuple[str, ...]] = set()
    for tree in sources.trees("train", data):
        parts = list(sources.constituents(tree))
        for i, (text, _) in enumerate(parts):
            nodes = 2 * len(text.split()) - 1  # of a binary tree; the inner ones come just before
            inside = {grade for _, grade in parts[i - nodes + 1 : i + 1]}
            (found if inside == {2} else loud).add(tuple(tokenize(text)))
    return found - loud


def split_reviews(data: Path | None) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]:
    """IMDB's training half: the reviews trained on, and those that serve measurement."""
    everything = sources.reviews(data)
    aside = held_out(everything)
    return sorted(set(everything) - set(aside)), aside


def pieces(reviews: Iterable[tuple[str, str, int]], count: int, seed: int) -> list[tuple[str, ...]]:
    """`count` different sentences of reviews, as tokens."""
    low, high = PIECE
    found: list[tuple[str, ...]] = []
    for _, text, _ in reviews:
        sentence: list[str] = []
        for token in tokenize(text):
            sentence.append(token)
            if token in {".", "!", "?"}:
                if low <= len(sentence) <= high:
                    found.append(tuple(sentence))
                sentence = []
    found = sorted(set(found))
    return [found[i] for i in np.random.default_rng(seed).permutation(len(found))[:count]]


@cache
def edits_of_sentences(data: Path | None, seed: int) -> tuple[tuple[str, ...], ...]:
    """Edits of the training trees' sentences, as tokens."""
    return tuple(edits.edited(sources.trees("train", data), EDITS, seed, *sources.vectors(data)))


@cache
def without_a_label(data: Path | None, seed: int) -> tuple[tuple[str, ...], ...]:
    """Texts that only the teacher can speak for, as tokens: sentences of reviews, and the trees' own, edited and turned."""
    turned = turns.turned(sources.trees("train", data), TURNED, JOINED, seed)
    found = [*pieces(split_reviews(data)[0], PIECES, seed), *edits_of_sentences(data, seed), *turned]
    return tuple(dict.fromkeys(found))


def whole_sentences(data: Path | None) -> list[tuple[str, ...]]:
    """The training trees' sentences, as tokens."""
    return [tuple(tokenize(text)) for text, _ in sources.sentences("train", data)]


def texts_to_label(data: Path | None, seed: int) -> list[str]:
    """What the teacher is to label: the trees' sentences, whole and after each word, longer phrases, and what has no label."""
    sentences = whole_sentences(data)
    begun = sorted({one[:stop] for one in sentences for stop in range(1, len(one))} - set(sentences))
    long = sorted({one for one in phrases(data) if len(one) >= LONG_PHRASE} - {*sentences, *begun})
    chosen = [long[i] for i in np.random.default_rng(seed).permutation(len(long))[:PHRASES_LABELLED]]
    return [" ".join(tokens) for tokens in dict.fromkeys([*sentences, *begun, *chosen, *without_a_label(data, seed)])]


def to_teach(data: Path | None, seed: int) -> list[list[tuple[str, float]]]:
    """What the teacher is taught, a list a pass: the sentences in each; phrases and order by the grammar once in all."""
    sentences = [(text, GRADES[grade]) for text, grade in sources.sentences("train", data)]
    whole = set(whole_sentences(data))
    (short, long), (low, high) = TEACHER_PHRASE, UNDECIDED
    parts = sorted((one, y) for one, y in phrases(data).items() if short <= len(one) <= long and one not in whole)
    made = [(tokens, target) for tokens, target, _ in grammar.phrases(TEACHER_MADE, seed)]
    made += [(tokens, target) for tokens, target, _ in grammar.phrases(TEACHER_MADE, seed, further=(grammar.FURTHER,))]
    silent = [part for part in parts if low < part[1] < high]
    draw = random.Random(seed)
    draw.shuffle(silent)
    once = [part for part in parts if not low < part[1] < high] + silent[:TEACHER_QUIET] + made
    draw.shuffle(once)
    return [[*sentences, *((" ".join(one), y) for one, y in once[k::PASSES])] for k in range(PASSES)]


# ----------------------------------------------------------------------------------------------------- words to rows


def vector_table(
    counts_short: Counter[str], counts_long: Counter[str], words: list[str], given: np.ndarray, seed: int
) -> tuple[Vocabulary, np.ndarray, int]:
    """Vocabulary, first vectors and how many rows belong to training words.

    Both the training words and the rest are by falling frequency, which the spelling relies on. Training words without a
    given vector start at the mean plus noise; all unknown words share the mean of rare ones.
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


def telling_words(known: dict[tuple[str, ...], float]) -> set[str]:
    """Words to which annotators gave a sentiment."""
    low, high = UNDECIDED
    return {tokens[0] for tokens, target in known.items() if len(tokens) == 1 and not low < target < high}


def fillers(known: dict[tuple[str, ...], float]) -> tuple[tuple[list[str], list[str]], ...]:
    """Words and clauses of the training trees for the grammar: (positive, negative) adjectives, (positive, negative) clauses."""
    held = {word for pair in grammar.WORDS_HELD_OUT for word in pair}
    words: tuple[list[str], list[str]] = ([], [])
    clauses: tuple[list[str], list[str]] = ([], [])
    for tokens, target in sorted(known.items()):
        side = 0 if target >= 0.8 else 1 if target <= 0.2 else None
        if side is None or held & set(tokens):
            continue
        if len(tokens) == 1 and tokens[0].endswith(grammar.ADJECTIVE_ENDINGS):
            words[side].append(tokens[0])
        elif 4 <= len(tokens) <= 12 and grammar.is_clause(tokens):
            clauses[side].append(" ".join(tokens))
    return words, clauses


def probability(log_odds: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-log_odds)))


def mixed(target: float, log_odds: float | None) -> float:
    """A target of annotators, with the teacher's word if it gave one."""
    if log_odds is None:
        return target
    return (1 - TEACHER_SHARE) * target + TEACHER_SHARE * probability(log_odds)


def halves(count: int, of: int) -> np.ndarray | None:
    """Targets on the way, (of,): one half at the first `count` steps, open after; None if there are none."""
    return np.where(np.arange(of) < count, np.float32(0.5), np.float32("nan")) if count else None


def believed(said: list[float], tokens: tuple[str, ...], telling: set[str]) -> np.ndarray:
    """P(positive) to learn after each of T words, (T,), of what the teacher says: one half where it is undecided and none
    of `telling` has been read."""
    low, high = UNDECIDED
    found = np.array(said, np.float32)
    first = next((i for i, token in enumerate(tokens) if token in telling), len(tokens))
    found[:first][(low < found[:first]) & (found[:first] < high)] = 0.5
    return found


def phrase_examples(data: Path | None, known: Targets, said: Targets, encode: Encode) -> list[Example]:
    """The Treebank's phrases, with targets on the way for those that say nothing and, as the teacher says, for sentences."""
    silent, whole, telling = quiet(data), set(whole_sentences(data)), telling_words(known)

    def on_the_way(tokens: tuple[str, ...]) -> np.ndarray | None:
        if tokens in silent and len(tokens) > 1:
            return halves(len(tokens), len(tokens))
        if not said or tokens not in whole:
            return None
        return believed([probability(said[tokens[: stop + 1]]) for stop in range(len(tokens))], tokens, telling)

    return [
        Example(encode(t), mixed(y, said.get(t) if len(t) >= LONG_PHRASE or t in whole else None), on_the_way(t))
        for t, y in known.items()
    ]


def piece_examples(data: Path | None, seed: int, known: Targets, said: Targets, encode: Encode) -> list[Example]:
    """What only the teacher can speak for; a text is to say nothing all the way if it is undecided and no word in it tells."""
    telling, (low, high) = telling_words(known), UNDECIDED
    taken = [(t, probability(said[t])) for t in without_a_label(data, seed)] if said else []
    return [
        Example(encode(t), p, halves(len(t) if low < p < high and telling.isdisjoint(t) else 0, len(t)))
        for t, p in taken
    ]


def made_phrases(seed: int, known: Targets, further: bool) -> list[tuple[list[str], float, int]]:
    """Phrases of the grammar and those that say nothing: tokens, target, and how many of the first tokens say nothing yet."""
    count, silent = (FURTHER, FURTHER_QUIET) if further else (MADE, QUIET)
    rules = (grammar.FURTHER, grammar.SLIGHT) if further else ()
    told = grammar.phrases(count, seed, *fillers(known), further=rules)
    return [*told, *((tokens, 0.5, len(tokens)) for tokens in everyday.phrases(silent, seed, further))]


def build(data: Path | None, seed: int, labels: np.ndarray | None = None) -> Corpus:
    """Read all data sets. `labels` are the teacher's log-odds of `texts_to_label`. Takes two minutes; raises DataError."""
    said = dict(zip((tuple(text.split()) for text in texts_to_label(data, seed)), labels)) if labels is not None else {}
    known = phrases(data)
    ours, aside = split_reviews(data)
    long = [(tokenize(text), CERTAIN[label]) for _, text, label in ours]
    made, more = (made_phrases(seed, known, further) for further in (False, True))
    counts_short = Counter(token for tokens, *_ in (*known.items(), *made) for token in tokens)
    counts_long = Counter(token for tokens, _ in long for token in tokens)
    if said:
        counts_long.update(token for tokens in edits_of_sentences(data, seed) for token in tokens)
    vocabulary, table, tuned = vector_table(counts_short, counts_long, *sources.vectors(data), seed)
    names = kin.proper_names(text for _, text, _ in ours)
    shared = kin.shared_rows(vocabulary, table, tuned, names)

    def encode(tokens: Iterable[str]) -> np.ndarray:
        return shared[np.array(vocabulary.encode(tokens))]

    return Corpus(
        vocabulary,
        table,
        tuned,
        shared,
        phrase_examples(data, known, said, encode),
        piece_examples(data, seed, known, said, encode),
        [Example(encode(tokens), target, halves(count, len(tokens))) for tokens, target, count in made],
        [Example(encode(tokens), target) for tokens, target in long],
        sources.binary(sources.sentences("dev", data)),
        [(text, label) for _, text, label in aside],
        short_phrases(sources.trees("dev", data)),
        [Example(encode(tokens), target, halves(count, len(tokens))) for tokens, target, count in more],
    )


def widened(corpus: Corpus, meant: np.ndarray) -> Corpus:
    """The corpus with what the teacher makes of each word, (V − 2, D), beside its vector, as WIDER numbers more.

    These are the directions in which the words of the training texts spread most, as large on average as the vectors;
    kin share theirs. Padding and unknown words stand in the middle.
    """
    trained = corpus.tuned - len(SPECIAL)
    centred = meant.astype(np.float32) - meant[:trained].mean(0, dtype=np.float32)
    _, directions = np.linalg.eigh(centred[:trained].T @ centred[:trained])  # by rising variance
    found = centred @ _signed(directions[:, ::-1][:, :WIDER])
    found *= corpus.vectors[len(SPECIAL) : corpus.tuned].std() / found[:trained].std()
    more = np.concatenate([np.zeros((len(SPECIAL), found.shape[1]), np.float32), found])
    kin.share(corpus.kin, more, corpus.tuned)
    return replace(corpus, vectors=np.concatenate([corpus.vectors, more], 1))


def _signed(directions: np.ndarray) -> np.ndarray:
    """Directions as columns, (D, K), each with its largest number positive: an eigenvector may come with either sign."""
    largest = np.abs(directions).argmax(0)
    return directions * np.sign(directions[largest, np.arange(directions.shape[1])])
