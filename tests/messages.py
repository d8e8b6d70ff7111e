"""`python -m tests.messages`: takes the messages that visitors read out of the code into the catalogue."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from explorer.messages import DOMAIN, FOLDER, LANGUAGE

ROOT = Path(__file__).resolve().parent.parent
FILE = FOLDER / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po"
METHODS = [
    ("**/js/tests/**", "ignore"),
    ("board/node_modules/**", "ignore"),
    ("**.py", "python"),
    ("**.js", "javascript"),
]
KEYWORDS = {"_": None, "t": None, "ngettext": (1, 2)}
ABOUT = "# What visitors read. `python -m tests.messages` writes this file; the messages themselves are English.\n#"


def catalogue() -> Catalog:
    """All messages in the code, with the files in which they stand; no translations."""
    found = Catalog(locale=LANGUAGE, project=DOMAIN, header_comment=ABOUT, fuzzy=False)
    for path, _, message, _, _ in sorted(
        extract_from_dir(ROOT / "explorer", METHODS, keywords=KEYWORDS, callback=None), key=lambda item: item[:2]
    ):
        found.add(message, locations=[(f"explorer/{path}", None)])
    return found


def written() -> str:
    """The catalogue as the file has it; without dates, so that it changes with its messages alone."""
    file = io.BytesIO()
    write_po(file, catalogue(), width=120, sort_by_file=True, include_lineno=False, omit_header=False)
    lines = file.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date')))


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(written(), encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {len(catalogue())} messages")
