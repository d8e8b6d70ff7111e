"""Phrases beside those of the data sets: made from rules, or real sentences changed. Rules and word lists lie in
`data/`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "data"
