"""How a text file was written: its encoding by charset-normalizer, its separator by what csv makes of it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Literal

SAMPLE = 2**18  # bytes or characters that are looked at
LINES, REACH = 200, 1_000  # lines by which an encoding is guessed, and bytes of them before and after what is not UTF-8
WESTERN = "cp1252"  # Windows in Western Europe and America; of Latin-1 it is the one that is in use
MARKS = (  # byte order marks; longer ones first, since UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ["utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be"]  # what has zero bytes
NARROW = [
    *(WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman"),
    *("cp932", "gb18030", "big5", "cp949", "euc_jp", "euc_kr"),
]
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ALONE = "\x1f"  # the separator of a file with one column: it separates nothing
DAMAGED = "\udcff"  # stands for bytes that are not of the encoding; no text has it

codecs.register_error("damaged", lambda error: (DAMAGED, error.end))  # type: ignore[attr-defined]  # all errors have it


@dataclass(frozen=True)
class Format:
    """How rows are written; as csv.reader takes it."""

    separator: str
    escape: str | None = None
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL  # or QUOTE_NONE

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The rows of a file; csv.Error for each that cannot be read, after which the next can be read."""
        return csv.reader(lines, delimiter=self.separator, escapechar=self.escape, quoting=self.quoting, strict=True)

    @property
    def facts(self) -> tuple[str, ...]:
        """To be told."""
        sign = SEPARATORS.get(self.separator)
        named = f"separator {sign} {self.separator!r}" if sign else f"separator {self.separator!r}"
        rest: tuple[str, ...] = (r"quotation marks escaped as \"",) if self.escape else ()
        rest += ("quotation marks as they stand",) if self.quoting == csv.QUOTE_NONE else ()
        return ("no separator, one column" if self.separator == ALONE else named, *rest)


def detect_encoding(stream: IO[bytes]) -> str:
    """The encoding of a whole file: by its mark, UTF-8 if most of it is, else what charset-normalizer makes of it."""
    head = stream.read(SAMPLE)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if head.count(0) * 10 > len(head):
        return _guess(head[: len(head) // 4 * 4], WIDE, "utf-8")
    strangers = _Strangers()
    codecs.register_error("strangers", strangers)  # type: ignore[arg-type]  # of decoders alone
    decoder = codecs.getincrementaldecoder("utf-8")("strangers")
    chunk, surplus = head, 0  # bytes less characters: each character beyond ASCII has one more byte at least
    while chunk:
        strangers.end = 0
        surplus += len(chunk) - len(decoder.decode(chunk))
        chunk = stream.read(SAMPLE)
    surplus -= len(decoder.decode(b"", final=True)) + strangers.size
    if not strangers.size or surplus > strangers.size:
        return "utf-8"
    return _guess(b"".join(strangers.lines), NARROW, WESTERN)


class _Strangers:
    """Bytes that are not UTF-8: how many, and some lines that have them; as decoders call it."""

    def __init__(self) -> None:
        self.size, self.end = 0, 0  # of a chunk what is kept already
        self.lines: list[bytes] = []

    def __call__(self, error: UnicodeDecodeError) -> tuple[str, int]:
        self.size += error.end - error.start
        if error.start >= self.end and len(self.lines) < LINES:
            start = max(error.object.rfind(b"\n", 0, error.start) + 1, error.start - REACH)
            stop = error.object.find(b"\n", error.end) + 1
            self.end = min(stop or len(error.object), error.end + REACH)
            self.lines.append(error.object[start : self.end])
        return "", error.end


def _guess(sample: bytes, encodings: list[str], default: str) -> str:
    """What charset-normalizer says. Of all that fit equally well Western Europe's is likeliest: the models read
    English, in which a few quotation marks, dashes and pound signs are all there is to tell by."""
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=encodings)
    best = matches.best()
    if best is None:
        return default
    for match in matches:
        if WESTERN in (match.encoding, *match.could_be_from_charset) and match.chaos <= best.chaos:
            return WESTERN
    return best.encoding


def detect_format(sample: str, whole: bool, separator: str | None) -> Format:
    """The separator and how quotation marks within a cell are written: whichever gives most rows as many cells as the
    first. csv.Sniffer would count signs, and take a comma within the texts for the separator.

    `whole`: whether the sample is all of the file. `separator`: if it is known.
    """
    best, ahead = Format(separator or ALONE), (0.0, 0)
    for sign in [separator] if separator else [*SEPARATORS, ALONE]:
        plain = Format(sign)
        share, width = _agreement(plain, sample, whole)
        chosen = plain
        for other in _alternatives(sign, sample):
            if (alternative := _agreement(other, sample, whole))[0] > share:
                chosen, (share, width) = other, alternative
        if (share, width) > ahead and (width > 1 or (sign in (separator, ALONE) and ahead[1] <= 1)):
            best, ahead = chosen, (share, width)
    return best


def _alternatives(separator: str, sample: str) -> Iterator[Format]:
    """Other ways with quotation marks, where the sample speaks for them."""
    if '\\"' in sample:
        yield Format(separator, escape="\\")
    if separator == "\t":  # many programs write tabs and quote nothing
        raw = Format(separator, quoting=csv.QUOTE_NONE)
        opening = [cell for row in raw.reader(io.StringIO(sample, newline="")) for cell in row if cell[:1] == '"']
        if opening and 2 * sum(len(cell) > 1 and cell[-1] == '"' for cell in opening) < len(opening):
            yield raw


def _agreement(form: Format, sample: str, whole: bool) -> tuple[float, int]:
    """The share of rows with as many cells as the first row, 0…1, and how many these are."""
    rows = form.reader(io.StringIO(sample, newline=""))
    widths: list[int] = []  # 0 for a row that cannot be read
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error:
            widths.append(0)
        else:
            widths += [len(row)] if row else []
    first, *others = (widths if whole else widths[:-1]) or [0]
    if not first or not others:
        return float(first > 0), first
    return sum(width == first for width in others) / len(others), first
