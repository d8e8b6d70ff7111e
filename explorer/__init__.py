"""A visual explorer of recurrent networks: trained sentiment models, read step by step.

>>> import explorer
>>> model = explorer.load("gru")
>>> explorer.predict(model, ["good, not bad"])
>>> explorer.trace(model, "good, not bad").belief

Importing the package is cheap: a public name imports its module, and with it torch, when it is first asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.trace import TextError, Trace, predict, trace
    from explorer.weights import Model, WeightsError, load, models

__all__ = ["Model", "TextError", "Trace", "WeightsError", "load", "models", "predict", "trace"]

_HOMES = dict.fromkeys(("TextError", "Trace", "predict", "trace"), "explorer.trace")
_HOMES |= dict.fromkeys(("Model", "WeightsError", "load", "models"), "explorer.weights")


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps a submodule from taking the place of a public function of the same name, as an import of it would."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package  # not needed once no submodule is named like a public function
