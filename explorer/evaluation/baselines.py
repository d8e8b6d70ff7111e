"""Two word lists as predictors, for the same questions: VADER and TextBlob.

Neither gives a probability. Their scores, −1…1, are mapped to 0…1 so that a score over 0 lies over one half: only the
side is meant, and no calibration is measured. A score of exactly 0, no word found, is on neither side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


class BaselineError(ValueError):
    """A package of word lists is not installed."""


def _mapped(score: Callable[[str], float]) -> Callable[[Sequence[str]], np.ndarray]:
    return lambda texts: np.array([(1 + score(text)) / 2 for text in texts])


def vader() -> Callable[[Sequence[str]], np.ndarray]:
    """VADER's compound score (Hutto & Gilbert 2014)."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return _mapped(lambda text: analyzer.polarity_scores(text)["compound"])


def textblob() -> Callable[[Sequence[str]], np.ndarray]:
    """TextBlob's polarity, from the lexicon of the pattern library (De Smedt & Daelemans 2012)."""
    from textblob import TextBlob

    return _mapped(lambda text: TextBlob(text).sentiment.polarity)


BASELINES: dict[str, Callable[[], Callable[[Sequence[str]], np.ndarray]]] = {"VADER": vader, "TextBlob": textblob}


def load(name: str) -> Callable[[Sequence[str]], np.ndarray]:
    """A word list as a predictor, by its name in BASELINES. Raises BaselineError."""
    try:
        return BASELINES[name]()
    except ImportError as error:
        raise BaselineError(f"{name} is not installed ({error}). Run `pip install -r requirements.txt`.") from error
