"""`approaches`: what moving a phrase does to each model, and how often each is right at which length."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import add_data, add_output, add_seed

ABOUT = (
    "put phrases at every place of a text and read texts of all lengths with all models,"
    " for the page Average or concatenate"
)
EXAMPLES = ("", "--data ~/data --output /tmp/found")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """On which data, and where to write."""
    add_data(parser)
    add_output(parser)
    add_seed(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure, and write the results."""
    from explorer import models
    from explorer.core import checkpoints
    from explorer.evaluation.scores import texts as evaluation_texts
    from explorer.training import approaches
    from explorer.training.console import progress_bar

    output = arguments.output or checkpoints.FOLDER
    texts, readers = evaluation_texts(arguments.data), [checkpoints.load_beside(name, output) for name in models()]
    command = f"python -m explorer approaches --seed {arguments.seed}"
    with progress_bar("approaches", " models") as progress:
        approaches.precompute(readers, texts, output, arguments.seed, command, progress)
    return 0
