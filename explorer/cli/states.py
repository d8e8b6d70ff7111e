"""`states`: what the states of the recurrent models do on real reviews."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import add_data, add_models, add_output, add_seed

ABOUT = "read real reviews with the recurrent models and keep what their states do, for the pages that look inside"
EXAMPLES = ("", "gru --data ~/data", "gru --output /tmp/weights")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which models, on which data."""
    add_models(parser, "names of recurrent models (default: all)")
    add_data(parser)
    add_output(parser)
    add_seed(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read, and write beside the models."""
    from explorer.core import checkpoints
    from explorer.networks.registry import recurrent_names
    from explorer.training import states
    from explorer.training.console import progress_bar

    output = arguments.output or checkpoints.FOLDER
    models = [checkpoints.load_beside(name, output) for name in arguments.names or recurrent_names()]
    with progress_bar("states", " models") as progress:
        states.precompute_all(models, arguments.data, output, arguments.seed, "python -m explorer states", progress)
    return 0
