"""What the server's own routes answer: a header in JSON and arrays in single precision, in one compact packet."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """The length of the header as uint32, the header, padding to a multiple of 4 bytes, then all arrays as float32.

    All little-endian. The header gets an entry `arrays`: each one's shape by its name, and its offset in bytes from the
    start of the data. `board/js/packet.js` reads it.
    """
    places: dict[str, dict[str, Any]] = {}
    data = bytearray()
    for name, array in arrays.items():
        places[name] = {"shape": list(array.shape), "offset": len(data)}
        data += np.ascontiguousarray(array, dtype="<f4").tobytes()
    text = json.dumps({**header, "arrays": places}, ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    return struct.pack("<I", len(text)) + text + bytes(data)
