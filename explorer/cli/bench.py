"""`bench`: speed, size and quality of this installation."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import add_json
from explorer.cli.names import BENCHES

ABOUT = "measure speed, size and quality of this installation"
EXAMPLES = ("", "--json bench.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which measurements, and where to write."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="measurements to take (default: all)")
    add_json(parser, "results")


def run(arguments: argparse.Namespace) -> int:
    """Measure. Raises ValueError for an unknown name."""
    if unknown := [name for name in arguments.names if name not in BENCHES]:
        raise ValueError(f"There is no bench named {', '.join(unknown)}. There are: {', '.join(BENCHES)}.")

    from explorer.bench import run as measure

    return measure(arguments.names, arguments.json)
