"""The public names of the package."""

import explorer
import explorer.core.tracing


def test_exported_names_are_pinned() -> None:
    names = ["Model", "TextError", "Trace", "WeightsError", "load", "models", "predict", "trace"]
    assert explorer.__all__ == names
    assert set(names) <= set(dir(explorer))
    assert all(getattr(explorer, name).__doc__ for name in names)


def test_functions_are_functions() -> None:
    assert all(callable(function) for function in (explorer.load, explorer.models, explorer.predict, explorer.trace))
