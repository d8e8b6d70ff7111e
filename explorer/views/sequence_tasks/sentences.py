"""Sentences of Sequence tasks, made from its numbers. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from explorer.analysis.measures import verdict
from explorer.core.tracing import Trace
from explorer.messages import _, ngettext
from explorer.views.shared.wording import percent, quoted

SHOWN = 12  # words of which is told where the decoder looked


def translators() -> dict[str, str]:
    """What sets the two translators apart, by their names."""
    return {"translator": _("without attention"), "translator-attention": _("with attention")}


def lines() -> str:
    """How to read the lines of attention."""
    return _("Lines show where the decoder looked: thicker = more attention; under 10% is not drawn.")


def speech() -> str:
    """An example that is no run: speech recognition."""
    return _(
        "Speech recognition turns sound, cut into short frames, into text: many to many, with T_x much larger than "
        "T_y. "
        "The network hears the frames one by one, as the models here read words. This is an example; there is no model "
        "of it here."
    )


def music() -> str:
    """An example that is no run: music."""
    return _(
        "Music can be written from a first note, or from nothing but a style: one to many. Each note that is drawn is "
        "the next input, as with the writer. This is an example; there is no model of it here."
    )


def glossary() -> str:
    """The notation of the page."""
    return _(
        "x⟨t⟩ is the input at step t, a⟨t⟩ the activation (what the network remembers after that step), ŷ⟨t⟩ its "
        "answer. "
        "T_x counts the inputs, T_y the answers. Inputs stand below the cells, answers above them, and time runs from "
        "left to right. Every box of a row is the same cell with the same weights. A dashed arrow feeds an answer back "
        "in as the next input. Press Play to run all of them."
    )


def read_one() -> str:
    """How to read the one cell."""
    return _(
        "One word goes in, one answer comes out: T_x = T_y = 1. There is no other step and no memory: this is an "
        "ordinary "
        "network, the one that averages words."
    )


def read_review() -> str:
    """How to read many to one."""
    return _(
        "The network reads x⟨t⟩, mixes it with what it remembers, a⟨t−1⟩, and passes a⟨t⟩ on. Only at the end is it "
        "asked: "
        "T_x is the number of words, T_y = 1. Press Play, or click a cell."
    )


def read_labels() -> str:
    """How to read many to many of one length."""
    return _(
        "The same network with the same weights, asked after every word: T_x = T_y. No text has true labels for its "
        "beginnings, so this shows a belief, not a score; the score is that of the end."
    )


def read_writer() -> str:
    """How to read one to many."""
    return _(
        "Each word that is drawn is the next input (dashed arrow), until the network says that the sentence is over. "
        "Temperature 0 always takes the likeliest word; 2 takes nearly anything. The end of the sentence and words "
        "beyond the likeliest ten count among all others."
    )


def read_translator() -> str:
    """How to read many to many of two lengths."""
    return _(
        "The encoder reads the English words and hands its last state over; the decoder then says the French ones, "
        "each "
        "fed back in as its next input. With attention it also looks back at every state of the encoder. Greedy search "
        "takes the likeliest word each time; beam search keeps the five best beginnings."
    )


# ------------------------------------------------------------------------------------------------------- the verdicts


def alone(word: str, p: float) -> str:
    """What the per-word network says of one word."""
    return _("{word} in, one answer out: {share} positive.").format(word=quoted(word), share=percent(p))


def first_word() -> str:
    """That of several words the first one is read."""
    return _("Only the first word is read.")


def many(trace: Trace, label: str) -> str:
    """A whole text to one verdict."""
    return ngettext(
        "The {model} reads {count} word or sign and answers once: {share} positive.",
        "The {model} reads {count} words and signs and answers once, at the end: {share} positive.",
        len(trace),
    ).format(model=label, count=f"{len(trace):,}", share=percent(trace.probability))


def each(trace: Trace, label: str) -> str:
    """A label after each word."""
    turns = sum(verdict(p) != verdict(q) for p, q in pairwise(trace.belief))
    if turns == 0:
        message = {
            "positive": _("After every word the {model} says positive."),
            "negative": _("After every word the {model} says negative."),
            "unsure": _("After every word the {model} is undecided."),
        }[verdict(trace.probability)]
        return message.format(model=label)
    return ngettext(
        "Asked after every word, the {model} changes its verdict once.",
        "Asked after every word, the {model} changes its verdict {count} times.",
        turns,
    ).format(model=label, count=turns)


def drawn(shown: int, steps: Mapping[str, int]) -> list[str]:
    """How many of the steps of each part of a network the diagram draws, where it does not draw all."""
    message = _("The diagram draws the first {shown} of {count} steps: {part}.")
    return [
        message.format(shown=shown, count=f"{count:,}", part=part) for part, count in steps.items() if count > shown
    ]


def drawn_around(shown: int, count: int) -> list[str]:
    """How many of a network's steps the diagram draws at a time, where it does not draw all."""
    if count <= shown:
        return []
    message = _(
        "The diagram draws {shown} of {count} steps: the first, the last, and those around the step that you see."
    )
    return [message.format(shown=shown, count=f"{count:,}")]


# ---------------------------------------------------------------------------------------------------------- the writer


