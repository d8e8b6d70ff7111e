"""A visual explorer of recurrent networks: trained sentiment models, read step by step.

>>> import explorer
>>> model = explorer.load("gru")
>>> explorer.predict(model, ["good, not bad"])
>>> explorer.trace(model, "good, not bad").belief
"""

from explorer.trace import TextError, Trace, predict, trace
from explorer.weights import Model, WeightsError, load, models

__all__ = ["Model", "TextError", "Trace", "WeightsError", "load", "models", "predict", "trace"]
