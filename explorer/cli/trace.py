"""`trace`: one text through one model, as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from explorer.cli.arguments import add_model

ABOUT = "print all that one model computes for one text, step by step, as JSON"
EXAMPLES = ('"good, not bad"', '"good, not bad" --model lstm --brief', "- < review.txt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The text, the model, and how much to print."""
    parser.add_argument("text", metavar="TEXT", help="the text; - reads the standard input")
    add_model(parser)
    parser.add_argument("--brief", action="store_true", help="leave the activations out")


def run(arguments: argparse.Namespace) -> int:
    """Print the trace."""
    from explorer import load, trace

    text = sys.stdin.buffer.read().decode("utf-8") if arguments.text == "-" else arguments.text
    content = trace(load(arguments.model), text).as_json()
    if arguments.brief:
        del content["activations"]
    print(json.dumps(content, ensure_ascii=False))
    return 0
