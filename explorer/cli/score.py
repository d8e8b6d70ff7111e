"""`score`: a table of texts with P(positive) of every row."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from explorer.cli.arguments import add_model

ABOUT = "add P(positive) to every row of a table: CSV (.csv, .csv.gz; UTF-8) or Parquet, of any size"
EXAMPLES = ("reviews.csv --column text > scored.csv", "reviews.parquet --column review --output scored.parquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, its column, the model, the output."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the table to read")
    parser.add_argument("--column", required=True, help="name of the column that holds the texts")
    add_model(parser)
    parser.add_argument(
        "--output", type=Path, metavar="OUT", help="file to write (default: CSV to the standard output)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Score the table."""
    from explorer import load
    from explorer.evaluation.table_scores import score

    rows, blank = score(load(arguments.model), arguments.file, arguments.column, arguments.output)
    print(f"{rows:,} rows, {blank:,} of them without text to read (their probability is empty)", file=sys.stderr)
    return 0
