"""`python -m explorer` and the command `explorer`: opens the app; its subcommands are in `explorer/cli`."""

from __future__ import annotations

import sys

from explorer.cli import main

if __name__ == "__main__":
    sys.exit(main())
