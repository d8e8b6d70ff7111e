"""A visual explorer of recurrent networks: trained sentiment models, read step by step.

>>> import explorer
>>> model = explorer.load("gru")
>>> explorer.predict(model, ["good, not bad"])
>>> explorer.trace(model, "good, not bad").belief

Importing the package is cheap: a public name imports its module, and with it torch, when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as in typing, whose import costs more than all the rest here, before Ctrl-C is looked after
if TYPE_CHECKING:
    from explorer.core.checkpoints import Model, WeightsError, load, models
    from explorer.core.tracing import Trace, predict, trace
    from explorer.reading.reading import TextError

__all__ = ["Model", "TextError", "Trace", "WeightsError", "load", "models", "predict", "trace"]

_HOMES = {"TextError": "explorer.reading.reading"}
_HOMES |= dict.fromkeys(("Trace", "predict", "trace"), "explorer.core.tracing")
_HOMES |= dict.fromkeys(("Model", "WeightsError", "load", "models"), "explorer.core.checkpoints")


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
