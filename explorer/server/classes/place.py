"""The classes of this server, and of others that share its file or its Redis."""

from __future__ import annotations

from functools import lru_cache

from explorer.classroom.places import Classes, opened


@lru_cache(maxsize=1)
def store() -> Classes:
    """Where the classes are kept, as the environment says."""
    return opened()
