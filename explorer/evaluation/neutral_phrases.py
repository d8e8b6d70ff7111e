"""Phrases that say nothing for or against a film: the belief should rest near one half after each of their words."""

from __future__ import annotations

from explorer.evaluation.data_files import read_set


def neutral_phrases() -> tuple[str, ...]:
    """All of them, in the order of the file."""
    phrases: tuple[str, ...] = read_set("neutral_phrases")["phrases"]
    return phrases


def neutral_texts() -> tuple[str, ...]:
    """Whole texts as people type them that say nothing, written later, without a look at how any model does on them."""
    texts: tuple[str, ...] = read_set("neutral_texts")["texts"]
    return texts