def wrote(text: str, given: int, count: int) -> str:
    """What the writer wrote."""
    if given == 1:
        message = ngettext(
            "{text}: you gave 1 word; the writer added {count} word or sign.",
            "{text}: you gave 1 word; the writer added {count} words and signs.",
            count - given,
        )
    else:
        message = ngettext(
            "{text}: you gave {given} words and signs; the writer added {count} word or sign.",
            "{text}: you gave {given} words and signs; the writer added {count} words and signs.",
            count - given,
        )
    return message.format(text=text, given=given, count=count - given)


def took_likeliest(text: str, given: int, count: int) -> str:
    """What the writer wrote without chance."""
    if given == 1:
        message = ngettext(
            "{text}: you gave 1 word; the writer added {count} word or sign, the likeliest.",
            "{text}: you gave 1 word; the writer added {count} words and signs, each time the likeliest.",
            count - given,
        )
    else:
        message = ngettext(
            "{text}: you gave {given} words and signs; the writer added {count} word or sign, the likeliest.",
            "{text}: you gave {given} words and signs; the writer added {count} words and signs, each time the "
            "likeliest.",
            count - given,
        )
    return message.format(text=text, given=given, count=count - given)


def ended(finished: bool) -> str:
    """How the sentence came to its end."""
    return (
        _("It ended the sentence by itself.") if finished
        else _("It was stopped at its longest sentence.")
    )  # fmt: skip


def no_seed(seed: str) -> str:
    """That a seed is none."""
    return _("The seed is a whole number from 0 to 99999, not {seed}.").format(seed=quoted(seed))


def took(word: str, place: int) -> str:
    """That the sentence goes on from a word that was chosen."""
    return _("You chose {word} as word {place}.").format(word=quoted(word), place=place)


def mood(trace: Trace, label: str) -> str:
    """What a model believes of what was written."""
    return _(
        "Read by the {model}, which knows nothing of the writer: {share} positive at the end. The writer has learnt "
        "how "
        "reviews go on, not what is true of any film."
    ).format(model=label, share=percent(trace.probability))


def fluency(scores: Mapping[str, float]) -> str:
    """The writer's perplexity beside the trigram's."""
    return _(
        "Perplexity on {words} words of held-out sentences: {perplexity}; a trigram model with Kneser-Ney smoothing of "
        "the same sentences and words has {trigram}. Lower is better: as unsure as if it had to choose among so many "
        "words each time."
    ).format(
        words=f"{scores['test_words']:,.0f}",
        perplexity=f"{scores['test_perplexity']:.1f}",
        trigram=f"{scores['test_perplexity_trigram']:.1f}",
    )


# ------------------------------------------------------------------------------------------------------ the translators


def translated(text: str, read: int, count: int, attention: bool) -> str:
    """A translation and its lengths."""
    numbers = {"text": f"“{text}”", "read": read, "count": count}
    if attention:
        return _("{text}: T_x = {read}, T_y = {count}. The decoder looks back at every word.").format(**numbers)
    return _(
        "{text}: T_x = {read}, T_y = {count}. All that the decoder knows is the last state of the encoder."
    ).format(**numbers)


def caveats(unknown: Sequence[str], cut: int, finished: bool, unsaid: bool) -> list[str]:
    """What must be known of a translation beside its words; `unsaid`: whether it has a word that the decoder lacks."""
    strange = _("Read as unknown words: {words}.").format(words=", ".join(map(quoted, unknown)))
    clipped = ngettext(
        "{count} word behind the longest sentence that it reads was not read.",
        "{count} words behind the longest sentence that it reads were not read.",
        cut,
    ).format(count=cut)
    return [
        *([strange] if unknown else []),
        *([_("<unk> is a word it does not know; it learnt from photo captions only.")] if unsaid else []),
        *([clipped] if cut else []),
        *([] if finished else [_("It did not end by itself.")]),
    ]


def both(with_attention: str, without: str) -> str:
    """Both translations, one after the other."""
    return _("With attention: “{first}” Without attention: “{second}”").format(first=with_attention, second=without)


def looked(weights: np.ndarray, read: Sequence[str], output: Sequence[str]) -> str:
    """Where the decoder looked most for each word: (T_y, T_x)."""
    most = weights.argmax(1)
    at = _("{word} at {read} ({share}%)")
    pairs = ", ".join(
        at.format(word=quoted(word), read=quoted(read[place]), share=f"{100 * row[place]:.0f}")
        for word, place, row in list(zip(output, most, weights, strict=True))[:SHOWN]
    )
    if len(output) > SHOWN:
        return _("Each row sums to 1. When it said a word the decoder looked most: {pairs}, and so on.").format(
            pairs=pairs
        )
    return _("Each row sums to 1. When it said a word the decoder looked most: {pairs}.").format(pairs=pairs)


def bleus(scores: Mapping[str, Sequence[tuple[str, float]]], whole: Mapping[str, float], signature: str) -> str:
    """BLEU of both models, as a whole and on the longest sentences."""
    return _(
        "BLEU on the validation captions: {whole}. On the longest ones ({words} words): {last}. A single state must "
        "hold "
        "the whole sentence where there is no attention; the gap shows what that costs here. sacreBLEU's signature: "
        "{signature}."
    ).format(
        whole=", ".join(f"{label} {bleu:.1f}" for label, bleu in whole.items()),
        words=next(iter(scores.values()))[-1][0] if scores else "",
        last=", ".join(f"{label} {values[-1][1]:.1f}" for label, values in scores.items() if values),
        signature=signature,
    )
