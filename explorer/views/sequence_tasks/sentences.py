"""Sentences of Sequence tasks, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from explorer.analysis.measures import verdict
from explorer.core.tracing import Trace
from explorer.views.shared.wording import counted, percent, quoted

TRANSLATORS = {"translator": "without attention", "translator-attention": "with attention"}  # what sets them apart
LINES = (
    "The lines lead from the states of the encoder that the decoder looked at, the stronger the more; below a tenth "
    "none is drawn."
)
SPEECH = (
    "Speech recognition: sound, cut into short frames, to text. Many-to-many with T_x much larger than T_y; the "
    "network hears the frames one by one as the models here read words. No model of it is here."
)
MUSIC = (
    "Music: a first note, or nothing but a style, to a whole piece. One-to-many, as the writer above: each note that "
    "is drawn is the next input. No model of it is here."
)


def alone(word: str, p: float, dropped: int) -> str:
    """What the per-word network says of one word."""
    cut = f" Of {counted(dropped + 1)} words typed the first is read." if dropped else ""
    return (
        f"T_x = T_y = 1: {quoted(word)} in, one answer out, {percent(p)} positive: {verdict(p)}. There is no other "
        f"step and no memory.{cut}"
    )


def many(trace: Trace, label: str) -> str:
    """A whole text to one verdict."""
    return (
        f"T_x = {len(trace)}, T_y = 1: the {label} reads {len(trace)} words and signs and is asked once, at the end: "
        f"{percent(trace.probability)} positive."
    )


def each(trace: Trace, label: str) -> str:
    """A label after each word."""
    turns = sum(verdict(p) != verdict(q) for p, q in pairwise(trace.belief))
    change = "never changes" if turns == 0 else "changes once" if turns == 1 else f"changes {turns} times"
    return (
        f"T_x = T_y = {len(trace)}: the same {label}, the same weights, asked after each word how positive the text is "
        f"so far. The verdict {change} on the way. No text has true labels for its beginnings, so this shows a belief, "
        "not a score; the score is that of the end."
    )


def drawn(shown: int, steps: Mapping[str, int]) -> str:
    """How many of the steps of each part of a network the diagram draws, where it does not draw all."""
    long = [f"{shown} of {count:,} steps of the {part}" for part, count in steps.items() if count > shown]
    return f" The diagram draws the first {' and the first '.join(long)}." if long else ""


# ---------------------------------------------------------------------------------------------------------- the writer


def written(text: str, given: int, count: int, finished: bool, temperature: float, seed: int) -> str:
    """What the writer wrote, and how."""
    how = f"temperature {temperature:g}" + ("" if temperature == 0 else f", seed {seed}")
    end = "It ended the sentence by itself." if finished else "It was stopped at its longest sentence."
    drew = "the likeliest word each time" if temperature == 0 else "drawn by chance from its probabilities"
    return (
        f"{text} T_x = {given}, T_y = {count - given}: {counted(count - given)} "
        f"{'word or sign' if count - given == 1 else 'words and signs'} {drew} ({how}). {end}"
    )


def mood(trace: Trace, label: str) -> str:
    """What a model believes of what was written."""
    return (
        f"Read by the {label}, which knows nothing of the writer: {percent(trace.probability)} positive at the end "
        f"({verdict(trace.probability)}). The writer has learnt how reviews go on, not what is true of any film."
    )


def fluency(scores: Mapping[str, float]) -> str:
    """The writer's perplexity beside the trigram's."""
    return (
        f"Perplexity on {scores['test_words']:,.0f} words of held-out sentences: {scores['test_perplexity']:.1f}; a "
        "trigram model with Kneser-Ney smoothing of the same sentences and words has "
        f"{scores['test_perplexity_trigram']:.1f}. Lower is better: as unsure as if it had to choose among so many "
        "words each time."
    )


# ------------------------------------------------------------------------------------------------------ the translators


def translated(
    text: str, read: int, count: int, unknown: Sequence[str], cut: int, attention: bool, finished: bool
) -> str:
    """A translation and how it came about."""
    memory = (
        "the decoder looks back at every state of the encoder" if attention
        else "all that the decoder knows of the sentence is the last state of the encoder"
    )  # fmt: skip
    strange = f" Read as unknown words: {', '.join(map(quoted, unknown))}." if unknown else ""
    clipped = (
        f" {counted(cut).capitalize()} words behind the longest sentence that it reads were not read." if cut else ""
    )
    stopped = "" if finished else " It did not end by itself."
    return f"“{text}” T_x = {read}, T_y = {count}; {memory}.{strange}{clipped}{stopped}"


def looked(weights: np.ndarray, read: Sequence[str], output: Sequence[str]) -> str:
    """Where the decoder looked most for each word: (T_y, T_x)."""
    most = weights.argmax(1)
    pairs = ", ".join(
        f"{quoted(word)} at {quoted(read[place])} ({100 * row[place]:.0f} %)"
        for word, place, row in list(zip(output, most, weights, strict=True))[:12]
    )
    return (
        "Each row sums to 1. When it said a word the decoder looked most: "
        f"{pairs}{', and so on' if len(output) > 12 else ''}."
    )


def bleus(scores: Mapping[str, Sequence[tuple[str, float]]], whole: Mapping[str, float], signature: str) -> str:
    """BLEU of both models, as a whole and on the longest sentences."""
    all_lengths = ", ".join(f"{label} {bleu:.1f}" for label, bleu in whole.items())
    last = ", ".join(f"{label} {values[-1][1]:.1f}" for label, values in scores.items() if values)
    longest = next(iter(scores.values()))[-1][0] if scores else ""
    return (
        f"BLEU on the validation captions: {all_lengths}. On the longest ones ({longest} words): {last}. A single "
        "state "
        "must hold the whole sentence where there is no attention; the gap shows what that costs here. sacreBLEU's "
        f"signature: {signature}."
    )
