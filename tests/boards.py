"""What the tests of pages without a browser share: what a page sent to its board."""

import base64
import json

import numpy as np
from streamlit.testing.v1 import AppTest


def boarded(app: AppTest) -> dict:
    """What the page sent to the browser."""
    assert not app.exception
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def panel(data: dict, name: str) -> dict:
    """One panel of a board by its id."""
    return next(one for one in data["panels"] if one["id"] == name)


def numbers(packed: dict) -> np.ndarray:
    """A packed array as it was."""
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4").reshape([int(n) for n in packed["shape"].split(",")])
