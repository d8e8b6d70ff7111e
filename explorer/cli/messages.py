"""What the command line says on the standard error."""

from __future__ import annotations

import sys


def complain(message: str, status: int = 2) -> int:
    """One line on the standard error; gives back the exit status."""
    print("explorer:", " ".join(message.split()), file=sys.stderr)
    return status
