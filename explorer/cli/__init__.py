"""The command line: a file a subcommand, each with the arguments that it takes and what it does.

Nothing here imports torch or Streamlit before the arguments are understood: `--help` and the line that says what is
wrong with an argument come at once. So every subcommand imports what it runs inside its `run`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from explorer.cli import approaches, bench, evaluate, manifest, score, serve, states, trace, train
from explorer.cli.arguments import Parser, program
from explorer.cli.messages import complain
from explorer.core import signals
from explorer.core.repairs import WeightsError

COMMANDS = (trace, score, evaluate, train, states, approaches, manifest, bench)
STOPPED_AT_ONCE = (trace.run, score.run)  # all others may have processes or files of their own to end
STDOUT = 1  # the file descriptor
CLOSED = 128 + getattr(signal, "SIGPIPE", 13)  # what the shell shows of a program whose reader has gone: head, less
DESCRIPTION = """\
A visual explorer of recurrent networks: how an RNN, a GRU and an LSTM read a movie review, word by word.
Without a subcommand it opens the app in the browser."""


def parser() -> Parser:
    """Everything that can be typed; `run` of what it parses is the function to call."""
    root = Parser(program(), description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    serve.add_arguments(root)
    root.set_defaults(run=serve.run)
    subcommands = root.add_subparsers(title="subcommands", metavar="COMMAND")
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        examples = [f"  {root.prog} {name} {example}".rstrip() for example in command.EXAMPLES]
        subparser = subcommands.add_parser(
            name,
            help=command.ABOUT,
            description=command.ABOUT,
            epilog="\n".join(["examples:", *examples]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status.

    0; 1 for files of models that cannot be used; 2 for what the user can mend; 130 after
    Ctrl-C; 141 if nobody reads on.
    """
    arguments = parser().parse_args(argv)
    if arguments.run not in STOPPED_AT_ONCE:
        signals.leave_to_python()
    try:
        status: int = arguments.run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return complain("stopped.", 130)
    except BrokenPipeError:
        discard_output()
        return CLOSED
    except UnicodeError as error:
        return complain(f"the text is not UTF-8 ({error.reason}).")  # type: ignore[attr-defined]  # both kinds have it
    except OSError as error:
        discard_output()
        return complain(f"{error.filename}: {error.strerror}." if error.filename else f"{error}.")
    except ValueError as error:
        return complain(str(error))
    except WeightsError as error:
        return complain(str(error), 1)
    except Exception as error:
        from explorer.evaluation.datasets import DataError

        if isinstance(error, DataError):
            return complain(str(error))
        raise
    return status


def discard_output() -> None:
    """What could not be written to the standard output is tried once more as Python ends: let that go nowhere."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
