"""`bench`: speed, size and quality of this installation."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import add_json

ABOUT = "measure speed, size and quality of this installation"
EXAMPLES = ("", "--json bench.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which measurements, and where to write."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="measurements to take (default: all)")
    add_json(parser, "results")


def run(arguments: argparse.Namespace) -> int:
    """Measure. Raises ValueError for an unknown name."""
    from explorer.bench import run as measure

    return measure(arguments.names, arguments.json)
