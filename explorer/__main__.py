"""`python -m explorer` and the command `explorer`: opens the app; its subcommands are in `explorer/cli`."""

from __future__ import annotations

import sys

from explorer.core import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    from explorer.cli import main as run  # imports argparse and all that the arguments need

    return run(argv)


def start() -> NoReturn:
    """The process: what Ctrl-C does is settled before anything else is imported."""
    signals.stop_at_once()
    try:
        status = main()
    finally:
        signals.leave_to_the_system()
    sys.exit(status)


if __name__ == "__main__":
    start()
