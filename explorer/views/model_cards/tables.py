"""What all sections of a model card are made of: sentences and a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.board.payloads import Cell, Section, Table


def share(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.1f}%"


def section(name: str, heading: str, texts: Sequence[str] = (), table: Table | None = None) -> Section:
    """A part of a card; empty sentences, and a table without rows, are left out."""
    shown = table if table and table["rows"] else None
    return {"id": name, "title": heading, "sentences": [text for text in texts if text], "table": shown}


def tabulated(columns: Iterable[str], rows: list[list[Cell]]) -> Table:
    """A table."""
    return {"columns": list(columns), "rows": rows}
