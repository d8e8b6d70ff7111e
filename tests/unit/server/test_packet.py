"""A packet of the server's routes comes apart as it was put together."""

import json
import struct

import numpy as np

from explorer.server.packet import pack


def test_the_header_says_where_every_array_lies():
    arrays = {"x": np.arange(6, dtype=np.float64).reshape(2, 3), "none": np.zeros((0, 4)), "y": np.float32([7.5])}
    packet = pack({"word": "é"}, arrays)
    (length,) = struct.unpack_from("<I", packet)
    header = json.loads(packet[4 : 4 + length])
    assert header["word"] == "é"
    assert length % 4 == 0
    for name, array in arrays.items():
        place = header["arrays"][name]
        found = np.frombuffer(packet, "<f4", array.size, 4 + length + place["offset"]).reshape(place["shape"])
        assert (found == array).all()
