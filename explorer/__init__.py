"""A visual explorer of recurrent networks: trained sentiment models, read step by step.

>>> import explorer
>>> model = explorer.load("gru")
>>> explorer.predict(model, ["good, not bad"])
>>> explorer.trace(model, "good, not bad").belief
"""

from explorer.core.checkpoints import Model, WeightsError, load, models
from explorer.core.tracing import Trace, predict, trace
from explorer.reading.reading import TextError

__all__ = ["Model", "TextError", "Trace", "WeightsError", "load", "models", "predict", "trace"]
