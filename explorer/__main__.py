"""The command line: `python -m explorer` opens the app; trace, score, evaluate, train and bench are its subcommands."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from explorer import WeightsError, load, models, trace
from explorer.core.checkpoints import FOLDER
from explorer.networks.registry import recurrent_names
from explorer.tasks.saved import tasks
from explorer.training.sources import DataError

DESCRIPTION = """\
A visual explorer of recurrent networks: how an RNN, a GRU and an LSTM read a movie review, word by word.
Without a subcommand it opens the app in the browser."""
DATA_HELP = "folder that holds the data sets; without it they are downloaded once into your cache"


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"explorer: {message}. See `{self.prog} --help`.\n")


def model_name(text: str) -> str:
    """A lane's name as an argument."""
    if text not in models():
        raise argparse.ArgumentTypeError(f"there is no model named {text!r}, there are {', '.join(models())}")
    return text


def number(low: int, high: int):
    """The reader of a whole number from `low` to `high`."""

    def read(text: str) -> int:
        if not (text.isdecimal() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


def open_app(arguments: argparse.Namespace) -> int:
    """The app, until Ctrl-C."""
    from explorer.app import run

    run(arguments.port, arguments.address, arguments.browser)
    return 0


def show_trace(arguments: argparse.Namespace) -> int:
    """One text through one lane, as JSON."""
    text = sys.stdin.buffer.read().decode("utf-8") if arguments.text == "-" else arguments.text
    found = trace(load(arguments.model), text).as_json()
    if arguments.brief:
        del found["activations"]
    print(json.dumps(found, ensure_ascii=False))
    return 0


def score_file(arguments: argparse.Namespace) -> int:
    """A table with P(positive) of every row."""
    from explorer.score import score

    rows, blank = score(load(arguments.model), arguments.file, arguments.column, arguments.output)
    print(f"{rows:,} rows, {blank:,} of them without text to read (their probability is empty)", file=sys.stderr)
    return 0


def show_scores(arguments: argparse.Namespace) -> int:
    """A table of scores: a row a measure, a column a model."""
    from explorer.behaviour import baselines
    from explorer.training import evaluate

    names = arguments.names or models()
    asked = {name: load(name) for name in names}
    if arguments.baselines:
        asked |= {name: baselines.load(name) for name in baselines.BASELINES}
    texts = evaluate.texts(arguments.data, arguments.split)
    found = {name: evaluate.examine(model, texts) for name, model in asked.items()}
    scores = {name: one.scores for name, one in found.items()}
    print(evaluate.table(scores))
    if arguments.baselines:
        print(evaluate.NOTE)
    for file, content in (
        (arguments.json, scores),
        (arguments.details, {n: one.as_json() for n, one in found.items()}),
    ):
        if file:
            file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def train_models(arguments: argparse.Namespace) -> int:
    """New weights from data and a seed."""
    from explorer.training.train import Run, train

    a = arguments
    if a.task:
        return train_task(a)
    names = models() if a.all or not a.names else list(dict.fromkeys(a.names))
    seeds = tuple(range(a.seed, a.seed + a.seeds))
    try:
        train(Run(names, a.data, a.output, seeds, a.jobs, a.work, a.fresh, a.teacher))
    except KeyboardInterrupt:
        return complain("stopped. The same command goes on where it was.", 130)
    return 0


def train_task(arguments: argparse.Namespace) -> int:
    """New weights of another sequence task."""
    from explorer.training import tasks

    a = arguments
    try:
        tasks.train_task(tasks.TaskRun(a.task, a.data, a.output, a.seed, a.work, a.fresh))
    except KeyboardInterrupt:
        return complain("stopped. The same command goes on where it was.", 130)
    return 0


def chart_states(arguments: argparse.Namespace) -> int:
    """What the states of the recurrent lanes do on real reviews."""
    from explorer.training import states
    from explorer.training.train import bar

    lanes = [load(name) for name in arguments.names or recurrent_names()]
    with bar("states", " lanes") as told:
        states.precompute_all(lanes, arguments.data, FOLDER, arguments.seed, "python -m explorer states", told)
    return 0


def compare_approaches(arguments: argparse.Namespace) -> int:
    """What moving a phrase does to each lane, and how often each is right at which length."""
    from explorer.training import approaches, evaluate
    from explorer.training.train import bar

    texts, lanes = evaluate.texts(arguments.data), [load(name) for name in models()]
    command = f"python -m explorer approaches --seed {arguments.seed}"
    with bar("approaches", " lanes") as told:
        approaches.precompute(lanes, texts, arguments.output, arguments.seed, command, told)
    return 0


def run_bench(arguments: argparse.Namespace) -> int:
    """The measurements."""
    from explorer.bench import run

    return run(arguments.names, arguments.json)


def parser() -> Parser:
    """Everything that one can type."""
    root = Parser("python -m explorer", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    root.add_argument("--port", type=number(1, 65535), default=8501, help="port of the app (default: %(default)s)")
    root.add_argument("--address", default="localhost", help="address to listen on (default: %(default)s)")
    root.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")
    root.set_defaults(run=open_app)
    commands = root.add_subparsers(title="subcommands", metavar="COMMAND")

    def command(name: str, run, about: str, *examples: str) -> Parser:
        epilog = "\n".join(["examples:", *(f"  python -m explorer {name} {example}" for example in examples)])
        raw = argparse.RawDescriptionHelpFormatter
        made = commands.add_parser(name, help=about, description=about, epilog=epilog, formatter_class=raw)
        made.set_defaults(run=run)
        return made

    named = {"nargs": "*", "type": model_name, "metavar": "NAME"}
    one = {"type": model_name, "default": "gru", "metavar": "NAME", "help": f"{', '.join(models())} (default: gru)"}

    sub = command(
        "trace", show_trace, "print all that one model computes for one text, step by step, as JSON",
        '"good, not bad"', '"good, not bad" --model lstm --brief', "- < review.txt",
    )  # fmt: skip
    sub.add_argument("text", metavar="TEXT", help="the text; - reads the standard input")
    sub.add_argument("--model", **one)
    sub.add_argument("--brief", action="store_true", help="leave the activations out")

    sub = command(
        "score", score_file, "add P(positive) to every row of a table: CSV (.csv, .csv.gz; UTF-8) or Parquet, of any size",
        "reviews.csv --column text > scored.csv", "reviews.parquet --column review --output scored.parquet",
    )  # fmt: skip
    sub.add_argument("file", type=Path, metavar="FILE", help="the table to read")
    sub.add_argument("--column", required=True, help="name of the column that holds the texts")
    sub.add_argument("--model", **one)
    sub.add_argument("--output", type=Path, metavar="OUT", help="file to write (default: CSV to the standard output)")

    sub = command(
        "evaluate", show_scores, "measure the models on data that they were not trained on, and on sets that ask for behaviours",
        "", "gru lstm --split test", "--baselines --data ~/data", "gru --json scores.json --details failing.json",
    )  # fmt: skip
    sub.add_argument("names", **named, help=f"{', '.join(models())} (default: all)")
    sub.add_argument("--data", type=Path, metavar="DIR", help=DATA_HELP)
    sub.add_argument("--split", choices=("dev", "test"), default="dev", help="which data (default: %(default)s)")
    sub.add_argument("--json", type=Path, metavar="FILE", help="write the scores there as well")
    sub.add_argument("--baselines", action="store_true", help="measure two word lists, VADER and TextBlob, beside them")
    sub.add_argument(
        "--details", type=Path, metavar="FILE", help="write results by kind and the failing texts there (JSON)"
    )

    sub = command(
        "train", train_models, "train the models anew from public data and a seed; a run that was stopped goes on where it was",
        "--all", "gru --data ~/data --output /tmp/weights", "rnn concat --seed 1 --seeds 1", "--all --no-teacher --fresh",
        "--task writer", "--task translator-attention --data ~/data",
    )  # fmt: skip
    sub.add_argument("names", **named, help=f"{', '.join(models())} (default: all; gru also tunes the word vectors)")
    sub.add_argument("--all", action="store_true", help="all five, as without names")
    sub.add_argument(
        "--task", choices=tasks(), help="instead of the lanes, the model of another sequence task (one seed)"
    )
    sub.add_argument("--data", type=Path, metavar="DIR", help=DATA_HELP)
    sub.add_argument("--seed", type=number(0, 2**32 - 1), default=0, help="where chance starts (default: %(default)s)")
    sub.add_argument(
        "--seeds", type=number(1, 100), default=3, metavar="COUNT",
        help="train each model from so many seeds, from --seed on; the best on dev texts is shipped (default: %(default)s)",
    )  # fmt: skip
    sub.add_argument(
        "--output", type=Path, metavar="DIR", default=FOLDER, help="folder to write (default: %(default)s)"
    )
    sub.add_argument(
        "--work", type=Path, metavar="DIR", help="folder for stages and checkpoints (default: in your cache)"
    )
    sub.add_argument("--fresh", action="store_true", help="forget what earlier runs left in the work folder")
    sub.add_argument("--jobs", type=number(1, 64), default=2, help="models trained at once (default: %(default)s)")
    sub.add_argument(
        "--no-teacher", dest="teacher", action="store_false", help="train on the data's own labels, without a teacher"
    )

    sub = command(
        "states", chart_states, "read real reviews with the recurrent models and keep what their states do, for the pages that look inside",
        "", "gru --data ~/data",
    )  # fmt: skip
    sub.add_argument("names", **named, help="rnn, gru, lstm (default: all three)")
    sub.add_argument("--data", type=Path, metavar="DIR", help=DATA_HELP)
    sub.add_argument("--seed", type=number(0, 2**32 - 1), default=0, help="where chance starts (default: %(default)s)")

    sub = command(
        "approaches", compare_approaches,
        "put phrases at every place of a text and read texts of all lengths with all models, for the page Average or concatenate",
        "", "--data ~/data --output /tmp/found",
    )  # fmt: skip
    sub.add_argument("--data", type=Path, metavar="DIR", help=DATA_HELP)
    sub.add_argument(
        "--output", type=Path, metavar="DIR", default=FOLDER, help="folder to write (default: %(default)s)"
    )
    sub.add_argument("--seed", type=number(0, 2**32 - 1), default=0, help="where chance starts (default: %(default)s)")

    sub = command("bench", run_bench, "measure speed, size and quality of this installation", "", "--json bench.json")
    sub.add_argument("names", nargs="*", metavar="NAME", help="measurements to take (default: all)")
    sub.add_argument("--json", type=Path, metavar="FILE", help="write the results there as well")
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0, 2 for what the user can mend, 130 after Ctrl-C."""
    arguments = parser().parse_args(argv)
    try:
        status = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return complain("stopped.", 130)
    except BrokenPipeError:
        # Python flushes the standard output once more as it ends; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())
        return complain("the output was closed before all was written.")
    except UnicodeError as error:
        return complain(f"the text is not UTF-8 ({error.reason}).")
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}." if error.filename else f"{error}.")
    except (WeightsError, DataError, ValueError) as error:
        return complain(str(error))


def complain(message: str, status: int = 2) -> int:
    """One line on the standard error."""
    print("explorer:", " ".join(message.split()), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
