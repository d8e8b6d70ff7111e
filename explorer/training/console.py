"""What a run shows on the standard error: progress bars, and lines above them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from explorer.training import distributed
from explorer.training.training_loop import REPORT_EVERY, Progress


@contextmanager
def progress_bar(title: str, unit: str = " steps", position: int = 0) -> Iterator[Progress]:
    """A progress bar; gives what is to be called with steps done, steps in all and a word."""
    with tqdm(desc=f"{title:>10}", position=position, unit=unit, mininterval=1, disable=distributed.rank() > 0) as bar:

        def progress(done: int, total: int, word: str) -> None:
            if bar.total is None:
                bar.initial = max(0, done - REPORT_EVERY)  # what an earlier run did is no speed of this one
            bar.total = total
            bar.set_postfix_str(word, refresh=False)
            bar.update(done - bar.n)

        yield progress


def print_line(line: str) -> None:
    """A line above the bars, once for all ranks."""
    if distributed.rank() == 0:
        tqdm.write(line, file=sys.stderr)
