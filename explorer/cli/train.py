"""`train`: new weights from public data and a seed."""

from __future__ import annotations

import argparse
from pathlib import Path

from explorer.cli.arguments import add_data, add_models, add_output, add_seed, number
from explorer.cli.messages import complain
from explorer.networks import registry
from explorer.tasks import NETWORKS

ABOUT = "train the models anew from public data and a seed; a run that was stopped goes on where it was"
EXAMPLES = (
    "--all",
    "gru --data ~/data --output /tmp/weights",
    "rnn concat --seed 1 --seeds 1",
    "--all --no-teacher --fresh",
    "--task writer",
    "--task translator-attention --data ~/data",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to train, from which data and seeds, and where the work lies."""
    add_models(parser, f"{', '.join(registry.names())} (default: all; gru also tunes the word vectors)")
    parser.add_argument("--all", action="store_true", help="all five, as without names")
    parser.add_argument(
        "--task", choices=list(NETWORKS), help="instead of these, the model of another sequence task (one seed)"
    )
    add_data(parser)
    add_seed(parser)
    parser.add_argument(
        "--seeds",
        type=number(1, 100),
        default=3,
        metavar="COUNT",
        help="train each model from so many seeds, from --seed on; the best on dev texts is shipped"
        " (default: %(default)s)",
    )
    add_output(parser)
    parser.add_argument(
        "--work", type=Path, metavar="DIR", help="folder for stages and checkpoints (default: in your cache)"
    )
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs left in the work folder")
    parser.add_argument("--jobs", type=number(1, 64), default=2, help="models trained at once (default: %(default)s)")
    parser.add_argument(
        "--no-teacher", dest="teacher", action="store_false", help="train on the data's own labels, without a teacher"
    )


def run(arguments: argparse.Namespace) -> int:
    """Train; a run that is stopped says how to go on."""
    try:
        (train_task if arguments.task else train_models)(arguments)
    except KeyboardInterrupt:
        return complain("stopped. The same command goes on where it was.", 130)
    return 0


def train_models(arguments: argparse.Namespace) -> None:
    """The sentiment models."""
    from explorer import models
    from explorer.core import checkpoints
    from explorer.training.run import Run
    from explorer.training.train import train

    a = arguments
    names = models() if a.all or not a.names else list(dict.fromkeys(a.names))
    seeds = tuple(range(a.seed, a.seed + a.seeds))
    train(Run(names, a.data, a.output or checkpoints.FOLDER, seeds, a.jobs, a.work, a.fresh, a.teacher))


def train_task(arguments: argparse.Namespace) -> None:
    """The model of another sequence task."""
    from explorer.core import checkpoints
    from explorer.training import tasks

    a = arguments
    tasks.train_task(tasks.TaskRun(a.task, a.data, a.output or checkpoints.FOLDER, a.seed, a.work, a.fresh))
