"""Arguments that several subcommands take, and how what was typed is read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from explorer.cli.messages import complain
from explorer.networks import registry

LARGEST_SEED = 2**32 - 1


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(complain(f"{message}. See `{self.prog} --help`."))


def program() -> str:
    """What the user typed to get here: the installed command, or the module."""
    return "explorer" if Path(sys.argv[0]).stem == "explorer" else "python -m explorer"


def model_name(text: str) -> str:
    """A model's name."""
    names = registry.names()
    if text not in names:
        raise argparse.ArgumentTypeError(f"there is no model named {text!r}, there are {', '.join(names)}")
    return text


def number(low: int, high: int) -> Callable[[str], int]:
    """The reader of a whole number from `low` to `high`."""

    def read(text: str) -> int:
        if not (text.isdecimal() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


def add_model(parser: argparse.ArgumentParser) -> None:
    """--model: one of them."""
    parser.add_argument(
        "--model",
        type=model_name,
        default="gru",
        metavar="NAME",
        help=f"{', '.join(registry.names())} (default: %(default)s)",
    )


def add_models(parser: argparse.ArgumentParser, description: str) -> None:
    """NAME …: any number of models, none for all that `description` tells."""
    parser.add_argument("names", nargs="*", type=model_name, metavar="NAME", help=description)


def add_data(parser: argparse.ArgumentParser) -> None:
    """--data: where the public data lie."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder that holds the data sets; without it they are downloaded once into your cache",
    )


def add_seed(parser: argparse.ArgumentParser) -> None:
    """--seed."""
    parser.add_argument(
        "--seed", type=number(0, LARGEST_SEED), default=0, help="where chance starts (default: %(default)s)"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """--output: the folder for what is made; None stands for that of the shipped models."""
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder to write (default: that of the shipped models)"
    )


def add_json(parser: argparse.ArgumentParser, content: str) -> None:
    """--json: a file for `content`."""
    parser.add_argument("--json", type=Path, metavar="FILE", help=f"write the {content} there as well")
