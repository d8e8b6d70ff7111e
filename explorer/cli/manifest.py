"""`manifest`: whether the files of the models are those that were written."""

from __future__ import annotations

import argparse
from pathlib import Path

ABOUT = "check the files of the models against their manifest of SHA-256 checksums, or write it anew"
EXAMPLES = ("", "--folder /tmp/weights", "--write")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which folder, and whether to write."""
    parser.add_argument("--folder", type=Path, metavar="DIR", help="folder of models (default: that of the shipped)")
    parser.add_argument("--write", action="store_true", help="list the files as they are now, changed or not")


def run(arguments: argparse.Namespace) -> int:
    """Check, a line a file, or write. Raises WeightsError, OSError."""
    from explorer.core import manifest, places

    folder = arguments.folder or places.FOLDER
    if arguments.write:
        print(f"{len(manifest.rewrite(folder))} files are listed in {folder / manifest.MANIFEST}")
        return 0
    states = manifest.states(folder)
    width = max(map(len, states), default=0)
    for name, state in states.items():
        print(f"{name:{width}}  {state}")
    return int(any(state in manifest.FAULTY for state in states.values()))
