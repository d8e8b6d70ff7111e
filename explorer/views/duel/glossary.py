"""How to read the duel and its zoom, and the words that are used, each in one plain sentence."""

from __future__ import annotations

import re
from html import escape

from explorer.messages import _

READING = (
    _("The strip under each word shows how positive the model thinks the text is so far. It reads from left to right."),
    _("Teal means positive, brown means negative. The grey band from 40% to 60% means: undecided."),
    _("Each line below is one model. A and B stand where that model ends on each sentence, from 0% to 100% positive."),
    _("One joint mark AB means that the two answers are exactly equal: that model can't tell the sentences apart."),
    _("“Look inside the GRU” opens that network: first its memory after each word, then its gates, then one unit."),
)
TERMS = (
    (_("belief"), _("How likely the model thinks it is that the text so far is positive: P(positive), 0% to 100%.")),
    (_("model"), _("A network with trained weights. The five here differ in how they put the words together.")),
    (
        _("all words side by side"),
        _("One long input of all the words' vectors: a concatenation. It has a fixed number of places."),
    ),
    (_("timestep"), _("One reading step: the network reads one word, or one sign such as a comma.")),
    (_("unit"), _("One number in the network's memory. The recurrent networks here have 128.")),
    (_("memory, a⟨t⟩"), _("All units together after word t. It is all that it knows of the text so far.")),
    (_("gate"), _("A number from 0 to 1 in each unit that says how much of something passes.")),
    (_("weight"), _("A number that was learnt in training. The same weights are used at every timestep.")),
    (_("x⟨t⟩"), _("The input at timestep t: the word's vector, a list of numbers.")),
    (_("ŷ⟨t⟩"), _("The prediction after word t: the belief.")),
    (_("T_x, T_y"), _("The lengths of the input and of the output. Here T_x is the number of words and T_y is 1.")),
    (_("log-odds"), _("The belief before σ squeezes it to 0…1: 0 is undecided, above 0 is positive.")),
    (_("push"), _("What one unit adds to the log-odds: its activation times its weight in the verdict.")),
)


def html() -> str:
    """Both as a list and a glossary; our own words alone, escaped."""
    lines = "".join(f"<li>{typeset(line)}</li>" for line in READING)
    terms = "".join(f"<dt><strong>{typeset(term)}</strong></dt><dd>{typeset(told)}</dd>" for term, told in TERMS)
    return f'<ul>{lines}</ul><p><strong>{escape(_("Words"))}</strong></p><dl class="glossary">{terms}</dl>'


def typeset(text: str) -> str:
    """Text with its lowered letters lowered.

    >>> typeset("T_x < 3")
    'T<sub>x</sub> &lt; 3'
    """
    return re.sub(r"T_([xy])", r"T<sub>\1</sub>", escape(text))
