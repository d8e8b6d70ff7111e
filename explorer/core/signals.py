"""Signals that end the process: nothing half done stays behind, one line, exit status 128 + the signal's number.

It stops at once, from wherever it is. An exception, as Python raises one for Ctrl-C, is lost or becomes another error
where it comes in the middle of an import. Nothing here imports anything slow: these handlers stand before all else.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
STDERR = 2  # the file descriptor
parts: set[str] = set()  # files that are written and not complete; they go with the process
lines_open: set[object] = set()  # who has a line on the standard error that is not ended yet, such as a progress bar


def stop_at_once() -> None:
    """From here on a signal ends the process. Those that the caller ignores, as nohup does, are still ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def leave_to_python() -> None:
    """From here on it is as Python has it: KeyboardInterrupt after Ctrl-C, others end the process as it is."""
    for number in SIGNALS:
        if signal.getsignal(number) is stop:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def leave_to_the_system() -> None:
    """All is written, the interpreter ends: a signal may end it sooner, without a word."""
    for number in SIGNALS:
        if signal.getsignal(number) in (stop, signal.default_int_handler):
            signal.signal(number, signal.SIG_DFL)


def stop(number: int, frame: FrameType | None = None) -> NoReturn:
    """Remove the parts, say so in one line and end."""
    for part in list(parts):
        with suppress(OSError):  # not there yet, or complete and in its place
            os.unlink(part)
    cause = "" if number == signal.SIGINT else f" by {signal.Signals(number).name}"
    with suppress(OSError):  # the terminal is gone
        os.write(STDERR, f"{chr(10) if lines_open else ''}explorer: stopped{cause}.\n".encode())
    os._exit(128 + number)
