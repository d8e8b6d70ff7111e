"""Where the models lie; nothing here needs torch."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]  # once installed it holds the models, in a checkout they lie beside it
FOLDER = (PACKAGE if (PACKAGE / "pretrained").is_dir() else PACKAGE.parent) / "pretrained"
