"""What the package needs, read from requirements.txt when it is built: each requirement is declared there alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

FOR_TESTS = "pytest"  # in the list for those who run the tests in a checkout


class Requirements(MetadataHookInterface):
    """Fills in `dependencies`, which pyproject.toml calls dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Every line of requirements.txt that is neither blank nor a comment."""
        lines = (Path(self.root) / "requirements.txt").read_text(encoding="utf-8").splitlines()
        requirements = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        metadata["dependencies"] = [line for line in requirements if not line.startswith(FOR_TESTS)]
