"""Kin: words that share one vector, so that a text's sentiment cannot hang on which of them it names.

A person's or a place's name, a number, a group that people belong to, and words that differ in gender alone: whatever
training finds out about one of them, it finds out about all ("counterfactual" fairness by construction; compare
Kusner et al. 2017). Proper names are found in the reviews by their capitals; the lists below are ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import torch

from explorer.reading.vocabulary import SPECIAL, Vocabulary

GENDER = (
    ("he", "she"), ("him", "his", "her", "hers"), ("himself", "herself"), ("man", "woman"), ("men", "women"), ("boy", "girl"), ("boys", "girls"), ("actor", "actress"), ("actors", "actresses"),
    ("father", "mother"), ("dad", "mom"), ("fathers", "mothers"), ("son", "daughter"), ("sons", "daughters"), ("brother", "sister"), ("brothers", "sisters"), ("husband", "wife"), ("husbands", "wives"), ("uncle", "aunt"),
    ("males", "females"), ("king", "queen"), ("gentleman", "lady"), ("gentlemen", "ladies"), ("boyfriend", "girlfriend"), ("grandfather", "grandmother"), ("nephew", "niece"), ("waiter", "waitress"), ("mr.", "mrs.", "ms."),
)  # fmt: skip
GROUP = (
    "american british english scottish welsh french german italian spanish portuguese dutch belgian swiss austrian swedish norwegian danish finnish polish czech hungarian romanian bulgarian greek turkish russian ukrainian irish "
    "mexican cuban brazilian colombian argentine chilean peruvian canadian australian chinese japanese korean vietnamese thai filipino indonesian indian pakistani bangladeshi afghan iranian iraqi syrian lebanese israeli palestinian egyptian moroccan "
    "nigerian kenyan ethiopian somali ghanaian african asian european arab latino latina hispanic african-american asian-american caucasian jewish muslim islamic christian catholic protestant hindu buddhist sikh mormon atheist agnostic "
    "male female black white native gay lesbian bisexual transgender transsexual heterosexual homosexual straight queer asexual intersex cisgender nonbinary non-binary deaf blind disabled able-bodied autistic dyslexic diabetic epileptic wheelchair-bound immigrant republican democrat"
).split()  # fmt: skip
GROUPS = (
    "americans britons germans italians spaniards russians poles greeks turks mexicans cubans brazilians canadians australians indians pakistanis iranians iraqis syrians israelis palestinians egyptians nigerians africans asians europeans arabs latinos hispanics "
    "jews muslims christians catholics protestants hindus buddhists mormons atheists gays lesbians immigrants refugees republicans democrats"
).split()  # fmt: skip
AGE = ("young", "old", "elderly", "middle-aged", "teenage")
ARTICLE = ("a", "an")  # which of them it is hangs on the name behind it
KEPT_NAMES = frozenset(
    "oscar oscars emmy razzie nazi nazis hitler holocaust satan god jesus christ hell mst3k i ok dvd tv".split()
)
NUMBER = re.compile(r"\d[\d.,:]*")
SMALL = {str(number) for number in range(11)}  # "8 / 10" is a verdict
OFTEN, SHARE = 4, 0.9  # a name stands within a sentence at least so often, and so often in capitals
NEIGHBOURS, NAMES_AMONG = 10, 0.6  # an untrained word whose neighbours are names is one

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|[.!?:\"]")


def proper_names(texts: Iterable[str]) -> set[str]:
    """Words that stand in capitals within sentences, in lower case."""
    title: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text in texts:
        before = "."
        for word in _WORD.findall(text.replace("<br />", ". ")):
            if before[0] not in '.!?:"':
                if word[0].isupper() and word[1:].islower() and "-" not in word:
                    title[word.lower()] += 1
                elif word.islower():
                    lower[word] += 1
            before = word
    return {word for word, count in title.items() if count >= OFTEN and count >= SHARE * (count + lower[word])}


def shared_rows(vocabulary: Vocabulary, table: np.ndarray, tuned: int, names: set[str]) -> np.ndarray:
    """The row whose vector each word shares, (V,). The vector of the first of a kin is set in `table` to their mean."""
    shared = np.arange(len(vocabulary))
    groups = {*GROUP, *GROUPS, *AGE, *ARTICLE}
    gendered = {word for kin in GENDER for word in kin}
    named = {word for word in names - groups - gendered - KEPT_NAMES if vocabulary.index.get(word, len(shared)) < tuned}
    numbers = {word for word in vocabulary.words if NUMBER.fullmatch(word) and word not in SMALL}
    found = named | untrained_names(vocabulary, table, tuned, named) - groups - gendered - KEPT_NAMES - numbers
    for kin in (found, numbers, GROUP, GROUPS, AGE, ARTICLE, *GENDER):
        rows = np.array(sorted(vocabulary.index[word] for word in kin if word in vocabulary.index), dtype=int)
        if len(rows):
            shared[rows] = rows[0]
    share(shared, table, tuned)
    return shared


def share(shared: np.ndarray, table: np.ndarray, tuned: int) -> None:
    """Set the vector of the first of each kin to the mean of those that training texts have; of none of them it stays.

    `shared`: (V,), the row whose vector each word shares; `table`: (V, E); its first `tuned` rows are of training texts.
    """
    for first in np.unique(shared[shared != np.arange(len(shared))]):
        rows = np.flatnonzero(shared == first)
        if (rows < tuned).any():
            table[first] = table[rows[rows < tuned]].mean(0)


def untrained_names(vocabulary: Vocabulary, table: np.ndarray, tuned: int, named: set[str]) -> set[str]:
    """Words beyond the trained ones most of whose nearest trained words are names."""
    is_name = np.zeros(tuned)
    is_name[[vocabulary.index[word] for word in named]] = 1
    share = (
        np.concatenate([is_name[rows].mean(1) for rows, _ in neighbours(table, tuned)]) if tuned < len(table) else []
    )
    return {vocabulary.words[tuned + i] for i in np.flatnonzero(np.asarray(share) >= NAMES_AMONG)}


def neighbours(table: np.ndarray, tuned: int, count: int = NEIGHBOURS, block: int = 2_000):
    """The nearest trained rows of each untrained word by cosine, a block at a time: (block, count) rows and cosines."""
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    known = unit[len(SPECIAL) : tuned]
    for start in range(tuned, len(table), block):
        likeness = torch.from_numpy(unit[start : start + block] @ known.T)
        found, rows = likeness.topk(min(count, len(known)), dim=1)
        yield rows.numpy() + len(SPECIAL), found.numpy()


def follow(before: np.ndarray, after: np.ndarray, tuned: int) -> np.ndarray:
    """The table after training, (V, E), with untrained words moved as their nearest trained words were."""
    moved = after - before[:tuned]
    result = np.concatenate([after, before[tuned:]])
    start = tuned
    for rows, likeness in neighbours(before, tuned):
        weight = np.maximum(likeness, 0) ** 2
        weight /= np.maximum(weight.sum(1, keepdims=True), 1e-9)
        result[start : start + len(rows)] += np.einsum("bk,bke->be", weight, moved[rows])
        start += len(rows)
    return result
