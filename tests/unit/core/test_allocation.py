"""Large arrays lie apart from the heaps, but while long work goes on."""

import ctypes
import subprocess
import sys

import pytest

from explorer.core import allocation

SCRIPT = """
import ctypes
import numpy as np
from explorer.core import allocation

class Told(ctypes.Structure):  # see mallinfo(3)
    _fields_ = [*((name, ctypes.c_size_t) for name in ("arena", "a", "b", "hblks")), ("rest", ctypes.c_size_t * 6)]

library = ctypes.CDLL(None)
library.mallinfo2.restype = Told

def apart():
    before = library.mallinfo2().hblks
    array = np.ones(4 * allocation.LARGE, np.uint8)
    return library.mallinfo2().hblks - before

allocation.apart()
print(apart())
with allocation.reused():
    with allocation.reused():
        print(apart())
    print(apart())
print(apart())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="the C library does not tell")
def test_large_arrays_lie_apart_unless_they_are_made_again_and_again() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "0", "0", "1"]


def test_without_such_a_library_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocation, "library", lambda: None)
    monkeypatch.setattr(allocation, "_apart", False)
    allocation.apart()
    with allocation.reused():
        pass
