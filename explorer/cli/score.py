"""`score`: a table of texts with P(positive) of every row."""

from __future__ import annotations

import argparse
from pathlib import Path

from explorer.cli.arguments import add_model
from explorer.cli.messages import say

ABOUT = "add P(positive) to every row of a table: CSV, TSV, Excel, JSON lines or Parquet, of any size"
EXAMPLES = (
    "reviews.csv > scored.csv",
    "reviews.xlsx --column review --output scored.csv",
    "export.txt --encoding cp1252 --separator tab --output scored.parquet",
)
SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", r"\t": "\t", "bar": "|", "space": " "}


def separator(text: str) -> str:
    """One sign, or the name of one."""
    sign = SIGNS.get(text, text)
    if len(sign) != 1 or sign in '"\r\n\\':
        raise argparse.ArgumentTypeError(f"{text!r} is not one sign, nor comma, semicolon, tab, bar or space")
    return sign


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, its column and dialect, the model, the output."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="the table to read: .csv, .tsv, .txt, .jsonl, .ndjson, .json, each also .gz; .xlsx, .xlsm, .xls, .parquet",
    )
    parser.add_argument("--column", metavar="NAME", help="the column that holds the texts (default: text, review …)")
    parser.add_argument("--encoding", metavar="NAME", help="of a text file, such as cp1252 (default: detected)")
    parser.add_argument("--separator", type=separator, metavar="SIGN", help="of a text file (default: detected)")
    add_model(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="OUT",
        help="file to write: .csv, .tsv, each also .gz; .parquet (default: CSV to the standard output)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Score the table."""
    from explorer import load
    from explorer.evaluation.table_scores import score
    from explorer.evaluation.tables import Dialect

    dialect = Dialect(arguments.encoding, arguments.separator)
    rows, blank = score(load(arguments.model), arguments.file, arguments.column, arguments.output, dialect, say)
    say(f"{rows:,} rows, {blank:,} of them without text to read (their probability is empty)")
    return 0
