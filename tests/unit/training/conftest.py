"""What all tests of the training share."""

import sys
from types import ModuleType

import pytest


@pytest.fixture(autouse=True)
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A main module without a file: processes that are spawned run that of their parent again, and a page that was
    tested before in this process leaves its own script there."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
