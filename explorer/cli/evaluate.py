"""`evaluate`: a table of scores, a row a measure, a column a model."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from explorer.cli.arguments import add_data, add_json, add_models
from explorer.networks import registry

ABOUT = "measure the models on data that they were not trained on, and on sets that ask for behaviours"
EXAMPLES = (
    "",
    "gru lstm --split test",
    "--baselines --data ~/data",
    "--cards --data ~/data",
    "gru --json scores.json --details failing.json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which models on which data, and where to write."""
    add_models(parser, f"{', '.join(registry.names())} (default: all)")
    add_data(parser)
    parser.add_argument("--split", choices=("dev", "test"), default="dev", help="which data (default: %(default)s)")
    add_json(parser, "scores")
    parser.add_argument(
        "--baselines", action="store_true", help="measure two word lists, VADER and TextBlob, beside them"
    )
    parser.add_argument(
        "--details", type=Path, metavar="FILE", help="write results by kind and the failing texts there (JSON)"
    )
    parser.add_argument(
        "--cards",
        action="store_true",
        help="measure all seeds, with --split dev, and write what was measured into the cards of the models",
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    from explorer import Model, load, models
    from explorer.evaluation import baselines
    from explorer.evaluation import scores as evaluation
    from explorer.evaluation.rows import Predictor

    if arguments.cards:
        return write_cards(arguments)
    readers: dict[str, Model | Predictor] = {name: load(name) for name in arguments.names or models()}
    if arguments.baselines:
        readers |= {name: baselines.load(name) for name in baselines.BASELINES}
    texts = evaluation.texts(arguments.data, arguments.split)
    examinations = {name: evaluation.examine(reader, texts) for name, reader in readers.items()}
    scores = {name: examination.scores for name, examination in examinations.items()}
    print(evaluation.table(scores))
    if arguments.baselines:
        print(evaluation.NOTE)
    if arguments.json:
        write(scores, arguments.json)
    if arguments.details:
        write({name: examination.as_json() for name, examination in examinations.items()}, arguments.details)
    return 0


def write_cards(arguments: argparse.Namespace) -> int:
    """Measure, and keep it with the models. Raises WeightsError, DataError, BaselineError, OSError."""
    from explorer import models
    from explorer.core import places
    from explorer.evaluation import scores as evaluation
    from explorer.training.measured_cards import write_measured_cards

    names = arguments.names or models()
    write_measured_cards(names, evaluation.texts(arguments.data), places.FOLDER)
    print(f"The cards of {', '.join(names)} are in {places.FOLDER}.")
    return 0


def write(content: object, file: Path) -> None:
    """JSON that one can read and compare."""
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
