"""`states`: what the states of the recurrent models do on real reviews."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import add_data, add_models, add_seed

ABOUT = "read real reviews with the recurrent models and keep what their states do, for the pages that look inside"
EXAMPLES = ("", "gru --data ~/data")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which models, on which data."""
    add_models(parser, "names of recurrent models (default: all)")
    add_data(parser)
    add_seed(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read, and write beside the shipped models."""
    from explorer import load
    from explorer.core import checkpoints
    from explorer.networks.registry import recurrent_names
    from explorer.training import states
    from explorer.training.console import progress_bar

    models = [load(name) for name in arguments.names or recurrent_names()]
    with progress_bar("states", " models") as progress:
        states.precompute_all(
            models, arguments.data, checkpoints.FOLDER, arguments.seed, "python -m explorer states", progress
        )
    return 0
