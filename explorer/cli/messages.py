"""What the command line says on the standard error."""

from __future__ import annotations

import sys


def complain(message: str, status: int = 2) -> int:
    """One line on the standard error; gives back the exit status."""
    say(f"explorer: {message}")
    return status


def say(message: str) -> None:
    """One line on the standard error, if there is one, without anything that a terminal would obey."""
    if sys.stderr is not None:
        print(visible(message), file=sys.stderr)


def visible(message: str) -> str:
    """A message as one line, what is not printable in it escaped: names of columns and files come from anywhere."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in " ".join(message.split()))
